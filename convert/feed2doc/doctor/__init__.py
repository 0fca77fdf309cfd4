"""The checks of `feed2doc doctor`: packages, programs, fonts and folders, whether they are there, and how to install them."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc.doctor import folders, fonts, packages, programs
from feed2doc.doctor.finding import Check


def examine(*, network: bool = False) -> Iterator[Check]:
    """Yield a check for each thing that feed2doc uses, and for the network if `network` is set."""
    yield from packages.examine()
    yield from programs.examine()
    yield from fonts.examine()
    yield from folders.examine(network=network)
