"""Tests that the tables and examples of the documentation match the code."""

import json
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import feed2doc
import pytest
from feed2doc import Markdown, Pandoc, PlainText, Typst
from feed2doc._text.wrap import NOT_AT_END, NOT_AT_START
from feed2doc.model import Document, Figure, plain_article, plain_text
from feed2doc.pictures.profiles import shipped
from feed2doc.readers._facts.table import FACTS, SOURCES
from feed2doc.readers._rules.schema import SiteRule
from feed2doc.writers import FRONT_MATTERS
from feed2doc.writers.pandoc.formats import FORMATS
from feed2doc.writers.pdf.options import Pdf

from docs.make_reference import page as reference
from tests.kitchen_sink import DOCUMENT

DOCS = Path(__file__).parent.parent / "docs"


def block(text: str, kind: str) -> str:
    """Return the first code block of this kind."""
    found = re.search(rf"```{kind}\n(.*?)```", text, re.S)
    assert found is not None
    return found[1]


def test_the_worked_example_of_a_site_rule(tmp_path: Path) -> None:
    text = (DOCS / "site-rules.md").read_text("utf-8")
    item = block(text, "html").encode()
    before = feed2doc.read(item)
    assert before.byline == () and "Get the Courier" in plain_article(before)
    (tmp_path / "courier.example.toml").write_text(block(text, "toml"), "utf-8")
    env = feed2doc.Env(site_dirs=(tmp_path,))
    document = feed2doc.read(item, env=env)
    assert [person.name for person in document.byline] == ["Ebbe Ba"]
    assert document.published == datetime(2025, 3, 4, 16, 12, tzinfo=ZoneInfo("Europe/Oslo"))
    assert plain_text(document.standfirst).startswith("After three years")
    assert [plain_text(s.heading) for s in document.sections] == ["", "Three channels"]
    (figure,) = (b for s in document.sections for b in s.blocks if isinstance(b, Figure))
    assert (plain_text(figure.caption), plain_text(figure.credit)) == ("The ferry at the quay.", "Otto Berg")
    assert sorted(d.text for d in env.diagnostics if d.kind == "dropped") == [
        "Get the Courier's app!",
        "Subscribe for one crown a week.",
    ]


def test_the_sources_of_header_facts_are_those_in_the_code() -> None:
    text = " ".join((DOCS / "header-facts.md").read_text("utf-8").split())
    stated = {
        fact: {
            source: tuple(re.findall(r"`(.+?)`", names))
            for source, names in re.findall(r"\*([\w -]+)\* ((?:`.+?`(?:, )?)+)", line)
        }
        for fact, line in re.findall(r"- \*\*(\w+)\*\*: (.+?)(?= - \*\*|$)", text)
    }
    ordered = {fact: [s for s in SOURCES if s in sources] for fact, sources in FACTS.items()}
    assert {fact: list(sources) for fact, sources in stated.items()} == ordered
    assert stated == FACTS


def test_every_key_is_documented() -> None:
    text = (DOCS / "site-rules.md").read_text("utf-8")
    keys = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.M))
    assert keys == set(SiteRule.__struct_fields__) - {"name", "shipped"}


def test_the_profiles_are_documented_as_they_are() -> None:
    text = (DOCS / "pictures.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:`(\w+)`|\(none\)) \| (\d+) \| (yes)? ?\| (\d+) MiB \|$", text, re.M)
    stated = {name or "default": (int(side), grey == "yes", int(mib)) for name, side, grey, mib in rows}
    assert stated == {name: (p.longest_side, p.grey, p.book_mib) for name, p in shipped().items()}


def test_omissions_of_pandoc_are_documented() -> None:
    text = " ".join((DOCS / "pandoc.md").read_text("utf-8").split())
    found = re.search(r"leaves captions out of a format \((.*?)\)", text)
    assert found and set(found[1].split(", ")) == {
        name for name, asked in FORMATS.items() if not asked.captions
    }
    fields = set(re.findall(r"\| `(\w+)` \|", text))
    assert fields == set(Pandoc.__struct_fields__) - {"format"}


def test_the_options_of_each_format_are_documented() -> None:
    text = (DOCS / "library.md").read_text("utf-8")
    rows = dict[str, str]()
    for formats, classes, fields in re.findall(r"^\| (.*?) \| (`.*?) \| (`.*) \|$", text, re.M):
        names = re.findall(r"`([A-Z]\w+)", classes)
        rows |= dict(zip(names, fields.split("; ") if "; " in fields else [fields] * len(names), strict=True))
        assert formats
    known = {writer.options.__name__: writer.options for writer in feed2doc.formats().values()}
    documented = {name: set(re.findall(r"`(\w+)`", fields)) for name, fields in rows.items() if name in known}
    assert documented == {name: set(each.__struct_fields__) - {"format"} for name, each in known.items()}


def test_the_options_and_keys_of_the_text_formats_are_documented() -> None:
    text = (DOCS / "markdown.md").read_text("utf-8")
    rows = {row[0]: row[1] for row in re.findall(r"^\| (?:`--[\w-]+` \| )?`(\w+)` \| (.*) \|$", text, re.M)}
    presets = set(FRONT_MATTERS) - {"none"}
    assert set(Markdown.__struct_fields__) | presets == set(rows)
    for preset in presets:
        written = str(feed2doc.write(DOCUMENT, Markdown(front_matter=preset)))
        keys = re.findall(r"^(\w+):", written.split("---")[1], re.M)
        assert keys == re.findall(r"`(\w+)`", rows[preset])
    text = (DOCS / "text.md").read_text("utf-8")
    begins, ends = re.findall(r"`([，（].*?)`", text)
    assert (frozenset(begins), frozenset(ends)) == (NOT_AT_START, NOT_AT_END)
    assert set(PlainText.__struct_fields__) == set(re.findall(r"PlainText\((\w+)=", text))


def test_the_keys_of_a_report_are_documented(tmp_path: Path) -> None:
    from feed2doc.batch.report import Report
    from feed2doc.batch.result import Result

    with Report(str(tmp_path / "run.jsonl")) as report:
        report.add(Result("item.txt", "converted"))
    rows = re.findall(r"^\| `(\w+)` \|", (DOCS / "batches.md").read_text("utf-8"), re.M)
    assert rows == list(json.loads((tmp_path / "run.jsonl").read_text()))


def test_commands_have_the_options_that_they_are_shown_with() -> None:
    """Commands within the text, and in blocks that no test can run, cannot be wrong either."""
    from feed2doc._cli._app import app

    ctx = click.Context(app)
    shown = []
    for page in [*DOCS.glob("*.md"), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"]:
        text = page.read_text("utf-8")
        for commands in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
            shown += re.findall(r"^(?:\.venv/bin/)?feed2doc (.+)", commands, re.M)
        prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
        shown += re.findall(r"`feed2doc\s([^`]+)`", prose)
    assert len(shown) > 80
    for line in shown:
        words = line.split(" #")[0].split()
        known = {"-h", "--help", "--version"}
        command: click.Command = app
        while isinstance(command, click.Group) and words:
            is_named = command is not app or words[0] in app.list_commands(ctx)
            command = command.get_command(ctx, words.pop(0) if is_named else "convert") or click.Command("")
        known |= {option for parameter in command.params for option in parameter.opts}
        asked = {word.partition("=")[0] for word in words if re.match(r"--?[A-Za-z]", word)}
        assert asked <= known, line


def test_the_options_of_sync_are_documented() -> None:
    from feed2doc._cli.sync import command

    rows = re.findall(r"^\| `(--[\w-]+)", (DOCS / "sync.md").read_text("utf-8"), re.M)
    own = [option for parameter in command.params for option in parameter.opts if option in rows]
    shared = {"--to", "--title"}  # described in the text and in the row of another option
    assert set(own) == set(rows)
    assert {p.opts[-1] for p in command.params[1:7]} | {"--force"} == set(rows) | shared


def test_the_keys_of_a_check_are_documented(tmp_path: Path) -> None:
    from tests.command import run

    item = tmp_path / "item.json"
    item.write_text(str(feed2doc.write(DOCUMENT, "json")), "utf-8")
    result = json.loads(run("check", item, "--against", item, "--json").stdout)
    text = (DOCS / "checking.md").read_text("utf-8")
    cells = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", text, re.M)
    assert {key for cell in cells for key in re.findall(r"\w+", cell)} == set(result)
    assert set(re.findall(r"`(\w+)`", (DOCS / "doctor.md").read_text("utf-8").partition("`--json`")[2])) == {
        "system", "ok", "findings", "group", "name", "state", "detail", "need", "remedies"
    }  # fmt: skip


def test_the_limits_are_documented_as_they_are() -> None:
    from feed2doc import assets, model
    from feed2doc._files import compression, named_files
    from feed2doc._text import html_attributes, yaml_events
    from feed2doc.checking import _archives, _markup
    from feed2doc.formulas import mathml
    from feed2doc.network import transport
    from feed2doc.pictures import cache, fetcher, pixels
    from feed2doc.readers import feed, json
    from feed2doc.readers._facts import front_matter
    from feed2doc.readers._html import parse
    from feed2doc.writers.pdf import _long_words, _marks

    mib, day = 2**20, 24 * 3600
    limits = {
        "an item": parse.MAX_BYTES / mib,
        "elements of an item": parse.MAX_NODES,
        "elements inside each other": parse.MAX_DEPTH,
        "attributes of an element": html_attributes.MAX_ATTRIBUTES,
        "parts of the model inside each other": model.MAX_NESTING,
        "parts of the model inside each other in JSON": json.MAX_DEPTH,
        "KiB of front matter": front_matter.MAX_LENGTH / 1024,
        "collections of front matter inside each other": yaml_events.MAX_DEPTH,
        "rows times columns of a table": model.MAX_POSITIONS_PER_CELL,
        "letters in words of more than 40 letters": _long_words.MAX_LETTERS,
        "marks on a letter of a PDF": _marks.MAX_MARKS,
        "elements of a formula": mathml.MAX_ELEMENTS,
        "a feed as a file": feed.MAX_BYTES / mib,
        "any other file that is read": named_files.MAX_BYTES / mib,
        "a style sheet": named_files.MAX_TEXT_BYTES / mib,
        "a compressed input": compression.LEAST_BYTES / mib,
        "a large compressed input": compression.MAX_BYTES / mib,
        "the text of a book or office document for `check`": _archives.MAX_BYTES / mib,
        "elements of a page for `check`": _markup.MAX_ELEMENTS,
        "a feed or picture that is fetched": transport.MAX_BYTES / mib,
        "a picture at hand": assets.MAX_PICTURE_BYTES / mib,
        "pixels of a picture": pixels.MAX_PIXELS,
        "pictures of one book as they come": fetcher.MAX_BOOK_BYTES / mib,
        "redirects": transport.MAX_HOPS,
        "tries": transport.TRIES,
        "seconds for a connection": transport.CONNECT_SECONDS,
        "seconds without a byte": transport.READ_SECONDS,
        "seconds for one file": transport.ALL_SECONDS,
        "pictures at a time": fetcher.MAX_AT_A_TIME,
        "pictures at a time from one host": fetcher.MAX_PER_HOST,
        "the cache of pictures": cache.MOST_BYTES / mib,
        "days that a picture is kept in it": cache.MOST_SECONDS / day,
        "seconds for pandoc": Pandoc().timeout,
    }
    rows = re.findall(
        r"^\| ([^|]*?) \| ([\d,]+)(?: MiB)? \|$", (DOCS / "security.md").read_text("utf-8"), re.M
    )
    assert {re.split("[,;]", what)[0]: float(value.replace(",", "")) for what, value in rows} == limits


def test_the_tests_of_threats_exist() -> None:
    _, _, threats = (DOCS / "security.md").read_text("utf-8").partition("| threat |")
    rows = [row for row in threats.splitlines()[2:] if row]
    named = [re.findall(r"`(test_\w+\.py)`", row.split("|")[-2]) for row in rows]
    assert rows and all(named)
    tests = {path.name for path in (DOCS.parent / "tests").rglob("test_*.py")}
    assert [test for row in named for test in row if test not in tests] == []


def test_the_options_of_pdf_and_typst_are_documented() -> None:
    for name, options in (("pdf", Pdf), ("typst", Typst)):
        rows = re.findall(r"^\| `--[^|]*\| `(\w+)` \|", (DOCS / f"{name}.md").read_text("utf-8"), re.M)
        assert set(rows) == set(options.__struct_fields__)


def test_what_typst_templates_define_is_documented() -> None:
    """Every function that sources call is in the table, and the shipped template defines it."""
    text = (DOCS / "typst.md").read_text("utf-8")
    named = {
        name
        for row in re.findall(r"^\| (`[a-z-]+`[^|]*) \|", text, re.M)
        for name in re.findall(r"`([a-z-]+)`", row)
    }
    template = (DOCS.parent / "templates/typst/template.typ").read_text("utf-8")
    defined = set(re.findall(r"^#let ([a-z-]+)", template, re.M))
    given = {"paper", "limits", "look", "fonts", "faces", "paragraphs", "heights", "closer", "smaller"}
    given |= {"single", "found"}
    given |= {"headings", "labels", "quotes"}  # the keys of `faces`
    assert named - given <= defined
    book = feed2doc.bundle([DOCUMENT, Document(id="2", headline="x", language="ja")], title="Two")
    source = str(feed2doc.write(book, "typst"))
    content = re.sub(r'"[^"]*"', "", source[source.index("#show: book.with(") :])
    called = set(re.findall(r"(?:#|\b)([a-z-]+)(?=[(\[])", content)) & defined
    assert called and called <= named


@pytest.mark.usefixtures("golden")  # the page is an expected output too
def test_the_reference_is_up_to_date(request: pytest.FixtureRequest) -> None:
    path = DOCS / "reference.md"
    if request.config.getoption("--update-golden"):
        path.write_text(reference(), "utf-8")
    assert path.read_text("utf-8") == reference(), "make golden, then read it"


def test_the_reference_has_every_option() -> None:
    from feed2doc._cli.convert import command as convert
    from feed2doc._cli.sync import command as sync

    text = (DOCS / "reference.md").read_text("utf-8")
    for parameter in [*convert.params[1:], *sync.params[1:]]:
        assert all(re.search(rf"(`|<code>)[^`<]*{re.escape(option)}\b", text) for option in parameter.opts)
