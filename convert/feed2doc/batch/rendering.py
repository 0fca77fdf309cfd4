"""Renders one book in all formats of a job: files in memory, and messages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

import msgspec

from feed2doc._api import render
from feed2doc._own_process import step
from feed2doc._text.urls import normalize_url
from feed2doc.assets import Assets
from feed2doc.batch.companions import FOLDER_OF, with_companions
from feed2doc.batch.item import STDIN
from feed2doc.batch.job import COVERED, Images, Job
from feed2doc.batch.pictures import OFFLINE, PictureSource
from feed2doc.batch.result import File
from feed2doc.covers import is_wanted
from feed2doc.env import Env
from feed2doc.errors import ReadError, StrictError
from feed2doc.model import Book, Document

if TYPE_CHECKING:
    from feed2doc.transforms import Links

# The most messages about losses by one rule. The others are counted.
_MOST_LOSSES = 10
# The rules whose diagnostics are reported to the user.
_REPORTED = ("duplicates", "cover", "budget", "plugins")


class Rendering:
    """The files and messages of one book, in order. `name` is the name of the input in messages.

    `lacks_pictures` is true if some pictures were not available. `incomplete` says which text `--check` did not find in
    a file.
    """

    def __init__(self, job: Job, name: str) -> None:
        self._job, self._name = job, name
        self.events: list[File | str] = []
        self.lacks_pictures: bool = False
        self.incomplete: str = ""

    def render(
        self,
        book: Book,
        file_name: Callable[[str], str],
        pictures: PictureSource,
        env: Env,
        formats: Collection[str] = (),
    ) -> None:
        """Render the book in every format, or only in `formats`; `file_name` returns a file name for an extension.

        Raise StrictError for lost content if the job is strict, and any error of the writers. None of the files is
        complete then.
        """
        targets = [(t, t.writer) for t in self._job.targets]
        wanted = [(t, writer) for t, writer in targets if not formats or writer.name in formats]
        if self._job.dry:
            self.events += [File(self._job.path_of(w, file_name), w.name, b"") for _, w in wanted]
            return
        documents = book.documents
        book = _with_links(book, self._job.look.links)
        modes = sorted({target.images for target, _ in wanted})
        prepared: dict[Images, Book] = {mode: pictures.prepare(book, mode, env) for mode in modes}
        for target, writer in wanted:
            self.note(env)
            shown, around = prepared[target.images], env
            path = self._job.path_of(writer, file_name)
            if target.images not in ("embed", "lead"):
                # A picture that is only linked must not be available to the writer, even if it is next to the item.
                around = msgspec.structs.replace(env, assets=Assets())
            elif writer.name in FOLDER_OF and self._job.output != STDIN:
                folder = os.path.splitext(path)[0] + FOLDER_OF[writer.name]
                shown, files = with_companions(shown, folder, env)
                self.events += [File(file, writer.name, data, companion=True) for file, data in files.items()]
            step(f"writing {writer.name}")
            if writer.name in COVERED:
                shown = self._with_cover(shown, pictures, target.options, around)
            data = render(shown, writer, target.options, around)
            self.note(env)
            self.events.append(File(path, writer.name, data))
            if self._job.checked:
                step(f"checking {writer.name}")
                self._check(data, path, documents)

    def note(self, env: Env) -> None:
        """Turn the diagnostics of the environment into messages. Raise StrictError for lost content if the job is strict."""
        noticed = list(env.diagnostics)
        left: Counter[str] = Counter()
        env.diagnostics.clear()
        self.lacks_pictures |= any(d.kind == "loss" and d.rule == "pictures" for d in noticed)
        for diagnostic in noticed:
            if diagnostic.kind == "loss" and self._job.strict:
                raise StrictError(f"{self._name}: lost: {diagnostic.message}")
            if diagnostic.rule == OFFLINE:
                continue
            if not self._job.quiet and diagnostic.kind == "loss":
                left[diagnostic.rule] += 1
                if left[diagnostic.rule] <= _MOST_LOSSES:
                    self.events.append(f"{self._name}: lost: {diagnostic.message}")
            elif not self._job.quiet and diagnostic.rule in _REPORTED:
                self.events.append(f"{self._name}: {diagnostic.message}")

        for rule, count in left.items():
            if count > _MOST_LOSSES:
                self.events.append(f"{self._name}: lost: {count - _MOST_LOSSES:,} more like this ({rule})")

    def messages(self) -> tuple[str, ...]:
        """Return the messages without the files."""
        return tuple(event for event in self.events if isinstance(event, str))

    def _with_cover(self, book: Book, pictures: PictureSource, options: object, env: Env) -> Book:
        if not is_wanted(self._job.look.cover, len(book.documents)):
            return book  # this avoids importing the modules that draw covers
        from feed2doc.covers.cover import with_cover

        of_page = {"shape": shape} if (shape := getattr(options, "page_shape", 0.0)) else {}
        look = getattr(options, "look", "")
        return with_cover(book, self._job.look.cover, env, pictures.profile(), look, **of_page)

    def _check(self, data: bytes, path: str, documents: Sequence[Document]) -> None:
        from feed2doc.checking.comparison import proof

        try:
            found = proof(data, path, documents)
        except ReadError as error:
            self.events.append(f"not checked: {error}")
            return
        if found.findings:
            self.incomplete = f"{path}: {found.sum}: {found.findings[0].line}"
            self.events.append(self.incomplete)


def _with_links(book: Book, links: Links) -> Book:
    if links == "inline":
        return book
    from feed2doc.transforms.links import with_links

    inside = (
        {key for d in book.documents if (key := normalize_url(d.url))} if len(book.documents) > 1 else set()
    )
    parts = tuple(
        msgspec.structs.replace(
            part, documents=tuple(with_links(d, links, inside=inside) for d in part.documents)
        )
        for part in book.parts
    )
    return msgspec.structs.replace(book, parts=parts)
