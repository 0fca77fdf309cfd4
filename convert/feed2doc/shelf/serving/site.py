"""The names of the server: which hosts and origins requests may name, and what goes before its addresses."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

import msgspec

from feed2doc._text.lazy_re import pattern
from feed2doc.errors import UsageError

_HOST = pattern(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))(?::(\d{1,5}))?")
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Site(msgspec.Struct, frozen=True):
    """Where the server is: the host that it listens on, and its public address, as its parts.

    `machine` has the names of this machine if it listens on all addresses.
    """

    host: str
    prefix: str = ""
    public_host: str = ""
    public_origin: str = ""
    machine: tuple[str, ...] = ()

    def is_secure(self, headers: Mapping[str, str]) -> bool:
        """Return True if a request came by https: not one of the local network, which goes past the proxy."""
        if not self.public_origin.startswith("https:"):
            return False
        found = _HOST.fullmatch(headers.get("host", ""))
        by_proxy = found is not None and found[1].lower() in (self.public_host, *_LOCAL)
        return by_proxy or headers.get("origin", "").lower() == self.public_origin

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

    def announcement(self, port: int) -> str:
        """Return the address of the server for this machine, and in brackets the one for other devices if it differs."""
        loopback = "[::1]" if ":" in self.host else "127.0.0.1"
        here = f"{loopback if self.machine else _bracketed(self.host)}:{port}"
        others = self.address_for_others(here)
        return f"http://{here}" + (
            f" (other devices: {others})" if others not in ("", f"http://{here}") else ""
        )

    def knows(self, host: str, local_address: str) -> bool:
        """Return True if a request may name this host: one of this machine, the address that it came to, or the public one.

        If the server listens on all addresses, any address is one: a page of another server that has made its name lead
        here (DNS rebinding) names itself, and a container does not know the addresses of its machine.
        """
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = found[1].lower()
        own = (
            *_LOCAL,
            _bracketed(self.host.lower()),
            self.public_host,
            _bracketed(local_address),
            *self.machine,
        )
        return name in own or (bool(self.machine) and _address(name) is not None)

    def suggestion(self, host: str, port: int) -> tuple[str, str]:
        """Return an address that can be used instead of a host that is not known, and a public address that would allow it."""
        found = _HOST.fullmatch(host)
        wanted = f"http://{found[0].lower()}" if found else "http://shelf.example"
        own = f"localhost:{port}" if self.machine else f"{_bracketed(self.host)}:{port}"
        return self.address_for_others(own) or self.address(own), wanted

    def is_own_origin(self, headers: Mapping[str, str]) -> bool:
        """Return True if the page that sent a form is of this server: by its Origin, or else its Referer."""
        origin = headers.get("origin", "")
        if "origin" not in headers:
            with suppress(ValueError):  # such as an unfinished IPv6 host
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
    machine = _machine_names() if _is_unspecified(host) else ()
    if not public_url:
        return Site(host, machine=machine)
    try:
        parts = urlsplit(public_url)
        named = _HOST.fullmatch(parts.netloc)
    except ValueError:
        named = None
    if not named or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise UsageError(f"--public-url {public_url}: expected an address such as https://shelf.example/news")
    default = {"http": "80", "https": "443"}[parts.scheme]
    netloc = named[1].lower() + (f":{named[2]}" if named[2] and named[2] != default else "")
    return Site(host, parts.path.rstrip("/"), named[1].lower(), f"{parts.scheme}://{netloc}", machine)


def is_loopback(host: str) -> bool:
    """Return True if only this machine can reach the host."""
    if host.lower() == "localhost":
        return True
    address = _address(host)
    return address is not None and address.is_loopback


def _is_unspecified(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_unspecified


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _machine_names() -> tuple[str, ...]:
    """Return the names under which others in the network find this machine."""
    name = socket.gethostname().lower().rstrip(".")
    bare = name.partition(".")[0]
    return tuple(dict.fromkeys((name, bare, f"{bare}.local")))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
