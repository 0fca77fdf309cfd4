"""The metadata of a book's package: Dublin Core, roles, series, accessibility (EPUB 3.3 section 5.5)."""

from __future__ import annotations

import os
import unicodedata
from datetime import UTC, datetime

from msgspec import Struct

from feed2doc._locale.labels import labels
from feed2doc._locale.tags import language_tag
from feed2doc._text.lazy_re import pattern
from feed2doc.errors import OptionError
from feed2doc.model import Book, Document, title_text
from feed2doc.writers._shared.escape import address
from feed2doc.writers._shared.facts import authors_of, date_of, description_of, keywords_of
from feed2doc.writers.epub.package import File, MetaElement

# https://id.loc.gov/vocabulary/relators.html
_RELATORS = {"translator": "trl", "photographer": "pht", "contributor": "ctb", "editor": "edt"}
# Libraries show all creators on one line, so a large bundle names its publications as creators, its authors as contributors.
_MOST_CREATORS = 12
_NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_PERSONS = pattern(r"(?:(?<!\s)\s+)?[、，,;；&/／]\s*")
_SUFFIX = pattern(r",?(?<!\s)\s+(Jr\.?|Sr\.?|II|III|IV)$")
_ARTICLE = pattern(r"(The|A|An) (.+)")


class BookFacts(Struct, frozen=True):
    """Facts for the metadata that are not in the Book: properties of the finished file and chosen settings.

    `pictures` are those in the file except the cover; `described` says that the source describes each of them.
    """

    title: str
    language: str
    identifier: str
    words: int
    pictures: list[File]
    described: bool
    has_cover: bool


def metadata_of(book: Book, facts: BookFacts) -> list[MetaElement]:
    """Return all metadata elements in order. Raise OptionError if SOURCE_DATE_EPOCH is not a number."""
    documents = book.documents
    title = facts.title
    data = [MetaElement("identifier", facts.identifier, (("id", "id"),))]
    data += [MetaElement("title", title, (("id", "title"),)), _refines("title", "title-type", "main")]
    if facts.language.startswith("en") and _title_sort(title) != title:
        data.append(_refines("title", "file-as", _title_sort(title)))
    if book.subtitle:
        data += [
            MetaElement("title", book.subtitle, (("id", "subtitle"),)),
            _refines("subtitle", "title-type", "subtitle"),
        ]
    languages = [facts.language, *(language_tag(document.language) for document in documents)]
    data += [MetaElement("language", each) for each in dict.fromkeys(languages) if each]
    data += _people(documents, facts.language)
    data += _publication(book)
    data += _series(book)
    data.append(_property("dcterms:modified", _modified(book)))
    data.append(_property("schema:wordCount", str(facts.words)))
    data += _accessibility(facts)
    if facts.has_cover:  # the declaration that EPUB 2 readers and Kobo's library look for
        data.append(MetaElement("meta", "", (("name", "cover"), ("content", "cover-image"))))
    return [*data, MetaElement("meta", "", (("name", "generator"), ("content", "feed2doc")))]


def _property(name: str, value: str) -> MetaElement:
    return MetaElement("meta", value, (("property", name),))


def _refines(of: str, name: str, value: str, scheme: str = "") -> MetaElement:
    attributes = (("refines", f"#{of}"), ("property", name))
    return MetaElement("meta", value, (*attributes, ("scheme", scheme)) if scheme else attributes)


def _people(documents: tuple[Document, ...], language: str) -> list[MetaElement]:
    """Return authors as creators and other credited persons as contributors, each person once per role."""
    persons = {person.name for document in documents for person in document.byline}
    authors = [name for name in authors_of(documents) if name.strip()]
    helpers = dict.fromkeys(
        (name, _RELATORS[credit.role])
        for document in documents
        for credit in document.credits
        if credit.role in _RELATORS
        for name in _PERSONS.split(credit.person)
        if name
    )
    others = list(helpers)
    persons |= {name for name, _ in others}
    publications = dict.fromkeys(d.publication for d in documents if d.publication)
    if len(authors) > _MOST_CREATORS:
        others = [*((name, "aut") for name in authors if name not in publications), *others]
        few = 0 < len(publications) <= _MOST_CREATORS
        authors = list(publications) if few else [labels(language)["various"]]
    people = [("creator", n, name, "aut") for n, name in enumerate(authors, 1)]
    people += [("contributor", n, name, relator) for n, (name, relator) in enumerate(others, 1)]
    return [
        datum
        for kind, n, name, relator in people
        for datum in (
            MetaElement(kind, name, (("id", f"{kind}{n}"),)),
            _refines(f"{kind}{n}", "role", relator, "marc:relators"),
            _refines(f"{kind}{n}", "file-as", _file_as(name) if name in persons else _title_sort(name)),
            _refines(f"{kind}{n}", "display-seq", str(n)),
        )
    ]


def _file_as(name: str) -> str:
    """Return a person's name as catalogues sort it: the family name first if the name is in Latin script."""
    if _ARTICLE.fullmatch(name):  # an organisation
        return _title_sort(name)
    found = _SUFFIX.search(name)
    bare, suffix = (name[: found.start()], f", {found[1]}") if found else (name, "")
    given, _, family = bare.rpartition(" ")
    latin = all("LATIN" in unicodedata.name(c, "") for c in bare if c.isalpha())
    return f"{family}, {given}{suffix}" if given and latin else name


def _title_sort(title: str) -> str:
    """Return the title or organisation's name as catalogues sort it: an English article moves to the end."""
    found = _ARTICLE.fullmatch(title)
    return f"{found[2]}, {found[1]}" if found else title


def _publication(book: Book) -> list[MetaElement]:
    documents = book.documents
    data = [
        MetaElement("publisher", name)
        for name in dict.fromkeys(d.publication for d in documents if d.publication)
    ]
    if date := date_of(book):
        data.append(MetaElement("date", date))
    data += [MetaElement("source", url) for d in documents if (url := address(d.url))]
    data += [MetaElement("source", url) for d in documents if (url := address(d.original_url))]
    data.append(MetaElement("description", description_of(book)))
    data += [MetaElement("subject", tag) for tag in keywords_of(documents)]
    rights = (title_text(c.text) for d in documents for c in d.credits if c.role == "rights")
    data += [MetaElement("rights", text) for text in dict.fromkeys(rights)]
    return [MetaElement(datum.name, " ".join(datum.value.split())) for datum in data if datum.value.strip()]


def _series(book: Book) -> list[MetaElement]:
    """Return the publication as the series of the book, numbered by its day; also in calibre's metadata terms."""
    names = {document.publication for document in book.documents}
    name = names.pop() if len(names) == 1 else ""
    if not name:
        return []
    data = [
        MetaElement("meta", name, (("property", "belongs-to-collection"), ("id", "series"))),
        _refines("series", "collection-type", "series"),
        MetaElement("meta", "", (("name", "calibre:series"), ("content", name))),
    ]
    if book.date is None:
        return data
    number = f"{book.date:%Y%m%d}".zfill(8)
    return [
        *data[:2],
        _refines("series", "group-position", number),
        data[2],
        MetaElement("meta", "", (("name", "calibre:series_index"), ("content", number))),
    ]


def _modified(book: Book) -> str:
    """Return the time when the newest article was archived or published: the book changes with them, not with the clock.

    SOURCE_DATE_EPOCH, seconds since 1970, takes precedence (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            latest = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise OptionError(
                f"SOURCE_DATE_EPOCH={epoch[:40]!r} must be a number of seconds since 1970"
            ) from error
    else:
        moments = [m for d in book.documents for m in (d.updated, d.archived, d.published) if m]
        latest = max(moments, default=_NO_MOMENT)
    try:
        return f"{latest.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".zfill(20)  # strftime does not pad the year
    except OverflowError:  # at the limits of the calendar
        return f"{_NO_MOMENT:%Y-%m-%dT%H:%M:%SZ}"


def _accessibility(facts: BookFacts) -> list[MetaElement]:
    """Return the accessibility metadata, claiming only what is true: https://www.w3.org/TR/epub-a11y-11/#sec-discovery"""
    words = labels(facts.language)
    visual = bool(facts.pictures) or facts.has_cover  # the cover's alternative text has all that is on it
    described = visual and facts.described
    moving = any(picture.media_type in ("image/gif", "image/webp") for picture in facts.pictures)
    rows = [("accessMode", "textual"), *([("accessMode", "visual")] if visual else [])]
    if visual:
        rows.append(("accessModeSufficient", "textual,visual"))
    if described or not visual:
        rows.append(("accessModeSufficient", "textual"))
    features = [
        "structuralNavigation",
        "tableOfContents",
        "readingOrder",
        "displayTransformability",
        "unlocked",
    ]
    rows += [
        ("accessibilityFeature", each) for each in (*features, *(["alternativeText"] if described else []))
    ]
    rows.append(("accessibilityHazard", "unknown" if moving else "none"))
    summary = "described" if described else "undescribed" if visual else "pictureless"
    rows.append(("accessibilitySummary", f"{words['access']}{words['gap']}{words[summary]}"))
    return [_property(f"schema:{name}", value) for name, value in rows]
