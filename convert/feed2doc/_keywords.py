"""The keyword arguments of `write`, one class per format, for type checkers only.

Each class repeats the fields of the format's options class. `tests/test_library.py` compares the two.
"""

from __future__ import annotations

import os
from typing import Literal, TypedDict

from feed2doc.env import Env
from feed2doc.writers import FrontMatter, Notes, Paragraphs, PdfEngine
from feed2doc.writers.pdf.options import Variant


class Common(TypedDict, total=False):
    """The keyword arguments that every format accepts."""

    env: Env | None
    pictures: str | os.PathLike[str] | None


class EpubKeywords(Common, total=False):
    """The fields of `Epub` and `Kepub`."""

    css: str
    paragraphs: Paragraphs
    look: str


class PdfKeywords(Common, total=False):
    """The fields of `Pdf`."""

    page: str
    variant: Variant
    font: str
    css: str
    paragraphs: Paragraphs
    look: str
    columns: bool
    engine: PdfEngine


class MarkdownKeywords(Common, total=False):
    """The fields of `Markdown`."""

    front_matter: FrontMatter
    notes: Notes


class PlainTextKeywords(Common, total=False):
    """The fields of `PlainText`."""

    width: int
    links: bool


class HtmlKeywords(Common, total=False):
    """The fields of `Html`."""

    images: Literal["embed", "link"]
    css: str
    look: str


class JsonKeywords(Common, total=False):
    """The fields of `Json`."""

    indent: int


class JsonlKeywords(Common, total=False):
    """The fields of `Jsonl`."""

    text: bool


class TypstKeywords(Common, total=False):
    """The fields of `Typst`."""

    page: str
    font: str
    paragraphs: Paragraphs
    look: str
