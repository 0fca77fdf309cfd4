"""Formats that pandoc writes and feed2doc does not: docx, odt, rst, org, LaTeX and some sixty more.

Pandoc gets its own document tree, built from the model, so nothing is converted through another markup language.
It runs in its sandbox (https://pandoc.org/MANUAL.html#option--sandbox), which reads and fetches only what the command
names. Pictures are passed as `data:` URLs, because the sandbox would silently drop a file name.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from feed2doc._formats import Writer
from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import clean
from feed2doc._text.urls import has_scheme_of, markup_url
from feed2doc.env import Env
from feed2doc.errors import MissingDependencyError, OptionError, WriteError, pip_install
from feed2doc.model import Book, Image
from feed2doc.writers._shared.zip import StableZip
from feed2doc.writers.pandoc.book import pandoc_tree
from feed2doc.writers.pandoc.formats import FORMATS, PandocFormat
from feed2doc.writers.pandoc.options import Pandoc

# The time that pandoc writes in its sandbox, and the archive members that contain it.
_PANDOCS_NOW = b"1970-01-01T00:00:00Z"
_DATED = ("docProps/core.xml", "meta.xml", "EPUB/content.opf")
# Warnings that report missing content.
_LOSS = pattern(r"Could not fetch|Not rendering (?!RawInline|RawBlock)|[Oo]mitting|[Rr]eplacing")
_LONGEST_MESSAGE = 500
_PICTURE_SCHEMES = ("http", "https", "ftp", "data")


def write_pandoc(asked: PandocFormat, book: Book, options: Pandoc, env: Env) -> bytes:
    """Return the book in a format that pandoc writes.

    Raise MissingDependencyError if pandoc 3 is not installed, OptionError if the reference document cannot be read or does
    not apply to the format, and WriteError if pandoc fails or takes too long. Pandoc's warnings become diagnostics.
    """
    command = [_pandoc(), "--from=json", f"--to={asked.name}", "--standalone", "--sandbox", "--verbose"]
    if not asked.wrapped:
        command.append("--wrap=none")
    if options.reference_doc:
        command.append(f"--reference-doc={_reference(options.reference_doc, asked)}")
    tree = pandoc_tree(book, asked, _addresses(asked, env))
    try:
        done = subprocess.run(
            [*command, "--output=-", *options.arguments],
            input=json.dumps(tree, ensure_ascii=False).encode("utf-8"),
            capture_output=True,
            timeout=options.timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WriteError(
            f"pandoc took more than {options.timeout:g} seconds to write {asked.name}"
        ) from error
    said = done.stderr.decode("utf-8", "replace").strip()
    if "Incompatible API versions" in said or "Unknown output format" in said:
        raise MissingDependencyError(
            f"this pandoc is too old to write {asked.name}: {pip_install('feed2doc[pandoc]')} installs a new one"
        )
    if done.returncode:
        raise WriteError(f"pandoc cannot write {asked.name}: {' '.join(said.split())}")
    _tell(said, asked, env)
    return _dated(done.stdout, book.date) if not asked.text and book.date else done.stdout


def _dated(data: bytes, moment: datetime) -> bytes:
    """Return the archive with the publication time in its metadata, because pandoc's sandbox has no clock."""
    now = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = StableZip()
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, content.replace(_PANDOCS_NOW, now) if name in _DATED else content)
    return made.bytes()


def _tell(said: str, asked: PandocFormat, env: Env) -> None:
    """Note pandoc's warnings, and its verbose messages about content that it left out."""
    for level, text in re.findall(r"^\[(WARNING|INFO)\] ((?:.|\n(?!\[))*)", said, re.M):
        lost = _LOSS.search(text) is not None
        if lost or level == "WARNING":
            words = " ".join(text.split())[:_LONGEST_MESSAGE]
            env.note("loss" if lost else "notice", f"pandoc: {words}", rule=asked.name)


def _pandoc() -> str:
    """Return the path of pandoc: the one in pypandoc's wheel, else the one on the PATH."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise MissingDependencyError(f"pandoc is not installed: {pip_install('feed2doc[pandoc]')}") from error


def _require(options: Pandoc, _: Env) -> Pandoc:
    _pandoc()
    return options


def _reference(path: str | os.PathLike[str], asked: PandocFormat) -> Path:
    if not asked.styled:
        raise OptionError(
            f"reference document {os.fspath(path)}: applies only to docx, odt and pptx, not to {asked.name}"
        )
    if not os.path.isfile(path):
        raise OptionError(f"reference document {os.fspath(path)}: no such file")
    return Path(path)


def _addresses(asked: PandocFormat, env: Env) -> Callable[[Image], str]:
    """Return the function that gives a picture's URL: the picture itself if the format embeds it, else its own URL."""

    def embedded(image: Image) -> str:
        picture = env.assets.get(image.src)
        return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}" if picture else ""

    return embedded if asked.pictures else _own_url


def _own_url(image: Image) -> str:
    """Return the picture's URL, in which `!` would end a picture of Textile and Jira."""
    return (
        markup_url(clean(image.src)).replace("!", "%21") if has_scheme_of(image.src, _PICTURE_SCHEMES) else ""
    )


def _writer(asked: PandocFormat) -> Writer[Pandoc]:
    return Writer(
        name=asked.name,
        extension=asked.extension,
        media_type=asked.media_type,
        options=Pandoc,
        write=partial(write_pandoc, asked),
        text=asked.text,
        pictures=asked.pictures,
        description="by pandoc",
        require=_require,
    )


WRITERS = {name: _writer(asked) for name, asked in FORMATS.items()}
