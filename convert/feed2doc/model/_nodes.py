"""The document model: what every reader makes and every writer takes.

Frozen `msgspec.Struct` classes, each with a tag of its own name, so that any value can be written as JSON
and read back equal. Sequences are tuples. There is no raw HTML anywhere: readers sanitise, by construction.
Pictures are not in here, only their addresses; their bytes live in `feed2doc.Assets`, keyed by address.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

SCHEMA_VERSION = 1
"""Version of the JSON form; it grows when a reader of the old form could no longer read the new one."""

MAX_NESTING = 64
"""How deep nodes may lie in each other; readers merge what is deeper into its parent."""

LINK_SCHEMES = ("http", "https", "mailto", "tel", "ftp")
"""What a link may point at. An address with no scheme is relative and stays as the source wrote it."""

_DAY = (
    r"(?!0000)\d{4}-(?:(?:0[13578]|1[02])-(?:[0-2]\d|3[01])|(?:0[469]|11)-(?:[0-2]\d|30)|02-[0-2]\d)(?<!00)"
)
_MOMENT = rf"^{_DAY}T(?:[01]\d|2[0-3])(?::[0-5]\d){{2}}(?:\.\d{{1,6}})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$"
Time = Annotated[datetime, Meta(tz=True, extra_json_schema={"pattern": _MOMENT})]
"""A moment with its zone; never naive."""

Url = Annotated[str, Meta(pattern=r"^(?:(?:https?|mailto|tel|ftp):|(?![A-Za-z][A-Za-z0-9+.\-]*:))")]
"""An address with one of `LINK_SCHEMES`, or a relative one."""

ImageUrl = Annotated[str, Meta(pattern=r"^(?:(?:https?|ftp):|data:image/|(?![A-Za-z][A-Za-z0-9+.\-]*:))")]
"""The address of a picture; `data:image/...` carries the picture itself."""

Role = Literal[
    "author-bio", "contributor", "translator", "editor", "photographer", "original", "rights", "note"
]
"""What a credit says: who did it, where the original is, who owns it; `note` is a credit of no other kind."""

Align = Literal["", "left", "center", "right"]

_SHOWN = 5


class Node(Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """The base of all classes here: frozen, hashable, tagged with the class name in JSON."""

    def __repr__(self) -> str:
        from feed2doc.model._display import short_repr

        return short_repr(self)


# ---- inlines ---------------------------------------------------------------------------------------


class Text(Node, frozen=True):
    """Characters. White space is already collapsed; a no-break space is kept as one."""

    value: str


class Emph(Node, frozen=True):
    """Stressed text (`em`, `i`); Chinese is never set in slanted type for it."""

    content: Inlines


class Strong(Node, frozen=True):
    """Text of strong importance (`strong`, `b`)."""

    content: Inlines


class Strike(Node, frozen=True):
    """Text no longer valid (`s`, `del`)."""

    content: Inlines


class Sub(Node, frozen=True):
    """Subscript."""

    content: Inlines


class Sup(Node, frozen=True):
    """Superscript."""

    content: Inlines


class Span(Node, frozen=True):
    """Text in another language (BCP 47) or writing direction than what is around it."""

    content: Inlines
    lang: str = ""
    dir: Literal["", "ltr", "rtl", "auto"] = ""


class Code(Node, frozen=True):
    """A piece of program text, white space kept."""

    value: str


class Link(Node, frozen=True):
    """Text that leads to an address; newlines part the lines of `title`, as in that of an `Image`."""

    content: Inlines
    url: Url
    title: str = ""


class Image(Node, frozen=True):
    """A picture's address and what the source says of it; `alt` is empty when the source has none.

    `width` and `height` are CSS pixels, 0 when not stated. `fallback_src` is a second address of the same
    picture (the proxy through which the feed served it).
    """

    src: ImageUrl
    alt: str = ""
    title: str = ""
    width: int = 0
    height: int = 0
    fallback_src: ImageUrl = ""


class InlineImage(Node, frozen=True):
    """A picture inside a line of text (an icon, a formula)."""

    image: Image


class LineBreak(Node, frozen=True):
    """A forced line break inside a paragraph."""


class Ruby(Node, frozen=True):
    """A base text and its reading, set above it."""

    base: Inlines
    text: str


class Note(Node, frozen=True):
    """A footnote, at the place of its mark."""

    blocks: Blocks


Inline = (
    Text | Emph | Strong | Strike | Sub | Sup | Span | Code | Link | InlineImage | LineBreak | Ruby | Note
)
Inlines = tuple[Inline, ...]


# ---- blocks ----------------------------------------------------------------------------------------


class Paragraph(Node, frozen=True):
    """A paragraph; its content is not empty."""

    content: Inlines


class Figure(Node, frozen=True):
    """A picture, its caption and, apart from it, its credit; any may be missing. `url` is where the picture leads."""

    image: Image | None = None
    caption: Inlines = ()
    credit: Inlines = ()
    url: Url = ""


class Quote(Node, frozen=True):
    """A block quotation and who is quoted."""

    blocks: Blocks
    attribution: Inlines = ()


class BulletList(Node, frozen=True):
    """A list whose order does not matter, each item a row of blocks; `loose` if they are parted by space (`li > p`)."""

    items: tuple[Blocks, ...]
    loose: bool = False


class OrderedList(Node, frozen=True):
    """A numbered list; `start` is the number of its first item, `loose` as in a `BulletList`."""

    items: tuple[Blocks, ...]
    start: int = 1
    loose: bool = False


class Definition(Node, frozen=True):
    """A term and what is said of it, one row of blocks a meaning."""

    term: Inlines
    meanings: tuple[Blocks, ...] = ()


class DefinitionList(Node, frozen=True):
    """Terms with their meanings."""

    items: tuple[Definition, ...]


class Cell(Node, frozen=True):
    """One cell of a table; spans count columns and rows and are at least 1."""

    blocks: Blocks = ()
    header: bool = False
    align: Align = ""
    colspan: Annotated[int, Meta(ge=1, le=1000)] = 1
    rowspan: Annotated[int, Meta(ge=1, le=65534)] = 1


class Table(Node, frozen=True):
    """A table of data, row by row; a cell that spans stands once, in the row where it begins."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Inlines = ()


class CodeBlock(Node, frozen=True):
    """Preformatted text, white space and line ends kept."""

    value: str
    language: str = ""


class Aside(Node, frozen=True):
    """A box beside the text."""

    blocks: Blocks
    title: Inlines = ()


class Embed(Node, frozen=True):
    """A film, a sound or a foreign page, by its address; `poster` is a still picture of it."""

    kind: Literal["video", "audio", "iframe"]
    url: Url = ""
    title: str = ""
    poster: Image | None = None


class Rule(Node, frozen=True):
    """A break between thoughts (`hr`)."""


class Heading(Node, frozen=True):
    """A heading inside a quote, list item, aside or cell; the others begin sections. Level 1 is the top."""

    level: Annotated[int, Meta(ge=1, le=6)]
    content: Inlines


Block = (
    Paragraph
    | Figure
    | Quote
    | BulletList
    | OrderedList
    | DefinitionList
    | Table
    | CodeBlock
    | Aside
    | Embed
    | Rule
    | Heading
)
Blocks = tuple[Block, ...]


# ---- the article and the book ----------------------------------------------------------------------


class Section(Node, frozen=True):
    """A heading and what stands below it up to the next one.

    `level` is 1 for a section of the article and grows inwards; it is 0, with no heading, for what comes
    before the first heading.
    """

    heading: Inlines = ()
    level: Annotated[int, Meta(ge=0, le=6)] = 0
    blocks: Blocks = ()


class Person(Node, frozen=True):
    """Who wrote it: the name in the spelling to show, and as the source printed it."""

    name: str
    as_printed: str = ""


class Credit(Node, frozen=True):
    """One line of the article's credits; `person` and `url` are what it names and points at, if it does."""

    role: Role
    text: Inlines
    person: str = ""
    url: Url = ""


class Document(Node, frozen=True, kw_only=True):
    """One article.

    `id` is the feed's guid, else the article's address, else a hash of its text. `published` is the moment
    the source states, with its zone; where only the day was stated, `published_has_time` is false and the
    moment is 00:00 of that day. `archived` is the stamp of the archive. `standfirst` is printed, `summary`
    is metadata and never printed. `language` is BCP 47.
    """

    id: str
    schema_version: Annotated[int, Meta(extra_json_schema={"maximum": SCHEMA_VERSION})] = SCHEMA_VERSION
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
        """Return a card for notebooks: headline, byline, time, first sentence, and how much there is of what."""
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


class Part(Node, frozen=True):
    """A titled part of a book, one or more articles."""

    title: str = ""
    documents: tuple[Document, ...] = ()


class Book(Node, frozen=True, kw_only=True):
    """What a writer takes: articles in parts. A lone article is a book of one; its title is the headline."""

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
        """Return a card for notebooks: title, subtitle, and the headlines of the first articles."""
        from feed2doc.model._display import card

        first = [document.headline for document in self.documents[:_SHOWN]]
        count = len(self.documents)
        lines = (self.subtitle, f"{count} article{'s' if count != 1 else ''}", *first)
        return card(self.title or "(no title)", self.language, (*lines, "…" if count > _SHOWN else ""))

    @classmethod
    def of(cls, document: Document) -> Book:
        """The book that holds this one article and has its title, language and date."""
        return cls(
            title=document.headline,
            language=document.language,
            date=document.published,
            parts=(Part(documents=(document,)),),
        )


def plain_text(inlines: Inlines) -> str:
    """The characters of inlines in reading order; a line break is a newline, a note is left out."""
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return only.value
    return "".join([node.value if type(node) is Text else _plain(node) for node in inlines])


def _plain(node: Inline) -> str:
    match node:
        case Text(value) | Code(value):
            return value
        case LineBreak():
            return "\n"
        case InlineImage(image):
            return image.alt
        case Ruby(base):
            return plain_text(base)
        case Note():
            return ""
        case _:
            return plain_text(node.content)
