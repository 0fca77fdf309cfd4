"""Versions of feed2doc, Python and the installed engines, for `--version`."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from feed2doc import __version__


def versions() -> Iterator[str]:
    """Yield one name and version each for feed2doc, Python, and WeasyPrint, Typst and pandoc if they are installed."""
    yield f"feed2doc {__version__}"
    yield f"Python {platform.python_version()}"
    for name in ("WeasyPrint", "Typst"):
        try:
            yield f"{name} {version(name.lower())}"
        except PackageNotFoundError:
            continue
    if pandoc := _pandoc():
        yield f"pandoc {pandoc}"


def _pandoc() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_version())
    except (ImportError, OSError):
        return ""
