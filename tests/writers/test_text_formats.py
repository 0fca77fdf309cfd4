"""Markdown parses back to the same content; text keeps to its width and to the rules for Chinese line ends."""

import itertools
import re
import time
from datetime import date
from typing import Any

import feed2doc
import msgspec
import pytest
import yaml
from feed2doc import Markdown, PlainText
from feed2doc import model as m
from feed2doc._text.plain import clean
from feed2doc._text.wrap import NOT_AT_END, NOT_AT_START, width_of, wrap
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.kitchen_sink import DOCUMENT
from tests.strategies import MANY

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
CHARS = "ab1 灯塔，。“”（）*_`[]()<>#+-=~|\\!&.:;/\"'"
WORDS = st.text(CHARS, min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(bool).map(m.Text)


def inlines(children: st.SearchStrategy[m.Inlines]) -> st.SearchStrategy[m.Inlines]:
    marked = st.sampled_from([m.Strong, m.Emph, m.Sup])
    node = st.one_of(
        WORDS,
        st.builds(lambda mark, content: mark(content), marked, children),
        st.builds(lambda content: m.Link(content, "https://e.org/a_(b)"), st.tuples(WORDS)),
        st.just(m.LineBreak()),
    )
    return st.lists(node, min_size=1, max_size=4).map(tuple)


INLINES = st.recursive(st.tuples(WORDS), inlines, max_leaves=6)


def paragraph(content: m.Inlines) -> m.Document:
    return m.Document(id="x", language="zh-CN", sections=(m.Section(blocks=(m.Paragraph(content),)),))


def markdown_of(document: m.Document) -> str:
    written = feed2doc.write(document, Markdown(front_matter="none"))
    assert isinstance(written, str)
    return written  # without a headline there is no heading


def squeezed(text: str) -> str:
    return "".join(text.split())


def parsed_text(markdown: str) -> str:
    """Return the characters that a reader of the rendered Markdown sees, without raw tags."""
    texts = []
    for token in PARSER.parse(markdown):
        for child in token.children or []:
            texts.append(child.content if child.type in ("text", "code_inline") else "")
    return squeezed("".join(texts))


@given(INLINES)
def test_markdown_parses_back_to_the_same_words(content: m.Inlines) -> None:
    assert parsed_text(markdown_of(paragraph(content))) == squeezed(m.plain_text(content))


@given(st.text(CHARS, max_size=6), st.text("灯a“”（。", min_size=1, max_size=4), st.text(CHARS, max_size=6))
def test_emphasis_is_emphasis_whatever_is_next_to_it(before: str, inside: str, after: str) -> None:
    markdown = markdown_of(
        paragraph((m.Text(f"x{before}"), m.Strong((m.Text(inside),)), m.Text(f"{after}x")))
    )
    depth, strong = 0, ""
    for token in PARSER.parse(markdown):
        for child in token.children or []:
            if child.type in ("strong_open", "strong_close") or child.content in ("<strong>", "</strong>"):
                depth += -1 if "close" in child.type or child.content.startswith("</") else 1
            elif depth:
                strong += child.content
    words = re.sub(r"\W", "", inside)
    assert depth == 0 and re.sub(r"\W", "", strong) == words, markdown
    assert parsed_text(markdown) == squeezed(f"x{before}{inside}{after}x"), markdown
    assert strong or not words, markdown


def front_matter_of(document: m.Document, preset: Any) -> dict[str, Any]:
    written = feed2doc.write(document, Markdown(front_matter=preset))
    found = re.match(r"---\n(.*?\n)---\n", str(written), re.S)
    assert found
    values = yaml.safe_load(found[1])
    assert isinstance(values, dict)
    return values


@given(st.text(), st.sampled_from(["plain", "obsidian", "hugo"]))
def test_front_matter_is_read_back(headline: str, preset: str) -> None:
    document = m.Document(
        id="x", headline=f"a{headline}z", summary=headline, tags=("yes", "1.5"), language="en"
    )
    values = front_matter_of(document, preset)
    described = values.get("summary" if preset == "plain" else "description", "")
    title = values["title"]
    if preset == "plain":  # pandoc reads its values as Markdown
        title, described = (
            re.sub(r"\\(.)", r"\1", value.replace("&#92;", "\\\\")) for value in (title, described)
        )
    assert (title, described) == (clean(f"a{headline}z"), clean(headline))
    assert values["tags"] == (["yes", "1-5"] if preset == "obsidian" else ["yes", "1.5"])


def test_front_matter_in_the_keys_of_each_program() -> None:
    plain = front_matter_of(DOCUMENT, "plain")
    assert plain["author"] == ["Mei Lin", "林海"] and plain["date"] == "2025-02-25T11:13:15+08:00"
    assert (plain["source"], plain["url"]) == ("海港日报", DOCUMENT.url)
    assert plain["translator"] == ["海灯"] and plain["lang"] == "zh-CN"
    obsidian = front_matter_of(DOCUMENT, "obsidian")
    assert obsidian["published"] == date(2025, 2, 25) == obsidian["created"]
    assert (obsidian["source"], obsidian["cover"]) == (DOCUMENT.url, "https://example.com/harbour.png")
    hugo = front_matter_of(DOCUMENT, "hugo")
    assert (hugo["date"], hugo["lastmod"]) == ("2025-02-25T11:13:15+08:00", "2025-02-25T04:00:00+00:00")
    assert hugo["draft"] is False and hugo["images"] == ["https://example.com/harbour.png"]
    day = msgspec.structs.replace(DOCUMENT, published_has_time=False)
    assert front_matter_of(day, "hugo")["date"] == front_matter_of(day, "plain")["date"] == "2025-02-25"


def test_impossible_options_are_refused() -> None:
    for wrong in ({"front_matter": "jekyll"}, {"front_matter": False}, {"notes": "endnotes"}):
        with pytest.raises(feed2doc.OptionError, match=str(next(iter(wrong.values())))):
            Markdown(**wrong)
    for width in (-1, 1, 19):
        with pytest.raises(feed2doc.OptionError, match="at least 20"):
            PlainText(width=width)


def test_footnotes_are_numbered_through_a_book() -> None:
    one, two = (
        m.Document(
            id=n,
            headline=n,
            language="en",
            sections=(m.Section(blocks=(m.Paragraph((m.Text("t"), noted(n))),)),),
        )
        for n in "ab"
    )
    book = m.Book(title="B", parts=(m.Part("", (one, two)),))
    written = str(feed2doc.write(book, Markdown(notes="footnotes")))
    assert re.findall(r"t\[\^\d\]|^\[\^\d\]: note \w", written, re.M) == [
        "t[^1]",
        "[^1]: note a",
        "t[^2]",
        "[^2]: note b",
    ]
    assert "\n\n    more b\n" in written


def noted(name: str) -> m.Note:
    return m.Note((m.Paragraph((m.Text(f"note {name}"),)), m.Paragraph((m.Text(f"more {name}"),))))


@pytest.mark.parametrize(
    ("inlines", "expected"),
    [
        ((m.Text("# a"),), "\\# a"),
        ((m.Text("#a - b + 1.5 (c) {d} a_b"),), "#a - b + 1.5 (c) \\{d} a_b"),
        ((m.Text("1986. x"),), "1986\\. x"),
        ((m.Text(">a"),), "\\>a"),
        ((m.Text("---"),), "\\---"),
        ((m.Text("a"), m.LineBreak(), m.Text("==="),), "a\\\n\\==="),
        ((m.Text("a | b"), m.LineBreak(), m.Text("--|--"),), "a | b\\\n\\--|--"),
        ((m.Text("a < b <c> & &amp; R&D"),), "a < b \\<c> & \\&amp; R&D"),
        ((m.Text("c:\\dir \\*"),), "c:\\\\dir \\\\\\*"),
        ((m.Text("5*3 5 * 3"),), "5\\*3 5 * 3"),
        ((m.Text("[图] x]"),), "\\[图] x]"),
        ((m.Link((m.Text("a"),), ""), m.Link((m.Text("b"),), "", "t"), m.Link((m.Text("c"),), "#d")), '[a]()[b](<> "t")[c](#d)'),
        ((m.Link((m.Text("a"),), "/b", 'c "d"\n- e\\ &amp;'),), '[a](/b "c \\"d\\"&#10;- e\\\\ &amp;amp;")'),
        ((m.Text("see!"), m.Link((m.Text("a[b]"),), "https://e.org/x(y")), "see\\![a\\[b&#93;](https://e.org/x\\(y)"),
        ((m.Strong((m.Text("“真朋友”"),)), m.Text("的")), "“**真朋友**”的"),
        ((m.Text("是"), m.Strong((m.Text("“真朋友”"),)), m.Text("的")), "是“**真朋友**”的"),
        ((m.Strong((m.Text("强调。"),)), m.Text("文字")), "**强调**。文字"),
        ((m.Text("x"), m.Strong((m.Text("（"),)), m.Text("y")), "x<strong>（</strong>y"),
        ((m.Strong((m.Emph((m.Text("a"),)),)), m.Text("b")), "***a***b"),
        ((m.Strong((m.Text("a"), m.Strong((m.Text("b"),)))),), "<strong>a<strong>b</strong></strong>"),
        ((m.Strong((m.Text("a"), m.Strong((m.Text("b"),)), m.Text("c"))),), "**a<strong>b</strong>c**"),
        ((m.Strike((m.Text("旧价。"),)), m.Text("新")), "~~旧价~~。新"),
        ((m.Code("a`b"), m.Code(" ")), "``a`b ``"),
    ],
)  # fmt: skip
def test_a_line_of_markdown(inlines: m.Inlines, expected: str) -> None:
    assert markdown_of(paragraph(inlines)).removesuffix("\n") == expected


def p(words: str) -> m.Paragraph:
    return m.Paragraph((m.Text(words),))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (m.BulletList(((p("a"),), (p("b"),))), "- a\n- b"),
        (m.BulletList(((p("a"),), (), (p("b"),)), loose=True), "- a\n\n-\n\n- b"),
        (m.OrderedList(((p("a"), m.BulletList(((p("b"),),))),), loose=True), "1. a\n\n   - b"),
        (m.BulletList(((p("a"), m.Quote((p("b"),)), m.CodeBlock("c")),)), "- a\n  > b\n  ```\n  c\n  ```"),
        (m.BulletList(((m.Heading(2, (m.Text("a"),)), p("b")), (p("c"),))), "- ### a\n  b\n- c"),
        # An item that would merge with the block before it needs a blank line, and so a loose list.
        (m.BulletList(((p("a"), p("b")), (p("c"),))), "- a\n\n  b\n\n- c"),
        (m.BulletList(((m.Quote((p("a"),)), p("b")),)), "- > a\n\n  b"),
        (m.BulletList(((p("a"), m.OrderedList(((p("b"),),), 2)),)), "- a\n\n  2. b"),
        (m.BulletList(((p("a"), m.Rule()),)), "- a\n\n  ---"),
    ],
)
def test_lists_in_markdown_are_loose_or_tight(block: m.Block, expected: str) -> None:
    assert (
        markdown_of(m.Document(id="x", sections=(m.Section(blocks=(block,)),))).removesuffix("\n") == expected
    )


def test_a_table_in_markdown_stays_a_table() -> None:
    cell = m.Cell(
        (
            m.Paragraph((m.Text("a\\|b"), m.LineBreak(), m.Code("c|d"))),
            m.CodeBlock("e\nf"),
            m.BulletList(((m.Paragraph((m.Text("g"),)),),)),
        )
    )
    table = m.Table(
        (
            (m.Cell((m.Paragraph((m.Text("h"),)),), True), m.Cell(header=True)),
            (cell, m.Cell((), rowspan=2)),
            (cell,),
        )
    )
    document = m.Document(id="x", sections=(m.Section(blocks=(table,)),))
    assert markdown_of(document).splitlines() == [
        "| h |  |",
        "| --- | --- |",
        *["| a\\\\&#124;b `c\\|d` `e f` g |  |"] * 2,
    ]
    assert parsed_text(markdown_of(document)) == "h" + "a\\|bc|defg" * 2


def test_columns_of_markdown_are_aligned_as_most_of_their_data() -> None:
    def cell(align: m.Align, *, header: bool = False) -> m.Cell:
        return m.Cell((m.Paragraph((m.Text("1"),)),), header, align=align)

    table = m.Table(
        (
            (cell("", header=True), cell("", header=True), cell("center", header=True), cell("left")),
            (cell("right"), cell(""), cell(""), cell("")),
            (cell("right"), cell("right"), cell(""), cell("")),
            (cell("left"), cell(""), cell(""), cell("")),
        )
    )
    lines = markdown_of(m.Document(id="x", sections=(m.Section(blocks=(table,)),))).splitlines()
    assert "| --: | --- | :-: | --- |" in lines


def test_tables_in_text_are_columns_as_long_as_they_can_be() -> None:
    rows = tuple(
        tuple(
            m.Cell((m.Paragraph((m.Text(words),)),), header=n == 0, align="right" if i == 1 else "")
            for i, words in enumerate(row)
        )
        for n, row in enumerate(
            (("航线", "班次"), ("北岛的灯塔在海港的北面，渡轮每天都去", "4"), ("南", "12"))
        )
    )
    document = m.Document(
        id="x", headline="h", language="zh-CN", sections=(m.Section(blocks=(m.Table(rows),)),)
    )
    wide = str(feed2doc.write(document, PlainText(width=0))).splitlines()[3:]
    assert wide == [
        "航线" + " " * 32 + "  班次",
        "-" * 36 + "  ----",
        "北岛的灯塔在海港的北面，渡轮每天都去     4",
        "南" + " " * 36 + "  12",
    ]
    narrow = str(feed2doc.write(document, PlainText(width=24))).splitlines()[3:]
    assert narrow == [
        "航线                班次",
        "------------------  ----",
        "北岛的灯塔在海港的     4",
        "北面，渡轮每天都去",
        "南                    12",
    ]


@pytest.mark.timeout(3600)
@MANY
@given(st.text(CHARS + "：；！？》」』】…《「『【‘😀𠮷", max_size=200), st.integers(20, 80))
def test_text_wraps_by_width_and_kinsoku(text: str, width: int) -> None:
    text = " ".join(text.split())
    lines = wrap(text, width).split("\n")
    assert squeezed("".join(lines)) == squeezed(text)
    for line, following in itertools.pairwise(lines):
        assert line[-1] not in NOT_AT_END and following[0] not in NOT_AT_START
    breakable = all(len(run) < 8 for run in re.findall(r"[^ 灯塔]+", text))
    assert not breakable or max(map(width_of, lines)) <= width


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/" + "a-b/c?d=e&f=" * 12
    assert address in wrap(f"文字文字 {address} 文字", 40)


@pytest.mark.parametrize("to", ["html", "text", "rst", "latex", "epub", "pdf"])
@pytest.mark.parametrize("url", ["", "#place"])
def test_a_link_to_its_own_page_is_its_words_outside_of_it(to: str, url: str) -> None:
    linked, bare = (
        m.Document(id="x", headline="h", sections=(m.Section(blocks=(m.Paragraph((m.Text("a "), node)),)),))
        for node in (m.Link((m.Text("b"),), url, "t"), m.Text("b"))
    )
    assert feed2doc.write(linked, to) == feed2doc.write(bare, to)


def test_a_picture_without_words_is_called_one_in_markdown() -> None:
    document = m.Document(id="p", language="zh-CN", lead=m.Figure(m.Image("https://example.com/a.jpg")))
    assert "![图](https://example.com/a.jpg)" in str(feed2doc.write(document, "markdown"))


def test_lists_that_nothing_separates_stay_two() -> None:
    bullets = m.BulletList(((m.Paragraph((m.Text("0"),)), m.Paragraph((m.Text("0"),))),))
    invisible = m.Paragraph((m.Span(()),))
    blank = m.Section(heading=(m.Text(" "),), level=1, blocks=(bullets,))
    for sections in (
        (m.Section(blocks=(bullets,)), m.Section(blocks=(bullets,))),
        (m.Section(blocks=(bullets, invisible, bullets)),),
        (m.Section(blocks=(bullets, invisible)), blank),
        (m.Section(blocks=(m.DefinitionList((m.Definition((m.Text("a"),), ((bullets,),)),)), bullets)),),
        (m.Section(blocks=(m.DefinitionList((m.Definition((m.Text("a"),), ((bullets,), (bullets,))),)),)),),
    ):
        written = markdown_of(m.Document(id="x", headline="Two lists", sections=sections))
        assert "- 0\n\n  0\n\n* 0\n\n  0" in written, written


def test_the_list_of_links_takes_work_in_proportion_to_their_number() -> None:
    links = tuple(m.Link(url=f"https://port.example/{n}", content=(m.Text("tide"),)) for n in range(50_000))
    section = m.Section(blocks=(m.Paragraph(content=links),))
    start = time.thread_time()
    text = feed2doc.write(m.Document(id="1", headline="Port", sections=(section,)), PlainText())
    assert text.endswith("\n[50000] https://port.example/49999\n")
    assert time.thread_time() - start < 8  # squared it would be twice that at least


def test_words_around_a_picture_without_words_do_not_touch_in_text() -> None:
    dot = m.InlineImage(m.Image("https://e.org/a.png"))
    line: m.Inlines = (
        m.Text("Go"), dot, m.Text("now, "), m.Strong((m.Text("press"), dot)), m.Text("twice; "),
        m.Text("or "), dot, m.Text(" wait"), dot, m.Text("."), dot, m.Text(" 灯"), dot, m.Text("塔"), dot,
    )  # fmt: skip
    document = m.Document(id="p", headline="Q", sections=(m.Section(line, 1, (m.Paragraph(line),)),))
    text = str(feed2doc.write(document, "text"))
    assert text.count("Go now, press twice; or wait. 灯塔\n") == 2
    assert m.title_text(line) == "Go now, press twice; or wait. 灯塔"


def test_blocks_that_only_their_indent_shows_are_further_apart_in_text() -> None:
    a, b = (m.Quote((m.Paragraph((m.Text(text),)),)) for text in "ab")
    blocks = (
        a,
        b,
        m.CodeBlock("c"),
        m.Rule(),
        b,
        m.Aside(a.blocks),
        m.Aside(b.blocks),
        m.BulletList(((a, b),)),
    )
    document = m.Document(id="p", headline="Q", sections=(m.Section(blocks=blocks),))
    text = str(feed2doc.write(document, "text")).partition("=\n\n")[2]
    assert text == "    a\n\n\n    b\n\n\n    c\n\n* * *\n\n    b\n\n  a\n\n\n  b\n\n•     a\n\n      b\n"


def test_raised_number_that_is_a_link_is_not_joined_with_the_word_before_it() -> None:
    number = m.Sup((m.Link((m.Text("3"),), "https://gauge.example/3"),))
    content = (m.Text("The gauge"), number, m.Text(" is public."))
    document = m.Document(id="x", sections=(m.Section(blocks=(m.Paragraph(content),)),))
    assert "The gauge³[1] is public." in str(feed2doc.write(document, "text"))
    assert "The gauge³ is public." in str(feed2doc.write(document, "text", links=False))
