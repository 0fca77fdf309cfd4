"""The articles of several items as one book."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import msgspec

from feed2doc._formats import Source
from feed2doc._own_process import step
from feed2doc.assets import Assets
from feed2doc.batch.converter import Converter, Read
from feed2doc.batch.rendering import Rendering
from feed2doc.batch.result import Failure, Result, failure_of
from feed2doc.env import Env
from feed2doc.errors import StrictError
from feed2doc.model import Book, Document, Image, images_of, with_images
from feed2doc.transforms import GroupBy, Order
from feed2doc.transforms.bundle import bundle


def book_of(documents: Sequence[Document], env: Env, *, title: str, group_by: GroupBy, order: Order) -> Book:
    """Return the articles as one book. A single article is returned as its own book if no title was given."""
    book = bundle(documents, title=title, group_by=group_by, order=order, env=env)
    return Book.of(book.documents[0]) if len(book.documents) == 1 and not title else book


def render_book(
    converter: Converter,
    book: Book,
    name: str,
    file_name: Callable[[str], str],
    env: Env,
    formats: Collection[str] = (),
) -> tuple[Result, tuple[str, ...]]:
    """Return the result of rendering a book in every format, or only in `formats`, and the picture files that it uses."""
    step("preparing it", name)
    rendering = Rendering(converter.job, book.title)
    failure = None
    try:
        rendering.render(book, file_name, converter.pictures, env, formats)
    except Exception as error:
        if isinstance(error, MemoryError) and converter.job.limits.memory:
            raise  # it ends this process
        failure = failure_of(error, name)
    files = tuple(map(str, env.assets.files()))
    env.assets.close()
    step("")
    if failure:
        return Result(name, "failed", (*rendering.messages(), failure.message), failure), files
    if rendering.incomplete:
        failure = Failure(rendering.incomplete, StrictError.exit_code)
    return Result(name, "failed" if failure else "converted", tuple(rendering.events), failure), files


def articles_of(read: Read, env: Env) -> list[Document]:
    """Return the articles of an item, and add their pictures to the asset store of the book's environment.

    If two items have different pictures under the same relative address, one of them is renamed.
    """
    source = read.source
    return (
        [_with_own_pictures(d, source, read.env.assets, env.assets) for d in read.documents] if source else []
    )


def _with_own_pictures(document: Document, source: Source, assets: Assets, ours: Assets) -> Document:
    names: dict[str, str] = {}
    for image in images_of(document):
        path = assets.path(image.src)
        if path is None:
            continue
        names[image.src] = next(name for name in _names(image.src, source) if ours.path(name) in (None, path))
        ours.add_file(names[image.src], path)
    if all(src == name for src, name in names.items()):
        return document

    def renamed(image: Image) -> Image:
        return msgspec.structs.replace(image, src=names.get(image.src, image.src))

    return with_images(document, renamed)


def _names(src: str, source: Source) -> Iterator[str]:
    """Yield the address, then alternatives for it that start with the name of the item's folder."""
    yield src
    folder = source.folder.name if source.folder else "input"
    yield f"{folder}/{src}"
    number = 2
    while True:
        yield f"{folder}-{number}/{src}"
        number += 1
