"""Process-wide settings of the command line and its workers. A library must not change them in the host process."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable


def set_up() -> None:
    """Run the garbage collector less often, and hide warnings of other packages that are not meant for users."""
    # Loaded modules stay in memory, and a conversion creates few reference cycles. Collecting after every 700 objects
    # would take a sixth of a short run and a fifth of a large PDF.
    gc.set_threshold(10_000)
    # Pillow warns about damaged picture metadata, Dask about slightly different versions.
    for package in ("PIL", "dask", "distributed"):
        warnings.filterwarnings("ignore", module=rf"{package}\b")


on_step: Callable[[str, str], None] | None = None
"""Records the steps of this process. Only workers with limits set it."""
doing = ""
"""The step that this process is at, if steps are recorded."""


def step(what: str, item: str = "") -> None:
    """Record what this process does next, for the message in case that a limit ends it.

    The time of an item starts with the step that names it, and ends with an empty step.
    """
    global doing
    if on_step is not None:
        on_step(what, item)
        doing = what
