"""The environment of a conversion: pictures, template and site rule folders, diagnostics and the trace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from feed2doc._text.secrets import masked
from feed2doc.assets import Assets
from feed2doc.errors import UsageError, expect
from feed2doc.model import Block, Credit, Section

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["notice", "dropped", "loss"]


class Diagnostic(Struct, frozen=True):
    """One diagnostic of a conversion.

    `kind` is "notice" (a decision worth knowing), "dropped" (junk removed by a site rule) or "loss" (part of the article
    that could not be kept; `--strict` makes it an error). `rule` names the rule that applied. `text` is the text affected,
    perhaps shortened, and `characters` the number of its characters without white space.
    """

    kind: Kind
    message: str
    rule: str = ""
    text: str = ""
    characters: int = 0


class Provenance(Struct, frozen=True):
    """The origin of a node: the rule, and the source element as a CSS selector ("" if there is no such element)."""

    rule: str
    element: str = ""


class Trace(Struct):
    """The origins of a document's fields and nodes. Pass one to `Env(trace=...)` before reading.

    `fields` is keyed by the names of `Document`'s fields. Nodes are compared by identity, so two paragraphs with the same
    text have separate origins. `tree` is a copy of the article's HTML before anything was taken out of it.
    """

    fields: dict[str, Provenance] = {}
    tree: _Element | None = None
    _nodes: dict[int, tuple[object, Provenance]] = {}

    def made(self, node: Block | Section | Credit, rule: str, element: str = "") -> None:
        """Record the rule and the source element that produced this node."""
        self._nodes[id(node)] = (node, Provenance(rule, element))

    def origin(self, node: Block | Section | Credit) -> Provenance | None:
        """Return the origin of this node, or None if none was recorded."""
        found = self._nodes.get(id(node))
        return found[1] if found else None


class Env(Struct, kw_only=True):
    """The environment of one conversion. Pass the same one to `read` and `write`.

    The default never accesses the network. `template_dirs` and `site_dirs` are searched before the shipped templates and
    site rules. `diagnostics` collects diagnostics during the conversion. `trace`, if set, records the origin of each node.
    With `audit`, readers search each Document for all text and pictures of its source, and note what is missing as a loss.
    """

    assets: Assets = field(default_factory=Assets)
    template_dirs: tuple[Path, ...] = ()
    site_dirs: tuple[Path, ...] = ()
    diagnostics: list[Diagnostic] = []
    trace: Trace | None = None
    audit: bool = False

    def __post_init__(self) -> None:
        """Raise UsageError for a folder that does not exist."""
        self.template_dirs = _folders("template_dirs", self.template_dirs)
        self.site_dirs = _folders("site_dirs", self.site_dirs)

    def note(self, kind: Kind, message: str, *, rule: str = "", text: str = "", characters: int = 0) -> None:
        """Add a diagnostic and log it to the logger `feed2doc`: a loss as a warning, other kinds as info.

        Passwords and keys in URLs are masked.
        """
        message, text = masked(_valid(message)), masked(_valid(text))
        self.diagnostics.append(Diagnostic(kind, message, rule, text, characters))
        # A program that handles log records has already imported logging. The command line saves the 5 ms.
        if logging := sys.modules.get("logging"):
            logger = logging.getLogger("feed2doc")
            if logger.hasHandlers():  # without one, logging would print warnings to stderr
                logger.log(logging.WARNING if kind == "loss" else logging.INFO, "%s: %s", kind, message)


def _valid(text: str) -> str:
    """Return the text with lone surrogates, which can be neither logged nor saved, replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _folders(field: str, given: Iterable[str | os.PathLike[str]]) -> tuple[Path, ...]:
    if given == ():
        return ()
    if isinstance(given, str | os.PathLike):
        raise UsageError(f"{field}: expected a tuple of folders: pass ({os.fspath(given)!r},)")
    expect(field, given, Iterable)
    for each in given:
        expect(field, each, str, os.PathLike)
    folders = tuple(map(Path, given))
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{field}: {folder} is not a folder")
    return folders
