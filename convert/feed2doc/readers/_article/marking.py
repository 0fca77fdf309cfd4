"""Marking the elements of a tree before its text is read: header, biographies, notes, poems, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc.readers._article.furniture.left_out import left_out, left_out_besides_notes
from feed2doc.readers._article.furniture.recurring import recurring_in
from feed2doc.readers._article.header.facts import Header, take_header
from feed2doc.readers._article.meanings import meanings_of
from feed2doc.readers._article.opening import Opened
from feed2doc.readers._blocks.notes.footnotes import footnotes_in
from feed2doc.readers._blocks.origins import Marked
from feed2doc.readers._html.furniture.parts import biographies_in, labels_in
from feed2doc.readers._html.pictures.backgrounds import settle_backgrounds
from feed2doc.readers._html.pictures.portraits import portraits_in
from feed2doc.readers._html.rewriting.bullet_lines import settle_bullets
from feed2doc.readers._html.rewriting.code_boxes import settle_code_boxes
from feed2doc.readers._html.rewriting.fields import settle_fields
from feed2doc.readers._html.rewriting.poems import hanging_poems, poems_by_lines, settle_poems
from feed2doc.readers._html.rewriting.task_boxes import settle_tasks
from feed2doc.readers._html.rewriting.written_boxes import settle_written_boxes
from feed2doc.readers._html.rewriting.written_lines import settle_lines

if TYPE_CHECKING:
    from lxml.etree import _Element


class MarkedTree(Struct, frozen=True):
    """The header of an article, its stated authors, the boxes about them, its notes, and the meaning of its elements."""

    header: Header
    names: tuple[str, ...]
    biographies: dict[_Element, str]
    notes: dict[_Element, _Element]
    marked: Marked


def mark(article: Opened) -> MarkedTree:
    """Return what the elements of an article are. Markup that stands for other markup is replaced in the tree."""
    index, rules, facts, account = article.index, article.rules, article.facts, article.account
    dropped = left_out(index, rules, facts, account)
    known = article.known
    dropped |= recurring_in(index, known.recurring, known.headline, known.authors, rules)
    bios = biographies_in(index, rules)
    dropped |= labels_in(bios, rules)
    poems = _settle(article)
    header = take_header(index, rules, dropped, facts, account, known.archived)
    bios = {**bios, **header.biographies}
    names = header.byline.names if header.byline is not None else known.authors
    byline = header.byline.value if header.byline else ""
    dropped |= portraits_in(index, {*names, byline} - {""}, article.url)
    footnotes = footnotes_in(index, article.linked, rules, account)
    notes = footnotes.marks
    account.moved = frozenset(notes.values())
    settle_fields(index)
    known_out = (*dropped, *header.taken)
    others = left_out_besides_notes(index, rules, article.linked, notes, known_out, article.url, article.base)
    skipped = [*header.taken, *footnotes.skipped]
    marked = meanings_of(
        index, rules, poems, bios, header.standfirst, others | dropped, skipped, account.moved
    )
    return MarkedTree(header, names, bios, notes, marked)


def _settle(article: Opened) -> dict[_Element, str]:
    """Replace markup that stands for other markup, and return the poems, each with the rule that says so."""
    index, account = article.index, article.account
    settle_backgrounds(index)
    settle_code_boxes(index)
    settle_written_boxes(index, account.leave, account.gain)
    settle_tasks(index, account.leave, account.gain)
    poems = hanging_poems(index) | poems_by_lines(index) | article.rules.select("verse", index)
    prose = article.rules.select("paragraph", index) if index.named.get("pre") else ()
    settle_lines(index, poems, prose)
    settle_poems(poems)
    settle_bullets(index, account.leave)
    return poems
