"""Titles made for articles without a headline, from the first words of their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from feed2doc.model import _nodes as m
from feed2doc.model._article import Document
from feed2doc.model._queries import figures, texts_of, title_text

_LONGEST, _LONGEST_WIDE = 80, 30
_SENTENCE_END = r"[.!?…]+[\"”’»)]*(?=\s)|[。！？…]+[」』”]?"
_WIDE = r"[\u3040-\u30ff\u3400-\u9fff]"
_CLAUSES = "，、；：,;:"
# The beginnings of words that name an account, a tag or a page, and words before them.
_ADDRESSES = ("@", "#", "https://", "http://")
_REFERENCES = frozenset({"RE:", "Re:", "RT"})


def title_from_text(document: Document) -> str:
    """Return a title made from the first words of an article, else of its pictures, or an empty string if it has none.

    Lines that only name accounts and pages (`@ann`, `RE: https://...`) count if there are no others.
    """
    first = ""
    for text in _texts(document):
        title = first_words(text)
        if title and not all(word.startswith(_ADDRESSES) or word in _REFERENCES for word in title.split()):
            return title
        first = first or title
    return first


def first_words(text: str) -> str:
    """Return the first sentence of a text, or its beginning up to the end of a clause or word if that is too long."""
    text = " ".join(text.split())
    longest = _longest(text)
    for end in re.finditer(_SENTENCE_END, text[:longest]):
        if end.end() >= longest // 6:  # a shorter one may be `Yes.` or `Dr.`
            return text[: end.end()].rstrip(".。")
    if len(text) <= longest:
        return text.rstrip(" .。")
    cut = text[: longest + 1]
    at = (
        max((cut.rfind(sign) for sign in _CLAUSES), default=-1)
        if longest == _LONGEST_WIDE
        else cut.rfind(" ")
    )
    return text[: at if at > longest // 2 else longest].rstrip(f" {_CLAUSES}") + "…"


def _longest(text: str) -> int:
    return _LONGEST_WIDE if re.search(_WIDE, text[:_LONGEST]) else _LONGEST


def _first_line(content: m.Inlines) -> str:
    """Return the first line of a paragraph, or all of it if that is short or ends in a clause."""
    line = title_text(tuple(takewhile(lambda node: not isinstance(node, m.LineBreak), content)))
    is_whole = len(line) >= _longest(line) // 6 and line[-1:] not in _CLAUSES
    return line if is_whole else title_text(content)


def _texts(document: Document) -> Iterator[str]:
    """Yield the texts of the article from which a headline may be made, in order, then those of its pictures."""
    yield title_text(document.standfirst)
    for section in document.sections:
        yield title_text(section.heading)
        for block in section.blocks:
            if isinstance(block, m.Paragraph | m.Heading):
                yield _first_line(block.content)
            elif not isinstance(block, m.Figure | m.Embed):
                yield " ".join(map(title_text, texts_of(block)))
    for figure in figures(document):
        yield title_text(figure.caption) or (figure.image.alt if figure.image else "")
