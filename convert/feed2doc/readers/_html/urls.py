"""URLs in HTML: filtering, resolution, and the original URLs of pictures behind proxies."""

from __future__ import annotations

import functools
import re
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc._text.secrets import without_user
from feed2doc.model import LINK_SCHEMES
from feed2doc.readers._html.redirects import target_of

_SCHEME = pattern(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# Characters that browsers remove from URLs: https://url.spec.whatwg.org/#concept-basic-url-parser
_STRIPPED = pattern(r"[\x00-\x1f\x7f]+")
# Absolute URLs that need no further processing. Most URLs are like this.
_COMPLETE = pattern(r"https?://[\w.-]++(?:/(?!\.{1,2}(?:/|$))[^\x00- /\x7f]*+)*+$", re.A)
# Relative URLs that are a path of plain names, below the folder of the page.
_BELOW = pattern(r"[\w-]++(?:[./][\w-]++)*+\Z", re.A)
# An absolute URL or an address of mail prefixed with the URL of the site, as in The Economist's feed.
_DOUBLED = pattern(r"https?://[\w.-]+?((?:https?://|mailto:).+)$", re.I)
# A candidate of a `srcset`: a URL, which may contain commas but not end in one, and its descriptor up to the next comma.
_CANDIDATE = pattern(r"(?:(?<![\s,])[\s,]++)?([^\s,]\S*?)(?:(?<!,),+(?=\s|$)|\s+([^,]*)(?:,|$)|$)")
_PHOTON = pattern(r"^https?://i[0-3]\.wp\.com/([\w.-]+\.[a-z]{2,}/[^?#]+)", re.I)
_NEXT = pattern(r"/_next/image/?\?(?:[^#]{0,500}&)?url=([^&#]+)")
_WESERV = pattern(r"^https?://images\.weserv\.nl/?\?(?:.*&)?url=(.+)$", re.I)
_WESERV_OPTION = pattern(r"&(?:w|h|q|output|fit|dpr|il|n|default|l|we)(?:=[^&]*)?(?=&|$)")
# The size of a picture in its URL: `/s320/` and `=s72-w640-h360-c` (Blogger), `-300x200.jpg` and `?w=640` (WordPress), `?format=1500w` (Squarespace).
_SIZES = pattern(
    r"(?<=/)[swh]\d{2,4}(?:-[a-z0-9-]{1,20})?/|=[swh]\d{1,4}(?:-[a-z0-9-]{1,24})?$|-\d{2,4}x\d{2,4}(?=\.\w{3,4}(?:$|\?))"
    r"|\?(?:(?:w|h|width|height|fit|resize|quality|ssl|strip|crop|format(?==\d))=[\w,.%]{1,20}&?){1,8}$"
)
_NUMBERS = pattern(r"\d{2,4}")
# The widest picture of a `srcset` that is wanted, and the least width at which one is no small one, in pixels.
_WIDEST, _WIDE_ENOUGH = 2000, 640
_WEB = pattern(r"^https?:")


class PictureAddress(Struct, frozen=True):
    """The original URL of a picture, and the URL of the proxy through which the feed served it, if any."""

    src: str
    fallback_src: str = ""


def resolve(address: str, base: str) -> str | None:
    """Return the URL resolved against the base, with its scheme in lower case, or None if it is invalid or not allowed.

    The allowed schemes are `LINK_SCHEMES`. The URLs of web pages lose their user name and password, and those of redirects
    are replaced by the URL to which they lead.
    """
    if "?" in address:
        address = target_of(address)
    if _COMPLETE.match(address):
        return address
    if base and _BELOW.match(address) and (folder := _folder_of(base)):
        return folder + address
    address = _STRIPPED.sub("", address).strip()
    if doubled := _DOUBLED.match(address):
        address = doubled[1]
    if address.startswith("//") and not base:
        address = "https:" + address
    try:
        url = urljoin(base, address) if base else address
        urlsplit(url)
    except ValueError:  # such as an unfinished IPv6 host
        return None
    if found := _SCHEME.match(url):
        scheme = found[1].lower()
        if scheme in ("http", "https"):
            url = without_user(url)
        return scheme + url[len(scheme) :] if scheme in LINK_SCHEMES else None
    return url


@functools.lru_cache(maxsize=64)
def _folder_of(base: str) -> str:
    """Return the folder of a base URL that needs no further processing, or ""."""
    url = re.split("[?#]", base, maxsplit=1)[0]
    if _COMPLETE.match(url) is None or url.count("//") > 1:
        return ""
    return url[: url.rindex("/") + 1] if url.count("/") > 2 else f"{url}/"


def picture_address(address: str, base: str) -> PictureAddress | None:
    """Return the original URL of a picture, without a proxy, or None if it is not the URL of a picture."""
    address = address.strip()
    if address[:11].lower() == "data:image/":
        return PictureAddress("data:image/" + address[11:])
    url = resolve(address, base)
    if not url or url.partition(":")[0] in ("mailto", "tel"):
        return None
    inner = _origin(url)
    origin = resolve(inner, "") if inner else None  # the URL inside a proxy's URL may be invalid
    return PictureAddress(origin, url) if origin else PictureAddress(url)


def _origin(url: str) -> str:
    """Return the URL inside the URL of a picture proxy, or "" if it is not a proxy.

    Sources: https://images.weserv.nl/docs/, https://developer.wordpress.com/docs/photon/,
    https://nextjs.org/docs/app/api-reference/components/image
    """
    lowered = url.lower()
    if ".wp.com/" in lowered and (found := _PHOTON.match(url)):
        return f"https://{found[1]}"
    if "/_next/image" in url and (found := _NEXT.search(url)):
        inner = resolve(unquote(found[1]), url)
        return inner if inner and inner.startswith("http") else ""
    return _weserv_origin(url) if "weserv" in lowered else ""


def _weserv_origin(url: str) -> str:
    found = _WESERV.match(url)
    if not found:
        return ""
    inner = _WESERV_OPTION.sub("", found[1])
    if "%2f" in inner.lower():
        inner = unquote(inner)
    inner = re.sub(r"^(?:ssl:|//)", "", inner)
    return inner if _SCHEME.match(inner) and inner.startswith("http") else f"https://{inner}"


def largest(srcset: str) -> str:
    """Return the URL of the widest candidate in a `srcset` up to 2,000 pixels, else of the first, or "" if empty.

    Source: https://html.spec.whatwg.org/#parsing-a-srcset-attribute
    """
    best, best_width = "", 0.0
    for candidate in _CANDIDATE.finditer(srcset.strip()):
        size = re.match(r"([\d.]{1,9})([wx])", candidate[2] or "1x")
        width = _number(size[1]) * (1 if size[2] == "w" else 1000) if size else 1000
        if not best or best_width < width <= _WIDEST:
            best, best_width = candidate[1], width
    return best


def larger(src: str, srcset: str) -> str:
    """Return the widest candidate of a `srcset` in which a picture is a small one, or "" if it is not."""
    if src not in srcset:
        return ""
    found = next((each for each in _CANDIDATE.finditer(srcset.strip()) if each[1] == src), None)
    size = re.match(r"([\d.]{1,9})w", (found and found[2]) or "")
    if size is None or _number(size[1]) >= _WIDE_ENOUGH:
        return ""
    best = largest(srcset)
    return best if best != src else ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:  # such as two decimal points
        return 1


def width_in(url: str) -> int:
    """Return the greatest size that a URL of a picture states, or 0 if it states none."""
    found = _SIZES.search(url)
    return max(map(int, _NUMBERS.findall(found[0])), default=0) if found else 0


def without_size(url: str) -> str:
    """Return the URL of a picture without its scheme and size, which is the same for all versions of the picture."""
    return _WEB.sub("", _SIZES.sub("", url))
