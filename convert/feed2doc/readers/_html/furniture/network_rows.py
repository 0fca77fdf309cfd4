"""Rows of icons that lead to the pages of a site on networks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._compiled_data import toml_file
from feed2doc._text.urls import host_of
from feed2doc.readers._html.furniture.sharing import NOT_ROWS, holds_only
from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_FEWEST, _MOST_LINKS = 2, 40
_ICONS = ("img", "svg", "i")


def network_rows_in(index: Index, is_junk: Callable[[str], str]) -> dict[_Element, str]:
    """Return the elements that have nothing but icons with links to several networks, and perhaps a label, and the rule."""
    icons = {link for link in index.named.get("a", ()) if _is_icon(link)}
    if len(icons) < _FEWEST or len({_host(link) for link in icons}) < _FEWEST:
        return {}
    found: dict[_Element, str] = {}
    rows: dict[_Element, bool] = {}
    for link in icons:
        row, parent = link, link.getparent()
        while parent is not None and parent is not index.root and parent.tag not in NOT_ROWS:
            if parent not in rows:
                rows[parent] = holds_only(parent, icons, is_junk)
            if not rows[parent]:
                break
            row, parent = parent, parent.getparent()
        hosts = {_host(each) for each in islice(row.iter("a"), _MOST_LINKS)}
        if row is not link and len(hosts) >= _FEWEST:
            found[row] = "html: icons of networks"
    return found


def _is_icon(link: _Element) -> bool:
    """Return True for a link to a network that has an icon and no words."""
    if not len(link) or (link.text or "").strip() or next(link.iter(*_ICONS), None) is None:
        return False
    return _host(link) in _hosts() and not words_of_few(link)


def _host(link: _Element) -> str:
    return host_of(link.get("href") or "").removeprefix("www.")


@functools.cache
def _hosts() -> frozenset[str]:
    return frozenset(toml_file("readers/_html/furniture/networks.toml")["hosts"])
