"""Coloured lines on standard output, as wide as the terminal."""

from __future__ import annotations

import os
import shutil
from typing import Any

import click

from feed2doc._text.wrap import width_of


def echo(line: str) -> None:
    """Print a line, without its colours if it does not go to a terminal or NO_COLOR is set (https://no-color.org)."""
    click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def styled(text: str, style: str) -> str:
    """Return the text in a style: a colour, `bold`, `dim`, or several of them."""
    names = style.split()
    flags: dict[str, Any] = {name: True for name in names if name in ("bold", "dim")}
    return click.style(text, next((name for name in names if name not in flags), None), **flags)


def columns(least: int, most: int) -> int:
    """Return the width of the terminal, within limits."""
    return min(most, max(least, shutil.get_terminal_size().columns))


def truncated(text: str, width: int) -> str:
    """Return the text, its end replaced with an ellipsis if it is wider than this."""
    if width_of(text) <= width:
        return text
    room = width - 1
    for end, char in enumerate(text):
        room -= width_of(char)
        if room < 0:
            return f"{text[:end]}…"
    return text
