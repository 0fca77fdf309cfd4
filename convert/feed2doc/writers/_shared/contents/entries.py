"""Tables of contents: whether a book has one, and its entries, the beginning of each article and its reading time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import count_of_articles, labels
from feed2doc._locale.tags import direction_of, language_tag, primary_language
from feed2doc._text.wrap import width_of
from feed2doc.model import EDITION_PAGE, Book, Document, Length, Link, length_of, summary_of, walk
from feed2doc.writers._shared.facts import title_of
from feed2doc.writers._shared.front_pages import has_front_page, parts_of
from feed2doc.writers._shared.line_breaks import start_of_end, with_french_spaces

# So many articles have about a page of contents with their beginnings.
_LONG = 12
_LARGE_PART = 10
# The width in letters of the longest word that is kept on one line with a page number.
_LONGEST_WORD = 16


def has_own_page(articles: int, *, front: bool) -> bool:
    """Return True if a part of so many articles has a page of its own. Others begin above their first article."""
    return articles >= _LARGE_PART and not front


class ContentsRow(Struct, frozen=True):
    """An article in a table of contents; `facts` is a line with publication, day and reading time (`minutes`).

    `whole` is the title, if `title` is only its beginning.
    """

    title: str
    href: str
    language: str
    direction: str
    facts: str
    minutes: str
    summary: str
    length: Length
    whole: str = ""

    @property
    def title_parts(self) -> tuple[str, str]:
        """The title without its last word, or its last two characters if it is Chinese or Japanese, and what is left out.

        A page number is next to those, not alone on a line. A word that may be too long for a line, or is written
        from right to left, is not apart.
        """
        if self.direction == "rtl":
            return self.title, ""
        start = start_of_end(self.title) or self.title.rfind(" ") + 1
        is_long = width_of(self.title[start:]) > _LONGEST_WORD
        return (self.title, "") if is_long else (self.title[:start], self.title[start:])


def needs_contents(book: Book) -> bool:
    """Return True if a book has several articles, unless its front page leads to all of them."""
    parts = parts_of(book)
    front = [document for part in parts if part.front for document in part.documents]
    linked = {node.url for node in walk(tuple(front)) if isinstance(node, Link)}
    others = [document for part in parts if not part.front for document in part.documents]
    articles = (document for document in others if not document.id.startswith(EDITION_PAGE))
    return len(book.documents) > 1 and (not front or any(each.url not in linked for each in articles))


def are_compact(book: Book, *, paged: bool = False) -> bool:
    """Return True if contents have only titles and minutes: below a front page, and on `paged` media if they are long."""
    return has_front_page(book) or (paged and len(book.documents) > _LONG)


class ContentsPart(Struct, frozen=True):
    """The articles of a part. `title` is "" if the part has no title, `href` is "" if its page has no address.

    A `front` part comes before the contents and is not listed in them.
    """

    title: str
    href: str
    rows: tuple[ContentsRow, ...]
    front: bool


def rows_of(
    title: str, href: str, articles: Sequence[tuple[Document, str]], language: str, *, front: bool = False
) -> ContentsPart:
    """Return the articles of a part as a table of contents in this language; each article comes with its address."""
    rows = tuple(_row(document, address, title, language) for document, address in articles)
    return ContentsPart(title, href, rows, front)


def part_facts(part: ContentsPart, language: str) -> str:
    """Return a line with the number of articles in the part and their reading time."""
    minutes = _minutes(sum(row.length.minutes for row in part.rows), language)
    return f"{count_of_articles(len(part.rows), language)} · {minutes}"


def _row(document: Document, href: str, part: str, language: str) -> ContentsRow:
    length = length_of(document)
    minutes = _minutes(length.minutes, language)
    facts = (
        document.publication if document.publication.casefold() != part.casefold() else "",
        localized_day(document.published, language) if document.published else "",
        minutes,
    )
    title = title_of(document)
    return ContentsRow(
        with_french_spaces(title) if primary_language(document.language) == "fr" else title,
        href,
        language_tag(document.language) or "und",
        direction_of(document.language),
        " · ".join(fact for fact in facts if fact and fact != part),
        minutes,
        summary_of(document),
        length,
    )


def _minutes(minutes: int, language: str) -> str:
    return labels(language)["minutes"].format(n=minutes)
