"""The names of the server: which hosts and origins requests may name, and what goes before its addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from feed2doc._text.lazy_re import pattern
from feed2doc.errors import UsageError

_HOST = pattern(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))(?::(\d{1,5}))?")
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Site(msgspec.Struct, frozen=True):
    """Where the server is: the host that it listens on, and its public address, as its parts."""

    host: str
    prefix: str = ""
    public_host: str = ""
    public_origin: str = ""

    @property
    def is_secure(self) -> bool:
        """True if readers use https."""
        return self.public_origin.startswith("https:")

    def address(self, host: str) -> str:
        """Return the address of the server, for a request that names this host."""
        return f"{self.public_origin or f'http://{host}'}{self.prefix}"

    def address_for_others(self, host: str) -> str:
        """Return the address of the server for other devices, for a request that names this host, or "" if there is none."""
        if self.public_origin:
            return self.address(host)
        if is_loopback(self.host):
            return ""
        found = _HOST.fullmatch(host)
        if not found or not is_loopback(found[1]):
            return self.address(host)
        from feed2doc.network.addresses import own_address

        own = own_address()
        return self.address(f"{own}:{found[2] or 80}") if own else ""

    def knows(self, host: str, local_address: str) -> bool:
        """Return True if a request may name this host: one of this machine, the address that it came to, or the public one."""
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = found[1].lower()
        return (
            name in (*_LOCAL, _bracketed(self.host.lower()), self.public_host, _bracketed(local_address))
            and name != ""
        )

    def is_own_origin(self, headers: Mapping[str, str]) -> bool:
        """Return True if the page that sent a form is of this server: by its Origin, or else its Referer."""
        origin = headers.get("origin")
        if origin is None:
            parts = urlsplit(headers.get("referer", ""))
            origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        origin = origin.lower()
        if not origin or origin == "null":
            return False
        host = headers.get("host", "").lower()
        if self.public_origin and (
            origin == self.public_origin or host == self.public_origin.partition("://")[2]
        ):
            return origin == self.public_origin
        return origin == f"http://{host}"


def site_of(host: str, public_url: str = "") -> Site:
    """Return the site for these options. Raise UsageError if the public address is not one."""
    if not public_url:
        return Site(host)
    try:
        parts = urlsplit(public_url)
        named = _HOST.fullmatch(parts.netloc)
    except ValueError:
        named = None
    if not named or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise UsageError(f"--public-url {public_url}: expected an address such as https://shelf.example/news")
    default = {"http": "80", "https": "443"}[parts.scheme]
    netloc = named[1].lower() + (f":{named[2]}" if named[2] and named[2] != default else "")
    return Site(host, parts.path.rstrip("/"), named[1].lower(), f"{parts.scheme}://{netloc}")


def is_loopback(host: str) -> bool:
    """Return True if only this machine can reach the host."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
