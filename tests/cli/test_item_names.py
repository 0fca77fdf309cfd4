"""Names of output files: safe, short and stable, also by a pattern of your own."""

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import feed2doc
import feed2doc.model
import pytest
from feed2doc._files.names import check_pattern, file_name
from hypothesis import given
from hypothesis import strategies as st

from tests.command import COMMAND, ITEM, one_line, run


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


ARTICLE = feed2doc.Document(
    id="https://example.com/1",
    headline='Covid: 620万 "doses" a/b? <yes>.. ',
    published=datetime(2025, 3, 4, 12, 40, tzinfo=UTC),
    publication="Süddeutsche Zeitung",
    byline=(feed2doc.model.Person("A. Lee"), feed2doc.model.Person("曹莉")),
    language="en",
)

DIGITS = "f2f9784142e4"


@pytest.mark.parametrize(
    ("pattern", "stem"),
    [
        ("{date} {headline}", f"2025-03-04 Covid- 620万 'doses' a-b yes-{DIGITS}"),
        ("{id}", DIGITS),
        ("{id} {slug}", f"{DIGITS} covid-620mo-doses-a-b-yes"),
        ("{date}-{slug}-{id}", f"2025-03-04-covid-620mo-doses-a-b-yes-{DIGITS}"),
        ("{date}T{time}_{language}", f"2025-03-04T1240_en-{DIGITS}"),
        ("{publication} - {byline} ({id})", f"Süddeutsche Zeitung - A. Lee, 曹莉 ({DIGITS})"),
        ("{{{headline}}}", f"{{Covid- 620万 'doses' a-b yes}}-{DIGITS}"),
        ("con.{id}", f"_con.{DIGITS}"),
        ("..{id}..", DIGITS),
    ],
)
def test_names_by_a_pattern(pattern: str, stem: str) -> None:
    check_pattern(pattern)
    assert file_name(ARTICLE, "epub", pattern) == f"{stem}.epub"


def test_an_empty_field_leaves_no_separator() -> None:
    bare = feed2doc.Document(id="https://example.com/1")
    assert file_name(bare, "md", "{date} - {byline} - {headline}") == f"untitled-{DIGITS}.md"
    assert file_name(bare, "md", "{id} {byline} {slug}") == f"{DIGITS} untitled.md"


@given(
    st.text(max_size=200),
    st.text(max_size=90),
    st.sampled_from(
        ["{headline}", "{date} {headline}", "{id} {byline} {headline}", "{publication}.{headline}"]
    ),
)
def test_names_by_a_pattern_are_short_and_safe(headline: str, byline: str, pattern: str) -> None:
    article = feed2doc.Document(id="x", headline=headline, byline_text=byline, publication=headline)
    name = file_name(article, "kepub.epub", pattern)
    assert len(name.encode()) <= 120 and name == file_name(article, "kepub.epub", pattern)
    assert not set(name) & set('<>:"/\\|?*')
    assert name.replace("\u200c", "").replace("\u200d", "").isprintable()
    stem = name.removesuffix(".kepub.epub")
    assert stem == stem.strip(" .") and stem.partition(".")[0].upper() not in ("CON", "NUL", "COM1", "LPT¹")
    other = feed2doc.Document(id="y", headline=headline, byline_text=byline, publication=headline)
    assert name.lower() != file_name(other, "kepub.epub", pattern).lower()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["--name", "{title}"],
            "name {title}: unknown field {title}: use date, time, headline, slug, id, publication",
        ),
        (["--name", "{date:%Y}"], "unknown field {date}"),
        (["--name", "{}"], "unknown field {}"),
        (["--name", "{date"], "write {{ and }} for braces"),
        (["--name", "{date}/{id}"], "'/' is not allowed in file names"),
        (["--name", "a" * 80], "too long: file names have at most 120 bytes"),
        (["--name", "{id}", "-o", "x.md"], "--name applies to one file per article"),
        (["--name", "{id}", "--bundle"], "--name applies to one file per article"),
    ],
)
def test_wrong_patterns(item: Path, arguments: list[str], says: str) -> None:
    done = run(item, "--to", "md", *arguments, cwd=item.parent)
    assert done.returncode == 2 and says in one_line(done)


def test_another_pattern_converts_again(item: Path, tmp_path: Path) -> None:
    (tmp_path / "2.txt").write_text(ITEM.format(n=2).replace("Port opens", "港口开放"))
    common = (item, tmp_path / "2.txt", "--to", "md")
    for words, folder in (((), "--output-dir"), (("sync",), "--dest")):
        first = run(
            *words, *common, folder, "news" if words else "out", "--name", "{date} {headline}", cwd=tmp_path
        )
        assert "2025-02-25 港口开放-" in first.stdout.decode() and first.stdout.count(b"\n") == 2
        again = run(
            *words, *common, folder, "news" if words else "out", "--name", "{date} {headline}", cwd=tmp_path
        )
        assert again.returncode == 0 and not again.stdout
        other = run(*words, *common, folder, "news" if words else "out", "--name", "{headline}", cwd=tmp_path)
        assert other.stdout.count(b"\n") == 2 and "/港口开放-" in other.stdout.decode()
    assert len(list((tmp_path / "news").iterdir())) == 2  # sync removes the files of the old names
