"""`feed2doc sync`, run in this process."""

from pathlib import Path

from tests.command import run


def sync(dest: Path, *arguments: str | Path, code: int = 0) -> list[str]:
    """Return what a sync printed on standard output."""
    done = run("sync", *arguments, "--to", "md", "--dest", dest)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    return [line.replace(f"{dest}/", "") for line in done.stdout.decode().splitlines()]


def texts(dest: Path) -> str:
    """Return the texts of all files in a folder."""
    return "\n".join(path.read_text() for path in sorted(dest.iterdir()))
