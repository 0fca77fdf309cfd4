"""Other attributes that have the URLs of copies of a picture, by their names and values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.pictures.blurred import name_of_picture
from feed2doc.readers._html.urls import width_in

if TYPE_CHECKING:
    from lxml.etree import _Element

# Any other attribute that holds the URL of a picture, unless its name says that this is a poor copy or a page.
_POOR = pattern(
    r"thumb|preview|placeholder|low|lqip|blur|tiny|icon|avatar|link|href|page|share|pin|alt|title|desc|cap"
)
_OTHER = pattern(r"^data-|lazy|src$")
# An address without a width is that of the picture itself.
_WIDEST = 10_000
# Words for the size of a copy in the name of its attribute.
_WIDTH = pattern(r"(?<=-)\d{3,4}(?=w?$)")
_LARGE = pattern(r"large|full|big|max|orig|retina|desktop|hires|(?<![a-z])(?:x{0,3}l|lg|hd|2x|3x)(?![a-z])")
_SMALL = pattern(r"small|mini|mobile|phone|(?<![a-z])(?:x{0,2}s|sm|low)(?![a-z])")
_NAMED = pattern(r"src|img|image|pic|photo|orig|lazy|full|large|hires|big|zoom")
PICTURE_URL = pattern(
    r"(?:https?:)?[^\s{}<>\"']{1,2000}\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#!][^\s{}<>\"']*)?", re.I
)
_QUOTED = pattern(r"\"([^\"\s]{5,2000})\"")
# Drawings in `src` are placeholders if an attribute for its address has a photo: `src="leer.gif" data-retina-src="quay.jpg"`.
OF_PLACEHOLDERS, _PHOTO = frozenset({".gif", ".svg"}), pattern(r"\.(?:jpe?g|png|webp|avif)(?:[?#!]|$)", re.I)
_INSTEAD, _FALLBACK = pattern(r"src|original|lazy"), "fallback"


def copies_in(element: _Element) -> list[str]:
    """Return the values of other attributes that are the URL of a picture."""
    if element.tag != "img":
        return []
    names = [name for name in map(str, element.attrib) if name != "src" and not _POOR.search(name)]
    names.sort(key=_rank_of_size)
    values = {name: (element.get(name) or "").strip() for name in names}
    of_scripts = {name: value for name, value in values.items() if _OTHER.search(name)}
    with_extension = [value for value in of_scripts.values() if PICTURE_URL.fullmatch(value)]
    named = [v for name, v in of_scripts.items() if _NAMED.search(name) and v.startswith(("http", "//"))]
    paths = [value for value in values.values() if "/" in value and PICTURE_URL.fullmatch(value)]
    return with_extension + named + paths + _in_objects(of_scripts.values())


def _in_objects(values: Iterable[str]) -> list[str]:
    """Return the URLs of pictures in attributes that are JSON, the widest first, before it those without a width."""
    objects = [value.replace("\\/", "/") for value in values if value[:1] in ("{", "[")]
    urls = [url for value in objects for url in _QUOTED.findall(value) if PICTURE_URL.fullmatch(url)]
    return sorted(urls, key=lambda url: width_in(url) or _WIDEST, reverse=True)


def _rank_of_size(name: str) -> tuple[int, int]:
    """Return the place of an attribute among those with copies of one picture: the widest copy first, small ones last."""
    if width := _WIDTH.search(name):
        return 0, -int(width[0])
    return (1 if _LARGE.search(name) else 3 if _SMALL.search(name) else 2), 0


def photo_instead(element: _Element) -> str:
    """Return the URL of the photo that a script shows instead of a drawing in `src`, by the name of its attribute, or ""."""
    if element.tag != "img" or len(element.attrib) < 2:
        return ""
    named = (str(name) for name in element.attrib if name not in ("src", "srcset"))
    values = [
        (element.get(name) or "").strip()
        for name in named
        if _INSTEAD.search(name) and not _POOR.search(name) and _FALLBACK not in name
    ]
    own = name_of_picture(element.get("src") or "").partition(".")[0]
    photos = (value for value in values if _PHOTO.search(value) and PICTURE_URL.fullmatch(value))
    return next((photo for photo in photos if name_of_picture(photo).partition(".")[0] != own), "")
