"""Tables that are too wide for a page or a small screen, as lists of their rows: each value follows the header of its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed2doc import model as m
from feed2doc._locale.labels import labels
from feed2doc._text.lazy_re import pattern
from feed2doc._text.wrap import width_of
from feed2doc.writers._shared.tables import Placed, head_rows, placed

# The letters per line of an e-reader of six inches with its default type size.
SMALL_SCREEN = 48
# A column is readable if its longest word fits and, if its text is longer, this many letters, or half as many Han.
_NARROWEST, _BORDERS = 8, 2
# Kindle supports neither larger tables nor tables in tables (https://kdp.amazon.com/help/topic/G200673210).
_MOST_CELLS = 1800
_DIGIT = pattern(r"\d")
# Text that lines do not break within: letters outside East Asia.
WORD = pattern(r"[^\s\u200b\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+")


def as_list(table: m.Table, room: int, language: str) -> m.Blocks | None:
    """Return the rows of the table as a list, below its caption, if its columns would be too narrow in a line of `room` letters.

    Return None if the table fits. The first cell of a row is a term, the others are its meanings. What rows or columns share is
    repeated.
    """
    rows = placed(m.bounded_rows(table.rows))
    heads = head_rows(rows) or _named_columns(rows)
    shared = [place.cell for row in rows[:heads] for place in row if place.cell]
    if (
        not rows
        or sum(place.colspan for place in rows[0]) < 2
        or not all(isinstance(block, m.Paragraph) for cell in shared for block in cell.blocks)
        or _least_width(rows) <= room
    ):
        return None
    cells = _spread(rows)
    columns = [[row[x] for row in cells[:heads]] for x in range(len(cells[0]))]
    colon = labels(language)["colon"]
    said: set[int] = set()
    lists: list[list[m.Blocks]] = []
    for row in cells[heads:]:
        values = []
        for x, place in enumerate(row):
            if x and place is row[x - 1]:
                continue
            blocks = _said_once(place, said)
            if blocks or not lists:  # the first row shows all columns
                values.append(_named(_header(columns[x], said), blocks, colon))
        lists.append(values)
    # Those above columns in which no value begins.
    lists[-1] += [
        _named(_header(column, said), (), colon)
        for column in columns
        if any(id(place) not in said for place in column)
    ]
    items = [_item([value for value in values if value]) for values in lists]
    caption = (m.Heading(6, table.caption),) if table.caption else ()
    return (*caption, m.DefinitionList(tuple(items)))


def as_list_on_screens(table: m.Table, language: str, *, nested: bool) -> m.Blocks | None:
    """Return the rows of a table as `as_list` does for a small screen; also those of a table that is in a table, or large."""
    large = sum(map(len, table.rows)) > _MOST_CELLS
    return as_list(table, 0 if nested or large else SMALL_SCREEN, language)


def least_width(table: m.Table) -> int:
    """Return how many letters the columns of a table that has cells need to be readable."""
    return _least_width(placed(m.bounded_rows(table.rows)))


def _least_width(rows: list[list[Placed]]) -> int:
    """Return how many letters the columns need to be readable."""
    columns = [0] * sum(place.colspan for place in rows[0])
    for row in _spread(rows):
        for x, place in enumerate(row):
            if place.cell and place.colspan == 1:
                text = " ".join(map(m.printed_text, m.texts_of_all(place.cell.blocks)))
                word = max(map(width_of, WORD.findall(text)), default=0)
                columns[x] = max(columns[x], min(width_of(text), max(word, _NARROWEST)))
    return sum(columns) + _BORDERS * len(columns)


def _spread(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Return the table with each cell at all positions that it covers."""
    grid: list[dict[int, Placed]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for place in row:
            while x in grid[y]:
                x += 1
            for below in grid[y : y + place.rowspan]:
                below.update(dict.fromkeys(range(x, x + place.colspan), place))
            x += place.colspan
    return [[row[x] for x in sorted(row)] for row in grid]


def _named_columns(rows: list[list[Placed]]) -> int:
    """Return 1 if the first row of a table without header cells has the names of its columns, of which most have numbers below."""
    if len(rows) < 2 or len(rows[0]) != len(rows[1]) or any(place.rowspan > 1 for place in rows[0]):
        return 0
    names, values = (
        ["".join(map(m.plain_text, m.texts_of_all(p.cell.blocks))) if p.cell else "" for p in row]
        for row in rows[:2]
    )
    are_words = all(names[1:]) and not any(_DIGIT.search(name) for name in names)
    return int(
        are_words and 2 * sum(_DIGIT.search(value) is not None for value in values[1:]) > len(names) - 1
    )


def _said_once(place: Placed, said: set[int]) -> m.Blocks:
    """Return the content of a cell: with links and notes the first time, then as plain text."""
    blocks = place.cell.blocks if place.cell else ()
    if id(place) in said:
        return tuple(
            m.Paragraph((m.Text(m.title_text(tuple(_on_one_line(run)))),)) for run in m.texts_of_all(blocks)
        )
    said.add(id(place))
    return blocks


def _header(column: Sequence[Placed], said: set[int]) -> m.Inlines:
    """Return the text of the header cells above a column, as `_said_once` does."""
    distinct = {id(place): place for place in column}.values()
    blocks = [block for place in distinct for block in _said_once(place, said)]
    texts = [block.content for block in blocks if isinstance(block, m.Paragraph)]
    header = [node for n, text in enumerate(texts) for node in ((m.Text(" / "),) if n else ()) + text]
    return tuple(_on_one_line(header))


def _on_one_line(header: Sequence[m.Inline]) -> Iterator[m.Inline]:
    """Yield the inlines with a space for each line break, or nothing between Han characters, which columns have if space is short."""
    for before, node, after in zip([None, *header], header, [*header[1:], None], strict=False):
        if not isinstance(node, m.LineBreak):
            yield node
        elif not (_ends_wide(before) and _ends_wide(after)):
            yield m.Text(" ")


def _ends_wide(node: m.Inline | None) -> bool:
    return isinstance(node, m.Text) and node.value != "" and width_of(node.value) == 2 * len(node.value)


def _named(header: m.Inlines, blocks: m.Blocks, colon: str) -> m.Blocks:
    """Return the content of a cell after the header of its column."""
    if not header:
        return blocks
    match blocks:
        case (m.Paragraph(content), *rest):
            return (m.Paragraph((*header, m.Text(colon), *content)), *rest)
        case _:
            return (m.Paragraph((*header, m.Text(colon.rstrip()))), *blocks)


def _item(values: list[m.Blocks]) -> m.Definition:
    match values:
        case [(m.Paragraph(term), *rest), *others]:
            return m.Definition(term, tuple(filter(None, (tuple(rest), *others))))
        case _:
            return m.Definition((m.Text("–"),), tuple(values))
