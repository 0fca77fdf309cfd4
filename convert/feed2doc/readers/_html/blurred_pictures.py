"""Small blurred copies that are shown until a picture has loaded, such as the thumbnails of Medium."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Classes of such a copy, and URLs that ask for a few pixels, a low quality or a blurred picture.
_CLASS = pattern(r"thumb|placeholder|preview|lqip|blur|low-?(?:res|quality)|tiny")
_POOR = pattern(
    r"blur|lqip|placeholder|/(?:max|fit|resize|w|width)[/_:,=]\d{1,2}(?!\d)|[?&](?:w|width|h|height|size|q|quality)=\d{1,2}(?!\d)"
    r"|[-_]\d{1,2}x\d{1,2}\."
)
# How many elements there may be around a picture in the element of its blurred copy.
_NEAR = 3
_SIZE = pattern(r"[-_]\d{1,4}x\d{1,4}(?=\.)")


def leave_blurred(pictures: Iterable[_Element]) -> None:
    """Leave out the pictures that are a blurred copy of another one of the same name in the same figure or element."""
    poor: list[tuple[_Element, _Element | None, str]] = []
    better: dict[tuple[_Element | None, str], _Element] = {}
    for element in pictures:
        src = element.get("src") or ""
        if not src:
            continue
        name = name_of_picture(src)
        figure = next(element.iterancestors("figure"), element.getparent())
        if not _POOR.search(src):
            for near in (figure, *islice(element.iterancestors(), _NEAR)):
                better.setdefault((near, name), element)
        if _POOR.search(src) or _CLASS.search((element.get("class") or "").lower()):
            poor.append((element, figure, name))
    for element, figure, name in poor:
        other = better.get((figure, name))
        if other is not None and other.get("src") != element.get("src"):
            other.set("alt", other.get("alt") or element.get("alt") or "")
            element.tag = "template"


def name_of_picture(src: str) -> str:
    """Return what the URLs of the copies of one picture have in common: the file name, or all but the scheme and query."""
    path = src.partition("?")[0]
    name = path.rpartition("/")[2]
    return _SIZE.sub("", name) if "." in name else path.partition(":")[2] or path
