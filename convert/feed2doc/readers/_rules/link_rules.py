"""Rules for links by the beginnings of their URLs: what shares a page, asks for a donation or a subscription."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feed2doc.readers._rules.schema import SiteRule


# The labels of a host that has others below it: `*.quay.example`.
_LABELS = 2


class LinkRules:
    """Beginnings of URLs, by host; those with the host `*` are beginnings of the paths of any, `*.quay.example` has hosts below it."""

    def __init__(self, files: Iterable[SiteRule], keys: Sequence[str]) -> None:
        self._paths: dict[str, list[tuple[str, str]]] = {"*": []}
        for file in files:
            for key in keys:
                for url in getattr(file, key):
                    host, _, path = url.partition("/")
                    self._paths.setdefault(host, []).append((path, f"{file.name}: {key} {url!r}"))
        self._anywhere = tuple(path for path, _ in self._paths["*"])
        self._below: dict[str, list[tuple[str, str]]] = {
            host[2:]: paths for host, paths in self._paths.items() if host.startswith("*.")
        }

    def find(self, href: str) -> str:
        """Return the name of the rule for this address, or ""."""
        url = href.removeprefix("https:").removeprefix("http:").removeprefix("//").removeprefix("www.")
        host, _, path = url.partition("/")
        if "?" in host:  # `mailto:?`
            host = host[: host.index("?") + 1]
        known = self._paths.get(host) or self._below.get(".".join(host.split(".")[-_LABELS:]), [])
        if known or path.startswith(self._anywhere):
            for prefix, reason in [*known, *self._paths["*"]]:
                if path.startswith(prefix):
                    return reason
        return ""
