"""Links to other articles between the paragraphs of a text: lists, and single lines that are not the titles of a digest."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.furniture.link_blocks import (
    FULL_STOPS,
    is_announced,
    is_links,
    leads_to_site,
    links_in,
    text_of,
)
from feed2doc.readers._rules.lookup import Rules

# How many single links between paragraphs are not the titles of a digest.
_MOST_SINGLE = 3
# Signs before a link to another article.
_LINK_SIGNS = " \u00a0\u3000+»›>＞→➡▶►▷•·・■◆●▪–—-[【"


def inserted_links(blocks: m.Blocks, texts: list[bool], url: str, rules: Rules) -> set[int]:
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
        and text.rstrip()[-1:] not in FULL_STOPS
        and all(isinstance(b, m.Paragraph) and not is_links(b) for b in around)
    )


def _first_after_signs(content: m.Inlines) -> m.Inline:
    """Return the first inline that is not only signs, also in italics: `+ <a>…</a>`, `▶ <a>…</a>`, `<i>[<a>…</a>]</i>`."""
    match content:
        case (m.Emph(inner),) if inner:
            return _first_after_signs(inner)
        case (m.Text(value), second, *_) if value.strip(_LINK_SIGNS) == "":
            return second
    return content[0]
