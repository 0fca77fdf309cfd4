"""Names of output files. They depend only on the article or book, and are safe on every file system."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from feed2doc.errors import OptionError
from feed2doc.model import Book, Document, title_from_text

MOST_BYTES = 120
_LONGEST_SLUG = 72
_DIGITS = 12
DEFAULT_PATTERN = "{date}-{slug}-{id}"
FIELDS = ("date", "time", "headline", "slug", "id", "publication", "byline", "language")
# Fields of fixed length, with the most bytes that they take. The others share what is left, at least so many bytes.
_FIXED = {"date": 10, "time": 4, "id": _DIGITS, "language": 12}
_LEAST_TEXT, _LONGEST_EXTENSION = 40, 12
# Characters that FAT and Windows do not allow in names (learn.microsoft.com/windows/win32/fileio/naming-a-file).
_FORBIDDEN = '<>:"/\\|?*'
_REPLACED = str.maketrans({**dict.fromkeys("/\\|:", "-"), **dict.fromkeys("<>?*", ""), '"': "'"})
_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    + [f"{device}{digit}" for device in ("COM", "LPT") for digit in "0123456789¹²³"]
)
# Joiners that belong to words of Persian and Indic scripts, and to emoji.
_JOINERS = "\u200c\u200d"


def file_name(document: Document, extension: str, pattern: str = "", key: str = "") -> str:
    """Return the file name of an article: `{date}-{slug}-{id}.{extension}` or by another pattern, at most 120 bytes.

    `id` is 12 hex digits (48 bits) of a hash of the article's id. The same article always has the same name, so a second run
    replaces its own file; of several articles with one id, the others are named by a `key`. Without a pattern the name is
    ASCII.
    """
    if pattern and pattern != DEFAULT_PATTERN:
        return _by_pattern(document, extension, pattern, key or document.id)
    date = document.published.strftime("%Y-%m-%d") if document.published else ""
    return _name(date, document.headline, key or document.id, extension)


def check_pattern(pattern: str) -> None:
    """Raise OptionError for a pattern of file names that is not valid: unknown fields, forbidden characters, too long."""
    room = MOST_BYTES - _LONGEST_EXTENSION - _LEAST_TEXT
    for literal, name in _parsed(pattern):
        room -= len(literal.encode("utf-8", "replace")) + _FIXED.get(name, 0)
        if bad := next((c for c in literal if c in _FORBIDDEN or unicodedata.category(c)[0] == "C"), ""):
            raise OptionError(f"name {pattern}: {bad!r} is not allowed in file names")
    if room < 0:
        raise OptionError(f"name {pattern}: too long: file names have at most {MOST_BYTES} bytes")


def book_file_name(book: Book, extension: str) -> str:
    """Return `{slug}-{id}.{extension}` for a bundle. It depends on the title alone, so that a rebuilt bundle keeps its name."""
    return _name("", book.title, book.title, extension)


def dated_stem(title: str, day: str) -> str:
    """Return `{slug}-{day}`, the file name of a daily book without its extension. The slug of an empty title is `daily`."""
    return f"{slug(title, _LONGEST_SLUG) or 'daily'}-{day}"


def _by_pattern(document: Document, extension: str, pattern: str, key: str) -> str:
    parts = _parsed(pattern)
    values = {name: _safe(value) for name, value in _values(document, key).items()}
    most = max((len(value.encode()) for name, value in values.items() if name not in _FIXED), default=0)
    most = min(most, MOST_BYTES)
    while True:
        stem = _stem(parts, {n: v if n in _FIXED else _cut(v, most) for n, v in values.items()})
        over = len(f"{stem}.{extension}".encode()) - MOST_BYTES
        if over <= 0 or most <= 0:
            return f"{stem}.{extension}"
        most -= 1


def _parsed(pattern: str) -> list[tuple[str, str]]:
    """Return the pattern as pairs of literal text and the field after it. `{id}` is appended if it is missing."""
    from string import Formatter

    try:
        found = [
            (text, name, f"{spec or ''}{how or ''}") for text, name, spec, how in Formatter().parse(pattern)
        ]
    except ValueError as error:
        raise OptionError(f"name {pattern}: {error}: write {{{{ and }}}} for braces") from error
    for _, name, extra in found:
        if name is not None and (name not in FIELDS or extra):
            raise OptionError(f"name {pattern}: unknown field {{{name}}}: use {', '.join(FIELDS)}")
    parts = [(text, name or "") for text, name, _ in found]
    return parts if any(name == "id" for _, name in parts) else [*parts, ("-", "id")]


def _values(document: Document, key: str) -> dict[str, str]:
    published = document.published
    byline = ", ".join(person.name for person in document.byline) or document.byline_text
    title = document.headline or title_from_text(document)
    return {
        "date": published.strftime("%Y-%m-%d") if published else "",
        "time": published.strftime("%H%M") if published and document.published_has_time else "",
        "headline": title or "untitled",
        "slug": slug(title, _LONGEST_SLUG) or "untitled",
        "id": _digits(key),
        "publication": document.publication,
        "byline": byline,
        "language": "" if document.language == "und" else document.language[: _FIXED["language"]],
    }


def _stem(parts: list[tuple[str, str]], values: Mapping[str, str]) -> str:
    """Return the name without its extension. An empty field is left out with the text before it, or after it at the start."""
    stem, skip = "", False
    for literal, name in parts:
        value = values.get(name, "")
        if name and not value:
            skip = skip or not stem
            continue
        stem += value if skip and not stem else literal + value
    stem = stem.strip(" .-_")
    return f"_{stem}" if stem.partition(".")[0].rstrip().upper() in _RESERVED else stem


def _safe(value: str) -> str:
    """Return the text without what FAT, Windows or a shell do not take in names, on one line, in NFC."""
    words = unicodedata.normalize("NFC", value.translate(_REPLACED)).split()
    kept = "".join(c for c in " ".join(words) if c in _JOINERS or unicodedata.category(c)[0] != "C")
    return " ".join(kept.split()).strip(" .-")


def _cut(text: str, most: int) -> str:
    """Return the text with at most so many bytes, without half of a combined character at the end."""
    if len(text.encode()) <= most:
        return text
    short = text.encode()[:most].decode("utf-8", "ignore")
    rest = text[len(short) :]
    while short and (unicodedata.category(rest[0])[0] == "M" or rest[0] in _JOINERS or short[-1] in _JOINERS):
        short, rest = short[:-1], short[-1]
    return short.strip(" .-")


def _digits(key: str) -> str:
    import hashlib

    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _name(date: str, title: str, key: str, extension: str) -> str:
    digits = _digits(key)
    room = MOST_BYTES - len(f"{date}--{digits}.{extension}")
    words = slug(title, min(room, _LONGEST_SLUG)) or "untitled"
    return "-".join(part for part in (date, words, digits) if part) + f".{extension}"


def slug(title: str, length: int) -> str:
    """Return the title in ASCII, at most `length` long. The tables are fixed: the packages installed must not change names."""
    from slugify import slugify

    return slugify(title, max_length=length, word_boundary=True, backend="text-unidecode")
