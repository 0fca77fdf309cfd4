"""Device profiles: those of `profiles.toml`. The user's profiles come from the configuration."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from feed2doc._decoding import convert
from feed2doc.errors import OptionError

SHIPPED = Path(__file__).parent / "profiles.toml"


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The capabilities of a device.

    Sides are in pixels, `book_mib` limits all pictures of a book, `page` is the page size of PDFs. `paragraphs` are
    indented, separated by spacing, or follow the convention of the language. `to` is the output format if none is
    given.
    """

    longest_side: Annotated[int, Meta(ge=100, le=10_000)] = 1600
    grey: bool = False
    quality: Annotated[int, Meta(ge=1, le=95)] = 82
    formats: tuple[str, ...] = ("jpeg", "png")
    transparency: bool = True
    book_mib: Annotated[int, Meta(ge=1, le=2000)] = 100
    page: str = "a4"
    paragraphs: Literal["language", "indent", "space"] = "language"
    to: str = ""


def profile(name: str = "default") -> Profile:
    """Return the profile of a device that feed2doc ships. Raise OptionError, which lists them, for another name."""
    if name not in shipped():
        raise OptionError(f"unknown profile {name!r}: choose from {', '.join(sorted(shipped()))}")
    return shipped()[name]


@functools.cache
def shipped() -> dict[str, Profile]:
    """Return the profiles that feed2doc ships, by name."""
    return convert(tomllib.loads(SHIPPED.read_text("utf-8")), dict[str, Profile])
