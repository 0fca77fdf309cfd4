"""The wheel: it has all that the checkout has, and works from a fresh environment in another folder."""

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from feed2doc import __version__
from feed2doc._compiled_data import look_files, names, word_files
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
MOST_LINES = 400


PACKAGE = ROOT / "convert" / "feed2doc"
COMPILED = PACKAGE / "compiled.json"


def times_of_writing() -> tuple[int, int]:
    return PACKAGE.stat().st_mtime_ns, COMPILED.stat().st_mtime_ns


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel, which writes nothing into the checkout if that has not changed since it was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    times, compiled = times_of_writing(), COMPILED.read_bytes()
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    assert times_of_writing() == times or COMPILED.read_bytes() != compiled
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_contains_what_the_checkout_contains(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {
        f"feed2doc/{path.relative_to(ROOT / 'convert/feed2doc').as_posix()}"
        for path in (ROOT / "convert/feed2doc").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".tmp"
    }
    templates = {
        f"feed2doc/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "templates").rglob("*") if p.is_file()
    }
    pages = {
        f"feed2doc-{__version__}.data/data/share/man/man1/{p.name}" for p in (ROOT / "docs" / "man").iterdir()
    }
    assert names == package | templates | pages | {"feed2doc/compiled.json"} and len(pages) > 5
    assert {
        "feed2doc/py.typed",
        "feed2doc/templates/epub/chapter.xhtml",
        "feed2doc/sites/generic.toml",
    } <= names


def test_wheel_works_in_a_fresh_environment_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    # Installed by the pip that is here: adding one to an environment takes longer than all the rest.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", wheel], check=True)
    # The dependencies are those already installed here, seen by a path; the package itself is the wheel's alone.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    path = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n"
    Path(site, "dependencies.pth").write_text(path)
    item = ROOT / "samples" / "01-nytimes-cn-article.txt"
    command = [str(venv / "bin" / "feed2doc"), str(item), "--to", "epub", "--to", "md", "--to", "html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [Path(line).suffix for line in done.stdout.splitlines()] == [".epub", ".md", ".html"]
    where = subprocess.run(
        [python, "-c", "import feed2doc; print(feed2doc.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert str(venv) in where.stdout


def pinned(name: str, system: str) -> set[str]:
    """Return the packages that a lock file installs on a system, on the newest Python."""
    lines = re.findall(r"^([a-z][^\\\n]*?) *\\?$", (ROOT / name).read_text("utf-8"), re.M)
    wanted = [Requirement(line) for line in lines]
    there = {
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}[system],
        "python_full_version": "3.14.0",
        "python_version": "3.14",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return {each.name for each in wanted if not each.marker or each.marker.evaluate(there)}


@pytest.mark.parametrize(("system", "most"), [("linux", 42), ("darwin", 44), ("win32", 45)])
def test_an_installation_stays_small(system: str, most: int) -> None:
    """Another package needs a reason, and its size in the message of the commit."""
    of_users = pinned("requirements.lock", system)
    assert {"lxml", "click", "weasyprint"} <= of_users and len(of_users) <= most, sorted(of_users)
    assert of_users <= pinned("requirements-test.lock", system)
    assert ("typst" in of_users) == (system != "linux") and ("tzdata" in of_users) == (system == "win32")


def test_the_image_has_the_libraries_that_make_installs() -> None:
    made = re.search(r"^PACKAGES := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    image = (ROOT / "Dockerfile").read_text("utf-8")
    assert made and all(f" {name} " in image.replace("\n", " ") for name in made[1].split())


def test_modules_stay_small() -> None:
    long = {
        p.name: n
        for p in (ROOT / "convert").rglob("*.py")
        if (n := len(p.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_installs_again_after_a_change_of_what_the_installation_compiles(tmp_path: Path) -> None:
    """The files are only said to have changed (`-W`), and nothing is installed (`-n`)."""
    (tmp_path / "bin").mkdir()
    for name in (".needs", ".ready", ".tested"):
        (tmp_path / name).touch()

    def said(*changed: str) -> str:
        options = [word for name in changed for word in ("-W", name)]
        command = ["make", "-n", *options, f"VENV={tmp_path}", f"{tmp_path}/.tested"]
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert "pip install" not in said()
    compiled = [*names(), *(f"words/{name}.toml" for name in word_files()), "sites", "_compiled_data.py"]
    files = [f"convert/feed2doc/{name}" for name in compiled] + [
        str(path.relative_to(ROOT)) for path in look_files()
    ]
    listed = set(
        re.findall(
            r"\S+",
            subprocess.run(
                ["make", "-pn", f"VENV={tmp_path}", f"{tmp_path}/.tested"],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            .stdout.partition(f"\n{tmp_path}/.ready:")[2]
            .partition("\n")[0],
        )
    )
    assert set(files) <= listed
    for name in (files[0], files[-1]):
        assert said(name).count("pip install") == 1 and "-e ." in said(name)
