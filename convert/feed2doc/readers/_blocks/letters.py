"""Pictures of a single letter: initials at the start of a paragraph, and characters that a font does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLASS = pattern(r"(?:^|[\s_-])(?:gaiji|drop-?cap|initial|lettrine|letter|glyph)(?:$|[\s_-])", re.I)
_SMALL = pattern(r"\s*(?:[1-9]|[12]\d|3[0-2])(?:px)?\s*")


def letter_of(element: _Element) -> str:
    """Return the letter that a picture shows within a word, or "".

    Its alternative text is the letter. A class, its size, or a letter directly after it says that it is part of a word.
    """
    letter = (element.get("alt") or "").strip()
    if element.tag != "img" or len(letter) != 1 or not letter.isalpha():
        return ""
    is_small = all(_SMALL.fullmatch(element.get(name) or "") for name in ("width", "height"))
    joins = (element.tail or "")[:1].isalpha()
    return letter if is_small or joins or _CLASS.search(element.get("class") or "") else ""


def is_initial(element: _Element) -> bool:
    """Return True if the class of this element says that it is the first letter of a word."""
    if not _CLASS.search(element.get("class") or "") or next(element.iter("img", "p"), None) is not None:
        return False
    return len("".join(map(str, element.itertext())).strip()) == 1 and has_text_after(element)


def has_text_after(element: _Element) -> bool:
    """Return True if text follows the element in its line."""
    if (element.tail or "").strip():
        return True
    following = element.getnext()
    return (
        following is not None
        and following.tag in ("span", "a", "b", "strong", "i", "em", "font", "label", "ruby")
        and bool("".join(map(str, following.itertext())).strip())
    )
