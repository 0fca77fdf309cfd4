"""The example package from the docs, actually installed, and a broken one."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.command import ITEM

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "examples" / "feed2doc-tide"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the example package and everything installed here."""
    venv = tmp_path_factory.mktemp("tide") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    wheels = venv / "wheels"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(build, cwd=EXAMPLE, check=True, capture_output=True)
    (wheel,) = wheels.glob("*.whl")
    site = sysconfig.get_path("purelib", vars={"base": str(venv), "platbase": str(venv)})
    Path(site, "here.pth").write_text(
        f"import sys; sys.path[1:1] = [{str(ROOT / 'convert')!r}]; sys.path.append({sysconfig.get_path('purelib')!r})\n"
    )
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(venv / "bin" / "python"),
        "install",
        "-q",
        "--no-deps",
    ]
    subprocess.run([*install, "--no-index", str(wheel)], check=True)
    return venv / "bin" / "python"


def feed2doc(python: Path, *arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "feed2doc", *map(str, arguments)], capture_output=True, text=True, env=os.environ | env
    )


@pytest.mark.slow
def test_a_writer_a_transform_and_site_rules(python: Path, tmp_path: Path) -> None:
    long = ITEM.format(n=1).replace("example.com", "tide.example") + (
        "<p class='who'>By Ann Ba</p><p>The ferries sail every hour until midnight.</p><p class='app'>Get the app</p>"
    )
    (tmp_path / "long.txt").write_text(long)
    (tmp_path / "short.txt").write_text(ITEM.format(n=2))
    given = ("--to", "gemtext", "--transform", "short", "--output-dir", tmp_path / "out")
    done = feed2doc(python, tmp_path / "long.txt", tmp_path / "short.txt", *given)
    assert done.returncode == 0, done.stderr
    (path,) = map(Path, done.stdout.splitlines())
    text = path.read_text()
    assert path.suffix == ".gmi" and text.startswith("# Port opens\n\n=> https://tide.example/1\n")
    assert "every hour" in text and "Get the app" not in text and "Ann Ba" not in text
    assert "2 converted" in done.stderr
    again = feed2doc(python, tmp_path / "long.txt", tmp_path / "short.txt", *given)
    assert (again.returncode, again.stdout) == (0, "")


def test_they_are_listed(python: Path) -> None:
    lines = feed2doc(python, "formats").stdout
    assert "gemtext" in lines and "leave out articles" in lines and "site rules of: tide" in lines


def test_missing_and_broken_files_are_named(python: Path, tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    info = tmp_path / "bad-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bad\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[feed2doc.transforms]\nnone = bad:NONE\nfails = bad:FAILS\nwrong = bad:WRONG\n[feed2doc.sites]\nbad = no_such\n"
    )
    (tmp_path / "bad.py").write_text(
        "from feed2doc import Transform\n"
        "FAILS = Transform(name='fails', apply=lambda document, env: 1 / 0)\nWRONG = Transform(name='wrong', apply=lambda d, e: 1)\n"
    )
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    for name, says in {
        "tides": "no such transform; available: fails, none, short, wrong",
        "none": "transform 'none' of 'bad:NONE' does not load",
        "fails": "transform 'fails': ZeroDivisionError: division by zero",
        "wrong": "transform 'wrong': returned int, not a Document",
    }.items():
        done = feed2doc(
            python, tmp_path / "item.txt", "--to", "md", "-o", "-", "--transform", name, PYTHONPATH=path
        )
        assert done.returncode == 2 and says in done.stderr.splitlines()[-1], done.stderr
    # For a host without a rule the plugins are asked; one that does not load is reported and does no harm.
    done = feed2doc(python, tmp_path / "item.txt", "--to", "md", "-o", "-", PYTHONPATH=path)
    assert done.returncode == 0 and "The port is open again." in done.stdout
    assert done.stderr.count("\n") == 1 and "site 'bad' of 'no_such' does not load" in done.stderr
    assert "site 'bad' of 'no_such' does not load" in feed2doc(python, "formats", PYTHONPATH=path).stderr


def test_the_writer_is_short() -> None:
    assert len((EXAMPLE / "feed2doc_tide" / "gemtext.py").read_text().splitlines()) < 40
