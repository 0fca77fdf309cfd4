"""What is known about players and their hosts (`players.toml`)."""

from __future__ import annotations

import functools
import re

import msgspec

from feed2doc._compiled_data import toml_file
from feed2doc._decoding import convert


class PlayerElement(msgspec.Struct, frozen=True):
    """The element of HTML that a custom element stands for, and the address made of its attributes, or "" if it is in `src`."""

    tag: str
    address: str = ""


class FilmHost(msgspec.Struct, frozen=True):
    """A host whose films have numbers. The address of a film is that of the `page` with its number after it."""

    name: str
    number: str
    page: str
    words: str

    def film(self, number: str) -> str:
        """Return the address of the film with this number, or "" if a text is not the number of one."""
        return self.page + number if re.fullmatch(self.number, number) else ""

    def is_named(self, text: str) -> bool:
        """Return True if classes or names of attributes name this host."""
        return re.search(self.words, text, re.I) is not None


class PlayerTable(msgspec.Struct, frozen=True):
    """The table. `named` has the words in names of custom elements by the element of HTML that they stand for."""

    elements: dict[str, PlayerElement]
    named: dict[str, tuple[str, ...]]
    host: tuple[FilmHost, ...]
    number_attributes: tuple[str, ...]
    number_attributes_of_custom_elements: tuple[str, ...]
    address_attributes: tuple[str, ...]
    addresses: tuple[str, ...]


@functools.cache
def player_table() -> PlayerTable:
    """Return the table of `players.toml`."""
    return convert(toml_file("readers/_html/players/players.toml"), PlayerTable)
