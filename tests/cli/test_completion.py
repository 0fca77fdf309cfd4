"""Shell completion, tested with a real bash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run


def completed(folder: Path, *words: str) -> list[str]:
    """Return the completions that bash offers for the last of these words."""
    script = run("completion", "bash").stdout.decode()
    typed = " ".join(f"'{word}'" for word in ("feed2doc", *words))
    ask = f"COMP_WORDS=({typed}); COMP_CWORD={len(words)}; _feed2doc_completion feed2doc '{words[-1]}' ''"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", f'{script}\ncompopt() {{ echo "as $2"; }}\n{ask}; printf "%s\\n" "${{COMPREPLY[@]}}"'],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([""], ["completion", "config", "convert", "explain", "formats", "sync", "templates"]),
        (["fo"], ["formats"]),
        (["sync", "--bu"], ["--bundle"]),
        (["item.txt", "--to", "kep"], ["kepub"]),
        (["item.txt", "--to", "markdown_g"], ["markdown_github"]),
        (["item.txt", "--profile", "ko"], ["kobo", "koreader"]),
        (["item.txt", "--images", "l"], ["link", "lead"]),
        (["--ver"], ["--version"]),
        (["item.txt", "--cover", "te"], ["text"]),
        (["convert", "--image-d"], ["--image-dir"]),
    ],
)
def test_words(tmp_path: Path, words: list[str], found: list[str]) -> None:
    offered = [line for line in completed(tmp_path, *words) if not line.startswith("as ")]
    assert set(found) <= set(offered)
    assert all(word.startswith(words[-1]) for word in offered)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["it"], "default"),
        (["item.txt", "ne"], "default"),
        (["x", "--template-dir", ""], "dirnames"),
        (["x", "-o", ""], "default"),
        (["x", "--output-dir", ""], "dirnames"),
        (["sync", "x", "--dest", ""], "dirnames"),
        (["x", "--cover", ""], "default"),
        (["x", "--css", "m"], "default"),
        (["x", "--font", "m"], "default"),
        (["explain", ""], "default"),
        (["check", ""], "default"),
        (["check", "x", "--against", ""], "default"),
        (["templates", "export", ""], "dirnames"),
    ],
)
def test_files_and_folders(tmp_path: Path, words: list[str], kind: str) -> None:
    assert f"as {kind}" in completed(tmp_path, *words)


def test_every_shell_has_one() -> None:
    for shell in ("zsh", "fish"):
        assert b"_FEED2DOC_COMPLETE" in run("completion", shell).stdout
    assert run("completion", "csh").returncode == 2
