"""The numbers of pictures in a gallery: `2 / 12`, `Image 2 of 12`."""

from __future__ import annotations

from re import IGNORECASE
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_COUNTER = pattern(
    r"\s*(?:(?:image|photo|picture|slide|foto|bild|imagen) )?[(\[（]?(\d{1,3})\s?(?:/|／|of|von|sur|de|di|из)\s?(\d{1,3})[)\]）]?\s*",
    IGNORECASE,
)

_PARTS = frozenset({"div", "span", "p"})
RULE = "html: counter of pictures"
"""The rule for such numbers."""


def picture_counters_in(index: Index) -> dict[_Element, str]:
    """Return the counters in figures with the rule that drops them. One in a sentence of a caption, or alone in it, stays."""
    return {
        each: RULE
        for figure in index.named.get("figure", ())
        if next(figure.iterancestors("figure"), None) is None
        for each in figure.iterdescendants("div", "span", "p")
        if each.text and not len(each) and _is_counter(each, each.text)
    }


def slide_counters_in(index: Index) -> dict[_Element, str]:
    """Return the counters next to pictures that are not in figures, if they count them: `1/2`, `2/2`."""
    pictures = index.named.get("img", ())
    if len(pictures) < 2:
        return {}
    found: dict[_Element, tuple[str, str]] = {}
    for picture in pictures:
        for each in (picture.getprevious(), picture.getnext()):
            if each is not None and each.tag in _PARTS and not len(each) and not (each.tail or "").strip():
                counted = _COUNTER.fullmatch(each.text or "")
                if counted is not None and counted[2] != "0":
                    found[each] = counted[1], counted[2]
    numbers, totals = {n for n, _ in found.values()}, {total for _, total in found.values()}
    are_counters = len(found) > 1 and len(numbers) == len(found) and len(totals) == 1
    return dict.fromkeys(found, RULE) if are_counters else {}


def _is_counter(element: _Element, text: str) -> bool:
    found = _COUNTER.fullmatch(text)
    if found is None or not 0 < int(found[1]) <= int(found[2]) or int(found[2]) < 2:
        return False
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if element.tag == "span" and (before is not None or (parent.text or "").strip()):
        return False
    caption = next(element.iterancestors("figcaption"), None)
    return caption is None or any(each.strip() and each != text for each in map(str, caption.itertext()))
