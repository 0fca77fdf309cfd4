"""The user's folders for feed2doc: configuration, cache, and state kept between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

_XDG = {"config": ".config", "cache": ".cache", "state": ".local/state"}


def user_folder(kind: Literal["config", "cache", "state"]) -> Path:
    """Return feed2doc's folder of this kind. It need not exist.

    On Linux the XDG base directories are looked up here, because importing platformdirs takes 7 ms in each run. The result is
    the same (https://specifications.freedesktop.org/basedir-spec/latest/).
    """
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        base = os.environ.get(f"XDG_{kind.upper()}_HOME") or os.path.expanduser(f"~/{_XDG[kind]}")
        if os.path.isabs(base):
            return Path(base, "feed2doc")
    import platformdirs

    of = platformdirs.PlatformDirs("feed2doc", appauthor=False)
    return {"config": of.user_config_path, "cache": of.user_cache_path, "state": of.user_state_path}[kind]
