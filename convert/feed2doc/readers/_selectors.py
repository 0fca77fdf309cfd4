"""CSS selectors of site rules: compiled when needed, tried only where what they name is in the tree."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from lxml.etree import _Element

# What does not say that an element, class or id of that name must be in the tree.
_CONDITIONAL = re.compile(r":[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?|\[[^\]]*\]")
_NAME = re.compile(r"[.#]?[A-Za-z_][\w-]*")


@dataclass(frozen=True, slots=True)
class Selector:
    """One CSS selector. `needs` are the elements, `.classes` and `#ids` without which it chooses nothing."""

    css: str
    needs: frozenset[str]

    def of(self, root: _Element) -> list[_Element]:
        """The elements that it chooses, in document order."""
        return cast("list[_Element]", _xpath(self.css)(root))

    def check(self) -> None:
        """Raise cssselect's error for a selector that is none."""
        _xpath(self.css)


@functools.cache
def selector(css: str) -> Selector:
    """The selector written so; it is not checked before its first use."""
    plain = _CONDITIONAL.sub("", css)
    alternatives = [
        {n if n[0] in ".#" else n.lower() for n in _NAME.findall(part)} for part in plain.split(",")
    ]
    return Selector(css, frozenset(set.intersection(*alternatives)))


@functools.cache
def _xpath(css: str) -> Any:
    from lxml.cssselect import CSSSelector

    return CSSSelector(css, translator="html")


@functools.cache
def _attributes(name: str) -> Any:
    from lxml.etree import XPath

    return XPath(f"//@{name}", smart_strings=False)


def names_in(root: _Element, elements: list[_Element]) -> frozenset[str]:
    """Every element name, `.class` and `#id` in this tree, whose elements these are."""
    names: set[str] = {element.tag for element in elements}
    names.update("." + name for value in _attributes("class")(root) for name in value.split())
    names.update("#" + value for value in _attributes("id")(root))
    return frozenset(names)


def describe(element: _Element) -> str:
    """The element as a selector would name it: `figure`, `p.caption`, `div#body`."""
    name = str(element.tag)
    if found := element.get("id"):
        return f"{name}#{found}"
    classes = (element.get("class") or "").split()
    return ".".join([name, *classes[:2]])
