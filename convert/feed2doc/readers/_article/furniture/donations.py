"""Links to donate that are part of the text: an article on a fund says where to give to it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc.readers._article.form_boxes import is_sentence
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.words.lexicon import Lexicon

if TYPE_CHECKING:
    from lxml.etree import _Element

# How many links of an article are looked at, and how many elements around each.
_MOST_LINKS, _MOST_STEPS = 8, 20
_COLONS = (":", "：")
_END = 200


def without_donations_in_text(
    rows: dict[_Element, str], asked: frozenset[str], words: Lexicon
) -> dict[_Element, str]:
    """Return the rows of links that are left out, with their rules, without links to donate that are part of the text.

    `asked` are the rules of links to donate. Such a link is text if the words before it announce it, or if it is between
    sentences and does not ask for the author or the site (`Donate now`, `Buy me a coffee`).
    """
    links = (row for row, rule in rows.items() if rule in asked)
    in_text = {row for row in islice(links, _MOST_LINKS) if _is_text(row, words)}
    return {row: rule for row, rule in rows.items() if row not in in_text} if in_text else rows


def _is_text(row: _Element, words: Lexicon) -> bool:
    said = words_of(row)
    before = _next_text(row, forward=False)
    last = before[-_END:]
    if not said or not before or words.find("gift", said) or words.find("gift", last):
        return False
    if before.endswith(_COLONS) or words.find("announcement", last):
        return True
    return is_sentence(before) and is_sentence(_next_text(row, forward=True))


def _next_text(row: _Element, *, forward: bool) -> str:
    """Return the text nearest to an element, before or after it, or "" if there is none."""
    each = row
    for _ in range(_MOST_STEPS):
        if forward and (each.tail or "").strip():
            return " ".join(str(each.tail).split())
        other = each.getnext() if forward else each.getprevious()
        if other is not None:
            if not forward and (other.tail or "").strip():
                return " ".join(str(other.tail).split())
            if text := words_of(other):
                return text
            each = other
            continue
        parent = each.getparent()
        if parent is None:
            break
        if not forward and (parent.text or "").strip():
            return " ".join(str(parent.text).split())
        each = parent
    return ""
