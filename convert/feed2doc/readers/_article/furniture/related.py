"""Lists of links to other articles, and lines that lead to one, by their labels and by where they are."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.furniture.closing_lines import without_closings, without_more
from feed2doc.readers._article.furniture.inserted_links import inserted_links
from feed2doc.readers._article.furniture.invited import only_invites
from feed2doc.readers._article.furniture.last_links import below_last_rule, links_at_end
from feed2doc.readers._article.furniture.link_blocks import (
    ARROWS,
    FULL_STOPS,
    LONGEST_LABEL,
    RELATED,
    SHORTEST_HEADLINE,
    ends_with_text,
    is_announced,
    is_links,
    is_text,
    leads_elsewhere,
    leads_to_site,
    links_in,
    text_of,
)
from feed2doc.readers._article.furniture.link_cards import cards_end, is_own_page, links_end
from feed2doc.readers._article.furniture.related_labels import (
    heading_of_links,
    invitation,
    labelled_box,
    labelled_link,
    line_of_links,
)
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

_LONGEST_BUTTON, _LONGEST_TAG = 24, 40


def without_related(blocks: m.Blocks, url: str, headline: str, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without lists of links to other articles.

    Such a list has a heading that says so, is between paragraphs with links to the same site, or follows the last paragraph. A
    list of links below any other heading, or that the text announces, is text, and so is a link to another site below a label.
    """
    texts = [*(is_text(block) and not is_own_page(block, url) for block in blocks), True, True]
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
    inserted = inserted_links(blocks, texts, url, rules)
    below = below_last_rule(blocks, url, rules)
    paragraphs = [n for n, block in enumerate(blocks) if type(block) is m.Paragraph] or [0]
    text = range(paragraphs[0] + 1, paragraphs[-1])
    while at < len(blocks):
        # A label without a link matters only above links, or above another one of them.
        if at not in (last, below) and all(texts[at : at + 3]):
            kept.append(blocks[at])
            at += 1
            continue
        if at in inserted:
            end, reason = at + 1, RELATED
        elif at == below:
            end, reason = len(blocks), RELATED
        elif at == last:
            end, reason = links_at_end(blocks, at, url, rules)
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
    return RELATED if is_link and not is_announced(blocks, at, rules) else ""


def _related_below(
    blocks: m.Blocks, at: int, block: m.Paragraph | m.Heading, label: str, url: str, rules: Rules
) -> tuple[int, str] | None:
    """Return the end of the links or tags below this label, and the rule that says so, or None if it is not a label of them."""
    if rule := heading_of_links(label, rules):
        below = at + 1 + _is_second_label(blocks, at + 1, rules)
        end = cards_end(blocks, below) or links_end(blocks, below, url)
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
    if label[:1] in ARROWS and leads_to_site(block, url) and not is_announced(blocks, at, rules):
        return RELATED
    is_set_apart = is_inside and all(type(node) is m.Emph for node in block.content)
    if is_set_apart and any(links_in(block)) and (asked := invitation(label, rules)):
        return asked
    return labelled_link(block.content, label, rules)


def _is_second_label(blocks: m.Blocks, at: int, rules: Rules) -> bool:
    """Return True for a line that says again what is below: `関連記事`, `こちらの記事もおすすめ。`"""
    block = blocks[at] if at < len(blocks) else None
    if type(block) is not m.Paragraph or any(links_in(block)):
        return False
    return bool(heading_of_links(text_of(block).rstrip("".join(FULL_STOPS)), rules))


def _is_row_of_buttons(block: m.Block, rules: Rules) -> bool:
    """Return True for a list of which half of the items are the words of buttons, and none is longer. Numbers of pages do not count."""
    rows = text_of(block).split("\n")
    words = [row for row in rows if not row.strip().isdecimal()]
    if not words:
        return False
    known = sum(1 for each in words if rules.words.find("junk", each.strip()) is not None)
    return len(rows) > 1 and 2 * known >= len(words) and max(map(len, rows)) <= _LONGEST_BUTTON


def _are_tags(heading: m.Block, links: m.Block) -> bool:
    """Return True for a heading above a list of short links."""
    return type(heading) is m.Heading and all(
        len(m.plain_text(link.content)) <= _LONGEST_TAG for link in links_in(links)
    )
