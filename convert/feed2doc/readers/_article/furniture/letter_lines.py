"""Lines of newsletters about the letter itself: `Email not displaying correctly? View it in your browser.`"""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.credits.typed import links_of
from feed2doc.readers._article.furniture.link_blocks import text_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

_MOST = 3
# The longest question before a link to the letter's page, and the signs that end one.
_LONGEST_QUESTION, _ASKS = 60, "?？؟"


def without_letter_lines(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without short lines with a link at the beginning that are about the newsletter, not of it."""
    at = 0
    while at < min(_MOST, len(blocks) - 1):
        block = blocks[at]
        line = block.content if isinstance(block, m.Paragraph) else ()
        reason = (letter_rule(line, rules) or _asks_and_links(line, rules)) if line else ""
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


def _asks_and_links(line: m.Inlines, rules: Rules) -> str:
    """Return the rule for a short question with a link whose words alone are such a line, or "": `Trouble? <a>View online</a>`."""
    match line:
        case (m.Text(asked), m.Link(content), *after) if len(asked) <= _LONGEST_QUESTION:
            is_asked = asked.rstrip()[-1:] in _ASKS and not m.plain_text(tuple(after)).strip(" .。!！»›")
            return rules.junk(m.plain_text(content).strip()) if is_asked else ""
    return ""
