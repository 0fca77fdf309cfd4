"""Entries of a table of contents page: the beginning of each article and its reading time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import count_of_articles, labels
from feed2doc._locale.tags import language_tag
from feed2doc.model import Document, Length, length_of, summary_of
from feed2doc.writers._shared.facts import direction_of, title_of


class ContentsRow(Struct, frozen=True):
    """An article in a table of contents; `facts` is a line with publication, day and reading time."""

    title: str
    href: str
    language: str
    direction: str
    facts: str
    summary: str
    length: Length


class ContentsPart(Struct, frozen=True):
    """The articles of a part. `title` is "" if the part has no title, `href` is "" if its page has no address."""

    title: str
    href: str
    rows: tuple[ContentsRow, ...]


def rows_of(title: str, href: str, articles: Sequence[tuple[Document, str]], language: str) -> ContentsPart:
    """Return the articles of a part as a table of contents in this language; each article comes with its address."""
    return ContentsPart(
        title, href, tuple(_row(document, address, title, language) for document, address in articles)
    )


def part_facts(part: ContentsPart, language: str) -> str:
    """Return a line with the number of articles in the part and their reading time."""
    minutes = _minutes(sum(row.length.minutes for row in part.rows), language)
    return f"{count_of_articles(len(part.rows), language)} · {minutes}"


def _row(document: Document, href: str, part: str, language: str) -> ContentsRow:
    length = length_of(document)
    facts = (
        document.publication if document.publication != part else "",
        localized_day(document.published, language) if document.published else "",
        _minutes(length.minutes, language),
    )
    return ContentsRow(
        title_of(document),
        href,
        language_tag(document.language) or "und",
        direction_of(document.language),
        " · ".join(fact for fact in facts if fact and fact != part),
        summary_of(document),
        length,
    )


def _minutes(minutes: int, language: str) -> str:
    return labels(language)["minutes"].format(n=minutes)
