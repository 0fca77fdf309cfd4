"""Lines of credits: split at line breaks and joined, and without links and words that are not credits."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc import model as m
from feed2doc.readers._article.credits.roles import credit_of
from feed2doc.readers._article.furniture.page_lines import leads_to_archive
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.captions.of_blocks import caption_of
from feed2doc.readers._blocks.inlines import split_lines, trim
from feed2doc.readers._rules.lookup import Rules

SENTENCE_ENDS = frozenset('.。!！?？…”"」』')


def lines_of(blocks: Sequence[m.Block]) -> list[m.Inlines]:
    """Return the lines of these blocks, split at paragraphs and line breaks."""
    rows = (b.content if isinstance(b, m.Paragraph) else caption_of((b,)) for b in blocks)
    return [line for row in rows for line in split_lines(row)]


def joined(lines: Sequence[m.Inlines]) -> m.Paragraph:
    """Return the lines as one paragraph."""
    row: list[m.Inline] = []
    for line in lines:
        row += [*([m.LineBreak()] if row else []), *line]
    return m.Paragraph(tuple(row))


def without_junk(lines: Sequence[m.Inlines], rules: Rules, account: Account) -> list[m.Inlines]:
    """Return the lines of credits without those, and the links at their ends, that are not credits."""
    cut = without_last_links(lines, rules, account)
    return [line for line in cut if not _drop_junk(line, rules, account)]


def without_last_links(lines: Sequence[m.Inlines], rules: Rules, account: Account) -> list[m.Inlines]:
    """Return the lines without links to other articles of an author at their ends."""
    return [_without_last_link(line, rules, account) for line in lines]


def _without_last_link(line: m.Inlines, rules: Rules, account: Account) -> m.Inlines:
    """Return a line without a link to other articles of the author after a sentence: `Ann Ba writes. View all posts by Ann Ba`."""
    if len(line) == 1 and isinstance(only := line[0], m.Emph | m.Strong):
        cut = _without_last_link(only.content, rules, account)
        return line if cut is only.content else (type(only)(cut),)
    if len(line) < 2 or type(link := line[-1]) is not m.Link:
        return line
    before = m.plain_text(line[:-1]).rstrip()
    is_apart = before[-1:] in SENTENCE_ENDS or type(line[-2]) is m.LineBreak
    if not (is_apart and leads_to_archive(link, rules)) and not rules.junk(m.plain_text(link.content)):
        return line
    account.remove(line[-1:], "words: junk", text=m.plain_text(link.content))
    return trim(line[:-1])


def _drop_junk(line: m.Inlines, rules: Rules, account: Account) -> bool:
    """Leave out a line with words that are not credits. Return False for others."""
    if credit_of(line, rules, "", set_apart=True) != "junk":
        return False
    account.remove(line, "words: junk", text=m.plain_text(line))
    return True
