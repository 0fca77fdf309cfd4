"""Time zones by their IANA names, from the system or the package tzdata."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from feed2doc.errors import MissingDependencyError, OptionError, pip_install

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name.

    Raise KeyError, ValueError or OSError if there is none, MissingDependencyError if this system knows no time zones at all.
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        try:
            ZoneInfo("UTC")
        except KeyError:
            raise MissingDependencyError(f"this system has no time zones: {pip_install('tzdata')}") from None
        raise


@functools.cache
def zone_names() -> dict[str, str]:
    """Return the IANA names of all zones by their names in lower case."""
    from zoneinfo import available_timezones

    return {name.casefold(): name for name in available_timezones()}


def check_zone(name: str) -> None:
    """Raise OptionError if there is no time zone of this name."""
    try:
        zone_named(name)
    except (KeyError, ValueError, OSError):
        raise OptionError(f"unknown time zone {name!r}: use a name such as Europe/Berlin or UTC") from None
