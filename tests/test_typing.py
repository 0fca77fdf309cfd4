"""What mypy and basedpyright say of programs that use the library: `tests/typing/right.py` and `wrong.py`, and its page."""

import doctest
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "typing"
LIBRARY = ROOT / "docs" / "library.md"

Errors = dict[str, set[int]]


def errors_of_mypy(paths: list[Path], folder: Path) -> Errors:
    """Return the lines that mypy finds an error in, by file name."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--warn-unused-ignores",
        "--no-error-summary",
        "--cache-dir",
        str(folder / "cache"),  # two runs of mypy must not share one
        *map(str, paths),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert not done.stderr, done.stderr
    found: Errors = defaultdict(set)
    for name, line in re.findall(r"([\w.]+):(\d+): error", done.stdout):
        found[name].add(int(line))
    return found


def errors_of_basedpyright(paths: list[Path], folder: Path) -> Errors:
    """Return the lines that basedpyright finds an error in, by file name."""
    command = [sys.executable, "-m", "basedpyright", "--level", "error", "--outputjson", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(paths)
    found: Errors = defaultdict(set)
    for each in report["generalDiagnostics"]:
        if each["severity"] == "error":
            found[Path(each["file"]).name].add(each["range"]["start"]["line"] + 1)
    return found


@pytest.mark.parametrize("errors", [errors_of_mypy, errors_of_basedpyright])
def test_type_checkers_refuse_wrong_calls_and_no_others(
    errors: Callable[[list[Path], Path], Errors], tmp_path: Path
) -> None:
    examples = doctest.DocTestParser().get_examples(LIBRARY.read_text("utf-8"))
    page = tmp_path / "library_examples.py"
    page.write_text("".join(example.source for example in examples), "utf-8")
    paths = [FOLDER / "right.py", FOLDER / "wrong.py", page]
    marked = {
        n for n, line in enumerate(paths[1].read_text("utf-8").splitlines(), 1) if n > 1 and "# error" in line
    }
    assert marked and errors(paths, tmp_path) == {"wrong.py": marked}
