"""The text of an output, read back from its bytes: what a reader would see, in reading order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import groupby

import msgspec
from msgspec import Struct

from feed2doc._decoding import decode
from feed2doc._formats import ReadOptions, Source
from feed2doc._text.lazy_re import pattern
from feed2doc.checking._archives import text_of_archive
from feed2doc.checking._markdown import text_of_markdown
from feed2doc.checking._markup import text_of_html, text_of_xml
from feed2doc.checking.expected import facts_of, pieces_of
from feed2doc.doctor.install_commands import how_to_install
from feed2doc.env import Env
from feed2doc.errors import MissingDependencyError, ReadError
from feed2doc.readers import json

_HTML = pattern(r"\s*(?:<\?xml[^>]*>\s*+)?(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype html|html)\b", re.I | re.S)
_NOT_READ_BACK = (".rtf", ".native", ".ipynb", ".opml", ".bib")
_SECONDS = 120
_DIRECTIONS = pattern("\u202b([^\u202b\u202c]*)\u202c|([^\u202b]+)")
_LATIN = pattern("[A-Za-z\u00c0-\u024f]")


def readings_of(data: bytes, name: str) -> Iterator[str]:
    """Yield the text of an output in any format that can be read back. The format is detected from the content.

    The text of a PDF is yielded in drawing order, then in the layout of the page. The `name` is for messages; if it
    ends in .md, the text is Markdown. Raise ReadError if the output is damaged or in a format that cannot be read back,
    and MissingDependencyError for a PDF if poppler's pdftotext is not installed.
    """
    if is_pdf(data):
        yield "\n".join(map(_as_written, _text_of_pdf(data, name, "-raw").split("\n")))
        yield _text_of_pdf(data, name)
    else:
        yield _text_of(data, name)


def _text_of(data: bytes, name: str) -> str:
    if is_archive(data):
        return text_of_archive(data, name)
    if json.READER.accepts(data) or name.endswith((".json", ".jsonl")):
        return _text_of_json(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or name.endswith(_NOT_READ_BACK):
        raise ReadError(f"{name}: empty, or in a format that cannot be checked")
    if _HTML.match(text):
        return text_of_html(data, name)
    if text.lstrip().startswith("<?xml"):
        return text_of_xml(data, name)
    if text.startswith("---\n") or name.endswith((".md", ".markdown")):
        return text_of_markdown(text)
    return text


def is_pdf(data: bytes) -> bool:
    """Return True for a PDF."""
    return data.startswith(b"%PDF-")


def is_archive(data: bytes) -> bool:
    """Return True for a zip archive, such as EPUB, KEPUB, docx and odt."""
    return data.startswith(b"PK\x03\x04")


def pdftotext() -> str:
    """Return the path of poppler's pdftotext. Raise MissingDependencyError, which says how to install it, if there is none."""
    program = shutil.which("pdftotext")
    if program is None:
        raise MissingDependencyError(
            f"checking PDFs needs pdftotext, which is not installed: {how_to_install('poppler')}"
        )
    return program


def _text_of_pdf(data: bytes, name: str, *options: str) -> str:
    try:
        done = subprocess.run(
            [pdftotext(), *options, "-enc", "UTF-8", "-", "-"],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReadError(f"{name}: pdftotext failed: {error}") from error
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise ReadError(f"{name}: damaged PDF: {said}")
    return done.stdout.decode("utf-8", "replace")


def _as_written(line: str) -> str:
    """Return a line of pdftotext, which is in visual order from left to right, in reading order.

    Right-to-left runs are enclosed in marks, each run in its own order. Numbers belong to them; Latin words keep their
    order (https://www.unicode.org/reports/tr9/).
    """
    if "\u202b" not in line:
        return line
    words: list[str] = []
    for inside, outside in _DIRECTIONS.findall(line):
        words += [inside] if inside else outside.split()
    read: list[str] = []
    for latin, run in groupby(reversed(words), key=lambda word: _LATIN.search(word) is not None):
        together = list(run)
        read += reversed(together) if latin else together
    return " ".join(read)


class _Line(Struct):
    """The fields that a line of JSON Lines has in addition to the model."""

    text: str = ""


def _text_of_json(data: bytes, name: str) -> str:
    """Return the texts of the model, which JSON and JSON Lines contain, with the plain text of JSON Lines in their place."""
    documents = list(json.read_json(Source(data, name), ReadOptions(), Env()))
    try:
        texts = [decode(line, _Line).text for line in data.splitlines() if line.strip()]
    except msgspec.MsgspecError:  # JSON that spans several lines is not JSON Lines
        texts = []
    if len(texts) != len(documents):
        texts = [""] * len(documents)
    return "\n".join(
        text
        for document, written in zip(documents, texts, strict=True)
        for text in (
            *(fact.forms[0] for fact in facts_of(document)),
            *([written] if written else [piece.text for piece in pieces_of(document)]),
        )
    )
