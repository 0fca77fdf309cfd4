"""Text on the first page of an article on an e-reader, whatever is above it.

A headline, a standfirst and a picture with its caption may fill such a page. The engines make the picture smaller so that some
lines of text fit below it. Where it would be too small then, it goes below the paragraphs that fill the page. This module
decides that before the layout, from the sizes of the look and estimated widths.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil, inf

import msgspec

from feed2doc import model as m
from feed2doc._locale.tags import is_right_to_left, primary_language
from feed2doc.assets import Picture
from feed2doc.env import Env
from feed2doc.looks import look_of
from feed2doc.looks.tokens import Look
from feed2doc.writers._shared.bylines import byline_text
from feed2doc.writers._shared.facts import title_of
from feed2doc.writers._shared.headlines import width_in_ems
from feed2doc.writers._shared.page_layout import OPENINGS, POINT, PageSize, page_of
from feed2doc.writers.pdf.options import Pdf

# The last lines of text that a page may have below its picture, and how small the picture may become for them.
_FEWEST, _SMALLEST = OPENINGS[-1]
# The lines by which a page may be fuller than expected.
_SLACK = 0.7
# The paragraphs that may be above a picture that has been moved.
_MOST_PARAGRAPHS = 3
# Languages whose lines have the space that `line_height_cjk` says.
_EAST_ASIAN = frozenset({"zh", "ja", "ko"})
# How much longer ragged lines are, which leave space at their ends.
_RAGGED = 1.08
# Letters are narrower in regular fonts than in the bold ones of headlines.
_REGULAR = 0.85


def with_openings(book: m.Book, options: Pdf, env: Env) -> m.Book:
    """Return the book, in which pictures above the text of articles are below its first paragraphs if they leave it no room."""
    page = page_of(options.page)
    if not page.is_screen:
        return book
    first_page = _FirstPage(page, look_of(options.look, page.medium, env.template_dirs), env)
    parts = tuple(
        part
        if part.front
        else msgspec.structs.replace(part, documents=tuple(map(first_page.with_text, part.documents)))
        for part in book.parts
    )
    return msgspec.structs.replace(book, parts=parts)


class _FirstPage:
    """The first page of an article. Heights and widths are in ems of its text."""

    def __init__(self, page: PageSize, look: Look, env: Env) -> None:
        em = page.type_size * POINT
        self._look, self._env = look, env
        self._width, self._height = (page.width - 2 * page.side) / em, page.text_height / em
        self._largest = page.height * page.lead / em

    def with_text(self, document: m.Document) -> m.Document:
        """Return the document, with its first picture below some of its text if it leaves no room above it."""
        figure, sections = _lead_picture(document)
        if figure is None or not sections or sections[0].heading:
            return document
        blocks = sections[0].blocks
        if (
            not blocks
            or not isinstance(blocks[0], m.Paragraph)
            or not (natural := self._natural(figure.image))
        ):
            return document
        line = self._line(document)
        room = self._height - self._head(document)
        if (
            room
            >= natural * _SMALLEST
            + self._caption(figure)
            + 2 * self._look.figure.space
            + (_FEWEST + _SLACK) * line
        ):
            return document
        at, lines = 0, 0
        while (
            at < min(len(blocks), _MOST_PARAGRAPHS)
            and isinstance(block := blocks[at], m.Paragraph)
            and lines * line < room
        ):
            at, lines = at + 1, lines + self._lines(m.plain_text(block.content), 1)
        first = msgspec.structs.replace(sections[0], blocks=(*blocks[:at], figure, *blocks[at:]))
        return msgspec.structs.replace(document, lead=None, sections=(first, *sections[1:]))

    def _natural(self, image: m.Image | None) -> float:
        """Return the height of the picture where there is room enough, at most, or 0 if it is not available."""
        assets = self._env.assets
        urls = (image.src, image.fallback_src) if image is not None else ()
        picture = next((found for url in urls if url and (found := assets.get(url))), None)
        if image is None or picture is None:
            return 0
        ratio = image.height / image.width if image.width and image.height else _ratio(picture)
        return min(self._largest, self._width * ratio)

    def _head(self, document: m.Document) -> float:
        """Return the height of what is above the picture."""
        look = self._look
        height = look.head.below
        if document.publication:
            height += look.kicker.size * look.head.line_height + look.kicker.below
        lines = self._lines(title_of(document), look.headline.size_small, bold=True)
        height += lines * look.headline.size_small * look.headline.line_height
        height += look.headline.above + look.headline.below
        if standfirst := m.plain_text(document.standfirst):
            lines = self._lines(standfirst, look.standfirst.size, bold=look.standfirst.weight == "bold")
            height += lines * look.standfirst.size * look.standfirst.line_height + look.standfirst.below
        if byline := byline_text(document):
            height += (
                self._lines(byline, look.head.byline, bold=True) * look.head.byline * look.head.line_height
            )
        facts = (document.published is not None) + bool(document.url)
        if look.head.origin == "line":
            facts = min(facts, 1)
        return height + facts * look.head.facts * look.head.line_height

    def _caption(self, figure: m.Figure) -> float:
        words = m.plain_text(figure.caption) + " " + m.plain_text(figure.credit)
        if not words.strip():
            return 0
        look = self._look.figure
        return self._lines(words, look.caption) * look.caption * look.caption_line_height + look.caption_above

    def _line(self, document: m.Document) -> float:
        text = self._look.text
        if primary_language(document.language) in _EAST_ASIAN:
            return text.line_height_cjk
        return text.line_height_rtl if is_right_to_left(document.language) else text.line_height

    def _lines(self, words: str, size: float, *, bold: bool = False) -> int:
        """Return about how many lines of this size the words take."""
        width = width_in_ems(words)
        in_words = width < 0.8 * len(words)
        share = (_RAGGED if in_words else 1) * (1 if bold or not in_words else _REGULAR)
        return max(1, ceil(width * share * size / self._width))


def _ratio(picture: Picture) -> float:
    """Return the height of a picture, divided by its width, or infinity if its bytes do not tell."""
    from PIL import Image

    try:
        with Image.open(BytesIO(picture.data)) as opened:
            return opened.height / opened.width
    except Exception:  # Pillow's decoders can raise almost any exception
        return inf


def _lead_picture(document: m.Document) -> tuple[m.Figure | None, tuple[m.Section, ...]]:
    """Return the picture above the text of an article, and its sections without it."""
    sections = document.sections
    if document.lead is not None:
        return document.lead, sections
    match sections:
        case (m.Section(heading=(), blocks=(m.Figure() as figure, *others)) as first, *_):
            return figure, (msgspec.structs.replace(first, blocks=tuple(others)), *sections[1:])
    return None, sections
