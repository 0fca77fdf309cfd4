"""Captions in the titles of pictures, as comics have them."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from feed2doc import model as m
from feed2doc.env import Trace
from feed2doc.readers._facts.title import repeats

# Attributes of pictures and figures with what scripts show below them.
CREDIT_ATTRIBUTES = (
    *("data-credit", "data-credits", "data-copyright", "data-photo-credit", "data-image-credit"),
    *("data-caption-credit", "data-photographer", "data-img-credit", "data-credit-line"),
)
CAPTION_ATTRIBUTES = ("data-caption", "data-image-caption", "data-img-caption", "data-photo-caption")
STATED = frozenset(f"[{name}]" for name in (*CREDIT_ATTRIBUTES, *CAPTION_ATTRIBUTES))

# The length of the text of an article that is a comic.
_MOST_TEXT = 300
_ENDS, _CLOSING = frozenset(".!?…。！？"), " \"'“”‘’«»」』)）"
AnyBlock = TypeVar("AnyBlock", bound=m.Block)


def captions_from_titles(blocks: m.Blocks, headline: str, trace: Trace | None) -> m.Blocks:
    """Return the blocks with the title of a picture as its caption, if the title is text of its own.

    In an article that is hardly more than pictures, a title that is a sentence is also added to a caption.
    A title that repeats the alternative text, the headline or a line of the text, or is only a file name, is not a caption.
    """
    lines = lines_in(blocks)
    is_comic = sum(map(len, lines)) <= _MOST_TEXT

    def captioned(figure: m.Figure) -> m.Figure:
        image = figure.image
        if image is None or not image.title:
            return figure
        title = " ".join(image.title.split())
        if figure.caption and not (is_comic and _ends_sentence(title)):
            return figure
        if title != image.alt and _says_no_more(
            title, headline
        ):  # a program gave it the title of the article
            return msgspec.structs.replace(figure, image=msgspec.structs.replace(image, title=""))
        if (
            title in lines
            or not _is_sentence(title)
            or not m.words_of_picture(m.Image(image.src, title))
            or _says_no_more(title, image.alt)
            or _says_no_more(title, headline)
            or repeats(title, m.plain_text(figure.caption))
        ):
            return figure
        changed = msgspec.structs.replace(
            figure,
            caption=(*figure.caption, m.LineBreak(), m.Text(title)) if figure.caption else (m.Text(title),),
            image=msgspec.structs.replace(image, title=""),
        )
        return _traced(figure, changed, trace)

    changed = m.with_figures(blocks, captioned)
    return tuple(_traced(old, new, trace) for old, new in zip(blocks, changed, strict=True))


def lines_in(blocks: m.Blocks) -> set[str]:
    """Return the lines of the paragraphs among these blocks, with white space collapsed."""
    return {
        " ".join(line.split())
        for block in blocks
        if isinstance(block, m.Paragraph)
        for line in m.plain_text(block.content).split("\n")
    }


def _is_sentence(title: str) -> bool:
    characters = sum(ord(character) > 0x2E80 for character in title)
    return len(title.split()) > 3 or characters > 4 or _ends_sentence(title)


def _ends_sentence(title: str) -> bool:
    return title.rstrip(_CLOSING)[-1:] in _ENDS


def _says_no_more(title: str, other: str) -> bool:
    return repeats(title, other) and len(title) <= len(other)


def _traced(old: m.Block, new: AnyBlock, trace: Trace | None) -> AnyBlock:
    if trace is not None and new is not old and (origin := trace.origin(old)) is not None:
        trace.made(new, origin.rule, origin.element)
    return new
