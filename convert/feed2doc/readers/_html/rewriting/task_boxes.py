"""Checkboxes that are signs, icons or elements of an editor, rewritten as the states of their list items."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_SIGN = pattern(r"(?:☐|(?P<done>[☑☒🗹])|\[(?: |(?P<x>[xX]))\](?=[\s\u00a0]))[\s\u00a0\ufe0e\ufe0f]*+")
_FIRST = frozenset("☐☑☒🗹[")
# Signs in lists that say that they are checklists, as those of AsciiDoctor.
_TICK = pattern(r"(?:[❏❑□◻⬜○]|(?P<done>[✓✔☑✅])|(?P<x>\[[xX]\]))[\s\u00a0\ufe0e\ufe0f]*+")
_CHECKLIST = pattern(r"(?:^|[\s_-])(?:check-?list|task-?list|to-?do-?list)(?:$|[\s_-])", re.I)
# Icons of a checked and an empty box: Font Awesome, Bootstrap Icons, Remix Icon, Dashicons, and the boxes of Discourse.
_DONE = pattern(
    r"(?:check-square|square-check|checkbox-(?:fill|line|checked|on))|(?:^|\s|--)(?:checked|is-checked)(?:\s|$)"
)
_BOX = pattern(
    r"(?:^|\s)(?:[\w-]{0,20}(?:chcklst|check|todo|task)-?box(?:-blank)?(?:-(?:fill|line|on|off|checked|unchecked))?"
    r"|(?:fa|bi|ri|ti|icon)-(?:check-)?square(?:-check)?(?:-o|-fill|-line)?|(?:check-square|square-check)(?:-o|-fill)?)(?:\s|$)"
)
_ICONS = frozenset(["i", "span", "svg"])


def settle_tasks(index: Index, leave: Callable[[str], None], gain: Callable[[str], None]) -> None:
    """Mark the items of lists that begin with a box (`data-checked`). The signs go to `leave`, new ones to `gain`.

    Signs are boxes if all items of a list begin with one.
    """
    for list_ in (*index.named.get("ul", ()), *index.named.get("ol", ())):
        first = next(iter(list_), None)
        if first is None or first.tag != "li":
            continue
        is_checklist = _CHECKLIST.search(list_.get("class") or "") is not None
        if is_checklist or _begins_with_sign(first):
            sign = _TICK if is_checklist else _SIGN
            _settle_signs([each for each in list_ if each.tag == "li"], sign, leave)
        elif len(first) and not (first.text or "").strip() and first[0].tag in _ICONS:
            _settle_icons(list_)
    for box in index.named.get("en-todo", ()):
        _settle_evernote(box, gain)


def _begins_with_sign(item: _Element) -> bool:
    return (_text_of(item).text or "").lstrip()[:1] in _FIRST


def _text_of(item: _Element) -> _Element:
    """Return the item, or the paragraph that begins it."""
    has_paragraph = len(item) and item[0].tag in ("p", "label") and not (item.text or "").strip()
    return item[0] if has_paragraph else item


def _settle_signs(items: list[_Element], signs: re.Pattern[str], leave: Callable[[str], None]) -> None:
    found = [signs.match((_text_of(item).text or "").lstrip()) for item in items]
    if not all(found):
        return
    for item, sign in zip(items, found, strict=True):
        assert sign is not None
        leave(sign[0])
        _text_of(item).text = sign.string[sign.end() :]
        _state(item, done=bool(sign["done"] or sign["x"]))


def _settle_icons(list_: _Element) -> None:
    for item in list_:
        box = next(iter(item), None)
        if item.tag != "li" or box is None or box.tag not in _ICONS or (item.text or "").strip():
            continue
        classes = (box.get("class") or "").lower()
        is_empty = not (box.text or "").strip() and not len(box) and box.get("aria-checked") is None
        if is_empty and _BOX.search(classes):
            _state(item, done=_DONE.search(classes) is not None)


def _state(item: _Element, *, done: bool) -> None:
    if item.get("data-checked") is None:
        item.set("data-checked", "true" if done else "false")


def _settle_evernote(box: _Element, gain: Callable[[str], None]) -> None:
    """Rewrite an `en-todo` (https://dev.evernote.com/doc/articles/enml.php), which the parser takes for one that is not closed."""
    done = box.get("checked") == "true"
    item = next(box.iterancestors("li"), None)
    box.tag = "span"
    if item is not None:
        _state(item, done=done)
    else:
        sign = "☑" if done else "☐"
        gain(sign)
        box.text = f"{sign} {(box.text or '').lstrip()}"
