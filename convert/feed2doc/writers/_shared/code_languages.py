"""Names of the languages of code blocks: those that highlighters know.

Other names may make a program run the block or replace it: `dataviewjs` in Obsidian, `{=html}` in pandoc.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


def code_language(language: str) -> str:
    """Return the language if it is the name of one, else ""."""
    return language if language.lower() in _names() else ""


@cache
def _names() -> frozenset[str]:
    """Return the names of pandoc (`pandoc --list-highlight-languages`), Pygments, highlight.js and Prism."""
    return frozenset(Path(__file__).with_suffix(".txt").read_text("utf-8").split())
