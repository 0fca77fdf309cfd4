"""Lines of newsletters about the letter itself: `Email not displaying correctly? View it in your browser.`"""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.credits.typed import links_of
from feed2doc.readers._article.furniture.link_blocks import text_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

_MOST = 3
# The longest question before a link to the letter's page, the longest link there, and the signs that end a question.
_LONGEST_QUESTION, _LONGEST_LINK, _ASKS = 60, 24, ("?", "？", "؟")


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
    said = next(filter(None, (rules.words.find("letter-link", link) for link in links)), None)
    if said is None:
        return ""
    found = rules.words.find("letter", m.plain_text(line))
    if found is None and 0 < len(_link_after_question(line)) <= _LONGEST_LINK:
        found = said
    return found.reason if found is not None else ""


def _asks_and_links(line: m.Inlines, rules: Rules) -> str:
    """Return the rule for a short question with a link whose words alone are such a line, or "": `Trouble? <a>View online</a>`."""
    return rules.junk(words) if (words := _link_after_question(line)) else ""


def _link_after_question(line: m.Inlines) -> str:
    """Return the words of a link that is all there is after a short question, or ""."""
    match line:
        case (m.Text(asked), m.Link(content), *after) if len(asked) <= _LONGEST_QUESTION:
            if asked.rstrip().endswith(_ASKS) and not m.plain_text(tuple(after)).strip(" .。!！»›"):
                return m.plain_text(content).strip()
    return ""
