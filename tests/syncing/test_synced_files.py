"""Files of a synced folder: whose they are, which ones go, and which ones stay deleted."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests import paths
from tests.command import COMMAND, ITEM, run
from tests.feed_server import entry, feed
from tests.picture_server import picture
from tests.sync_command import sync, texts


def test_files_of_others_are_not_touched(items: Path, dest: Path) -> None:
    dest.mkdir()
    other = dest / "my notes.txt"
    other.write_text("mine")
    names = sync(dest, items)
    mine = dest / names[0]
    # A file with the same name that sync did not write.
    for path in Path(os.environ["XDG_STATE_HOME"], "feed2doc").iterdir():
        path.unlink()
    mine.write_text("not sync's")
    done = run("sync", items, "--to", "md", "--dest", dest)
    assert done.returncode == 1 and b"exists, but was not written by sync" in done.stderr
    assert mine.read_text() == "not sync's" and not done.stdout  # the others already have the same content
    assert sync(dest, items, "--force") == [names[0]] and "port is open" in mine.read_text()
    assert other.read_text() == "mine"


def test_a_file_with_the_same_content_that_sync_did_not_write_is_not_removed(
    items: Path, dest: Path, tmp_path: Path
) -> None:
    (name,) = sync(dest, items / "0.txt")
    run(items / "1.txt", "--to", "md", "-o", dest / "mine.md")
    mine = (dest / "mine.md").read_bytes()
    same = run("sync", items / "1.txt", "--to", "md", "--dest", tmp_path / "other").stdout.decode().strip()
    (dest / Path(same).name).write_bytes(mine)
    for _ in range(2):
        assert sync(dest, items / "0.txt", items / "1.txt") == []
    for path in dest.iterdir():
        os.utime(path, (1e9, 1e9))
    sync(dest, items / "0.txt", items / "1.txt", "--keep", "1d")
    assert sorted(path.name for path in dest.iterdir()) == sorted([Path(same).name, "mine.md"])
    assert name not in os.listdir(dest)
    # It is replaced only by force, and then it is a file of the sync.
    assert sync(dest, items / "1.txt", "--force") == []
    os.utime(dest / Path(same).name, (1e9, 1e9))
    sync(dest, items / "1.txt", "--keep", "1d")
    assert os.listdir(dest) == ["mine.md"]


def test_files_of_a_state_that_was_lost_are_adopted(items: Path, dest: Path) -> None:
    assert len(sync(dest, items)) == 3
    for path in Path(os.environ["XDG_STATE_HOME"], "feed2doc").iterdir():
        path.unlink()
    assert sync(dest, items) == []
    for path in dest.iterdir():
        os.utime(path, (1e9, 1e9))
    sync(dest, items, "--keep", "1d")
    assert os.listdir(dest) == []


def test_files_under_an_earlier_headline_go(items: Path, dest: Path) -> None:
    before = sync(dest, items)
    (items / "1.txt").write_text(ITEM.format(n=1).replace("Port opens", "Port shuts"))
    after = sync(dest, items)
    assert len(after) == 1 and "port-shuts" in after[0]
    assert sorted(path.name for path in dest.iterdir()) == sorted([before[0], before[2], after[0]])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is full")
def test_files_under_an_earlier_headline_go_even_if_the_sync_was_interrupted(items: Path, dest: Path) -> None:
    before = sync(dest, items)
    (items / "1.txt").write_text(ITEM.format(n=1).replace("Port opens", "Port shuts"))
    with open("/dev/full", "wb") as full:
        command = [*COMMAND, "sync", str(items), "--to", "md", "--dest", str(dest)]
        assert subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False).returncode == 6
    sync(dest, items)
    names = {path.name for path in dest.iterdir()}
    assert len(names) == 3 and before[1] not in names and any("port-shuts" in name for name in names)


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_of_two_items_of_one_article_in_a_folder_the_later_wins_each_time(
    items: Path, dest: Path, more: tuple[str, ...]
) -> None:
    """The later one finds its own text of the sync before, which the earlier one is about to replace."""
    (items / "later.txt").write_text(ITEM.format(n=1).replace("open again", "open AT LAST"))
    sync(dest, items)
    assert "open AT LAST" in texts(dest) and len(list(dest.iterdir())) == 3
    for path in items.iterdir():
        os.utime(path, (1e9, 1e9))
        path.write_text(path.read_text() + " ")
    sync(dest, items, *more)
    assert "open AT LAST" in texts(dest) and len(list(dest.iterdir())) == 3


def test_a_name_that_a_failed_sync_did_not_write_is_not_ours(tmp_path: Path) -> None:
    from feed2doc.batch.result import File
    from feed2doc.batch.state.store import state_of
    from feed2doc.batch.store import stage
    from feed2doc.errors import WriteError
    from feed2doc.syncing.store import FileConflictError, SyncStore

    state = state_of(str(tmp_path), "sync")
    store = SyncStore(str(tmp_path), os.stat(tmp_path).st_dev, replaces=False, state=state)
    path = tmp_path / "a.md"
    staged = stage(store, File(str(path), "markdown", b"ours"))
    os.remove(staged.temporary)
    with pytest.raises(WriteError):
        store.publish(staged)
    path.write_bytes(b"mine")
    with pytest.raises(FileConflictError):
        store.publish(stage(store, File(str(path), "markdown", b"ours")))
    assert path.read_bytes() == b"mine" and os.listdir(tmp_path) == ["a.md"]
    state.close()


def test_a_negative_time_to_keep_removes_nothing(items: Path, dest: Path) -> None:
    from datetime import timedelta

    import feed2doc
    from feed2doc.errors import UsageError

    before = sync(dest, items)
    with pytest.raises(UsageError, match="longer than zero"):
        feed2doc.sync([items], dest, format="markdown", keep=timedelta(days=-1))
    with pytest.raises(UsageError, match="given twice"):
        feed2doc.sync([items], dest, format=["markdown", feed2doc.Markdown()])
    assert sorted(path.name for path in dest.iterdir()) == sorted(before)


def test_a_dry_run_says_which_files_go(items: Path, dest: Path, tmp_path: Path) -> None:
    (items / "pier.png").write_bytes(picture("PNG"))
    for n in range(3):
        (items / f"{n}.txt").write_text(ITEM.format(n=n) + '<p><img src="pier.png"></p>')
    given = (items, "--images", "embed", "--offline")
    before = sync(dest, *given)
    # One changes, one gets another headline, two swap places.
    first = (items / "0.txt").read_text()
    (items / "0.txt").write_text(
        first.replace("Port opens", "Port shuts").replace("open again", "shut again")
    )
    one, two = (items / "1.txt").read_text(), (items / "2.txt").read_text()
    (items / "1.txt").write_text(two.replace("open again", "shut again"))
    (items / "2.txt").write_text(one)
    planned = sync(dest, *given, "--dry-run")
    renamed = before[0].replace("port-opens", "port-shuts")
    assert planned[:3] == [f"would write {name}" for name in (renamed, before[2], before[1])]
    assert planned[3:] == [f"would remove {before[0]}"]
    assert sync(dest, *given) == [renamed, before[2]]
    assert not any(path.name.startswith(Path(before[0]).stem) for path in dest.iterdir())


def test_deleted_files_stay_deleted(items: Path, dest: Path) -> None:
    names = sync(dest, items)
    (dest / names[0]).unlink()
    assert sync(dest, items) == []
    (items / "0.txt").write_text(ITEM.format(n=0).replace("open again", "shut again"))
    assert sync(dest, items) == [names[0]]
    shutil.rmtree(dest)
    done = run("sync", items, "--to", "md", "--dest", dest)
    assert done.returncode == 6 and b"plug the device in" in done.stderr
    dest.mkdir()
    done = run("sync", items, "--to", "md", "--dest", dest)
    assert (
        done.returncode == 0
        and b"all 3 files were deleted and are not written again" in done.stderr
        and not done.stdout
    )
    assert sync(dest, items, "--force") == names


def test_keep_removes_what_is_old_and_does_not_bring_it_back(items: Path, dest: Path) -> None:
    picture = next(path for path in (paths.ROOT / "samples").rglob("*.jpg"))
    (items / "quay.jpg").write_bytes(picture.read_bytes())
    (items / "2.txt").write_text(ITEM.format(n=2) + "<p><img src='quay.jpg' alt='The quay'></p>")
    given = (items, "--images", "embed", "--offline", "--keep", "14d")
    names = sync(dest, *given)
    old = time.time() - 15 * 24 * 3600
    for path in (dest / names[0], dest / names[2], *dest.rglob("*.jpg")):
        os.utime(path, (old, old))
    foreign = dest / "old.txt"
    foreign.write_text("mine")
    os.utime(foreign, (old, old))
    assert [line.split("/")[0] for line in sync(dest, *given, "--dry-run")] == [
        f"would remove {name}" for name in sorted({names[0], names[2].replace(".md", ".images"), names[2]})
    ]
    assert sync(dest, *given) == [] and sorted(p.name for p in dest.iterdir()) == sorted(
        [names[1], "old.txt"]
    )
    assert sync(dest, *given) == [] == sync(dest, items, "--images", "embed", "--offline", "--keep", "14d")


def test_a_file_that_the_user_changed_is_not_removed(items: Path, dest: Path) -> None:
    names = sync(dest, items)
    changed = (dest / names[0]).read_text().replace("open again", "OPEN again")
    (dest / names[0]).write_text(changed)
    old = time.time() - 15 * 24 * 3600
    for name in names:
        os.utime(dest / name, (old, old))
    planned = sync(dest, items, "--keep", "14d", "--dry-run")
    assert sorted(planned) == sorted(f"would remove {name}" for name in names[1:])
    assert sync(dest, items, "--keep", "14d") == []
    assert [path.name for path in dest.iterdir()] == names[:1] and (dest / names[0]).read_text() == changed


def test_items_that_change_their_numbers_keep_their_files(items: Path, dest: Path) -> None:
    names = sync(dest, items)
    (items / "3.txt").write_text((items / "1.txt").read_text())
    (items / "1.txt").write_text((items / "0.txt").read_text())
    (items / "0.txt").write_text(ITEM.format(n=9))
    sync(dest, items)
    assert set(names) <= {path.name for path in dest.iterdir()} and len(list(dest.iterdir())) == 4


def test_other_options_do_not_bring_back_what_was_deleted(items: Path, dest: Path) -> None:
    names = sync(dest, items)
    (dest / names[0]).unlink()
    assert sync(dest, items, "--front-matter", "none") == names[1:]


def test_a_feed_in_a_folder_loses_entries_but_the_device_does_not(items: Path, dest: Path) -> None:
    (items / "feed.xml").write_text(feed(entry(7), entry(8)))
    assert len(sync(dest, items)) == 5
    (items / "feed.xml").write_text(feed(entry(8), entry(9)))
    sync(dest, items)
    assert all(f"Pier {n} is open" in texts(dest) for n in (7, 8, 9))


def test_sync_ignores_files_written_by_convert(items: Path, dest: Path) -> None:
    run(items, "--to", "txt", "--output-dir", dest)
    old = time.time() - 30 * 24 * 3600
    for path in dest.iterdir():
        os.utime(path, (old, old))
    sync(dest, items, "--keep", "2d")
    assert len(list(dest.iterdir())) == 6


def test_a_pipe_in_a_folder_is_not_an_item(items: Path, dest: Path) -> None:
    os.mkfifo(items / "9.txt")
    assert len(sync(dest, items)) == 3
