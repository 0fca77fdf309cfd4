"""The lines at the beginning of an article's tree, in which its header is searched for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc.readers._blocks.elements import BREAKING, FRAMES, SILENT
from feed2doc.readers._html.layout_tables import CELLS, is_row_of_links, places_text
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that are never part of a header: the text begins with them.
_TEXT = frozenset({"blockquote", "table", "pre", "dl", "details", "form"})
# Elements that may come before or in a header, and are not read for it.
_PASSED = frozenset(
    {"figure", "img", "picture", "video", "audio", "iframe", "svg", "hr", "figcaption", "caption"}
)
# A label and its sign, as in `来源：`.
_LONGEST_LABEL, _COLONS = 8, frozenset(":：")
# Elements that are icons if they have no text, as before each part of a line.
_OPENING, _CLOSING = ("(", "（", "["), (".", ")", "）")
# Collapsed parts of a header: when the article was changed.
_LONGEST_DETAILS = 120
_ROWS = CELLS - {"td"} | {"table"}
_ICONS = frozenset({"i", "span", "svg", "em"})
_BLOCKS = BREAKING | FRAMES.keys() | {"hr"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Unit(Struct, eq=False):
    """One line: a block without blocks inside it, or adjacent inline elements and text next to blocks.

    `holders` are the elements whose text (True) or tail (False) belongs to the line.
    """

    parent: _Element
    elements: list[_Element] = []
    holders: list[tuple[_Element, bool]] = []
    is_block: bool = False

    @property
    def text(self) -> str:
        """Return the text of the line, with a space between its elements."""
        if self.is_block:
            return _lines_of(self.elements[0])
        texts = [words_of(each) for each in self.elements]
        texts += [(each.text if inner else each.tail) or "" for each, inner in self.holders]
        return " ".join(" ".join(texts).split())

    @property
    def is_heading(self) -> bool:
        """Return True if the line is a heading."""
        return self.is_block and self.elements[0].tag in _HEADINGS

    def clear(self) -> str:
        """Remove the text of the line that is next to its elements, and return it."""
        texts = []
        for element, inner in self.holders:
            if inner:
                texts.append(element.text or "")
                element.text = None
            else:
                texts.append(element.tail or "")
                element.tail = None
        return "".join(texts)


def units_of(
    root: _Element, skipped: Collection[_Element], titles: Collection[_Element] = ()
) -> Iterator[Unit | None]:
    """Yield the lines of the tree, in order, and None where something begins that cannot belong to a header.

    `titles` are elements that are lines although they have been left out: the headline of a page.
    """
    stack = [(root, iter(root))]
    loose = Unit(root)
    holding: set[_Element] = set()
    _add_text(loose, root, inner=True)
    while stack:
        parent, children = stack[-1]
        for child in children:
            tag = child.tag
            if titles and child in titles:
                yield from _taken(loose)
                yield Unit(parent, [child], is_block=True)
                loose = Unit(parent)
            elif (
                child in skipped
                or tag in SILENT
                or tag in _PASSED
                or (tag == "table" and is_row_of_links(child))
            ):
                pass
            elif tag == "br" or tag in _BLOCKS or tag in CELLS or _holds_blocks(child, holding):
                yield from _taken(loose)
                loose = Unit(parent)
                if tag in _TEXT and not _may_have_header(child):
                    yield None
                elif tag != "br" and (tag in _ROWS or _holds_blocks(child, holding)):
                    stack.append((child, iter(child)))
                    loose = Unit(child)
                    _add_text(loose, child, inner=True)
                    break
                elif tag != "br":
                    yield Unit(parent, [child], is_block=True)
            else:
                loose.elements.append(child)
            _add_text(loose, child, inner=False)
        else:
            stack.pop()
            yield from _taken(loose)
            if stack:
                loose = Unit(stack[-1][0])
                _add_text(loose, parent, inner=False)


def _may_have_header(element: _Element) -> bool:
    """Return True for a table for layout, and for what is folded away in a header."""
    if element.tag == "table":
        return places_text(element)
    return element.tag == "details" and len(words_of(element)) <= _LONGEST_DETAILS


def is_block(element: _Element) -> bool:
    """Return True if the element begins and ends a line."""
    return element.tag in _BLOCKS or _holds_blocks(element)


def _lines_of(element: _Element) -> str:
    """Return the text of a block, with its elements on lines of their own if nothing but a style sheet separates them."""
    if not len(element):
        return words_of(element)
    if any(each.tag == "br" for each in element):
        return "\n".join(_split_at_breaks(element))
    icons = {each for each in element if each.tag in _ICONS and not words_of(each)}
    if len(element) < 2 or (not icons and any((each.tail or "").strip() for each in element)):
        return words_of(element)
    made = element.text or ""
    are_parts = not made.strip() and all(
        each.get("class") and not (each.tail or "").strip() for each in element
    )
    for child in element:
        words = words_of(child)
        glued = (
            child in icons
            or (are_parts and made.strip() != "")
            or (
                (made[-1:].isalnum() or made[-1:] in _CLOSING)
                and made != ""
                and (child.getprevious() is not None or made[-1:].isdigit())
                and (
                    words[:1].isupper()
                    or words[:1] in _OPENING
                    or (_is_hangul(made[-1]) and _is_hangul(words[:1]))
                    or words[:1].isdigit()
                    or (made[-1:].isdigit() and words[:1].isalpha())
                    or not _COLONS.isdisjoint(words[:_LONGEST_LABEL])
                )
            )
        )
        made += ("\n" if glued else "") + words + (child.tail or "")
    return (
        "\n".join(" ".join(line.split()) for line in made.split("\n"))
        if "\n" in made.strip()
        else words_of(element)
    )


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


def _split_at_breaks(element: _Element) -> list[str]:
    """Return the lines of an element that has `br` elements."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("")
        else:
            parts[-1] += words_of(child)
        parts[-1] += child.tail or ""
    return [line for part in parts if (line := " ".join(part.split()))]


def _holds_blocks(element: _Element, known: set[_Element] | None = None) -> bool:
    """Return True if a block is in an element. Those between the two are added to `known`, or each would be searched again."""
    if not len(element):
        return False
    if known is not None and element in known:
        return True
    inner = next((each for each in element.iterdescendants() if each.tag in _BLOCKS), None)
    if inner is not None and known is not None:
        for each in inner.iterancestors():
            known.add(each)
            if each is element:
                break
    return inner is not None


def _add_text(unit: Unit, element: _Element, *, inner: bool) -> None:
    if ((element.text if inner else element.tail) or "").strip():
        unit.holders.append((element, inner))


def _taken(unit: Unit) -> Iterator[Unit]:
    if unit.elements or unit.holders:
        yield unit
