"""The text of an article that its source has twice, one copy below the other, and its first picture."""

from __future__ import annotations

from difflib import SequenceMatcher

from feed2doc import model as m
from feed2doc._text.cjk import reading_length
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._html.urls import without_size

# How many paragraphs such a text has at least, how long it is, with a Han character counted twice, and how alike two paragraphs
# are in which a word was corrected.
_FEWEST, _SHORTEST, _ALIKE = 4, 400, 0.9
# How many blocks from the beginning may have the first picture again.
_NEAR = 4


def without_second_copy(blocks: m.Blocks, account: Account) -> m.Blocks:
    """Return the blocks without the second half if all its paragraphs are those of the first half, in the same order."""
    lines = [block for block in blocks if isinstance(block, m.Paragraph | m.Heading)]
    if len(lines) < 2 * _FEWEST or _text_of(lines[0]) != _text_of(lines[len(lines) // 2]):
        return blocks
    texts = [(at, _text_of(block)) for at, block in enumerate(blocks)]
    texts = [(at, text) for at, text in texts if text]
    half = len(texts) // 2
    if len(texts) % 2 or half < _FEWEST or len({text for _, text in texts}) == len(texts):
        return blocks
    first, second = [text for _, text in texts[:half]], [text for _, text in texts[half:]]
    if sum(map(reading_length, first)) < _SHORTEST or first[0] != second[0]:
        return blocks
    others = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(others) * _FEWEST > half or not all(_are_alike(a, b) for a, b in others):
        return blocks
    start = texts[half][0]
    for block in blocks[start:]:
        if text := _text_of(block):
            account.remove(block, "the text again", "second copy of the text", text=text)
    return (*blocks[:start], *(block for block in blocks[start:] if not _text_of(block)))


def without_second_lead(blocks: m.Blocks, account: Account) -> m.Blocks:
    """Return the blocks without one of two copies of the picture above the text, in any size, of which one has no caption."""
    first = blocks[0] if blocks else None
    if not isinstance(first, m.Figure) or first.image is None:
        return blocks
    for at, block in enumerate(blocks[1:_NEAR], 1):
        if isinstance(block, m.Figure) and block.image and _is_same(block.image, first.image):
            spare = at if not block.caption and not block.credit else 0
            if spare or not (first.caption or first.credit):
                picture = blocks[spare]
                account.remove(
                    picture, "the picture again", "second copy of the picture", text=block.image.src
                )
                return (*blocks[:spare], *blocks[spare + 1 :])
    return blocks


def _is_same(one: m.Image, other: m.Image) -> bool:
    return without_size(one.src) == without_size(other.src)


def _are_alike(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) * 10 <= len(one) and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _text_of(block: m.Block) -> str:
    return m.plain_text(block.content).strip() if isinstance(block, m.Paragraph | m.Heading) else ""
