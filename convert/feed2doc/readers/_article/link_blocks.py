"""Blocks that consist of links to other articles, and what is before them."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc import model as m
from feed2doc._text.urls import host_of

SHORTEST_HEADLINE = 6
_START = 40


def is_text(block: m.Block) -> bool:
    """Return True if the block is a paragraph without links or other inlines, as most are."""
    return type(block) is m.Paragraph and len(block.content) == 1 and type(block.content[0]) is m.Text


def is_links(block: m.Block) -> bool:
    """Return True if the block has nothing but links with the length of a headline."""
    match block:
        case m.Paragraph(content) | m.Heading(_, content):
            links = list(_links_in(content))
            if not links:
                return False
            first = content[0].value[:_START] if type(content[0]) is m.Text else ""
            if len("".join(first.split())) > len(links) + 1:
                return False  # most paragraphs begin with text
            rest = len("".join(m.plain_text(content).split())) - sum(
                len("".join(m.plain_text(link.content).split())) for link in links
            )
            return rest <= len(links) + 1
        case m.BulletList(items) | m.OrderedList(items):
            return bool(items) and all(len(item) == 1 and is_links(item[0]) for item in items)
    return False


def leads_to_site(block: m.Block, url: str) -> bool:
    """Return True if the block has nothing but links to pages of the article's site, with the words of headlines."""
    if not is_links(block) or not (here := _site(url)):
        return False
    return all(
        _site(link.url) == here and len(m.plain_text(link.content)) >= SHORTEST_HEADLINE
        for link in links_in(block)
    )


def _site(url: str) -> str:
    return ".".join(host_of(url).removeprefix("www.").split(".")[-3:])


def links_in(block: m.Block) -> Iterator[m.Link]:
    """Yield the links of a block, also those in other inlines."""
    for content in m.texts_of(block):
        yield from _links_in(content)


def _links_in(content: m.Inlines) -> Iterator[m.Link]:
    for node in content:
        if type(node) is m.Link:
            yield node
        elif type(node) is m.Strong or type(node) is m.Emph or type(node) is m.Span:
            yield from _links_in(node.content)


def text_of(block: m.Block) -> str:
    """Return the text of a block, with a line for each of its texts."""
    return "\n".join(map(m.plain_text, m.texts_of(block)))


def announces(block: m.Block) -> bool:
    """Return True if the block is a heading, or ends with a colon."""
    bold = type(block) is m.Paragraph and all(type(node) is m.Strong for node in block.content)
    return bold or type(block) is m.Heading or text_of(block).rstrip()[-1:] in (":", "：")
