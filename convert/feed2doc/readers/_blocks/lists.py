"""Lists: the numbers of their items, and their checkboxes."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, cast

from msgspec.structs import replace

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.attributes import number
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.readers._html.style import declarations

if TYPE_CHECKING:
    from lxml.etree import _Element

Numbering = Literal["1", "a", "A", "i", "I"]

_STYLES: dict[str, Numbering] = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_SINGLE = frozenset({"bulleted-list", "numbered-list", "to-do-list"})
# Classes of galleries, and the number of elements in which they are looked for.
_GALLERY, _NEAR = pattern(r"galler|(?<![a-z])slide|carousel|swiper|(?<!tele)photos", re.I), 3
_LOWEST = -(2**31)
# Classes of lists of tasks, and those of their items.
_TASK_LIST = pattern(r"(?:^|[\s_-])(?:tasks?|to-?dos?|check)[_-]?list(?:$|[\s_-])")
_DONE = frozenset({"checked", "is-checked", "done", "is-done", "completed", "complete"})
_OPEN = frozenset({"unchecked", "not-checked", "open", "undone", "todo", "pending", "incomplete"})
# The value of Quill for items without a number.
_UNNUMBERED = frozenset({"bullet", "checked", "unchecked"})
_STATES = {
    "true": True,
    "checked": True,
    "x": True,
    "X": True,
    "false": False,
    "unchecked": False,
    " ": False,
}


def list_of(frame: OpenBlock, element: _Element) -> m.BulletList | m.OrderedList:
    """Return the list whose items are in this open block."""
    items, loose = frame.all_items(), frame.is_loose()
    tasks = tuple(frame.tasks.get(at) for at in range(len(items))) if frame.tasks else ()
    if frame.kind == "ul" or _are_bullets(element):
        return m.BulletList(items, loose, tasks)
    down = element.get("reversed") is not None
    start = number(element.get("start"), len(items) if down else 1, low=_LOWEST)
    values: list[int] = []
    for at in range(len(items)):
        following = values[-1] + (-1 if down else 1) if values else start
        values.append(frame.numbers.get(at, following))
    step = -1 if down else 1
    follows = values == list(range(values[0], values[0] + step * len(values), step))
    return m.OrderedList(
        items, values[0], loose, _numbering(element), down, () if follows else tuple(values), tasks
    )


def _are_bullets(element: _Element) -> bool:
    """Return True if the items of a numbered list say that they are not, as in Quill, which has no other lists."""
    items = [item.get("data-list") for item in element.iterchildren("li")]
    return bool(items) and all(item in _UNNUMBERED for item in items)


def is_gallery(frame: OpenBlock, element: _Element) -> bool:
    """Return True if the items of this list are nothing but pictures. A numbered one must be a gallery by its class or place."""
    blocks = [block for item in frame.items for block in item]
    if not blocks or not all(isinstance(block, m.Figure) for block in blocks):
        return False
    around = chain((element,), element.iterancestors("figure", "div"))
    return frame.kind == "ul" or any(
        each.tag == "figure" or _GALLERY.search(each.get("class") or "") for each in islice(around, _NEAR)
    )


def is_single(element: _Element) -> bool:
    """Return True if this is one of Notion's lists, each of which has one item."""
    return not _SINGLE.isdisjoint((element.get("class") or "").split())


def joined_lists(first: m.Block, second: m.Block) -> m.Block | None:
    """Return two lists as one, or None if they are of different kinds."""
    match first, second:
        case m.BulletList(), m.BulletList() if bool(first.tasks) is bool(second.tasks):
            pass
        case m.OrderedList(), m.OrderedList() if second.start == first.start + len(first.items):
            pass
        case _:
            return None
    return replace(
        first,
        items=first.items + second.items,
        loose=first.loose or second.loose,
        tasks=first.tasks + second.tasks,
    )


def counts_empty(kind: str, item: _Element) -> bool:
    """Return True if an item without content is one all the same: a number, which those of the others follow, or a checkbox."""
    return kind == "ol" or (kind == "ul" and _task_of(item) is not None)


def add_item(parent: OpenBlock, item: OpenBlock, blocks: m.Blocks) -> None:
    """Add an item to its list, with its number and checkbox."""
    element = item.element
    parent.add_item(blocks, has_paragraph=item.has_paragraph)
    holder = parent if parent.kind in ("ul", "ol") else parent.orphan_items
    if element is None or holder is None:
        return
    at = len(holder.items) - 1
    if element.get("value") is not None:
        holder.numbers[at] = number(element.get("value"), at + 1, low=_LOWEST)
    if (done := _task_of(element)) is not None:
        holder.tasks[at] = done


def _numbering(element: _Element) -> Numbering:
    kind = element.get("type") or ""
    if kind in ("a", "A", "i", "I"):
        return cast("Numbering", kind)
    style = declarations(element) if element.get("style") else {}
    said = style.get("list-style-type") or style.get("list-style") or ""
    return next((_STYLES[word] for word in said.split() if word in _STYLES), "1")


def _task_of(item: _Element) -> bool | None:
    """Return True if the checkbox of a list item is checked, False if it is not, and None if there is no checkbox.

    Editors write `input` elements (GitHub, Obsidian, TipTap), attributes (Quill, Trix) or classes (Notion, Confluence).
    """
    parent = item.getparent()
    for value in (item.get("data-checked"), item.get("data-list"), item.get("data-task")):
        if value in _STATES:
            return _STATES[value]
    if parent is not None and parent.get("data-checked") in _STATES:
        return _STATES[parent.get("data-checked") or ""]
    for each in item.iter("input", "span", "div", "button"):
        if each.tag == "input":
            if (each.get("type") or "").lower() == "checkbox" and _is_of(each, item):
                return each.get("checked") is not None
            continue
        classes = (each.get("class") or "").split()
        if "checkbox" not in classes and each.get("role") != "checkbox":
            continue
        if each.get("aria-checked") in _STATES and _is_of(each, item):
            return _STATES[each.get("aria-checked") or ""]
        if "checkbox-on" in classes or "checkbox-off" in classes:
            return "checkbox-on" in classes
        if "task" in (item.get("class") or "").split():  # in pages written by feed2doc
            return each.text == "☑"
    return _state_by_class(item, parent)


def _state_by_class(item: _Element, parent: _Element | None) -> bool | None:
    """Return the state that only the classes of an item and its list say, as in Confluence."""
    around = (parent.get("class") or "").lower() if parent is not None else ""
    if "inline-task-list" in around or item.get("data-inline-task-id") is not None:
        return "checked" in (item.get("class") or "").split()
    if not around or not _TASK_LIST.search(around):
        return None
    classes = [name.rpartition("--")[2] for name in (item.get("class") or "").lower().split()]
    return True if not _DONE.isdisjoint(classes) else None if _OPEN.isdisjoint(classes) else False


def _is_of(box: _Element, item: _Element) -> bool:
    """Return True if the checkbox is the item's own, not that of a list in it."""
    return next(box.iterancestors("li"), None) is item
