"""Markup that scripts put into the page later: in templates, in attributes, and pictures whose address an empty box has."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.fragments import body_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATTRIBUTES = ("data-content", "data-html", "data-embed-html", "data-embed-code")
_BOXES = ("div", "figure", "section")
_PLAYERS = ("iframe", "video", "audio")
_MARKUP = pattern(r"\s*<(?:iframe|blockquote|video|audio|figure)\b")
_PICTURE = pattern(r"(?:https?:)?//[^\s{}<>\"']{1,2000}\.(?:jpe?g|png|gif|webp|avif)(?:[?#][^\s{}<>\"']*)?")
# The length of parked markup, and the number of boxes and templates that are looked at.
_LONGEST, _MOST, _MOST_TEMPLATES = 20_000, 200, 40


def settle_parked(root: _Element) -> None:
    """Put this markup where a script would put it."""
    for template in islice(list(root.iter("template")), _MOST_TEMPLATES):
        _surface(template)
    count = 0
    for box in list(root.iter(*_BOXES)):
        if len(box) or (box.text or "").strip() or count >= _MOST:
            continue
        stated = next((value for name in _ATTRIBUTES if (value := box.get(name))), "")
        src = box.get("data-src") or ""
        if stated and (body := _parsed(stated)) is not None:
            box.text = body.text
            box.extend(list(body))
            count += 1
        elif _PICTURE.fullmatch(src):
            picture = box.makeelement("img", {"src": src, "alt": box.get("aria-label") or ""})
            box.append(picture)
            count += 1


def _surface(template: _Element) -> None:
    """Show a template that has a player and no words, unless there is a player next to it already."""
    parent = template.getparent()
    if parent is None or next(template.iter(*_PLAYERS), None) is None:
        return
    others = (each for sibling in parent if sibling is not template for each in sibling.iter(*_PLAYERS))
    if next(others, None) is None and not "".join(map(str, template.itertext())).strip():
        template.tag = "div"


def _parsed(stated: str) -> _Element | None:
    """Return the body of the markup in an attribute, or None if there is none."""
    markup = unquote(stated) if stated[:3].lower() == "%3c" else stated
    if len(markup) > _LONGEST or not _MARKUP.match(markup):
        return None
    return body_of(markup)
