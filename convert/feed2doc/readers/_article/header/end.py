"""The end of an article's tree, below its last line: tags and links of the template."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.elements import MEDIA
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

# How many elements of a template may be below the line, and how long they are.
_MOST_BELOW, _LONGEST = 6, 400
_SENTENCE = pattern(r"[.!?…。！？][\"”’»」)）]*(?:\s|$)")


def is_near_end(element: _Element, root: _Element, skipped: Collection[_Element], rules: Rules) -> bool:
    """Return True if nothing follows the element but tags, links, and what is left out."""
    below = 0
    while element is not root:
        if (element.tail or "").strip():
            return False
        for each in element.itersiblings():
            if each not in skipped and words_of(each):
                below += 1
                if below > _MOST_BELOW or not _is_of_template(each, rules):
                    return False
            if (each.tail or "").strip():
                return False
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return True


def _is_of_template(element: _Element, rules: Rules) -> bool:
    """Return True for a row of links, with a label or without, and for a line that is not text."""
    words = words_of(element)
    if len(words) > _LONGEST or _SENTENCE.search(words) or next(element.iter(*MEDIA), None) is not None:
        return False
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    return 2 * linked >= len(words) or bool(rules.junk(words))
