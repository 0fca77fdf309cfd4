"""Paragraphs with nothing but text, links and marks of emphasis in them, as most are, read in one step."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from feed2doc.model import Inline, Inlines, Text
from feed2doc.readers._blocks.elements import MARKS
from feed2doc.readers._blocks.inlines import Mark, line_of_text, merged

if TYPE_CHECKING:
    from lxml.etree import _Element


def paragraph_of(
    element: _Element, apart: Container[_Element], link: Callable[[_Element], Mark | None]
) -> tuple[Inlines, str] | None:
    """The inlines of a paragraph and their text, "" if it shows none; None if the paragraph is more than that.

    More is an element inside a link or mark, one that is `apart`, and white space that must be taken out between
    them. `link` gives the mark of a link, None for one that is its words alone.
    """
    if not len(element):
        text = line_of_text(element.text or "")
        return (Text(text),), text
    phrases = _phrases(element, apart)
    if phrases is None:
        return None
    row: list[Inline | str] = [phrases[0]] if phrases[0] else []
    for child, inside, after in zip(element, phrases[1::2], phrases[2::2], strict=True):
        mark = link(child) if child.tag == "a" else MARKS[child.tag]
        row.append(inside if mark is None else mark((Text(inside),)))
        if after:
            row.append(after)
    return merged(row), "".join(phrases)


def _phrases(element: _Element, apart: Container[_Element]) -> list[str] | None:
    """The texts of a paragraph, in turn outside and inside of its links and marks; None if there is more in it."""
    phrases = [element.text or ""]
    for child in element:
        inside = child.text
        if len(child) or not inside or inside.isspace() or child in apart:
            return None
        if (tag := child.tag) != "a" and tag not in MARKS:
            return None
        phrases += (inside, child.tail or "")
    whole = "".join(phrases)
    return phrases if line_of_text(whole) == whole else None
