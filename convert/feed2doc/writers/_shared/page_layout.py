"""The page of a PDF: its size, margins and type size."""

from __future__ import annotations

import re

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.errors import OptionError
from feed2doc.looks import Medium

# Sizes in millimetres (ISO 216, ANSI/ASME Y14.1).
_NAMED = {
    "a3": (297, 420),
    "a4": (210, 297),
    "a5": (148, 210),
    "a6": (105, 148),
    "b5": (176, 250),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
}
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_LENGTH = r"(\d{1,4}(?:\.\d{1,3})?)\s*(mm|cm|in|pt)?"
_SIZE = pattern(rf"{_LENGTH}\s*(?:x|×|\*|\s)\s*{_LENGTH}", re.I)
_SMALLEST, _LARGEST = 50, 1000
# Two columns with this gap need pages of this width.
_COLUMN_GAP, _COLUMNS_WIDTH = 7, 180
POINT = 25.4 / 72
# A picture may shrink to this share of its size if more than this share of the page would stay blank otherwise.
SMALLEST_PICTURE, LARGEST_GAP = 0.5, 0.2
# Where it leaves as much of a page blank that does not end an article, one on that page may grow to this share of its size.
LARGEST_PICTURE = 1.5
# It shrinks too to leave so many lines, or so few, to the text at the beginning of an article. Of a paragraph with three lines,
# two cannot be on a page.
OPENINGS = ((4, 0.5), (3, 0.45))
# A caption is as wide as its picture, or below narrower ones this share of the column, or so many ems: all of a narrow column.
NARROWEST_CAPTION, CAPTION_EMS = 0.66, 28
# A headline that pauses somewhere has a line end there if the shorter of the two lines is at least this share of the longer, or,
# of a headline of more lines, those before or after it on average.
LEAST_HALF, LEAST_PART = 0.3, 0.6
# A last page of which less than this share has text, or as much as so many lines take, is sparse. To save it, or a fuller one if
# that saves as little elsewhere, lines may be closer by this share, or as much wider apart so that it is fuller.
SPARSE_PAGE, SPARSE_LINES, MOST_SAVED, CLOSER = 0.205, 5, 0.5, 0.05
# So many lines go from each page to the next one then, on average, and from more pages than this they would fill a page more.
GIVEN_LINES, MOST_GIVING = 0.6, 10
# They are closer by at least this share of it, because fewer lines than that move to the page before.
_CLOSE = 0.8
# Where that is not enough, pictures may be smaller by this share.
SMALLER = 0.25
# So many lines of a last paragraph are on a sparse page that remains.
FEWEST_LINES = 5
# They are fewer if more than this share of the page before would be blank.
LARGEST_LEFT = 0.3
# File endings that mark a font as a file, not a family.
FONT_FILES = (".ttf", ".otf", ".woff", ".woff2")


class PageSize(Struct, frozen=True):
    """A page size in millimetres with a matching type size in points.

    Lines are a whole number of characters wide, so that Chinese text fills them (https://www.w3.org/TR/clreq/#page_design).
    """

    width: float
    height: float

    @property
    def shape(self) -> float:
        """The width, divided by the height."""
        return self.width / self.height

    @property
    def type_size(self) -> float:
        """The text size in points. Handheld screens are read from as near as paper, but are less sharp."""
        return 11.0 if self.width < 130 or self.width > 180 else 10.0

    @property
    def is_screen(self) -> bool:
        """True if the page is the size of an e-reader's screen, which has its own margin around it."""
        return self.width < 130

    @property
    def medium(self) -> Medium:
        """The medium whose tokens of a look the page has."""
        return "small-pdf" if self.is_screen else "pdf"

    @property
    def picture(self) -> float:
        """The largest share of the page's height that a picture takes.

        On paper, the smallest that it shrinks to, with a caption, fills less than a third of the page, so that no more stays blank.
        """
        return 0.36 if self.is_screen else 0.48

    @property
    def lead(self) -> float:
        """The largest share of the page's height that a picture above an article's text takes."""
        return 0.3 if self.is_screen else self.picture

    @property
    def front(self) -> float:
        """The largest share of the page's height that a picture on a front page takes."""
        return 0.28

    @property
    def poster(self) -> float:
        """The largest share of the page's height that the picture of a video takes, which only leads to it."""
        return 0.7 * self.picture

    @property
    def side(self) -> float:
        """The left and right margins in millimetres."""
        wanted = self.width * (0.055 if self.is_screen else 0.12)
        em = self.type_size * POINT
        return (self.width - int((self.width - 2 * wanted) / em) * em) / 2

    @property
    def line_length(self) -> int:
        """The number of letters per line, counting two per em because most Latin letters are narrower than an em."""
        return int(2 * (self.width - 2 * self.side) / (self.type_size * POINT))

    @property
    def has_columns(self) -> bool:
        """True if the page is wide enough for two columns."""
        return self.width >= _COLUMNS_WIDTH

    @property
    def column_gap(self) -> float:
        """The space between two columns in millimetres."""
        return _COLUMN_GAP

    @property
    def column_length(self) -> int:
        """The number of letters per line of one of two columns."""
        return int((self.width - 2 * self.side - _COLUMN_GAP) / (self.type_size * POINT))

    @property
    def top(self) -> float:
        """The top and bottom margins in millimetres; they hold the running head and the page number."""
        return self.height * (0.075 if self.is_screen else 0.085)

    @property
    def text_height(self) -> float:
        """The height between the margins in millimetres."""
        return self.height - 2 * self.top


def page_of(size: str) -> PageSize:
    """Return the named page size (a4, letter, a5, ...) or one such as 120x160mm. Raise OptionError if it is neither."""
    wanted = size.strip().lower()
    if wanted in _NAMED:
        return PageSize(*_NAMED[wanted])
    found = _SIZE.fullmatch(wanted)
    if found is None:
        raise OptionError(f"page {size!r}: use one of {', '.join(_NAMED)}, or a size such as 120x160mm")
    unit = found[4] or found[2] or "mm"
    width, height = (float(n) * _UNITS[u or unit] for n, u in ((found[1], found[2]), (found[3], found[4])))
    if not (_SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST):
        raise OptionError(f"page {size!r}: sides must be {_SMALLEST} to {_LARGEST} mm")
    return PageSize(width, height)


def may_be_fuller(used: float, pages: int, line: float, sparse: float) -> bool:
    """Return True if a last page on which this height is used may have more than `sparse` if each of the pages before gives it lines."""
    return 0 < pages <= MOST_GIVING and used < sparse <= used + GIVEN_LINES * line * pages


def closer_by(height: float, text: float, most: float = CLOSER) -> float:
    """Return the share by which the lines of a text of this height are closer to save a height elsewhere, or 0 if `most` is too little.

    Pages save whole lines, so that most of what a few lines save is lost: what may be enough for one page rarely is for several.
    """
    least = 1.2 * height / text + 0.002 if text else most + 1
    return min(max(2 * least, _CLOSE * most), most) if least <= most else 0


def smaller_by(height: float, pictures: float, pages: int) -> float:
    """Return the share by which pictures of this height, on so many pages, are smaller to save a height, or 0 if that is too much."""
    least = 1.05 * height / pictures + 0.002 if pictures else 1
    return min(least * (1 if pages == 1 else 1.5), SMALLER) if least <= SMALLER else 0
