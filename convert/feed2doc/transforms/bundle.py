"""Many articles as one book: sorted, grouped into parts, and without duplicates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from feed2doc._locale.labels import labels
from feed2doc.env import Env
from feed2doc.errors import expect
from feed2doc.model import Book, Document, Part, source_of
from feed2doc.transforms import GroupBy, Order

# The most publications that a title can name; with more, the book is called a selection.
_NAMED = 3


def bundle(
    documents: Iterable[Document],
    *,
    title: str = "",
    group_by: GroupBy = "source",
    order: Order = "newest",
    env: Env | None = None,
) -> Book:
    """Return a book of these articles; duplicates are merged (see `feed2doc.transforms.duplicates`) and noted in `env`.

    `group_by` makes a part of each publication, however it is capitalized, or of each day; if there would be only one part, the
    book has none. `order` sorts the articles, and parts are in the order of their first articles. The default `title` is the
    names of the publications and their dates.
    """
    from feed2doc.transforms.duplicates import merged

    hint = "read each file first, with feed2doc.read"
    expect("documents", documents, Iterable, hint=hint)
    articles = tuple(documents)
    for each in articles:
        expect("documents", each, Document, hint=hint)
    chosen = _in_order(merged(articles, env or Env()), order)
    language = _language(chosen)
    dates = sorted(d.published for d in chosen if d.published)
    return Book(
        title=title or _title(chosen, language),
        language=language,
        date=dates[-1] if dates else None,
        parts=_parts(chosen, group_by, order, language),
    )


def _in_order(documents: list[Document], order: Order) -> list[Document]:
    if order == "given":
        return documents
    dated = [d for d in documents if d.published]
    dated.sort(key=lambda d: d.published or datetime.min.replace(tzinfo=UTC), reverse=order == "newest")
    return [*dated, *(d for d in documents if not d.published)]


def _language(documents: list[Document]) -> str:
    """Return the language of most of the articles."""
    from collections import Counter

    found = Counter(d.language for d in documents).most_common(1)
    return found[0][0] if found else "und"


def _parts(documents: list[Document], group_by: GroupBy, order: Order, language: str) -> tuple[Part, ...]:
    groups: dict[str, tuple[str, list[Document]]] = {}  # by names in small letters: "Medium" is "medium"
    if (
        group_by == "date" and order != "given"
    ):  # with two time zones, the later moment may be on the earlier day
        documents = sorted(documents, key=_day, reverse=order == "newest")
    for document in documents:
        name = _group(document, group_by, language)
        groups.setdefault(name.casefold(), (name, []))[1].append(document)
    if len(groups) == 1:  # its title would only repeat the book's
        return (Part(documents=tuple(documents)),)
    return tuple(Part(name, tuple(group)) for name, group in groups.values())


def _day(document: Document) -> date:
    return document.published.date() if document.published else date.min


def _group(document: Document, group_by: GroupBy, language: str) -> str:
    from feed2doc._locale.dates import localized_day

    words = labels(language)
    if group_by == "source":
        return source_of(document) or words["other"]
    if group_by == "date":
        return localized_day(document.published, language) if document.published else words["undated"]
    return ""


def _title(documents: list[Document], language: str) -> str:
    """Return the publications, and the dates from the first to the last article."""
    from feed2doc._locale.dates import localized_days

    words = labels(language)
    sources: dict[str, str] = {}
    for source in filter(None, map(source_of, documents)):
        sources.setdefault(source.casefold(), source)
    names = " · ".join(sources.values()) if 0 < len(sources) <= _NAMED else words["selection"]
    days = sorted(d.published.date() for d in documents if d.published)  # each in its own zone, as printed
    return f"{names} · {localized_days(days[0], days[-1], language)}" if days else names
