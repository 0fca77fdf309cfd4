"""The meaning of inline styles: bold, italic, struck, raised and lowered text, and program text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial, reduce
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.model import Emph, Highlight, Inline, Inlines, Strike, Strong, Sub, Sup
from feed2doc.readers._blocks.inlines import Mark
from feed2doc.readers._html.style import declarations, is_monospaced, values_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOLD = pattern(r"bold(?:er)?|[6-9]\d\d|1000")
_SLANTED = pattern(r"italic|oblique.*")
_IN_FONT = pattern(r"\b(?:(?P<bold>bold|[6-9]00)|(?P<slanted>italic|oblique))\b")
_INVISIBLE = pattern(r"(?:transparent|none|initial|inherit|unset|rgba\([^)]*,\s*0(?:\.0+)?\s*\))")
# The number of neighbours, and of texts in each, among which words in another font are looked for.
_NEIGHBOURS, _TEXTS = 16, 16
_BLOCK = pattern(r"block|flex|grid|flow-root|list-item|table(?:-row)?")
_EMPHASIS = tuple(f"{prefix}text-emphasis{part}" for prefix in ("", "-webkit-") for part in ("", "-style"))
# The colour of a text marker. Others are those of boxes and pages that text was copied from.
_YELLOW = frozenset({"yellow", "#ffff00", "#ff0", "rgb(255,255,0)"})
_HEIGHTS: dict[str, type[Sup | Sub]] = {"super": Sup, "sub": Sub}


def mark_of_style(element: _Element, mark: Callable[[Inlines], Inline] | None) -> Mark | None:
    """Return the wrapper for an element with a `style`; `mark` is that of its tag, which the style may undo."""
    marks = _marks(element.get("style") or "", mark)
    if len(marks) < 2:
        return partial(marks[0]) if marks else None
    return lambda content: reduce(lambda inner, each: each((inner,)), marks[1:], marks[0](content))


@lru_cache(maxsize=256)
def _marks(text: str, mark: Callable[[Inlines], Inline] | None) -> list[Callable[[Inlines], Inline]]:
    """Return the wrappers that a style stands for, which many elements have."""
    style = values_of(text)
    marks = [] if mark is None or _undoes(style, mark) else [mark]
    font = [found.lastgroup for found in _IN_FONT.finditer(style.get("font", ""))]
    line = style.get("text-decoration-line") or style.get("text-decoration") or ""
    if _BOLD.fullmatch(style.get("font-weight", "")) or "bold" in font:
        marks.append(Strong)
    if _SLANTED.fullmatch(style.get("font-style", "")) or "slanted" in font:
        marks.append(Emph)
    if "line-through" in line:
        marks.append(Strike)
    emphasis = next((style[name] for name in _EMPHASIS if name in style), "none")
    if emphasis.split()[:1] not in ([], ["none"]):  # dots next to East Asian characters
        marks.append(Emph)
    if (style.get("background-color") or "").replace(" ", "") in _YELLOW:
        marks.append(Highlight)
    if height := _HEIGHTS.get(style.get("vertical-align", "")):
        marks.append(height)
    return list(dict.fromkeys(marks))


def undone_by_style(element: _Element) -> frozenset[object]:
    """Return the kinds of emphasis around an element that its style undoes: bold and slanted letters."""
    return _undone(element.get("style") or "")


@lru_cache(maxsize=256)
def _undone(text: str) -> frozenset[object]:
    style = values_of(text) if "font" in text.lower() else {}
    return frozenset(kind for kind in (Strong, Emph) if _undoes(style, kind))


def mark_of_paragraph(element: _Element) -> Mark | None:
    """Return the wrapper for a paragraph that is bold, italic or struck as a whole, or None."""
    style = (element.get("style") or "").lower()
    return mark_of_style(element, None) if "font" in style or "line-through" in style else None


def is_program_text(element: _Element) -> bool:
    """Return True if the words of this element are set in a monospaced font, unlike those around them."""
    if len(element) or "font-family" not in (style := declarations(element)) or not is_monospaced(style):
        return False
    parent = element.getparent()
    if parent is None:
        return False
    if (element.tail or "").strip() or (parent.text or "").strip():
        return True
    before = islice(element.itersiblings(preceding=True), _NEIGHBOURS)
    return any(map(_has_words, (*before, *islice(element.itersiblings(), _NEIGHBOURS))))


def is_own_line(element: _Element) -> bool:
    """Return True if the style of an inline element sets it on lines of its own, as `display: block` does."""
    style = element.get("style") or ""
    return "display" in style.lower() and _BLOCK.fullmatch(values_of(style).get("display", "")) is not None


def _has_words(neighbour: _Element) -> bool:
    if (neighbour.tail or "").strip():
        return True
    return any(map(str.strip, map(str, islice(neighbour.itertext(), _TEXTS))))


def _undoes(style: Mapping[str, str], mark: Callable[[Inlines], Inline]) -> bool:
    """Return True if the style makes the wrapper of the tag invisible."""
    if mark is Strong:
        return style.get("font-weight", "") in ("normal", "lighter", "100", "200", "300", "400", "500")
    if mark is Emph:
        return style.get("font-style", "") == "normal"
    if mark is Strike:
        return style.get("text-decoration", "") == "none"
    background = style.get("background-color") or style.get("background") or ""
    return mark is Highlight and _INVISIBLE.fullmatch(background) is not None
