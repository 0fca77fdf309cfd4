"""The settings of the Typst template for a book: its page, fonts and look, and what earlier layouts found."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from msgspec import Struct

from feed2doc._locale.tags import language_tag
from feed2doc.looks.faces import ROLES, Role, families
from feed2doc.looks.tokens import Look
from feed2doc.model import Book, Span, walk
from feed2doc.writers import Paragraphs
from feed2doc.writers._shared.facts import language_of
from feed2doc.writers._shared.page_layout import (
    CAPTION_EMS,
    FEWEST_LINES,
    LARGEST_GAP,
    LARGEST_PICTURE,
    LEAST_HALF,
    LEAST_PART,
    NARROWEST_CAPTION,
    OPENINGS,
    POINT,
    SMALLEST_PICTURE,
    PageSize,
)
from feed2doc.writers.typst.markup import array, lines, string

# Typst includes this font. Of the system's fonts with a symbol, it would choose one by its style, and not find the symbol.
_SYMBOLS = "New Computer Modern Math"
# The space added above the text on small pages, in ems.
_LEADING = 0.25
_OPENINGS = ", ".join(f"({count}, {smallest})" for count, smallest in OPENINGS)
_LIMITS = (
    f"#let limits = (picture: {SMALLEST_PICTURE}, largest: {LARGEST_PICTURE}, gap: {LARGEST_GAP}, caption: {NARROWEST_CAPTION}, ems: {CAPTION_EMS}, "
    f"half: {LEAST_HALF}, part: {LEAST_PART}, openings: ({_OPENINGS}), lines: {FEWEST_LINES})"
)
# What earlier layouts found: nothing, or what is in a file next to the source. It is read where it is needed, so that Typst lays out
# again only what depends on it.
FOUND_FILE = "found.json"
_FOUND_NOTHING = "#let found() = (heights: (:), settled: (), closer: (:), smaller: 0)"
_FOUND = f'#let found() = json("{FOUND_FILE}")'


class PageStyle(Struct, frozen=True):
    """The template's settings: page, a font family to prefer over those of the language, paragraph style, look, and columns."""

    page: PageSize
    family: str
    paragraphs: Paragraphs
    look: Look
    columns: bool = False

    @property
    def line_length(self) -> int:
        """The number of letters per line."""
        return self.page.column_length if self.columns else self.page.line_length

    @property
    def running_length(self) -> float:
        """The room for a running head, in its own ems."""
        return self.page.line_length / 2 / self.look.running.size


class Found(Struct, frozen=True):
    """What earlier layouts found for the next one.

    `heights` of pictures by name, in points, from which it starts, and those of which are `settled`; by what share the lines of some
    articles are `closer`, by name; by what share pictures are `smaller`.
    """

    heights: dict[str, float] = {}
    settled: tuple[str, ...] = ()
    closer: dict[str, float] = {}
    smaller: float = 0.0


def reading_found(source: str) -> str:
    """Return the source that reads what earlier layouts found from a file."""
    return source.replace(_FOUND_NOTHING, _FOUND, 1)


def settings(book: Book, look: PageStyle) -> str:
    """Return the definitions that the template needs."""
    page, languages = look.page, _languages(book)
    # In WeasyPrint, half of the space between lines is above the first and below the last one.
    top = page.top + (_LEADING * page.type_size * POINT if page.is_screen else 0)
    paper = [
        *(f"{name}: {getattr(page, name):.6g}mm" for name in ("width", "height", "side")),
        f"top: {top:.6g}mm",
        f"type: {page.type_size:g}pt",
        f"screen: {'true' if page.is_screen else 'false'}",
        f"picture: {page.picture:g}",
        f"poster: {page.poster:.3g}",
        f"lead: {page.lead:g}",
        f"front: {page.front:g}",
        f"columns: {2 if look.columns else 1}",
        f"gutter: {page.column_gap:g}mm",
    ]
    single = "true" if len(book.documents) == 1 else "false"
    fonts = [
        f"{string(language)}: {array([*([look.family] if look.family else []), *_families(look.look, 'text', language)])}"
        for language in languages
    ]
    faces = [
        f"{role}: ({lines(f'{string(each)}: {array(own)}' for each, own in found.items())})"
        for role in ROLES
        if (found := _faces(look.look, role, languages))
    ]
    return (
        f"#let paper = ({', '.join(paper)})\n"
        f"{_LIMITS}\n"
        f"#let look = {_written(look.look)}\n"
        f"#let fonts = ({lines(fonts)})\n"
        f"#let faces = ({lines(faces) if faces else ':'})\n"
        f"#let paragraphs = {string(look.paragraphs)}\n#let single = {single}\n{_FOUND_NOTHING}"
    )


def _families(look: Look, role: Role, language: str) -> list[str]:
    found = families(look, role, language)
    return [*(family for family in found if family not in ("serif", "sans-serif")), _SYMBOLS]


def _faces(look: Look, role: Role, languages: Iterable[str]) -> dict[str, list[str]]:
    """Return the families of a role by language, without languages in which they are those of the text."""
    each = ((language, _families(look, role, language)) for language in languages)
    return {language: own for language, own in each if own != _families(look, "text", language)}


@functools.lru_cache(16)
def _written(look: Look) -> str:
    return _tokens(look)


def _tokens(value: object) -> str:
    """Return tokens of a look as Typst code. The colours of screens are left out."""
    match value:
        case Struct():
            names = [name for name in value.__struct_fields__ if name not in ("dark", "page")]
            each = (f"{name.replace('_', '-')}: {_tokens(getattr(value, name))}" for name in names)
            return f"({lines(each) if isinstance(value, Look) else ', '.join(each)})"
        case tuple():
            return array(map(str, value))
        case float():
            return f"{value:g}"
        case _:
            return f"rgb({string(str(value))})" if str(value).startswith("#") else string(str(value))


def _languages(book: Book) -> list[str]:
    """Return the languages of the book, its main language first."""
    spans = {language_tag(node.lang) for d in book.documents for node in walk(d) if isinstance(node, Span)}
    others = spans | {language_tag(d.language) or "und" for d in book.documents}
    language = language_of(book)
    return [language, *sorted(others - {language, ""})]
