"""The command line as users and scripts see it: file names, streams, exit codes, and no partial files."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feed2doc
import feed2doc.model
import pytest
from feed2doc._files.atomic import save

from tests.command import COMMAND, ITEM, one_line, run, run_process


def test_default_name_and_paths_on_stdout(item: Path, tmp_path: Path) -> None:
    done = run("item.txt", "--to", "md", "--to", "json", "--to", "md", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    names = done.stdout.decode().split()
    assert [re.sub("[0-9a-f]{12}[.]", ".", name) for name in names] == [
        "2025-02-25-port-opens-.md",
        "2025-02-25-port-opens-.json",
    ]
    assert all((tmp_path / name).is_file() for name in names)


def test_output_file_stdout_and_stdin(item: Path, tmp_path: Path) -> None:
    assert run(item, "--to", "json", "-o", tmp_path / "x.json").returncode == 0
    piped = run("-", "--to", "json", "-o", "-", stdin=item.read_bytes())
    assert piped.stdout == (tmp_path / "x.json").read_bytes()
    assert run(item, "-o", tmp_path / "y.json").returncode == 0
    assert (tmp_path / "y.json").read_bytes() == piped.stdout


def test_feeds_in_a_folder_are_found_by_the_endings_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    entry = "<item><title>{0}</title><link>https://example.com/{0}</link><description>It is open.</description></item>"
    for ending in ("rss", "atom", "xml"):
        feed = f"<rss version='2.0'><channel><title>Port</title>{entry.format(ending)}</channel></rss>"
        (tmp_path / "archive" / f"feed.{ending}").write_text(feed)
    done = run("archive", "--to", "md", "--name", "{headline}", cwd=tmp_path)
    assert [line[:4].rstrip("-") for line in done.stdout.decode().split()] == ["atom", "rss", "xml"]


def test_other_files_in_a_folder_are_skipped_with_a_notice(item: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text(ITEM.format(n=2))
    (folder / "notes.md").write_text("# just notes\n")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    done = run(folder, item, "--to", "json", "--output-dir", tmp_path / "out")
    assert done.returncode == 0
    assert len(done.stdout.split()) == 2 == len(list((tmp_path / "out").iterdir()))
    skipped, summary = done.stderr.splitlines()
    assert b"notes.md: skipped" in skipped and b"2 converted, 1 skipped" in summary


def test_a_folder_that_cannot_be_listed_is_a_failure(item: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "shut").mkdir(parents=True)
    for path in (tmp_path / "in" / "1.txt", tmp_path / "in" / "shut" / "2.txt"):
        path.write_bytes(item.read_bytes())
    # root can list every folder unless its capabilities are dropped.
    as_nobody = (
        ["setpriv", "--inh-caps=-all", "--bounding-set=-all", *COMMAND] if os.geteuid() == 0 else COMMAND
    )
    (tmp_path / "in" / "shut").chmod(0)
    try:
        for command, named, code in (
            (("--output-dir", tmp_path), tmp_path / "in", 1),
            (("--output-dir", tmp_path), tmp_path / "in" / "shut", 3),
            (("--bundle", "-o", tmp_path / "book.md"), tmp_path / "in", 1),
            (("--dest", tmp_path / "news"), tmp_path / "in", 1),
        ):
            words = [*(("sync",) if "--dest" in command else ()), named, *command, "--to", "md", "-q"]
            done = subprocess.run([*as_nobody, *map(str, words)], capture_output=True, timeout=500)
            assert done.returncode == code, done.stderr
            assert (
                done.stderr == f"feed2doc: {tmp_path}/in/shut: cannot be read: Permission denied\n".encode()
            )
            assert done.stdout.count(b"\n") == (code == 1)
    finally:
        (tmp_path / "in" / "shut").chmod(0o755)


def test_one_bad_item_of_several_is_exit_1_and_the_rest_is_done(item: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("no item")
    done = run(tmp_path / "bad.txt", item, "--to", "json", "--output-dir", tmp_path / "out")
    assert done.returncode == 1
    assert len(done.stdout.split()) == 1 and b"bad.txt: not a feed item" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "no input"),
        (["{item}"], 2, "--to"),
        (["{item}", "--to", "epbu"], 2, "did you mean epub"),
        (["{item}", "--to", "md", "--nonsense"], 2, "--nonsense"),
        (["{item}", "--to", "md", "--to", "json", "-o", "x"], 2, "several formats"),
        (["{item}", "{item}", "--to", "md", "-o", "x"], 2, "several inputs"),
        (["{item}", "--to", "md", "--timezone", "No/Where"], 2, ""),
        (["", "--to", "md"], 3, "the name of a file is empty"),
        (["explain", ""], 3, "the name of a file is empty"),
        (["{dir}/missing.txt", "--to", "md"], 3, "missing.txt: cannot be read"),
        (["{dir}/missing*.txt", "--to", "md"], 3, "cannot be read: no file matches this pattern"),
        (["{dir}/empty", "--to", "md"], 3, "no feed items"),
        (["{dir}/png.txt", "--to", "md"], 3, "png.txt: is a picture"),
        (["{dir}/zero.txt", "--to", "md"], 3, "zero.txt: is empty"),
        (["{dir}/head.txt", "--to", "md"], 3, "head.txt: has no content"),
        (["{dir}/deep.txt", "--to", "md"], 3, "deep.txt: the item's HTML is nested deeper than 2,000"),
        (["{item}", "--to", "md", "-o", "{dir}"], 2, "is a folder: use --output-dir"),
        (["{item}", "--to", "txt", "-o", "{dir}/same.txt"], 2, "same.txt: is an input, too"),
        (["{dir}/item*.txt", "--bundle", "--to", "txt", "-o", "{item}"], 2, "is an input, too: name another"),
        (["edition", "{item}", "--to", "txt", "-o", "{item}"], 2, "is an input, too"),
        (["pair", "{item}", "{dir}/zero.txt", "--to", "txt", "-o", "{item}"], 2, "is an input, too"),
        (["sync", "{item}", "--dest", "{dir}/d", "--report", "{item}"], 2, "item.txt: is an input, too"),
        (["{item}", "-o", "{dir}/a.md", "--report", "{dir}/a.md"], 2, "a.md: is the output, too"),
        (["{item}", "--to", "md", "-o", "{item}/x.md"], 6, "cannot be written"),
        (["{item}", "--to", "md", "--output-dir", "/proc/nowhere"], 6, "cannot be written"),
        (["{item}", "-o", "/proc/x.md"], 6, "/proc/x.md: cannot be written: No such file"),
        (
            ["{item}", "-o", "{dir}/loop.md"],
            6,
            "loop.md: cannot be written: Too many levels of symbolic links",
        ),
    ],
)
def test_errors_are_one_line_with_their_code(
    item: Path, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "png.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "zero.txt").touch()
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "same.txt").hardlink_to(item)
    (tmp_path / "head.txt").write_text("[](https://example.com)\n------\n")
    (tmp_path / "deep.txt").write_text("[A](https://example.com)\n------\n" + "<div>" * 2500 + "x")
    if "--timezone" in arguments:  # the zone is looked up only for a time without one
        item.write_text(
            "[A](https://example.com)\n------\n<time>2025-02-25 10:00</time><p>The port is open.</p>"
        )
    content = item.read_bytes()
    done = run(*(a.format(item=item, dir=tmp_path) for a in arguments), cwd=tmp_path)
    assert says in one_line(done)
    assert done.returncode == code and item.read_bytes() == content
    assert [p.name for p in tmp_path.rglob("*") if p.suffix in (".md", ".part", ".json")] == ["loop.md"]


def test_strict_loss_is_exit_5_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(ITEM.format(n=1).encode() + b"<p>\xff</p>")
    assert run("bad.txt", "--to", "json", cwd=tmp_path).returncode == 0
    written = set(tmp_path.iterdir())
    done = run("bad.txt", "--to", "md", "--strict", cwd=tmp_path)
    assert done.returncode == 5 and "not UTF-8" in one_line(done)
    assert set(tmp_path.iterdir()) == written


def test_full_disk_leaves_the_old_file_whole(item: Path, tmp_path: Path) -> None:
    """RLIMIT_FSIZE makes the write fail halfway, like a full disk."""
    out = tmp_path / "out.json"
    out.write_text("old")
    item.write_text(ITEM.format(n=1) + "<p>" + "word " * 20_000)
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000));"
        "from feed2doc._cli import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, str(item), "--to", "json", "-o", str(out)], capture_output=True
    )
    assert done.returncode == 6 and "cannot be written: File too large" in one_line(done)
    assert out.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["item.txt", "out.json"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments",
    ["{item} --to md -o -", "{item} --to epub -o -", "{item} {item} --to md", "formats", "--version"],
)
def test_standard_output_that_cannot_be_written(
    item: Path, tmp_path: Path, arguments: str, unbuffered: str
) -> None:
    words = arguments.format(item=item).split()
    env = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    for redirection, reason in (
        (">/dev/full", "No space left on device"),
        (">&-", "Bad file descriptor"),
    ):
        shell = ["sh", "-c", f'"$@" {redirection}', "sh", *COMMAND, *words]
        done = subprocess.run(shell, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=500)
        message = f"feed2doc: standard output: cannot be written: {reason}\n"
        assert (done.returncode, done.stderr) == (6, message)
    assert {path.suffix for path in tmp_path.iterdir()} <= {".txt", ".md"}


@pytest.mark.parametrize(
    ("words", "redirection", "code", "message"),
    [
        ("- --to md -o -", "<&-", 3, "feed2doc: standard input: is empty\n"),
        ("item.txt --to md -o -", "<&-", 0, ""),
        ("item.txt --to md -o -", "2>&-", 0, ""),
        ("item.txt item.txt --to md --output-dir .", "2>&-", 0, ""),
        ("missing.txt --to md", "<&- 2>&-", 3, ""),
    ],
)
def test_streams_that_are_closed_do_no_harm(
    item: Path, words: str, redirection: str, code: int, message: str
) -> None:
    shell = ["sh", "-c", f'"$@" {redirection}', "sh", *COMMAND, *words.split()]
    done = subprocess.run(shell, cwd=item.parent, capture_output=True, text=True, timeout=500)
    assert (done.returncode, done.stderr) == (code, message) and bool(done.stdout) == (code == 0)


@pytest.mark.skipif(os.name == "nt", reason="its shell closes no streams")
def test_programs_that_are_started_have_the_standard_streams_that_were_closed(tmp_path: Path) -> None:
    child = "import os; assert os.read(0, 1) == b''; os.write(1, b'out'); os.write(2, b'err')"
    program = (
        "import subprocess, sys; from feed2doc._cli._stdout import open_closed_streams; open_closed_streams();"
        f"sys.exit(subprocess.run([sys.executable, '-c', {child!r}]).returncode)"
    )
    shell = ["sh", "-c", '"$@" <&- >&- 2>&-', "sh", sys.executable, "-c", program]
    assert subprocess.run(shell, cwd=tmp_path, timeout=500).returncode == 0


def test_the_reader_of_standard_output_may_close_it(item: Path, tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"{n}.txt").write_text(ITEM.format(n=n) + f"<p>{f'Line {n}. ' * 5000}</p>")
    for words in (("--bundle", "-o", "-", "-q"), ("--output-dir", "out", "-j", "1", "-q")):
        command = [*COMMAND, str(tmp_path), "--to", "text", *words]
        with subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout and process.stderr and process.stdout.read(1)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 1


def test_ctrl_c_in_a_batch_leaves_only_whole_files(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for n in range(3000):
        (folder / f"{n:04}.txt").write_text(ITEM.format(n=n) + "<p>word</p>" * 50)
    process = subprocess.Popen(
        [*COMMAND, str(folder), "--to", "json", "--output-dir", str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while len(list(out.glob("*.json"))) < 5:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=500)
    assert process.returncode == 130
    assert stderr.decode().startswith("feed2doc: interrupted") and stderr.count(b"\n") == 1
    files = list(out.iterdir())
    assert 5 <= len(files) < 3000
    assert all(f.suffix == ".json" and feed2doc.read(f).headline == "Port opens" for f in files)


@pytest.mark.parametrize(
    "module", ["feed2doc._cli._stdout", "feed2doc._cli._app", "click", "lxml", "feed2doc.readers.item"]
)
def test_ctrl_c_while_modules_are_loaded(item: Path, module: str) -> None:
    code = f"""
import os, signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Finder())
from feed2doc._cli import main
main()
"""
    command = [sys.executable, "-c", code, str(item), "--to", "md", "-o", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (130, "", 1)
    assert done.stderr.startswith("feed2doc: interrupted")


def test_version_formats_schema_and_help() -> None:
    first, python, *engines = run("--version").stdout.decode().splitlines()
    assert first == f"feed2doc {feed2doc.__version__}" and python.startswith("Python 3.")
    assert [line.split()[0] for line in engines] == ["WeasyPrint", "Typst", "pandoc"]
    listed = run("formats").stdout.decode()
    for name in ("item", "epub", "pdf", "markdown (md)", "text (txt)", "html", "json"):
        assert name in listed
    assert b'"Document"' in run("formats", "--schema").stdout
    assert b"formats" in run("--help").stdout and b"--to" in run("convert", "--help").stdout


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "灯塔.txt").write_text(ITEM.format(n=1), "utf-8")
    done = run_process(
        "灯塔.txt",
        "--to",
        "json",
        "-o",
        "灯.json",
        cwd=tmp_path,
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONIOENCODING="ascii",
    )
    assert done.stdout.decode() == "灯.json\n"


def test_files_that_another_machine_is_writing_are_not_touched(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from feed2doc._files import atomic;"
        "os.uname = lambda: os.uname_result(('Linux', sys.argv[1], '', '', ''));"
        "Path(atomic.part_name()).touch(); atomic.remove_leftovers(Path('.'))"
    )
    pods = [f"feed2doc-dask-worker-7d9f8c6b5d-{end}" for end in ("x2x4q", "k9zzt", "x2x4q")]
    for pod, count in zip(pods, (1, 2, 2), strict=True):  # the third finds that the first process has ended
        subprocess.run([sys.executable, "-c", program, pod], cwd=tmp_path, check=True)
        assert len(list(tmp_path.iterdir())) == count


def test_save_respects_the_umask_and_creates_the_folder(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        save(tmp_path / "new" / "x.txt", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "new" / "x.txt").stat().st_mode & 0o777 == 0o640


def test_options_of_the_text_formats(item: Path, tmp_path: Path) -> None:
    item.write_text(ITEM.format(n=1) + "<p>" + "word " * 60 + "<a href='https://example.com/x'>link</a></p>")
    narrow = run(item, "--to", "txt", "--width", "40", "--no-link-list", "-o", "-").stdout.decode()
    assert max(map(len, narrow.splitlines())) <= 40 and "[1]" not in narrow
    bare = run(item, "--to", "md", "--front-matter", "none", "-o", "-").stdout.decode()
    assert bare.startswith("# Port opens")
    obsidian = run(item, "--to", "md", "--front-matter", "obsidian", "-o", "-").stdout.decode()
    assert "published: 2025-02-25" in obsidian
    flat = run(item, "--to", "json", "-O", "json-indent=0", "-o", "-").stdout
    assert flat.count(b"\n") == 1
    line = run(item, "--to", "jsonl", "-O", "jsonl-text=false", "-o", "-").stdout
    assert b'"text":' not in line
    document = run(item, "--to", "rst", "-O", "pandoc-arg=--wrap=none", "-o", "-")
    assert document.returncode == 0 and b"Port opens" in document.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "epub", "--width", "40"], "--width does not apply to epub, but to text\n"),
        (["--to", "txt", "--width", "3"], "width 3"),
        (["--to", "json", "-O", "nonsense=1"], "unknown option 'nonsense'"),
        (["--to", "json", "-O", "json-indent=two"], "'two' is not a valid value"),
        (
            ["--to", "md", "-O", "pandoc-arg=--toc"],
            "-O pandoc-arg does not apply to markdown, but to pandoc's formats\n",
        ),
        (["--to", "rst", "-O", "pandoc-arg=--output=/etc/passwd"], "feed2doc sets this itself"),
        (["--to", "rst", "-O", "pandoc-timeout=nan"], "timeout nan: must be more than 0"),
        (["--to", "rst", "-O", "pandoc-timeout=inf"], "timeout inf: must be more than 0"),
        (["--to", "json", "-O", "json-indent=-1"], "JSON indent -1: must be between 0 and 16"),
        (["--to", "json", "-O", "json-indent=99999999999"], "JSON indent 99999999999: must be"),
    ],
)
def test_options_that_do_not_apply_are_errors(item: Path, arguments: list[str], says: str) -> None:
    done = run(item, *arguments)
    assert done.returncode == 2 and says in one_line(done)


def test_links_and_devices_stay_what_they_are(item: Path, tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    assert run(item, "-o", tmp_path / "link.md").returncode == 0
    assert (tmp_path / "link.md").is_symlink() and "open again" in (tmp_path / "real.md").read_text()
    os.mkfifo(tmp_path / "pipe.md")
    with subprocess.Popen(["cat", tmp_path / "pipe.md"], stdout=subprocess.PIPE) as reader:
        assert run(item, "-o", tmp_path / "pipe.md").returncode == 0
        assert reader.stdout and b"open again" in reader.stdout.read()
    reading, writing = os.pipe()  # as the shell makes one for `-o >(command)`
    assert run(item, "--to", "md", "-o", f"/dev/fd/{writing}").returncode == 0
    os.close(writing)
    with open(reading, "rb") as pipe:
        assert b"open again" in pipe.read()


def test_the_path_of_standard_output_is_standard_output(item: Path) -> None:
    assert run(item, "--to", "md", "-o", "/dev/stdout").stdout == run(item, "--to", "md", "-o", "-").stdout


def test_an_error_in_a_plugin_fails_only_its_input(item: Path, tmp_path: Path) -> None:
    info = tmp_path / "bad-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bad\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[feed2doc.writers]\nbad = bad:WRITER\n")
    (tmp_path / "bad.py").write_text(
        "from feed2doc import Writer\nfrom msgspec import Struct\nclass Options(Struct, frozen=True): pass\n"
        "def write(book, options, env):\n    return b'%d' % (1 // int(book.documents[0].url[-1]))\n"
        "WRITER = Writer(name='bad', extension='bad', media_type='text/plain', options=Options, write=write)\n"
    )
    (tmp_path / "zero.txt").write_text(ITEM.format(n=0))
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = run_process(
        tmp_path / "zero.txt", item, "--to", "bad", "--output-dir", tmp_path / "out", PYTHONPATH=path
    )
    assert done.returncode == 1 and done.stdout.count(b"\n") == 1
    assert b"zero.txt: internal error" in done.stderr and b"ZeroDivisionError" in done.stderr


def test_no_control_characters_are_printed(tmp_path: Path) -> None:
    """The model's JSON is read unchanged, but control characters in it are not printed."""
    (tmp_path / "item.json").write_text(
        '{"type": "Document", "id": "x", "headline": "\\u001b[31mred", "tags": ["\\u009b1m"],'
        ' "lead": {"type": "Figure", "image": {"type": "Image", "src": "http://127.0.0.1/\\u001b]2"}}}'
    )
    for arguments in (["explain", "item.json"], ["item.json", "--to", "epub"]):
        done = run(*arguments, cwd=tmp_path)
        printed = (done.stdout + done.stderr).decode()
        assert done.returncode == 0 and ("red" in printed or "lost: picture" in printed)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed), printed


def test_short_options_and_help_as_a_command(item: Path) -> None:
    assert (
        run(item, "-f", "item", "-t", "json", "-o", "-").stdout == run(item, "-t", "json", "-o", "-").stdout
    )
    for words in ((), ("convert",), ("sync",), ("config", "show")):
        shown = run(*words, "-h")
        assert shown.returncode == 0 and shown.stdout.startswith(b"Usage: feed2doc")
        assert shown.stdout == run(*words, "--help").stdout == run("help", *words).stdout
    assert "no such command: did you mean sync?" in one_line(run("help", "synk"))
    assert "doctor: has no subcommands" in one_line(run("help", "doctor", "x"))


@pytest.mark.parametrize("command", ["convert", "sync"])
def test_help_is_grouped_and_fits_80_columns(command: str) -> None:
    lines = run("help", command).stdout.decode().splitlines()
    assert [line for line in lines if re.fullmatch(r"\w[\w ]+:", line)] == [
        f"{name}:"
        for name in ("Input", "Output", "Books", "Pictures", "Look", "Text formats", "Runs", "Other")
    ]
    assert max(map(len, lines)) <= 80 and not any("x>=" in line for line in lines)
    assert (
        lines[-1].split()[:2] == ["-h,", "--help"] and lines[-2] == "Other:"
    )  # every option has its heading


def test_a_mistyped_command_is_suggested(item: Path, tmp_path: Path) -> None:
    done = run("sycn", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert one_line(done) == "feed2doc: sycn: no such file or command: did you mean sync?\n"
    (tmp_path / "sycn").write_bytes(item.read_bytes())
    assert run("sycn", "--to", "json", cwd=tmp_path).returncode == 0
    assert "nothing: cannot be read" in one_line(run("nothing", "--to", "json", cwd=tmp_path))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["--to", "epbu"],
            "unknown format 'epbu': did you mean epub, kepub or epub3? See `feed2doc formats`",
        ),
        (["--to", "zip"], "unknown format 'zip': see `feed2doc formats`"),
        (["-t", "pfd"], "unknown format 'pfd': did you mean pdf? See `feed2doc formats`"),
        (["-o", "a.xyz"], "unknown format 'xyz': see `feed2doc formats`"),
        (["-t", "MOBI"], "write an EPUB, then use calibre: ebook-convert book.epub book.mobi"),
        (["-o", "a.azw3"], "write an EPUB, then use calibre: ebook-convert book.epub book.azw3"),
        (["--too", "md"], "--too: unknown option: did you mean --to?"),
        (["--titel", "T"], "--titel: unknown option: did you mean --title?"),
        (["--format", "epub"], "--format: unknown option: did you mean --to?"),
        (["--dest", "news"], "--dest: unknown option: it is an option of `feed2doc sync`"),
        (["--against", "x"], "--against: unknown option: it is an option of `feed2doc check`"),
        (["--author", "A"], "--author: unknown option: see `feed2doc convert --help`"),
        (["-to", "epub"], "-to: unknown option: did you mean --to?"),
        (["-output=x.md"], "-output=x.md: unknown option: did you mean --output=x.md?"),
        (["--to", "epub,pdf"], "--to epub,pdf: takes one format, and may be repeated: --to epub --to pdf"),
        (["--to", "Word"], "unknown format 'Word': did you mean docx? See `feed2doc formats`"),
        (["out.epub"], "out.epub: no such input: to write it, use -o out.epub"),
        (["out.md"], "out.md: no such input: to write it, use -o out.md"),
        (["--to", "epub", "out.epub"], "out.epub: no such input: to write it, use -o out.epub"),
        (["--to", "epub", "pdf"], "pdf: no such file: to write this format, too, add --to pdf"),
        (["--width", "wide"], "--width: 'wide' is not a number such as 78"),
        (["--xyzzy"], "--xyzzy: unknown option: see `feed2doc convert --help`"),
        (["-t"], "-t: needs a value, FORMAT: see `feed2doc convert --help`"),
        (["--offline=yes"], "--offline: takes no value: see `feed2doc convert --help`"),
        (["-t", "md", "--order", "new"], "--order: 'new' is not one of 'newest', 'oldest', 'given'"),
        (["-t", "md", "-j", "-1"], "--jobs: -1 is less than 0"),
        (["-t", "md", "--timezone", "Mars/Base"], "unknown time zone 'Mars/Base': use a name such as"),
        (["-t", "md", "--profile", "kobbo"], "unknown profile 'kobbo': choose from apple"),
        (["-t", "md", "-t", "txt", "-o", "a"], "-o names one file, but there are several formats: use"),
        (["-t", "md", "-o", "."], "-o .: is a folder: use --output-dir ."),
        (["-t", "md", "-o", "books/"], "-o books/: is a folder: use --output-dir books/"),
        (["-t", "typst", "--pdf-engine", "typst"], "--pdf-engine does not apply to typst, but to pdf\n"),
        (["-t", "epub", "--page", "a5"], "--page does not apply to epub, but to pdf, typst\n"),
        ([], "no output format: add --to FORMAT, such as --to epub (see `feed2doc formats`)"),
    ],
)
def test_wrong_usage_is_answered_in_one_short_line(item: Path, arguments: list[str], says: str) -> None:
    done = run(item, *arguments, cwd=item.parent)
    assert done.returncode == 2 and says in one_line(done) and len(done.stderr) <= len("feed2doc: ") + 100


def test_a_missing_input_is_reported_before_anything_else(tmp_path: Path) -> None:
    for arguments in ((), ("--to", "epbu"), ("--to", "epub", "--page", "a4")):
        done = run("nofile.txt", *arguments, cwd=tmp_path)
        assert done.returncode == 3
        assert one_line(done) == f"feed2doc: nofile.txt: no such file or folder in {tmp_path}\n"


def test_an_input_is_not_taken_for_an_output(item: Path, tmp_path: Path) -> None:
    """A missing input is reported, and the others are converted; so is a file that is named like a format."""
    done = run(item, "missing.md", "--to", "json", cwd=tmp_path)
    assert done.returncode == 1 and done.stdout and b"missing.md: cannot be read: there is no" in done.stderr
    (tmp_path / "epub").write_bytes(item.read_bytes())
    assert run("epub", item, "--to", "json", cwd=tmp_path).returncode == 0


def test_opml_is_not_converted_but_explained(tmp_path: Path) -> None:
    for start in ("", '<?xml version="1.0"?>\n'):
        (tmp_path / "feeds.opml").write_text(f'{start}<opml version="2.0"><body/></opml>')
        done = run("feeds.opml", "--to", "md", cwd=tmp_path)
        assert done.returncode == 3
        line = one_line(done)
        assert (
            "OPML lists feeds: pass the URL of each one to `feed2doc sync`, or all to `feed2doc serve" in line
        )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xd8\xff\xe0 JFIF", "is a picture: name the article"),
        (b"\x89PNG\r\n\x1a\n", "is a picture: name the article"),
        (b"RIFF\x10\n\x00\x00WEBPVP8 ", "is a picture: name the article"),
        (
            b"From: Letter <letter@quay.example>\r\nSubject: A letter\r\n of two lines\r\nMIME-Version: 1.0\r\n\r\nHi",
            "e-mails cannot be read: save the message as HTML",
        ),
        (b"From a@quay.example Fri May  1\nReceived: by quay.example\n\nHi", "e-mails cannot be read"),
        (b"From: Otto\nTo: Ann\n\nThe port is open.", "not a feed item"),
    ],
)
def test_other_kinds_of_files_are_named(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_bytes(data)
    done = run("other.txt", "--to", "md", cwd=tmp_path)
    assert done.returncode == 3 and f"other.txt: {says}" in one_line(done)
    (tmp_path / "item").mkdir()
    (tmp_path / "item" / "other.txt").write_bytes(data)
    done = run("item", "--to", "md", cwd=tmp_path)
    assert done.returncode == 3 and b"other.txt: skipped, not a feed item" in done.stderr


def test_urls_that_are_not_written_as_such(tmp_path: Path) -> None:
    done = run("sync", "quay.example/feed.xml", "--to", "md", "--dest", "news", cwd=tmp_path)
    assert done.returncode == 3 and b"; a URL begins with https://" in done.stderr
    (tmp_path / "my.archive").mkdir()
    done = run("my.archive/item.txt", "--to", "md", cwd=tmp_path)
    assert done.returncode == 3 and "https" not in one_line(done)
    done = run("htp://quay.example/item.txt", "--to", "md", cwd=tmp_path)
    assert done.returncode == 2 and "did you mean http://?" in one_line(done)


def test_the_commands_in_the_message_about_a_url_are_complete(item: Path, tmp_path: Path) -> None:
    line = one_line(run("https://quay.example/feed.xml", "--to", "md", cwd=tmp_path))
    feed, page = re.findall("`([^`]+)`", line)
    words = feed.replace("URL", str(item)).split()[1:]
    assert run(*words, "--offline", cwd=tmp_path).returncode == 0
    words = page.partition("| feed2doc ")[2].replace("URL", "https://quay.example/").split()
    assert run(*words, "--offline", cwd=tmp_path, stdin=item.read_bytes()).returncode == 0


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00", b"%PDF-1.7\n%\xe2\xe3"])
def test_books_and_pdfs_are_not_input(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "book").write_bytes(start + bytes(100))
    done = run(tmp_path / "book", "--to", "md")
    assert done.returncode == 3 and "cannot be read: convert them to HTML first" in one_line(done)


def test_subcommands_and_arguments_have_their_own_messages() -> None:
    assert "shwo: unknown command: did you mean show?" in one_line(run("config", "shwo"))
    done = run("templates")
    assert done.returncode == 2
    assert (
        one_line(done) == "feed2doc: templates: name one of its commands, such as `feed2doc templates list`\n"
    )
    assert run("config").stdout == run("config", "show").stdout
    assert "OUTPUT is missing: see `feed2doc check --help`" in one_line(run("check"))
    assert "got unexpected extra argument (x): see `feed2doc doctor --help`" in one_line(run("doctor", "x"))


@pytest.mark.parametrize(
    ("profile", "ending"),
    [("kobo", ".kepub.epub"), ("kindle", ".epub"), ("koreader", ".epub"), ("print", ".pdf")],
)
def test_a_profile_brings_its_format(item: Path, tmp_path: Path, profile: str, ending: str) -> None:
    for words in ((), ("sync", "--dest", "news")):
        done = run(*words, item, "--profile", profile, cwd=tmp_path)
        assert done.returncode == 0 and done.stdout.decode().strip().endswith(ending)
    assert run(item, "--profile", profile, "-t", "md", cwd=tmp_path).stdout.strip().endswith(b".md")
    assert run(item, "--profile", profile, cwd=tmp_path, FEED2DOC_TO="md").stdout.strip().endswith(b".md")
    assert run(item, "--profile", profile, "-o", "x.txt", cwd=tmp_path).stdout == b"x.txt\n"
    assert "no output format" in one_line(run(item, "--profile", "default", cwd=tmp_path))


def plain_article(**fields: Any) -> str:
    """Return an article of one paragraph as JSON."""
    text = feed2doc.model.Paragraph(
        (feed2doc.model.Text({"1": "The port is open.", "2": "Rain today."}[fields["id"]]),)
    )
    section = feed2doc.model.Section(blocks=(text,))
    return str(feed2doc.write(feed2doc.Document(sections=(section,), **fields), "json"))


def test_times_in_the_zone_of_the_reader(tmp_path: Path) -> None:
    item, time = tmp_path / "item.json", datetime(2021, 1, 21, 20, 40, 15, tzinfo=UTC)
    item.write_text(plain_article(id="1", headline="T", language="en", published=time))
    there = ("--display-timezone", "Asia/Shanghai")
    shown = {
        (to, words): run(item, "-t", to, *words, "-o", "-").stdout.decode()
        for to in ("md", "txt", "html")
        for words in ((), there)
    }
    for to in ("md", "txt", "html"):
        assert "January 21, 2021 20:40 (UTC)" in shown[to, ()]
        assert "January 22, 2021 04:40 (UTC+08:00)" in shown[to, there]
    assert "2021-01-22T04:40:15+08:00" in shown["md", there]  # the exact time
    named = run(item, "-t", "md", *there, "--check", cwd=tmp_path)
    assert named.stdout.startswith(b"2021-01-22-t-") and named.returncode == 0
    path = named.stdout.decode().strip()
    assert run("check", path, "--against", item, *there, cwd=tmp_path).returncode == 0
    item.write_text(plain_article(id="1", language="en", published=time, published_has_time=False))
    assert "January 21, 2021\n" in run(item, "-t", "txt", *there, "-o", "-").stdout.decode()
    done = run(item, "-t", "md", "--display-timezone", "Mars/Base")
    assert done.returncode == 2 and "unknown time zone 'Mars/Base'" in one_line(done)


def test_an_article_without_headline_has_no_heading(tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.json").write_text(plain_article(id=str(n)))
    for words in (("-t", "md"), ("-t", "md", "--front-matter", "none"), ("-t", "txt")):
        shown = run("1.json", *words, "-o", "-", cwd=tmp_path).stdout.decode()
        assert "Untitled" not in shown and "#" not in shown and "=" not in shown and "title:" not in shown
        both = run("1.json", "2.json", *words, "--bundle", "-o", "-", cwd=tmp_path).stdout.decode()
        assert "Untitled" not in both  # each article of a book has a heading, made from its first words
        assert both.count("The port is open") > both.count("The port is open.")


def test_a_folder_of_rules_without_rules_is_reported(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "example.com.tml").write_text('hosts = ["example.com"]')
    done = run("explain", "item.txt", "--site-rules", "rules", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == b"feed2doc: --site-rules rules: has no effect: there is no .toml file in it\n"


@pytest.mark.parametrize("option", ["--site-rules", "--template-dir", "--image-dir"])
def test_a_folder_that_cannot_be_listed_is_an_error(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "item.txt").write_text(ITEM.format(n=1))
    (tmp_path / "mine").mkdir()
    iterdir = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder.name == "mine":  # as root reads all folders, permissions do not refuse it
            raise PermissionError(13, "Permission denied")
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    done = run("item.txt", "--to", "epub", option, "mine", cwd=tmp_path)
    assert done.returncode == 2
    assert one_line(done) == f"feed2doc: {option} mine: cannot be read: Permission denied\n"
