"""Redirects: the URL of the page to which a link leads through another site that counts clicks or warns (`redirects.toml`)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from fnmatch import fnmatchcase
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from feed2doc._compiled_data import toml_file

# A redirect may lead to a redirect, but not without end.
_MOST = 3
# The longest query that is searched.
_LONGEST = 8192


def target_of(url: str) -> str:
    """Return the `http` or `https` URL to which a redirect leads, or the URL itself if it is not a redirect."""
    for _ in range(_MOST):
        if url.find("http", 8) < 0:  # nearly all URLs
            break
        inner = _inner(url)
        if not inner:
            break
        url = inner
    return url


def _inner(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # such as an unfinished IPv6 host
        return ""
    names = _parameters(host, parts.path or "/") if 0 < len(parts.query) <= _LONGEST else ()
    if not names:
        return ""
    values = dict(parse_qsl(parts.query))
    found = (values.get(name, "") if name else _query_as_url(parts) for name in names)
    target = next((value for value in found if value.startswith(("http://", "https://"))), "")
    return f"{target}#{parts.fragment}" if parts.fragment and target and "#" not in target else target


def _query_as_url(parts: SplitResult) -> str:
    return parts.query if parts.query.startswith(("http://", "https://")) else unquote(parts.query)


def _parameters(host: str, path: str) -> Sequence[str]:
    """Return the parameters of a redirect that may have the URL, or () if the page is not a redirect."""
    for page, names in _redirects().items():
        hosts, slash, paths = page.partition("/")
        if fnmatchcase(host, hosts) and fnmatchcase(path, slash + paths):
            return names
    return ()


@functools.cache
def _redirects() -> dict[str, list[str]]:
    return toml_file("readers/_html/redirects.toml")
