"""The texts of a cover: title, publication, authors, date and first headlines."""

from __future__ import annotations

from msgspec import Struct

from feed2doc._locale.dates import localized_day, localized_days
from feed2doc._locale.labels import count_of_articles, has_labels, labels
from feed2doc.covers._lettering import Type, type_of
from feed2doc.looks.faces import families
from feed2doc.looks.tokens import Look
from feed2doc.model import EDITION_PAGE, Book, Document, source_of

MOST_HEADLINES = 6
_NAMED = 3


class CoverFacts(Struct, frozen=True):
    """The texts of a cover, ready to be set; missing ones are empty."""

    title: Type
    publication: Type
    byline: Type
    date: Type
    headlines: tuple[Type, ...] = ()
    name: str = ""

    @property
    def missing(self) -> str:
        """The characters of all texts that no installed font has."""
        texts = (self.title, self.publication, self.byline, self.date, *self.headlines)
        return "".join(sorted({c for text in texts for c in text.missing}))


def facts_of(book: Book, look: Look, first: Document | None = None) -> CoverFacts:
    """Return the texts for the cover of this book in a look; the headline of `first` comes first."""
    documents = [each for each in book.documents if not each.id.startswith(EDITION_PAGE)] or book.documents
    language = book.language
    sources = list(dict.fromkeys(s for d in documents if (s := source_of(d))))
    title = " ".join(book.title.split()) or labels(language)["untitled"]
    if len(book.documents) == 1:
        byline = " · ".join([p.name for p in documents[0].byline][:_NAMED])
        day = documents[0].published or book.date
        date = _drawn(localized_day(day, language), f"{day:%Y-%m-%d}", language, look) if day else ""
        return _facts(title, "".join(sources), byline, date, language, look)
    title, date = _title_and_date(book, title, look)
    names = " · ".join(sources) if len(sources) <= _NAMED and not _says(title, sources) else ""
    count = _drawn(_count(len(documents), language), "", language, look)
    dateline = " · ".join(each for each in (date, count) if each)
    headed = [d for d in documents if d.headline.strip()]
    ordered = sorted(headed, key=lambda d: d is not first)[:MOST_HEADLINES]
    headlines = tuple(_heading(d.headline, d.language, look) for d in ordered)
    return _facts(title, names, "", dateline, language, look, headlines)


def _facts(
    title: str,
    publication: str,
    byline: str,
    date: str,
    language: str,
    look: Look,
    headlines: tuple[Type, ...] = (),
) -> CoverFacts:
    return CoverFacts(
        title=_heading(title, language, look),
        publication=_label(publication, language, look, bold=True),
        byline=_label(byline, language, look),
        date=_label(date, language, look),
        headlines=headlines,
        name=publication or title,
    )


def _heading(text: str, language: str, look: Look) -> Type:
    return type_of(text, language, tuple(families(look, "headings", language)), bold=True)


def _label(text: str, language: str, look: Look, *, bold: bool = False) -> Type:
    return type_of(text, language, tuple(families(look, "labels", language)), bold=bold)


def _title_and_date(book: Book, title: str, look: Look) -> tuple[str, str]:
    """Return a bundle's title and its date or dates; dates at the end of the title (see `feed2doc.transforms.bundle`) move out."""
    days = sorted(d.published.date() for d in book.documents if d.published)
    if not days:
        return title, ""
    span = " ".join(localized_days(days[0], days[-1], book.language).split())
    digits = "/".join(f"{day:%Y-%m-%d}" for day in dict.fromkeys((days[0], days[-1])))
    return title.removesuffix(f" · {span}"), _drawn(span, digits, book.language, look)


def _drawn(text: str, otherwise: str, language: str, look: Look) -> str:
    """Return the text, or another one if no font has its words: the numbers in it alone would say something else."""
    return otherwise if _label(text, language, look).missing else text


def _count(number: int, language: str) -> str:
    """Return the number of articles in words, or "" if the language has no label for it."""
    return count_of_articles(number, language) if number and has_labels(language) else ""


def _says(title: str, sources: list[str]) -> bool:
    return all(source in title for source in sources)
