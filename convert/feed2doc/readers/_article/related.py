"""Lists of links to other articles, and the link to the rest of an abridged one."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc import model as m
from feed2doc._text.urls import host_of, normalize_url
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

_LONGEST_LABEL = 60
_SHORTEST_HEADLINE = 6
_MOST_LINKS = 12
_RULE = "related articles"


def without_related(blocks: m.Blocks, url: str, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without lists of links to other articles.

    Such a list has a heading that says so, is a list of a single link of the same site, or follows the last paragraph. A list
    of links below any other heading is text.
    """
    kept: list[m.Block] = []
    at, last = 0, len(blocks)
    while last and _is_links(blocks[last - 1]):
        last -= 1
    while at < len(blocks):
        # A label without a link matters only above links.
        if at != last and _is_text(blocks[at]) and (at + 1 == len(blocks) or _is_text(blocks[at + 1])):
            kept.append(blocks[at])
            at += 1
            continue
        end, reason = _related_from(blocks, at, url, rules) if at != last else _at_the_end(blocks, at, url)
        if end == at:
            kept.append(blocks[at])
            at += 1
            continue
        for block in blocks[at:end]:
            account.remove(block, reason, "links to other articles", text=_text(block))
        at = end
    if not any(isinstance(block, m.Paragraph) for block in kept):
        return blocks
    if len(kept) > 1 and _names_article_and_site(kept[-1], url):
        last_line = kept.pop()
        account.remove(last_line, "the article's own URL", "last line of a feed", text=_text(last_line))
    return (*kept[:-1], *_without_more(kept[-1], rules, account))


def _names_article_and_site(block: m.Block, url: str) -> bool:
    """Return True for a short line with links to the article itself and to the start of its site, as feeds end with."""
    if not isinstance(block, m.Paragraph) or not url:
        return False
    links = list(_links(block))
    if (
        len(links) != 2
        or len(_text(block)) - sum(len(m.plain_text(link.content)) for link in links) > _LONGEST_LABEL
    ):
        return False
    own, site = (normalize_url(link.url) for link in links)
    return own == normalize_url(url) != site and bool(site) and own.startswith(site)


def _is_text(block: m.Block) -> bool:
    """Return True if the block is a paragraph without links or other inlines, as most are."""
    return type(block) is m.Paragraph and len(block.content) == 1 and type(block.content[0]) is m.Text


def _related_from(blocks: m.Blocks, at: int, url: str, rules: Rules) -> tuple[int, str]:
    """Return the end of the related articles that begin here (`at` if none do), and the rule that says so."""
    block = blocks[at]
    if isinstance(block, m.BulletList) and len(block.items) == 1 and _leads_to_site(block, url):
        return at + 1, _RULE
    if type(block) is not m.Paragraph and type(block) is not m.Heading:
        return at, ""
    label = m.plain_text(block.content).strip()
    if len(label) <= _LONGEST_LABEL and (said := rules.words.find("related", label)):
        end = _links_end(blocks, at + 1)
        if end > at + 1 or (_is_links(block) and len(label) > _SHORTEST_HEADLINE):
            return end, said.reason
    if type(block.content[-1]) is m.Text or (said := rules.words.find("related-before", label)) is None:
        return at, ""
    rest = _after(block.content, label, said.match.end())
    return (at + 1, said.reason) if _is_links(m.Paragraph(rest)) else (at, "")


def _at_the_end(blocks: m.Blocks, at: int, url: str) -> tuple[int, str]:
    """Return the end of the links after the last paragraph, unless something announces them."""
    before = _text(blocks[at - 1]).rstrip() if at else ":"
    if at < 3 or isinstance(blocks[at - 1], m.Heading) or before[-1:] in ":：":
        return at, ""
    several = sum(len(list(_links(block))) for block in blocks[at:])
    if 1 < several <= _MOST_LINKS and all(_leads_to_site(block, url) for block in blocks[at:]):
        return len(blocks), _RULE
    return at, ""


def _links_end(blocks: m.Blocks, at: int) -> int:
    while at < len(blocks) and _is_links(blocks[at]):
        at += 1
    return at


def _is_links(block: m.Block) -> bool:
    """Return True if the block has nothing but links with the length of a headline."""
    match block:
        case m.Paragraph(content) | m.Heading(_, content):
            if all(isinstance(node, m.Text) for node in content):
                return False
            links = list(_links(block))
            rest = len("".join(m.plain_text(content).split())) - sum(
                len("".join(m.plain_text(link.content).split())) for link in links
            )
            return bool(links) and rest <= len(links) + 1
        case m.BulletList(items) | m.OrderedList(items):
            return bool(items) and all(len(item) == 1 and _is_links(item[0]) for item in items)
    return False


def _leads_to_site(block: m.Block, url: str) -> bool:
    """Return True if the block has nothing but links to pages of the article's site, with the words of headlines."""
    links = list(_links(block))
    here = _site(url)
    return (
        _is_links(block)
        and bool(here)
        and all(
            _site(link.url) == here and len(m.plain_text(link.content)) >= _SHORTEST_HEADLINE
            for link in links
        )
    )


def _site(url: str) -> str:
    return ".".join(host_of(url).removeprefix("www.").split(".")[-3:])


def _links(block: m.Block) -> Iterator[m.Link]:
    for content in m.texts_of(block):
        yield from _links_in(content)


def _links_in(content: m.Inlines) -> Iterator[m.Link]:
    for node in content:
        if isinstance(node, m.Link):
            yield node
        elif isinstance(node, m.Strong | m.Emph | m.Span):
            yield from _links_in(node.content)


def _text(block: m.Block) -> str:
    return "\n".join(map(m.plain_text, m.texts_of(block)))


def _after(content: m.Inlines, label: str, length: int) -> m.Inlines:
    """Return the inlines after a label at their beginning, which is not part of a link."""
    match content:
        case (m.Text(value), *rest):
            return (m.Text(value[length:]), *rest) if len(value) > length else tuple(rest)
        case (m.Strong(inner) | m.Emph(inner), *rest):
            return (*_after(inner, label, length), *rest)
    return content


def _without_more(last: m.Block, rules: Rules, account: Account) -> m.Blocks:
    """Return the last block without a link at its end whose text says that it leads to the rest."""
    match last:
        case m.Paragraph((*before, m.Link(content))) if found := rules.words.find(
            "more", m.plain_text(content).strip(" .…\u00a0")
        ):
            account.remove(content, found.reason, "link to the rest", text=m.plain_text(content))
            return (m.Paragraph(tuple(before)),) if before else ()
    return (last,)
