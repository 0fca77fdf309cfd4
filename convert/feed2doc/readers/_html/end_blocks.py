"""The first and the last blocks of a tree, where the parts of a page around the text are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc.readers._blocks.elements import BREAKING, FRAMES
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# A caption belongs to its picture.
_BLOCKS = (BREAKING | FRAMES.keys()) - {"figcaption", "caption"}
_FIRST, _LAST = 3, 12
# Blocks with more elements are not looked at, so that no text is read at each level of nesting.
_MOST_ELEMENTS = 60


def end_blocks(root: _Element) -> list[tuple[_Element, str]]:
    """Return the first and the last blocks with words that are not within others, in order, each with its words."""
    found = [element for element in root.iter(*_BLOCKS) if element is not root]
    first = list(islice(_with_words(found), _FIRST))
    last = list(islice(_with_words(reversed(found)), _LAST))
    known = {element for element, _ in first}
    return [*first, *(each for each in reversed(last) if each[0] not in known)]


def _with_words(blocks: Iterator[_Element] | list[_Element]) -> Iterator[tuple[_Element, str]]:
    for block in blocks:
        if next(block.iterdescendants(*_BLOCKS), None) is not None:
            continue
        if next(islice(block.iter(), _MOST_ELEMENTS, None), None) is None and (words := words_of(block)):
            yield block, words
