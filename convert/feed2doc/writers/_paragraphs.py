"""How paragraphs are parted."""

from __future__ import annotations

from typing import Literal, get_args

from feed2doc.errors import OptionError

Paragraphs = Literal["language", "indent", "space"]


def check_paragraphs(value: str) -> None:
    """Raise OptionError for what is no way to part paragraphs."""
    if value not in get_args(Paragraphs):
        raise OptionError(f"paragraphs: {value!r} is none of {', '.join(get_args(Paragraphs))}")
