"""Checks of the user's folders and of the network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from feed2doc._files.user_dirs import user_folder
from feed2doc._text.secrets import masked
from feed2doc.doctor.finding import Check, found

_Kind = Literal["config", "state", "cache"]
_NEEDS = {
    "config": "for your settings, site rules and templates",
    "state": "to skip files that are up to date",
    "cache": "to fetch each picture only once",
}
_ADDRESS = "https://example.com/"
_SECONDS = 3.0


def examine(*, network: bool = False) -> Iterator[Check]:
    """Yield the folders with their sizes and, if `network` is set, whether the web can be reached."""
    for kind in get_args(_Kind):
        yield _folder(kind)
    if network:
        yield _network()


def _folder(kind: _Kind) -> Check:
    path = user_folder(kind)
    name = f"{kind} folder"
    there = next(parent for parent in (path, *path.parents) if parent.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        return Check("folders", name, "optional", f"{path}: {there} cannot be written", _NEEDS[kind])
    return found("folders", name, f"{path}, {_size(path) if there == path else 'not created yet'}")


def _size(folder: Path) -> str:
    total = 0
    for top, _, files in os.walk(folder):
        for name in files:
            try:
                total += os.lstat(os.path.join(top, name)).st_size
            except OSError:  # removed in the meantime
                continue
    return f"{total / 1e6:.1f} MB" if total else "empty"


def _network() -> Check:
    import httpx

    need = "to fetch pictures and feeds"
    try:
        httpx.head(_ADDRESS, timeout=_SECONDS)
    except (httpx.HTTPError, OSError) as error:
        reason = masked(" ".join(str(error).split()))[:60] or type(error).__name__
        return Check("network", "network", "optional", f"{_ADDRESS} does not answer: {reason}", need)
    return found("network", "network", f"{_ADDRESS} answers")
