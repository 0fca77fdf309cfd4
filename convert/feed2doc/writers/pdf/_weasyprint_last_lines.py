"""The last lines of an article that go to its last page together, for WeasyPrint 70."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox, LineBox

_HOLDERS = frozenset(["ul", "ol", "li", "dl", "dd", "blockquote"])
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
# Credits, notes and boxes of embeds, which are below the text.
_BELOW = frozenset(["footer", "div"])


def last_lines(
    article: Any, before: Mapping[Any, int], last: Mapping[Any, int], fewest: int
) -> tuple[list[tuple[Any, dict[str, Any]]], int]:
    """Return the changes of styles by which the last page has so many lines of the text, and how many lines move there.

    `before` and `last` are the numbers of lines of each element on the last two pages. Short paragraphs and items of lists are on
    the last page as a whole, with the last lines of what is before them.
    """
    changes: list[tuple[Any, dict[str, Any]]] = []
    needed, moved, joined = fewest, 0, None
    for box, start in _last_texts(article):
        if box.element_tag in _BELOW:
            changes.append((start, {"break_before": "avoid"}))
            continue
        on_last, lines = last[box.element], before[box.element] + last[box.element]
        if box.element_tag in _HEADINGS:
            return changes, moved + before[box.element]
        if not lines:
            break
        widows = max(min(needed, lines - box.style["orphans"]), box.style["widows"])
        if lines >= widows + box.style["orphans"]:
            return [*changes, (box, {"widows": widows})], moved + max(0, widows - on_last)
        changes.append((box, {"widows": lines}))
        moved += before[box.element]
        needed -= lines
        if needed <= 0:
            return changes, moved
        joined = start, {"break_before": "avoid"}
        changes.append(joined)
    if changes and changes[-1] is joined:  # what is above, such as a picture, need not move
        changes.pop()
    return changes, moved


def last_paragraph(article: Any) -> Any:
    """Return the last paragraph of an article, or None if it does not end with one above credits or notes."""
    texts = [box for box, _ in islice(_last_texts(article), 4)]
    last = next((box for box in texts if box.element_tag not in _BELOW), None)
    return last if last is not texts[0] and last is not None and last.element_tag == "p" else None


def _last_texts(article: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what is below the text of an article, then its paragraphs and items of lists, the last first, up to a heading or a picture.

    With each is the box before which no page is to end, which is the item for the first text of an item.
    """
    todo = [(child, child) for child in article.children]
    while todo:
        child, start = todo.pop()
        if child.element_tag in _BELOW:
            yield child, start
        elif not isinstance(child, BlockBox) or not child.children:
            return
        elif isinstance(child.children[0], LineBox):
            yield child, start
        elif child.element_tag in _HOLDERS:
            texts = [each for each in child.children if not is_marker(each)]
            todo += [(each, each if place else start) for place, each in enumerate(texts)]
        else:
            return


def is_marker(box: Any) -> bool:
    """Return True if the box is the sign or number of an item of a list, or in it."""
    return bool(box.element_tag.endswith("::marker"))
