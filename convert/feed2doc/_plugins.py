"""Plugins of other packages: the entry points feed2doc.readers, feed2doc.writers, feed2doc.transforms and feed2doc.sites.

They are looked up only when feed2doc does not ship what is requested, because the lookup takes longer than reading an item.
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


def plugins(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group, by name."""
    return _found()[group]


@functools.cache
def _found() -> dict[str, dict[str, EntryPoint]]:
    """Return the entry points of all groups: looking for one takes as long, because it reads those of all packages."""
    from importlib.metadata import entry_points

    points = entry_points()
    return {
        group: {point.name: point for point in points.select(group=f"feed2doc.{group}")} for group in GROUPS
    }


def load(group: str, name: str, kind: type) -> Any:
    """Return the object of an entry point. Raise PluginError if it does not load or is not an instance of `kind`."""
    point = plugins(group)[name]
    what = f"{group.removesuffix('s')} {name!r} of {point.value!r}"
    try:
        found = point.load()
    except Exception as error:
        raise PluginError(f"{what} does not load: {error}") from error
    if not isinstance(found, kind):
        raise PluginError(f"{what} is not a feed2doc.{kind.__name__}")
    return found


@functools.cache
def site_folders() -> tuple[Path, ...]:
    """Return the folders of site rules in other packages. Packages that do not load are reported by `broken_sites`."""
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
    """Return the messages about site rule packages that did not load since the last call."""
    found: list[str] = []
    with suppress(IndexError):  # another thread may take the last one
        while _broken:
            found.append(_broken.pop(0))
    return found


def versions() -> list[str]:
    """Return the packages that provide plugins, with their versions."""
    points = [point for group in GROUPS for point in plugins(group).values()]
    return sorted({f"{point.dist.name} {point.dist.version}" for point in points if point.dist})
