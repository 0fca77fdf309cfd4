"""The words of a title in HTML, in which raised and lowered figures, struck words and formulas keep their meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.cjk import is_character
from feed2doc._text.powers import appended, lowered_after, raised_after, struck
from feed2doc.readers._html.links import is_permalink_sign
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRUCK = ("s", "del", "strike")
_SPECIAL = ("sup", "sub", "math", *_STRUCK)
_SILENT = ("template", "script", "style")
_MOST_LEVELS = 50


def title_words(element: _Element) -> str:
    """Return the text of an element in one line: `10⁶`, never `106`; `~~5~~ 7`, never `57`."""
    if next(element.iter(*_SPECIAL, "a", "br"), None) is None:
        return words_of(element)
    return " ".join(_inside("", element, _MOST_LEVELS).split())


def _inside(before: str, element: _Element, levels: int) -> str:
    """Return what is in an element. `before` is the text before it."""
    written = element.text or ""
    for child in element:
        piece = _piece(before + written, child, levels - 1)
        written = appended(appended(written, piece), child.tail or "")
    return written


def _piece(before: str, child: _Element, levels: int) -> str:
    tag = child.tag
    if tag in _SILENT or not levels:
        return "" if levels else words_of(child)
    if tag == "br":
        return "" if is_character(before[-1:]) else " "
    if tag == "a" and (child.get("href") or "").startswith("#") and is_permalink_sign(words_of(child)):
        return ""
    if tag == "math":
        from feed2doc.readers._html.rewriting.formulas import formula_of

        formula = formula_of(child)
        return formula.words if formula else words_of(child)
    text = _inside(before, child, levels)
    if tag == "sup":
        return raised_after(before, text)
    if tag == "sub":
        return lowered_after(before, text)
    return struck(text) if tag in _STRUCK else text
