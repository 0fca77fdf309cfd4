"""The data that templates get about an article: header, body, credits and outline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from feed2doc._locale.dates import iso_time, localized_time
from feed2doc._locale.labels import labels, script_of
from feed2doc._locale.tags import direction_of, language_tag
from feed2doc._text.urls import host_of, normalize_url
from feed2doc._text.xml import xml_safe
from feed2doc.model import Book, Document, Section, plain_text, source_of, title_from_text, title_text
from feed2doc.writers._shared.escape import address

if TYPE_CHECKING:
    from feed2doc.writers._shared.xhtml.blocks import Xhtml

_HEADLINES = 8
# So many letters of a credit are on a line, as a share of those of the text: its letters are smaller, and Latin ones narrow.
_CREDIT_LINE = 1.3


class TocEntry(Struct, frozen=True):
    """An entry in a table of contents."""

    title: str
    href: str
    entries: tuple[TocEntry, ...] = ()
    language: str = ""
    is_part: bool = False


def title_of(document: Document) -> str:
    """Return the headline, else the first words of the text, else the label for articles without either."""
    title = document.headline.strip() or title_from_text(document)
    return " ".join(xml_safe(title).split()) or labels(document.language)["untitled"]


def language_of(book: Book) -> str:
    """Return the book's language, else that of its first article."""
    documents = book.documents
    language = book.language if book.language != "und" or not documents else documents[0].language
    return language_tag(language) or "und"


def book_title(book: Book) -> str:
    """Return the book's title, else the headline of its only article."""
    documents = book.documents
    title = " ".join(xml_safe(book.title).split())
    if title:
        return title
    return title_of(documents[0]) if len(documents) == 1 else labels(language_of(book))["untitled"]


def description_of(book: Book) -> str:
    """Return the article's summary, or a bundle's first headlines; libraries show it on the book's page."""
    documents = book.documents
    if len(documents) == 1:
        return documents[0].summary
    shown = [title_of(document) for document in documents[:_HEADLINES]]
    return " · ".join(shown) + (" …" if len(documents) > _HEADLINES else "")


def date_of(book: Book) -> str:
    """Return the publication date with its zone, or only the day if the source states no time.

    A bundle has the date of its newest article.
    """
    date = book.date or max((d.published for d in book.documents if d.published), default=None)
    if date is None:
        return ""
    same = [d for d in book.documents if d.published == date]
    only_day = bool(same) and not any(d.published_has_time for d in same)
    return iso_time(date, has_time=not only_day)


def places_of(places: Iterable[tuple[Document, str]]) -> dict[str, str]:
    """Return the location of each article in the output by its normalized URL, so that articles can link to each other.

    A URL that several articles share is left out.
    """
    found: dict[str, str] = {}
    for document, place in places:
        if key := normalize_url(document.url):
            found[key] = place if key not in found else ""
    return found


def creators_of(document: Document) -> tuple[str, ...]:
    """Return the authors: the byline, else the publication, else the host of the URL."""
    if document.byline:
        return tuple(person.name for person in document.byline)
    return tuple(filter(None, (source_of(document),)))


def authors_of(documents: Iterable[Document]) -> list[str]:
    """Return the authors of these articles, without duplicates."""
    return list(dict.fromkeys(name for document in documents for name in creators_of(document)))


def keywords_of(documents: Iterable[Document]) -> list[str]:
    """Return the tags of these articles, without duplicates."""
    return list(dict.fromkeys(tag for document in documents for tag in document.tags))


def article_facts(document: Document) -> dict[str, Any]:
    """Return the facts that do not depend on the format's markup: names, times and URLs."""
    published = document.published
    return {
        "headline": title_of(document),
        "language": language_tag(document.language) or "und",
        "direction": direction_of(document.language),
        "publication": document.publication,
        "byline": [person.name for person in document.byline],
        "time": localized_time(published, document.published_has_time, document.language)
        if published
        else "",
        "url": address(document.url),
        "source": host_of(document.url) or document.url,
        "original_url": address(document.original_url)
        if all(credit.role != "original" for credit in document.credits)
        else "",
    }


def article_context(document: Document, xhtml: Xhtml, level: int = 1) -> dict[str, Any]:
    """Return the context of `shared/article.xhtml` for this article; XHTML in it is already Markup.

    `level` is the level of the headline; the headings in the article start one level below.
    """
    from markupsafe import Markup

    from feed2doc._text.wrap import width_of

    lead = xhtml.figure(document.lead) if document.lead else ""
    sections = "".join(_section(section, n, level, xhtml) for n, section in enumerate(document.sections, 1))
    credits_ = [
        {
            "role": c.role,
            "content": Markup(xhtml.inlines(c.text)),
            "is_long": 0 < _CREDIT_LINE * xhtml.line_length < width_of(plain_text(c.text)),
        }
        for c in document.credits
    ]
    return article_facts(document) | {
        "level": level,
        "headline": Markup(xhtml.headline(title_of(document))),
        "standfirst": Markup(xhtml.paragraph(document.standfirst)),
        "datetime": iso_time(document.published, document.published_has_time) if document.published else "",
        "lead": Markup(lead),
        "body": Markup(sections),
        "credits": credits_,
        "notes": Markup(xhtml.note_list()),
        "words": xhtml.words,
        "prefix": xhtml.prefix,
        "script": script_of(document.language),
    }


def _section(section: Section, number: int, above: int, xhtml: Xhtml) -> str:
    """Return a section with its heading, whose level follows the headline's without a gap."""
    body = xhtml.blocks(section.blocks)
    if not section.heading:
        return body
    level = min(section.level + above, 6)
    return f'<h{level} id="{xhtml.prefix}s{number}">{xhtml.heading(section.heading)}</h{level}>\n{body}'


def outline(document: Document, href: str) -> TocEntry:
    """Return the article as an entry with its headings nested inside."""
    rows = [
        (section.level, title, f"{href}#s{number}")
        for number, section in enumerate(document.sections, 1)
        if (title := xml_safe(title_text(section.heading)))
    ]
    language = language_tag(document.language) or "und"
    return TocEntry(title_of(document), href, _nested(rows, language), language)


def _nested(rows: list[tuple[int, str, str]], language: str) -> tuple[TocEntry, ...]:
    entries: list[TocEntry] = []
    at = 0
    while at < len(rows):
        level, title, href = rows[at]
        end = at + 1
        while end < len(rows) and rows[end][0] > level:
            end += 1
        entries.append(TocEntry(title, href, _nested(rows[at + 1 : end], language), language))
        at = end
    return tuple(entries)
