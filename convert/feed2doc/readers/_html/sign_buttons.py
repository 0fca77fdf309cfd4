"""Buttons that have only a sign, such as `×` and `›`, and are controls of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_LONGEST = 3


def sign_buttons_in(index: Index) -> dict[_Element, str]:
    """Return the buttons without letters, digits and pictures that are not part of a sentence, and the rule."""
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
    before, parent = button.getprevious(), button.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return not (text or "").strip() and not (button.tail or "").strip()
