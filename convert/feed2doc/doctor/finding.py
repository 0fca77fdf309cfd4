"""One thing that feed2doc stands on, and whether it is there."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal["ok", "missing", "optional"]


class Check(Struct, frozen=True, omit_defaults=True):
    """Whether one thing is there: `optional` is what is not, and can be done without.

    `detail` is its version or place, or what is wrong; `need` what it is for; `remedies` the commands that bring it, by the
    name of the system, this one's first.
    """

    group: str
    name: str
    state: State
    detail: str = ""
    need: str = ""
    remedies: dict[str, str] = {}


def found(group: str, name: str, detail: str) -> Check:
    """A thing that is there."""
    return Check(group, name, "ok", detail)
