"""Blocks that recur at the ends of the entries of a feed: promotion, rows of buttons, words about the feed.

What the articles of a source share is not part of any of them, in whichever language it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from math import ceil

from feed2doc._text.recurrence import key_of
from feed2doc.errors import ReadError
from feed2doc.readers._feed.entry import FeedEntry
from feed2doc.readers._html.end_blocks import MOST_LINES, end_blocks, last_lines
from feed2doc.readers._html.parse import parse_html

FEWEST = 3
"""In how many entries a block must be to recur."""
_SHARE = 1 / 2


def recurring_in(entries: Iterable[FeedEntry], name: str) -> dict[str, str]:
    """Return the texts (`Block.key`) of the blocks that recur in entries with HTML, with the number of the entries that have them.

    The first and the last line of a summary count as well, and so do the last ones of a block. `name` is that of the feed, for errors.
    """
    ends = [_keys_of(entry, name) for entry in entries if "<" in entry.body]
    fewest = max(FEWEST, ceil(_SHARE * len(ends)))
    counts = Counter(key for keys in ends for key in keys)
    return {key: f"{count} of {len(ends)}" for key, count in counts.items() if count >= fewest}


def _keys_of(entry: FeedEntry, name: str) -> set[str]:
    try:
        root = parse_html(entry.body, name)
    except ReadError:  # as it is said when the entry is read
        return set()
    lines = entry.summary.split("\n")
    ends = (lines[0], lines[-1], " ".join(lines[-2:])) if len(lines) > 1 else ()
    blocks = end_blocks(root, entry.title)
    typed = (key for _, _, key in islice(last_lines(blocks[-1], entry.title), MOST_LINES)) if blocks else ()
    return {key_of(line, entry.title) for line in ends} | {block.key for block in blocks} | {*typed}
