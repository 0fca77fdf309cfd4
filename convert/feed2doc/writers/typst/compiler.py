"""The Typst compiler in this process: it finds fonts once and reads only one folder."""

from __future__ import annotations

import functools
import json
import os
import shutil
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from feed2doc._files.temporary import new_folder
from feed2doc._templating import shipped_templates
from feed2doc.errors import MissingDependencyError, OptionError, WriteError, pip_install

# Typst's warning if its layouts differ from each other.
_UNSETTLED = "did not converge"
_HEAD = '#set document(title: "x", date: datetime(year: 2000, month: 1, day: 1))\n'


class CompileError(Exception):
    """Raised when Typst cannot make a PDF of the requested standard from the source."""


class TypstCompiler:
    """Compiles sources. They can read only the folder passed to `compile`, and nothing is fetched."""

    def __init__(self, font: str) -> None:
        """Find the system's fonts and this font file; raise OptionError if Typst cannot read the file."""
        self._typst = typst = load()
        self._own = _FontFolder(font) if font else None
        folders = [self._own.path] if self._own else []
        fonts = typst.Fonts(font_paths=folders)
        self._families = frozenset(map(str.casefold, fonts.families()))
        # Packages would be in this folder, which has none.
        root = str(shipped_templates() / "typst")
        self._compiler = typst.Compiler(
            root=root, font_paths=fonts, package_path=root, package_cache_path=root
        )
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._ending = False
        self._written = ("", "")

    def family(self, font: str) -> str:
        """Return the family of the font file, else this family name; raise OptionError if it is not installed."""
        if self._own:
            return self._own.family
        if font and font.casefold() not in self._families:
            raise OptionError(
                f"font {font!r}: no font of that family is installed; `typst fonts` or `fc-list : family` lists them"
            )
        return font

    def compile(self, source: str, standards: Sequence[str], folder: str) -> bytes:
        """Return the PDF with the pictures of this folder. Raise CompileError with Typst's message if it fails.

        Raise WriteError in a process forked from the one that created this compiler: Typst's threads do not exist there, and
        Typst would wait for them forever.
        """
        with self._working():
            return self._compiled(source.encode("utf-8"), standards, folder)[0]

    def compile_and_query(
        self, source: str, labels: Sequence[str], standards: Sequence[str], folder: str
    ) -> tuple[bytes, bool, list[Any]]:
        """Return the PDF as `compile` does, whether five layouts differ from each other, and the values with each label."""
        file = os.path.join(folder, "main.typ")  # Typst queries only files
        with self._working():
            if self._written != (folder, source):
                # Typst 0.15 panics at some changes within a file; of one that ends differently it keeps nothing.
                self._written, self._ending = ("", ""), not self._ending
                with open(file, "w", encoding="utf-8", newline="") as into:
                    into.write(f"{source}\n// {int(self._ending)}")
                self._written = folder, source
            pdf, warnings = self._compiled(file, standards, folder)
            values = [json.loads(self._compiler.query(label, field="value", root=folder)) for label in labels]
            return pdf, any(_UNSETTLED in each.message for each in warnings), values

    def _compiled(self, source: bytes | str, standards: Sequence[str], folder: str) -> tuple[bytes, Any]:
        """Return the PDF and the warnings."""
        made: tuple[bytes, Any] = self._compiler.compile_with_warnings(
            source,
            format="pdf",
            root=folder,
            pdf_standards=list(standards),
            timestamp=0,  # for documents without a date: never today's
        )
        return made

    @contextmanager
    def _working(self) -> Iterator[None]:
        if self._process != os.getpid():
            raise WriteError("Typst cannot be used after a fork: start processes with the spawn method")
        try:
            with self._lock:
                yield
        except self._typst.TypstError as error:
            raise CompileError(" ".join([error.message, *error.hints])) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise CompileError(f"internal error in Typst: {error}") from error

    def shows(self, content: str, standards: Sequence[str], folder: str) -> bool:
        """Return True if this content alone compiles to a PDF of the standard."""
        try:
            self.compile(_HEAD + content, standards, folder)
        except CompileError:
            return False
        return True


class _FontFolder:
    """A temporary folder with one font in it, because Typst searches folders for fonts; it is deleted with this object."""

    def __init__(self, font: str) -> None:
        self.path = new_folder()
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        shutil.copy(font, self.path)
        found = (
            load()
            .Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[self.path])
            .families()
        )
        if not found:
            raise OptionError(f"font {font}: Typst cannot read this file; use a valid .ttf or .otf")
        self.family: str = found[0]


def engine_with(font: str) -> TypstCompiler:
    """Return the compiler of this process with this font file ("" for none).

    Raise MissingDependencyError if Typst is not installed.
    """
    # Threads wait for the first one to find the fonts. A fork does not inherit a lock that another thread holds.
    with _starting.setdefault(os.getpid(), threading.Lock()):
        return _engine(font)


_starting: dict[int, threading.Lock] = {}
_engine = functools.lru_cache(2)(TypstCompiler)


def load() -> Any:
    """Return the typst package. Raise MissingDependencyError if it is not installed."""
    try:
        import typst
    except (ImportError, OSError) as error:
        raise MissingDependencyError(
            f"PDF by Typst needs the typst package: {pip_install('feed2doc[typst]')}. Or use WeasyPrint:"
            " --pdf-engine weasyprint"
        ) from error
    return typst
