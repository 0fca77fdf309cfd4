"""Headings between the paragraphs of a text that only their class names say are headings: `<p class="intertitre">`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.lookup import Rules
    from feed2doc.readers._rules.selectors import Index

_TAGS = frozenset({"p", "div", "span"})
# A heading is not longer, and what is above and below it has more characters, Han characters counting twice. Of more elements
# with such a name, none is a heading.
_LONGEST, _SHORTEST_TEXT, _MOST = 100, 40, 60
_SENTENCE = pattern(r"[.,;:。，；：]$")
# Elements below a heading that are not paragraphs.
_BELOW = frozenset({"ul", "ol", "blockquote", "figure", "table", "img"})
_PLAIN = frozenset({"b", "strong", "em", "i", "span", "br", "sup", "u", "font"})


def named_headings(index: Index, rules: Rules) -> dict[_Element, str]:
    """Return the short lines between paragraphs whose names say that they are headings, and the rule of each."""
    found = {} if rules.only_article else rules.worded("heading", index)
    if not found or len(found) > _MOST:
        return {}
    return {element: reason for element, reason in found.items() if _is_heading(element, index)}


def _is_heading(element: _Element, index: Index) -> bool:
    if element.tag not in _TAGS or element is index.root or (element.tail or "").strip():
        return False
    if any(each.tag not in _PLAIN for each in element.iterdescendants()):
        return False
    text = words_of(element)
    if not text or len(text) > _LONGEST or _SENTENCE.search(text) or not any(map(str.isalpha, text)):
        return False
    above, below = element.getprevious(), element.getnext()
    if above is None or below is None:
        return False
    return _is_paragraph(above) and (below.tag in _BELOW or _is_paragraph(below))


def _is_paragraph(element: _Element) -> bool:
    words = words_of(element) if element.tag == "p" else ""
    return len(words) + sum("\u3040" <= each <= "\ud7a3" for each in words) >= _SHORTEST_TEXT
