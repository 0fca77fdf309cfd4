"""The command line as people and scripts use it: names, streams, exit codes, nothing half-written."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import feed2doc
import pytest
from feed2doc._files.atomic import save
from feed2doc._files.names import file_name

from tests.command import COMMAND, ITEM, one_line, run, run_process


@pytest.fixture
def item(tmp_path: Path) -> Path:
    path = tmp_path / "item.txt"
    path.write_text(ITEM.format(n=1))
    return path


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


def test_folder_skips_what_is_no_item_with_a_notice(item: Path, tmp_path: Path) -> None:
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
    # To root no folder is shut, as long as it has all its rights.
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
            done = subprocess.run([*as_nobody, *map(str, words)], capture_output=True, timeout=60)
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
    assert len(done.stdout.split()) == 1 and b"bad.txt: is no feed item" in done.stderr


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
        (["{dir}/missing.txt", "--to", "md"], 3, "missing.txt: cannot be read"),
        (["{dir}/missing*.txt", "--to", "md"], 3, "cannot be read"),
        (["{dir}/empty", "--to", "md"], 3, "no feed items"),
        (["{dir}/png.txt", "--to", "md"], 3, "png.txt: is no feed item"),
        (["{dir}/zero.txt", "--to", "md"], 3, "zero.txt: is empty"),
        (["{dir}/head.txt", "--to", "md"], 3, "head.txt: a headline and nothing below it"),
        (["{dir}/deep.txt", "--to", "md"], 3, "deep.txt: the item's HTML is nested deeper than 2,000"),
        (["{item}", "--to", "md", "-o", "{dir}"], 6, "cannot be written"),
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
    (tmp_path / "head.txt").write_text("[A](https://example.com)\n------\n")
    (tmp_path / "deep.txt").write_text("[A](https://example.com)\n------\n" + "<div>" * 2500 + "x")
    if "--timezone" in arguments:  # only a time that states none asks for a zone
        item.write_text(ITEM.format(n=1) + "<p></p>\n".join(["", "<time>2025-02-25 10:00</time>"]))
    done = run(*(a.format(item=item, dir=tmp_path) for a in arguments), cwd=tmp_path)
    assert says in one_line(done)
    assert done.returncode == code
    assert [p.name for p in tmp_path.rglob("*") if p.suffix in (".md", ".part", ".json")] == ["loop.md"]


def test_strict_loss_is_exit_5_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(ITEM.format(n=1).encode() + b"<p>\xff</p>")
    assert run("bad.txt", "--to", "json", cwd=tmp_path).returncode == 0
    written = set(tmp_path.iterdir())
    done = run("bad.txt", "--to", "md", "--strict", cwd=tmp_path)
    assert done.returncode == 5 and "not UTF-8" in one_line(done)
    assert set(tmp_path.iterdir()) == written


def test_full_disk_leaves_the_old_file_whole(item: Path, tmp_path: Path) -> None:
    """RLIMIT_FSIZE makes the write fail half-way, as a full disk does."""
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


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is full")
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
        done = subprocess.run(shell, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60)
        message = f"feed2doc: standard output: cannot be written: {reason}\n"
        assert (done.returncode, done.stderr) == (6, message)
    assert {path.suffix for path in tmp_path.iterdir()} <= {".txt", ".md"}


def test_a_reader_of_standard_output_may_go(item: Path, tmp_path: Path) -> None:
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
        # A test run in a shell's background has Ctrl-C ignored, and its children would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 30
    while len(list(out.glob("*.json"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
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
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (130, "", 1)
    assert done.stderr.startswith("feed2doc: interrupted")


def test_version_formats_schema_and_help() -> None:
    assert run("--version").stdout.decode().strip() == f"feed2doc {feed2doc.__version__}"
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


def test_what_another_machine_is_writing_is_let_alone(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from feed2doc._files import atomic;"
        "os.uname = lambda: os.uname_result(('Linux', sys.argv[1], '', '', ''));"
        "Path(atomic.part_name()).touch(); atomic.remove_leftovers(Path('.'))"
    )
    pods = [f"feed2doc-dask-worker-7d9f8c6b5d-{end}" for end in ("x2x4q", "k9zzt", "x2x4q")]
    for pod, count in zip(pods, (1, 2, 2), strict=True):  # the third finds that the first has ended
        subprocess.run([sys.executable, "-c", program, pod], cwd=tmp_path, check=True)
        assert len(list(tmp_path.iterdir())) == count


def test_names_do_not_depend_on_what_else_is_installed(item: Path, tmp_path: Path) -> None:
    (tmp_path / "unidecode.py").write_text("def unidecode(text): return 'other'")
    item.write_text(ITEM.format(n=1).replace("Port opens", "港口开放"), "utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [*COMMAND, str(item), "--to", "md"]
    named = [
        subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=True).stdout
        for env in (dict(os.environ), os.environ | {"PYTHONPATH": path})
    ]
    assert named[0] == named[1] and b"gang-kou-kai-fang" in named[0]


@pytest.mark.parametrize(
    "headline", ["日本の首相" * 40, "🙂", "CON", "../../etc/passwd", "a/b\\c:d", "", "x" * 500]
)
def test_names_are_short_safe_and_stable(headline: str) -> None:
    document = feed2doc.Document(id="https://example.com/1", headline=headline)
    name = file_name(document, "epub")
    assert re.fullmatch(r"[a-z0-9-]+\.epub", name) and len(name) <= 120
    assert name == file_name(document, "epub")
    assert name != file_name(feed2doc.Document(id="https://example.com/2", headline=headline), "epub")


def test_save_heeds_the_umask_and_makes_the_folder(tmp_path: Path) -> None:
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
        (["--to", "epub", "--width", "40"], "--width has no place in epub"),
        (["--to", "txt", "--width", "3"], "width 3"),
        (["--to", "json", "-O", "nonsense=1"], "there is no 'nonsense'"),
        (["--to", "json", "-O", "json-indent=two"], "'two' is no value"),
        (["--to", "md", "-O", "pandoc-arg=--toc"], "-O pandoc-arg has no place in markdown"),
        (["--to", "rst", "-O", "pandoc-arg=--output=/etc/passwd"], "feed2doc sets this itself"),
    ],
)
def test_options_that_mean_nothing_are_told(item: Path, arguments: list[str], says: str) -> None:
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


def test_an_error_of_a_plugin_costs_its_input_alone(item: Path, tmp_path: Path) -> None:
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
    assert b"zero.txt: an error that should not be" in done.stderr and b"ZeroDivisionError" in done.stderr


def test_nothing_is_shown_that_a_terminal_obeys(tmp_path: Path) -> None:
    """The model's own JSON is read as it is; what is printed of it is not."""
    (tmp_path / "item.json").write_text(
        '{"type": "Document", "id": "x", "headline": "\\u001b[31mred", "tags": ["\\u009b1m"],'
        ' "lead": {"type": "Figure", "image": {"type": "Image", "src": "http://127.0.0.1/\\u001b]2"}}}'
    )
    for arguments in (["explain", "item.json"], ["item.json", "--to", "epub"]):
        done = run(*arguments, cwd=tmp_path)
        printed = (done.stdout + done.stderr).decode()
        assert done.returncode == 0 and ("red" in printed or "lost: picture" in printed)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed), printed
