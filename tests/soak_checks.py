"""Checks that take too long for `make test`, as tests that `make soak` runs: patterns, pages in Chromium, books in EPUBCheck.

The pages are shown to axe too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import feed2doc
import pytest
from feed2doc.looks import shipped_looks

from tests.axe import axe_script, pages_of, violations
from tests.check_corpus import BUNDLE, findings, written
from tests.check_growth import fragments, growth, is_too_much
from tests.check_patterns import BOUNDED, Pattern, patterns, patterns_of_words, slow, tried
from tests.chromium import BROWSERS, FORMATS, RUN, pages, runs_in
from tests.headline_lines import headline_pages, phrases_on_two_lines
from tests.page_articles import page_book
from tests.raised_signs import lines_begun_by_raised_signs, raised_pages

Record = Callable[[str, object], None]


@pytest.mark.parametrize(
    "pattern",
    [each for each in (*patterns(), *patterns_of_words()) if each.name not in BOUNDED],
    ids=lambda pattern: ascii(pattern.name),
)
def test_patterns_take_linear_time(pattern: Pattern, record_property: Record) -> None:
    record_property("inputs", len(tried(pattern)))
    assert slow(pattern) is None


def test_fragments_are_read_in_linear_time(record_property: Record) -> None:
    found = {name: growth(fragment) for name, fragment in fragments()}
    record_property("inputs", len(found))
    assert len(found) > 1000
    assert not {name: factor for name, factor in found.items() if is_too_much(factor)}


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the command of a browser that runs scripts, so that one which does not run proves something."""
    command = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert command, "no browser: install Chromium, for example with apt-get install chromium"
    control = tmp_path_factory.mktemp("control") / "control.html"
    control.write_text(f"<!doctype html><html><script>{RUN}</script></html>")
    assert runs_in(control, command), "the browser runs no scripts at all, so nothing is proven"
    return command


@pytest.mark.parametrize("name", FORMATS)
def test_pages_run_no_scripts(
    name: str, browser: str, pytestconfig: pytest.Config, tmp_path: Path, record_property: Record
) -> None:
    found = pages(f"chromium{pytestconfig.getoption('--hypothesis-seed')}", name)
    record_property("inputs", len(found))
    for file, data in found.items():
        page = tmp_path / file
        page.write_bytes(data)
        assert not runs_in(page, browser), file


@pytest.mark.parametrize(("name", "page"), tuple(raised_pages()), ids=("html", "epub"))
def test_no_line_of_pages_begins_with_a_raised_sign(
    name: str, page: str, browser: str, record_property: Record
) -> None:
    count, wrong = lines_begun_by_raised_signs(name, page, browser)
    record_property("inputs", count)
    assert count and not wrong


@pytest.mark.parametrize(("name", "page", "width"), tuple(headline_pages()))
def test_lines_of_headlines_end_between_phrases(
    name: str, page: str, width: int, browser: str, record_property: Record
) -> None:
    count, broken = phrases_on_two_lines(name, page, width, browser)
    record_property("inputs", count)
    assert count > 8 and not broken


@pytest.mark.parametrize("look", shipped_looks())
def test_axe_finds_nothing(look: str, browser: str, record_property: Record) -> None:
    book, env = page_book()
    samples = [
        each for path in Path("samples").glob("[0-9]*") for each in feed2doc.read_all(str(path), env=env)
    ]
    files = pages_of((*book.documents, *samples), look, env)
    record_property("inputs", len(files))
    assert violations(files, browser, axe_script()) == []


@pytest.mark.parametrize(
    ("source", "extra"),
    [*((str(path), ()) for path in sorted(Path("samples").glob("[0-9]*"))), ("samples", BUNDLE)],
    ids=str,
)
def test_books_are_clean(
    source: str, extra: tuple[str, ...], tmp_path: Path, record_property: Record
) -> None:
    books = written(source, tmp_path, *extra)
    record_property("inputs", len(books))
    for book in books:
        assert findings(book) == [], book.name
