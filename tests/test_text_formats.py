"""Markdown parses back to what was meant; text keeps to its width and to the rules of Chinese line ends."""

import itertools
import re

import feed2doc
import yaml
from feed2doc.model import (
    Document,
    Emph,
    Inlines,
    LineBreak,
    Link,
    Paragraph,
    Section,
    Strong,
    Sup,
    Text,
    plain_text,
)
from feed2doc.writers._plain import clean
from feed2doc.writers._wrap import NOT_AT_END, NOT_AT_START, width_of, wrap
from feed2doc.writers.markdown import MarkdownOptions
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
CHARS = "ab1 灯塔，。“”（）*_`[]()<>#+-=~|\\!&.:;/\"'"
WORDS = st.text(CHARS, min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(bool).map(Text)


def inlines(children: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inlines]:
    marked = st.sampled_from([Strong, Emph, Sup])
    node = st.one_of(
        WORDS,
        st.builds(lambda mark, content: mark(content), marked, children),
        st.builds(lambda content: Link(content, "https://e.org/a_(b)"), st.tuples(WORDS)),
        st.just(LineBreak()),
    )
    return st.lists(node, min_size=1, max_size=4).map(tuple)


INLINES = st.recursive(st.tuples(WORDS), inlines, max_leaves=6)


def paragraph(content: Inlines) -> Document:
    return Document(id="x", language="zh-CN", sections=(Section(blocks=(Paragraph(content),)),))


def markdown_of(document: Document) -> str:
    written = feed2doc.write(document, "markdown", options=MarkdownOptions(front_matter="none"))
    assert isinstance(written, str)
    return written.split("\n\n", 1)[1] if "\n\n" in written else ""


def squeezed(text: str) -> str:
    return "".join(text.split())


def parsed_text(markdown: str) -> str:
    """The characters a reader of the rendered Markdown sees; raw tags are not among them."""
    texts = []
    for token in PARSER.parse(markdown):
        for child in token.children or []:
            texts.append(child.content if child.type in ("text", "code_inline") else "")
    return squeezed("".join(texts))


@given(INLINES)
def test_markdown_parses_back_to_the_same_words(content: Inlines) -> None:
    assert parsed_text(markdown_of(paragraph(content))) == squeezed(plain_text(content))


@given(st.text(CHARS, max_size=6), st.text("灯a“”（。", min_size=1, max_size=4), st.text(CHARS, max_size=6))
def test_emphasis_is_emphasis_whatever_is_beside_it(before: str, inside: str, after: str) -> None:
    markdown = markdown_of(paragraph((Text(f"x{before}"), Strong((Text(inside),)), Text(f"{after}x"))))
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


@given(st.text())
def test_front_matter_is_read_back(headline: str) -> None:
    written = feed2doc.write(Document(id="x", headline=f"a{headline}z", language="en"), "markdown")
    assert isinstance(written, str)
    found = re.match(r"---\n(.*?\n)---\n", written, re.S)
    assert found
    values = yaml.safe_load(found[1])
    assert (values["lang"], values["title"]) == ("en", clean(f"a{headline}z"))


@given(st.text(CHARS + "：；！？》」』】…《「『【‘", max_size=200), st.integers(20, 80))
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
