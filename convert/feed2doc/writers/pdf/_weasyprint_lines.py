"""Headings and captions whose lines are of about the same length, for WeasyPrint 70, which has no `text-wrap: balance`.

Widths of text are known only in the layout, so boxes compute how wide they may be when WeasyPrint lays them out, by trial
layouts of the same text. A caption is about as wide as its picture, so that the two look like a unit.
"""

from __future__ import annotations

import re
from itertools import islice
from math import inf
from operator import itemgetter
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox, LineBox, TextBox
from weasyprint.layout.block import block_level_layout

from feed2doc._text.lazy_re import pattern
from feed2doc._text.phrases import Piece, turns_of
from feed2doc._text.wrap import width_of
from feed2doc.writers._shared.headlines import has_phrases, width_in_ems
from feed2doc.writers._shared.page_layout import CAPTION_EMS, LEAST_HALF, LEAST_PART, NARROWEST_CAPTION

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# The share of a line that is the least width of balanced lines, and how often the range of widths is halved.
_NARROWEST, _STEPS = 0.5, 5
# How much wider, as shares of a line, a heading may be so that its first line ends where readers pause.
_WIDER = (0.02, 0.04, 0.06, 0.08, 0.1)
# The share of its letters by which a line is longer then, at most.
_PAUSE = 0.25
# A headline of more lines than this has no line end where it pauses.
_MOST_TURNED = 4
# The most that rounding adds to the width of a line, in pixels.
_ROUNDING = 0.1
# Words that lines do not break in unless they are wider than a line.
_WORD = pattern("[^\\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+", re.ASCII)


def balance_headings(root: Any, context: Any) -> None:
    """Make the lines of the headings in this box about as long as each other, except in those with a width of their own."""
    todo = [root]
    while todo:
        box = todo.pop()
        for child in box.children:
            if not isinstance(child, BlockBox):
                continue
            is_line = child.children and isinstance(child.children[0], LineBox)
            if not is_line:
                todo.append(child)
            elif child.element_tag in _HEADINGS:
                as_balanced(child, box, context)


def as_balanced(box: Any, around: Any, context: Any, *, is_caption: bool = False) -> None:
    """Balance the lines of this box, which is in the box `around`."""
    if getattr(box.style["max_width"], "value", inf) != inf:
        return
    box.__class__ = BalancedBox
    box.context, box.around, box.is_caption = context, around, is_caption


class BalancedBox(BlockBox):  # type: ignore[misc]
    context: Any
    around: Any
    is_caption: bool
    picture_width: float = 0
    _most: float = inf
    _known: tuple[float, float] = (0, 0)
    children: list[Any]
    _whole: list[Any] | None = None

    @property
    def max_width(self) -> float:
        """The width at which the lines are balanced."""
        room: Any = getattr(self.around, "width", "auto")
        if room == "auto":
            return self._most  # in columns, and in a trial layout of what the box is in
        is_moved = self.is_caption or self.style["text_align_all"] not in ("start", "right")
        if is_moved and self.around.style["direction"] == "rtl":
            return self._most  # WeasyPrint does not centre narrower boxes there
        if self.is_caption:
            least = max(NARROWEST_CAPTION * room, CAPTION_EMS * self.style["font_size"])
            room = min(room, max(self.picture_width, least))
        if self._known[0] != room:
            self._whole = self.children = self._whole or self.children
            self._known = room, min(self._balanced(room) + _ROUNDING, room)
        return min(self._known[1], self._most)

    @max_width.setter
    def max_width(self, value: float) -> None:
        self._most = value

    def _balanced(self, room: float) -> float:
        """Return the least width at which the text has as few lines as in this room, or a little more."""
        text, size = _text_of(self), self.style["font_size"]
        if width_of(text) / 2 * size < 0.8 * room:
            return room
        lines = _lines_of(self, room)
        if (count := len(lines)) < 2 or (self.is_caption and self.style["text_align_all"] != "center"):
            return room
        may_turn = not self.is_caption and count <= _MOST_TURNED and has_phrases(self.style["lang"] or "")
        if may_turn and (turned := _turned(self, text, room, count)):
            self.children = turned
            return _least_width(self, text, room, count)
        high = _least_width(self, text, room, count)
        return high if self.is_caption else self._paused(text, high, room)

    def _paused(self, text: str, least: float, room: float) -> float:
        """Return a width that is a little larger than the least if the first line ends where readers pause then."""
        end = len(_lines_of(self, least)[0].rstrip())
        if _is_pause(text, end) or not any(
            _is_pause(text, n) for n in range(end, end + round(end * _PAUSE) + 2)
        ):
            return least
        for share in _WIDER:
            width = least + share * room
            if width <= room and _is_pause(text, len(_lines_of(self, width)[0].rstrip())):
                return width
        return least


def _least_width(box: Any, text: str, room: float, count: int) -> float:
    longest = max((width_in_ems(word) for word in _WORD.findall(text)), default=0)
    low, high = max(_NARROWEST * room, min(longest * box.style["font_size"], room)), room
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if len(_lines_of(box, middle)) > count:
            low = middle
        else:
            high = middle
    return high


def _turned(box: Any, text: str, room: float, count: int) -> list[Any] | None:
    """Return the text with a line end where a Chinese or Japanese headline pauses best, if that takes no more lines.

    The lines before and after it may differ in length, two more than several.
    """
    least = LEAST_HALF if count == 2 else LEAST_PART
    found: tuple[float, list[Any] | None] = (least, None)
    for end in turns_of(text):
        trial = box.deepcopy()
        _end_line(trial, end)
        lines = _lines_of(trial, room)
        if len(lines) == count:
            # A line has no space at its end.
            before = _letters(text[:end])
            first = next(n for n in range(1, count + 1) if _letters("".join(lines[:n])) >= before)
            one, other = width_of(text[:end]) / first, width_of(text[end:]) / max(1, count - first)
            found = max(found, (min(one, other) / max(one, other), trial.children), key=itemgetter(0))
    return found[1]


def _letters(text: str) -> int:
    return len("".join(text.split()))


def _lines_of(box: Any, width: float) -> list[str]:
    """Return the lines of the text of a balanced box at this width."""
    trial, around = box.deepcopy(), box.around.copy()
    trial.__class__ = BlockBox
    trial.position_x = trial.position_y = 0
    around.width = width
    laid: Any = block_level_layout(box.context, trial, -inf, None, around)[0]
    return [_text_of(line) for line in laid.children if isinstance(line, LineBox)]


def _end_line(box: Any, end: int) -> int:
    """End a line in this box after so many characters of its text; return 0, or how many more there must be."""
    for place, child in enumerate(box.children):
        if not isinstance(child, TextBox):
            end = _end_line(child, end)
        elif (length := len(child.text.replace("\u200b", ""))) < end:
            end -= length
        else:
            shown = (at for at, character in enumerate(child.text, 1) if character != "\u200b")
            at = next(islice(shown, end - 1, None))
            turn = child.copy_with_text("\n")
            turn.style = child.style.copy()
            turn.style["white_space"] = "pre-line"
            parts = child.text[:at].rstrip(" "), child.text[at:]
            first, last = ([child.copy_with_text(part)] if part else [] for part in parts)
            box.children = [*box.children[:place], *first, turn, *last, *box.children[place + 1 :]]
            return 0
        if not end:
            return 0
    return end


def _text_of(box: Any) -> str:
    return "".join(each.text for each in box.descendants() if isinstance(each, TextBox)).replace("\u200b", "")


def _is_pause(text: str, end: int) -> bool:
    """Return True if readers pause at this place of the text."""
    return Piece(text[max(0, end - 1) : end] + " " * text.startswith(" ", end)).is_pause
