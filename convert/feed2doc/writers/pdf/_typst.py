"""PDF by Typst, compiled in this process, where it can read only the book's pictures."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.json import encode

from feed2doc._files.temporary import temporary_folder
from feed2doc._templating import source_of
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.errors import OptionError, TemplateError, WriteError
from feed2doc.fonts.families import note_missing
from feed2doc.looks import look_of
from feed2doc.model import Book, Image
from feed2doc.writers._shared.facts import date_of
from feed2doc.writers._shared.page_layout import FONT_FILES, page_of
from feed2doc.writers.pdf._typst_endings import ENDS, with_full_ending
from feed2doc.writers.pdf._typst_pictures import HEIGHTS, Layout, settled
from feed2doc.writers.typst.book import TEMPLATE, typst_source
from feed2doc.writers.typst.compiler import CompileError, TypstCompiler, engine_with
from feed2doc.writers.typst.markup import string
from feed2doc.writers.typst.settings import FOUND_FILE, Found, PageStyle, reading_found

if TYPE_CHECKING:
    from feed2doc.writers.pdf.options import Pdf

# Typst can claim both standards in one file, so PDFs for archives are also accessible to screen readers.
_STANDARDS = {
    "pdf/ua-1": ("ua-1",),
    "pdf/a-2a": ("a-2a", "ua-1"),
    "pdf/a-3a": ("a-3a", "ua-1"),
    "none": (),
}
# Replaces characters that no font has.
_STAND_IN = "\ufffd"
_UNDISPLAYED = pattern(r'the text `"([^`]{1,200})"` could not be displayed')
_NUMBER = pattern(r"\\u\{([0-9a-f]{1,6})\}")
_PACKAGE = pattern(r'"@\w')


def by_typst(book: Book, options: Pdf, env: Env) -> bytes:
    """Return the book as a tagged PDF. Characters that no installed font has and pictures that fail are noted as a loss.

    Raise MissingDependencyError if Typst is not installed, OptionError if a font is missing or a PDF/A has no date,
    TemplateError if a custom template does not compile, and WriteError if Typst fails otherwise.
    """
    if options.variant.startswith("pdf/a") and not date_of(book):
        raise OptionError(
            f"PDF variant {options.variant}: Typst needs a date and this has none: use pdf/ua-1 or"
            " --pdf-engine weasyprint"
        )
    if _PACKAGE.search(source_of(TEMPLATE, env.template_dirs)):
        raise TemplateError(
            f"template {TEMPLATE}: imports a package: packages are not fetched, so use one file"
        )
    is_file = options.font.lower().endswith(FONT_FILES)
    engine = engine_with(os.path.abspath(options.font) if is_file else "")
    page = page_of(options.page)
    look = PageStyle(
        page,
        engine.family(options.font),
        options.paragraphs,
        look_of(options.look, page.medium, env.template_dirs),
        options.columns and page.has_columns,
    )
    # The standard forbids empty boxes instead of characters, so Typst reports missing glyphs.
    standards = _STANDARDS[options.variant] or ("ua-1",)
    with temporary_folder() as folder:
        pictures = _Pictures(env, folder)
        source = reading_found(typst_source(book, look, pictures.path, env))
        try:
            layout = _laid_out(Found(), source, engine, standards, folder)
        except CompileError:
            shows = partial(engine.shows, standards=standards, folder=folder)
            pictures.mend(shows)
            source = _displayable(reading_found(typst_source(book, look, pictures.path, env)), shows, env)
            source, layout = _compiled(source, engine, standards, folder, env)
        again = partial(_laid_out, source=source, engine=engine, standards=standards, folder=folder)
        if len(book.documents) == 1:
            layout, found = with_full_ending(layout, again, page)
        else:
            layout, found = settled(layout, Found(), again, floating=1)  # each layout of a book takes long
        if options.variant == "none":
            with _named(env):
                _write(found, folder)
                return engine.compile(source, (), folder)
        return layout.pdf


def _laid_out(
    found: Found, source: str, engine: TypstCompiler, standards: tuple[str, ...], folder: str
) -> Layout:
    _write(found, folder)
    pdf, is_unsettled, (heights, ends) = engine.compile_and_query(source, (HEIGHTS, ENDS), standards, folder)
    return Layout(pdf, is_unsettled, heights, ends)


def _write(found: Found, folder: str) -> None:
    """Write the file from which the source reads what earlier layouts found."""
    Path(folder, FOUND_FILE).write_bytes(encode(found))


def _compiled(
    source: str, engine: TypstCompiler, standards: tuple[str, ...], folder: str, env: Env
) -> tuple[str, Layout]:
    """Return the source without the characters that Typst cannot show in the fonts of their place, which it names one by one.

    Its layout follows.
    """
    missing: list[str] = []
    with _named(env):
        while True:
            try:
                layout = _laid_out(Found(), source, engine, standards, folder)
                break
            except CompileError as error:
                named = _UNDISPLAYED.search(str(error))
                if (
                    not named
                    or (cluster := _unescaped(named[1])) not in source
                    or cluster in {*missing, _STAND_IN}
                ):
                    raise
                missing.append(cluster)
                source = _without([cluster], source)
    if missing:
        note_missing("".join(missing), env)
    return source, layout


@contextmanager
def _named(env: Env) -> Iterator[None]:
    """Raise errors of Typst as TemplateError if the user has a template, and as WriteError otherwise."""
    try:
        yield
    except CompileError as error:
        if any((own / TEMPLATE).is_file() for own in env.template_dirs):
            raise TemplateError(f"template {TEMPLATE}: Typst says: {error}") from error
        raise WriteError(f"PDF: Typst says: {error}; try --pdf-engine weasyprint") from error


class _Pictures:
    """The pictures of a book, without duplicates, as files in the only folder that Typst can read."""

    def __init__(self, env: Env, folder: str) -> None:
        self._env = env
        self._folder = folder
        self._names: dict[str, str] = {}
        self._broken: set[str] = set()

    def path(self, image: Image) -> str | None:
        """Return the name of the picture's file, or None if the picture is not available."""
        for url in (image.src, image.fallback_src):
            picture = self._env.assets.get(url) if url else None
            if picture is None:
                continue
            if picture.digest not in self._names:
                self._names[picture.digest] = (
                    f"{len(self._names) + 1:03}"  # Typst detects the format from the content
                )
                Path(self._folder, self._names[picture.digest]).write_bytes(picture.data)
            if picture.digest not in self._broken:
                return self._names[picture.digest]
        return None

    def mend(self, shows: Callable[[str], bool]) -> None:
        """Convert pictures that Typst cannot show, and leave out those that it cannot show even then."""
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
    """Return the source with a placeholder for each character that no font has, and note these characters."""
    missing = _undisplayed(_clusters(source), shows)
    if missing:
        note_missing("".join(missing), env)
    return _without(missing, source)


def _without(missing: list[str], source: str) -> str:
    """Return the source with a placeholder for each of these characters."""
    for cluster in sorted(missing, key=len, reverse=True):
        # An ASCII character before combining marks stays, because it may belong to Typst's syntax, such as a quotation mark.
        kept = cluster[0] if cluster[0].isascii() else ""
        source = source.replace(cluster, kept if kept.isalnum() else kept + _STAND_IN)
    return source


def _unescaped(written: str) -> str:
    """Return a text from a message of Typst, which escapes some characters by their numbers."""
    return _NUMBER.sub(lambda found: chr(int(found[1], 16)), written)


def _undisplayed(clusters: list[str], shows: Callable[[str], bool]) -> list[str]:
    """Return the clusters that no font has, by bisection: a half that Typst can show contains none."""
    if shows(f"#{string(' '.join(clusters))}"):
        return []
    if len(clusters) <= 1:
        return clusters
    middle = len(clusters) // 2
    return _undisplayed(clusters[:middle], shows) + _undisplayed(clusters[middle:], shows)


def _clusters(text: str) -> list[str]:
    """Return the characters of the text that not every font has, with their combining marks, without duplicates."""
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
