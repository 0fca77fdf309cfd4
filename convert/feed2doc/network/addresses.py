"""Connections to public addresses only.

A host name is resolved here, every address that it has is checked, and the connection goes to a checked address:
nothing is resolved again in between (no DNS rebinding). Redirects are checked in the same way.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import tomllib
from collections.abc import Collection, Iterable
from importlib.resources import files
from typing import Any

import httpcore

from feed2doc.network.deadline import Punctual


def own_address() -> str:
    """Return the address of this machine in its network, or "" if it has none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # any public address: the system chooses its own one for it
        except OSError:
            return ""
        found = str(asking.getsockname()[0])
    return "" if ipaddress.ip_address(found).is_loopback else found


class AddressRefusedError(httpcore.ConnectError):
    """The name resolves to an address that is not public: this machine, the local network, a cloud's metadata service."""


class PublicAddresses(httpcore.NetworkBackend):
    """Connects to public addresses, and to the hosts that the user allowed by name, through another backend.

    `own` is a host and port that may be anywhere, because the user named it. Only the addresses that it has at the first
    connection may be used then, and only this port: the host may be that of an attacker who changes its addresses.
    """

    def __init__(
        self,
        allowed: Collection[str] = (),
        backend: httpcore.NetworkBackend | None = None,
        *,
        own: tuple[str, int] | None = None,
    ) -> None:
        self._allowed = frozenset(name.lower() for name in allowed)
        self._own, self._own_addresses = own, frozenset[str]()
        self._backend = Punctual(backend or httpcore.SyncBackend())

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that accepts. Raise AddressRefusedError if one of them is not public."""
        addresses = addresses_of(host, port)
        name = host.lower().strip("[]")
        if (name, port) == self._own and not self._own_addresses:
            self._own_addresses = frozenset(addresses)
        if name not in self._allowed:
            known = self._own_addresses if (name, port) == self._own else frozenset()
            refused = [address for address in addresses if address not in known and not is_public(address)]
            if refused:
                which = "" if host.strip("[]") == refused[0] else f"{refused[0]}, which is "
                raise AddressRefusedError(f"{host} is {which}not a public address")
        for number, address in enumerate(addresses, 1):
            try:
                return self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Raise AddressRefusedError: local sockets are never connected to."""
        raise AddressRefusedError("a local socket is not a public address")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._backend.sleep(seconds)


class UnknownHostError(httpcore.ConnectError):
    """The name cannot be resolved: it is wrong, or there is no network."""


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses of a host, each once. Raise UnknownHostError if there are none."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHostError(f"could not resolve {host}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Return True if the address is on the public Internet, according to IANA's special-purpose registries (RFC 6890).

    An IPv4 address inside an IPv6 address (mapped, NAT64) is checked itself.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return next((public for network, public in _special_purpose() if ip in network), True)


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@functools.cache
def _special_purpose() -> tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, bool], ...]:
    """Return the blocks of the registries, the most specific first, and whether they are public."""
    blocks = tomllib.loads(files(__package__).joinpath("special_purpose.toml").read_text("utf-8"))
    found = [(ipaddress.ip_network(block), kind == "public") for kind in blocks for block in blocks[kind]]
    return tuple(sorted(found, key=lambda entry: entry[0].prefixlen, reverse=True))
