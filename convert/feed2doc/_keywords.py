"""The keyword arguments of `write`, one class per format: the fields of its options class, for type checkers alone.

`tests/test_library.py` compares each with the class that it repeats.
"""

from __future__ import annotations

import os
from typing import Literal, TypedDict

from feed2doc.env import Env
from feed2doc.writers import FrontMatter, Notes, Paragraphs, PdfEngine
from feed2doc.writers.pdf.options import Variant


class Common(TypedDict, total=False):
    """What every format takes."""

    env: Env | None
    pictures: str | os.PathLike[str] | None


class EpubKeywords(Common, total=False):
    """The fields of `Epub`, and of `Kepub`."""

    css: str
    paragraphs: Paragraphs


class PdfKeywords(Common, total=False):
    """The fields of `Pdf`."""

    page: str
    variant: Variant
    font: str
    css: str
    paragraphs: Paragraphs
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
