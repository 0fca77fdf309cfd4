"""Compare learned site rules with those that were written by hand, by the number of right answers.

usage: python -m tests.check_learning ARCHIVE SCORER LABELLED

ARCHIVE has a folder of items for each host; rules are learned from the first 30 of each. SCORER is a script that reads the items
of the folder LABELLED with feed2doc and prints the number of right answers in a line `answers right: N of M`. Prints that number
without site files (G), with those of `tests/data/sites` (S) and with the learned ones (L): first without the words of the trade,
then with them. Exits 1 if L - G is less than nine tenths of S - G without the words, or L less than S - 5 with them.
"""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from unittest import mock

import feed2doc
from feed2doc.readers import reset_site_rules
from feed2doc.readers._rules import lookup, schema, sites
from feed2doc.readers._rules.words.lexicon import Lexicon, lexicon

BY_HAND = Path(__file__).parent / "data" / "sites"
GENERIC = schema.SHIPPED / "generic.toml"
ITEMS = 30
T = TypeVar("T")
SHARE, MOST_BELOW = 0.9, 5


def with_rules(folder: Path, words: bool, call: Callable[[], T]) -> T:
    """Return the result of a call for which this folder has the shipped site rules."""
    no_words = Lexicon(())
    reset_site_rules()
    with (
        mock.patch.object(schema, "SHIPPED", folder),
        mock.patch.object(sites, "SHIPPED", folder),
        mock.patch.object(schema, "compiled", lambda: mock.Mock(files={})),
        mock.patch.object(lookup, "lexicon", lexicon if words else lambda _: no_words),
    ):
        return call()


def score(scorer: str, labelled: str) -> int:
    """Return the number of right answers."""
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.suppress(SystemExit),
        mock.patch.object(sys, "argv", [scorer, labelled]),
    ):
        runpy.run_path(scorer, run_name="__main__")
    found = re.search(r"answers right: (\d+) of", printed.getvalue())
    assert found, printed.getvalue()
    return int(found[1])


def learn_from(archive: Path, rules: Path) -> None:
    """Write the rules of each host of the archive."""
    for host in sorted(path for path in archive.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            for item in sorted(host.iterdir())[:ITEMS]:
                shutil.copy(item, folder)
            for each in feed2doc.learn(folder):
                (rules / f"{each.host}.toml").write_text(each.toml, "utf-8")


def compared(archive: Path, scorer: str, labelled: str, *, words: bool) -> tuple[int, int, int]:
    """Return the numbers of right answers: without site files, with those by hand, and with the learned ones."""
    with tempfile.TemporaryDirectory() as above:
        folders = [Path(above, name) for name in ("none", "hand", "learned")]
        for folder in folders:
            folder.mkdir()
            shutil.copy(GENERIC, folder)
        for file in BY_HAND.glob("*.toml"):
            shutil.copy(file, folders[1])
        with_rules(folders[0], words, lambda: learn_from(archive, folders[2]))
        none, hand, learned = (with_rules(f, words, lambda: score(scorer, labelled)) for f in folders)
        return none, hand, learned


def main(archive: str, scorer: str, labelled: str) -> int:
    """Print the comparisons and return the exit code."""
    failed = 0
    for words in (False, True):
        none, hand, learned = compared(Path(archive), scorer, labelled, words=words)
        print(f"{'with' if words else 'without'} words: G {none}, S {hand}, L {learned}")
        enough = learned >= hand - MOST_BELOW if words else learned - none >= SHARE * (hand - none)
        failed += not enough
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
