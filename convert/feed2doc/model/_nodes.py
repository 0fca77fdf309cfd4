"""The blocks and inlines of the document model.

Nodes are frozen `msgspec.Struct` classes tagged with the class name, so any value can be written as JSON and read back
equal. Sequences are tuples. The model cannot hold raw HTML, so input is sanitised by construction. Pictures are stored by
URL only; their bytes are in `feed2doc.Assets`, keyed by URL.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from feed2doc.model._fields import Align, ImageUrl, Url


class Node(Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """The base class of all nodes: frozen, hashable, and tagged with the class name in JSON."""

    def __repr__(self) -> str:
        from feed2doc.model._display import short_repr

        return short_repr(self)


# ---- inlines ---------------------------------------------------------------------------------------


class Text(Node, frozen=True):
    """A run of text. White space is already collapsed; no-break spaces are kept."""

    value: str


class Emph(Node, frozen=True):
    """Emphasised text (`em`, `i`). Chinese text is never set in italics for it."""

    content: Inlines


class Strong(Node, frozen=True):
    """Important text (`strong`, `b`)."""

    content: Inlines


class Strike(Node, frozen=True):
    """Struck-through text (`s`, `del`)."""

    content: Inlines


class Insert(Node, frozen=True):
    """Text added later (`ins`)."""

    content: Inlines


class Highlight(Node, frozen=True):
    """Text highlighted for reference (`mark`)."""

    content: Inlines


class Quotation(Node, frozen=True):
    """A quotation within a line (`q`). Its content includes the quotation marks."""

    content: Inlines


class Abbreviation(Node, frozen=True):
    """An abbreviation or a term, and what it stands for (`abbr`, `dfn`)."""

    content: Inlines
    title: str


class Sub(Node, frozen=True):
    """Subscript."""

    content: Inlines


class Sup(Node, frozen=True):
    """Superscript."""

    content: Inlines


class Span(Node, frozen=True):
    """Text in a different language (BCP 47) or writing direction from the surrounding text."""

    content: Inlines
    lang: str = ""
    dir: Literal["", "ltr", "rtl", "auto"] = ""


class Code(Node, frozen=True):
    """Inline code, with white space preserved."""

    value: str


class Link(Node, frozen=True):
    """Text linked to a URL. The lines of `title` are separated by newlines, as in `Image`."""

    content: Inlines
    url: Url
    title: str = ""


class Image(Node, frozen=True):
    """The URL and attributes of a picture. `alt` is empty if the source has no alternative text.

    `width` and `height` are in CSS pixels, 0 if not stated. `fallback_src` is another URL of the same picture (the proxy
    through which the feed served it, or the smaller copy that the page displays).
    """

    src: ImageUrl
    alt: str = ""
    title: str = ""
    width: int = 0
    height: int = 0
    fallback_src: ImageUrl = ""


class InlineImage(Node, frozen=True):
    """A picture within a line of text, such as an icon or a formula."""

    image: Image


class Math(Node, frozen=True):
    """A formula, in a line or as a block: TeX without delimiters, and presentation MathML (a `math` element).

    `text` is what plain text shows: the formula in Unicode, or its TeX as it was printed in the source. `display` is true
    for a formula on a line of its own. Any of the strings may be empty, but not `tex` and `mathml` both.
    """

    tex: str = ""
    mathml: str = ""
    text: str = ""
    display: bool = False

    @property
    def words(self) -> str:
        """The formula as text."""
        return self.text or self.tex


class LineBreak(Node, frozen=True):
    """A forced line break inside a paragraph."""


class Ruby(Node, frozen=True):
    """A base text with its reading above it."""

    base: Inlines
    text: str


class Note(Node, frozen=True):
    """A footnote, at the position of its reference."""

    blocks: Blocks


Inline = (
    Text
    | Emph
    | Strong
    | Strike
    | Insert
    | Highlight
    | Sub
    | Sup
    | Span
    | Quotation
    | Abbreviation
    | Code
    | Link
    | InlineImage
    | Math
    | LineBreak
    | Ruby
    | Note
)
Inlines = tuple[Inline, ...]


# ---- blocks ----------------------------------------------------------------------------------------


class Paragraph(Node, frozen=True):
    """A paragraph. Its content is not empty."""

    content: Inlines


class Figure(Node, frozen=True):
    """A picture with a caption and a separate credit; any of them may be missing. `url` is the link target of the picture."""

    image: Image | None = None
    caption: Inlines = ()
    credit: Inlines = ()
    url: Url = ""


class Quote(Node, frozen=True):
    """A block quotation and its attribution."""

    blocks: Blocks
    attribution: Inlines = ()


class BulletList(Node, frozen=True):
    """An unordered list. Each item is a sequence of blocks; `loose` means that items are separated by space (`li > p`).

    `tasks` states for each item whether it is done, or None for an item without a checkbox; it is empty if no item has one.
    """

    items: tuple[Blocks, ...]
    loose: bool = False
    tasks: tuple[bool | None, ...] = ()


class OrderedList(Node, frozen=True):
    """A numbered list. `start` is the number of the first item; `loose` and `tasks` are as in `BulletList`.

    `numbering` is the kind of numbers, as in HTML: digits, letters or Roman numerals. A `reversed` list counts down. `values` has the
    numbers of all items if they do not follow each other, else it is empty.
    """

    items: tuple[Blocks, ...]
    start: int = 1
    loose: bool = False
    numbering: Literal["1", "a", "A", "i", "I"] = "1"
    reversed: bool = False
    values: tuple[int, ...] = ()
    tasks: tuple[bool | None, ...] = ()


class Definition(Node, frozen=True):
    """A term and its meanings, each a sequence of blocks."""

    term: Inlines
    meanings: tuple[Blocks, ...] = ()


class DefinitionList(Node, frozen=True):
    """A list of terms with their meanings."""

    items: tuple[Definition, ...]


class Cell(Node, frozen=True):
    """One cell of a table. `colspan` and `rowspan` are at least 1."""

    blocks: Blocks = ()
    header: bool = False
    align: Align = ""
    colspan: Annotated[int, Meta(ge=1, le=1000)] = 1
    rowspan: Annotated[int, Meta(ge=1, le=65534)] = 1


class Table(Node, frozen=True):
    """A data table, row by row. A cell that spans several rows or columns appears once, in its first row."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Inlines = ()


class CodeBlock(Node, frozen=True):
    """Preformatted text, with white space and line breaks preserved."""

    value: str
    language: str = ""


class Verse(Node, frozen=True):
    """Lines of a poem. A line without content separates stanzas; the indent of a line is no-break spaces."""

    lines: tuple[Inlines, ...]


class Aside(Node, frozen=True):
    """A box set apart from the main text."""

    blocks: Blocks
    title: Inlines = ()


class Embed(Node, frozen=True):
    """A video, audio or embedded page, by URL. `poster` is a preview picture."""

    kind: Literal["video", "audio", "iframe"]
    url: Url = ""
    title: str = ""
    poster: Image | None = None


class Rule(Node, frozen=True):
    """A thematic break (`hr`)."""


class Heading(Node, frozen=True):
    """A heading inside a quote, list item, aside or cell; other headings begin sections. Level 1 is the highest."""

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
    | Math
    | Verse
    | Aside
    | Embed
    | Rule
    | Heading
)
Blocks = tuple[Block, ...]
