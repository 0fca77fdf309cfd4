"""Base URLs inside a text: `xml:base` attributes and the `base` element."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml.etree import _Element

_BASE = "xml:base"  # the HTML parser keeps the prefix in the name
_ADDRESSES = ("href", "src", "poster", "cite")


def base_of_page(root: _Element, url: str) -> str:
    """Return the URL that the page's first `base` element sets, or "" if there is none.

    Source: https://html.spec.whatwg.org/#the-base-element
    """
    href = next((href for each in root.iter("base") if (href := (each.get("href") or "").strip())), "")
    return _joined(url, href) if href else ""


def apply_bases(root: _Element, base: str) -> None:
    """Resolve the relative URLs of all elements that have, or are inside an element that has, an `xml:base`."""
    holders = [each for each in root.iter() if each.get(_BASE) is not None]
    for holder in reversed(holders):  # the innermost first: URLs that it resolves are not relative any more
        around = [each.get(_BASE) or "" for each in (holder, *holder.iterancestors())]
        own = base
        for value in reversed(around):
            own = _joined(own, value)
        for element in holder.iter():
            for name in _ADDRESSES:
                if (address := element.get(name)) and not address.startswith("#"):
                    element.set(name, _joined(own, address.strip()))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # such as an unfinished IPv6 host
        return address
