"""Backgrounds that are pictures.

They have the role and the label of one (`<div role="img" aria-label="A gull" style="background: url(...)">`), or are all that an
element of a fixed size has (`<a style="background-image: url(...); background-size: cover; width: 600px; height: 400px">`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_BACKGROUND = pattern(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')\s]{1,2000})")
_SIZE = pattern(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,4})(?:\.\d+)?px")
_FILLED = pattern(r"background-size\s*:\s*(?:cover|contain)|background\s*:[^;]{0,400}/\s*(?:cover|contain)")
_BOXES = frozenset(("a", "div", "span", "figure"))
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
        found = _BACKGROUND.search(element.get("style") or "")
        if found is not None and not words_of_few(element):
            element.append(element.makeelement("img", {"src": found[1], "alt": label}))


def _settle_filled(element: _Element, style: str) -> None:
    """Add an `img` to an empty element of a fixed size that a picture fills, if no other picture is next to it."""
    parent = element.getparent()
    if parent is None or next(parent.iter("img"), None) is not None or _FILLED.search(style) is None:
        return
    size = dict(_SIZE.findall(style))
    found = _BACKGROUND.search(style)
    if found is not None and len(size) > 1 and all(int(each) >= _SMALLEST for each in size.values()):
        element.append(element.makeelement("img", {"src": found[1], **size}))
