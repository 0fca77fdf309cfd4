"""What an address tells: its host, and whether another one means the same page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feed2doc._text.lazy_re import pattern

# What newsletters, feeds and social networks add to an address to see where a reader came from; never the page's own.
_TRACKING = pattern(
    r"(?:utm_\w+|at_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|ocid|xtor|spm|cmpid|smid|ns_\w+)(?:=|$)",
    re.I,
)
_ESCAPE = pattern(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def host_of(url: str) -> str:
    """The host that this address names, in lower case; "" if it names none or is no address."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # such as an unfinished IPv6 host
        return ""


def is_same_page_link(url: str) -> bool:
    """Whether this is the address of the page that it stands in, or of a place there: outside of it, of nothing."""
    return not url or url.startswith("#")


def normalize_url(url: str) -> str:
    """One spelling for all addresses of a page, to compare by; "" for what is no address of the web.

    Scheme, case of the host, default port, doubled slashes, percent-encoding, fragment, tracking parameters and a last
    slash make no difference (RFC 3986 section 6.2).
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
    """The path with one spelling of each escape; what is not UTF-8 stays as it is."""
    bare = "".join(
        c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in path
    )
    return _ESCAPE.sub(_unescaped, bare)


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()
