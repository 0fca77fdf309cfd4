"""What a post has below its text to win readers: requests with pictures of codes, links of its paper, sections about an account."""

from __future__ import annotations

from functools import partial

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.credits.roles import credit_of
from feed2doc.readers._article.furniture.codes import MOST_BELOW, is_picture, is_slight, said_by
from feed2doc.readers._article.furniture.link_blocks import is_links, links_in, text_of
from feed2doc.readers._article.furniture.related_labels import invitation
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

# How long a request is, and how many pictures are of codes.
_LONGEST_REQUEST, _MOST_PICTURES = 200, 2
# How many lines may be between a request and the picture of a code, and how much longer the text above them is.
_MOST_BETWEEN, _TIMES = 2, 2
# How long the paragraph about an account is, and where in it its name is.
_LONGEST_ABOUT, _NEAR_START, _SHORTEST_NAME = 400, 40, 2
# How many lines with links of a paper are at its end.
_MOST_POINTED, _COLONS = 6, (":", "：")
_SENTENCES = pattern(r"(?<=[。！？!?])|(?<=\.)\s")
_CLAUSE = pattern(r"[^，。；！？,;!?\n]+")


def without_promotions(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without such sections, and without requests below the text, the pictures of their codes and what is between.

    Credits among them stay, and so does what is below the last request or picture, as a greeting may be.
    """
    kinds = set(map(type, blocks[-MOST_BELOW:]))
    if m.Heading in kinds:
        blocks = _without_about(blocks, rules, account)
        blocks = _without_advertised(blocks, rules, account)
    if m.Figure in kinds:
        blocks = _without_requests(blocks, rules, account)
        blocks = _without_lines_below_rights(blocks, rules, account)
    return blocks


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


def _without_requests(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without the requests below the text, the pictures next to them, and the lines between these but credits."""
    asking = _requests_in(blocks, rules)
    if not asking:
        return blocks
    start = min(asking)
    if start > 1 and _is_code_above(blocks, start, rules):
        asking[start - 1] = asking[start]
        start -= 1
    pictures = [at for at in range(start, len(blocks)) if is_picture(blocks[at])]
    last = _last_of(blocks, pictures, asking)
    if last < start or len(pictures) > _MOST_PICTURES:
        return blocks
    gone = [at for at in range(start, last + 1) if at in asking or not _is_credit(blocks[at], rules)]
    others = [blocks[at] for at in gone if at not in asking]
    if any(map(_has_caption, others)):
        return blocks
    if sum(len(text_of(block)) for block in blocks[:start]) < _TIMES * sum(len(text_of(b)) for b in others):
        return blocks
    for at in gone:
        account.remove(
            blocks[at], asking.get(at, asking[start]), "request below the text", text=said_by(blocks[at])
        )
    return tuple(block for at, block in enumerate(blocks) if at not in gone)


def _requests_in(blocks: m.Blocks, rules: Rules) -> dict[int, str]:
    """Return the rules of the requests below the text that are next to pictures, by their positions."""
    asking: dict[int, str] = {}
    first = len(blocks)
    while first and len(blocks) - first < MOST_BELOW:
        near = blocks[max(0, first - 2) : first + _MOST_BETWEEN + 1]
        if m.Figure in map(type, near) and (rule := _request(blocks[first - 1], rules)):
            asking[first - 1] = rule
        elif not is_slight(blocks[first - 1]):
            break
        first -= 1
    return asking


def _last_of(blocks: m.Blocks, pictures: list[int], asking: dict[int, str]) -> int:
    """Return the position of the last picture of a code, or of the request right below one whose caption asks, or -1."""
    codes = [at for at in asking if type(blocks[at]) is m.Figure]
    below = (at + 1 for at in codes if at + 1 in asking)
    return max((*codes, *below, *(at for at in pictures if _is_below(blocks, at, asking))), default=-1)


def _without_lines_below_rights(blocks: m.Blocks, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without a last request, and the one or two pictures and short lines between it and a line on rights above."""
    match blocks:
        case (*_, m.Paragraph(content)) if rule := invitation(m.plain_text(content), rules):
            at = len(blocks) - 1
        case _:
            return blocks
    role = None
    while role is None and at > 1 and len(blocks) - at < MOST_BELOW:
        at -= 1
        role = _role(blocks[at], rules)
        if role is None and not is_slight(blocks[at]):
            return blocks
    below = blocks[at + 1 :]
    pictures = sum(type(block) is m.Figure for block in below)
    if role != "rights" or not 0 < pictures <= _MOST_PICTURES:
        return blocks
    for block in below:
        account.remove(block, rule, "below the rights", text=said_by(block))
    return blocks[: at + 1]


def _is_code_above(blocks: m.Blocks, at: int, rules: Rules) -> bool:
    """Return True for the picture of a code right above a line that asks to scan it, if none is right below."""
    has_code = is_picture(blocks[at - 1]) and not any(map(is_picture, blocks[at + 1 : at + 2]))
    return has_code and rules.words.find("scan", text_of(blocks[at])) is not None


def _is_below(blocks: m.Blocks, picture: int, asking: dict[int, str]) -> bool:
    """Return True for a picture below a request, with at most a few lines or another such picture between them."""
    above = [at for at in asking if at < picture]
    between = blocks[max(above, default=picture) + 1 : picture]
    return bool(above) and sum(1 for block in between if not is_picture(block)) <= _MOST_BETWEEN


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
    return type(block) is m.Figure or (type(block) is m.Paragraph and len(text_of(block)) <= _LONGEST_REQUEST)


def _has_link(block: m.Block) -> bool:
    return (isinstance(block, m.Figure) and bool(block.url)) or any(links_in(block))


def _request(block: m.Block, rules: Rules) -> str:
    """Return the rule by which a line, or the first clause of a caption, asks to scan a code or to follow an account, or ""."""
    match block:
        case m.Paragraph(content) | m.Heading(content=content) | m.Figure(caption=content) if content:
            text = m.plain_text(content).strip()
        case _:
            return ""
    if len(text) > _LONGEST_REQUEST or rules.words.find("code", text) is None:
        return ""
    if isinstance(block, m.Figure) and (clause := _CLAUSE.match(text)):
        text = clause[0].strip()  # what follows may say what a picture of a code is for
    said = rules.words.find("credit", text)  # a weak rule, too, because a picture is next to the line
    return said.reason if said is not None and said.rule.role == "junk" else rules.junk(text)


def _has_caption(block: m.Block) -> bool:
    return isinstance(block, m.Figure) and bool(block.caption)


def _is_credit(block: m.Block, rules: Rules) -> bool:
    return _role(block, rules) is not None


def _role(block: m.Block, rules: Rules) -> str | None:
    """Return the role of a line that is a credit, or None."""
    role = credit_of(block.content, rules, "", set_apart=False) if isinstance(block, m.Paragraph) else None
    return None if role == "junk" else role
