"""Pictures that do not fit on a page go below the next paragraphs, which fill it, for WeasyPrint 70.

A page that ends before such a picture is laid out again with a paragraph above it. Which pictures may move is decided in
`floating_pictures`.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from weasyprint.layout import page as layout

from feed2doc.writers._shared.page_layout import LARGEST_GAP
from feed2doc.writers.pdf._weasyprint_boxes import end_of, passes

_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])


class Move(Struct):
    """A picture that went from this place of its article to below the next paragraph."""

    article: Any
    picture: Any
    place: int

    def make(self) -> None:
        """Put the picture below the paragraph, or above it again."""
        children = list(self.article.children)
        children[self.place : self.place + 2] = reversed(children[self.place : self.place + 2])
        self.article.children = children


def remake_page(index: int, context: Any, root: Any, html: Any) -> tuple[Any, Any]:
    """Lay out a page as WeasyPrint does, and again as long as a picture that may move leaves much of it blank."""
    start = context.page_maker[index][0]
    page, resume_at = layout.remake_page(index, context, root, html)
    while move := _move(root, page, start, resume_at, context.moved_pictures):
        move.make()
        page, then = _again(index, context, root, html)
        if then is None or then == resume_at:
            move.make()
            return _again(index, context, root, html)
        context.page_maker[index + 1][-1]["content_changed"] = True
        context.moved_pictures.append(move)
        resume_at = then
    return page, resume_at


def take_back(context: Any, known: int) -> None:
    """Put the pictures that moved back to where they were when there were so many moves."""
    while len(context.moved_pictures) > known:
        context.moved_pictures.pop().make()


def _again(index: int, context: Any, root: Any, html: Any) -> tuple[Any, Any]:
    state = context.page_maker[index][-1]
    state["anchors"], state["content_lookups"] = [], []
    made: tuple[Any, Any] = layout.remake_page(index, context, root, html)
    return made


def _move(root: Any, page: Any, start: Any, resume_at: Any, moves: list[Move]) -> Move | None:
    """Return the move of the picture with which the next page begins, perhaps below its heading, if it leaves a hole."""
    article, first = _next_block(root, resume_at)
    if article is None or article.element_tag != "article" or article.style["column_count"] != "auto":
        return None
    children, place = article.children, first
    while place < len(children) and children[place].element_tag in _HEADINGS:
        place += 1
    # What begins this page as well can only be where it is.
    if place + 1 >= len(children) or _next_block(root, start) == (article, first):
        return None
    picture = children[place]
    done = sum(move.picture is picture for move in moves)
    bottom = page.content_box_y() + page.height
    has_hole = bottom - end_of(page.children[0]) > LARGEST_GAP * page.height
    return Move(article, picture, place) if has_hole and done < passes(picture) else None


def _next_block(root: Any, resume_at: Any) -> tuple[Any, int]:
    """Return the box whose child begins a page, and the place of that child, or None and 0 if the page begins within a paragraph."""
    box = root
    while resume_at:
        ((place, resume_at),) = resume_at.items()
        if resume_at is None:
            return box, place
        box = box.children[place]
    return None, 0
