"""Pages that end early are filled, by paragraphs that go above a picture or by larger pictures, for WeasyPrint 70.

A page that ends before a picture that may move is laid out again with a paragraph above it; which pictures may move is decided in
`floating_pictures`. If it ends early still, its own pictures grow.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from weasyprint.layout import page as layout

from feed2doc.writers._shared.page_layout import LARGEST_GAP
from feed2doc.writers.pdf._weasyprint_boxes import end_of, passes
from feed2doc.writers.pdf._weasyprint_pictures import growth

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
    """Lay out a page as WeasyPrint does, and again as long as a picture that may move leaves much of it blank; then with larger ones."""
    start = context.page_maker[index][0]
    _shrink(context, index)
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
    blank = _blank(page)
    has_hole = blank > LARGEST_GAP * page.height and _is_in_article(root, resume_at)
    if not has_hole or not (larger := growth(page.children[0], blank)):
        return page, resume_at
    context.larger |= larger
    context.grown_on |= dict.fromkeys(larger, index)
    made = _again(index, context, root, html)
    if made[1] == resume_at:
        return made
    _shrink(context, index)
    return _again(index, context, root, html)


def _shrink(context: Any, index: int) -> None:
    """Give the pictures that grew on this page, or on one after it, their usual size again."""
    for element in [element for element, page in context.grown_on.items() if page >= index]:
        del context.grown_on[element], context.larger[element]


def _blank(page: Any) -> float:
    """Return the height of what is blank at the foot of the page."""
    return float(page.content_box_y() + page.height - end_of(page.children[0]))


def _is_in_article(root: Any, resume_at: Any) -> bool:
    """Return True if the next page begins within an article."""
    box = root
    while resume_at:
        ((place, resume_at),) = resume_at.items()
        box = box.children[place]
        if box.element_tag == "article":
            return resume_at is not None and box.style["column_count"] == "auto"
    return False


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
    has_hole = _blank(page) > LARGEST_GAP * page.height
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
