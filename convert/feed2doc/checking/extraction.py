"""The text of an output, read back from its bytes: what a reader of it would see, in its order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import groupby

import msgspec
from msgspec import Struct

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

_HTML = pattern(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.I | re.S)
_NOT_READ_BACK = (".rtf", ".native", ".ipynb", ".opml", ".bib")
_SECONDS = 120
_DIRECTIONS = pattern("\u202b([^\u202c]*)\u202c|([^\u202b]+)")
_LATIN = pattern("[A-Za-z\u00c0-\u024f]")


def readings_of(data: bytes, name: str) -> Iterator[str]:
    """The text of an output in any of the formats that can be read back; the content tells which it is.

    Of a PDF it is read in the order in which it is drawn, then as it lies on the page. The `name` is for messages, and where it ends in .md the text is Markdown. Raises ReadError if it
    is damaged or of a format that cannot be read back, MissingDependencyError for a PDF without poppler's pdftotext.
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
        raise ReadError(f"{name}: is empty or of a format that cannot be read back to be checked")
    if _HTML.match(text):
        return text_of_html(data, name)
    if text.lstrip().startswith("<?xml"):
        return text_of_xml(data, name)
    if text.startswith("---\n") or name.endswith((".md", ".markdown")):
        return text_of_markdown(text)
    return text


def is_pdf(data: bytes) -> bool:
    """Whether this is a PDF."""
    return data.startswith(b"%PDF-")


def is_archive(data: bytes) -> bool:
    """Whether this is a zip archive, as EPUB, KEPUB, docx and odt are."""
    return data.startswith(b"PK\x03\x04")


def pdftotext() -> str:
    """Where poppler's pdftotext is; MissingDependencyError, which says how to install it, if it is not."""
    program = shutil.which("pdftotext")
    if program is None:
        raise MissingDependencyError(
            f"PDFs are checked by pdftotext, which is not installed: {how_to_install('poppler')}"
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
        raise ReadError(f"{name}: pdftotext does not read it: {error}") from error
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise ReadError(f"{name}: is a damaged PDF: {said}")
    return done.stdout.decode("utf-8", "replace")


def _as_written(line: str) -> str:
    """A line that pdftotext gives as it is seen, from left to right, in the order in which it is read.

    What runs from right to left is between marks in it, piece by piece, each in its own order. Numbers go with it, Latin
    words among themselves do not (https://www.unicode.org/reports/tr9/).
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
    """What a line of JSON Lines has beside the model."""

    text: str = ""


def _text_of_json(data: bytes, name: str) -> str:
    """The texts of the model, which is what JSON and JSON Lines hold; the latter's plain text in their place."""
    documents = list(json.read_json(Source(data, name), ReadOptions(), Env()))
    try:
        beside = [msgspec.json.decode(line, type=_Line).text for line in data.splitlines() if line.strip()]
    except msgspec.MsgspecError:  # of several lines, and so no JSON Lines
        beside = []
    if len(beside) != len(documents):
        beside = [""] * len(documents)
    return "\n".join(
        text
        for document, written in zip(documents, beside, strict=True)
        for text in (
            *(fact.forms[0] for fact in facts_of(document)),
            *([written] if written else [piece.text for piece in pieces_of(document)]),
        )
    )
