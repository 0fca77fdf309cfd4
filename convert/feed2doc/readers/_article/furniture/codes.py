"""Pictures of codes next to requests to scan them that are left out."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc import model as m
from feed2doc.readers._article.furniture.link_blocks import text_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.counting import address_of
from feed2doc.readers._rules.lookup import Rules

MOST_BELOW = 12
"""How many blocks are looked at below a text."""
# How many pictures may be below a request, as one of an account and one of its author, and how long a line among them is.
_MOST_PICTURES, _LONGEST_LINE = 2, 40


def without_codes_above(blocks: m.Blocks, codes: Sequence[m.Block], account: Account) -> m.Blocks:
    """Return the blocks without these pictures below the text, if no other picture, which may be of the code, is right below."""
    if not codes:
        return blocks
    kept = list(blocks)
    for at in range(len(blocks) - 1, max(0, len(blocks) - MOST_BELOW), -1):
        block = blocks[at]
        if not is_slight(block):
            break
        is_code = is_picture(block) and any(each is block for each in codes)
        if is_code and not any(map(is_picture, blocks[at + 1 : at + 2])):
            account.remove(kept.pop(at), "words: code", "picture of a code", text=said_by(block))
    return tuple(kept)


def drop_codes(below: list[m.Block], lines: Sequence[str], rules: Rules, account: Account) -> None:
    """Leave out the pictures without captions that are all there is below lines that ask to scan a code or to follow an account."""
    figures = [each for each in below if isinstance(each, m.Figure)]
    if not 0 < len(figures) <= _MOST_PICTURES or any(each.caption for each in figures):
        return
    if len(figures) < sum(type(each) is not m.Rule for each in below):
        return
    if all(rules.words.find("code", line) is None for line in lines):
        return
    for figure in figures:
        account.remove(figure, "words: code", "picture of a code", text=address_of(figure))
    below.clear()


def without_codes_below(
    blocks: m.Blocks, emptied: Sequence[m.Block], lines: Sequence[str], rules: Rules, account: Account
) -> m.Blocks:
    """Return the blocks without such pictures at their end, below a line that a rule dropped.

    `emptied` are the blocks after which something was left out, `lines` the lines that were.
    """
    end = len(blocks)
    while end and type(blocks[end - 1]) in (m.Figure, m.Rule):
        end -= 1
    left = [at for at in range(max(end - 1, 0), len(blocks)) if any(each is blocks[at] for each in emptied)]
    if not end or not left:
        return blocks
    at = left[-1] + 1
    below = list(blocks[at:])
    drop_codes(below, lines[-1:], rules, account)
    return (*blocks[:at], *below)


def is_slight(block: m.Block) -> bool:
    """Return True for a picture, a rule, and a short line."""
    match block:
        case m.Figure() | m.Rule():
            return True
        case m.Paragraph() | m.Heading():
            return len(text_of(block)) <= _LONGEST_LINE
    return False


def is_picture(block: m.Block) -> bool:
    """Return True for a picture without a caption."""
    return isinstance(block, m.Figure) and not block.caption


def said_by(block: m.Block) -> str:
    """Return the text of a block, or the address of a picture, for the account."""
    return address_of(block) if isinstance(block, m.Figure) else text_of(block)
