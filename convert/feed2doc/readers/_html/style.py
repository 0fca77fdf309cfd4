"""The declarations in the `style` attribute of an element."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Values of `white-space` by which all spaces are displayed.
KEEPING_SPACES = ("pre", "pre-wrap", "break-spaces")
_MONOSPACED = pattern(r"monospace|courier|consolas|menlo|monaco|source code|fira code|lucida console")
_DECLARATION = pattern(r"(?<![a-z-])([a-z-]++)\s*+:\s*+([^;]+)", re.I)


def declarations(element: _Element) -> Mapping[str, str]:
    """Return the values of the properties in the element's `style`, in lower case."""
    return values_of(element.get("style") or "")


@functools.lru_cache(maxsize=256)
def values_of(style: str) -> Mapping[str, str]:
    """Return the values of the properties in a style, in lower case. Many elements have the same one."""
    return {
        name.lower(): value.lower().replace("!important", "").strip()
        for name, value in _DECLARATION.findall(style)
    }


def is_monospaced(style: Mapping[str, str]) -> bool:
    """Return True if the font of this style is one for program text."""
    return _MONOSPACED.search(style.get("font-family", "") or style.get("font", "")) is not None
