"""PDF by Typst: its source, compiled in this process, where nothing but the book's pictures can be read."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from feed2doc._templating import source_of
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.errors import OptionError, TemplateError, WriteError
from feed2doc.fonts.families import note_missing
from feed2doc.model import Book, Image
from feed2doc.writers._shared.facts import date_of
from feed2doc.writers._shared.page_layout import FONT_FILES, page_of
from feed2doc.writers.typst.book import TEMPLATE, PageStyle, typst_source
from feed2doc.writers.typst.compiler import CompileError, TypstCompiler, engine_with
from feed2doc.writers.typst.markup import string

if TYPE_CHECKING:
    from feed2doc.writers.pdf.options import Pdf

# Typst can claim both in one file, so what is for archives is for screen readers too.
_STANDARDS = {
    "pdf/ua-1": ("ua-1",),
    "pdf/a-2a": ("a-2a", "ua-1"),
    "pdf/a-3a": ("a-3a", "ua-1"),
    "none": (),
}
# What stands in the place of a character that no font has.
_STAND_IN = "\ufffd"
_PACKAGE = pattern(r'"@\w')


def by_typst(book: Book, options: Pdf, env: Env) -> bytes:
    """The book as a tagged PDF. A character that no font here has, or a picture that Typst cannot show, is noted as a loss.

    Raises MissingDependencyError if Typst is not installed, OptionError for a font that is not and for PDF/A of what has no
    date, TemplateError for a template of one's own that does not compile, WriteError if Typst fails otherwise.
    """
    if options.variant.startswith("pdf/a") and not date_of(book):
        raise OptionError(
            f"PDF variant {options.variant}: Typst makes it of what has a date, and this states none: use pdf/ua-1, or"
            " --pdf-engine weasyprint"
        )
    if _PACKAGE.search(source_of(TEMPLATE, env.template_dirs)):
        raise TemplateError(
            f"template {TEMPLATE}: names a package: it is one file, and nothing is fetched for it"
        )
    is_file = options.font.lower().endswith(FONT_FILES)
    engine = engine_with(os.path.abspath(options.font) if is_file else "")
    look = PageStyle(page_of(options.page), engine.family(options.font), options.paragraphs)
    # A standard forbids empty boxes in the place of characters, so that Typst tells of them.
    standards = _STANDARDS[options.variant] or ("ua-1",)
    with tempfile.TemporaryDirectory(prefix="feed2doc-") as folder:
        pictures = _Pictures(env, folder)
        source = typst_source(book, look, pictures.path, env)
        try:
            pdf = engine.compile(source, standards, folder)
        except CompileError:
            shows = partial(engine.shows, standards=standards, folder=folder)
            pictures.mend(shows)
            source = _displayable(typst_source(book, look, pictures.path, env), shows, env)
            pdf = _compiled(source, engine, standards, folder, env)
        return pdf if options.variant != "none" else engine.compile(source, (), folder)


def _compiled(source: str, engine: TypstCompiler, standards: tuple[str, ...], folder: str, env: Env) -> bytes:
    try:
        return engine.compile(source, standards, folder)
    except CompileError as error:
        if any((own / TEMPLATE).is_file() for own in env.template_dirs):
            raise TemplateError(f"template {TEMPLATE}: Typst says: {error}") from error
        raise WriteError(f"PDF: Typst says: {error}; --pdf-engine weasyprint may do it") from error


class _Pictures:
    """The pictures of a book, each once in a file of a folder, which is all that Typst can read."""

    def __init__(self, env: Env, folder: str) -> None:
        self._env = env
        self._folder = folder
        self._names: dict[str, str] = {}
        self._broken: set[str] = set()

    def path(self, image: Image) -> str | None:
        """The name of the picture's file, None if it is not at hand."""
        for url in (image.src, image.fallback_src):
            picture = self._env.assets.get(url) if url else None
            if picture is None:
                continue
            if picture.digest not in self._names:
                self._names[picture.digest] = f"{len(self._names) + 1:03}"  # what it is, Typst sees
                Path(self._folder, self._names[picture.digest]).write_bytes(picture.data)
            if picture.digest not in self._broken:
                return self._names[picture.digest]
        return None

    def mend(self, shows: Callable[[str], bool]) -> None:
        """Make those anew that Typst does not show as they are, and leave out what it does not show then either."""
        from feed2doc.pictures import profiles
        from feed2doc.pictures.resize import fit

        for digest, name in self._names.items():
            if shows(probe := f'#image("{name}", alt: "x")'):
                continue
            file = Path(self._folder, name)
            if made := fit(file.read_bytes(), profiles.profile()):
                file.write_bytes(made.data)
            if not made or not shows(probe):
                self._broken.add(digest)
        if self._broken:
            self._env.note("loss", f"PDF: pictures that Typst cannot show: {len(self._broken)}", rule="pdf")


def _displayable(source: str, shows: Callable[[str], bool], env: Env) -> str:
    """The source with a sign in the place of each character that no font has; which they are is noted."""
    missing = _undisplayed(_clusters(source), shows)
    for cluster in sorted(missing, key=len, reverse=True):
        # Marks on a letter of ASCII go alone: it may be a part of Typst's own words.
        source = source.replace(cluster, cluster[0] if cluster[0].isascii() else _STAND_IN)
    if missing:
        note_missing("".join(missing), env)
    return source


def _undisplayed(clusters: list[str], shows: Callable[[str], bool]) -> list[str]:
    """Those that no font has, found by halves: a half that Typst displays holds none."""
    if shows(f"#{string(' '.join(clusters))}"):
        return []
    if len(clusters) <= 1:
        return clusters
    middle = len(clusters) // 2
    return _undisplayed(clusters[:middle], shows) + _undisplayed(clusters[middle:], shows)


def _clusters(text: str) -> list[str]:
    """The characters of the text that not every font has, with the marks on them, each once."""
    found = [""]
    for character in text:
        joins = (
            character == "\u200d" or found[-1].endswith("\u200d") or unicodedata.category(character)[0] == "M"
        )
        if joins:
            found[-1] += character
        else:
            found.append(character)
    return sorted({cluster for cluster in found if not cluster.isascii()})
