"""Articles that do not end with a few lines on a page of their own, for WeasyPrint 70.

If the last page of an article has little text, the article is laid out again with lines that are a little closer, as typesetters
do, or with smaller pictures, so that the page is not needed. Where that would be visible or not enough, its lines are a little
wider apart, so that pages before give lines to the last one, or more lines of its last paragraph go there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import inf
from typing import Any

from msgspec import Struct
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import page as layout
from weasyprint.text.line_break import strut

from feed2doc.writers._shared.page_layout import (
    CLOSER,
    FEWEST_LINES,
    LARGEST_LEFT,
    MOST_SAVED,
    SPARSE_LINES,
    SPARSE_PAGE,
    closer_by,
    may_be_fuller,
    smaller_by,
)
from feed2doc.writers.pdf._weasyprint_boxes import end_of
from feed2doc.writers.pdf._weasyprint_floating import remake_page, take_back
from feed2doc.writers.pdf._weasyprint_fonts import with_names
from feed2doc.writers.pdf._weasyprint_last_lines import is_marker, last_lines, last_paragraph
from feed2doc.writers.pdf._weasyprint_numbers import PageNumbers
from feed2doc.writers.pdf._weasyprint_pictures import FittingPicture

_all_pages = with_names(layout.make_all_pages, remake_page=remake_page)


def with_full_endings(context: Any, root: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
    """Yield the pages, as `weasyprint.layout.page.make_all_pages` does."""
    if not pages:
        context.moved_pictures, context.larger, context.grown_on = [], {}, {}
    made = list(_all_pages(context, root, html, pages))
    if not pages:
        context.page_numbers = PageNumbers(context)
    numbers = context.page_numbers
    numbers.write_again()
    if not pages and len(made) > 1:
        made = _Endings(context, root, html, made, numbers).without_sparse_pages()
        numbers.write_again()
    yield from made


# So many lines on a last page are better than one.
_FEWEST_TRIED = 2
# How often the lines of an article may come closer, and what space around blocks takes, as a share of the page.
_ATTEMPTS, _MARGINS = 2, 0.03


class _Article(Struct, frozen=True):
    """An article of the tree of boxes, and its place in the layout.

    `first` and `last` are its pages, `page` their height, `used` that of what is on the last one, `left` what is blank on the page
    before, and `line` the height of a line.
    """

    box: Any
    first: int
    last: int
    page: float
    used: float
    left: float
    line: float

    @property
    def sparse(self) -> float:
        """The height of what is on a last page that has little on it, at most."""
        return max(SPARSE_PAGE * self.page, SPARSE_LINES * self.line)

    @property
    def is_sparse(self) -> bool:
        """True if there is little on the last page."""
        return self.last > self.first and self.used < self.sparse

    @property
    def needed(self) -> float:
        """The height that must be saved before, so that the last page is not needed, or infinity if it is full."""
        needed = self.used - self.left
        is_full = self.last == self.first or self.used > MOST_SAVED * self.page or needed > self.sparse
        return inf if is_full else max(needed, 0)


class _Endings:
    """The layout of a document whose articles may end with little text on a page."""

    def __init__(self, context: Any, root: Any, html: Any, made: list[Any], numbers: PageNumbers) -> None:
        self._context, self._root, self._html, self._made = context, root, html, made
        self._numbers, self._left = numbers, CLOSER

    def without_sparse_pages(self) -> list[Any]:
        """Return the pages, some of which have been laid out again."""
        articles = list(self._articles())
        if len(articles) == 1:  # lines of the articles of a book are alike
            for _ in range(_ATTEMPTS):
                if articles[0].needed == inf or not self._tighten_lines(articles[0]):
                    break
                articles = list(self._articles())
            if (articles[0].needed != inf and self._shrink_pictures(articles[0])) or (
                self._loosen_lines(articles[0])
            ):
                articles = list(self._articles())
        starts = [
            each.last - 1
            for each in articles
            if (each.is_sparse and self._more_lines(each)) or self._fewer_lines(each)
        ]
        return self._relayout(starts) if starts else self._made

    def _tighten_lines(self, article: _Article) -> bool:
        """Lay out the only article of a document with closer lines; keep the layout before and return False if that saves no page."""
        pages = self._made[article.first : article.last]
        text = sum(
            box.height for page in pages for box in page.children[0].descendants() if isinstance(box, LineBox)
        )
        share = closer_by(article.needed + _MARGINS * article.page, text, self._left)
        if not share:
            return False
        self._left -= share
        return self._is_better(
            article, _lines_of(article.box), 1 - share, lambda made: len(made) < len(self._made)
        )

    def _loosen_lines(self, article: _Article) -> bool:
        """Lay out the only article of a document with wider lines; keep the layout before and return False if its end is sparse still."""
        pages = len(self._made)
        if self._left < CLOSER or not may_be_fuller(
            article.used, article.last - article.first, article.line, article.sparse
        ):
            return False

        def is_fuller(made: list[Any]) -> bool:
            *_, box = (box for box in _article_boxes(made[-1].children[0]))
            used = end_of(box) - made[-1].content_box_y()
            return len(made) == pages and used >= article.sparse

        return self._is_better(article, _lines_of(article.box), 1 + CLOSER, is_fuller)

    def _shrink_pictures(self, article: _Article) -> bool:
        """Lay out the only article of a document with smaller pictures; keep the layout before and return False if that saves no page."""
        pages = self._made[article.first : article.last]
        shown = sum(
            box.height
            for page in pages
            for box in page.children[0].descendants()
            if isinstance(box, FittingPicture)
        )
        share = smaller_by(article.needed + _MARGINS * article.page, shown, len(pages))
        if not share:
            return False
        pictures = [box for box in article.box.descendants() if isinstance(box, FittingPicture)]

        def set_pictures(scale: float) -> None:
            for picture in pictures:
                picture.scale = scale

        return self._is_better(article, set_pictures, 1 - share, lambda made: len(made) < len(self._made))

    def _is_better(
        self,
        article: _Article,
        scale: Callable[[float], None],
        share: float,
        is_better: Callable[[list[Any]], bool],
    ) -> bool:
        """Scale something in an article to this share and lay it out; if these pages are not better, put all back and return False."""
        # A layout changes the last of what is known of each page.
        maker = [(*known, dict(state)) for *known, state in self._context.page_maker]
        targets, moved = self._numbers.targets(), len(self._context.moved_pictures)
        scale(share)
        made = self._relayout(range(article.first, article.last + 1))
        if is_better(made):
            self._made = made
            return True
        scale(1)
        take_back(self._context, moved)
        self._context.page_maker = maker
        self._numbers.put_back(targets)
        return False

    def _more_lines(self, article: _Article) -> bool:
        """Let more lines be on the last page of an article; return False if that would leave too much of the page before blank."""
        before, last = (
            Counter(
                line.element
                for line in self._made[number].children[0].descendants()
                if isinstance(line, LineBox) and not is_marker(line)
            )
            for number in (article.last - 1, article.last)
        )
        for fewest in range(FEWEST_LINES, _FEWEST_TRIED - 1, -1):
            changes, moved = last_lines(article.box, before, last, fewest)
            if moved and article.left + moved * article.line <= LARGEST_LEFT * article.page:
                for box, change in changes:
                    box.style = box.style.copy()  # equal elements share one
                    box.style.update(change)
                return True
        return False

    def _fewer_lines(self, article: _Article) -> bool:
        """Let only the last line of a short paragraph be on the page of the credits, if that leaves too much of the page before blank."""
        if article.last == article.first or article.left <= LARGEST_LEFT * article.page:
            return False
        paragraph = last_paragraph(article.box)
        if paragraph is None:
            return False
        for box in (paragraph, *paragraph.children):  # WeasyPrint looks at either
            box.style = box.style.copy()
            box.style["widows"] = 1
        return True

    def _relayout(self, numbers: Iterable[int]) -> list[Any]:
        """Return the pages after a new layout of these, and of those that follow until they begin as before."""
        for number in numbers:
            self._context.page_maker[number][-1]["content_changed"] = True
        return list(_all_pages(self._context, self._root, self._html, self._made))

    def _articles(self) -> Iterator[_Article]:
        """Yield the articles that are on pages of their own."""
        made, places = self._made, dict[Any, list[tuple[int, Any]]]()
        for number, page in enumerate(made):
            for box in _article_boxes(page.children[0]):
                places.setdefault(box.element, []).append((number, box))
        for box in _article_boxes(self._root):
            if found := places.get(box.element):
                (first, _), (last, end) = found[0], found[-1]
                page, before = made[last], found[max(0, len(found) - 2)]
                top = page.content_box_y()
                yield _Article(
                    box,
                    first,
                    last,
                    page.height,
                    end_of(end) - top,
                    top + page.height - end_of(before[1]),
                    strut(box.style)[0],
                )


def _article_boxes(box: Any) -> Iterator[Any]:
    for child in box.children:
        if child.element_tag == "article":
            yield child
        elif child.element_tag in ("body", "section"):
            yield from _article_boxes(child)


def _lines_of(article: Any) -> Callable[[float], None]:
    """Return a function that makes the lines of an article this share of their height."""
    styles = {id(box.style): box.style for box in article.descendants()}
    heights = [(style, style["line_height"]) for style in styles.values()]

    def set_lines(scale: float) -> None:
        for style, height in heights:
            style["line_height"] = _scaled(height, scale) if scale != 1 else height

    return set_lines


def _scaled(height: Any, share: float) -> Any:
    if isinstance(height, float | int):
        return float(height) * share
    value = getattr(height, "value", None)
    return height if value is None or height.unit != "px" else type(height)(value * share, "px")
