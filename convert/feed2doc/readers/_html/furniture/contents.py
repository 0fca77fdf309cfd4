"""Contents: lists of links to the headings of the page, with the words of these headings. Every book has contents of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import has_more_than, words_of, words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

RULE = "html: contents"
_FEWEST, _DEEPEST, _LONGEST_LABEL, _MOST_WORDS, _MOST_IN_BOX = 2, 32, 40, 4, 3
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS, _BOXES, _LABELS = (
    ("ul", "ol"),
    frozenset({"div", "nav", "aside", "section", "details"}),
    ("p", "div", "summary"),
)
_ENDS = ".!?…。！？"
# The text before the words of a heading or a link: `1.2`, `IV.`, a bullet.
_NUMBER = pattern(r"^(?:[\W_]+|(?:\d{1,3}|[ivxIVX]{1,5})(?:\.\d{1,3}){0,4}[.):\s]+)+")
_SIGNS = pattern(r"[\W_]+")
# A heading is the target, in it, or the next element.
_NEAR = 4


def contents_in(
    index: Index, linked: Iterable[_Element], is_title: Callable[[str], object]
) -> dict[_Element, str]:
    """Return the lists, boxes and labels of contents in the page, and the rule. `linked` are the links with a fragment.

    `is_title` tells the titles of contents, which may be headings.
    """
    lists: dict[_Element, list[_Element]] = {}
    for link in linked:
        if (link.get("href") or "")[:1] == "#":
            around = [each for each in islice(link.iterancestors(), _DEEPEST) if each.tag in _LISTS]
            if around:
                outer = around[-1]
                lists.setdefault(outer, []).append(link)
    found: dict[_Element, str] = {}
    if not any(len(links) >= _FEWEST for links in lists.values()):
        return found
    places = {f"#{each.get('name')}": each for each in index.named.get("[name]", ()) if each.tag == "a"}
    places.update((name, index.named[name][0]) for name in index.names if name[0] == "#")
    for element, links in lists.items():
        if len(links) >= _FEWEST and _are_headings(links, places) and _has_nothing_else(element, links):
            found[_box_of(element)] = RULE
            if (label := _label_of(element, is_title)) is not None:
                found[label] = RULE
    return found


def _are_headings(links: list[_Element], places: dict[str, _Element]) -> bool:
    """Return True if each link leads to a heading with its words, and no two of them to the same one."""
    headings: set[_Element] = set()
    for link in links:
        words, target = _letters(words_of_few(link)), places.get(link.get("href") or "")
        heading = _heading_at(target) if target is not None else None
        if heading is None or not words or _letters(words_of_few(heading)) != words:
            return False
        headings.add(heading)
    return len(headings) == len(links)


def _heading_at(target: _Element) -> _Element | None:
    if target.tag in _HEADINGS:
        return target
    around = islice(target.iterancestors(), _NEAR)
    inside = islice(target.iterdescendants(), _NEAR)
    after = islice(target.itersiblings(), 1)
    return next((each for each in (*around, *inside, *after) if each.tag in _HEADINGS), None)


def _has_nothing_else(element: _Element, links: list[_Element]) -> bool:
    """Return True if a list has no words besides these links, but perhaps numbers."""
    linked = sum(len(_SIGNS.sub("", words_of(link))) for link in links)
    letters = sum(map(str.isalpha, words_of(element)))
    return letters <= linked and next(element.iter("img", "p", "table", "pre"), None) is None


def _box_of(element: _Element) -> _Element:
    """Return the element around a list and its label that has nothing else, or the list."""
    parent = element.getparent()
    if (
        parent is None
        or parent.tag not in _BOXES
        or has_more_than(parent, _MOST_IN_BOX)
        or (parent.text or "").strip()
    ):
        return element
    has_text = any((each.tail or "").strip() for each in parent) or any(map(words_of, element.itersiblings()))
    return parent if not has_text and all(map(_is_label, element.itersiblings(preceding=True))) else element


def _label_of(element: _Element, is_title: Callable[[str], object]) -> _Element | None:
    before = element.getprevious()
    if before is None or not _is_label(before):
        return None
    is_titled = before.tag in _HEADINGS and is_title(words_of(before)) is not None
    return before if is_titled or before.tag in _LABELS else None


def _is_label(element: _Element) -> bool:
    """Return True if an element is a line such as `In this article`, or empty."""
    if next(element.iter("img", "a", "ul", "ol"), None) is not None or (element.tail or "").strip():
        return False
    words = words_of(element)
    is_short = len(words.split()) <= _MOST_WORDS or words.endswith((":", "："))
    return is_short and len(words) <= _LONGEST_LABEL and words[-1:] not in tuple(_ENDS)


def _letters(words: str) -> str:
    return _SIGNS.sub("", _NUMBER.sub("", words)).casefold()
