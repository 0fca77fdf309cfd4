"""Backgrounds that are pictures.

They have the role and the label of one (`<div role="img" aria-label="A gull" style="background: url(...)">`), or are all that an
element of a fixed size has (`<a style="background-image: url(...); background-size: cover; width: 600px; height: 400px">`), or
all that a figure has besides its caption. A script may set them from an attribute (`data-bg`).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.elements import MEDIA
from feed2doc.readers._html.parse import words_of_few
from feed2doc.readers._html.pictures.lazy import is_placeholder

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_BACKGROUND = pattern(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')\s]{1,2000})")
_SIZE = pattern(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,4})(?:\.\d+)?px")
_FILLED = pattern(r"background-size\s*:\s*(?:cover|contain)|background\s*:[^;]{0,400}/\s*(?:cover|contain)")
_BOXES = frozenset(("a", "div", "span", "figure"))
# What a figure shows, and how many elements of one are looked at.
_SHOWN, _MOST_BOXES = (*MEDIA, "table", "pre", "code", "blockquote"), 16
# Attributes from which scripts set backgrounds (lazysizes, lozad, unveil).
_SET_BY_SCRIPTS = ("data-bg", "data-background-image", "data-background", "data-bg-src")
# Smaller ones are icons and portraits.
_SMALLEST = 150


def settle_backgrounds(index: Index) -> None:
    """Add an `img` to each element without words whose role or size is that of a picture, and whose background is one."""
    for element in index.named.get("[style]", ()):
        style = element.get("style") or ""
        if (
            "url(" in style
            and element.tag in _BOXES
            and not len(element)
            and not (element.text or "").strip()
        ):
            _settle_filled(element, style)
    for element in index.named.get("[role]", ()):
        label = " ".join((element.get("aria-label") or "").split())
        if element.get("role") != "img" or not label or element.tag in ("img", "svg") or len(element):
            continue
        src = _background_of(element)
        if src and not words_of_few(element):
            element.append(element.makeelement("img", {"src": src, "alt": label}))
    for figure in index.named.get("figure", ()):
        if next(figure.iter(*_SHOWN), None) is None and next(figure.iter("figcaption"), None) is not None:
            _settle_figure(figure)


def _settle_figure(figure: _Element) -> None:
    """Add an `img` to the only element of a figure, besides its caption, that has a background."""
    for element in islice(figure.iter(*_BOXES), _MOST_BOXES):
        src = _background_of(element) if not len(element) and not (element.text or "").strip() else ""
        if src:
            element.append(element.makeelement("img", {"src": src}))
            return


def _background_of(element: _Element) -> str:
    """Return the URL of the background of an element, which a script may set, or ""."""
    found = _BACKGROUND.search(element.get("style") or "")
    if found is not None and not is_placeholder(found[1]):
        return found[1]
    return next((url for name in _SET_BY_SCRIPTS if (url := (element.get(name) or "").strip())), "")


def _settle_filled(element: _Element, style: str) -> None:
    """Add an `img` to an empty element of a fixed size that a picture fills, if no other picture is next to it."""
    parent = element.getparent()
    if parent is None or next(parent.iter("img"), None) is not None or _FILLED.search(style) is None:
        return
    size = dict(_SIZE.findall(style))
    found = _BACKGROUND.search(style)
    if found is not None and len(size) > 1 and all(int(each) >= _SMALLEST for each in size.values()):
        element.append(element.makeelement("img", {"src": found[1], **size}))
