"""The C libraries that WeasyPrint loads, tried before it is imported.

If one is missing, WeasyPrint prints advice to standard output while it is imported. That may be the output of the host,
and `sys.stdout` belongs to all threads, so it cannot be redirected for this one alone.
"""

from __future__ import annotations

import os
from contextlib import suppress

_LIBRARIES = {"gobject-2.0": 0, "pango-1.0": 0, "harfbuzz": 0, "fontconfig": 1, "pangoft2-1.0": 0}


def check_libraries() -> None:
    """Raise OSError, which names it, if a library is missing; ImportError if cffi is.

    Windows is left to WeasyPrint, which first adds the folders where its libraries may be.
    """
    from cffi import FFI  # type: ignore[import-untyped]

    ffi = FFI()
    for name, version in _LIBRARIES.items() if os.name != "nt" else ():
        files = (
            f"lib{name}.so.{version}",
            f"lib{name}.dylib",
            f"lib{name}.{version}.dylib",
            f"{name}-{version}",
            f"lib{name}-{version}",
            name,
        )
        if not any(_loads(ffi, file) for file in files):
            raise OSError(f"cannot load library {name}")


def _loads(ffi: object, file: str) -> bool:
    with suppress(OSError):
        ffi.dlopen(file)  # type: ignore[attr-defined]
        return True
    return False
