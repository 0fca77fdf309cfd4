"""Hypothesis strategies for documents as readers return them, with collapsed white space and merged texts."""

import os
from datetime import UTC, datetime, timedelta, timezone

import msgspec
from feed2doc import model as m
from feed2doc._locale.dates import localized_time
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st

# The number of documents or texts on which the properties of the text formats are tested.
MANY = settings(
    max_examples=int(os.environ.get("FEED2DOC_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LETTERS = "渡轮靠岸abcXYZ019&<>\"'`*_[]#|\\~é「」。，“”\u00a0"
words = st.text(LETTERS, min_size=1, max_size=8).filter(lambda s: s == s.strip() and s[0] not in "—–")
lines = st.lists(words, min_size=1, max_size=3).map(" ".join)
urls = st.integers(1, 999).map(lambda n: f"https://harbour.example/{n}?a=1&b=2")
pictures = st.builds(m.Image, src=urls, alt=st.just("").map(lambda _: "渡轮照片"))
MARKS = (m.Strong, m.Emph, m.Strike, m.Insert, m.Highlight, m.Sub, m.Sup)


def _texts(line: str) -> m.Inlines:
    return (m.Text(line),)


def marked(content: st.SearchStrategy[m.Inlines]) -> st.SearchStrategy[m.Inline]:
    """Generate an inline that contains other inlines."""
    return st.one_of(
        *(st.builds(mark, content) for mark in MARKS),
        st.builds(
            m.Span,
            content,
            lang=st.sampled_from(["en", "fr", "zh-TW"]),
            dir=st.sampled_from(["", "ltr", "rtl"]),
        ),
    )


def whole() -> st.SearchStrategy[m.Inline]:
    """Generate an inline without other inlines in it."""
    return st.one_of(
        st.builds(m.Code, lines),
        st.builds(m.Link, lines.map(_texts), urls, st.sampled_from(["", "Title", "Title\nof two"])),
        st.builds(m.Ruby, words.map(_texts), words),
        st.builds(m.InlineImage, pictures),
        st.just(m.LineBreak()),
        st.builds(
            m.Note, st.lists(st.builds(m.Paragraph, lines.map(_texts)), min_size=1, max_size=2).map(tuple)
        ),
    )


def inlines(depth: int = 1) -> st.SearchStrategy[m.Inlines]:
    """Generate a line with text at both ends and without adjacent inlines that would be merged."""
    inner = lines.map(_texts) if depth == 0 else inlines(depth - 1)
    between = st.one_of(marked(inner), whole()) if depth else marked(inner)
    return st.tuples(lines, st.lists(st.tuples(between, lines), max_size=2)).map(
        lambda parts: (m.Text(parts[0]), *(node for mark, text in parts[1] for node in (mark, m.Text(text))))
    )


paragraphs = st.builds(m.Paragraph, inlines())
figures = st.builds(
    # A link to the picture or the article itself would be lost when it is read back.
    m.Figure,
    pictures,
    inlines(0),
    st.one_of(st.just(()), lines.map(_texts)),
    st.one_of(st.just(""), urls.map(lambda url: url.replace(".example/", ".example/pages/"))),
)


def _rows(columns: int) -> st.SearchStrategy[tuple[tuple[m.Cell, ...], ...]]:
    cell = st.builds(
        m.Cell,
        st.one_of(st.just(()), paragraphs.map(lambda p: (p,)), st.tuples(paragraphs, paragraphs)),
        header=st.booleans(),
        align=st.sampled_from(["", "left", "center", "right"]),
    )
    row = st.lists(cell, min_size=columns, max_size=columns).map(tuple)
    return st.lists(row, min_size=1, max_size=3).map(tuple)


tables = st.builds(m.Table, st.integers(2, 3).flatmap(_rows), st.one_of(st.just(()), lines.map(_texts)))
codes = st.builds(
    m.CodeBlock, st.sampled_from(["a\n  b", "x = '<&>'", "one\n\ntwo"]), st.sampled_from(["", "python"])
)
embeds = st.builds(m.Embed, st.sampled_from(["video", "audio", "iframe"]), urls, words)


def _bullets(items: tuple[m.Blocks, ...], loose: bool) -> m.BulletList:
    return m.BulletList(items, loose or m.has_neighbours(items))


def _numbers(items: tuple[m.Blocks, ...], start: int, loose: bool) -> m.OrderedList:
    return m.OrderedList(items, start, loose or m.has_neighbours(items))


def containers(inner: st.SearchStrategy[m.Block]) -> st.SearchStrategy[m.Block]:
    """Return a strategy for blocks that contain blocks."""
    row = st.lists(inner, min_size=1, max_size=3).map(tuple)
    first = st.tuples(paragraphs, row).map(lambda parts: (parts[0], *parts[1]))
    headed = st.tuples(paragraphs, st.integers(1, 6), lines, row).map(
        lambda p: (p[0], m.Heading(p[1], _texts(p[2])), *p[3])
    )
    items = st.lists(first, min_size=1, max_size=3).map(tuple)
    meanings = st.lists(first, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(m.Quote, first, st.one_of(st.just(()), lines.map(_texts))),
        st.builds(_bullets, items, st.booleans()),
        st.builds(_numbers, items, st.integers(0, 50), st.booleans()),
        st.builds(
            m.DefinitionList,
            st.lists(st.builds(m.Definition, lines.map(_texts), meanings), min_size=1, max_size=2).map(tuple),
        ),
        st.builds(m.Aside, st.one_of(first, headed), st.one_of(st.just(()), lines.map(_texts))),
    )


leaves = st.one_of(paragraphs, figures, tables, codes, embeds)
blocks = st.recursive(leaves, containers, max_leaves=6)


def _sections(parts: list[tuple[int, str, m.Blocks]], opening: m.Blocks) -> tuple[m.Section, ...]:
    """Generate sections without gaps in their levels, with a rule between the blocks of each."""
    made = [m.Section(blocks=opening)]
    level = 0
    for wanted, heading, content in parts:
        level = min(wanted, level + 1)
        made.append(m.Section(_texts(heading), level, (content[0], m.Rule(), *content)))
    return tuple(made)


bodies = st.builds(
    _sections,
    st.lists(
        st.tuples(st.integers(1, 3), lines, st.lists(blocks, min_size=1, max_size=3).map(tuple)), max_size=3
    ),
    st.tuples(paragraphs, st.lists(blocks, max_size=4)).map(
        lambda p: (p[0], *p[1], m.Paragraph((m.Text("完。"),)))
    ),
)

ZONES = (UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=5)))
times = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).flatmap(
    lambda t: st.sampled_from([t.replace(microsecond=0, tzinfo=zone) for zone in ZONES])
)
NAMES = ("Ann Ba", "林海", "Otto Berg")
CREDITS = (
    m.Credit("translator", (m.Text("翻译：潮生"),), "潮生"),
    m.Credit("rights", (m.Text("© 2025 海港日报"),)),
    m.Credit("note", (m.Text("完稿于海港"),)),
    m.Credit(
        "original",
        (m.Link((m.Text("点击查看本文英文版。"),), "https://e.example/en"),),
        "",
        "https://e.example/en",
    ),
)


@st.composite
def documents(draw: st.DrawFn) -> m.Document:
    """Generate an article with every kind of node, as in a page written by feed2doc."""
    published = draw(times)
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2))
    credits_ = tuple(draw(st.lists(st.sampled_from(CREDITS), unique=True)))
    url = draw(urls)
    document = m.Document(
        id=url,
        url=url,
        headline=draw(lines.map(lambda line: line.replace("\u00a0", "x"))),
        byline=tuple(m.Person(name, name) for name in names),
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
    note(msgspec.json.encode(document).decode())  # of an example that fails, all of it
    return document
