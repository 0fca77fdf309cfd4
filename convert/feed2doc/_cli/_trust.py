"""Trust in a feed2doc.toml that was found in a folder: it may set looks, and everything once the user has allowed it.

Such a file can come with an archive, a checkout or a shared folder. git (safe.directory) and direnv (allow) guard against the
same: the user allows a path with the content that it has now.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Any, Literal

from feed2doc._files.named_files import read_text
from feed2doc._files.user_dirs import user_folder, write_private
from feed2doc._text.lazy_re import pattern

Standing = Literal["allowed", "new", "changed", "foreign"]

# The parameters that a file may set without permission. None of them runs a program, opens a connection,
# removes a file, or chooses what is read.
_LOOKS = frozenset(
    [
        "formats",
        "read_format",
        "timezone",
        "display_timezone",
        "pattern",
        "one_book",
        "period",
        "title",
        "group_by",
        "order",
        "images",
        "device",
        "links",
        "page",
        "pdf_variant",
        "pdf_engine",
        "front_matter",
        "notes",
        "width",
        "no_link_list",
        "cover",
        "css",
        "font",
        "look",
        "image_dir",
        "output_dir",
        "dest",
    ]
)
# Of these, paths must stay inside the folder of the file.
_PATHS = frozenset(["cover", "css", "font", "look", "image_dir", "output_dir", "dest"])
# Addresses of other places as URL parsers take them: `http:x.example` and `http:\\x.example` too
# (https://url.spec.whatwg.org/#special-scheme).
_ELSEWHERE = pattern(r"//|\\|(?:https?|ftp|wss?|file):", re.I)
# These may only be made stricter than the user has set them.
_ONLY_ON = frozenset(["offline", "strict", "check"])


def refusal(name: str, value: Any, folder: Path) -> str:
    """Return why a file in `folder` that is not allowed may not set this parameter to this value, or "" if it may."""
    if name in _ONLY_ON:
        return "" if value is True else "may only be turned on"
    if name not in _LOOKS:
        return "does more than set how things look"
    values = value if isinstance(value, list) else [value]
    if name in _PATHS and not all(_is_inside(str(each), folder) for each in values):
        return "leads out of the folder of the file"
    if name == "css" and any(_loads(Path(str(each))) for each in values):
        return "is a style sheet that loads from other places"
    return ""


def standing(path: Path, content: bytes) -> Standing:
    """Return whether the user has allowed a file that was found, with this content or with another."""
    known = ""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        known = _record(path).read_text("utf-8").partition(" ")[0]
    return "new" if not known else "allowed" if known == _digest(content) else "changed"


def is_foreign(path: Path) -> bool:
    """Return True if a file, or the link to it, belongs to another user. As in git, root may use files of who called sudo."""
    if not hasattr(os, "geteuid"):
        return False
    users = {os.geteuid()}
    if 0 in users and (caller := os.environ.get("SUDO_UID", "")).isdecimal():
        users.add(int(caller))
    return not {os.stat(path).st_uid, os.lstat(path).st_uid} <= users


def allow(path: Path, content: bytes) -> None:
    """Record that the user allows a file with this content, instead of an earlier one."""
    write_private(_record(path), f"{_digest(content)} {_real(path)}\n".encode("utf-8", "surrogateescape"))


def _loads(css: Path) -> bool:
    """Return True if a style sheet has an address of another place, perhaps in escapes. Books with it would connect to there.

    Comments do not count. They are what a parser of CSS takes for comments, so that nothing is hidden in a string.
    """
    import tinycss2

    try:
        text = read_text(css)
        without = tinycss2.serialize(tinycss2.parse_component_value_list(text, skip_comments=True))
    except (OSError, UnicodeDecodeError):  # reading it for the run fails, too
        return False
    except RecursionError:
        return True
    return _ELSEWHERE.search(without) is not None


def _is_inside(value: str, folder: Path) -> bool:
    """Return True if a path, followed through symbolic links, is in a folder. The name of a font or of a kind of cover is."""
    if "://" in value:
        return False
    root = os.path.join(os.path.realpath(folder), "")
    return os.path.join(os.path.realpath(value), "").startswith(root)


def _record(path: Path) -> Path:
    return user_folder("state") / "allowed" / _digest(os.fsencode(_real(path)))[:32]


def _real(path: Path) -> str:
    return os.path.join(os.path.realpath(path.parent), path.name)


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
