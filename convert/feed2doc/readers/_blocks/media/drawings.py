"""The words in drawings (SVG), and words in place of a drawing without any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.elements import MEDIA
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# The size of an icon in pixels, and how it is written.
_LARGEST_ICON, _SIZE = 64, pattern(r"\s*(\d{1,5})(?:\.\d{1,5})?(?:px)?\s*")
# The width of the shortest label that is taken for a description, not for a name as `Facebook icon`.
_SHORTEST_DESCRIPTION = 20
# Elements of a drawing whose text is not displayed (https://www.w3.org/TR/SVG2/struct.html).
_SILENT = frozenset({"style", "script", "title", "desc", "metadata", "template"})
# Elements around a label; `foreignObject` has HTML in it.
_LABELS = frozenset({"text", "foreignobject"})
# Elements within a line. A `tspan` begins a new one if it has a position.
_IN_LINE = frozenset(
    ["tspan", "textpath", "a", "b", "i", "em", "strong", "span", "code", "sub", "sup", "u", "small", "font"]
)
_POSITIONS = frozenset({"x", "y", "dy"})
# Stands for the end of a label. XML has no such character.
_END = "\0"


def words_of_drawing(element: _Element, *, labels: bool) -> str:
    """Return the words in an `svg`. If it shows none and `labels` is true, return its label, or its title and description."""
    shown = _labels(element)
    if not shown and labels:
        shown = [element.get("aria-label") or "", *map(words_of, element.iter("title", "desc"))]
    return " ".join(dict.fromkeys(filter(None, shown)))


def name_of_drawing(element: _Element) -> str:
    """Return the title of an `svg` with labels, or "" if it has none of several words, or its labels say the same."""
    title = next((words_of(each) for each in element.iterchildren("title")), "")
    name = title or " ".join((element.get("aria-label") or "").split())
    is_phrase = " " in name or any(map(is_character, name))
    shown = words_of_drawing(element, labels=False) if is_phrase else ""
    return name if shown and name not in shown else ""


def is_described(element: _Element) -> bool:
    """Return True if this `svg` is a picture with a label that describes it, not an icon or the sign of a link."""
    from feed2doc._text.wrap import width_of

    label = " ".join((element.get("aria-label") or "").split())
    is_picture = element.get("role") == "img" and width_of(label) >= _SHORTEST_DESCRIPTION
    return is_picture and not is_icon_drawing(element) and next(element.iterancestors("a"), None) is None


def is_formula(element: _Element) -> bool:
    """Return True if this `svg` is a formula drawn by MathJax."""
    return any(each.get("data-mml-node") is not None for each in element.iter())


def is_icon_drawing(element: _Element) -> bool:
    """Return True if this `svg` is only an icon, by its size or because it is in a button."""
    box = (element.get("viewbox") or "").replace(",", " ").split()[2:]
    sizes = [size for name in ("width", "height") if (size := element.get(name))] or box
    if sizes and all(found and int(found[1]) <= _LARGEST_ICON for found in map(_SIZE.fullmatch, sizes)):
        return True
    return next(element.iterancestors("button"), None) is not None


def is_sign_of_link(element: _Element) -> bool:
    """Return True if this `svg` is a sign that its markup hides from those who listen, after the words of a link or button."""
    if element.get("aria-hidden") != "true":
        return False
    around = next(element.iterancestors("a", "button"), None)
    return around is not None and words_of(around) not in ("", words_of(element))


def pictures_in_drawing(element: _Element) -> list[_Element]:
    """Return the pictures and embeds in the HTML of a drawing, whose words only are read."""
    return [each for each in element.iterdescendants(*MEDIA) if each.tag != "svg"]


def _labels(element: _Element) -> list[str]:
    """Return the texts that a drawing shows, one for each of its labels, with a space between the lines of each."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    walker = iterwalk(element, events=("start", "end"))
    for event, each in walker:
        tag = each.tag
        if event == "start" and (tag in _SILENT or _is_fallback(each)):
            walker.skip_subtree()
            continue
        if tag in _LABELS:
            pieces.append(_END)
        elif _begins_line(each):
            pieces.append(" ")
        if event == "start":
            pieces.append(each.text or "")
        elif each is not element:
            pieces.append(each.tail or "")
    return [words for piece in "".join(pieces).split(_END) if (words := " ".join(piece.split()))]


def _begins_line(element: _Element) -> bool:
    return element.tag not in _IN_LINE or (
        element.tag == "tspan" and not _POSITIONS.isdisjoint(element.keys())
    )


def _is_fallback(element: _Element) -> bool:
    """Return True for a child of a `switch` that is shown if the first one cannot be, as in the drawings of draw.io."""
    parent = element.getparent()
    if parent is None or parent.tag != "switch" or element is parent[0]:
        return False
    return parent[0].get("systemlanguage") is None
