"""What a book's package says of it: Dublin Core, roles, accessibility (EPUB 3.3 section 5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from feed2doc.model import Book, Document, Image, plain_text
from feed2doc.writers._article import creators_of
from feed2doc.writers._markup import address

# https://id.loc.gov/vocabulary/relators.html
_RELATORS = {"translator": "trl", "photographer": "pht", "contributor": "ctb", "editor": "edt"}
_SUMMARY = {
    "zh-Hans": "本书由文章的文字构成，按阅读顺序排列，并有标题目录。",
    "zh-Hant": "本書由文章的文字構成，按閱讀順序排列，並有標題目錄。",
    "en": "The text of the articles in reading order, with a table of contents of their headings.",
}


@dataclass(frozen=True, slots=True)
class Datum:
    """One element of the metadata: a Dublin Core name, or "meta" with a property."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


def metadata_of(
    book: Book, title: str, language: str, identifier: str, images: list[Image], visual: bool
) -> list[Datum]:
    """All elements of the metadata, in order. `images` are the figures' pictures, `visual` that any is inside."""
    documents = book.documents
    data = [Datum("identifier", identifier, (("id", "id"),))]
    data += [Datum("title", title, (("id", "title"),)), _refines("title", "title-type", "main")]
    data += [Datum("language", each) for each in dict.fromkeys([language, *(d.language for d in documents)])]
    data += _people(documents)
    data += _facts(documents)
    data += [Datum("meta", _modified(book), (("property", "dcterms:modified"),))]
    data += _accessibility(language, images, visual)
    return data


def _refines(of: str, name: str, value: str, scheme: str = "") -> Datum:
    attributes = (("refines", f"#{of}"), ("property", name))
    return Datum("meta", value, (*attributes, ("scheme", scheme)) if scheme else attributes)


def _people(documents: tuple[Document, ...]) -> list[Datum]:
    data = []
    creators = dict.fromkeys(name for document in documents for name in creators_of(document))
    for n, name in enumerate(creators, 1):
        data += [
            Datum("creator", name, (("id", f"creator{n}"),)),
            _refines(f"creator{n}", "role", "aut", "marc:relators"),
            _refines(f"creator{n}", "file-as", _file_as(name)),
            _refines(f"creator{n}", "display-seq", str(n)),
        ]
    helpers = dict.fromkeys(
        (c.person, _RELATORS[c.role])
        for d in documents
        for c in d.credits
        if c.person and c.role in _RELATORS
    )
    for n, (name, relator) in enumerate(helpers, 1):
        data += [
            Datum("contributor", name, (("id", f"contributor{n}"),)),
            _refines(f"contributor{n}", "role", relator, "marc:relators"),
        ]
    return data


def _file_as(name: str) -> str:
    """The name as a catalogue sorts it: the family name first where the name is in Latin script."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given and name.isascii() else name


def _facts(documents: tuple[Document, ...]) -> list[Datum]:
    data = [
        Datum("publisher", name) for name in dict.fromkeys(d.publication for d in documents if d.publication)
    ]
    dates = sorted(d.published for d in documents if d.published)
    if dates:
        only_day = all(not d.published_has_time for d in documents if d.published == dates[0])
        data.append(Datum("date", dates[0].strftime("%Y-%m-%d") if only_day else dates[0].isoformat()))
    data += [Datum("source", url) for d in documents if (url := address(d.url))]
    data += [Datum("source", url) for d in documents if (url := address(d.original_url))]
    data += [Datum("description", d.summary) for d in documents if d.summary][:1]
    data += [Datum("subject", tag) for tag in dict.fromkeys(tag for d in documents for tag in d.tags)]
    data += [Datum("rights", plain_text(c.text)) for d in documents for c in d.credits if c.role == "rights"]
    return [Datum(datum.name, " ".join(datum.value.split())) for datum in data if datum.value.strip()]


def _modified(book: Book) -> str:
    """When the newest article was archived or published: the book changes when they do, not with the clock."""
    moments = [m for d in book.documents for m in (d.updated, d.archived, d.published) if m]
    latest = max(moments, default=datetime(2000, 1, 1, tzinfo=UTC))
    return latest.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _accessibility(language: str, images: list[Image], visual: bool) -> list[Datum]:
    """Only what is true: https://www.w3.org/TR/epub-a11y-11/#sec-discovery"""
    from feed2doc._labels import script_of

    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    described = visual and all(image.alt.strip() for image in images)
    if described:
        features.append("alternativeText")
    rows = [("accessMode", "textual"), *([("accessMode", "visual")] if visual else [])]
    if visual:
        rows.append(("accessModeSufficient", "textual,visual"))
    if described or not visual:
        rows.append(("accessModeSufficient", "textual"))
    rows += [("accessibilityFeature", feature) for feature in features]
    rows.append(("accessibilityHazard", "none"))
    rows.append(("accessibilitySummary", _SUMMARY.get(script_of(language), _SUMMARY["en"])))
    return [Datum("meta", value, (("property", f"schema:{name}"),)) for name, value in rows]
