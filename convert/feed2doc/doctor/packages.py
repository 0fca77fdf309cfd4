"""Checks of Python and of the packages that feed2doc requires."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feed2doc.doctor.finding import Check, found
from feed2doc.doctor.install_commands import packages

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_GROUP = "packages"


def examine() -> Iterator[Check]:
    """Yield Python, the required packages, and those of the extras."""
    from importlib.metadata import PackageNotFoundError, metadata, version

    from packaging.requirements import Requirement

    yield found("python", "Python", platform.python_version())
    try:
        stated = metadata("feed2doc")
    except PackageNotFoundError:
        missing = "is not installed as a package, so its requirements are unknown"
        yield Check("python", "feed2doc", "missing", missing, "", packages("feed2doc"))
        return
    yield found("python", "feed2doc", version("feed2doc"))
    extras = ["", *(stated.get_all("Provides-Extra") or ())]
    for line in sorted(stated.get_all("Requires-Dist") or (), key=str.lower):
        requirement = Requirement(line)
        marker = requirement.marker
        for extra in [extra for extra in extras if not marker or marker.evaluate({"extra": extra})][:1]:
            yield _package(requirement, extra)


def _package(requirement: Requirement, extra: str) -> Check:
    """Return whether a requirement of feed2doc, or of one of its extras, is fulfilled."""
    from importlib.metadata import PackageNotFoundError, version

    name, wanted = requirement.name, str(requirement.specifier)
    remedy = packages(f"feed2doc[{extra}]" if extra else f"{name}{wanted}")
    need = f"for feed2doc[{extra}]" if extra else ""
    try:
        there = version(name)
    except PackageNotFoundError:
        return Check(_GROUP, name, "optional" if extra else "missing", "is not installed", need, remedy)
    if not requirement.specifier.contains(there, prereleases=True):
        return Check(_GROUP, name, "missing", f"{there}, but {wanted} is needed", need, remedy)
    return found(_GROUP, name, there)
