"""Start-up: a run imports and compiles only what it needs."""

import ast
import functools
import importlib
import io
import os
import pkgutil
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import feed2doc
import msgspec
import platformdirs
import pytest
from feed2doc import _compiled_data
from feed2doc._compiled_data import Compiled, compiled, joined, word_files
from feed2doc._files.user_dirs import user_folder
from feed2doc._text.lazy_re import pattern
from feed2doc.looks import MEDIA, compiled_looks, look_of, shipped_looks
from feed2doc.looks.tokens import Look
from feed2doc.model import Document, Length, Paragraph, Section, Text, length_of
from feed2doc.readers._rules import finders
from feed2doc.readers._rules.compile import compiled_rules
from feed2doc.readers._rules.finders import Known, finder_of
from feed2doc.readers._rules.heads import Heads, heads_of
from feed2doc.readers._rules.schema import PATTERNS, SHIPPED, SYSTEMS, load
from feed2doc.readers._rules.selectors import Index, Selector, parsed
from feed2doc.readers._rules.words import word_index
from feed2doc.readers._rules.words.word_index import word_rules
from lxml import html
from lxml.cssselect import CSSSelector

from tests.command import run, run_process

PACKAGE = Path(feed2doc.__file__).parent
SAMPLE = Path(__file__).parent.parent / "samples" / "01-nytimes-cn-article.txt"

XDG = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")

# The packages that every format needs, and the standard library modules that feed2doc or click imports directly. Indirect
# imports depend on the Python version. click needs difflib and locale for one-letter options.
BASE = (
    "import click, difflib, gc, hashlib, locale, lxml.etree, msgspec, pathlib, unicodedata,"
    " mmap, signal, urllib.parse, zoneinfo"
)
# Text is broken into lines.
BASE_OF = {"md": "", "txt": ", bisect, icu4py.breakers", "json": ""}


def modules_after(code: str, *arguments: str) -> set[str]:
    """Return the names of all modules that are loaded when this program ends."""
    program = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return set(
        done.stderr.splitlines()[-1].split()
    )  # a run that takes long on a busy machine is summed up above


@pytest.mark.parametrize("to", ["md", "txt", "json"])
def test_a_run_loads_what_it_needs_and_nothing_else(tmp_path: Path, to: str) -> None:
    program = "from feed2doc._cli import main; main()"
    modules = modules_after(program, str(SAMPLE), "--to", to, "-o", str(tmp_path / "out"))
    modules -= modules_after(BASE + BASE_OF[to])
    public = {top for name in modules if not (top := name.partition(".")[0]).startswith("_")}
    assert public == {"feed2doc"}
    writers = {name for name in modules if re.fullmatch(r"feed2doc\.writers\.[a-z]+", name)}
    assert len(writers) == 1
    unasked = (
        "covers.",
        "fonts",
        "pictures.fetcher",
        "pictures.gather",
        "transforms.links",
        "batch.bundle",
        "batch.workers",
    )
    assert not [name for name in modules if name.removeprefix("feed2doc.").startswith(unasked)]


def test_import_feed2doc_loads_nothing() -> None:
    loaded = modules_after("import feed2doc") - modules_after("import typing")
    assert {name for name in loaded if "." in name} == set()


def test_patterns_are_compiled_when_they_are_first_used() -> None:
    """Modules define patterns lazily, so that importing them compiles none."""
    for path in PACKAGE.rglob("*.py"):
        for statement in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
                assert "re.compile(" not in ast.unparse(statement), (
                    f"{path.name}: use feed2doc._text.lazy_re.pattern"
                )


def test_one_item_compiles_few_and_short_patterns(tmp_path: Path) -> None:
    """Each takes 0.1 to 5 ms, which every process pays again. A class with a range of a script such as Han takes 1 ms."""
    program = """
import re, sys
from re import _compiler
compile, sources = _compiler.compile, []
def counted(source, flags=0):
    sources.append(source)
    return compile(source, flags)
_compiler.compile = counted
import atexit
def is_large(source):
    return isinstance(source, str) and any(ord(b) - ord(a) > 4096 for a, b in re.findall("([^[])-(.)", re.sub(
        r"\\\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), source)))
atexit.register(lambda: print(len(sources), max(map(len, sources)), sum(map(is_large, sources)), file=sys.stderr))
from feed2doc._cli import main
main()
"""
    arguments = [str(SAMPLE), "--to", "epub", "--images", "none", "-o", str(tmp_path / "out.epub")]
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True)
    count, longest, large = map(int, done.stderr.split())
    assert count < 165 and longest < 1000
    assert not large


def test_every_pattern_compiles_and_does_what_re_does() -> None:
    kind = type(pattern(""))
    methods = {n for n in dir(re.Pattern) if callable(getattr(re.Pattern, n)) and not n.startswith("_")}
    assert methods - {"scanner"} <= set(dir(kind))
    found = 0
    for module in pkgutil.walk_packages([str(PACKAGE)], "feed2doc."):
        if module.name != "feed2doc.__main__":
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, kind):
                    found += 1
                    assert value.search(b"" if isinstance(value.pattern, bytes) else "") is None or name
    assert found > 50
    assert pattern("(a)b", re.I).findall("AB ab") == ["A", "a"]
    assert pattern(rb"[0-9]").sub(b"n", b"1 2") == b"n n" and pattern(",").split("a,b") == ["a", "b"]


@pytest.mark.parametrize("kind", ["config", "cache", "state"])
@pytest.mark.parametrize(
    "home",
    [
        {"HOME": "/home/ann"},
        {"HOME": "/"},
        {"HOME": "/home/ann"} | dict.fromkeys(XDG, "/var/ann"),
        {"HOME": "/home/ann"} | dict.fromkeys(XDG, ""),
        {"HOME": "/home/ann"} | dict.fromkeys(XDG, "relative"),
        {"HOME": "relative"},
        {},
    ],
)
def test_the_users_folders_are_those_of_platformdirs(
    kind: Literal["config", "cache", "state"], home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", *XDG):
        monkeypatch.delenv(name, raising=False)
    for name, value in home.items():
        monkeypatch.setenv(name, value)
    expected = getattr(platformdirs, f"user_{kind}_path")("feed2doc", appauthor=False)
    assert user_folder(kind) == expected


def test_a_user_whom_the_system_does_not_know_has_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.getuid", lambda: 1_234_567_890)
    assert user_folder("cache") == Path("/.cache/feed2doc")


@functools.cache
def compiled_now() -> dict[str, bytes]:
    """Return what a build compiles. It takes a second."""
    return compiled_rules() | compiled_looks()


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a package folder with the TOML files and their compiled file."""
    for name in ("sites", "systems"):
        (tmp_path / name).symlink_to(PACKAGE / name)
    (tmp_path / "words").symlink_to(PACKAGE / "words")
    for name in _compiled_data.names():
        if not name.startswith(("sites/", "systems/")):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes((PACKAGE / name).read_bytes())
    (tmp_path / "compiled.json").write_bytes(joined(compiled_now()))
    monkeypatch.setattr(_compiled_data, "FOLDER", tmp_path)
    return tmp_path


def test_compiled_files_are_read_until_a_file_changes(built: Path) -> None:
    fresh = compiled.__wrapped__()
    assert set(fresh.names()) > set(_compiled_data.names()) and fresh.get("selectors")
    with (built / "_locale" / "labels.toml").open("a", encoding="utf-8") as labels:
        labels.write("\n")
    assert compiled.__wrapped__().names() == []


def test_a_wheel_does_not_compare_its_compiled_file(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compiled_data, "shipped_templates", lambda: built / "templates")
    monkeypatch.setattr(_compiled_data, "checksum", lambda: pytest.fail("all TOML files were read"))
    assert compiled.__wrapped__().get("selectors")
    monkeypatch.setattr(_compiled_data, "_FORM", 0)
    assert compiled.__wrapped__().names() == []


def test_a_compiled_file_that_is_cut_is_not_read(built: Path) -> None:
    whole = (built / "compiled.json").read_bytes()
    assert Compiled(whole).get("words") is not None
    for end in (0, 1, 1000, whole.find(b"\n") + 1, len(whole) - 1):
        (built / "compiled.json").write_bytes(whole[:end])
        assert compiled.__wrapped__().names() == []


def test_words_are_the_same_whether_compiled_or_not(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = joined(compiled_now())
    for name in word_files():
        rules = word_rules(name)
        for known in (Compiled(values), Compiled()):
            monkeypatch.setattr(word_index, "compiled", lambda known=known: known)
            index = word_index.WordIndex(name)
            assert [index.rule(number) for number in range(index.count)] == rules
            for kind in index.kinds_with_starts:
                for first, raw in index.starts(kind).items():
                    starts, numbers = msgspec.json.decode(raw, type=word_index.Starts)
                    expected = [
                        n
                        for n, r in enumerate(rules)
                        if r.kind == kind and any(s[0] == first for s in r.starts)
                    ]
                    assert list(numbers) == expected and {start[0] for start in starts} == {first}


def test_looks_are_the_same_whether_compiled_or_not() -> None:
    made = compiled_looks()  # read from the TOML files
    for name in shipped_looks():
        for medium in MEDIA:
            assert msgspec.json.decode(made[f"looks/{name}/{medium}"], type=Look) == look_of(name, medium)


def test_compiled_files_are_the_same_each_time() -> None:
    """Strings have other hashes in another process."""
    code = (
        "import sys; from feed2doc.looks import compiled_looks; from feed2doc._compiled_data import joined;"
        "from feed2doc.readers._rules.compile import compiled_rules;"
        "sys.stdout.buffer.write(joined(compiled_rules() | compiled_looks()))"
    )
    env = os.environ | {"PYTHONHASHSEED": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert done.stdout == joined(compiled_now())


def test_selectors_choose_the_same_whether_compiled_or_not() -> None:
    index = Index.of(html.document_fromstring(SAMPLE.read_text("utf-8")))
    decoded = msgspec.json.decode(compiled_now()["selectors"], type=dict[str, Selector])
    assert any(each.xpath for each in decoded.values())
    for css, each in decoded.items():
        assert each.of(index) == parsed(css).of(index) == CSSSelector(css, translator="html")(index.root)


def test_characters_are_counted_apart_from_words() -> None:
    words = "灯塔，カナとかな。𠀀 It's a well-known port, 3.5 km・年"
    document = Document(id="x", sections=(Section(blocks=(Paragraph((Text(words),)),)),))
    assert length_of(document) == Length(words=6, characters=9)


def templates_in(cache: Path) -> list[Path]:
    return [path for path in (cache / "feed2doc" / "templates").rglob("*") if path.is_file()]


def book(
    out: Path, cache: Path, *options: str, start: Callable[..., subprocess.CompletedProcess[bytes]] = run
) -> bytes:
    """Make a book with this cache folder."""
    done = start(SAMPLE, "--to", "epub", "--images", "none", "-o", out, *options, XDG_CACHE_HOME=str(cache))
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


def test_compiled_templates_count_while_they_are_whole_and_the_texts_the_same(tmp_path: Path) -> None:
    out, cache, own = tmp_path / "out.epub", tmp_path / "cache", tmp_path / "own"
    first = book(out, cache)
    kept = templates_in(cache)
    assert len(kept) > 3
    for path in kept:
        path.write_bytes(path.read_bytes()[:40])
    assert book(out, cache) == first
    (own / "epub").mkdir(parents=True)
    for words in ("p { color: red }", "p { color: blue }"):
        (own / "epub" / "style.css").write_text(words)
        made = zipfile.ZipFile(io.BytesIO(book(out, cache, "--template-dir", str(own))))
        (style,) = (name for name in made.namelist() if name.endswith("/style.css"))
        assert made.read(style).decode() == words


def test_templates_are_compiled_where_they_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert book(tmp_path / "1.epub", tmp_path / "file") == book(tmp_path / "2.epub", tmp_path / "cache")


def test_several_processes_keep_templates_at_once(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: book(tmp_path / f"{n}.epub", cache, start=run_process), range(4)))
    assert len({*made}) == 1
    assert not [path for path in templates_in(cache) if path.name.endswith(".tmp")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("^(?:ab|[c-e(]|\\d)x", Heads("(acde", digits=True)),
        ("^a?(?:b|\\s+)+c|d", Heads("abd", spaces=True)),
        (r"^(?<!x)(?P<person>\[|é{2,3})[.\]]\)$", Heads("[é")),
        ("^(?i:k)k", Heads("Kk\u212a")),
        ("^a*", None),
        ("^(?:a|)$", None),
        ("^[^a]b", None),
        (".a", None),
        (r"^\wa", None),
        ("^[\u3400-\u9fff]", None),
        ("^(?(1)a|b)", None),
    ],
)
def test_the_heads_of_a_pattern_are_what_its_matches_begin_with(source: str, expected: Heads | None) -> None:
    assert heads_of(source) == expected


def test_patterns_are_found_by_their_heads_as_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts begin with each character of the words in the patterns, and have the beginnings of these words."""
    files = [load(path) for folder in (SHIPPED, SYSTEMS) for path in sorted(folder.glob("*.toml"))]
    compiled_ones = 0
    for key in PATTERNS:
        rows = [Known(pattern(p), p, shipped=True) for file in files for p in getattr(file, key)]
        words = {word for known in rows for word in re.findall(r"\w[\w \-]*", known.pattern.pattern)}
        texts = [
            "",
            " ",
            *words,
            *(f"{word.title()} Ann 3" for word in words),
            *(f"3 {word}" for word in words),
        ]
        quick = finder_of(rows)
        found = [list(quick(text)) for text in texts]
        monkeypatch.setattr(finders, "_heads", dict)
        slow = finder_of(rows)
        assert found == [list(slow(text)) for text in texts]
        monkeypatch.undo()
        compiled_ones += sum(map(len, found))
    assert compiled_ones > 100
