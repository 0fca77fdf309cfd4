"""The folders of the user's own that feed2doc has: of what they set up, what can be made again, what a run leaves for the next."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

_USUAL = {"config": ".config", "cache": ".cache", "state": ".local/state"}


def user_folder(kind: Literal["config", "cache", "state"]) -> Path:
    """feed2doc's folder of this kind, which need not exist.

    Where the XDG base directories are plain to see it is found without platformdirs, which takes 7 ms to load and says
    the same (https://specifications.freedesktop.org/basedir-spec/latest/).
    """
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        home = os.environ.get("HOME", "")
        own = os.environ.get(f"XDG_{kind.upper()}_HOME") or os.path.join(home, _USUAL[kind])
        if os.path.isabs(own):
            return Path(own, "feed2doc")
    import platformdirs

    of = platformdirs.PlatformDirs("feed2doc", appauthor=False)
    return {"config": of.user_config_path, "cache": of.user_cache_path, "state": of.user_state_path}[kind]
