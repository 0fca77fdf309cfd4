"""Elements whose words or pictures are in an attribute, from which a script writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from feed2doc._text.xml import xml_safe
from feed2doc.readers._rules.schema import GalleryRule
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.lookup import Rules


def settle_words(index: Index, rules: Rules) -> Index:
    """Write the words and pictures of the elements that these rules select, unless something is there already.

    Return the index of the tree with them.
    """
    has_pictures = False
    names = index.names
    for css, rule in rules.stated:
        for element in css.of(index) if css.needs <= names else ():
            if isinstance(rule, GalleryRule):
                has_pictures |= _is_empty(element) and _show(element, rule)
            elif _is_empty(element, rule.instead):
                stated = element.get(rule.attribute) or ""
                words = xml_safe(field_of(stated, rule.field) if rule.field else stated)
                element.text = words if words.strip() else element.text
                if element.tag == "i":  # an icon, whose words are not emphasised
                    element.tag = "span"
    return Index.of(index.root) if has_pictures else index


def _is_empty(element: _Element, instead: str = "") -> bool:
    return not len(element) and (element.text or "").strip() in ("", instead)


def _show(element: _Element, gallery: GalleryRule) -> bool:
    """Add the pictures of a gallery, the last of which has the caption. Return True if there are any."""
    from lxml.etree import SubElement

    stated = element.get(gallery.attribute) or ""
    data = _decoded(stated) if gallery.urls else None
    figure = None
    for url in _at(data, gallery.urls) if gallery.urls else filter(None, (stated,)):
        figure = SubElement(element, "figure")
        SubElement(figure, "img", src=xml_safe(url))
    if figure is None:
        return False
    for caption in _at(data, gallery.caption):
        SubElement(figure, "figcaption").text = xml_safe(caption)
    return True


def _decoded(stated: str) -> Any:
    try:
        return msgspec.json.decode(stated)
    except (msgspec.DecodeError, RecursionError):
        return None


def field_of(stated: str, name: str) -> str:
    """Return the first text at a path of names in JSON, such as `image.url`, or "" if there is none."""
    return next(_at(_decoded(stated), name), "")


def _at(data: Any, path: str) -> Iterator[str]:
    """Yield the texts at a path of names in JSON."""
    found = [data]
    for name in path.split(".") if path else ():
        holders = (each for item in found for each in (item if isinstance(item, list) else [item]))
        found = [each[name] for each in holders if isinstance(each, dict) and name in each]
    yield from (each for each in found if path and each and isinstance(each, str))
