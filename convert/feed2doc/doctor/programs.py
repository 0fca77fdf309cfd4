"""Checks of the libraries and programs that are not Python packages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator

from feed2doc.doctor.finding import Check, found
from feed2doc.doctor.install_commands import packages, remedies_for
from feed2doc.doctor.pango import check_libraries
from feed2doc.doctor.validators import ace_command, epubcheck_command

_SECONDS = 20
_OLDEST_PANDOC = 3


def examine() -> Iterator[Check]:
    """Yield Pango as WeasyPrint loads it, pandoc, and the programs that check outputs."""
    yield _pango()
    yield _pandoc()
    yield _poppler()
    java = shutil.which("java")
    need = "to check EPUBs with EPUBCheck"
    if java is None:
        yield Check("programs", "Java", "optional", "is not installed", need, remedies_for("java"))
    else:
        yield found("programs", "Java", _version(java, "-version"))
    if java is None or (command := epubcheck_command()) is None:
        yield Check(
            "programs", "EPUBCheck", "optional", "is not installed", "to check EPUBs", packages("epubcheck")
        )
    else:
        yield found("programs", "EPUBCheck", _version(*command, "--version"))
    if (ace := ace_command()) is None:
        need = "to check EPUBs for accessibility"
        yield Check("programs", "Ace", "optional", "is not installed", need, remedies_for("ace"))
    else:
        yield found("programs", "Ace", _version(ace, "--version"))


def _pango() -> Check:
    try:
        check_libraries()
        from weasyprint.text.ffi import pango

        number = pango.pango_version()
    except (ImportError, OSError, AttributeError) as error:
        reason = " ".join(str(error).split())
        if _has_typst():
            need = "for PDF with WeasyPrint"
            return Check("programs", "Pango", "optional", reason[:60], need, remedies_for("pango"))
        return Check("programs", "Pango", "missing", reason[:60], "for PDF", remedies_for("pango"))
    return found("programs", "Pango", f"{number // 10000}.{number // 100 % 100}.{number % 100}")


def _has_typst() -> bool:
    try:
        import typst  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def _pandoc() -> Check:
    need, remedy = "for docx, odt and other formats of pandoc", packages("feed2doc[pandoc]")
    try:
        import pypandoc

        version = str(pypandoc.get_pandoc_version())
    except (ImportError, OSError):
        return Check("programs", "pandoc", "optional", "is not installed", need, remedy)
    if int(version.partition(".")[0]) < _OLDEST_PANDOC:
        too_old = f"{version} is too old, {_OLDEST_PANDOC} is needed"
        return Check("programs", "pandoc", "optional", too_old, need, remedy)
    return found("programs", "pandoc", version)


def _poppler() -> Check:
    if (program := shutil.which("pdftotext")) is None:
        need = "to check PDFs"
        return Check("programs", "poppler", "optional", "is not installed", need, remedies_for("poppler"))
    return found("programs", "poppler", _version(program, "-v"))


def _version(*command: str) -> str:
    """Return the version that a program reports, whichever stream it prints it to."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "does not run"
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    number = re.search(r"(?<!\d)\d+(?:\.\d+)+", said)
    return number[0] if number else "unknown version"
