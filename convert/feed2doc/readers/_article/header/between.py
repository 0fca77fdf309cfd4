"""Lines of a header that are not names and times: signs, counters, links to sections, and labels or places between two lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.header.elements import is_section
from feed2doc.readers._article.header.times import is_label
from feed2doc.readers._article.header.units import Unit
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import is_capitalised

if TYPE_CHECKING:
    from lxml.etree import _Element

BETWEEN = "a line of the header"
"""The rule of such lines."""
_NUMBER = pattern(r"\d[\d.,]{0,8}\s?[kKmM万萬]?")
_COUNTER = pattern(r"view|comment|count|(?<![a-z])hits?(?![a-z])|like|share", re.I)
# The longest words before links to sections (`Posted in`), and the longest place.
_LONGEST_LABEL, _LONGEST_PLACE = 16, 40


def is_in_header(unit: Unit, text: str, *, in_list: bool = False) -> bool:
    """Return True for a line next to names and times that has only signs, a counter, or links to sections.

    Any short links are to sections `in_list`: in an item of a list that also has names or times.
    """
    if unit.is_heading:
        return False
    if not any(map(str.isalnum, text)):
        return True
    inner = [each for top in unit.elements for each in top.iter()]
    if text[0].isdigit() and _NUMBER.fullmatch(text):
        return any(_COUNTER.search(each.get("class") or "") for each in (*inner, unit.parent))
    links = [each for each in inner if each.tag == "a"]
    are_sections = all(map(is_section, links)) or (in_list and len(text) <= _LONGEST_PLACE)
    return bool(links) and are_sections and _rest(text, links) <= _LONGEST_LABEL


def is_between_lines(unit: Unit, text: str, rules: Rules) -> bool:
    """Return True for a line that is a label (`By`) or one word with a capital, a place, if it is between two lines of the header."""
    if unit.is_heading or len(text) > _LONGEST_PLACE:
        return False
    return is_capitalised(text) or is_label(text, rules)


def _rest(text: str, links: list[_Element]) -> int:
    return len(text) - sum(len(words_of(each)) for each in links)
