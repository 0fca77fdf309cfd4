"""Closing of open blocks: the content of each becomes blocks of its parent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from feed2doc import model as m
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.attributes import align_of, level_of, number
from feed2doc.readers._blocks.attributions import split_attribution, without_dash
from feed2doc.readers._blocks.captions.credit_brackets import SENTENCE_END
from feed2doc.readers._blocks.captions.joining import side_by_side
from feed2doc.readers._blocks.captions.of_blocks import caption_of, media_of
from feed2doc.readers._blocks.captions.parts import without_stray_spaces
from feed2doc.readers._blocks.figures import figures_of
from feed2doc.readers._blocks.inlines import lines_in
from feed2doc.readers._blocks.lists import (
    add_item,
    counts_empty,
    is_gallery,
    is_single,
    joined_lists,
    list_of,
)
from feed2doc.readers._blocks.media.posts import post_of
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.readers._blocks.tables import content_of, is_layout, with_bold_header, with_header
from feed2doc.readers._html.parse import words_of


def _unwrap(parent: OpenBlock, frame: OpenBlock) -> None:
    """Unwrap a container that has no meaning here: move its blocks into the parent."""
    for block in frame.take():
        parent.add(block)


def _close_caption(parent: OpenBlock, frame: OpenBlock) -> None:
    parent.set_caption(without_stray_spaces(caption_of(frame.take())), frame.credit)
    for block in media_of(frame.take()):
        parent.add(block)


def _close_credit(parent: OpenBlock, frame: OpenBlock) -> None:
    blocks = frame.take()
    credit = without_stray_spaces(caption_of(blocks))
    if parent.kind == "quote":
        parent.credit += without_dash(credit, hyphens=True)
    elif parent.kind in ("caption", "figure"):
        parent.add_credit(credit)
    else:
        parent.set_caption((), credit)
    for block in media_of(blocks):
        parent.add(block)


def _close_figure(parent: OpenBlock, frame: OpenBlock) -> None:
    blocks = frame.take()
    texts = [block for block in blocks if isinstance(block, m.Paragraph)]
    in_figure = frame.element is not None and frame.element.tag == "figure"
    # A `figure` without a `figcaption` may have its caption in a paragraph.
    if not frame.captions and (not in_figure or (frame.figures and len(texts) == len(blocks) <= 2)):
        frame.captions += caption_of(tuple(b for b in blocks if isinstance(b, m.Paragraph)))
        frame.blocks = [b for b in blocks if not isinstance(b, m.Paragraph)]
    for block in figures_of(frame):
        _add_figure(parent, block)


def _close_heading(parent: OpenBlock, frame: OpenBlock) -> None:
    level = level_of(frame.element)
    for block in frame.take():
        parent.add(m.Heading(level, block.content) if isinstance(block, m.Paragraph) else block)


def _close_list(parent: OpenBlock, frame: OpenBlock) -> None:
    element = frame.element
    if element is not None and is_gallery(frame, element):
        for block in (block for item in frame.items for block in item):
            parent.add(block)
    elif any(frame.items) and element is not None:
        made = list_of(frame, element)
        last = parent.blocks[-1] if parent.blocks else None
        if is_single(element) and last is not None and (joined := joined_lists(last, made)) is not None:
            parent.blocks[-1] = joined
        else:
            parent.add(made)


def _close_item(parent: OpenBlock, frame: OpenBlock) -> None:
    blocks = frame.take()
    element = frame.element
    if blocks:
        add_item(parent, frame, blocks)
    elif element is not None and counts_empty(parent.kind, element) and not words_of(element):
        add_item(parent, frame, ())


def _close_quote(parent: OpenBlock, frame: OpenBlock) -> None:
    blocks = frame.take()
    match parent.blocks[-1:], blocks:
        case [m.Quote(above, ())], (m.Paragraph(),) if not frame.credit:
            # The source is in a quotation of its own.
            joined = split_attribution((*above, *blocks))
            is_source = m.plain_text(joined[1]).rstrip()[-1:] not in SENTENCE_END  # not of a dialogue
            if joined[1] and joined[0] == above and is_source:
                parent.blocks[-1] = m.Quote(*joined)
                return
    blocks, attribution = (blocks, frame.credit) if frame.credit else split_attribution(blocks)
    if blocks or attribution:
        parent.add(m.Quote(blocks, attribution))


def _close_post(parent: OpenBlock, frame: OpenBlock) -> None:
    blocks = frame.take()
    embed = post_of(frame.element, blocks) if frame.element is not None and not frame.credit else None
    if embed is None:
        _close_quote(parent, frame)
        return
    parent.add(embed)
    for block in media_of(blocks):
        parent.add(block)


def _close_verse(parent: OpenBlock, frame: OpenBlock) -> None:
    """Turn the paragraphs of a poem into lines. Other blocks separate poems."""
    blocks = frame.take()
    stanzas: list[list[m.Inlines]] = []
    for block in (*blocks, None):
        match block:
            case m.Paragraph(content):
                stanzas.append(lines_in(content))
                continue
            case m.Verse(lines):  # a stanza
                stanzas.append(list(lines))
                frame.has_paragraph = True
                continue
        if stanzas:
            parent.add(m.Verse(_verse_lines(stanzas, are_paragraphs=frame.has_paragraph)))
            stanzas = []
        if block is not None:
            parent.add(block)


def _verse_lines(stanzas: list[list[m.Inlines]], *, are_paragraphs: bool) -> tuple[m.Inlines, ...]:
    """Return the lines with an empty one between stanzas. If each line has a `div` of its own, there are no stanzas."""
    if not are_paragraphs and all(len(stanza) == 1 for stanza in stanzas):
        return tuple(stanza[0] for stanza in stanzas)
    lines = [line for stanza in stanzas for line in ((), *stanza)]
    return tuple(lines[1:])


def _close_aside(parent: OpenBlock, frame: OpenBlock) -> None:
    match frame.take():
        case (m.Heading(_, title), *blocks):
            bare = title[0].content if len(title) == 1 and isinstance(title[0], m.Strong) else title
            parent.add(m.Aside(tuple(blocks), bare))
        case (_, *_) as blocks:
            parent.add(m.Aside(tuple(blocks)))


def _close_term(parent: OpenBlock, frame: OpenBlock) -> None:
    if parent.kind != "dl":
        return _unwrap(parent, frame)
    blocks = frame.take()
    pictures = tuple(media_of(blocks))
    parent.definitions.append((caption_of(blocks), [pictures] if pictures else []))


def _close_meaning(parent: OpenBlock, frame: OpenBlock) -> None:
    if parent.kind != "dl":
        return _unwrap(parent, frame)
    if not parent.definitions:
        parent.definitions.append(((), []))
    if blocks := frame.take():
        parent.definitions[-1][1].append(blocks)


def _close_definitions(parent: OpenBlock, frame: OpenBlock) -> None:
    definitions = tuple(m.Definition(term, tuple(meanings)) for term, meanings in frame.definitions)
    match definitions:
        case [m.Definition((), ((m.Figure(), *_) as pictures, (m.Paragraph(),) as caption))]:
            for picture in pictures:
                parent.add(picture)
            return parent.set_caption(caption_of(caption), ())
    if definitions:
        parent.add(m.DefinitionList(definitions))
    for block in frame.take():
        parent.add(block)


def _close_cell(parent: OpenBlock, frame: OpenBlock) -> None:
    element = frame.element
    if parent.kind not in ("row", "table") or element is None:
        return _unwrap(parent, frame)
    parent.cells.append(
        m.Cell(
            frame.take(),
            element.tag == "th",
            align_of(element),
            number(element.get("colspan"), 1, high=1000),
            number(element.get("rowspan"), 1, high=65534),
        )
    )


def _close_row(parent: OpenBlock, frame: OpenBlock) -> None:
    if parent.kind != "table":
        for block in (block for cell in frame.cells for block in cell.blocks):
            frame.add(block)
    elif frame.cells:
        group = frame.element.getparent() if frame.element is not None else None
        rows = parent.foot if group is not None and group.tag == "tfoot" else parent.rows
        rows.append(tuple(frame.cells))
    _unwrap(parent, frame)


def _close_table(parent: OpenBlock, frame: OpenBlock) -> None:
    rest = frame.take()
    rows = with_header(frame.all_rows())
    if is_layout(frame.element, rows, frame.caption):
        rest = (*content_of(rows), *rest)
        match rest:
            case (m.Figure(caption=()) as figure, m.Paragraph(caption)) if len(rows) == 2:
                rest = (msgspec.structs.replace(figure, caption=caption),)
    elif rows:
        parent.add(m.Table(with_bold_header(rows), side_by_side(frame.caption, frame.credit)))
        frame.captions, frame.credit = [], ()
    rest = (*rest, *(m.Paragraph(text) for text in (frame.caption, frame.credit) if text))
    for block in rest:
        _add_figure(parent, block)


def _add_figure(parent: OpenBlock, block: m.Block) -> None:
    """Add a block, or the caption of the picture before it that is in an element of its own."""
    if isinstance(block, m.Figure) and block.image is None:
        parent.set_caption(block.caption, block.credit)
    else:
        parent.add(block)


_CLOSERS: Mapping[str, Callable[[OpenBlock, OpenBlock], None]] = {
    "caption": _close_caption,
    "credit": _close_credit,
    "figure": _close_figure,
    "heading": _close_heading,
    "ul": _close_list,
    "ol": _close_list,
    "item": _close_item,
    "quote": _close_quote,
    "post": _close_post,
    "aside": _close_aside,
    "verse": _close_verse,
    "dl": _close_definitions,
    "term": _close_term,
    "meaning": _close_meaning,
    "table": _close_table,
    "row": _close_row,
    "cell": _close_cell,
}


def close(parent: OpenBlock, frame: OpenBlock, account: Account) -> None:
    """Close an open block: add its content to its parent."""
    _CLOSERS[frame.kind](parent, frame)
    for each in (frame, parent):
        if each.repeated:
            account.ignore(each.repeated)
            each.repeated = ()
