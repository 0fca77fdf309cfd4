"""Headings of sections of which everything was left out, or read elsewhere: related links, invitations, notes."""

from __future__ import annotations

from collections.abc import Collection
from operator import is_

from feed2doc import model as m
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.open_block import EMPTIED
from feed2doc.readers._rules.words.lexicon import Lexicon

# A line that is the title of notes is a heading of the lowest level. Other bold lines may be the last ones of a text.
_LONGEST_LINE, _LOWEST = 40, 9
# The text of some articles is in headings.
_LONGEST_HEADING, _STOPS = 80, (".", "。")


def without_emptied_headings(
    blocks: m.Blocks,
    before: m.Blocks,
    emptied: Collection[m.Block],
    words: Lexicon,
    account: Account,
    names: Collection[str] = (),
) -> m.Blocks:
    """Return the blocks without the headings of sections of which nothing is left, if something was left out of them.

    `emptied` are blocks after which something was left out. `before` are the blocks of which others were taken since.
    A heading above the text is kept, because it may be a title, and so are `names`, of which several may be above a part.
    """
    if not emptied and len(blocks) == len(before):  # as in most articles
        return blocks
    above = [*emptied, *_followed_by_others(before, blocks)]
    if all(_level(block, words) is None for block in above):
        return blocks
    marked = set(map(id, above))
    text = next((at for at, block in enumerate(blocks) if _is_text(block, words)), len(blocks))
    kept: list[m.Block] = []
    for at, block in reversed([*enumerate(blocks)]):
        level = _level(block, words)
        after = next((each for each in reversed(kept) if not isinstance(each, m.Rule)), None)
        following = _level(after, words) if after is not None else 0
        if (
            level is not None
            and id(block) in marked
            and at > text
            and following is not None
            and following <= level
            and _words_of(block) not in names
        ):
            account.remove(block, EMPTIED, "heading of what is left out", text=_words_of(block))
            marked.add(id(blocks[at - 1]))
        else:
            kept.append(block)
    return tuple(reversed(kept))


def _followed_by_others(before: m.Blocks, blocks: m.Blocks) -> list[m.Block]:
    """Return the blocks whose next block was removed."""
    if before is blocks:
        return []
    if blocks and all(map(is_, before, blocks)):  # as most often, only the end was taken
        return [blocks[-1]] if len(blocks) < len(before) else []
    left = set(map(id, blocks))
    gone = [at for at, key in enumerate(map(id, before)) if at and key not in left]
    return [before[at - 1] for at in gone]


def _is_text(block: m.Block, words: Lexicon) -> bool:
    return not isinstance(block, m.Figure | m.Embed | m.Rule) and _level(block, words) is None


def _level(block: m.Block, lexicon: Lexicon) -> int | None:
    """Return the level of a heading, or None for another block."""
    match block:
        case m.Heading(level, content):
            words = m.plain_text(content).strip()
            return level if len(words) <= _LONGEST_HEADING and words[-1:] not in _STOPS else None
        case m.Paragraph((m.Strong((m.Text(words),)),) | (m.Text(words),)) if len(words) <= _LONGEST_LINE:
            return _LOWEST if lexicon.find("note-title", words) else None
    return None


def _words_of(block: m.Block) -> str:
    return m.plain_text(block.content) if isinstance(block, m.Heading | m.Paragraph) else ""
