"""The page of a PDF: its size, its margins, and the type that goes with them."""

from __future__ import annotations

import re

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.errors import OptionError

# Millimetres (ISO 216, ANSI/ASME Y14.1).
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
_POINT = 25.4 / 72
# What a font is called that is a file.
FONT_FILES = (".ttf", ".otf", ".woff", ".woff2")


class PageSize(Struct, frozen=True):
    """A page in millimetres and the size of its type in points.

    The lines are a whole number of characters wide, so that Chinese fills them (https://www.w3.org/TR/clreq/#page_design).
    """

    width: float
    height: float

    @property
    def type_size(self) -> float:
        """The size of the text, in points: what is held in the hand is read from as near as paper, but is less sharp."""
        return 11.0 if self.width < 130 or self.width > 180 else 10.0

    @property
    def is_screen(self) -> bool:
        """Whether it is the size of an e-reader's screen, which has a margin of its own around it."""
        return self.width < 130

    @property
    def side(self) -> float:
        """The margins at the left and right."""
        wanted = self.width * (0.055 if self.is_screen else 0.12)
        em = self.type_size * _POINT
        return (self.width - int((self.width - 2 * wanted) / em) * em) / 2

    @property
    def line_length(self) -> int:
        """How many letters a line has, two to an em, as most of Latin are narrower."""
        return int(2 * (self.width - 2 * self.side) / (self.type_size * _POINT))

    @property
    def top(self) -> float:
        """The margins at the top and bottom; running head and page number stand in them."""
        return self.height * (0.075 if self.is_screen else 0.085)


def page_of(size: str) -> PageSize:
    """The page that this names: a4, letter, a5, ... or width and height as 120x160mm. Raises OptionError."""
    wanted = size.strip().lower()
    if wanted in _NAMED:
        return PageSize(*_NAMED[wanted])
    found = _SIZE.fullmatch(wanted)
    if found is None:
        raise OptionError(f"page {size!r}: is none of {', '.join(_NAMED)}, and no size such as 120x160mm")
    unit = found[4] or found[2] or "mm"
    width, height = (float(n) * _UNITS[u or unit] for n, u in ((found[1], found[2]), (found[3], found[4])))
    if not (_SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST):
        raise OptionError(f"page {size!r}: sides are from {_SMALLEST} to {_LARGEST} mm")
    return PageSize(width, height)
