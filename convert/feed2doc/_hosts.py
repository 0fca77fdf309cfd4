"""The host in an address."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host that this address names, in lower case; "" if it names none or is no address."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # such as an unfinished IPv6 host
        return ""
