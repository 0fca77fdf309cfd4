"""Folders that cannot be written to: the error names the folder, and those that are not needed are done without."""

from pathlib import Path

import pytest

from tests.command import ITEM
from tests.syncing.test_sync import in_namespace

SCRIPT = """
cd "$HERE"; mount -t tmpfs tmpfs small; mkdir small/state small/cache small/out small/tmp; mount -o remount,ro small
run() { name=$1; shift; env XDG_STATE_HOME="$HERE/own" "$@" 2> "$name" && echo 0 || echo $?; }
run output $FEED2DOC item.txt --to md --output-dir small/out
run state env XDG_STATE_HOME="$HERE/small/state" $FEED2DOC items --to md --output-dir one
run sync env XDG_STATE_HOME="$HERE/small/state" $FEED2DOC sync item.txt --to md --dest two
run allow env XDG_STATE_HOME="$HERE/small/state" $FEED2DOC config allow feed2doc.toml
run others env XDG_CACHE_HOME="$HERE/small/cache" TMPDIR="$HERE/small/tmp" $FEED2DOC item.txt --to epub --output-dir one
run home env -u XDG_STATE_HOME HOME="$HERE/small" $FEED2DOC items --to json --output-dir one
"""
READ_ONLY = "Read-only file system"


@pytest.mark.slow
def test_folders_that_cannot_be_written_to_are_named(tmp_path: Path) -> None:
    for name in ("small", "one", "two", "own", "items"):
        (tmp_path / name).mkdir()
    for name in ("item.txt", "items/1.txt"):
        (tmp_path / name).write_text(ITEM.format(n=1))
    (tmp_path / "feed2doc.toml").write_text('cover = "text"\n')
    done = in_namespace(SCRIPT, HERE=tmp_path)
    codes = [line for line in done.stdout.split("\n") if line.isdigit()]
    assert codes == ["6", "0", "6", "6", "0", "0"], (done.stdout, done.stderr)
    for name, said in (
        ("output", f"cannot be written: {READ_ONLY}"),
        ("state", f"cannot open the state: {READ_ONLY}: make its folder writable, or set XDG_STATE_HOME"),
        ("sync", f"cannot open the state: {READ_ONLY}"),
        ("allow", f"cannot be allowed: {READ_ONLY}: make the state folder writable"),
        ("others", ""),
        ("home", f"cannot open the state: {READ_ONLY}"),
    ):
        lines = (tmp_path / name).read_text().splitlines()
        assert len(lines) == bool(said) and said in "".join(lines), lines
    assert len(list((tmp_path / "one").iterdir())) == 3 and not list((tmp_path / "two").iterdir())
