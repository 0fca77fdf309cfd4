"""What other packages add, by the entry points feed2doc.readers, feed2doc.writers, feed2doc.transforms and feed2doc.sites.

They are looked for only when something is asked for that feed2doc has not: looking takes longer than reading an item.
"""

from __future__ import annotations

import functools
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feed2doc.errors import PluginError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUPS = ("readers", "writers", "transforms", "sites")


@functools.cache
def plugins(group: str) -> dict[str, EntryPoint]:
    """The entry points of a group, by name."""
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=f"feed2doc.{group}")}


def load(group: str, name: str, kind: type) -> Any:
    """What an entry point names; PluginError, which names it, if it does not load or is not of this kind."""
    point = plugins(group)[name]
    what = f"{group.removesuffix('s')} {name!r} of {point.value!r}"
    try:
        found = point.load()
    except Exception as error:
        raise PluginError(f"{what} does not load: {error}") from error
    if not isinstance(found, kind):
        raise PluginError(f"{what} is no feed2doc.{kind.__name__}")
    return found


@functools.cache
def site_folders() -> tuple[Path, ...]:
    """The folders of site rules that packages bring; what does not load is told by `broken_sites`, and costs no more."""
    from types import ModuleType

    found = []
    for name in sorted(plugins("sites")):
        try:
            module = load("sites", name, ModuleType)
        except PluginError as error:
            _broken.append(str(error))
            continue
        found += [Path(module.__file__).parent] if module.__file__ else []
    return tuple(found)


_broken: list[str] = []


def broken_sites() -> list[str]:
    """What site rules of packages did not load, since the last time."""
    found: list[str] = []
    with suppress(IndexError):  # there are no more, or another thread took the last one
        while _broken:
            found.append(_broken.pop(0))
    return found


def versions() -> list[str]:
    """The packages that add something, with their versions."""
    points = [point for group in GROUPS for point in plugins(group).values()]
    return sorted({f"{point.dist.name} {point.dist.version}" for point in points if point.dist})
