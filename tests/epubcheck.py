"""EPUBCheck for many books at a time. `feed2doc check` starts it for one book, which takes seconds."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from feed2doc.doctor.validators import epubcheck_command

# Java compiles the program when it runs it.
_PROGRAM = Path(__file__).with_name("EpubChecks.java")


def found_in(books: Iterable[Path]) -> dict[str, list[tuple[str, str, str]]]:
    """Return the messages of EPUBCheck by the names of the books that have any, including usage messages: (severity, id, message)."""
    command = epubcheck_command()
    assert command and command[-2] == "-jar"
    paths = list(books)
    subprocess.run([*command[:-2], "-cp", command[-1], _PROGRAM, *paths], capture_output=True, check=True)
    reports = {path.name: json.loads(Path(f"{path}.json").read_text("utf-8")) for path in paths}
    return {
        name: [(each["severity"], each["ID"], each["message"]) for each in report["messages"]]
        for name, report in reports.items()
        if report["messages"]
    }
