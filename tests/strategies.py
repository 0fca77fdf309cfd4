"""Hypothesis strategies for documents in the form that readers make: white space collapsed, texts merged."""

import os
from datetime import UTC, datetime, timedelta, timezone

from feed2doc._dates import localized_time
from feed2doc._lists import has_neighbours
from feed2doc.model import (
    Aside,
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Credit,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Emph,
    Figure,
    Heading,
    Image,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Person,
    Quote,
    Ruby,
    Rule,
    Section,
    Span,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# How many documents or texts the properties of the text formats are tried on.
MANY = settings(
    max_examples=int(os.environ.get("FEED2DOC_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LETTERS = "渡轮靠岸abcXYZ019&<>\"'`*_[]#|\\~é「」。，“”\u00a0"
words = st.text(LETTERS, min_size=1, max_size=8).filter(lambda s: s == s.strip() and s[0] not in "—–")
lines = st.lists(words, min_size=1, max_size=3).map(" ".join)
urls = st.integers(1, 999).map(lambda n: f"https://harbour.example/{n}?a=1&b=2")
pictures = st.builds(Image, src=urls, alt=st.just("").map(lambda _: "渡轮照片"))
MARKS = (Strong, Emph, Strike, Sub, Sup)


def _texts(line: str) -> Inlines:
    return (Text(line),)


def marked(content: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inline]:
    """One inline with others in it."""
    return st.one_of(
        *(st.builds(mark, content) for mark in MARKS),
        st.builds(
            Span,
            content,
            lang=st.sampled_from(["en", "fr", "zh-TW"]),
            dir=st.sampled_from(["", "ltr", "rtl"]),
        ),
    )


def whole() -> st.SearchStrategy[Inline]:
    """An inline with nothing but its own in it."""
    return st.one_of(
        st.builds(Code, lines),
        st.builds(Link, lines.map(_texts), urls, st.sampled_from(["", "Title", "Title\nof two"])),
        st.builds(Ruby, words.map(_texts), words),
        st.builds(InlineImage, pictures),
        st.just(LineBreak()),
        st.builds(Note, st.lists(st.builds(Paragraph, lines.map(_texts)), min_size=1, max_size=2).map(tuple)),
    )


def inlines(depth: int = 1) -> st.SearchStrategy[Inlines]:
    """A line: text at both ends, never two neighbours that would be one."""
    inner = lines.map(_texts) if depth == 0 else inlines(depth - 1)
    between = st.one_of(marked(inner), whole()) if depth else marked(inner)
    return st.tuples(lines, st.lists(st.tuples(between, lines), max_size=2)).map(
        lambda parts: (Text(parts[0]), *(node for mark, text in parts[1] for node in (mark, Text(text))))
    )


paragraphs = st.builds(Paragraph, inlines())
figures = st.builds(
    # A link to the picture or the article itself would be none when it is read back.
    Figure,
    pictures,
    inlines(0),
    st.one_of(st.just(()), lines.map(_texts)),
    st.one_of(st.just(""), urls.map(lambda url: url.replace(".example/", ".example/pages/"))),
)


def _rows(columns: int) -> st.SearchStrategy[tuple[tuple[Cell, ...], ...]]:
    cell = st.builds(
        Cell,
        st.one_of(st.just(()), paragraphs.map(lambda p: (p,)), st.tuples(paragraphs, paragraphs)),
        header=st.booleans(),
        align=st.sampled_from(["", "left", "center", "right"]),
    )
    row = st.lists(cell, min_size=columns, max_size=columns).map(tuple)
    return st.lists(row, min_size=1, max_size=3).map(tuple)


tables = st.builds(Table, st.integers(2, 3).flatmap(_rows), st.one_of(st.just(()), lines.map(_texts)))
codes = st.builds(
    CodeBlock, st.sampled_from(["a\n  b", "x = '<&>'", "one\n\ntwo"]), st.sampled_from(["", "python"])
)
embeds = st.builds(Embed, st.sampled_from(["video", "audio", "iframe"]), urls, words)


def _bullets(items: tuple[Blocks, ...], loose: bool) -> BulletList:
    return BulletList(items, loose or has_neighbours(items))


def _numbers(items: tuple[Blocks, ...], start: int, loose: bool) -> OrderedList:
    return OrderedList(items, start, loose or has_neighbours(items))


def containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    """Blocks that hold blocks."""
    row = st.lists(inner, min_size=1, max_size=3).map(tuple)
    first = st.tuples(paragraphs, row).map(lambda parts: (parts[0], *parts[1]))
    headed = st.tuples(paragraphs, st.integers(1, 6), lines, row).map(
        lambda p: (p[0], Heading(p[1], _texts(p[2])), *p[3])
    )
    items = st.lists(first, min_size=1, max_size=3).map(tuple)
    meanings = st.lists(first, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(Quote, first, st.one_of(st.just(()), lines.map(_texts))),
        st.builds(_bullets, items, st.booleans()),
        st.builds(_numbers, items, st.integers(0, 50), st.booleans()),
        st.builds(
            DefinitionList,
            st.lists(st.builds(Definition, lines.map(_texts), meanings), min_size=1, max_size=2).map(tuple),
        ),
        st.builds(Aside, st.one_of(first, headed), st.one_of(st.just(()), lines.map(_texts))),
    )


leaves = st.one_of(paragraphs, figures, tables, codes, embeds)
blocks = st.recursive(leaves, containers, max_leaves=6)


def _sections(parts: list[tuple[int, str, Blocks]], opening: Blocks) -> tuple[Section, ...]:
    """Sections whose levels have no gap, a rule between the blocks of each."""
    made = [Section(blocks=opening)]
    level = 0
    for wanted, heading, content in parts:
        level = min(wanted, level + 1)
        made.append(Section(_texts(heading), level, (content[0], Rule(), *content)))
    return tuple(made)


bodies = st.builds(
    _sections,
    st.lists(
        st.tuples(st.integers(1, 3), lines, st.lists(blocks, min_size=1, max_size=3).map(tuple)), max_size=3
    ),
    st.tuples(paragraphs, st.lists(blocks, max_size=4)).map(
        lambda p: (p[0], *p[1], Paragraph((Text("完。"),)))
    ),
)

ZONES = (UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=5)))
times = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).flatmap(
    lambda t: st.sampled_from([t.replace(microsecond=0, tzinfo=zone) for zone in ZONES])
)
NAMES = ("Ann Ba", "林海", "Otto Berg")
CREDITS = (
    Credit("translator", (Text("翻译：潮生"),), "潮生"),
    Credit("rights", (Text("© 2025 海港日报"),)),
    Credit("note", (Text("完稿于海港"),)),
    Credit(
        "original",
        (Link((Text("点击查看本文英文版。"),), "https://e.example/en"),),
        "",
        "https://e.example/en",
    ),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """An article with every kind of node, as a page of our own holds it."""
    published = draw(times)
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2))
    credits_ = tuple(draw(st.lists(st.sampled_from(CREDITS), unique=True)))
    url = draw(urls)
    return Document(
        id=url,
        url=url,
        headline=draw(lines.map(lambda line: line.replace("\u00a0", "x"))),
        byline=tuple(Person(name, name) for name in names),
        byline_text="、".join(names),
        published=published,
        published_text=localized_time(published, True, "zh-CN"),
        updated=draw(st.one_of(st.none(), times)),
        language="zh-CN",
        publication="海港日报",
        standfirst=draw(st.one_of(st.just(()), inlines(0))),
        summary=draw(st.sampled_from(["", "渡轮 <回来> 了 & 更多"])),
        tags=tuple(draw(st.lists(st.sampled_from(["港口", "A & B", '"C"']), unique=True, max_size=2))),
        lead=draw(st.one_of(st.none(), figures)),
        sections=draw(bodies),
        credits=credits_,
        original_url=next((c.url for c in credits_ if c.role == "original"), ""),
        source_format="html",
    )
