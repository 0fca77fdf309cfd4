"""How the contents of a long book are set, so that they take as few pages as possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from msgspec import Struct

from feed2doc._text.wrap import width_of
from feed2doc.looks.tokens import Look
from feed2doc.model import Book
from feed2doc.writers._shared.contents.entries import ContentsPart, are_compact
from feed2doc.writers._shared.facts import book_title
from feed2doc.writers._shared.front_pages import has_front_page
from feed2doc.writers._shared.page_layout import POINT, PageSize

# The sizes of the text, as shares of that of articles: below names of parts, and the largest with names in lines, which becomes
# smaller by steps, down to what can be read, in points.
_SIZE, _LARGEST, _STEP, _SMALLEST = 0.8, 0.96, 0.04, 7.0
# The title of the book is as small as a heading if the text is smaller than this.
_SMALL = 0.8
# Two columns need pages wider than this, in millimetres; the space between them is a multiple of the size of articles.
_TWO_COLUMNS, _GAP = 140, 2.0
_LINE, _CLOSE_LINE = 1.35, 1.25
# The dots and the page number after a title, in half ems; how much wider letters are than half an em, and what lines of words,
# and of Chinese, leave blank at their end.
_NUMBER, _LETTERS = 5, 1.06
_BLANK, _BLANK_IN_CHINESE = 4, 1
# The share of a page that is filled at most, because lines may be longer than expected.
_FILLED = 0.98
# So many articles have one page of contents on an e-reader too: its margins are narrow, in millimetres, its title and heading are on
# one line, and if letters that can be read well are still too many, each article has one line, of letters as small as notes.
_MOST_ON_A_PAGE, _EDGE, _ONE_LINE = 40, 3.5, 1.18
_SMALLEST_ON_A_LINE, _SMALL_STEP = 6.2, 0.01
# The sizes of the book's title there, of which the largest with the fewest lines counts, the room for the heading next to it, and the
# space below them, in ems of articles.
_TITLES, _HEADING, _BELOW = (0.96, 0.88, 0.8, 0.72, 0.64), 4.5, 0.5
# The line of a subtitle, and the space above it on such a page, where it is as small as the entries.
_SUBTITLE, _ABOVE_SUBTITLE = 1.8, 0.2


class ContentsDesign(Struct, frozen=True):
    """The size of the text, as a share of that of articles, the columns, and whether parts are named in lines.

    A part is named above its articles, or, if that saves a page, in the line of the first: `named_in_lines`. Then the title
    of the book and the space around it are smaller too. A `whole_page` has narrow margins and no page number, and its heading is
    on the line of the title, which has the `title_size`; if titles are `shortened`, each is on one line.
    """

    size: float = _SIZE
    columns: int = 1
    named_in_lines: bool = False
    whole_page: bool = False
    shortened: bool = False
    title_size: float = _TITLES[0]

    def title(self, look: Look) -> float:
        """Return the size of the book's title, as a multiple of the size of articles."""
        if self.whole_page:
            return self.title_size
        if self.named_in_lines and self.size < _SMALL:
            return look.section.size
        return look.headline.size_small if self.named_in_lines else look.contents.title

    @property
    def line(self) -> float:
        """The height of a line, as a multiple of the size of the text."""
        if self.shortened:
            return _ONE_LINE
        return _CLOSE_LINE if self.named_in_lines else _LINE

    @property
    def gap(self) -> float:
        """The space below an entry, as a multiple of the size of articles."""
        if self.shortened:
            return 0.0
        return 0.1 if self.named_in_lines else 0.16

    @property
    def part_gap(self) -> float:
        """The space above a part that is named in a line, as a multiple of the size of articles."""
        return 0.0 if self.shortened else 0.4

    @property
    def below(self) -> float:
        """The space below the title and the heading of a whole page, as a multiple of the size of articles."""
        return _BELOW

    @property
    def margin(self) -> float:
        """The margins of a whole page, in millimetres."""
        return _EDGE

    @property
    def above_subtitle(self) -> float:
        """The space above the subtitle of a whole page, as a multiple of the size of articles."""
        return _ABOVE_SUBTITLE

    def title_width(self, page: PageSize) -> float:
        """Return the width of the title of a whole page, in ems of articles."""
        return self.room(page)[0] - _HEADING

    def room(self, page: PageSize) -> tuple[float, float]:
        """Return the width and the height between the margins, in ems of articles."""
        em = page.type_size * POINT
        if self.whole_page:
            return (page.width - 2 * self.margin) / em, (page.height - 2 * self.margin) / em
        return (page.width - 2 * page.side) / em, page.text_height / em


def contents_design(
    book: Book, parts: Sequence[ContentsPart], page: PageSize, look: Look
) -> ContentsDesign | None:
    """Return how the contents of a long book, or below a front page, are set, or None if others are.

    It is the first design of those with the fewest pages: with the names of parts above them, then with smaller letters.
    """
    if not are_compact(book, paged=True):
        return None
    best, *others = _designs(page)
    if has_front_page(book):
        return best
    listed = [part for part in parts if not part.front]
    fewest = _pages(best, book, listed, page, look)
    if sum(len(part.rows) for part in listed) <= _MOST_ON_A_PAGE and page.is_screen:
        others += _whole_pages(page, book_title(book))
    for design in others:
        if (
            fewest > 1
            and (pages := _pages(design, book, listed, page, look)) < fewest
            and (pages == 1 or not design.whole_page)
        ):
            best, fewest = design, pages
    return best


def _designs(page: PageSize) -> Iterator[ContentsDesign]:
    columns = (2, 1) if page.width > _TWO_COLUMNS else (1,)
    yield ContentsDesign(columns=columns[0])
    for size in _sizes(_LARGEST, _SMALLEST / page.type_size):
        yield from (ContentsDesign(size, each, True) for each in columns)


def _whole_pages(page: PageSize, title: str) -> Iterator[ContentsDesign]:
    width = ContentsDesign(whole_page=True).title_width(page)
    lines = [_lines(title, width / size * 2) for size in _TITLES]
    largest, *smaller = _TITLES[lines.index(lines[-1]) :]
    for shortened, most, least in ((False, _LARGEST, _SMALLEST), (True, _SIZE, _SMALLEST_ON_A_LINE)):
        for size in _sizes(most, least / page.type_size, _SMALL_STEP):
            yield ContentsDesign(size, 1, True, True, shortened, largest)
    for title_size in smaller:
        yield ContentsDesign(size, 1, True, True, True, title_size)


def _sizes(largest: float, smallest: float, step: float = _STEP) -> Iterator[float]:
    size = largest
    while size > smallest:
        yield round(size, 2)
        size -= step
    yield round(smallest, 3)


def _pages(
    design: ContentsDesign, book: Book, parts: Sequence[ContentsPart], page: PageSize, look: Look
) -> int:
    """Return about how many pages the contents take, with heights in ems of articles."""
    width, height = design.room(page)
    height *= 1 if design.shortened else _FILLED
    column = (width - (design.columns - 1) * _GAP) / design.columns
    listed = sum(_heights(design, parts, column / design.size * 2))
    first = height - _above(design, book, width, look)
    if listed <= first * design.columns:
        return 1
    return 1 + ceil((listed - max(first, 0) * design.columns) / (height * design.columns))


def _above(design: ContentsDesign, book: Book, width: float, look: Look) -> float:
    """Return the height of the book's title and the heading of the contents."""
    size, line, title = design.title(look), look.headline.line_height, book_title(book)
    if design.whole_page:
        subtitle = design.size * design.line + _ABOVE_SUBTITLE if book.subtitle else 0.0
        return _lines(title, (width - _HEADING) / size * 2) * size * line + _BELOW + subtitle
    subtitle = _SUBTITLE if book.subtitle else 0.0
    if design.named_in_lines:
        heading = look.subsection.size * 1.5 + 1.2
    else:
        heading = look.section.size * 1.2 + look.section.above + look.section.below
    return _lines(title, width / size * 2) * size * line + look.list.gap + heading + subtitle


def _heights(design: ContentsDesign, parts: Iterable[ContentsPart], room: float) -> Iterator[float]:
    for part in parts:
        name = width_of(part.title) * _LETTERS + 2 if design.named_in_lines and part.title else 0.0
        if part.title:
            yield design.part_gap if design.named_in_lines else 2
        for row in part.rows:
            lines = 1 if design.shortened else _lines(row.title, room, name + _NUMBER)
            yield lines * design.line * design.size + design.gap
            name = 0.0


def _lines(title: str, room: float, more: float = 0) -> int:
    """Return about how many lines of so many half ems a title and `more` half ems take."""
    width = width_of(title)
    in_words = width < 1.5 * len(title)
    needed = width * (_LETTERS if in_words else 1) + more
    return max(1, ceil(needed / max(room - (_BLANK if in_words else _BLANK_IN_CHINESE), 1)))
