"""Where outputs are saved: a path of this machine, or a URL of any storage that fsspec knows (s3://, gs://, memory:// ...)."""

from __future__ import annotations

import re
from pathlib import Path

from feed2doc._saving import save as save_file


def is_url(name: str) -> bool:
    """Whether this is a URL and no path; a letter and a colon are a drive of Windows."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name) is not None


def joined(folder: str, name: str) -> str:
    """The path or URL of a file in a folder."""
    return f"{folder.rstrip('/')}/{name}" if is_url(folder) else str(Path(folder, name))


def save(path: str, data: bytes) -> None:
    """Save a file whole or not at all; WriteError, which names it, if it cannot be."""
    save_file(Path(path), data)
