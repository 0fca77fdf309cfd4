"""Write every item of a folder, and all of them as one book, as EPUB and KEPUB, and show each to the validators.

usage: python -m tests.check_corpus FOLDER      (make check-corpus CORPUS=FOLDER)

EPUBCheck sees every book; Ace by DAISY too if its command, `ace-cli` or `ace`, is on the PATH. Prints a line for each finding
and a last one that counts; exits 1 if there is any. Nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from feed2doc.checking.validators import ace_findings, epubcheck_messages
from feed2doc.doctor.validators import ace_command

BUNDLE = ("--bundle", "--title", "Corpus")


def written(corpus: str, folder: Path, *extra: str) -> list[Path]:
    """Return the books of the folder's items; with `BUNDLE`, those of all of them together."""
    formats = ["--to", "epub", "--to", "kepub", "--offline", "--quiet", "--output-dir", str(folder)]
    command = [sys.executable, "-m", "feed2doc", corpus, *formats, *extra]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print(f"{' '.join(command[1:])}: exit {done.returncode}")
        sys.exit(1)
    return [Path(line) for line in done.stdout.splitlines()]


def findings(book: Path) -> list[str]:
    """Return all findings of the validators."""
    found = [" ".join(message) for message in epubcheck_messages(book)]
    ace = ace_command()
    return found + (ace_findings(ace, book) if ace else [])


def main(corpus: str) -> int:
    """Print the findings and return the exit code."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        books = written(corpus, Path(folder)) + written(corpus, Path(folder), *BUNDLE)
        wrong = 0
        for book, found in zip(books, pool.map(findings, books), strict=True):
            wrong += len(found)
            for each in found:
                print(f"{book.name}: {each}")
    by = "EPUBCheck and Ace" if ace_command() else "EPUBCheck"
    print(f"{len(books)} books, {wrong} findings by {by}")
    return 1 if wrong or not books else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: make check-corpus CORPUS=FOLDER")
    sys.exit(main(sys.argv[1]))
