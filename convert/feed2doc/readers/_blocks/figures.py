"""The content of a `figure` element: pictures, its caption, and other blocks that the caption belongs to."""

from __future__ import annotations

import msgspec

from feed2doc import model as m
from feed2doc.readers._blocks.attributions import without_dash
from feed2doc.readers._blocks.captions.joining import fits_title, side_by_side
from feed2doc.readers._blocks.open_block import OpenBlock


def figures_of(frame: OpenBlock) -> list[m.Block]:
    """Return the blocks of a `figure` element: its pictures, the last one with the caption, and its other content."""
    inner = list(frame.take())
    pictures = [b for b in inner if isinstance(b, m.Figure)]
    if frame.figures:
        last = msgspec.structs.replace(frame.figures[-1], caption=frame.caption, credit=frame.credit)
        return [*frame.figures[:-1], last, *inner]
    match inner:
        case [m.Embed(title="") as embed, m.Heading(content=words)] if fits_title(words):
            inner = [msgspec.structs.replace(embed, title=m.plain_text(words))]
        case _:
            pass
    if not frame.caption and not frame.credit:
        return inner
    match inner:
        case [m.Table(rows, ()), *rest]:
            return [m.Table(rows, side_by_side(frame.caption, frame.credit)), *rest]
        case [m.Quote(blocks, ()), *rest]:
            named = side_by_side(frame.caption, frame.credit)
            return [m.Quote(blocks, without_dash(named, hyphens=True)), *rest]
        case _ if len(pictures) == 1 and not pictures[0].caption:
            at = inner.index(pictures[0])
            inner[at] = msgspec.structs.replace(
                pictures[0], caption=frame.caption, credit=pictures[0].credit + frame.credit
            )
            return inner
        case [m.Embed(title="") as embed] if frame.caption and fits_title((*frame.caption, *frame.credit)):
            title = m.plain_text(side_by_side(frame.caption, frame.credit))
            return [msgspec.structs.replace(embed, title=title)]
        case [m.Embed() | m.Paragraph() | m.CodeBlock(), *_]:
            return [*inner, m.Paragraph(side_by_side(frame.caption, frame.credit))]
    return [*inner, m.Figure(None, frame.caption, frame.credit)]
