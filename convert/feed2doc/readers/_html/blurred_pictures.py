"""Small blurred copies that are shown until a picture has loaded, such as the thumbnails of Medium."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Classes of such a copy, and URLs that ask for a few pixels, a low quality or a blurred picture.
_CLASS = pattern(r"thumb|placeholder|preview|lqip|blur|low-?(?:res|quality)|tiny")
_POOR = pattern(
    r"blur|lqip|placeholder|[/:,](?:max|fit|resize|w|width)[/_:,=]\d{1,2}(?!\d)|[?&](?:w|width|h|height|size)=\d{1,2}(?!\d)"
    r"|[?&](?:q|quality)=[1-3]?\d(?!\d)|[?&]resize=\d{1,2}(?:,|%2C)|[-_]\d{1,2}x\d{1,2}\."
)
# How many elements there may be around a picture in the element of its blurred copy.
_NEAR = 3
# The picture that a script of the server makes smaller: `/_next/image?url=%2Fboat.jpg&w=16`.
_SOURCE = pattern(r"[?&](?:url|src|image|img)=([^&#]+)")
_SIZE = pattern(r"[-_]\d{1,4}x\d{1,4}(?=\.)")


def leave_blurred(pictures: Iterable[_Element]) -> None:
    """Leave out the pictures that are a blurred copy of another one of the same name in the same figure or element."""
    named: dict[str, list[_Element]] = {}
    for element in pictures:
        if src := element.get("src"):
            named.setdefault(name_of_picture(src), []).append(element)
    for copies in named.values():
        if len(copies) > 1:
            _leave_poor(copies)


def _leave_poor(copies: list[_Element]) -> None:
    """Leave out the poor ones of these pictures of one name, if a better one is near."""
    better: dict[_Element, _Element] = {}
    for element in copies:
        if not _POOR.search(element.get("src") or ""):
            for near in chain(element.iterancestors("figure"), islice(element.iterancestors(), _NEAR)):
                better.setdefault(near, element)
    for element in copies:
        src = element.get("src") or ""
        if not (_CLASS.search((element.get("class") or "").lower()) or _POOR.search(src)):
            continue
        figure = next(element.iterancestors("figure"), element.getparent())
        other = better.get(figure) if figure is not None else None
        if other is not None and other.get("src") != src:
            other.set("alt", other.get("alt") or element.get("alt") or "")
            element.tag = "template"


def name_of_picture(src: str) -> str:
    """Return what the URLs of the copies of one picture have in common: the file name, or all but the scheme and query."""
    path, mark, query = src.partition("?")
    name = path.rpartition("/")[2]
    if "." not in name and (source := _SOURCE.search(mark + query)):
        return source[1]
    return _SIZE.sub("", name) if "." in name else path.partition(":")[2] or path
