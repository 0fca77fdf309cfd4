"""Links to other articles below the text: after the last paragraph, and below the last rule (`hr`)."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.furniture.link_blocks import (
    ARROWS,
    LONGEST_LABEL,
    RELATED,
    are_of_one_account,
    is_announced,
    leads_to_site,
    links_in,
    text_of,
)
from feed2doc.readers._article.furniture.related_labels import invitation, label_in_link
from feed2doc.readers._rules.lookup import Rules

_MOST_LINKS = 12


def links_at_end(blocks: m.Blocks, at: int, url: str, rules: Rules) -> tuple[int, str]:
    """Return the end of the links after the last paragraph, unless something announces them."""
    block = blocks[at]
    if (
        at
        and isinstance(block, m.Paragraph)
        and (rule := label_in_link(block.content, text_of(block), rules))
    ):
        return at + 1, rule
    if at < 3 or is_announced(blocks, at, rules):
        return at, ""
    several = sum(len(list(links_in(block))) for block in blocks[at:])
    is_several = several > 1 or text_of(block)[:1] in ARROWS
    if is_several and several <= _MOST_LINKS:
        links = blocks[at:]
        if all(leads_to_site(block, url) for block in links) or are_of_one_account(links, rules):
            return len(blocks), RELATED
    return at, ""


def below_last_rule(blocks: m.Blocks, url: str, rules: Rules) -> int:
    """Return the start of what is below the last rule (`hr`) if it is nothing but labels and lists of links to the same site, else -1."""
    at, lists = len(blocks) - 1, 0
    while (
        at > 1
        and type(last := blocks[at]) is m.Paragraph
        and any(links_in(last))
        and invitation(text_of(last), rules)
    ):
        at -= 1
    while at > 1 and type(block := blocks[at]) is not m.Rule:
        if type(block) is m.BulletList and leads_to_site(block, url):
            lists += 1
        elif not lists or type(block) not in (m.Paragraph, m.Heading) or len(text_of(block)) > LONGEST_LABEL:
            return -1
        at -= 1
    return at + 1 if lists and at > 1 else -1
