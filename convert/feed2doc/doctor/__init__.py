"""What feed2doc needs: packages, programs, fonts and folders, whether they are there, and how to get them."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc.doctor import folders, fonts, packages, programs
from feed2doc.doctor.finding import Check


def examine(*, offline: bool = False) -> Iterator[Check]:
    """Each thing that feed2doc stands on, as it is found; unless `offline` the network as well."""
    yield from packages.examine()
    yield from programs.examine()
    yield from fonts.examine()
    yield from folders.examine(offline=offline)
