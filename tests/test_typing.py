"""What type checkers say of programs that use the library: `tests/typing/right.py` and `wrong.py`, by mypy and basedpyright."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "typing"


def lines_by_mypy(path: Path, folder: Path) -> set[int]:
    """Return the lines that mypy finds an error in."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--warn-unused-ignores",
        "--no-error-summary",
        "--cache-dir",
        str(folder / "cache"),  # two runs of mypy must not share one
        str(path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return {int(line) for line in re.findall(rf"{path.name}:(\d+): error", done.stdout)}


def lines_by_basedpyright(path: Path, folder: Path) -> set[int]:
    """Return the lines that basedpyright finds an error in."""
    command = [sys.executable, "-m", "basedpyright", "--level", "error", "--outputjson", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert found["summary"]["filesAnalyzed"] == 1
    return {
        each["range"]["start"]["line"] + 1
        for each in found["generalDiagnostics"]
        if each["severity"] == "error"
    }


@pytest.mark.parametrize("lines", [lines_by_mypy, lines_by_basedpyright])
@pytest.mark.parametrize("name", ["right.py", "wrong.py"])
def test_type_checkers_refuse_wrong_calls_and_no_others(
    name: str, lines: Callable[[Path, Path], set[int]], tmp_path: Path
) -> None:
    path = FOLDER / name
    marked = {n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if "# error" in line}
    assert bool(marked) == (name == "wrong.py")
    assert lines(path, tmp_path) == marked - {1}
