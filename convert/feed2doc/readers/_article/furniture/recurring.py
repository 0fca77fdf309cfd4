"""Blocks at the ends of an entry that recur in its feed and are not part of the article."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc._text.recurrence import key_of
from feed2doc.readers._html.end_blocks import MOST_LINES, PICTURE, Block, end_blocks, last_lines
from feed2doc.readers._html.line_breaks import split_at
from feed2doc.readers._html.parse import words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_names
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

# The share of a text that must be in links.
_LINKED = 0.15
_CELLS, _MOST_CELLS = ("li", "td", "th", "dt", "dd"), 40
# How many blocks of one shape are a row, and of one with several elements in each, and how long each of them is.
_FEWEST_IN_ROW, _FEWEST_ALIKE, _LONGEST_IN_ROW = 3, 2, 160
_COLONS = (":", "：")
# Where a line about an author names the author.
_NEAR_START = 32
_HEADINGS, _LONGEST_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"}), 80
_TAG_SIGNS, _ADDRESS = frozenset("#＃"), pattern(r"(?:https?://|www\.)\S{3,200}|(?<!\S)\S{2,80}@\S{3,80}")


def recurring_in(
    index: Index, known: Mapping[str, str], headline: str, names: Collection[str], rules: Rules
) -> dict[_Element, str]:
    """Return the blocks that recur in a feed and are not part of the article, each with its rule.

    `known` has the texts that recur, with the number of entries that have them. Blocks with links are left out, and the
    heading right above one. What names an author (`names`), is a credit or announces what stays is kept, and so is all if
    nothing else is there.
    """
    if not known:
        return {}
    blocks = end_blocks(index.root, headline)
    if all(block.key in known for block in blocks):
        return {}
    found: dict[_Element, str] = {}
    last = next((block for block in reversed(blocks) if block.key not in known), None)
    if last is not None and last.element.tag not in _CELLS:
        found = _lines_in(last, known, headline, names, rules)
    below: _Element | None = None
    is_below_text = True
    for block in reversed(blocks):
        recurs = block.key in known
        is_picture = block.words.startswith(PICTURE)
        is_below_text = is_below_text and (recurs or is_picture)
        is_promotion = recurs and (
            is_below_text
            if is_picture
            else _is_linked(block)
            and not _is_of_article(block.words, names, rules)
            and not _is_in_list_of_article(block.element, known, headline)
            and not _is_in_row_of_article(block.element, known, headline)
        )
        is_heading = recurs and _is_heading(block) and not _is_of_article(block.words, names, rules)
        if below not in found and (is_heading or block.words.endswith(_COLONS)):
            is_promotion = False
        if is_promotion or (is_heading and below in found):
            found[block.element] = f"feed: recurs in {known[block.key]} entries"
        below = block.element
    return found


def _lines_in(
    block: Block, known: Mapping[str, str], headline: str, names: Collection[str], rules: Rules
) -> dict[_Element, str]:
    """Return the lines at the end of a block that recur and have links, each in an element of its own."""
    found: dict[_Element, str] = {}
    for line_break, words, key in [*islice(last_lines(block, headline), MOST_LINES)]:
        # What names an author further on asks for something: `The podcasts of Quay: …`.
        names_author = _is_of_article(words[:_NEAR_START], names, rules)
        of_article = names_author or rules.credit(words) is not None
        if key not in known or not _ADDRESS.search(words) or of_article:
            break
        found[split_at(line_break)] = f"feed: recurs in {known[key]} entries"
    return found


def _is_of_article(words: str, names: Collection[str], rules: Rules) -> bool:
    """Return True for words that name an author or are a credit: one of known words, or names after a label."""
    folded = words.casefold()
    if any(name.casefold() in folded for name in names if name) or rules.credit(words) is not None:
        return True
    return any(sign in words and are_names(words.partition(sign)[2].strip()) for sign in _COLONS)


def _is_in_list_of_article(element: _Element, known: Mapping[str, str], headline: str) -> bool:
    """Return True for an item or a cell next to one that does not recur."""
    cell = element if element.tag in _CELLS else next(element.iterancestors(*_CELLS), None)
    row = None if cell is None else cell.getparent()
    if row is None:
        return False
    words = (words_of_few(each) for each in islice(row, _MOST_CELLS))
    return any(each and key_of(each, headline) not in known for each in words)


def _is_in_row_of_article(element: _Element, known: Mapping[str, str], headline: str) -> bool:
    """Return True for one of several short blocks of the same shape, as titles with their links, if another does not recur."""
    shape = _shape_of(element)
    sides = (element.itersiblings(preceding=above) for above in (True, False))
    near = chain.from_iterable(
        takewhile(lambda each: _shape_of(each) == shape, islice(side, _MOST_CELLS)) for side in sides
    )
    row = [words for each in near if 0 < len(words := words_of(each)) <= _LONGEST_IN_ROW]
    fewest = _FEWEST_ALIKE if len(element) > 1 else _FEWEST_IN_ROW
    return len(row) >= fewest - 1 and any(key_of(words, headline) not in known for words in row)


def _shape_of(element: _Element) -> tuple[str, ...]:
    return str(element.tag), element.get("class") or "", *(str(each.tag) for each in element)


def _is_linked(block: Block) -> bool:
    linked = sum(len(words_of(link)) for link in block.element.iter("a"))
    if linked and block.words[0] in _TAG_SIGNS:  # only the sign of some tags is a link
        return True
    linked += sum(len(found[0]) for found in _ADDRESS.finditer(block.words)) if not linked else 0
    has_form = next(block.element.iter("form", "button", "input"), None) is not None
    return has_form or linked > _LINKED * len(block.words)


def _is_heading(block: Block) -> bool:
    """Return True for a heading, or a short text in bold that is not an item or a cell."""
    if block.element.tag in _CELLS or next(block.element.iterancestors(*_CELLS), None) is not None:
        return False
    is_bold = any(words_of(each) == block.words for each in block.element.iter("b", "strong"))
    return len(block.words) <= _LONGEST_HEADING and (block.element.tag in _HEADINGS or is_bold)
