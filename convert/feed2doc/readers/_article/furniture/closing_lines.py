"""Lines at the end of a text that only name the article, lead to it, or invite to subscribe."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.furniture.invited import invited
from feed2doc.readers._article.furniture.link_blocks import text_of
from feed2doc.readers._article.furniture.own_lines import leads_to, names_article
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

# The length of the words between the end of the text and a link to the article itself, and where a text ends.
_LONGEST_INVITATION = 40
_TEXT_END = pattern(r"\.\.\.|[….。!?！？\])）]")
# How many lines at the end of a text only name the article, and how many files are below them.
_MOST_CLOSINGS = 3
_MOST_FILES = 3
# The day in the calendar of Taiwan that the Central News Agency sets after the last sentence: `……靠岸。1140505`.
_DAY_NUMBER = pattern(r"(?<=[。！？」』])1\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")


def without_closings(
    blocks: list[m.Block], url: str, headline: str, rules: Rules, account: Account
) -> list[m.Block]:
    """Return the blocks without such lines at their end, above files such as those attached to an entry. One block stays."""
    end = len(blocks)
    while end > 1 and len(blocks) - end < _MOST_FILES and type(blocks[end - 1]) in (m.Figure, m.Embed):
        end -= 1
    kept, files = blocks[:end], blocks[end:]
    for _ in range(_MOST_CLOSINGS):
        if not kept:
            break
        last = kept[-1]
        kept[-1] = _without_last_line(last, url, headline, rules, account)
        if kept[-1] is last and (len(kept) < 2 or not (reason := _closing(last, url, headline, rules))):
            break
        if kept[-1] is last:
            kept.pop()
            account.remove(last, reason, "last line of a feed", text=text_of(last))
    while len(kept) > 1 and type(kept[-1]) is m.Rule and {*map(type, files)} == {m.Embed}:
        kept.pop()  # it was above a line that is left out
    if kept:
        kept[-1] = _without_closing(kept[-1], headline, rules, account)
    return kept + files


def _closing(block: m.Block, url: str, headline: str, rules: Rules) -> str:
    """Return the rule by which a line at the end of the text only names the article, or ""."""
    if names_article(block, url, headline):
        return "the article's own URL"
    if reason := invited(block, rules):
        return reason
    return rules.closing(text_of(block), headline) if headline and type(block) is m.Paragraph else ""


def _without_last_line(last: m.Block, url: str, headline: str, rules: Rules, account: Account) -> m.Block:
    """Return the last block without a line after its last break that only names the article."""
    if type(last) is not m.Paragraph or m.LineBreak not in map(type, last.content):
        return last
    at = max(n for n, node in enumerate(last.content) if type(node) is m.LineBreak)
    line = m.Paragraph(last.content[at + 1 :])
    if not at or not line.content or not (reason := _closing(line, url, headline, rules)):
        return last
    account.remove(last.content[at:], reason, "last line of a feed", text=text_of(line))
    return m.Paragraph(last.content[:at])


def _without_closing(last: m.Block, headline: str, rules: Rules, account: Account) -> m.Block:
    """Return the last block without the line that names the article, behind its text if that lost its markup, and the number of a day."""
    match last:
        case m.Paragraph((*before, m.Text(text))) if text[-1:].isdecimal() and (
            day := _DAY_NUMBER.search(text)
        ):
            account.remove((m.Text(day[0]),), "the number of a day", "last line of a feed", text=day[0])
            return m.Paragraph((*before, m.Text(text[: day.start()])))
        case m.Paragraph((*before, m.Text(text))) if headline and (named := text.rfind(headline)) > 0:
            ends = [found.end() for found in _TEXT_END.finditer(text, 0, named)]
            line = text[ends[-1] :].strip() if ends else ""
            if line and (reason := rules.closing(line, headline)):
                account.remove((m.Text(text[ends[-1] :]),), reason, "last line of a feed", text=line)
                return m.Paragraph((*before, m.Text(text[: ends[-1]])))
    return last


def without_more(last: m.Block, url: str, rules: Rules, account: Account) -> m.Blocks:
    """Return the last block without a link at its end whose text says that it leads to the rest, or that leads to the article."""
    match last:
        case m.Paragraph((*before, m.Link(content))) if reason := rules.more(m.plain_text(content)):
            account.remove(content, reason, "link to the rest", text=m.plain_text(content))
            return (m.Paragraph(tuple(before)),) if before else ()
        case m.Paragraph((*before, m.Text(value), m.Link() as link)) if url and leads_to(link, url):
            return _without_invitation(last, before, value, account)
        case m.Paragraph((*before, m.Text(value), m.Link() as link, m.Text(end))) if (
            url and leads_to(link, url) and not any(map(str.isalnum, end))
        ):
            return _without_invitation(last, before, value, account)
    return (last,)


def _without_invitation(last: m.Paragraph, before: list[m.Inline], text: str, account: Account) -> m.Blocks:
    """Return the last paragraph without the few words after its end that invite to its own page: `… Read it on The Quay!`"""
    ends = [found.end() for found in _TEXT_END.finditer(text)]
    if not ends or len(text) - ends[-1] > _LONGEST_INVITATION:
        return (last,)
    kept = (*before, m.Text(text[: ends[-1]]))
    words = m.plain_text(last.content[len(before) :])[ends[-1] :]
    account.remove(
        (m.Text(text[ends[-1] :]), *last.content[len(before) + 1 :]),
        "the article's own URL",
        "link to the article",
        text=words,
    )
    return (m.Paragraph(kept),)
