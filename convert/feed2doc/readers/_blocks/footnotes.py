"""Footnotes: references in the text, and the notes further down, which are moved to the references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# The text of a reference: 1, [2], a, *, †. A longer text is an ordinary link to another part of the page.
_MARK = pattern(r"[\[(（]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})[\])）]?\.?")
_BACK = pattern(r"(?:[\[(（]?(?:\d{1,3}|[a-z])[\])）]?\.?)?[\s\ufe0e\ufe0f↩↑^⏎↵⤴]*")
_HOLDERS = ("li", "p", "div", "aside", "dd", "section", "td")


def footnotes_in(root: _Element) -> tuple[dict[_Element, _Element], set[_Element]]:
    """Return the references with the elements of their notes, and the elements to drop: back links, and rules above notes.

    A reference is a short link to an element further down the page (https://www.w3.org/TR/dpub-aria/#doc-noteref,
    https://daringfireball.net/2005/07/footnotes). A note belongs to its first reference.
    """
    links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#")]
    if not links:
        return {}, set()
    places = {
        name: e
        for e in root.iter()
        if isinstance(e.tag, str)
        for name in (e.get("id"), e.get("name"))
        if name
    }
    order = {element: n for n, element in enumerate(root.iter())}
    marks: dict[_Element, _Element] = {}
    inside: set[_Element] = set()
    back: set[_Element] = set()
    for link in links:
        target = places.get((link.get("href") or "#")[1:])
        if target is None or not _MARK.fullmatch(words_of(link)):
            continue
        holder = _holder(target)
        if holder is not None and order[holder] > order[link] and holder not in inside:
            marks[link] = holder
            inside.add(holder)
    for link in links:
        if (
            link not in marks
            and _BACK.fullmatch(words_of(link))
            and any(e in inside for e in link.iterancestors())
        ):
            back.add(link)
    return marks, back | _rules_before(inside)


def _rules_before(holders: set[_Element]) -> set[_Element]:
    """Return the rules (`hr`) between the text and the notes, which separate nothing once the notes are moved."""
    found: set[_Element] = set()
    for holder in holders:
        parent = holder.getparent()
        around = (
            parent if parent is not None and all(e in holders or e.tag == "hr" for e in parent) else holder
        )
        before = around.getprevious()
        if before is not None and before.tag == "hr":
            found.add(before)
    return found


def _holder(target: _Element) -> _Element | None:
    """Return the block that is or contains the target, or None."""
    element: _Element | None = target
    while element is not None and element.tag not in _HOLDERS:
        element = element.getparent()
    return element
