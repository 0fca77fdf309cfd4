"""Headings, lists and quotations that have nothing but lines of the credits."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc.readers._article.authors.biographies import begins_with_author, biography_of
from feed2doc.readers._article.credits.boxes import is_signed_box
from feed2doc.readers._article.credits.lines import joined, lines_of
from feed2doc.readers._article.credits.paragraph_ends import MOST_LINES, is_announced
from feed2doc.readers._article.credits.roles import credit_of
from feed2doc.readers._article.furniture.related_labels import invitation
from feed2doc.readers._blocks.inlines import split_lines
from feed2doc.readers._rules.lookup import Rules

SHORT = 120
"""The length of a short line."""


def line_in(block: m.Block, above: m.Blocks, rules: Rules, byline: str) -> m.Paragraph | None:
    """Return the short line, or the biography, that alone is in a heading, list or quotation, or None.

    Several lines in a quotation, and items of a list, are credits if all of them are: `本文作者：… / 本文链接：… / 版权声明：…`.
    What the text above announces is a part of the text.
    """
    line = _content_of(block)
    if line is None or is_announced(above, rules):
        return None
    if m.LineBreak in map(type, line.content):
        may_be_several = isinstance(block, m.Quote) or (
            isinstance(block, m.BulletList) and len(block.items) > 1
        )
        return line if may_be_several and _are_credits(block, line, rules, byline) else None
    text = m.plain_text(line.content)
    return line if len(text) <= SHORT or begins_with_author(text, byline) or invitation(text, rules) else None


def _content_of(block: m.Block) -> m.Paragraph | None:
    """Return all of a heading, a list or a quotation as one paragraph, or None if it has anything but a few paragraphs."""
    match block:
        case m.Heading(content=content):
            return m.Paragraph(content)
        case m.BulletList(items=((m.Paragraph() as line,),)) | m.Quote((m.Paragraph() as line,), ()):
            return line
        case m.Quote(inner, ()) if len(inner) <= MOST_LINES and all(
            type(each) is m.Paragraph for each in inner
        ):
            return joined(lines_of(inner))
        case m.BulletList(items) if 1 < len(items) <= MOST_LINES and all(map(_is_line, items)):
            return joined(lines_of([inner for item in items for inner in item]))
    return None


def _is_line(item: m.Blocks) -> bool:
    return len(item) == 1 and type(item[0]) is m.Paragraph


def _are_credits(block: m.Block, several: m.Paragraph, rules: Rules, byline: str) -> bool:
    """Return True if all lines of a block are credits or biographies, or if they are a signed box."""
    lines = split_lines(several.content)
    if len(lines) > MOST_LINES:
        return False
    if type(block) is m.Quote and is_signed_box(lines, rules, byline):
        return True
    roles = [credit_of(each, rules, byline, set_apart=True) for each in lines]
    return any(roles) and all(
        role or biography_of(m.plain_text(line), rules.words) for role, line in zip(roles, lines, strict=True)
    )
