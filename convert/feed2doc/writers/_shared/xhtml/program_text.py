"""Program text as XHTML. On pages, lines that are a little too long are set smaller, and longer ones go on indented."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc._text.wrap import width_of
from feed2doc.writers._shared.escape import text

# How much smaller program text may be than it usually is, in hundredths. The classes are in pdf/style.css.
_SIZES = (100, 95, 90, 85, 80)
# The width of a letter in ems, and how much further than the line, in letters, its other lines are indented.
CODE_LETTER, _HANGING = 0.602, 2
# An indent takes at most this share of the line.
_DEEPEST = 0.5


def program_text(value: str, room: int) -> tuple[str, str]:
    """Return program text for lines of `room` letters, and the class of its size, or "" for the usual one.

    If `room` is 0, lines may have any length.
    """
    lines = value.split("\n")
    widths = [width_of(line) for line in lines]
    if not room or max(widths) <= room:
        return text(value), ""
    rooms = {size: room * 100 // size for size in _SIZES}
    fitting = max((width for width in widths if width <= rooms[_SIZES[-1]]), default=0)
    size = next(size for size in _SIZES if fitting <= rooms[size])
    return "".join(_rows(lines, widths, rooms[size])), f"size{size}" if size != _SIZES[0] else ""


def _rows(lines: list[str], widths: list[int], room: int) -> Iterator[str]:
    """Yield the lines, each that is too long as an element of its own, with the others between them in one."""
    start = 0
    for at, (line, width) in enumerate(zip(lines, widths, strict=True)):
        if width > room:
            if start < at:
                yield _row("\n".join(lines[start:at]))
            yield _row(line, min(len(line) - len(line.lstrip(" ")), int(room * _DEEPEST)) + _HANGING)
            start = at + 1
    if start < len(lines):
        yield _row("\n".join(lines[start:]))


def _row(value: str, indent: int = 0) -> str:
    """Return an element with lines; an empty one has a line, too."""
    ems = f"{indent * CODE_LETTER:.2f}em"
    style = f' style="padding-left: {ems}; text-indent: -{ems}"' if indent else ""
    end = "\n" if not value or value.endswith("\n") else ""
    return f"<div{style}>{text(value)}{end}</div>"
