"""Saving a file so that it is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from feed2doc.errors import WriteError


def save(path: Path, data: bytes) -> None:
    """Write the file by way of a temporary one in the same folder, fsync and rename.

    Raises WriteError, which names the file and the cause; what was there before is then untouched. An
    interrupt leaves nothing half-written either.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        descriptor, temporary = tempfile.mkstemp(prefix=".feed2doc-", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        temporary = ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WriteError(f"{path}: cannot be written: {reason}") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    """The user's umask, which mkstemp does not heed; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
