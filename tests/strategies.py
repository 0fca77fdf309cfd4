"""Hypothesis strategies for documents as readers return them, with collapsed white space and merged texts."""

import functools
import os
import re
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Literal

import msgspec
from feed2doc import model as m
from feed2doc._locale.dates import localized_time
from feed2doc.formulas.convert import formula_of_mathml, formula_of_tex
from feed2doc.formulas.mathml import parse_mathml
from feed2doc.readers._article.headings.sections import is_headline
from feed2doc.readers._blocks.inlines import merged
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st

# How properties of documents are tested; `make soak` tries more of them.
MANY = settings(
    max_examples=int(os.environ.get("FEED2DOC_EXAMPLES", "20")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LETTERS = "渡轮靠岸abcXYZ019&<>\"'`*_[]#|\\~é「」。，“”\u00a0"
# They become spaces between words: a strategy for single words would make generating documents twice as slow.
BREAKS = "\t\n\v\f\r "


def _line(text: str) -> str:
    """Return words between single spaces; none begins or ends with another space."""
    return " ".join(word for part in re.split(f"[{BREAKS}]", text) if (word := part.strip())) or "x"


words = st.text(LETTERS, min_size=1, max_size=8).map(_line)
lines = st.text(LETTERS + BREAKS, min_size=1, max_size=20).map(_line)
urls = st.integers(1, 999).map(lambda n: f"https://harbour.example/{n}?a=1&b=2")
pictures = st.builds(
    m.Image,
    # The address of the article itself is not one of a picture.
    src=urls.map(lambda url: url.replace(".example/", ".example/images/")),
    alt=st.just("渡轮照片"),
    title=st.sampled_from(["", "渡轮", "渡轮\n和桥"]),
)
MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>&lt;</mo><mtext>若 <![CDATA[&]]></mtext></math>'
TEX = (
    "a^2",
    "x_{n+1}<y",
    r"\frac{a}{b}",
    r"\text{若 }n>0",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"a \\ b",
    r"\sqrt{x|y}",
    r"\%\#\&",
)
MARKS = (m.Strike, m.Insert, m.Highlight, m.Sub, m.Sup)


def _texts(line: str) -> m.Inlines:
    return (m.Text(line),)


def _between(before: str, content: m.Inlines, after: str) -> m.Inlines:
    """Return a line, which has text at both ends, between two more texts."""
    return merged([m.Text(before), *content, m.Text(after)])


def _without_nested(mark: type[m.Strong | m.Emph], content: m.Inlines) -> m.Inline:
    """Return bold text or emphasis without another of its kind directly in it."""
    parts = (each.content if isinstance(each, mark) else (each,) for each in content)
    return mark(merged([inner for part in parts for inner in part]))


def marked(content: st.SearchStrategy[m.Inlines]) -> st.SearchStrategy[m.Inline]:
    """Generate an inline that contains other inlines."""
    return st.one_of(
        *(content.map(partial(_without_nested, mark)) for mark in (m.Strong, m.Emph)),
        *(st.builds(mark, content) for mark in MARKS),
        st.builds(
            m.Span,
            content,
            lang=st.sampled_from(["en", "fr", "zh-TW"]),
            dir=st.sampled_from(["", "ltr", "rtl", "auto"]),
        ),
        st.builds(m.Abbreviation, content, st.sampled_from(["海港局", 'Harbour "A" & <B>'])),
        content.map(lambda inner: m.Quotation(_between("“", inner, "”"))),
    )


def _formula(tex: str, display: bool) -> m.Math:
    """Return a formula as readers do; one that is not TeX is MathML."""
    root = parse_mathml(MATHML) if tex == MATHML else None
    made = formula_of_tex(tex, display=display) if root is None else formula_of_mathml(root, display=display)
    assert made is not None
    return made


def formulas(display: bool) -> st.SearchStrategy[m.Math]:
    """Generate formulas in a line or, with `display`, as blocks."""
    return st.sampled_from([_formula(tex, display) for tex in (*TEX, MATHML)])


def whole() -> st.SearchStrategy[m.Inline]:
    """Generate an inline without other inlines in it."""
    return st.one_of(
        st.builds(m.Code, lines),
        st.builds(m.Link, lines.map(_texts), urls, st.sampled_from(["", "Title", "Title\nof two"])),
        st.builds(m.Ruby, words.map(_texts), words),
        st.builds(m.InlineImage, pictures),
        st.just(m.LineBreak()),
        st.builds(m.Sup, st.sampled_from(["6", "−3", "n+1", "th"]).map(_texts)),
        st.builds(m.Sub, st.sampled_from(["2", "ij"]).map(_texts)),
        formulas(display=False),
        st.builds(
            m.Note, st.lists(st.builds(m.Paragraph, lines.map(_texts)), min_size=1, max_size=2).map(tuple)
        ),
    )


@functools.cache
def _inlines(depth: int) -> st.SearchStrategy[m.Inlines]:
    inner = lines.map(_texts) if depth == 0 else inlines(depth - 1)
    between = st.one_of(marked(inner), whole()) if depth else marked(inner)
    return st.tuples(lines, st.lists(st.tuples(between, lines), max_size=2)).map(
        lambda parts: (m.Text(parts[0]), *(node for mark, text in parts[1] for node in (mark, m.Text(text))))
    )


@st.composite
def inlines(draw: st.DrawFn, depth: int = 1) -> m.Inlines:
    """Generate a line with text at both ends and without adjacent inlines that would be merged."""
    return draw(_inlines(depth))


paragraphs = st.builds(m.Paragraph, inlines())
figures = st.builds(
    # A link to the picture or the article itself would be lost when it is read back.
    m.Figure,
    pictures,
    inlines(0),
    st.one_of(st.just(()), lines.map(_texts)),
    st.one_of(st.just(""), urls.map(lambda url: url.replace(".example/", ".example/pages/"))),
)


@functools.cache
def _rows(columns: int) -> st.SearchStrategy[tuple[tuple[m.Cell, ...], ...]]:
    cell = st.builds(
        m.Cell,
        st.one_of(st.just(()), paragraphs.map(lambda p: (p,)), st.tuples(paragraphs, paragraphs)),
        header=st.booleans(),
        align=st.sampled_from(["", "left", "center", "right"]),
    )
    row = st.lists(cell, min_size=columns, max_size=columns).map(tuple)
    wide = st.lists(cell, min_size=columns - 1, max_size=columns - 1).map(
        lambda cells: (*cells[:-1], msgspec.structs.replace(cells[-1], colspan=2))
    )
    return st.tuples(row, st.lists(st.one_of(row, wide), max_size=2)).map(lambda rows: (rows[0], *rows[1]))


tables = st.builds(m.Table, st.integers(2, 3).flatmap(_rows), st.one_of(st.just(()), lines.map(_texts)))
codes = st.builds(
    m.CodeBlock, st.sampled_from(["a\n  b", "x = '<&>'", "one\n\ntwo"]), st.sampled_from(["", "python"])
)
posters = st.builds(m.Image, src=urls.map(lambda url: url.replace(".example/", ".example/stills/")))
embeds = st.builds(
    m.Embed, st.sampled_from(["video", "audio", "iframe"]), urls, words, st.one_of(st.none(), posters)
)
verse_lines = st.tuples(st.integers(0, 4), inlines(0)).map(lambda p: _between("\u00a0" * p[0], p[1], ""))


def _verse(stanzas: list[list[m.Inlines]]) -> m.Verse:
    """Return stanzas as lines, with a line without content between them."""
    return m.Verse(tuple(line for stanza in stanzas for line in ((), *stanza))[1:])


verses = st.builds(_verse, st.lists(st.lists(verse_lines, min_size=1, max_size=3), min_size=1, max_size=2))
# For each item of a list, whether it is a task and is done, and the number that it jumps to.
_states = st.lists(st.sampled_from([None, None, True, False]), min_size=3, max_size=3)
_jumps = st.lists(st.sampled_from([1, 1, 1, 5]), min_size=3, max_size=3)


def _tasks(items: tuple[m.Blocks, ...], states: list[bool | None]) -> tuple[bool | None, ...]:
    states = states[: len(items)]
    return tuple(states) if any(state is not None for state in states) else ()


def _bullets(items: tuple[m.Blocks, ...], loose: bool, states: list[bool | None]) -> m.BulletList:
    return m.BulletList(items, loose or m.has_neighbours(items), _tasks(items, states))


def _numbers(
    items: tuple[m.Blocks, ...],
    start: int,
    loose: bool,
    kind: tuple[Literal["1", "a", "A", "i", "I"], bool],
    jumps: list[int],
    states: list[bool | None],
) -> m.OrderedList:
    """Return a numbered list; numbers that follow each other are not listed in `values`."""
    numbering, counts_down = kind
    step = -1 if counts_down else 1
    start = start + 50 if counts_down else start
    values = tuple(start + step * sum(jumps[1 : at + 1]) for at in range(len(items)))
    return m.OrderedList(
        items,
        start,
        loose or m.has_neighbours(items),
        numbering,
        counts_down,
        () if values == tuple(range(start, start + step * len(items), step)) else values,
        _tasks(items, states),
    )


kinds = st.tuples(st.sampled_from(["1", "1", "a", "A", "i", "I"]), st.booleans())


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
        st.builds(_bullets, items, st.booleans(), _states),
        st.builds(_numbers, items, st.integers(1, 50), st.booleans(), kinds, _jumps, _states),
        st.builds(
            m.DefinitionList,
            st.lists(st.builds(m.Definition, lines.map(_texts), meanings), min_size=1, max_size=2).map(tuple),
        ),
        st.builds(m.Aside, st.one_of(first, headed), st.one_of(st.just(()), lines.map(_texts))),
    )


leaves = st.one_of(paragraphs, figures, tables, codes, embeds, verses, formulas(display=True))
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
times = st.builds(
    lambda time, zone: time.replace(microsecond=0, tzinfo=zone),
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)),
    st.sampled_from(ZONES),
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
    headline = draw(lines.map(lambda line: line.replace("\u00a0", "x")))
    standfirst = draw(st.one_of(st.just(()), inlines(0)))
    document = m.Document(
        id=url,
        url=url,
        headline=headline,
        byline=tuple(m.Person(name, name) for name in names),
        byline_text="、".join(names),
        published=published,
        published_text=localized_time(published, True, "zh-CN"),
        updated=draw(st.one_of(st.none(), times)),
        language="zh-CN",
        publication="海港日报",
        standfirst=() if is_headline(standfirst, headline) else standfirst,
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
