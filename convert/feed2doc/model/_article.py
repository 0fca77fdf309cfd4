"""The upper levels of the document model: articles, and books of articles."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from feed2doc.model._fields import SCHEMA_VERSION, Role, Time, Url
from feed2doc.model._nodes import (
    Blocks,
    Code,
    CodeBlock,
    Figure,
    Image,
    Inlines,
    Node,
    Paragraph,
    Text,
)
from feed2doc.model._plain_text import plain_text

_SHOWN = 5


class Section(Node, frozen=True):
    """A heading and the blocks below it, up to the next heading.

    `level` is 1 for a top-level section and higher for subsections. It is 0, without a heading, for the blocks before the
    first heading.
    """

    heading: Inlines = ()
    level: Annotated[int, Meta(ge=0, le=6)] = 0
    blocks: Blocks = ()


class Person(Node, frozen=True):
    """An author: the name to display, and the name as printed in the source."""

    name: str
    as_printed: str = ""


class Credit(Node, frozen=True):
    """One line of the article's credits. `person` and `url` are the person it names and the URL it links to, if any."""

    role: Role
    text: Inlines
    person: str = ""
    url: Url = ""


class Document(Node, frozen=True, kw_only=True):
    """One article.

    `id` is the feed's guid, else the article's URL, else a hash of its text. `published` is the time that the source states,
    with its time zone. If the source states only the date, `published_has_time` is false and the time is 00:00.
    `archived` is the timestamp of the archive. `standfirst` is printed; `summary` is metadata and never printed.
    `language` is a BCP 47 tag.
    """

    id: str
    schema_version: Annotated[int, Meta(extra_json_schema={"maximum": SCHEMA_VERSION})] = field(
        default_factory=lambda: SCHEMA_VERSION  # a plain default would be left out of the JSON
    )
    headline: str = ""
    url: Url = ""
    byline: tuple[Person, ...] = ()
    byline_text: str = ""
    published: Time | None = None
    published_has_time: bool = True
    published_text: str = ""
    updated: Time | None = None
    archived: Time | None = None
    language: str = "und"
    publication: str = ""
    standfirst: Inlines = ()
    summary: str = ""
    tags: tuple[str, ...] = ()
    lead: Figure | None = None
    sections: tuple[Section, ...] = ()
    credits: tuple[Credit, ...] = ()
    original_url: Url = ""
    source_format: str = ""

    def _repr_html_(self) -> str:
        """Return an HTML card for notebooks: headline, byline, time, first sentence, and counts of words and pictures."""
        from feed2doc.model._display import card, counts, first_sentence
        from feed2doc.model._walk import walk

        byline = ", ".join(person.name for person in self.byline) or self.byline_text
        time = self.published.isoformat(" ", "minutes") if self.published else ""
        if not self.published_has_time:
            time = time[: len("2025-03-04")]
        source = " · ".join(each for each in (self.publication, byline, time) if each)
        texts = [plain_text(n.content) for n in walk((self.sections,)) if isinstance(n, Paragraph)]
        words = [
            n.value for n in walk((self.standfirst, self.sections)) if isinstance(n, Text | Code | CodeBlock)
        ]
        pictures = sum(isinstance(n, Image) for n in walk(self))
        sentence = first_sentence([plain_text(self.standfirst), *texts])
        length = counts(" ".join(words), self.language, pictures, len(self.credits))
        return card(self.headline or "(no headline)", self.language, (source, sentence, length))


# The ids of the pages of an edition that are not articles begin so.
EDITION_PAGE = "feed2doc:edition:"


class Part(Node, frozen=True):
    """A titled part of a book, with one or more articles. A `front` part comes before the contents, as a front page does."""

    title: str = ""
    documents: tuple[Document, ...] = ()
    front: bool = False


class Book(Node, frozen=True, kw_only=True):
    """The input of a writer: articles in parts. A single article becomes a book with its headline as the title."""

    title: str = ""
    subtitle: str = ""
    language: str = "und"
    date: Time | None = None
    cover: Image | None = None
    parts: tuple[Part, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles of all parts, in order."""
        return tuple(document for part in self.parts for document in part.documents)

    def _repr_html_(self) -> str:
        """Return an HTML card for notebooks: title, subtitle, and the headlines of the first articles."""
        from feed2doc.model._display import card

        first = [document.headline for document in self.documents[:_SHOWN]]
        count = len(self.documents)
        lines = (self.subtitle, f"{count} article{'s' if count != 1 else ''}", *first)
        return card(self.title or "(no title)", self.language, (*lines, "…" if count > _SHOWN else ""))

    @classmethod
    def of(cls, document: Document) -> Book:
        """Return a book with this one article and its title, language and date."""
        return cls(
            title=document.headline,
            language=document.language,
            date=document.published,
            parts=(Part(documents=(document,)),),
        )
