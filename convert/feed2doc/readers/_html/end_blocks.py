"""The first and the last blocks of a tree, where the parts of a page around the text are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.recurrence import key_of
from feed2doc.readers._blocks.elements import BREAKING, FRAMES
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._html.pictures.file_names import is_document

if TYPE_CHECKING:
    from lxml.etree import _Element

# A caption belongs to its picture.
_BLOCKS = (BREAKING | FRAMES.keys()) - {"figcaption", "caption"}
_FIRST, _LAST = 3, 12
PICTURE = "\1"
"""The sign before the address of a picture."""
MOST_LINES = 8
"""How many lines at the end of a block are compared."""
# Blocks with more elements are not looked at.
_MOST_ELEMENTS = 60


class Block(Struct, frozen=True):
    """A block with its words, or the addresses of its pictures, and how these are compared with those of other articles.

    The words of a link to a document, as `Download`, are the same only if the document is.
    """

    element: _Element
    words: str
    key: str


def end_blocks(root: _Element, headline: str) -> list[Block]:
    """Return the first and the last blocks that are not around others, in order, of an article with this headline.

    Of the last blocks, also those of nothing but pictures are returned.
    """
    blocks = list(root.iter(*_BLOCKS))
    around = {root}
    for block in blocks:
        parent = block.getparent()
        while parent is not None and parent not in around:
            around.add(parent)
            parent = parent.getparent()
    found = [block for block in blocks if block not in around]
    ends = dict(islice(_with_words(found), _FIRST))
    ends |= dict(islice(_with_words(reversed(found), with_pictures=True), _LAST))
    return [
        Block(
            element,
            words,
            words
            if words.startswith(PICTURE)
            else "".join((key_of(words, headline), *_documents_in(element))),
        )
        for element in found
        if (words := ends.get(element))
    ]


def last_lines(block: Block, headline: str) -> Iterator[tuple[_Element, str, str]]:
    """Yield the last lines of a block, from the last one on: the line break before each, its words, and how these are compared."""
    words = ""
    for each in islice(block.element.iterchildren(reversed=True), _MOST_ELEMENTS):
        words = f"{each.tail or ''}{words}"
        if each.tag != "br":
            words = f"{words_of(each)}{words}"
        elif line := " ".join(words.split()):
            yield each, line, key_of(line, headline)
            words = ""


def _with_words(blocks: Iterable[_Element], *, with_pictures: bool = False) -> Iterator[tuple[_Element, str]]:
    for block in blocks:
        if next(islice(block.iter(), _MOST_ELEMENTS, None), None) is not None:
            continue
        if words := words_of(block) or (_pictures_in(block) if with_pictures else ""):
            yield block, words


def _pictures_in(block: _Element) -> str:
    """Return the addresses of the pictures in a block, each after a sign that no text has."""
    return "".join(PICTURE + (each.get("src") or "") for each in block.iter("img"))


def _documents_in(block: _Element) -> Iterator[str]:
    """Yield the addresses of the documents that a block, or the link around it, leads to, each after a sign that no text has."""
    for link in (*block.iter("a"), *islice(block.iterancestors("a"), 1)):
        if is_document(href := link.get("href") or ""):
            yield PICTURE + href
