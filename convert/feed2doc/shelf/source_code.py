"""The source code of what makes the books, for readers of a shelf that others run (AGPL-3.0, section 13)."""

from __future__ import annotations

import functools
import io
import tarfile
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from feed2doc import __version__
from feed2doc._templating import shipped_templates

_SKIPPED = ("__pycache__", ".pyc", "compiled.json")


def versions() -> list[str]:
    """Return the programs and their versions."""
    try:
        library = version("EbookLib")
    except PackageNotFoundError:
        library = ""
    return [f"feed2doc {__version__} (Apache-2.0)", f"EbookLib {library} (AGPL-3.0)"]


@functools.cache
def archive() -> bytes:
    """Return feed2doc and EbookLib as they run here, as a compressed archive."""
    folders = {"feed2doc": Path(__file__).parent.parent, "templates": shipped_templates()}
    spec = find_spec("ebooklib")
    if spec and spec.origin:
        folders["ebooklib"] = Path(spec.origin).parent
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, folder in folders.items():
            tar.add(folder, f"feed2doc-source/{name}", filter=_anonymous)
    return out.getvalue()


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    if any(entry.name.endswith(each) for each in _SKIPPED):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry
