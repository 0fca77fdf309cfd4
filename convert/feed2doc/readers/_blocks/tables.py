"""Tables that are only used for layout, as in newsletters, as opposed to tables of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.inlines import without_bold

if TYPE_CHECKING:
    from lxml.etree import _Element

Rows = tuple[tuple[m.Cell, ...], ...]

_DATA_CLASS = pattern(
    r"\b(?:wikitable|infobox|data-?table|dataframe|sortable|wp-block-table|table-(?:striped|bordered|responsive|scroll))\b|^table$"
)
# The length of text in one cell that is prose rather than a value, and of several paragraphs in one.
_PROSE, _PARAGRAPHS = 80, 160
# The length of a value next to cells of prose: a date, a name.
_VALUE = 40
_SENTENCE_ENDS = frozenset(".!?。！？…”»")
# A formula and its number: `(3)`, `(2.1a)`.
_MOST_EQUATIONS, _NUMBER = 3, pattern(r"[(（\[]\s*[\w.-]{1,8}\s*[)）\]]")


def is_layout(element: _Element | None, rows: Rows, caption: m.Inlines) -> bool:
    """Return True if a table only places its content on the page.

    A table that says what it is, by its role, header cells, a caption or borders, is that. Otherwise it is a table of data if
    it has several columns of short texts, or bold titles above its columns, one of which has nothing but values.
    """
    if element is not None and element.get("role") in ("presentation", "none"):
        return True
    if caption or any(cell.header for row in rows for cell in row):
        return False
    filled = [row for row in ([cell for cell in row if cell.blocks] for row in rows) if row]
    cells = [cell for row in filled for cell in row]
    if len(cells) == 1:  # a box, which may have a border, except in a page that this package wrote
        parent = element.getparent() if element is not None else None
        return parent is None or parent.get("class") != "table"
    if element is not None and _says_data(element):
        return False
    if len(filled) <= _MOST_EQUATIONS and all(map(_is_equation, filled)):
        return True
    if all(len(row) == 1 for row in filled) or (element is not None and _has_tables(element)):
        return True
    if _has_titles(filled):
        return False
    if len(filled) == 1 and any(_is_figure(cell) or _is_prose(cell) or _has_list(cell) for cell in cells):
        return True
    if len(filled) == 1 and sum(not _is_sign(cell) for cell in cells) == 1:
        return True
    columns = [row for row in filled if len(row) > 1]
    if len(columns) == 1 and any(map(_is_figure, columns[0])) and any(map(_has_sentences, columns[0])):
        return True
    if len(filled) > 1 and all(map(_has_sentence_beside, filled)):
        return True
    if all(_is_figure(cell) or _is_prose(cell) for cell in cells) or any(map(_is_part_of_page, cells)):
        return True
    return all(map(_is_figure, filled[0])) and all(_is_figure(cell) or _is_short(cell) for cell in cells)


def with_header(rows: Rows) -> Rows:
    """Return the rows with header cells in the first one if that has nothing but headings, and the others have none."""
    if (
        len(rows) < 2
        or not all(_is_heading(cell) for cell in rows[0] if cell.blocks)
        or not any(c.blocks for c in rows[0])
    ):
        return rows
    if any(isinstance(block, m.Heading) for row in rows[1:] for cell in row for block in cell.blocks):
        return rows
    header = [
        msgspec.structs.replace(cell, blocks=tuple(map(_as_paragraph, cell.blocks)), header=True)
        for cell in rows[0]
    ]
    return (tuple(header), *rows[1:])


def with_bold_header(rows: Rows) -> Rows:
    """Return the rows of a table of data with header cells in the first one if all of it is bold and not all of the next one is.

    Tables written in word processors have such rows instead of header cells.
    """
    if len(rows) < 2 or any(cell.header for row in rows for cell in row):
        return rows
    if not _has_bold_row([[cell for cell in row if cell.blocks] for row in rows[:2]]):
        return rows
    header = [
        msgspec.structs.replace(cell, blocks=tuple(map(_unstressed, cell.blocks)), header=True)
        for cell in rows[0]
    ]
    return (tuple(header), *rows[1:])


def content_of(rows: Rows) -> m.Blocks:
    """Return the content of a table for layout. Texts below the pictures of a row, or of the only column, are their captions."""
    blocks: list[m.Block] = []
    are_pictures = all(len(row) == 1 and _is_figure(row[0]) for row in rows[:-1])
    for row in rows:
        is_below = len(row) > 1 or (are_pictures and row is rows[-1])
        figures = blocks[-len(row) :] if is_below and len(row) <= len(blocks) else []
        are_bare = all(isinstance(f, m.Figure) and not f.caption for f in figures)
        if figures and are_bare and all(map(_is_short, row)):
            captions = [cell.blocks[0] for cell in row]
            blocks[-len(row) :] = [_captioned(f, text) for f, text in zip(figures, captions, strict=True)]
        else:
            blocks += [block for cell in row for block in cell.blocks]
    return tuple(blocks)


def _captioned(figure: m.Block, text: m.Block) -> m.Block:
    if isinstance(figure, m.Figure) and isinstance(text, m.Paragraph):
        return msgspec.structs.replace(figure, caption=without_bold(text.content))
    return figure


def _as_paragraph(block: m.Block) -> m.Block:
    return m.Paragraph(block.content) if isinstance(block, m.Heading) else block


def _has_bold_row(rows: list[list[m.Cell]]) -> bool:
    first, second = rows[:2]
    return len(first) > 1 and all(map(_is_bold, first)) and not all(map(_is_bold, second))


def _has_titles(rows: list[list[m.Cell]]) -> bool:
    """Return True for several columns below bold titles, of which the first or the last has nothing but short texts."""
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or not _has_bold_row(rows):
        return False
    if any(_is_prose(cell) or not _is_short(cell) for cell in rows[0]):
        return False
    return any(all(_is_value(row[column]) for row in rows[1:]) for column in (0, -1))


def _is_value(cell: m.Cell) -> bool:
    return _is_short(cell) and sum(map(len, _texts(cell))) <= _VALUE


def _is_bold(cell: m.Cell) -> bool:
    return all(
        isinstance(block, m.Paragraph) and all(map(_is_strong, block.content)) for block in cell.blocks
    )


def _is_strong(node: m.Inline) -> bool:
    return isinstance(node, m.Strong | m.LineBreak) or (isinstance(node, m.Text) and not node.value.strip())


def _unstressed(block: m.Block) -> m.Block:
    if not isinstance(block, m.Paragraph):
        return block
    content = [node.content if isinstance(node, m.Strong) else (node,) for node in block.content]
    return m.Paragraph(tuple(node for nodes in content for node in nodes))


def _says_data(element: _Element) -> bool:
    if element.get("role") in ("table", "grid") or (element.get("summary") or "").strip():
        return True
    if element.get("border", "0") not in ("", "0") or element.get("rules", "none") != "none":
        return True
    parent = element.getparent()
    holders = [element] if parent is None else [element, parent]
    if any(_DATA_CLASS.search(each.get("class") or "") for each in holders):
        return True
    return element.find("thead") is not None


def _has_tables(element: _Element) -> bool:
    return any(each is not element for each in element.iter("table"))


def _is_figure(cell: m.Cell) -> bool:
    return bool(cell.blocks) and all(isinstance(block, m.Figure) for block in cell.blocks)


def _has_sentences(cell: m.Cell) -> bool:
    """Return True for several paragraphs that end as sentences do."""
    texts = _texts(cell)
    return len(texts) > 1 and all(text.rstrip()[-1:] in _SENTENCE_ENDS for text in texts)


def _has_sentence_beside(row: list[m.Cell]) -> bool:
    """Return True for a row of a picture and a sentence on it, as a step of a manual has them."""
    pictures, texts = ([cell for cell in row if _is_figure(cell) is each] for each in (True, False))
    if not len(pictures) == 1 == len(texts) or not _is_short(texts[0]):
        return False
    text = _texts(texts[0])[0].rstrip()
    return len(text) > _VALUE and text[-1:] in _SENTENCE_ENDS


def _is_heading(cell: m.Cell) -> bool:
    return len(cell.blocks) == 1 and isinstance(cell.blocks[0], m.Heading)


def _is_short(cell: m.Cell) -> bool:
    return len(cell.blocks) == 1 and isinstance(cell.blocks[0], m.Paragraph)


def _is_sign(cell: m.Cell) -> bool:
    """Return True for a cell with nothing but signs, such as a large quotation mark."""
    return _is_short(cell) and not any(map(str.isalnum, _texts(cell)[0]))


def _is_prose(cell: m.Cell) -> bool:
    return sum(map(len, _texts(cell))) > _PROSE


def _has_list(cell: m.Cell) -> bool:
    return any(isinstance(block, m.BulletList | m.OrderedList) for block in cell.blocks)


def _texts(cell: m.Cell) -> list[str]:
    return [m.plain_text(block.content) for block in cell.blocks if isinstance(block, m.Paragraph)]


def _is_equation(row: list[m.Cell]) -> bool:
    """Return True if a row has nothing but a formula and its number."""
    formulas = [cell for cell in row if _is_formula(cell)]
    numbers = [cell for cell in row if _is_short(cell) and _NUMBER.fullmatch(" ".join(_texts(cell)).strip())]
    return len(formulas) == 1 == len(numbers) and len(row) == 2


def _is_formula(cell: m.Cell) -> bool:
    match cell.blocks:
        case (m.Math(),) | (m.Paragraph((m.Math(),)),):
            return True
    return False


def _is_part_of_page(cell: m.Cell) -> bool:
    """Return True if the cell has what a table of data does not: headings, tables, or several paragraphs of prose."""
    kinds = {type(block) for block in cell.blocks}
    if not kinds.isdisjoint((m.Heading, m.Table, m.Quote, m.Aside, m.Embed)):
        return True
    texts = _texts(cell)
    if m.Figure in kinds and texts:
        return True
    return len(texts) > 1 and sum(map(len, texts)) > _PARAGRAPHS
