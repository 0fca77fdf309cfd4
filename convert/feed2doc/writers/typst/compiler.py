"""Typst in this process: its fonts found once, its root closed."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Sequence
from typing import Any

from feed2doc._templating import shipped_templates
from feed2doc.errors import MissingDependencyError, OptionError, WriteError, pip_install

_HEAD = '#set document(title: "x", date: datetime(year: 2000, month: 1, day: 1))\n'


class CompileError(Exception):
    """Typst makes no PDF of that standard of this source."""


class TypstCompiler:
    """Compiles sources. What they read is in the folder that they are given, and nothing is fetched."""

    def __init__(self, font: str) -> None:
        """Find the system's fonts, and this file's; OptionError if it is none that Typst reads."""
        self._typst = typst = _typst()
        self._own = _FontFolder(font) if font else None
        folders = [self._own.path] if self._own else []
        fonts = typst.Fonts(font_paths=folders)
        self._families = frozenset(map(str.casefold, fonts.families()))
        # Packages would lie there, and do not.
        root = str(shipped_templates() / "typst")
        self._compiler = typst.Compiler(
            root=root, font_paths=fonts, package_path=root, package_cache_path=root
        )
        self._lock = threading.Lock()
        self._process = os.getpid()

    def family(self, font: str) -> str:
        """What to call this font in a source: the file's family, or the family of this name; OptionError if there is none."""
        if self._own:
            return self._own.family
        if font and font.casefold() not in self._families:
            raise OptionError(
                f"font {font!r}: no font of that family is installed; `typst fonts` or `fc-list : family` lists them"
            )
        return font

    def compile(self, source: str, standards: Sequence[str], folder: str) -> bytes:
        """The PDF, with the pictures of this folder. Raises CompileError with what Typst says.

        WriteError in a process that was forked from the one that the engine is of: Typst's threads are not in it, and it
        would wait for them for ever.
        """
        if self._process != os.getpid():
            raise WriteError(
                "Typst was used before this process was forked, and cannot be used in it: start processes by spawning"
            )
        try:
            with self._lock:
                pdf: bytes = self._compiler.compile(
                    source.encode("utf-8"),
                    format="pdf",
                    root=folder,
                    pdf_standards=list(standards),
                    timestamp=0,  # of a document that states no date: never today's
                )
        except self._typst.TypstError as error:
            raise CompileError(" ".join([error.message, *error.hints])) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise CompileError(f"a fault of its own: {error}") from error
        return pdf

    def shows(self, content: str, standards: Sequence[str], folder: str) -> bool:
        """Whether this content alone makes a PDF of the standard."""
        try:
            self.compile(_HEAD + content, standards, folder)
        except CompileError:
            return False
        return True


class _FontFolder:
    """A folder with one font in it, since folders are what Typst finds fonts in; it goes with this."""

    def __init__(self, font: str) -> None:
        self.path = tempfile.mkdtemp(prefix="feed2doc-font-")
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        shutil.copy(font, self.path)
        found = (
            _typst()
            .Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[self.path])
            .families()
        )
        if not found:
            raise OptionError(f"font {font}: Typst reads .ttf and .otf, and this is none that it reads")
        self.family: str = found[0]


def engine_with(font: str) -> TypstCompiler:
    """The engine of this process, with this font file; "" for none. MissingDependencyError if Typst is not installed."""
    # Threads wait for the first of them to find the fonts. A fork does not inherit a lock that another thread holds.
    with _starting.setdefault(os.getpid(), threading.Lock()):
        return _engine(font)


_starting: dict[int, threading.Lock] = {}
_engine = functools.lru_cache(2)(TypstCompiler)


def _typst() -> Any:
    try:
        import typst
    except (ImportError, OSError) as error:
        raise MissingDependencyError(
            f"PDF by Typst needs it installed: {pip_install('feed2doc[typst]')}; or leave it to WeasyPrint:"
            " --pdf-engine weasyprint"
        ) from error
    return typst
