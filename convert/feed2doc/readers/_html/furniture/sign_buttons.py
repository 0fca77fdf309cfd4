"""Buttons that have only a sign, such as `×` and `›`, and are controls of the page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc.readers._html.links import is_permalink_sign
from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_LONGEST = 3
# Lines and cells in which a button is explained, what a button is in otherwise, and how many texts of a line are read.
_CELLS = ("td", "th", "dt", "dd")
_LINES = (*_CELLS, "p", "li")
_BLOCKS = (*_LINES, "div", "section", "figure", "nav", "header", "body")
_START = 40
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def sign_buttons_in(index: Index) -> dict[_Element, str]:
    """Return the buttons without letters, digits and pictures that are not part of a sentence, those that copy the link to a heading, and the rule."""
    stated = [each for each in index.named.get("[role]", ()) if each.get("role") == "button"]
    found = (each for each in (*index.named.get("button", ()), *stated) if _has_only_sign(each))
    return dict.fromkeys(found, "html: button with a sign")


def _has_only_sign(button: _Element) -> bool:
    words = words_of_few(button)
    if (
        not 0 < len(words) <= _LONGEST
        or any(map(str.isalnum, words))
        or next(button.iter("img"), None) is not None
    ):
        return False
    is_last = not (button.tail or "").strip()
    if is_last and is_permalink_sign(words) and next(button.iterancestors(*_HEADINGS), None) is not None:
        return True
    before, parent = button.getprevious(), button.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return not (text or "").strip() and is_last and not _is_explained(button)


def _is_explained(button: _Element) -> bool:
    """Return True if other words are in the same paragraph or item, or if the button is in a table: a manual says what it does."""
    block = next(button.iterancestors(*_BLOCKS), None)
    if block is None or block.tag not in _LINES:
        return False
    return block.tag in _CELLS or any(
        any(map(str.isalnum, str(text))) for text in islice(block.itertext(), _START)
    )
