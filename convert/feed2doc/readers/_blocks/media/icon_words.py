"""The words that an icon stands for, and the text next to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feed2doc._text.cjk import is_character
from feed2doc.readers._blocks.elements import text_after

if TYPE_CHECKING:
    from lxml.etree import _Element


def is_said_next_to(element: _Element, name: str, before: str) -> bool:
    """Return True if the text next to an icon says its name again, as the words of a link after its icon do.

    `before` is the end of the line so far.
    """
    name, after = name.strip(), text_after(element).lstrip()
    before = before.rstrip()[-len(name) - 1 :]
    if next(element.iterancestors("a", "button"), None) is None:
        after = after[: len(name) + 1]
        places = [(after, 0)]
    else:
        places = [(after, found.start()) for found in re.finditer(re.escape(name), after, re.I)]
    places.append((before, len(before) - len(name)))
    return any(_is_name_at(name, text, at) for text, at in places if at >= 0)


def spaced(words: str, element: _Element, before: str) -> str:
    """Return the words of an icon with a space on the sides on which a word touches them. `before` is the end of the line so far."""
    after = text_after(element)[:1]
    return f"{' ' * before[-1:].isalnum()}{words}{' ' * after.isalnum()}" if words else ""


def _is_name_at(name: str, text: str, at: int) -> bool:
    """Return True if a text has this name at this place, and does not go on with letters of the same word there."""
    end = at + len(name)
    if text[at:end].casefold() != name.casefold():
        return False
    return not any(
        each.isalnum() and not is_character(each) for each in text[max(at - 1, 0) : at] + text[end : end + 1]
    )
