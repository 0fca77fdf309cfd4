"""Device profiles (`profiles.toml`, and the user's own in the configuration folder)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from feed2doc.errors import OptionError

SHIPPED = Path(__file__).parent / "profiles.toml"


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a device can use. Sides are pixels, `book_mib` is for all pictures of a book, `page` is a PDF's.

    `paragraphs` are indented, parted by space, or as the language has them.
    """

    longest_side: Annotated[int, Meta(ge=100, le=10_000)] = 1600
    grey: bool = False
    quality: Annotated[int, Meta(ge=1, le=95)] = 82
    formats: tuple[str, ...] = ("jpeg", "png")
    transparency: bool = True
    book_mib: Annotated[int, Meta(ge=1, le=2000)] = 100
    page: str = "a4"
    paragraphs: Literal["language", "indent", "space"] = "language"


def profile_named(name: str, files: Iterable[Path] = ()) -> Profile:
    """The profile of this name, of the first file that has it. Raises OptionError, which names those there are."""
    tables = [_table(path) for path in (*files, SHIPPED)]
    for table in tables:
        if name in table:
            return table[name]
    known = ", ".join(sorted({key for table in tables for key in table}))
    raise OptionError(f"unknown profile {name!r}: there are {known}")


@functools.cache
def _table(path: Path) -> dict[str, Profile]:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), dict[str, Profile])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise OptionError(f"profiles {path}: {error}") from error
