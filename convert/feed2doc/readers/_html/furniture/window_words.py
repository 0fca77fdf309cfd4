"""Words in links that say where they open, for those who do not see it: `The timetable (opens in a new window)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_ELEMENTS = frozenset({"span", "small", "i", "em", "sup", "abbr", "svg"})
_AROUND = " \t\n\u00a0\u3000\ufeff()[]（）【】,，;:-–—."
_LONGEST = 60


def window_words_in(index: Index, is_known: Callable[[str], object]) -> dict[_Element, str]:
    """Return the elements in links that have nothing but such words, and the rule. A link of which they are all stays.

    They are removed from the titles of links.
    """
    found: dict[_Element, str] = {}
    for link in index.named.get("a", ()):
        if (title := link.get("title")) and len(title) <= _LONGEST and is_known(title.strip(_AROUND)):
            del link.attrib["title"]
        for element in link.iter(*_ELEMENTS) if len(link) else ():
            words = words_of_few(element).strip(_AROUND)
            if 0 < len(words) <= _LONGEST and is_known(words) and words_of_few(link).strip(_AROUND) != words:
                found[element] = "words: window"
    return found
