"""The tokens of a look: every size, space, font, colour and line that the style sheets and the Typst template use.

Sizes and spaces are multiples of the size of the text, lines are in points. `templates/looks/classic.toml` says what each
token is for.
"""

# Without `from __future__ import annotations`: evaluating those of 40 structs again would take 1 ms.
from typing import Annotated, Literal

from msgspec import Meta, Struct

from feed2doc.fonts.families import Kind

Size = Annotated[float, Meta(ge=0.4, le=6, description="a size of 0.4 to 6")]
Space = Annotated[float, Meta(ge=0, le=6, description="a space of 0 to 6")]
Height = Annotated[float, Meta(ge=1, le=3, description="a line height of 1 to 3")]
Tracking = Annotated[float, Meta(ge=-0.1, le=0.5, description="a tracking of -0.1 to 0.5")]
Line = Annotated[float, Meta(ge=0, le=12, description="a line of 0 to 12 points")]
Part = Annotated[float, Meta(ge=0, le=0.6, description="a share of 0 to 0.6")]
Share = Annotated[float, Meta(ge=5, le=100, description="a percentage of 5 to 100")]
Measure = Annotated[float, Meta(ge=20, le=120, description="a width of 20 to 120")]
# A colour may be transparent: the last two digits are its opacity.
Colour = Annotated[
    str,
    Meta(pattern=r"^#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?\Z", description='a colour such as "#7a1f1f"'),
]
Family = Annotated[str, Meta(pattern=r"^\w[\w .-]{0,60}\Z", description="a list of names of fonts")]
Weight = Literal["normal", "bold"]
Slant = Literal["normal", "italic"]
Align = Literal["start", "center", "end"]
Place = Literal["none", "above", "below"]


class Fonts(Struct, frozen=True, kw_only=True):
    """The kinds of fonts, and the families of each kind for Latin letters. Fonts for the language follow."""

    text: Kind
    headings: Kind
    labels: Kind
    quotes: Kind
    serif: tuple[Family, ...]
    sans: tuple[Family, ...]
    display: tuple[Family, ...]
    code: Annotated[
        tuple[Family, ...], Meta(min_length=1, description="a list of at least one name of a font")
    ]


class Colors(Struct, frozen=True, kw_only=True):
    """The colours. EPUB uses neither `page` and `text`, which belong to the reader, nor `quiet` and `link`."""

    page: Colour
    text: Colour
    quiet: Colour
    heading: Colour
    kicker: Colour
    link: Colour
    line: Colour
    rule: Colour
    bar: Colour
    fill: Colour
    mark: Colour
    mark_text: Colour
    plate: Colour


class Page(Struct, frozen=True, kw_only=True):
    """The column of an HTML page: the size of its text, compared with the browser's, and its width."""

    size: Size
    measure: Measure


class Body(Struct, frozen=True, kw_only=True):
    """Paragraphs."""

    align: Literal["start", "justify", "reader"]
    line_height: Height
    line_height_cjk: Height
    line_height_rtl: Height
    gap: Space
    gap_cjk: Space
    gap_spaced: Space
    indent: Space
    indent_cjk: Space


class Lines(Struct, frozen=True, kw_only=True):
    """The widths of lines in points."""

    thin: Line
    thick: Line
    bar: Line


class Headline(Struct, frozen=True, kw_only=True):
    """The headline of an article, and the titles of pages; on phones, on small pages and in columns, of `size_small`."""

    size: Size
    size_small: Size
    weight: Weight
    width: Literal["normal", "condensed"]
    tracking: Tracking
    line_height: Height
    above: Space
    below: Space
    align: Align


class Heading(Struct, frozen=True, kw_only=True):
    """A heading in an article."""

    size: Size
    weight: Weight
    above: Space
    below: Space


class Section(Heading, frozen=True, kw_only=True):
    """A heading of the first level, with a thick line or without."""

    rule: Place


class Kicker(Struct, frozen=True, kw_only=True):
    """The line above a headline: the publication."""

    size: Size
    weight: Weight
    tracking: Tracking
    case: Literal["none", "upper", "small-caps"]
    rule: Place
    below: Space


class Standfirst(Struct, frozen=True, kw_only=True):
    """The summary below a headline."""

    size: Size
    weight: Weight
    slant: Slant
    line_height: Height
    below: Space


class Head(Struct, frozen=True, kw_only=True):
    """The header of an article: its byline, its other lines, on how many the date and the source are, and what is below it."""

    byline: Size
    byline_weight: Weight
    facts: Size
    line_height: Height
    origin: Literal["lines", "line"]
    rule: Place
    below: Space


class Figure(Struct, frozen=True, kw_only=True):
    """A picture with its caption and credit. `balanced` centres short captions, `inline` puts the credit after the caption."""

    space: Space
    caption: Size
    caption_line_height: Height
    caption_above: Space
    caption_align: Literal["balanced", "start", "center", "end"]
    credit: Size
    credit_align: Literal["inline", "start", "center", "end"]


class Quote(Struct, frozen=True, kw_only=True):
    """A quotation with a bar at its side."""

    size: Size
    slant: Slant
    space: Space
    outdent: Space
    indent: Space
    attribution: Size


class Box(Struct, frozen=True, kw_only=True):
    """An aside, a video or a picture that is missing."""

    border: Literal["around", "ends", "none"]
    space: Space
    padding: Space


class Table(Struct, frozen=True, kw_only=True):
    """A table: all lines, only those between rows, or only those of its header and ends."""

    size: Size
    line_height: Height
    lines: Literal["grid", "rows", "ends"]
    space: Space
    cell_x: Space
    cell_y: Space


class Code(Struct, frozen=True, kw_only=True):
    """Code."""

    size: Size
    space: Space
    padding: Space


class Formula(Struct, frozen=True, kw_only=True):
    """A formula on a line of its own."""

    space: Space


class Block(Struct, frozen=True, kw_only=True):
    """The space around a block, its indent, and the space between its lines or items."""

    space: Space
    indent: Space
    gap: Space


class Rule(Struct, frozen=True, kw_only=True):
    """A break between paragraphs: a line of this width in percent."""

    width: Share
    space: Space


class End(Struct, frozen=True, kw_only=True):
    """The credits or notes at the end of an article."""

    size: Size
    line_height: Height
    space: Space
    padding: Space
    gap: Space


class Contents(Struct, frozen=True, kw_only=True):
    """A book's title, its table of contents, and the titles of its parts."""

    title: Size
    part: Size
    entry_weight: Weight
    facts: Size
    gap: Space


class Running(Struct, frozen=True, kw_only=True):
    """The running head and the page number: their size, and what share of the top margin is between the head and the text."""

    size: Size
    gap: Part


class Look(Struct, frozen=True, kw_only=True):
    """All tokens of a look, in one medium. `dark` replaces `colors` on dark screens."""

    fonts: Fonts
    colors: Colors
    dark: Colors
    page: Page
    text: Body
    lines: Lines
    headline: Headline
    section: Section
    subsection: Heading
    kicker: Kicker
    standfirst: Standfirst
    head: Head
    figure: Figure
    quote: Quote
    box: Box
    table: Table
    code: Code
    formula: Formula
    list: Block
    verse: Block
    rule: Rule
    credits: End
    notes: End
    contents: Contents
    running: Running
