"""Python and its packages: which feed2doc asks for, and which are there."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator

from feed2doc._patterns import pattern
from feed2doc.installation.findings import Finding, found
from feed2doc.installation.remedies import packages

_REQUIREMENT = pattern(r"([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*([^;]*?)\s*(?:;\s*(.*))?")
_EXTRA = pattern(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_CLAUSE = pattern(r"(>=|<=|==|!=|>|<)\s*([0-9.]+)")
_GROUP = "packages"


def examine() -> Iterator[Finding]:
    """Python, the packages without which nothing works, and those of the extras."""
    from importlib.metadata import PackageNotFoundError, requires, version

    yield found("python", "Python", platform.python_version())
    try:
        wanted = requires("feed2doc") or []
        yield found("python", "feed2doc", version("feed2doc"))
    except PackageNotFoundError:
        missing = "is not installed as a package, so what it needs cannot be told"
        yield Finding("python", "feed2doc", "missing", missing, "", packages("feed2doc"))
        return
    for requirement in sorted(wanted, key=str.lower):
        yield _package(requirement)


def _package(requirement: str) -> Finding:
    """Whether a requirement is fulfilled, as the metadata of a package states it (https://peps.python.org/pep-0508/)."""
    from importlib.metadata import PackageNotFoundError, version

    parts = _REQUIREMENT.fullmatch(requirement)
    assert parts is not None  # the metadata is that of this package, made by its build
    name, wanted, marker = parts[1], parts[2], parts[3] or ""
    extra = _EXTRA.search(marker)
    remedy = packages(f"feed2doc[{extra[1]}]" if extra else f"{name}{wanted}")
    need = f"for feed2doc[{extra[1]}]" if extra else ""
    try:
        there = version(name)
    except PackageNotFoundError:
        return Finding(_GROUP, name, "optional" if marker else "missing", "is not installed", need, remedy)
    if not _satisfies(there, wanted):
        return Finding(_GROUP, name, "missing", f"{there}, but {wanted} is needed", need, remedy)
    return found(_GROUP, name, there)


def _satisfies(version: str, wanted: str) -> bool:
    """Whether the numbers of a version are within these bounds."""
    there = _numbers(version)
    for sign, bound in _CLAUSE.findall(wanted):
        limit = _numbers(bound)
        order = (there > limit) - (there < limit)
        if order not in {">=": (0, 1), "<=": (0, -1), "==": (0,), "!=": (1, -1), ">": (1,), "<": (-1,)}[sign]:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version's release, without zeros at the end."""
    release = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, re.sub(r"(\.0)+$", "", release[0]).split("."))) if release else ()
