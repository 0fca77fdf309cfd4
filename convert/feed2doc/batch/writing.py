"""Writing a book in each format that was asked for, and delivering the files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from feed2doc._api import render
from feed2doc._files.atomic import remove_leftovers
from feed2doc._formats import Writer
from feed2doc._text.urls import canonical
from feed2doc.assets import Assets
from feed2doc.batch import storage
from feed2doc.batch.beside import beside
from feed2doc.batch.delivery import Delivery
from feed2doc.batch.inputs import STDIN
from feed2doc.batch.options import has_place
from feed2doc.batch.outcomes import Failure, Output
from feed2doc.batch.pictures import Pictures
from feed2doc.covers import is_wanted
from feed2doc.env import Env
from feed2doc.errors import ReadError, StrictError, UsageError
from feed2doc.model import Book, Document
from feed2doc.transforms import Links

# The formats that have their pictures in a folder beside the file.
_BESIDE = frozenset(["markdown", "typst"])
# The formats that show a cover.
COVERED = frozenset(["epub", "kepub"])


class Writing(Struct):
    """What was asked for about outputs. `asked` has values for the writers' options by the names of their fields.

    `sink` takes what goes to standard output, which only the process of the command has.
    """

    writers: list[Writer[Any]]
    output: str
    folder: str
    pictures: Pictures
    cover: str = "auto"
    links: Links = "inline"
    strict: bool = False
    checked: bool = False
    quiet: bool = False
    delivery: Delivery = field(default_factory=Delivery)
    asked: dict[str, Any] = {}
    sink: Callable[[bytes], None] | None = None
    _told: list[Output | str] = []
    _lacked: bool = False
    _incomplete: str = ""

    def check(self) -> None:
        """Raise OptionError for a value that a format does not take, before anything is read, or for where outputs go."""
        storage.check(self.output or self.folder)
        for writer in self.writers:
            self.options_for(writer)
        if self.checked and any(writer.name == "pdf" for writer in self.writers):
            from feed2doc.checking.extraction import pdftotext

            pdftotext()
        if not is_wanted(self.cover, 1):  # it was not asked for by name
            return
        if not any(writer.name in COVERED for writer in self.writers):
            raise UsageError(f"--cover has no place in {', '.join(writer.name for writer in self.writers)}")
        from feed2doc.covers.cover import check_mode

        check_mode(self.cover)

    def say(self, message: str) -> None:
        """Keep a message to be told."""
        self._told.append(message)

    def taken(self) -> tuple[Output | str, ...]:
        """What was written and noticed since the last time, in that order."""
        told = tuple(self._told)
        self._told.clear()
        return told

    def lacked_pictures(self) -> bool:
        """Whether there were pictures that could not be had, since the last time."""
        lacked, self._lacked = self._lacked, False
        return lacked

    def failure(self, known: Failure | None = None) -> Failure | None:
        """The failure that is known, else that a file which was `checked` lacks something, since the last time."""
        message, self._incomplete = self._incomplete, ""
        return known or (Failure(message, StrictError.exit_code) if message else None)

    def write(
        self,
        book: Book,
        name: str,
        file_name: Callable[[str], str],
        env: Env,
        *,
        formats: Collection[str] = (),
    ) -> None:
        """Write the book in every format, or in those named. `name` is for messages, `file_name` makes a file's name of
        its ending.

        Raises StrictError, and writes nothing more, if `strict` is asked for and something was lost.
        """
        writers = [writer for writer in self.writers if not formats or writer.name in formats]
        if self.delivery.dry:
            self._told += [Output(self._path(file_name, writer), writer.name, 0, "") for writer in writers]
            return
        documents = book.documents
        book = self._with_links(book)
        modes = {self.pictures.mode_for(writer) for writer in writers}
        prepared = {mode: self.pictures.prepare(book, mode, env) for mode in sorted(modes)}
        for writer in writers:
            self.report(env, name)
            mode = self.pictures.mode_for(writer)
            shown = prepared[mode]
            path = self._path(file_name, writer)
            if writer.name in _BESIDE and mode in ("embed", "lead") and self.output != STDIN:
                folder = f"{os.path.splitext(path)[0]}.images"
                shown, files = beside(shown, folder, env)
                if files and not storage.is_url(folder):
                    remove_leftovers(Path(folder))  # of a run that was killed in this item
                for file, picture in files.items():
                    self._save(file, picture, writer, beside=True)
            # What is only to be linked is not at hand for the writer, though it may lie beside the item.
            around = env if mode in ("embed", "lead") else msgspec.structs.replace(env, assets=Assets())
            if writer.name in COVERED:
                shown = self._with_cover(shown, around)
            data = render(shown, writer, self.options_for(writer), around)
            self.report(env, name)
            if self.output == STDIN:
                assert self.sink is not None  # of one output, which this process makes
                self.sink(data)
            else:
                self._save(path, data, writer)
            if self.checked:
                self._check(data, path, documents)

    def options_for(self, writer: Writer[Any]) -> Any:
        """The writer's options with what was asked for of those that it has; None for its defaults."""
        given = {name: value for name, value in self.asked.items() if has_place(name, writer, self.asked)}
        return writer.options(**given) if given else None

    def report(self, env: Env, name: str) -> None:
        """Say what was lost, and what was merged; with `strict` a loss ends the item before anything of it is written."""
        noticed = list(env.diagnostics)
        env.diagnostics.clear()
        self._lacked |= any(d.kind == "loss" and d.rule == "pictures" for d in noticed)
        for diagnostic in noticed:
            if diagnostic.kind == "loss" and self.strict:
                raise StrictError(f"{name}: lost: {diagnostic.message}")
            if not self.quiet and diagnostic.kind == "loss":
                self.say(f"{name}: lost: {diagnostic.message}")
            elif not self.quiet and diagnostic.rule in ("duplicates", "cover", "budget", "plugins"):
                self.say(f"{name}: {diagnostic.message}")

    def _with_links(self, book: Book) -> Book:
        if self.links == "inline":
            return book
        from feed2doc.transforms.links import with_links

        inside = (
            {key for d in book.documents if (key := canonical(d.url))} if len(book.documents) > 1 else set()
        )
        parts = tuple(
            msgspec.structs.replace(
                part, documents=tuple(with_links(d, self.links, inside=inside) for d in part.documents)
            )
            for part in book.parts
        )
        return msgspec.structs.replace(book, parts=parts)

    def _with_cover(self, book: Book, env: Env) -> Book:
        if not is_wanted(self.cover, len(book.documents)):
            return book  # what draws takes long to load
        from feed2doc.covers.cover import with_cover

        return with_cover(book, self.cover, env, self.pictures.profile())

    def _check(self, data: bytes, path: str, documents: Sequence[Document]) -> None:
        """Say what an output has not of what its articles say."""
        from feed2doc.checking.comparison import proof

        try:
            found = proof(data, path, documents)
        except ReadError as error:
            self.say(f"not checked: {error}")
            return
        if found.findings:
            self._incomplete = f"{path}: {found.sum}: {found.findings[0].line}"
            self.say(self._incomplete)

    def _path(self, file_name: Callable[[str], str], writer: Writer[Any]) -> str:
        if not self.output:
            return storage.joined(self.folder, file_name(writer.extension))
        if len(self.writers) == 1:
            return self.output
        endings = sorted((f".{each.extension}" for each in self.writers), key=len, reverse=True)
        stem = next((self.output.removesuffix(e) for e in endings if self.output.endswith(e)), self.output)
        return f"{stem}.{writer.extension}"

    def _save(self, path: str, data: bytes, writer: Writer[Any], *, beside: bool = False) -> None:
        written = self.delivery.save(path, data)
        self._told.append(
            Output(path, writer.name, len(data), hashlib.sha256(data).hexdigest(), beside, written)
        )
