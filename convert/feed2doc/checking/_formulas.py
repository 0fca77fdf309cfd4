"""Formulas in an output, which each format writes in its own notation: as text, TeX, MathML or a drawing with its words."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.checking._archives import DAMAGE
from feed2doc.checking._markup import text_of_xml
from feed2doc.checking.letters import letters_of
from feed2doc.errors import ReadError
from feed2doc.formulas.convert import mathml_of

_LARGEST = 64 * 1024 * 1024
_LONGEST = 20_000
# How many letters a notation may have for each of a formula: `<sup>2</sup>`, `\f[I]x\f[R]`.
_SPREAD = 5
_STREAM = pattern(rb"stream\r?\n")
# An alternative text in a PDF: a string in brackets, in which `\` escapes and brackets are in pairs, or hexadecimal.
_ALTERNATIVE = pattern(rb"/Alt ?(?:\(|<([0-9A-Fa-f\s]*+)>)")
_BRACKET = pattern(rb"\\.|[()]", re.S)
_ESCAPED = pattern(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.S)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
_FORMULA_FILE = pattern(r"Formula-\d+/content\.xml")


def forms_of(formula: m.Math) -> tuple[str, ...]:
    """Return the letters of a formula in each notation. It has none if it is only signs."""
    root = mathml_of(formula)
    shown = "" if root is None else "".join(map(str, root.itertext()))
    in_cell = formula.tex.replace("\\|", "\\Vert ").replace("|", "\\vert ")
    forms = map(_letters, (shown, formula.words, formula.tex, in_cell))
    return tuple(dict.fromkeys(filter(None, forms)))


def _letters(written: str) -> str:
    """Return the letters of a formula without the dollar signs around its TeX."""
    return letters_of(written).strip("$")


def formulas_apart(data: bytes, name: str) -> Counter[str]:
    """Return the letters of the formulas that are not in the text of an output, with their numbers.

    These are drawings in a PDF, which have a text as alternative, and objects of a text document.
    """
    if data.startswith(b"%PDF-"):
        return Counter(map(_letters, _alternatives(data)))
    if not data.startswith(b"PK\x03\x04"):
        return Counter()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [each for each in archive.infolist() if _FORMULA_FILE.fullmatch(each.filename)]
            small = [each for each in files if each.file_size <= _LARGEST]
            return Counter(_letters(text_of_xml(archive.read(each), name)) for each in small)
    except (*DAMAGE, OSError, ReadError):  # reading the text reports damage
        return Counter()


def find(forms: tuple[str, ...], unused: str) -> tuple[int, int] | None:
    """Return where a formula is in a text, in which NUL is in place of letters that are taken, and its length."""
    for form in forms:
        if (at := unused.find(form)) >= 0:
            return at, len(form)
    at = 0
    for taken, run in groupby(unused, "\0".__eq__):
        letters = "".join(run)
        if not taken and (place := _in_any_order(forms[0], letters)):
            return at + place[0], place[1]
        at += len(letters)
    return None


def _in_any_order(form: str, letters: str) -> tuple[int, int] | None:
    """Return where the letters of a formula are close together: of two scripts, formats write either first."""
    left = Counter(form)
    number, start = len(form), 0
    for end, letter in enumerate(letters, 1):
        number -= left[letter] > 0
        left[letter] -= 1
        while not number:
            if left[letters[start]] == 0:
                if end - start <= _SPREAD * len(form):
                    return start, end - start
                number = 1
            left[letters[start]] += 1
            start += 1
    return None


def _alternatives(data: bytes) -> list[str]:
    """Return the alternative texts in a PDF, of which objects may be compressed."""
    outside, inside, at = [], [], 0
    while found := _STREAM.search(data, at):
        header = data[at : found.start()]
        outside.append(header)
        end = data.find(b"endstream", found.end())
        if b"/ObjStm" in header.rpartition(b" obj")[2]:
            inside.append(_inflated(data[found.end() : end if end >= 0 else None]))
        if end < 0:
            break
        at = end + len(b"endstream")
    outside.append(data[at:])
    return [text for part in (*outside, *inside) for text in _strings(part)]


def _strings(part: bytes) -> Iterator[str]:
    for found in _ALTERNATIVE.finditer(part):
        if found[1] is not None:
            yield _text(bytes.fromhex(found[1].decode("ascii")))
            continue
        depth = 1
        for sign in _BRACKET.finditer(part, found.end(), found.end() + _LONGEST):
            depth += (sign[0] == b"(") - (sign[0] == b")")
            if not depth:
                yield _text(_ESCAPED.sub(_unescaped, part[found.end() : sign.start()]))
                break


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, _LARGEST)
    except zlib.error:
        return b""


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) & 255]) if found[1] else _CONTROLS.get(found[2], found[2])


def _text(raw: bytes) -> str:
    """Return a string of a PDF, which is UTF-16 if it says so."""
    return raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
