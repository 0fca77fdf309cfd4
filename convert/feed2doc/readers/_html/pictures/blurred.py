"""Small blurred copies that are shown until a picture has loaded, such as the thumbnails of Medium."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Classes of such a copy, and URLs that ask for a few pixels, a low quality or a blurred picture.
_CLASS = pattern(r"thumb|placeholder|preview|lqip|blur(?!b)|low-?(?:res|quality)|(?<![a-z])tiny")
_POOR = pattern(
    r"blur|lqip|placeholder|[/:,](?:max|fit|resize|w|width)(?::[a-z]{1,5})?[/_:,=]\d{1,2}(?!\d)|[?&](?:w|width|h|height|size)=\d{1,2}(?!\d)"
    r"|[?&](?:q|quality)=(?:[12]?\d|30)(?!\d)|[?&]resize=\d{1,2}(?:,|%2C)|[-_]\d{1,2}x\d{1,2}\."
)
# The parts of a path, and the names in a query, that say how large or good a copy is: Medium, Cloudinary, Wix, imgix.
_SIZE = pattern(r"[-_]\d{1,4}x\d{1,4}(?=\.)")
_SIZE_PARTS = pattern(
    r"/freeze(?=/)|/(?:max|fit|fill|crop|resize|width|height|w|h)(?:/[a-z])?(?:/\d{1,4}){1,2}(?=/)"
    r"|/(?:resize|format|quality)(?::\w{1,9}){1,4}(?=/)"
    r"|/(?:[a-z]{1,9}[_=][\w.:]{1,20},){0,9}(?:w|h|width|height)[_=]\d{1,4}(?:,[a-z]{1,9}[_=][\w.:]{1,20}){0,9}(?=/)"
)
_SIZE_NAMES = frozenset(
    [
        "w",
        "width",
        "h",
        "height",
        "size",
        "q",
        "quality",
        "blur",
        "resize",
        "fit",
        "crop",
        "dpr",
        "auto",
        "fm",
        "format",
    ]
)
# The picture that a script of the server makes smaller: `/_next/image?url=%2Fboat.jpg&w=16`.
_SOURCE = pattern(r"[?&](?:url|src|image|img)=([^&#]+)")
# How many elements without a figure may be around a picture next to its copy.
_WRAPPERS = 3


def leave_blurred(pictures: Collection[_Element]) -> None:
    """Leave out the pictures that are a small or blurred copy of another one in the same figure or element."""
    poor = [each for each in pictures if is_poor(each)]
    if not poor:
        return
    better: dict[tuple[_Element, str], _Element] = {}
    for element in sorted(pictures, key=is_poor):  # a class may be that of all pictures
        src = element.get("src") or ""
        if src and not _POOR.search(src):
            shown = _shown_in(src)
            for holder in _holders(element):
                better.setdefault((holder, shown), element)
    for element in poor:
        src = element.get("src") or ""
        other = better.get((_holders(element)[0], _shown_in(src)))
        if other is not None and other.get("src") != src:
            other.set("alt", other.get("alt") or element.get("alt") or "")
            element.tag = "template"


def is_poor(element: _Element) -> bool:
    """Return True if the class or URL of a picture says that it is a small or blurred copy."""
    return bool(_CLASS.search((element.get("class") or "").lower()) or _POOR.search(element.get("src") or ""))


def _holders(element: _Element) -> list[_Element]:
    """Return the figure around a picture, or else the elements around it, the innermost first."""
    figure = next(element.iterancestors("figure"), None)
    return [figure] if figure is not None else list(islice(element.iterancestors(), _WRAPPERS))


def _shown_in(src: str) -> str:
    """Return what the URLs of all copies of one picture have in common."""
    path, _, query = src.partition("?")
    rest = [each for each in query.split("&") if each.partition("=")[0] not in _SIZE_NAMES]
    return "?".join((_SIZE.sub("", _SIZE_PARTS.sub("", path.partition(":")[2] or path)), "&".join(rest)))


def name_of_picture(src: str) -> str:
    """Return what the URLs of the copies of one picture have in common: the file name, or all but the scheme and query."""
    path, mark, query = src.partition("?")
    name = path.rpartition("/")[2]
    if "." not in name and (source := _SOURCE.search(mark + query)):
        return source[1]
    return _SIZE.sub("", name) if "." in name else path.partition(":")[2] or path
