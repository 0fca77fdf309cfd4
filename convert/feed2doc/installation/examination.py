"""All that is looked at, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc.installation import packages, places, programs, scripts
from feed2doc.installation.findings import Finding


def examine(*, offline: bool = False) -> Iterator[Finding]:
    """Each thing that feed2doc stands on, as it is found; unless `offline` the network as well."""
    yield from packages.examine()
    yield from programs.examine()
    yield from scripts.examine()
    yield from places.examine(offline=offline)
