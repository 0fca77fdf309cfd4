"""Lines of newsletters about the letter itself: `Email not displaying correctly? View it in your browser.`"""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.credits import links_of
from feed2doc.readers._article.link_blocks import text_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

_MOST = 3


def without_letter_lines(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without short lines with a link at the beginning that are about the newsletter, not of it."""
    at = 0
    while at < min(_MOST, len(blocks) - 1):
        block = blocks[at]
        reason = letter_rule(block.content, rules) if isinstance(block, m.Paragraph) else ""
        if not reason:
            break
        account.remove(block, reason, "line of a newsletter", text=text_of(block))
        at += 1
    return blocks[at:]


def letter_rule(line: m.Inlines, rules: Rules) -> str:
    """Return the rule by which a line with a link is about the newsletter, or ""."""
    links = [m.plain_text(link.content).lower() for link in links_of(line)]
    found = rules.words.find("letter", m.plain_text(line)) if links else None
    if found is None or not any(rules.words.find("letter-link", link) for link in links):
        return ""
    return found.reason
