"""The pictures of an article that are files next to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feed2doc._formats import Source
from feed2doc.env import Env
from feed2doc.readers._html.urls import resolve

if TYPE_CHECKING:
    from lxml.etree import _Element


def find_local_pictures(root: _Element, base: str, source: Source, env: Env) -> None:
    """Register the item's pictures that are files in or below its folder with the asset store."""
    if source.folder is None:
        return
    named = [
        (element.get(name) or "").strip()
        for element in root.iter("img", "video")
        for name in ("src", "poster")
    ]
    relative = [src for src in named if _is_relative(src)]
    if not relative:  # as in most items: to resolve the folder takes as long as to read a paragraph
        return
    folder = Path(os.path.realpath(source.folder))
    for src in relative:
        path = Path(os.path.realpath(folder / src))  # unlike Path.resolve, it accepts a link to itself
        if path.is_relative_to(folder) and (url := resolve(src, base)):
            env.assets.seek(url, [path])


def _is_relative(src: str) -> bool:
    """Return True if an address may be a path relative to a folder. No path has a null character."""
    return src != "" and ":" not in src.split("/")[0] and not src.startswith(("/", "\\")) and "\0" not in src
