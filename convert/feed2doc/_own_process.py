"""Settings of a process that is feed2doc's own: the command line and its workers. A library must leave them to its host."""

from __future__ import annotations

import gc
import warnings


def set_up() -> None:
    """Look for garbage rarely, and hide the warnings of other packages that are not for users."""
    # What is loaded stays, and little of what a conversion makes refers to itself: to look for such garbage at every 700
    # objects takes a sixth of a short run, and a fifth of a large PDF.
    gc.set_threshold(50_000)
    # Pillow warns about damaged metadata of pictures, Dask about versions that differ a little.
    for package in ("PIL", "dask", "distributed"):
        warnings.filterwarnings("ignore", module=rf"{package}\b")
