"""Lists that Word writes as paragraphs with a typed bullet or number, as `ul` and `ol` elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# A bullet (letters are bullets of Symbol, Courier and Wingdings) or a number, and the spaces that Word writes after it.
_MARK = pattern(
    r"\s{0,99}(?:(?P<bullet>[·•●○▪■□➢✓–-]|[o§Øvüq](?=\s?\u00a0))|\(?(?P<number>\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])(?:\s{2,99}|\u00a0)\s{0,99}"
)
_ALONE = pattern(r"\s{0,99}(?:\(?(?P<number>\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|(?P<bullet>\S))\s{0,99}")
_LEVEL = pattern(r"mso-list:[^;]{0,40}?level(\d)")
_HIGHEST = 9


class _Item(Struct, frozen=True):
    """A paragraph that is a list item; `number` is "" if it has a bullet."""

    element: _Element
    level: int
    number: str


def settle_word_lists(root: _Element) -> None:
    """Turn the paragraphs that are items of a list into `li` elements. The others stay as they are."""
    run: list[_Item] = []
    for element in list(root.iter("p")):
        item = _item(element)
        if run and (item is None or element.getprevious() is not run[-1].element or run[-1].element.tail):
            _settle(run)
            run = []
        if item is not None:
            element.tail = (element.tail or "").strip() or None
            run.append(item)
    if run:
        _settle(run)


def _item(element: _Element) -> _Item | None:
    """Return the item that a paragraph is, without its mark, or None if it is not one."""
    style = _style(element)
    if "mso-list:" not in style and "MsoList" not in (element.get("class") or ""):
        return None
    level = _LEVEL.search(style)
    ignored = next((e for e in element.iter("span") if "mso-list:ignore" in _style(e)), None)
    if ignored is not None:
        text = _text_of(ignored)
        found = _ALONE.fullmatch(text)
        length = len(_text_of(element).partition(text)[0]) + len(text)
    else:
        found = _MARK.match(_text_of(element))
        length = found.end() if found else 0
    if found is None:
        return None
    _cut(element, length)
    return _Item(element, min(int(level[1]), _HIGHEST) if level else 1, found["number"] or "")


def _text_of(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _style(element: _Element) -> str:
    """Return the style in small letters, without spaces."""
    return (element.get("style") or "").lower().replace(" ", "")


def _cut(element: _Element, length: int) -> None:
    """Remove this number of characters from the beginning of an element."""
    for each in element.iter():
        for name in ("text", "tail"):
            if name == "tail" and (each is element or len(each)):
                continue
            text = getattr(each, name) or ""
            setattr(each, name, text[length:] or None)
            length -= min(length, len(text))
            if not length:
                return


def _settle(run: list[_Item]) -> None:
    """Move the paragraphs of one run into a list, those of a deeper level into lists in the item above them."""
    top = _list_for(run[0])
    run[0].element.addprevious(top)
    open_lists = [(run[0].level, top)]
    last: _Element | None = None
    for item in run:
        while len(open_lists) > 1 and open_lists[-1][0] > item.level:
            open_lists.pop()
        level, inner = open_lists[-1]
        if item.level > level and last is not None:
            made = _list_for(item)
            last.append(made)
            open_lists.append((item.level, made))
            inner = made
        item.element.tag = "li"
        inner.append(item.element)
        last = item.element


def _list_for(item: _Item) -> _Element:
    """Return the list that begins with this item."""
    number = item.number
    made: _Element = item.element.makeelement("ol" if number else "ul")
    if number.isdigit():
        made.set("start", number)
    elif number:
        made.set(
            "type",
            ("i" if number.islower() else "I") if number.lower() == "i" else "a" if number.islower() else "A",
        )
        if len(number) == 1 and number.lower() != "i":
            made.set("start", str(ord(number.lower()) - ord("a") + 1))
    return made
