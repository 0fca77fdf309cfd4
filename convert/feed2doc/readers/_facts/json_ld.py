"""Facts in JSON-LD (https://json-ld.org, https://schema.org/Article)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.table import FACTS
from feed2doc.readers._html.parse import raw_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SOURCE = "JSON-LD"
_LONGEST = 1024 * 1024
_DEEPEST = 12
# How many objects a name may be in.
_MOST_LEVELS = 4
# Types that describe the text of a page, and types that may (a page or a video without an article).
_ARTICLES = pattern(r"(?:Article|Posting|Report|Review|Recipe|Essay|Chapter)$")
_OTHERS = frozenset({"WebPage", "CreativeWork", "VideoObject", "PodcastEpisode", "Episode", "Book", "Event"})
# The properties that lead from a page, or a list of one article, to the article itself.
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
_WRAPPED = pattern(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*+;?\s*+$")
_REFERENCE = pattern(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});")
_TRAILING_COMMA = pattern(r",(?=\s*[}\]])")

_Object = dict[str, Any]


def read_json_ld(root: _Element, facts: Facts, env: Env) -> None:
    """Add the facts of the first article described in the tree's JSON-LD. Invalid JSON is noted and skipped."""
    objects: list[_Object] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and (text := raw_text_of(script)).strip():
            value = _parsed(text)
            if value is None:
                env.note("notice", "the JSON-LD is not valid JSON: ignored", rule="JSON-LD", text=text[:200])
            objects += _objects(value, 0)
    article = _article(objects)
    if article is None:
        return
    by_id = {str(each["@id"]): each for each in objects if "@id" in each and len(each) > 1}
    publisher = {*_strings(article.get("publisher"), by_id, "publication")}
    for name, sources in FACTS.items():
        for key in sources.get(_SOURCE, ()):
            values: Iterable[str] = _strings(article.get(key), by_id, name)
            if name == "byline":  # a page without an author may name its publisher
                values = [value for value in values if value not in publisher]
            facts.add_list(name, values, _SOURCE, f"JSON-LD: {key}")


def _parsed(text: str) -> Any:
    """Return the value of a JSON text, or None. Wrapped scripts, raw line breaks and trailing commas are tolerated."""
    import json

    if len(text) > _LONGEST:
        return None
    text = _WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int) -> Iterator[_Object]:
    """Yield the top-level objects, with those of `@graph` and the entities that a page is about."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _INNER:
            yield from _objects(value.get(key), depth + 1)


def _article(objects: Iterable[_Object]) -> _Object | None:
    others = None
    for each in objects:
        types = list(_plain(each.get("@type")))
        if any(_ARTICLES.search(name) for name in types):
            return each
        if others is None and not _OTHERS.isdisjoint(re.split(r"[/#:]", name)[-1] for name in types):
            others = each
    return others


def _plain(value: Any) -> Iterator[str]:
    """Yield a string or number, or those of a list. Some programs escape the text for HTML too."""
    from html import unescape

    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str | int | float) and not isinstance(each, bool):
            text = _REFERENCE.sub(lambda found: unescape(found[0]), str(each))
            yield xml_safe(text).strip()


def _strings(value: Any, by_id: dict[str, _Object], name: str, levels: int = _MOST_LEVELS) -> Iterator[str]:
    """Yield the texts of a property: strings, or the names (for a URL, the identifiers) of the objects it refers to.

    A name may be an object as well.
    """
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            whole = {**by_id.get(str(each.get("@id")), {}), **each}
            keys = ("@id", "url") if name == "url" else ("name", "alternateName", "@value")
            named = (_named(whole.get(key), by_id, name, levels - 1) for key in keys)
            yield from next(filter(None, named), None) or _name_in_parts(whole)
        else:
            # An author or publisher may be an address: of a profile, not a name.
            yield from (text for text in _plain(each) if text and (name == "url" or not _is_address(text)))


def _named(value: Any, by_id: dict[str, _Object], name: str, levels: int) -> list[str]:
    """Return the texts of a name."""
    objects = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
    return [*_plain(value), *(_strings(objects, by_id, name, levels) if levels else ())]


def _name_in_parts(person: _Object) -> list[str]:
    """Return the name of a person of whom only the given and the family name are stated."""
    given, family = (next(_plain(person.get(key) or ""), "") for key in ("givenName", "familyName"))
    name = f"{family}{given}" if family and is_han(family[0]) else f"{given} {family}".strip()
    return [name] if name else []


def _is_address(text: str) -> bool:
    return re.match(r"https?://|#|_:|/", text) is not None
