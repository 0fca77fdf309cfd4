"""The public API: exports, imports, plugins, types, and deterministic output."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Unpack, get_args, get_origin, get_overloads, get_type_hints

import feed2doc
import feed2doc._api
import msgspec
import pytest
from feed2doc import _formats, _keywords
from feed2doc.model import (
    Book,
    Document,
    Note,
    Paragraph,
    Part,
    Section,
    Text,
    json_schema,
    plain_text,
    texts_of,
    walk,
)

HEAVY = (
    "weasyprint",
    "typst",
    "ebooklib",
    "jinja2",
    "PIL",
    "httpx",
    "feedparser",
    "dask",
    "distributed",
    "fsspec",
    "zstandard",
)
ITEM = b"<!--1740454621000-->\n[Port](https://example.com/1)\n------\n\n<p>The port is open.</p>\n"


def python(code: str, *arguments: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=os.environ | env
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_is_sorted_whole_and_documented() -> None:
    assert dir(feed2doc) == feed2doc.__all__ == sorted(feed2doc.__all__)
    assert set(feed2doc.__all__) - {"model"} == set(feed2doc._MODULE_OF)
    with pytest.raises(AttributeError, match="readd"):
        feed2doc.readd  # type: ignore[attr-defined]  # noqa: B018
    assert all(getattr(feed2doc, name).__doc__ for name in feed2doc.__all__)


@pytest.mark.parametrize("to", ["md", "txt", "json"])
def test_text_formats_import_nothing_heavy(tmp_path: Path, to: str) -> None:
    (tmp_path / "item.txt").write_bytes(ITEM)
    code = (
        "import sys; from feed2doc._cli import run;"
        "assert run([sys.argv[1], '--to', sys.argv[2], '-o', sys.argv[1] + '.out']) == 0;"
        "print(*sys.modules)"
    )
    modules = python(code, str(tmp_path / "item.txt"), to).split()
    assert not [name for name in HEAVY if name in modules]


def test_import_feed2doc_and_list_formats_is_light() -> None:
    code = "import sys, feed2doc; from feed2doc import _formats as r; [r.writer(n) for n in r.builtin_names('writer')]; print(*sys.modules)"
    assert not [name for name in (*HEAVY, "lxml", "yaml") if name in python(code).split()]


def test_options_of_another_format_are_refused() -> None:
    document = Document(id="x")
    with pytest.raises(feed2doc.OptionError, match="markdown has no option 'css'"):
        feed2doc.write(document, "markdown", css="")  # type: ignore[call-overload]
    with pytest.raises(feed2doc.OptionError, match="Markdown"):
        _formats.writer("text").check(feed2doc.Markdown())
    with pytest.raises(feed2doc.OptionError, match="Kepub"):
        _formats.writer("epub").check(feed2doc.Kepub())
    with pytest.raises(feed2doc.OptionError, match="css: pass it to Epub"):
        feed2doc.write(document, feed2doc.Epub(), css="")  # type: ignore[call-overload]


def test_text_formats_give_str_and_others_bytes() -> None:
    document = feed2doc.read(ITEM)
    kinds = {
        name: type(feed2doc.write(document, name)) for name in ("markdown", "text", "html", "json", "epub")
    }
    assert kinds == {"markdown": str, "text": str, "html": str, "json": str, "epub": bytes}


def test_outputs_have_the_stated_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """The overloads of `write` state which formats return str, and the fields of each are those of its options class."""
    found = {}
    public = {name: getattr(feed2doc, name) for name in feed2doc.__all__}
    monkeypatch.setattr(
        feed2doc._api.write, "__module__", "feed2doc._api"
    )  # typing registers overloads by module
    for overload in get_overloads(feed2doc._api.write):
        hints = get_type_hints(
            overload,
            vars(feed2doc._api) | public | {"k": _keywords, "Unpack": Unpack},
            include_extras=True,
        )
        for name in get_args(hints["format"]) if get_origin(hints["format"]) is Literal else ():
            found[name] = hints["return"] is str
            (keywords,) = get_args(next(hints[each] for each in ("options", "common") if each in hints))
            fields = get_type_hints(keywords).keys() - get_type_hints(_keywords.Common).keys()
            options = _formats.writer(name).options
            types = {field.name: field.type for field in msgspec.structs.fields(options)}
            assert types == {field: get_type_hints(keywords)[field] for field in fields}, name
    assert {name: _formats.writer(name).text for name in found} == found
    assert {_formats.writer(name).name for name in found} == set(_formats.builtin_names("writer"))


api: Any = feed2doc  # calls that a type checker refuses


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("convert(ITEM, None)", "output: expected str or PathLike, not NoneType"),
        ("convert(ITEM, 'a.md', read_options=5)", "read_options: expected ReadOptions or None, not int"),
        ("convert(ITEM, 'a.md', env=5)", "env: expected Env or None, not int"),
        ("convert(ITEM, 'a.md', display_timezone=5)", "display_timezone: expected str, not int"),
        ("read(5)", "input: expected a path"),
        ("read(ITEM, format=5)", "format: expected str or None, not int"),
        ("read(ITEM, options=5)", "options: expected ReadOptions or None, not int"),
        ("read(ITEM, env=5)", "env: expected Env or None, not int"),
        ("explain(ITEM, env=5)", "env: expected Env or None, not int"),
        ("write(DOC, 5)", "format: expected a name"),
        ("write(DOC, 'md', env=5)", "env: expected Env, not int"),
        ("write(DOC, 'md', pictures=5)", "pictures: expected str or PathLike, not int"),
        ("save(DOC, io.StringIO(), format='md')", "output: is a text file: open it in binary mode"),
        ("save(DOC, 5)", "output: expected a path"),
        ("check(b'x', 5)", "articles: expected Document or Book or Iterable, not int"),
        ("check(b'x', [5])", "articles: expected Document, not int"),
        ("bundle(5)", "documents: expected Iterable, not int"),
        ("bundle(DOC)", "documents: expected Iterable, not Document"),
        ("bundle([5])", "documents: expected Document, not int"),
        ("Env(site_dirs=5)", "site_dirs: expected Iterable, not int"),
        ("Env(template_dirs=(5,))", "template_dirs: expected str or PathLike, not int"),
        ("sync(5, 'x')", "sources: expected str or PathLike or Iterable, not int"),
        ("sync([5], 'x')", "sources: expected str or PathLike, not int"),
        ("sync('x', None)", "dest: expected str or PathLike, not NoneType"),
        ("sync('x', 'y', format=5)", "format: expected str or Struct or Iterable, not int"),
        ("sync('x', 'y', format=[5])", "format: expected str or Struct, not int"),
        ("sync('x', 'y', format=[])", "format: is empty"),
        ("sync('x', 'y', keep=5)", "keep: expected timedelta or None, not int"),
    ],
)
def test_an_argument_of_a_wrong_type_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    names = {name: getattr(feed2doc, name) for name in feed2doc.__all__}
    with pytest.raises(feed2doc.UsageError, match=f"^{says}"):
        eval(call, names | {"ITEM": ITEM, "DOC": Document(id="x"), "io": io})
    assert not os.listdir(tmp_path)


def test_convert_returns_the_path(tmp_path: Path) -> None:
    path = feed2doc.convert(ITEM, tmp_path / "a.md")
    assert path == tmp_path / "a.md" and "The port is open." in path.read_text()


def test_convert_shows_times_in_another_zone(tmp_path: Path) -> None:
    path = feed2doc.convert(ITEM, tmp_path / "a.txt", display_timezone="Asia/Tokyo")
    assert "(UTC+09:00)" in path.read_text()
    with pytest.raises(feed2doc.OptionError, match="unknown time zone 'Mars/Base'"):
        feed2doc.convert(ITEM, tmp_path / "a.txt", display_timezone="Mars/Base")


def test_a_book_of_parts_in_every_format() -> None:
    one, two = (Document(id=n, headline=f"Headline {n}", language="en") for n in "ab")
    book = Book(title="Morning", language="en", parts=(Part("World", (one,)), Part("Home", (two,))))
    for name in _formats.builtin_names("writer"):
        data = feed2doc.write(book, name)
        assert data, name
        if isinstance(data, str):
            assert "Headline a" in data and "Headline b" in data, name


def test_schema_names_every_node() -> None:
    defs = json_schema()["$defs"]
    assert isinstance(defs, dict) and {"Document", "Book", "Figure", "Ruby", "Credit"} <= set(defs)


PLUGIN = """
from feed2doc import Reader, Writer, Document
from dataclasses import dataclass
@dataclass(frozen=True, slots=True, kw_only=True)
class ShoutOptions:
    mark: str = "!"
def shout(book, options, env):
    return (book.title.upper() + options.mark).encode()
WRITER = Writer(name="shout", extension="shout", media_type="text/plain", options=ShoutOptions, write=shout, text=True)
READER = Reader(name="toy", accepts=lambda data: data.startswith(b"TOY "),
                read=lambda source, options, env: [Document(id="toy", headline=source.data[4:].decode().strip())])
"""


def test_a_plugin_adds_a_reader_and_a_writer_and_a_broken_one_does_no_harm(tmp_path: Path) -> None:
    info = tmp_path / "toy-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[feed2doc.writers]\nshout = toy_plugin:WRITER\nbroken = toy_plugin:NOTHING\n[feed2doc.readers]\ntoy = toy_plugin:READER\n"
    )
    (tmp_path / "toy_plugin.py").write_text(PLUGIN)
    (tmp_path / "in.toy").write_text("TOY lighthouse\n")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    code = "import sys; from feed2doc._cli import run; sys.exit(run(sys.argv[1:]))"
    assert (
        python(code, str(tmp_path / "in.toy"), "--to", "shout", "-o", "-", PYTHONPATH=path) == "LIGHTHOUSE!"
    )
    assert "shout" in python(code, "formats", PYTHONPATH=path)
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "in.toy"), "--to", "broken"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    )
    assert done.returncode == 2 and "'broken'" in done.stderr and "does not load" in done.stderr


@pytest.mark.slow
def test_same_bytes_whatever_the_time_zone_locale_and_umask(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_bytes(
        ITEM + "<p>灯塔<b>“亮”</b>了。</p><img src='a.jpg'><small>图</small>".encode()
    )
    code = (
        "import os, sys; source, umask, folder, *formats = sys.argv[1:]; os.umask(int(umask, 8)); import feed2doc\n"
        "for to in formats: feed2doc.convert(source, f'{folder}/{to}', format=to)"
    )
    formats = _formats.builtin_names("writer")
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, umask, place in (
        (one, "022", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
        (two, "077", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
    ):
        folder.mkdir()
        python(code, str(tmp_path / "item.txt"), umask, str(folder), *formats, **place)
    assert [to for to in formats if (one / to).read_bytes() != (two / to).read_bytes()] == []


def test_no_socket_is_opened(tmp_path: Path) -> None:
    (tmp_path / "item.txt").write_bytes(ITEM + b"<img src='http://127.0.0.1:9/a.jpg'>")
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('a socket was opened')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "import feed2doc\n"
        "for to in ('epub', 'pdf', 'html', 'markdown', 'text'): feed2doc.convert(sys.argv[1], sys.argv[1] + '.' + to)\n"
    )
    python(code, str(tmp_path / "item.txt"))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda doc: api.write("item.txt", "md"), "not str: read it first, with feed2doc.read"),
        (lambda doc: api.write(Path("item.txt"), "md"), "read it first, with feed2doc.read"),
        (lambda doc: api.write([doc], "md"), "not list: make a book with feed2doc.bundle"),
        (
            lambda doc: api.bundle("samples"),
            "documents: expected Document, not str: read each file first",
        ),
        (lambda doc: api.bundle(Path("samples")), "read each file first, with feed2doc.read"),
        (lambda doc: api.check(b"", ["item.txt"]), "expected Document, not str: read each file first"),
        (
            lambda doc: api.save(doc, "a.pdf", page="a5"),
            r"page: .* pass format=feed2doc.Pdf\(page=...\)",
        ),
        (lambda doc: api.convert("a.txt", "a.pdf", page="a5"), r"pass format=feed2doc.Pdf\(page=...\)"),
        (
            lambda doc: api.save(doc, "a.docx", format="docx", reference_doc="b.docx"),
            r'format=feed2doc.Pandoc\("docx", reference_doc=...\)',
        ),
        (lambda doc: api.save(doc, io.BytesIO(), format="pdf", page="a5"), r"feed2doc.Pdf\(page=...\)"),
        (
            lambda doc: api.save(doc, "a.md", page="a5"),
            "page: unknown argument, and markdown has no such",
        ),
    ],
)
def test_a_wrong_call_is_answered_with_the_right_one(
    call: Callable[[feed2doc.Document], Any], says: str
) -> None:
    with pytest.raises(feed2doc.UsageError, match=says):
        call(feed2doc.Document(id="1", headline="Port opens"))


def test_a_missing_file_is_reported_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(feed2doc.ReadError, match=f"item.txt: cannot be read: .* no such file in {tmp_path}"):
        feed2doc.read("item.txt")
    with pytest.raises(feed2doc.ReadError, match="it is a folder: name a file in it, such as"):
        feed2doc.read_all(tmp_path)
    with pytest.raises(feed2doc.ReadError, match="pass content as bytes"):
        feed2doc.read("<p>short</p>")


def test_diagnostics_can_be_logged_and_saved() -> None:
    env = feed2doc.Env()
    env.note("loss", "a\ud800b", text="\ud83d\ude00\udc00é")
    assert env.diagnostics[0].message == "a\ufffdb" and env.diagnostics[0].text == "😀\ufffdé"


def test_queries_take_articles_or_say_what_they_take() -> None:
    note = Note((Paragraph((Text("deep"),)),))
    section = Section(blocks=(Paragraph((Text("sea"), note)),))
    document = Document(id="a", headline="Harbour", sections=(section,))
    assert [plain_text(run) for run in texts_of(document) if run] == ["Harbour", "sea", "deep"]
    for wrong in ([document], "text", 3):
        with pytest.raises(TypeError, match="expected a part of the model or a tuple of parts, not"):
            walk(wrong)
        with pytest.raises(TypeError, match="expected a block or a Document, not"):
            texts_of(wrong)  # type: ignore[arg-type]
