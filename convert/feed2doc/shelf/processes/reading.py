"""Reading files for the library: items, feed files, pages and OPML. This is done by worker processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import msgspec

from feed2doc._own_process import step
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import Item, load_item
from feed2doc.batch.job import Job
from feed2doc.batch.limits import Limits
from feed2doc.errors import Feed2docError
from feed2doc.model import images_of
from feed2doc.shelf.opml import is_opml, outlines
from feed2doc.shelf.processes.preparation import Incoming, prepared

READING = Job(
    targets=(),
    digests=False,
    limits=Limits(seconds=180, memory=0 if sys.platform == "win32" else 2 * 2**30),
)


class ReadFile(msgspec.Struct, frozen=True):
    """The content of a file: articles, or the names and addresses of feeds. `failure` says why it has neither."""

    articles: tuple[Incoming, ...] = ()
    feeds: tuple[tuple[str, str], ...] = ()
    messages: tuple[str, ...] = ()
    failure: str = ""


def read_file(
    converter: Converter, item: Item, folder: str, pictures: Mapping[str, str] | None = None
) -> ReadFile:
    """Return what a file has. `folder` is that of the library, where its pictures are saved.

    `pictures` are the paths of others by the names under which the articles know them.
    """
    try:
        data = load_item(item).data
        if is_opml(data):
            return ReadFile(feeds=tuple(outlines(data)))
    except Feed2docError as error:
        return ReadFile(messages=(str(error),), failure=str(error))
    read = converter.read_item(item)
    source = "" if item.data is not None else os.path.basename(os.path.dirname(os.path.abspath(item.path)))
    step("preparing it", item.path)
    for image in images_of(read.documents) if pictures else ():
        if path := pictures and pictures.get(file_name(image.src)):
            read.env.assets.add_file(image.src, Path(path))
    try:
        articles = tuple(prepared(each, read.env, Path(folder), source=source) for each in read.documents)
    finally:
        read.env.assets.close()
    messages, failure = read.result.messages, read.result.failure.message if read.result.failure else ""
    if not articles and not failure and read.result.status != "no item":  # else it was skipped in a folder
        failure = f"{item.path}: no article was found"
        messages = (*messages, failure)
    return ReadFile(articles, (), messages, failure)


def read_upload(
    converter: Converter, path: str, name: str, folder: str, pictures: Mapping[str, str]
) -> ReadFile:
    """Return what an uploaded file has, which is at `path` on this disk. Its own name is only used in messages."""
    return read_file(converter, Item(name, data=Path(path).read_bytes()), folder, pictures)


def file_name(url: str) -> str:
    """Return the name of the file in the address of a picture, or ""."""
    try:
        return PurePosixPath(unquote(urlsplit(url).path)).name
    except ValueError:  # such as an unfinished IPv6 host
        return ""
