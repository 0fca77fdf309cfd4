"""A book as Typst source: the settings of its page, the template, then the content."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from msgspec import Struct

from feed2doc import model as m
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import language_tag
from feed2doc._templating import source_of
from feed2doc.env import Env
from feed2doc.looks.faces import ROLES, Role, families
from feed2doc.looks.tokens import Look
from feed2doc.model import Book, Document, Image, Span, walk
from feed2doc.writers import Paragraphs
from feed2doc.writers._shared.bylines import byline_text
from feed2doc.writers._shared.contents import ContentsPart, ContentsRow, needs_contents
from feed2doc.writers._shared.contents_design import ContentsDesign, contents_design
from feed2doc.writers._shared.facts import (
    article_facts,
    authors_of,
    book_title,
    date_of,
    description_of,
    direction_of,
    keywords_of,
    language_of,
)
from feed2doc.writers._shared.front_pages import has_front_page
from feed2doc.writers._shared.headlines import has_phrases
from feed2doc.writers._shared.numbering import Numbered, linked_parts
from feed2doc.writers._shared.page_layout import PageSize
from feed2doc.writers.typst.content import TypstContent, first_picture
from feed2doc.writers.typst.markup import (
    beginnings_of,
    bracketed,
    in_phrases,
    lines,
    on_one_line,
    string,
)

TEMPLATE = "typst/template.typ"


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


def typst_source(book: Book, look: PageStyle, picture: Callable[[Image], str | None], env: Env) -> str:
    """Return the complete source of the book. It compiles unchanged, with the pictures that `picture` returns paths for.

    Raise TemplateError if the template cannot be read.
    """
    pieces = [_given(book, look), source_of(TEMPLATE, env.template_dirs).rstrip(), _book(book)]
    if book.cover and (path := picture(book.cover)):
        pieces.append(f"#book-cover({string(path)}, {string(on_one_line(book.cover.alt))})")
    return "\n\n".join([*pieces, *_parts(book, picture, look)]) + "\n"


# Typst includes this font. Of the system's fonts with a symbol, it would choose one by its style, and not find the symbol.
_SYMBOLS = "New Computer Modern Math"
# A part of so many articles has a page of its own.
_LARGE_PART = 10
# The headlines that fit on a line of any page.
_SHORT_HEADLINE = 8


_NO_HEIGHTS = "#let heights = (:)"


def with_heights(source: str, heights: Mapping[str, float]) -> str:
    """Return the source with these heights, in points, of some pictures by their names."""
    given = "".join(f"{string(name)}: {height:.6g}pt, " for name, height in heights.items())
    return source.replace(_NO_HEIGHTS, f"#let heights = ({given})", 1) if given else source


def _given(book: Book, look: PageStyle) -> str:
    page, languages = look.page, _languages(book)
    paper = [
        *(f"{name}: {getattr(page, name):.6g}mm" for name in ("width", "height", "side", "top")),
        f"type: {page.type_size:g}pt",
        f"screen: {'true' if page.is_screen else 'false'}",
        f"picture: {page.picture:g}",
        f"columns: {2 if look.columns else 1}",
        f"gutter: {page.column_gap:g}mm",
    ]
    fonts = [
        f"{string(language)}: {_array([*([look.family] if look.family else []), *_families(look.look, 'text', language)])}"
        for language in languages
    ]
    faces = [
        f"{role}: ({lines(f'{string(each)}: {_array(own)}' for each, own in found.items())})"
        for role in ROLES
        if (found := _faces(look.look, role, languages))
    ]
    return (
        f"#let paper = ({', '.join(paper)})\n"
        f"#let look = {_written(look.look)}\n"
        f"#let fonts = ({lines(fonts)})\n"
        f"#let faces = ({lines(faces) if faces else ':'})\n"
        f"#let paragraphs = {string(look.paragraphs)}\n{_NO_HEIGHTS}"
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
            return _array(map(str, value))
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


def _array(values: Iterable[str]) -> str:
    return f"({''.join(f'{string(value)}, ' for value in values).rstrip(' ')})"


def _book(book: Book) -> str:
    language = language_of(book)
    facts = [
        f"title: {_title(book_title(book), language)}",
        f"language: {string(language)}",
        f"dir: {direction_of(language)}",
        f"authors: {_array(map(on_one_line, authors_of(book.documents)))}",
        f"description: {string(on_one_line(description_of(book)))}",
        f"keywords: {_array(map(on_one_line, keywords_of(book.documents)))}",
        *([f"date: {_date(date)}"] if (date := date_of(book)) else []),
    ]
    return f"#show: book.with({lines(facts)})"


def _date(written: str) -> str:
    """Return the date as Typst code; Typst has no zones and writes all times as UTC."""
    moment = datetime.fromisoformat(written)
    names = ["year", "month", "day"]
    with suppress(OverflowError):  # at the limits of the calendar only the day is kept
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
            names += ["hour", "minute", "second"]
    return f"datetime({', '.join(f'{name}: {getattr(moment, name)}' for name in names)})"


def _parts(book: Book, picture: Callable[[Image], str | None], look: PageStyle) -> Iterable[str]:
    """Yield a bundle's contents, then the articles of each part. A front page is between the title and the contents."""
    parts = linked_parts(book, "a{}", "p{}")
    language = language_of(book)
    many = len(book.documents) > 1
    listed = [part.listed for part in parts]
    design = contents_design(book, listed, look.page, look.look)
    title = _book_title(book, design.title(look.look, look.page) if design else 0) if many else ""
    contents = _contents(book, listed, design)
    if many and not has_front_page(book):
        yield f"#{title}\n\n#{contents}"
        title = ""
    last_front = next((part.articles[-1] for part in reversed(parts) if part.listed.front), None)
    for part in parts:
        above, front = "", part.listed.front
        if part.title and many:
            facts = part.facts if len(part.articles) > 1 else ""
            above = f"part({_title(part.title, language)}, {string(facts)}, <p{part.number}>)"
            if len(part.articles) >= _LARGE_PART and not front:
                yield f"#{above.removesuffix(')')}, large: true)"
                above = ""
        for article in part.articles:
            named = bool(above) and part.title == article.document.publication
            above = " + ".join(filter(None, (title, above)))
            below = contents if article is last_front else ""
            yield _article(article, picture, look.line_length, above, below, named=named, front=front)
            title = above = ""


def _book_title(book: Book, size: float) -> str:
    subtitle = f", subtitle: {string(on_one_line(book.subtitle))}" if book.subtitle else ""
    title, language = book_title(book), language_of(book)
    shown = f"[{in_phrases(title)}]" if _is_phrased(title, language) else _title(title, language)
    return f"book-title({shown}{subtitle}{f', size: {size:g}' if size else ''})"


def _contents(book: Book, parts: list[ContentsPart], design: ContentsDesign | None) -> str:
    """Return the code of the contents, or "" if the book needs none."""
    if not needs_contents(book):
        return ""
    language = language_of(book)
    listed = []
    given = "" if design is None else f"design: {_design(design)}"
    for part in parts:
        if part.front:
            continue
        in_line = design is not None and design.named_in_lines
        title = f"{_title(part.title, language)}, <{part.href}>" if part.title else ""
        if title and not in_line:
            listed.append(f"#contents-part({title})")
        rows = [
            _entry(row, language, with_facts=design is None, part=title if in_line and not n else "")
            for n, row in enumerate(part.rows)
        ]
        listed.append(f"#entries({lines(filter(None, [given, *rows]))})")
    head = ", ".join(filter(None, [string(labels(language)["contents"]), given]))
    return f"contents({head})" + bracketed("\n".join(listed))


def _design(design: ContentsDesign) -> str:
    """Return the design of compact contents as Typst code."""
    named = "true" if design.named_in_lines else "false"
    return (
        f"(size: {design.size:g}, columns: {design.columns}, line: {design.line:g}, gap: {design.gap:g},"
        f" named-in-lines: {named})"
    )


def _entry(row: ContentsRow, language: str, *, with_facts: bool, part: str) -> str:
    """Return the code of an entry, which may begin with the title of a part: `part` is its code and that of its place."""
    given = [_title(row.title, row.language), f"<{row.href}>"]
    if part:
        given.append(f"part: ({part})")
    if with_facts:
        given.append(f"facts: {string(row.facts)}")
    if with_facts and row.summary:
        given.append(f"summary: {string(row.summary)}")
    if row.language != language:
        given += [f"language: {string(row.language)}", f"dir: {row.direction}"]
    return f"entry({', '.join(given)})"


def _article(
    article: Numbered,
    picture: Callable[[Image], str | None],
    line_length: int,
    above: str,
    below: str = "",
    *,
    named: bool = False,
    front: bool = False,
) -> str:
    """Return the code of an article between the code `above`, in which its publication may be named already, and `below`.

    `front` says that it is a front page.
    """
    document, facts = article.document, article_facts(article.document)
    content = TypstContent(
        document.language,
        picture,
        article.inside,
        line_length=line_length,
        name=f"a{article.number}",
    )
    words, title = content.words, facts["headline"]
    given = {
        "level": str(article.level) if article.level != 1 else "",
        "place": f"<a{article.number}>",
        "language": string(facts["language"]),
        "dir": facts["direction"],
        "publication": _stated(document.publication),
        "headline": _title(title, document.language),
        "phrases": f"[{in_phrases(title)}]" if _is_phrased(title, document.language) else "",
        "beginnings": f"({''.join(f'[{each}], ' for each in beginnings_of(title))})"
        if _is_phrased(title, document.language)
        else "",
        "standfirst": f"[{standfirst}]" if (standfirst := content.inlines(document.standfirst)) else "",
        "byline": _stated(byline_text(document)),
        "time": _stated(facts["time"]),
        "source": f"({string(facts['url'])}, {string(words['source'] + words['colon'] + facts['source'])})"
        if facts["url"]
        else "",
        "above": above,
        "below": below,
        "named": "true" if named else "",
        "front": "true" if front else "",
    }
    body = [content.section("", (document.lead,) if document.lead else ())]
    credits = _credits(document, content, facts["original_url"], article.level + 1)
    last = _last_text(document) if credits else None
    depth = 0
    for section in document.sections:
        if heading := content.inlines(section.heading).strip():
            # A heading is at most one level below the previous one (ISO 14289-1 7.4.2).
            depth = min(max(section.level, 1), depth + 1, 6 - article.level)
            heading = f"{'=' * depth} {heading}"
        is_last = last and section is document.sections[-1]
        body.append(content.section(heading, section.blocks[:-1] if is_last else section.blocks, depth))
    if last:
        body.append(_ending(document.sections[-1], f"<a{article.number}-end>", credits, content))
    elif credits:
        body.append(f"#{credits}")
    return (
        f"#article({lines(f'{name}: {value}' for name, value in given.items() if value)})[\n"
        + "\n\n".join(filter(None, body))
        + "\n]"
    )


def _title(title: str, language: str) -> str:
    """Return the title as a string that is never blank, because a heading must have text (ISO 14289-1 7.4)."""
    return string(title if on_one_line(title).strip() else labels(language)["untitled"])


def _is_phrased(title: str, language: str) -> bool:
    """Return True if a headline that is longer than a line of a small page has phrases."""
    return len(on_one_line(title).strip()) > _SHORT_HEADLINE and has_phrases(language)


def _stated(value: str) -> str:
    return string(on_one_line(value)) if value else ""


def _last_text(document: Document) -> m.Block | None:
    """Return the last block of the article if it is text, of which some lines may be on another page than the others."""
    match document.sections:
        case (
            *_,
            m.Section(
                blocks=(
                    *_,
                    m.Paragraph() | m.BulletList() | m.OrderedList() | m.Quote(attribution=()) as last,
                )
            ),
        ):
            return last if first_picture(last)[0] is None else None
    return None


def _ending(section: m.Section, place: str, credits: str, content: TypstContent) -> str:
    """Return the last block of the article with its credits, some lines of which are on the same page."""
    last = section.blocks[-1]
    given = [place, credits]
    match section.blocks:
        case (_,) if section.heading:
            given.append("headed: true")
        case (*_, m.Paragraph(), m.Paragraph()):
            given.append("paragraph: true")
    if any(isinstance(node, m.Note) for node in m.walk(last)):
        given.append("noted: true")
    return f"#ending({', '.join(given)}){bracketed(content.block(last))}"


def _credits(document: Document, content: TypstContent, original: str, level: int) -> str:
    rows = [f"[{content.inlines(credit.text)}]" for credit in document.credits]
    if original:
        rows.append(f"[#link({string(original)}, {string(content.words['original'])})]")
    if not rows:
        return ""
    return f"credits({lines([string(content.words['credits']), str(level), *rows])})"
