"""A book as Typst source: the settings of its page, the template, then the content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime

from feed2doc._locale.labels import labels
from feed2doc._locale.tags import direction_of
from feed2doc._templating import source_of
from feed2doc.env import Env
from feed2doc.model import Book, Image
from feed2doc.writers._shared.contents.design import ContentsDesign, contents_design
from feed2doc.writers._shared.contents.entries import ContentsPart, ContentsRow, has_own_page, needs_contents
from feed2doc.writers._shared.contents.titles import shown
from feed2doc.writers._shared.facts import (
    authors_of,
    book_title,
    date_of,
    description_of,
    keywords_of,
    language_of,
)
from feed2doc.writers._shared.front_pages import has_front_page
from feed2doc.writers._shared.headlines import is_phrased
from feed2doc.writers._shared.numbering import linked_parts
from feed2doc.writers.typst.article import article_source, title_source
from feed2doc.writers.typst.markup import array, bracketed, in_phrases, lines, on_one_line, string
from feed2doc.writers.typst.settings import PageStyle, settings

TEMPLATE = "typst/template.typ"


def typst_source(book: Book, look: PageStyle, picture: Callable[[Image], str | None], env: Env) -> str:
    """Return the complete source of the book. It compiles unchanged, with the pictures that `picture` returns paths for.

    Raise TemplateError if the template cannot be read.
    """
    pieces = [settings(book, look), source_of(TEMPLATE, env.template_dirs).rstrip(), _book(book)]
    if book.cover and (path := picture(book.cover)):
        pieces.append(f"#book-cover({string(path)}, {string(on_one_line(book.cover.alt))})")
    return "\n\n".join([*pieces, *_parts(book, picture, look)]) + "\n"


def _book(book: Book) -> str:
    language = language_of(book)
    facts = [
        f"title: {title_source(book_title(book), language)}",
        f"language: {string(language)}",
        f"dir: {direction_of(language)}",
        f"authors: {array(map(on_one_line, authors_of(book.documents)))}",
        f"description: {string(on_one_line(description_of(book)))}",
        f"keywords: {array(map(on_one_line, keywords_of(book.documents)))}",
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
    title = _book_title(book, design.title(look.look) if design else 0) if many else ""
    is_page = design is not None and design.whole_page
    contents = _contents(book, shown(listed, design, look.page), design, title if is_page else "")
    if many and not has_front_page(book):
        yield f"#{contents}" if is_page else f"#{title}\n\n#{contents}"
        title = ""
    last_front = next((part.articles[-1] for part in reversed(parts) if part.listed.front), None)
    for part in parts:
        above, front = "", part.listed.front
        if part.title and many:
            facts = part.facts if len(part.articles) > 1 else ""
            above = f"part({title_source(part.title, language)}, {string(facts)}, <p{part.number}>)"
            if has_own_page(len(part.articles), front=front):
                yield f"#{above.removesuffix(')')}, large: true)"
                above = ""
        for article in part.articles:
            named = bool(above) and part.title.casefold() == article.document.publication.casefold()
            above = " + ".join(filter(None, (title, above)))
            below = contents if article is last_front else ""
            yield article_source(
                article,
                picture,
                look.line_length,
                look.running_length,
                above,
                below,
                named=named,
                front=front,
            )
            title = above = ""


def _book_title(book: Book, size: float) -> str:
    subtitle = f", subtitle: {string(on_one_line(book.subtitle))}" if book.subtitle else ""
    title, language = book_title(book), language_of(book)
    shown = (
        f"[{in_phrases(title)}]"
        if is_phrased(on_one_line(title), language)
        else title_source(title, language)
    )
    return f"book-title({shown}{subtitle}{f', size: {size:g}' if size else ''})"


def _contents(book: Book, parts: list[ContentsPart], design: ContentsDesign | None, above: str) -> str:
    """Return the code of the contents, below that of the title `above` if it is one, or "" if the book needs none."""
    if not needs_contents(book):
        return ""
    language = language_of(book)
    listed = []
    given = "" if design is None else f"design: {_design(design)}"
    for part in parts:
        if part.front:
            continue
        in_line = design is not None and design.named_in_lines
        title = f"{title_source(part.title, language)}, <{part.href}>" if part.title else ""
        if title and not in_line:
            listed.append(f"#contents-part({title})")
        rows = [
            _entry(row, language, with_facts=design is None, part=title if in_line and not n else "")
            for n, row in enumerate(part.rows)
        ]
        listed.append(f"#entries({lines(filter(None, [given, *rows]))})")
    head = ", ".join(filter(None, [string(labels(language)["contents"]), above and f"above: {above}", given]))
    return f"contents({head})" + bracketed("\n".join(listed))


def _design(design: ContentsDesign) -> str:
    """Return the design of compact contents as Typst code."""
    named = "true" if design.named_in_lines else "false"
    margin = f"{design.margin:g}mm" if design.whole_page else "none"
    return (
        f"(size: {design.size:g}, columns: {design.columns}, line: {design.line:g}, gap: {design.gap:g},"
        f" part-gap: {design.part_gap:g}, named-in-lines: {named}, margin: {margin})"
    )


def _entry(row: ContentsRow, language: str, *, with_facts: bool, part: str) -> str:
    """Return the code of an entry, which may begin with the title of a part: `part` is its code and that of its place."""
    given = [title_source(row.title, row.language), f"<{row.href}>"]
    if part:
        given.append(f"part: ({part})")
    if with_facts:
        given.append(f"facts: {string(row.facts)}")
    if with_facts and row.summary:
        given.append(f"summary: {string(row.summary)}")
    if row.language != language:
        given += [f"language: {string(row.language)}", f"dir: {row.direction}"]
    return f"entry({', '.join(given)})"
