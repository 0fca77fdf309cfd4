"""All inputs as one book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Protocol

import msgspec

from feed2doc._files.names import book_file_name
from feed2doc._formats import Source
from feed2doc.assets import Assets
from feed2doc.batch.writing import Writing
from feed2doc.env import Env
from feed2doc.model import Book, Document, Image, images_of, with_images
from feed2doc.transforms import GroupBy, Order
from feed2doc.transforms.bundle import bundle


class Collector(Protocol):
    """Takes in the articles of inputs."""

    def add(self, source: Source, documents: Iterable[Document], env: Env) -> None:
        """Take the articles of one input, and the pictures that lie beside it."""


class Bundle:
    """Collects articles, and makes the book of them."""

    def __init__(self, env: Env, title: str, group_by: GroupBy, order: Order) -> None:
        self._env = env
        self._title, self._group_by, self._order = title, group_by, order
        self._documents: list[Document] = []

    def add(self, source: Source, documents: Iterable[Document], env: Env) -> None:
        """Take the articles of one input, and the pictures that lie beside it."""
        self._documents += [self._with_own_pictures(document, source, env.assets) for document in documents]

    def book(self) -> Book:
        """The book of the articles so far, which are then let go."""
        book = bundle(
            self._documents, title=self._title, group_by=self._group_by, order=self._order, env=self._env
        )
        if len(book.documents) == 1 and not self._title:
            book = Book.of(book.documents[0])
        self._documents.clear()
        return book

    def write(self, writing: Writing) -> None:
        """Write the book in every format; nothing if no input could be read."""
        if self._documents:
            book = self.book()
            writing.write(book, book.title, partial(book_file_name, book), self._env)

    def _with_own_pictures(self, document: Document, source: Source, assets: Assets) -> Document:
        """The article with no picture of another input's folder under the same relative address."""
        ours = self._env.assets
        names: dict[str, str] = {}
        for image in images_of(document):
            path = assets.path(image.src)
            if path is None:
                continue
            names[image.src] = next(
                name for name in _names(image.src, source) if ours.path(name) in (None, path)
            )
            ours.add_file(names[image.src], path)
        if all(src == name for src, name in names.items()):
            return document

        def renamed(image: Image) -> Image:
            return msgspec.structs.replace(image, src=names.get(image.src, image.src))

        return with_images(document, renamed)


def _names(src: str, source: Source) -> Iterator[str]:
    """The address, then others for it, by the input's folder."""
    yield src
    folder = source.folder.name if source.folder else "input"
    yield f"{folder}/{src}"
    number = 2
    while True:
        yield f"{folder}-{number}/{src}"
        number += 1
