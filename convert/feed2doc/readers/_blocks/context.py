"""What the parts of one article are read with: its rules and marks, and where its text goes that is not in the body."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

import msgspec

from feed2doc import model as m
from feed2doc.env import Env
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.origins import Marked
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element


class Context(msgspec.Struct, frozen=True, eq=False):
    """The context of reading one article.

    `marked` maps elements to their meaning (the kind of an open block, "paragraph" or "skip") and the rule that says so.
    `account` counts what is read and left out. `language` is that of the article, if it has quotations within lines. `junk` has the paragraphs that a rule drops, with the rule and their
    text, `codes` the pictures right above those of them that ask to scan a code, `apart` the blocks outside the body, by kind.
    """

    env: Env
    base: str
    rules: Rules
    marked: Marked
    account: Account
    index: Index
    language: str = ""
    junk: list[tuple[m.Inlines, str, str]] = []
    codes: list[m.Block] = []
    apart: dict[str, list[m.Block]] = msgspec.field(default_factory=lambda: {"credits": [], "standfirst": []})

    @property
    def classed(self) -> Set[_Element]:
        """The elements with a class."""
        return self.index.having("class")

    @property
    def styled(self) -> Set[_Element]:
        """The elements with a style."""
        return self.index.having("style")

    @property
    def in_language(self) -> Set[_Element]:
        """The elements that state a language or a direction of writing."""
        return self.index.having("lang", "dir")
