"""The result of checking one thing that feed2doc uses."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal["ok", "missing", "optional"]


class Check(Struct, frozen=True, omit_defaults=True):
    """The result of checking one thing. The status `optional` means that it is missing but not required.

    `detail` is its version or place, or what is wrong; `need` is what it is used for; `remedies` are the commands that
    install it, by the name of the system, this system first.
    """

    group: str
    name: str
    state: State
    detail: str = ""
    need: str = ""
    remedies: dict[str, str] = {}


def found(group: str, name: str, detail: str) -> Check:
    """Return the check of a thing that is there."""
    return Check(group, name, "ok", detail)
