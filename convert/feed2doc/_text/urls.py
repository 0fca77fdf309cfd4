"""URLs: hosts, same-page links, and normalization for comparison."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from feed2doc._text.lazy_re import pattern

# Tracking parameters that newsletters, feeds and social networks add to URLs. Pages do not use them themselves.
_TRACKING = pattern(
    r"(?:utm_\w+|at_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|ocid|xtor|spm|cmpid|smid|ns_\w+)(?:=|$)",
    re.I,
)
_SCHEME = pattern(r"\s*([A-Za-z][A-Za-z0-9+.\-]*):")
_HOST_MARKS = pattern(r"[<>\"'`{}|\\^]")
_HOST = pattern(r"(?:[A-Za-z]+:)?//[^/?#\s]*")
# Characters that no URL contains unescaped, and others that end or mark something in a markup language.
_MARKS = pattern(r"[\s<>\"'`{}|\\^\[\]]|_$")
_ESCAPE = pattern(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@functools.lru_cache(maxsize=64)
def host_of(url: str) -> str:
    """Return the host of a URL in lower case, or "" if it has none or is invalid."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # such as an unfinished IPv6 host
        return ""


def are_of_one_site(a: str, b: str) -> bool:
    """Return True if two hosts differ only in their first part, as those of two languages do: `www.` and `cn.`."""
    return any("." in name for name in {a, a.partition(".")[2]} & {b, b.partition(".")[2]})


def shown_url(url: str) -> str:
    """Return a URL for a message: a `data:` URL without its data, any other cut to 200 characters."""
    return f"{url[:30]}..." if url.startswith("data:") else url[:200]


def is_same_page_link(url: str) -> bool:
    """Return True if the URL is empty or only a fragment: it refers to the page itself and is useless outside it."""
    return not url or url.startswith("#")


def has_scheme_of(url: str, schemes: Collection[str]) -> bool:
    """Return True if the URL has one of these schemes, or none."""
    found = _SCHEME.match(url)
    return found is None or found[1].lower() in schemes


def markup_url(url: str) -> str:
    """Return a URL that no markup language takes for anything else, by percent-encoding. Its host is kept."""
    host = found[0] if (found := _HOST.match(url)) else ""
    return _HOST_MARKS.sub(_encoded, host) + _MARKS.sub(_encoded, url[len(host) :])


def _encoded(found: re.Match[str]) -> str:
    return _encoded_character(found[0])


def normalize_url(url: str) -> str:
    """Return a normalized URL for comparison, or "" if it is not an http or https URL.

    The scheme, the case of the host, the default port, double slashes, percent-encoding, the fragment, tracking parameters
    and a trailing slash make no difference (RFC 3986 section 6.2).
    """
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return ""
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname.lower() + (f":{port}" if port not in (None, 80, 443) else "")
    path = re.sub(r"/{2,}", "/", _escaped(parts.path)).rstrip("/")
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    return f"https://{host}{path}{f'?{query}' if query else ''}"


def _escaped(path: str) -> str:
    """Return the path with normalized percent-encoding. Escapes that are not UTF-8 are kept."""
    if not path.isascii():
        path = "".join(c if c.isascii() else _encoded_character(c) for c in path)
    return _ESCAPE.sub(_unescaped, path) if "%" in path else path


def _encoded_character(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()
