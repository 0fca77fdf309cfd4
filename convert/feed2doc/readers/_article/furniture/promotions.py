"""What a post has below its text to win readers: links of its paper, sections about an account or with advertising."""

from __future__ import annotations

from functools import partial

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.furniture.codes import MOST_BELOW, is_picture, said_by
from feed2doc.readers._article.furniture.link_blocks import is_links, links_in, text_of
from feed2doc.readers._article.furniture.related_labels import invitation
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

# How long a paragraph of advertising is, and how many pictures are of codes.
_LONGEST_ADVERTISED, _MOST_PICTURES = 200, 2
# How long the paragraph about an account is, and where in it its name is.
_LONGEST_ABOUT, _NEAR_START, _SHORTEST_NAME = 400, 40, 2
# How many lines with links of a paper are at its end.
_MOST_POINTED, _COLONS = 6, (":", "：")
_SENTENCES = pattern(r"(?<=[。！？!?])|(?<=\.)\s")


def without_promotions(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without a last section about an account, or with advertising."""
    if m.Heading not in map(type, blocks[-MOST_BELOW:]):
        return blocks
    return _without_advertised(_without_about(blocks, rules, account), rules, account)


def without_pointed_links(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without last lines that are nothing but links with a sign before them, as papers promote themselves: `▶ Quay TV`.

    A colon or a heading above them announces that they are text.
    """
    at = len(blocks)
    while at > 1 and len(blocks) - at < _MOST_POINTED and (rule := _pointed(blocks[at - 1], rules)):
        above = blocks[at - 2]
        if type(above) is m.Heading or said_by(above).rstrip()[-1:] in _COLONS:
            break
        at -= 1
        account.remove(blocks[at], rule, "link of the paper", text=said_by(blocks[at]))
    return blocks[:at]


def _pointed(block: m.Block, rules: Rules) -> str:
    if type(block) is not m.Paragraph or not is_links(block):
        return ""
    found = rules.words.find("pointing", m.plain_text(block.content))
    return found.reason if found is not None else ""


def _without_about(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without a last section that says what an account is and asks to follow it: `关于海边周刊`."""
    at = len(blocks)
    while at and is_picture(blocks[at - 1]):
        at -= 1
    match blocks[at - 2 : at] if at > 2 and len(blocks) - at <= _MOST_PICTURES else ():
        case (m.Heading(content=label), m.Paragraph(content)):
            title, text = m.plain_text(label), m.plain_text(content)
        case _:
            return blocks
    if len(text) > _LONGEST_ABOUT or (about := rules.words.find("about", title)) is None:
        return blocks
    name = title[about.match.end() :].strip()
    if len(name) < _SHORTEST_NAME or name not in text[:_NEAR_START]:
        return blocks
    has_code = at < len(blocks) and rules.words.find("code", text) is not None
    if not has_code and not any(map(partial(invitation, rules=rules), filter(None, _SENTENCES.split(text)))):
        return blocks
    for block in blocks[at - 2 :]:
        account.remove(block, about.reason, "section about an account", text=said_by(block))
    return blocks[: at - 2]


def _without_advertised(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without a last section whose heading says that it is advertising: `【PR】おすすめ`."""
    at = len(blocks) - 1
    while at > 0 and type(blocks[at]) is not m.Heading:
        at -= 1
    if (
        at < 1
        or len(blocks) - at > MOST_BELOW
        or (said := rules.words.find("advertised", text_of(blocks[at]))) is None
    ):
        return blocks
    below = blocks[at + 1 :]
    if not all(map(_is_of_advertising, below)) or not any(map(_has_link, below)):
        return blocks
    for block in blocks[at:]:
        account.remove(block, said.reason, "advertising section", text=said_by(block))
    return blocks[:at]


def _is_of_advertising(block: m.Block) -> bool:
    return type(block) is m.Figure or (
        type(block) is m.Paragraph and len(text_of(block)) <= _LONGEST_ADVERTISED
    )


def _has_link(block: m.Block) -> bool:
    return (isinstance(block, m.Figure) and bool(block.url)) or any(links_in(block))
