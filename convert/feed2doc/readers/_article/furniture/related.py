"""Lists of links to other articles, and the link to the rest of an abridged one."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.urls import are_of_one_site, host_of
from feed2doc.readers._article.furniture.closing_lines import without_closings, without_more
from feed2doc.readers._article.furniture.invited import only_invites
from feed2doc.readers._article.furniture.link_blocks import (
    LONGEST_LABEL,
    SHORTEST_HEADLINE,
    ends_with_text,
    is_announced,
    is_dated_link,
    is_links,
    is_pointed_links,
    is_text,
    leads_elsewhere,
    leads_to_site,
    links_in,
    text_of,
)
from feed2doc.readers._article.furniture.related_labels import (
    heading_of_links,
    invitation,
    label_in_link,
    labelled_box,
    labelled_link,
    line_of_links,
)
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

_MOST_LINKS = 12
# Signs before a link to another article.
_LINK_SIGNS = " \u00a0\u3000+»›>＞→➡▶►▷•·・■◆●▪–—-[【"
_LONGEST_BUTTON = 24
# The length of a tag.
_LONGEST_TAG = 40
# Signs that point to the link after them, and the length of a teaser below the headline of another article.
_ARROWS = frozenset("»>→▶►▷➤👉☞")
_LONGEST_TEASER = 280
# How many single links between paragraphs are not the titles of a digest.
_MOST_SINGLE = 3
_RULE = "related articles"
# The ends of sentences, which no headline has.
_FULL_STOPS = frozenset(".。।")


def without_related(blocks: m.Blocks, url: str, headline: str, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without lists of links to other articles.

    Such a list has a heading that says so, is between paragraphs with links to the same site, or follows the last paragraph. A
    list of links below any other heading, or that the text announces, is text, and so is a link to another site below a label.
    """
    texts = [*(is_text(block) and not _is_own_page(block, url) for block in blocks), True, True]
    kept = list(blocks) if all(texts) else _without_lists(blocks, texts, url, rules, account)
    if m.Paragraph not in map(type, kept):
        return blocks
    kept = without_closings(kept, url, headline, rules, account)
    last = kept[-1]
    if len(kept) > 1 and isinstance(last, m.Heading) and (reason := heading_of_links(text_of(last), rules)):
        account.remove(kept.pop(), reason, "heading without links", text=text_of(last))
    return (*kept[:-1], *without_more(kept[-1], url, rules, account))


def _without_lists(
    blocks: m.Blocks, texts: list[bool], url: str, rules: Rules, account: Account
) -> list[m.Block]:
    """Return the blocks without lists of links. `texts` says which ones are not such a list and do not begin with links."""
    kept: list[m.Block] = []
    at, last = 0, len(blocks)
    while last and is_links(blocks[last - 1]):
        last -= 1
    inserted = _inserted(blocks, texts, url, rules)
    below = _below_last_rule(blocks, url, rules)
    paragraphs = [n for n, block in enumerate(blocks) if type(block) is m.Paragraph] or [0]
    text = range(paragraphs[0] + 1, paragraphs[-1])
    while at < len(blocks):
        # A label without a link matters only above links, or above another one of them.
        if at not in (last, below) and all(texts[at : at + 3]):
            kept.append(blocks[at])
            at += 1
            continue
        if at in inserted:
            end, reason = at + 1, _RULE
        elif at == below:
            end, reason = len(blocks), _RULE
        elif at == last:
            end, reason = _at_the_end(blocks, at, url, rules)
        else:
            end, reason = _related_from(blocks, at, url, rules, is_inside=at in text)
        if end == at:
            kept.append(blocks[at])
            at += 1
            continue
        for block in blocks[at:end]:
            account.remove(block, reason, "links to other articles", text=text_of(block))
        at = end
    return kept


def _below_last_rule(blocks: m.Blocks, url: str, rules: Rules) -> int:
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


def _related_from(blocks: m.Blocks, at: int, url: str, rules: Rules, *, is_inside: bool) -> tuple[int, str]:
    """Return the end of the related articles that begin here (`at` if none do), and the rule that says so.

    `is_inside` means that there is a paragraph above and below.
    """
    block = blocks[at]
    if rule := only_invites(block, rules):
        return at + 1, rule
    match block:
        case m.Paragraph() | m.Heading():
            label = m.plain_text(block.content).strip()
            if (found := _related_below(blocks, at, block, label, url, rules)) is not None:
                return found
            if ends_with_text(line_of_links(block.content)):  # as most paragraphs
                return at, ""
            rule = _related_line(blocks, at, block, label, url, rules, is_inside=is_inside)
        case m.BulletList():
            rule = _related_list(blocks, at, block, url, rules, is_inside=is_inside)
        case m.Quote((m.Paragraph(content),), ()) | m.Aside((m.Paragraph(content),), ()):
            rule = labelled_link(content, m.plain_text(content).strip(), rules)
        case m.Aside((_, *_)):
            rule = labelled_box(block, rules)
    return (at + 1, rule) if rule else (at, "")


def _related_list(
    blocks: m.Blocks, at: int, block: m.BulletList, url: str, rules: Rules, *, is_inside: bool
) -> str:
    """Return the rule by which a list is a row of buttons, or the only link to a related article, or ""."""
    is_pager = any(map(str.isdecimal, text_of(block).split("\n")))
    if (not is_inside or is_links(block) or is_pager) and _is_row_of_buttons(block, rules):
        return "buttons"
    is_link = len(block.items) == 1 and leads_to_site(block, url)
    return _RULE if is_link and not is_announced(blocks, at, rules) else ""


def _related_below(
    blocks: m.Blocks, at: int, block: m.Paragraph | m.Heading, label: str, url: str, rules: Rules
) -> tuple[int, str] | None:
    """Return the end of the links or tags below this label, and the rule that says so, or None if it is not a label of them."""
    if rule := heading_of_links(label, rules):
        below = at + 1 + _is_second_label(blocks, at + 1, rules)
        end = _cards_end(blocks, below) or _links_end(blocks, below, url)
        if end == below:
            end = at + 1
        if end == at + 2 and leads_elsewhere(blocks[at + 1], url):
            return at, ""  # the article refers to a page of another site
        if end > at + 1 or (is_links(block) and len(label) > SHORTEST_HEADLINE):
            return end, rule
    if (
        len(blocks) == at + 2
        and len(label) <= LONGEST_LABEL
        and type(blocks[-1]) is m.BulletList
        and is_links(blocks[-1])
        and _are_tags(block, blocks[-1])
        and (said := rules.words.find("tag-label", label.rstrip(":：")))
    ):
        return len(blocks), said.reason
    return None


def _related_line(
    blocks: m.Blocks,
    at: int,
    block: m.Paragraph | m.Heading,
    label: str,
    url: str,
    rules: Rules,
    *,
    is_inside: bool,
) -> str:
    """Return the rule by which a line is the link to a related article, or an invitation, or ""."""
    if label[:1] in _ARROWS and leads_to_site(block, url) and not is_announced(blocks, at, rules):
        return _RULE
    is_set_apart = is_inside and all(type(node) is m.Emph for node in block.content)
    if is_set_apart and any(links_in(block)) and (asked := invitation(label, rules)):
        return asked
    return labelled_link(block.content, label, rules)


def _is_second_label(blocks: m.Blocks, at: int, rules: Rules) -> bool:
    """Return True for a line that says again what is below: `関連記事`, `こちらの記事もおすすめ。`"""
    block = blocks[at] if at < len(blocks) else None
    if type(block) is not m.Paragraph or any(links_in(block)):
        return False
    return bool(heading_of_links(text_of(block).rstrip("".join(_FULL_STOPS)), rules))


def _is_row_of_buttons(block: m.Block, rules: Rules) -> bool:
    """Return True for a list of which half of the items are the words of buttons, and none is longer. Numbers of pages do not count."""
    rows = text_of(block).split("\n")
    words = [row for row in rows if not row.strip().isdecimal()]
    if not words:
        return False
    known = sum(1 for each in words if rules.words.find("junk", each.strip()) is not None)
    return len(rows) > 1 and 2 * known >= len(words) and max(map(len, rows)) <= _LONGEST_BUTTON


def _inserted(blocks: m.Blocks, texts: list[bool], url: str, rules: Rules) -> set[int]:
    """Return the positions of lists and single lines of links to the same site between the paragraphs.

    They are text if something announces them, and if the article consists of them, as a digest does.
    """
    found = [
        at
        for at in range(1, len(blocks) - 1)
        if (type(blocks[at]) is m.Paragraph or type(blocks[at]) is m.BulletList)
        and not texts[at]
        and leads_to_site(blocks[at], url)
        and not is_announced(blocks, at, rules)
    ]
    if not found:
        return set()
    lists = {at for at in found if isinstance(blocks[at], m.BulletList)}
    single = {at for at in found if at not in lists and _is_inserted_line(blocks, at)}
    prose = sum(
        len(text_of(block))
        for at, block in enumerate(blocks)
        if isinstance(block, m.Paragraph) and at not in single
    )
    if sum(len(text_of(blocks[at])) for at in lists) > prose:
        lists = set()
    return lists | single if len(single) <= _MOST_SINGLE else lists


def _is_inserted_line(blocks: m.Blocks, at: int) -> bool:
    """Return True if a line is a single link, not numbered or bold, between two paragraphs of text."""
    line = blocks[at]
    if (
        not isinstance(line, m.Paragraph)
        or not isinstance(_first_after_signs(line.content), m.Link)
        or len(list(links_in(line))) != 1
    ):
        return False
    around = (blocks[at - 1], blocks[at + 1])
    text = text_of(line)
    return (
        not text[:1].isdigit()
        and text.rstrip()[-1:] not in _FULL_STOPS
        and all(isinstance(b, m.Paragraph) and not is_links(b) for b in around)
    )


def _are_tags(heading: m.Block, links: m.Block) -> bool:
    """Return True for a heading above a list of short links."""
    return type(heading) is m.Heading and all(
        len(m.plain_text(link.content)) <= _LONGEST_TAG for link in links_in(links)
    )


def _first_after_signs(content: m.Inlines) -> m.Inline:
    """Return the first inline that is not only signs, also in italics: `+ <a>…</a>`, `▶ <a>…</a>`, `<i>[<a>…</a>]</i>`."""
    match content:
        case (m.Emph(inner),) if inner:
            return _first_after_signs(inner)
        case (m.Text(value), second, *_) if value.strip(_LINK_SIGNS) == "":
            return second
    return content[0]


def _at_the_end(blocks: m.Blocks, at: int, url: str, rules: Rules) -> tuple[int, str]:
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
    is_several = several > 1 or text_of(block)[:1] in _ARROWS
    if is_several and several <= _MOST_LINKS and all(leads_to_site(block, url) for block in blocks[at:]):
        return len(blocks), _RULE
    return at, ""


def _is_own_page(block: m.Block, url: str) -> bool:
    """Return True for an embedded page of the article's site, as WordPress embeds another article."""
    return (
        type(block) is m.Embed
        and len(block.title) >= SHORTEST_HEADLINE
        and are_of_one_site(host_of(block.url), host_of(url))
    )


def _links_end(blocks: m.Blocks, at: int, url: str) -> int:
    """Return the end of the links that begin here, which may have pictures above them or be the captions of pictures.

    A page of the article's site may be embedded instead.
    """
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, m.Figure) and block.url:
            is_card = (
                is_links(m.Paragraph(block.caption))
                if block.caption
                else is_links(blocks[at + 1])
                if at + 1 < len(blocks)
                else False
            )
        else:
            is_card = (
                is_links(block) or is_dated_link(block) or is_pointed_links(block) or _is_own_page(block, url)
            )
        if not is_card:
            break
        at += 1
    return at


def _cards_end(blocks: m.Blocks, at: int) -> int:
    """Return the end of the blocks if nothing but cards of other articles is left, else 0.

    Each has a linked headline and perhaps a picture; all of them, or none, have a teaser of one paragraph.
    """
    teasers: list[int] = []
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, m.Heading) and is_links(block):
            teasers.append(0)
        elif isinstance(block, m.Paragraph) and teasers and len(text_of(block)) <= _LONGEST_TEASER:
            teasers[-1] += 1
        elif not isinstance(block, m.Figure):
            return 0
        at += 1
    return at if len(teasers) > 1 and set(teasers) in ({0}, {1}) else 0
