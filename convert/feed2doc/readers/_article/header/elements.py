"""The elements of a header line: their time, whether it is that of an update, and their lines."""

from __future__ import annotations

from datetime import time
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.header.names import is_names
from feed2doc.readers._article.header.times import EDGES
from feed2doc.readers._article.times.parsing import Written, parse_time
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._article.header.units import Unit
    from feed2doc.readers._rules.lookup import Rules

_PICTURES = ("img", "picture", "figure")
_SENTENCE = pattern(r"[.!?:;…。！？：；][\"”’»」)）]*$")
# The point at the end of a time: `7:05 p. m.`, `2025.`, `2025 г.`
_ABBREVIATED, _LONGEST_ABBREVIATION = pattern(r"(?i:\d|[ap]\.? ?m|\bг|\bmin|\bмин|\buhr|\d ?h)\.$"), 8
# The class of an element with the time of an update, and the longest text before it on its line.
_UPDATE_CLASS = pattern(r"updated?(?![a-z])|modified|last-?mod|changed(?![a-z])|aktualisiert|maj(?![a-z])")
_MOST_ITEMS = 8
_LONGEST_BEFORE_TIME, _DIGITS_OF_A_TIME = 40, 14
_SECTIONS = frozenset({"category", "tag"})


def time_of(element: _Element) -> Written | None:
    """Return the time that the element states. Midnight is only a date if the reader is shown one."""
    written = _stated_time_of(element)
    if written is not None and written.has_time and written.value.time() == time():
        shown = parse_time(words_of(element))
        if shown is not None and not shown.has_time:
            return Written(written.value, False)
    return written


def _stated_time_of(element: _Element) -> Written | None:
    for name in ("datetime", "content", "title"):
        if (value := element.get(name)) and (written := parse_time(value)) is not None:
            return written
    return None


def is_update(element: _Element, line: str, rules: Rules) -> bool:
    """Return True if the class of a time, or the words before it on its line, say that it is that of an update."""
    if element.get("itemprop") == "dateModified":
        return True
    classes = (element.get("class") or "").lower()
    if "published" not in classes and _UPDATE_CLASS.search(classes):
        return True
    if not (words := words_of(element)):
        return False
    before = line.partition(words)[0][-_LONGEST_BEFORE_TIME:].strip(EDGES)
    return bool(before) and rules.search("update_label", f"{before} ") is not None


def is_sentence(text: str) -> bool:
    """Return True if a line ends as a sentence does, not as a time."""
    return _SENTENCE.search(text) is not None and not _ABBREVIATED.search(text[-_LONGEST_ABBREVIATION:])


def lines_in(element: _Element) -> list[str]:
    """Return the lines of an element's text, split at `br` elements."""
    parts: list[str] = [""]
    for node in element.iter():
        if node.tag == "br":
            parts.append("")
        else:
            parts[-1] += node.text or ""
        if node is not element:
            parts[-1] += node.tail or ""
    return [line for part in parts if (line := " ".join(part.split()))]


def has_other_time(element: _Element) -> bool:
    """Return True if the element of an update also shows when the article was published: `5 May 9:30 | Updated 6 May 10:00`."""
    words = words_of(element)
    return parse_time(words) is None and sum(map(str.isdigit, words)) > _DIGITS_OF_A_TIME


def is_bold(unit: Unit) -> bool:
    """Return True for a paragraph that is entirely bold."""
    if not unit.is_block or unit.elements[0].tag != "p" or len(unit.elements[0]) != 1:
        return False
    inner = unit.elements[0][0]
    return inner.tag in ("strong", "b") and words_of(inner) == words_of(unit.elements[0])


def is_small_below_picture(element: _Element) -> bool:
    """Return True if all of a block is `small` and the block is directly below a picture."""
    small = element if element.tag == "small" else next(element.iter("small"), None)
    before = element.getprevious()
    return (
        small is not None
        and before is not None
        and before.tag in _PICTURES
        and not (before.tail or "").strip()
        and words_of(small) == words_of(element)
    )


def leads_to_author(element: _Element, rules: Rules) -> bool:
    """Return True for a link whose words are a name, to a page about an author."""
    href = element.get("href") if element.tag == "a" else None
    return bool(href) and rules.search("author_url", href or "") is not None and is_names(words_of(element))


def is_in_list(unit: Unit) -> bool:
    """Return True if a line is in a list that has no time, such as one of people."""
    around = (unit.elements[0], *unit.elements[0].iterancestors()) if unit.elements else (unit.parent,)
    item = next((each for each in around if each.tag == "li"), None)
    items = item.getparent() if item is not None else None
    return items is not None and not any(parse_time(words_of(each)) for each in islice(items, _MOST_ITEMS))


def is_section(element: _Element) -> bool:
    """Return True for a link to a section or tag (https://microformats.org/wiki/rel-tag)."""
    rel = element.get("rel") if element.tag == "a" else None
    return bool(rel) and not _SECTIONS.isdisjoint((rel or "").lower().split())
