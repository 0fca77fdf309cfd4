"""Facts in `meta` and `link` elements, and in the microdata of invisible elements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.table import FACTS
from feed2doc.readers._html.urls import resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

# Names of `meta` elements in which the family name may come first: `Ba, Ann`.
# Source: https://scholar.google.com/intl/en/scholar/inclusion.html
_SCHOLARLY = ("citation_author", "dc.creator", "dcterms.creator")
_INVERTED = pattern(r"^\s*([^\s,;][^,;]{0,40}),\s*([^\s,;][^,;]{0,40}?)\s*$")


def read_meta(root: _Element, facts: Facts) -> None:
    """Add the facts that the tree's `html`, `meta` and `link` elements state."""
    named: dict[str, list[str]] = defaultdict(list)
    itemprops: dict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta", "link"):
        value = (element.get("content") or element.get("href") or "").strip()
        if element.tag == "link":
            for rel in (element.get("rel") or "").lower().split():
                named[f"link[{rel}]"].append(value)
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        if value and name:
            named[name.lower()].append(value)
        if value and (prop := element.get("itemprop")) and _is_of_the_article(element):
            itemprops[prop].append(value)
    if root.tag == "html" and (lang := (root.get("lang") or "").strip()):
        named["html[lang]"].append(lang)
    if not named and not itemprops:
        return
    for fact, sources in FACTS.items():
        _add(facts, fact, "meta", sources.get("meta", ()), named)
        _add(facts, fact, "markup", sources.get("markup", ()), itemprops)


def _add(facts: Facts, fact: str, source: str, keys: tuple[str, ...], found: dict[str, list[str]]) -> None:
    for key in keys:
        values = found.get(key, [])
        if fact == "byline" and key in _SCHOLARLY:
            values = [_INVERTED.sub(r"\2 \1", value) for value in values]
        if fact == "url":
            values = [url for value in values if (url := resolve(value, "")) and "://" in url]
        facts.add_list(fact, values, source, f"{source if source == 'meta' else 'itemprop'}: {key}", "meta")


def _is_of_the_article(element: _Element) -> bool:
    """Return True unless the microdata belongs to another thing inside the article, such as a review or a picture."""
    scope = next(element.iterancestors(), None)
    while scope is not None and scope.get("itemscope") is None:
        scope = scope.getparent()
    kind = "" if scope is None else scope.get("itemtype") or ""
    return not kind or kind.endswith(("Article", "Posting", "WebPage", "Report", "CreativeWork"))
