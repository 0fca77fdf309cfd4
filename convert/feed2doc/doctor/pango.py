"""The C libraries that WeasyPrint loads, tried before it is imported.

If one is missing, WeasyPrint prints advice to standard output while it is imported. That may be the output of the host,
and `sys.stdout` belongs to all threads, so it cannot be redirected for this one alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

_LIBRARIES = {"gobject-2.0": 0, "pango-1.0": 0, "harfbuzz": 0, "fontconfig": 1, "pangoft2-1.0": 0}
# Where WeasyPrint looks for them on Windows, and how (https://doc.courtbouillon.org/weasyprint/stable/first_steps.html).
_WINDOWS_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
_SEARCH_DEFAULT_DIRS = 0x1000


def check_libraries() -> None:
    """Raise OSError, which names it, if a library is missing; ImportError if cffi is."""
    from cffi import FFI  # type: ignore[import-untyped]

    ffi = FFI()
    with _windows_folders() as flags:
        for name, version in _LIBRARIES.items():
            files = (
                f"lib{name}.so.{version}",
                f"lib{name}.dylib",
                f"lib{name}.{version}.dylib",
                f"{name}-{version}",
                f"lib{name}-{version}",
                f"lib{name}-{version}.dll",
                name,
            )
            if not any(_loads(ffi, file, flags) for file in files):
                raise OSError(f"cannot load library {name}")


@contextmanager
def _windows_folders() -> Iterator[int]:
    """Let Windows search the folders of WeasyPrint for libraries. Return the flags to load one with."""
    add = getattr(os, "add_dll_directory", None)
    if add is None:
        yield 0
        return
    with ExitStack() as added:
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", _WINDOWS_FOLDERS).split(";"):
            with suppress(OSError):
                added.enter_context(add(folder))
        yield _SEARCH_DEFAULT_DIRS


def _loads(ffi: object, file: str, flags: int) -> bool:
    with suppress(OSError):
        ffi.dlopen(file, flags)  # type: ignore[attr-defined]
        return True
    return False
