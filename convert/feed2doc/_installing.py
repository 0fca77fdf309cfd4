"""The command that installs packages of Python, for every message that names one."""

from __future__ import annotations

import sys


def pip_install(*requirements: str) -> str:
    """The command that installs these where feed2doc is, whatever `pip` alone would be there."""
    return f"{_quoted(sys.executable)} -m pip install {' '.join(map(_quoted, requirements))}"


def _quoted(word: str) -> str:
    """The word for a shell, in quotes that Windows has too."""
    return f'"{word}"' if any(sign in word for sign in " <>[]&()") else word
