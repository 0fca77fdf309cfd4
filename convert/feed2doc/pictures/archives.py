"""Pictures in folders: next to an item, or in picture archives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from feed2doc._text.urls import host_of
from feed2doc.env import Env
from feed2doc.model import Image, images_of


def seek_pictures(node: object, folders: Sequence[Path], env: Env) -> None:
    """Add the pictures of this part of the model that are in the folders to the asset store."""
    for image in images_of(node):
        env.assets.seek(image.src, _candidates(image, folders))


def _candidates(image: Image, folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the paths where a picture may be: HOST/PATH, then the ends of its path (longest first), then its file name."""
    for url in (image.src, image.fallback_src):
        if url.startswith("data:"):
            continue
        try:
            path = PurePosixPath(unquote(urlsplit(url).path).lstrip("/"))
        except ValueError:  # such as an unfinished IPv6 host
            continue
        if not path.name or ".." in path.parts:
            continue
        host = host_of(url)
        for folder in folders:
            if host and host.strip("."):
                yield folder / host / path
            yield from (folder.joinpath(*path.parts[at:]) for at in range(len(path.parts)))
