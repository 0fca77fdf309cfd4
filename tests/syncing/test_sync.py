"""Syncing a folder: only what is new or changed is written, over real HTTP, also to devices that fill up or are unplugged."""

import os
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import COMMAND, ITEM, run
from tests.feed_server import TUESDAY, FeedServer, entry, feed, serving
from tests.picture_server import picture
from tests.sync_command import sync, texts


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as running:
        yield running


def test_only_new_and_changed_entries_of_a_feed_are_written(server: FeedServer, dest: Path) -> None:
    server.files["/feed"] = feed(entry(1), entry(2))
    url = server.url("/feed")
    first = sync(dest, url)
    assert len(first) == 2 and "[Map](https://port.example/map)" in texts(dest)
    assert sync(dest, url) == []
    server.files["/feed"] = feed(entry(3), entry(1), entry(2, "shut"))
    second = sync(dest, url)
    assert len(second) == 2 and len(list(dest.iterdir())) == 3
    assert "Pier 2 is shut" in texts(dest) and "Pier 2 is open" not in texts(dest)
    assert [answer[1:] for answer in server.answers] == [
        (200, "no-cache"),
        (304, "no-cache"),
        (200, "no-cache"),
    ]
    assert server.codings == {"gzip"}
    # An entry that has left the feed stays.
    server.files["/feed"] = feed(entry(3))
    assert sync(dest, url) == [] and len(list(dest.iterdir())) == 3


def test_unavailable_folders_files_and_feeds(
    server: FeedServer, items: Path, dest: Path, tmp_path: Path
) -> None:
    server.files["/feed"], server.files["/page"] = feed(entry(1)), "<html><body><p>A page</p></body></html>"
    local = tmp_path / "feed.xml"
    local.write_text(feed(entry(7), entry(8)))
    sources = (
        server.url("/none"),
        items,
        server.url("/page"),
        local,
        server.url("/feed"),
        tmp_path / "gone.txt",
    )
    done = run("sync", *sources, "--to", "md", "--dest", dest)
    assert done.returncode == 1 and done.stdout.count(b"\n") == 6
    none, page, gone, summary = done.stderr.decode().splitlines()
    assert (
        "/none: cannot be fetched: status 404" in none
        and "/page: cannot be fetched: a web page, not a feed" in page
    )
    assert "gone.txt: cannot be read" in gone and "6 converted, 3 failed" in summary
    assert sync(dest, *sources, code=1) == []
    # If one entry of a feed file changes, one file is written.
    local.write_text(feed(entry(7, "shut"), entry(8)))
    assert len(sync(dest, local)) == 1


@pytest.mark.parametrize(
    "text",
    [feed(), '<feed xmlns="http://www.w3.org/2005/Atom"><title>Port News</title></feed>',
     '{"version": "https://jsonfeed.org/version/1.1", "title": "Port News", "items": []}'],
)  # fmt: skip
def test_an_empty_feed_is_not_an_error(server: FeedServer, dest: Path, tmp_path: Path, text: str) -> None:
    server.files["/feed"] = text
    (tmp_path / "in").mkdir()
    for path in (tmp_path / "feed", tmp_path / "in" / "feed.xml"):
        path.write_text(text)
    for source, says in (
        (server.url("/feed"), ""),
        (tmp_path / "feed", ""),
        (tmp_path / "in", f"feed2doc: {tmp_path}/in/feed.xml: the feed has no entries\n"),
    ):
        done = run("sync", source, "--to", "md", "--dest", dest)
        assert (done.returncode, done.stdout, done.stderr.decode()) == (0, b"", says)


@pytest.mark.parametrize("read_format", ["html", "item"])
def test_the_input_format_does_not_apply_to_entries(server: FeedServer, dest: Path, read_format: str) -> None:
    server.files["/feed"] = feed(entry(1))
    sync(dest, server.url("/feed"), "--from", read_format)
    assert "title: Port 1 opens" in texts(dest) and "[Map](https://port.example/map)" in texts(dest)


@pytest.mark.parametrize("more", [(), ("--bundle", "daily")])
def test_pictures_next_to_a_feed_file_belong_to_its_entries(
    dest: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    local, archive = tmp_path / "in" / "feed.xml", tmp_path / "archive"
    local.parent.mkdir()
    archive.mkdir()
    shown = '<p>Pier</p><img src="pier.png"><img src="https://port.example/quay.png">'
    local.write_text(feed(entry(1).replace("<p>Pier", f"{shown}<p>Pier"), entry(2)))

    def pictures() -> list[int]:
        """Return how many pictures each of the books has that this sync wrote."""
        given = ("--to", "epub", "--offline", "--dest", dest, "--image-dir", archive)
        done = run("sync", local, *more, *given, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        books = [zipfile.ZipFile(dest / Path(line).name) for line in done.stdout.decode().splitlines()]
        return [sum(n.endswith(".png") and "cover" not in n for n in book.namelist()) for book in books]

    assert sum(pictures()) == 0 and pictures() == []
    for count, path in enumerate((local.parent / "pier.png", archive / "quay.png"), 1):
        path.write_bytes(picture("PNG", colour=(count, 2, 3)))
        assert pictures() == [count] and pictures() == []


def test_a_feed_may_not_redirect_into_the_local_network(server: FeedServer, dest: Path) -> None:
    server.files["/feed"] = feed(entry(1))
    server.files["/to-itself"] = server.url("/feed")
    server.files["/to-localhost"] = f"http://localhost:{server.port}/feed"
    assert len(sync(dest, server.url("/to-itself"))) == 1
    done = run("sync", server.url("/to-localhost"), "--to", "md", "--dest", dest)
    assert done.returncode == 3 and b"not a public address" in done.stderr


def test_the_library_names_files_and_shows_times_as_the_command_does(items: Path, dest: Path) -> None:
    import feed2doc

    result = feed2doc.sync(items, dest, format="text", name="{headline}", display_timezone="Asia/Tokyo")
    path = next(path for path in result.written if path.name.startswith("Port opens"))
    assert "(UTC+09:00)" in path.read_text("utf-8")
    for wrong, says in (
        ({"name": "{title}"}, "unknown field {title}"),
        ({"display_timezone": "Mars/Base"}, "unknown time zone 'Mars/Base'"),
        ({"name": "{id}", "daily": True}, "not to daily books"),
    ):
        with pytest.raises(feed2doc.UsageError, match=says):
            feed2doc.sync(items, dest, **wrong)


def test_pages_that_link_to_pictures_fetch_none(tmp_path: Path, dest: Path) -> None:
    import feed2doc

    (tmp_path / "pier.png").write_bytes(picture("PNG"))
    (tmp_path / "a.txt").write_text(ITEM.format(n=1) + '<p><img src="pier.png"></p>')
    for images in ("link", "embed"):
        done = feed2doc.sync(tmp_path / "a.txt", dest, format=feed2doc.Html(images=images), offline=True)
        assert [b"data:image" in path.read_bytes() for path in done.written] == [images == "embed"]


def test_a_dry_run_does_nothing(server: FeedServer, items: Path, dest: Path) -> None:
    server.files["/feed"] = feed(entry(1))
    lines = sync(dest, items, server.url("/feed"), "--dry-run")
    assert len(lines) == 4 and all(line.startswith("would write ") for line in lines) and not dest.exists()
    done = run("sync", items, "--to", "md", "--dest", dest, "--dry-run")
    assert done.stderr.startswith(b"feed2doc: 3 to convert in ")
    assert not Path(os.environ["XDG_STATE_HOME"]).exists()
    names = [line.removeprefix("would write ") for line in lines]
    for extra in ((), ("--dry-run",)):
        assert sync(dest, items, server.url("/feed"), *extra) == (names if not extra else [])


def test_one_book_per_day(server: FeedServer, dest: Path) -> None:
    server.files["/feed"] = feed(entry(1), entry(2), entry(3, date=TUESDAY))
    given = (server.url("/feed"), "--bundle", "daily", "--title", "Harbour")
    assert sync(dest, *given, "--dry-run") == [f"would write harbour-2025-03-0{day}.md" for day in (3, 4)]
    assert sync(dest, *given) == ["harbour-2025-03-03.md", "harbour-2025-03-04.md"]
    assert sync(dest, *given) == []
    # An entry that has left the feed is still in the book of its day.
    server.files["/feed"] = feed(entry(4), entry(3, date=TUESDAY))
    assert sync(dest, *given) == ["harbour-2025-03-03.md"]
    book = (dest / "harbour-2025-03-03.md").read_text()
    assert [f"Pier {n} is open" in book for n in (1, 2, 3, 4)] == [True, True, False, True]
    assert "Harbour · March 3, 2025" in book
    assert len(sync(dest, *given, "--front-matter", "none")) == 2
    assert sync(dest, *given, "--front-matter", "none", "--keep", "2w") == []
    server.files["/feed"] = feed(entry(4, "shut"))
    assert sync(dest, *given, "--front-matter", "none", "--keep", "2w") == []  # that day is too long ago


def test_articles_that_are_too_old_for_a_daily_book_are_counted(items: Path, dest: Path) -> None:
    given = ("sync", items, "--to", "md", "--dest", dest, "--bundle", "daily", "--keep", "2d")
    for more in (("--dry-run",), ()):
        done = run(*given, *more)
        assert (done.returncode, done.stdout) == (0, b"")
        assert b"3 articles are older than --keep allows, and in no book" in done.stderr
    assert not list(dest.iterdir()) and not run(*given, "--quiet", "--force").stderr


def test_one_at_a_time(items: Path, dest: Path) -> None:
    from feed2doc.batch.state.store import state_of
    from feed2doc.syncing.destination import only_one

    state = state_of(str(dest), "sync")
    with only_one(str(dest), state):
        done = run("sync", items, "--to", "md", "--dest", dest)
    assert done.returncode == 6 and b"another sync is writing there" in done.stderr
    assert len(sync(dest, items)) == 3
    state.close()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--to", "md", "--dest", "x"], 2, "no source"),
        (["{items}", "--to", "md"], 2, "no destination: add --dest FOLDER, such as --dest news"),
        (["{items}", "--dest", "x"], 2, "no output format"),
        (["{items}", "--to", "md", "--dest", "x", "--title", "T"], 2, "add --bundle daily"),
        (["{items}", "--to", "md", "--dest", "x", "--keep", "soon"], 2, "--keep soon: not an age"),
        (
            ["{items}", "--to", "md", "--dest", "no/where"],
            6,
            "no/where: no does not exist: plug the device in, or create it: mkdir -p no",
        ),
        (["http://127.0.0.1:9/feed", "--to", "md", "--dest", "x"], 3, "cannot be fetched: no connection"),
    ],
)
def test_errors_are_one_line(items: Path, tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    done = run("sync", *(each.format(items=items) for each in arguments), "-q", cwd=tmp_path)
    message = done.stderr.decode()
    assert (done.returncode, message.count("\n")) == (code, 1) and says in message, message


def in_namespace(script: str, **names: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a namespace, where it may mount file systems that no other process sees."""
    command = [
        "unshare",
        "--mount",
        *(() if os.getuid() == 0 else ("--map-root-user", "--user")),
        "sh",
        "-e",
        "-c",
    ]
    if subprocess.run([*command, "mount -t tmpfs tmpfs /mnt"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a file system, not even in a namespace")
    env = os.environ | {name: str(value) for name, value in names.items()} | {"FEED2DOC": " ".join(COMMAND)}
    return subprocess.run([*command, script], capture_output=True, text=True, env=env, timeout=500)


def test_a_device_that_is_full_keeps_what_it_has(tmp_path: Path) -> None:
    items = tmp_path / "in"
    items.mkdir()
    for n in range(40):
        (items / f"{n:02}.txt").write_text(ITEM.format(n=n) + f"<p>{'Line. ' * 2000}</p>")
    (tmp_path / "device").mkdir()
    done = in_namespace(
        'mount -t tmpfs -o size=200k tmpfs "$DEVICE"; mkdir "$DEVICE/news"\n'
        '$FEED2DOC sync "$ITEMS" --to md --dest "$DEVICE/news" -j 1 && exit 90 || echo "exit $?"\n'
        'cat "$DEVICE"/news/*.md > "$OUT/before"; ls -A "$DEVICE/news" > "$OUT/names"\n'
        'mount -o remount,size=4m "$DEVICE"\n'
        '$FEED2DOC sync "$ITEMS" --to md --dest "$DEVICE/news" | wc -l; ls -A "$DEVICE/news" | wc -l\n',
        DEVICE=tmp_path / "device",
        ITEMS=items,
        OUT=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split("\n")
    assert "exit 6" in lines and "cannot be written: No space left on device" in done.stderr
    names = (tmp_path / "names").read_text().split()
    assert 5 < len(names) < 40 and all(name.endswith(".md") for name in names)
    assert (tmp_path / "before").read_text().count("Line. " * 1999 + "Line.") == len(names)
    assert [line.strip() for line in lines[-3:-1]] == [str(40 - len(names)), "40"]


def test_nothing_is_written_next_to_an_unplugged_device(items: Path, tmp_path: Path) -> None:
    """The device is unplugged during the run, and the empty folder where it was mounted remains."""
    device, other = tmp_path / "device", tmp_path / "other"
    device.mkdir()
    other.mkdir()
    for n in range(3, 200):
        (items / f"{n}.txt").write_text(ITEM.format(n=n) + "<p>Line.</p>" * 400)
    done = in_namespace(
        # The empty folder is there before, so that there is no moment without one.
        'mount -t tmpfs tmpfs "$OTHER"; mkdir "$OTHER/news" "$DEVICE/news"; mount --bind "$OTHER" "$DEVICE"\n'
        '$FEED2DOC sync "$ITEMS/1.txt" --to html --dest "$DEVICE/news"\n'
        '( $FEED2DOC sync "$ITEMS" --to html --dest "$DEVICE/news" -j 1 || echo "exit $?" ) | {\n'
        'read -r first; umount -l "$DEVICE"; cat; }\n'
        'ls -A "$DEVICE/news" | wc -l; for f in "$OTHER"/news/*.html; do tail -c 8 "$f"; done | sort -u\n'
        # What could not be removed from a device that was gone is removed by the next sync.
        'mount --bind "$OTHER" "$DEVICE"; $FEED2DOC sync "$ITEMS" --to html --dest "$DEVICE/news" > "$OTHER/next"\n'
        'ls -A "$OTHER/news" | grep -c part || true; ls "$OTHER/news" | wc -l\n',
        DEVICE=device,
        OTHER=other,
        ITEMS=items,
    )
    assert done.returncode == 0, done.stderr
    assert "exit 6" in done.stdout and "was it unplugged?" in done.stderr
    assert done.stdout.split("\n")[-5:-1] == ["0", "</html>", "0", "200"]


def test_epubs_are_whole_books(server: FeedServer, dest: Path) -> None:
    server.files["/feed"] = feed(entry(1))
    done = run("sync", server.url("/feed"), "--to", "epub", "--dest", dest, "--profile", "kobo")
    (path,) = done.stdout.decode().splitlines()
    assert zipfile.ZipFile(path).testzip() is None


def test_entries_of_the_same_guid_are_entries_all_the_same(
    server: FeedServer, dest: Path, tmp_path: Path
) -> None:
    twice = feed(entry(1), entry(2).replace("port-2", "port-1"))
    server.files["/feed"] = twice
    assert len(sync(dest, server.url("/feed"))) == 2 == len(list(dest.iterdir()))
    assert sync(dest, server.url("/feed")) == []
    (tmp_path / "feed.xml").write_text(
        twice.replace("port-1", "http://x//1", 1).replace("port-1", "http://x/1")
    )
    assert len(sync(dest, tmp_path / "feed.xml")) == 2 and sync(dest, tmp_path / "feed.xml") == []
    daily = (server.url("/feed"), "--bundle", "daily")
    (name,) = sync(dest, *daily)
    book = (dest / name).read_text()
    assert "Pier 1 is open" in book and "Pier 2 is open" in book


def test_a_days_book_that_could_not_be_made_is_made_the_next_time(server: FeedServer, dest: Path) -> None:
    server.files["/feed"] = feed(entry(1))
    given = (server.url("/feed"), "--bundle", "daily")
    (name,) = sync(dest, *given)
    (dest / name).unlink()
    (dest / name).mkdir()  # so that it cannot be written
    server.files["/feed"] = feed(entry(2))
    assert run("sync", *given, "--to", "md", "--dest", dest).returncode != 0
    (dest / name).rmdir()
    assert sync(dest, *given) == [name]
    assert all(f"Pier {n} is open" in (dest / name).read_text() for n in (1, 2))
    # Books with another title are separate books.
    assert sync(dest, *given, "--title", "Harbour") == ["harbour-2025-03-03.md"]
    assert sync(dest, *given) == [] and (dest / name).is_file()


def test_a_dry_run_forgets_nothing(server: FeedServer, dest: Path) -> None:
    server.files["/feed"] = feed(entry(1))
    given = (server.url("/feed"), "--bundle", "daily")
    (name,) = sync(dest, *given)
    assert sync(dest, *given, "--keep", "2d", "--dry-run") == []
    server.files["/feed"] = feed(entry(2))
    assert sync(dest, *given) == [name]
    assert all(f"Pier {n} is open" in (dest / name).read_text() for n in (1, 2))


def test_a_name_and_password_go_to_their_server_alone(server: FeedServer, dest: Path) -> None:
    server.files["/to-other"] = server.url("/feed").replace("127.0.0.1", "localhost")
    address = server.url("/to-other").replace("//", "//me:secret@")
    done = run("sync", address, "--to", "md", "--dest", dest)
    assert done.returncode == 3 and b"secret" not in done.stderr


def test_a_feed_with_a_tag_that_is_not_ascii_is_read_again(server: FeedServer, dest: Path) -> None:
    server.files["/feed"], server.tag = feed(entry(1)), '"h\u00e4fen"'
    assert len(sync(dest, server.url("/feed"))) == 1
    server.files["/feed"] = feed(entry(1), entry(2))
    assert len(sync(dest, server.url("/feed"))) == 1
    assert [code for _, code, _ in server.answers] == [200, 200]
