"""Where outputs are saved: a path of this machine, or a URL of any storage that fsspec knows (s3://, gs://, memory:// ...)."""

from __future__ import annotations

import os
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


def size_of(path: str) -> int:
    """The size of a file in bytes; -1 if it is not there."""
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return -1


def digest_of(path: str) -> str:
    """The SHA-256 of a file in hex; "" if it is not there."""
    import hashlib

    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
