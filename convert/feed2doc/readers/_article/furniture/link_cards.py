"""Cards of other articles below a label: linked headlines with pictures or teasers, and embedded pages of the same site."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.urls import are_of_one_site, host_of
from feed2doc.readers._article.furniture.link_blocks import (
    SHORTEST_HEADLINE,
    is_dated_link,
    is_links,
    is_pointed_links,
    text_of,
)

# The length of a teaser below the headline of another article.
_LONGEST_TEASER = 280


def is_own_page(block: m.Block, url: str) -> bool:
    """Return True for an embedded page of the article's site, as WordPress embeds another article."""
    return (
        type(block) is m.Embed
        and len(block.title) >= SHORTEST_HEADLINE
        and are_of_one_site(host_of(block.url), host_of(url))
    )


def links_end(blocks: m.Blocks, at: int, url: str) -> int:
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
                is_links(block) or is_dated_link(block) or is_pointed_links(block) or is_own_page(block, url)
            )
        if not is_card:
            break
        at += 1
    return at


def cards_end(blocks: m.Blocks, at: int) -> int:
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
