"""`feed2doc pair` and `feed2doc stories`, and a translation with its original as one article."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feed2doc
import pytest
from feed2doc.aligning import FORMS, Form
from feed2doc.aligning.bilingual import pair, with_originals
from feed2doc.aligning.originals import originals
from feed2doc.model import (
    Document,
    Figure,
    Image,
    Note,
    Paragraph,
    Section,
    Span,
    Table,
    Text,
    plain_article,
    walk,
)
from msgspec.structs import replace

from tests import paths
from tests.command import run
from tests.newspaper.test_aligning import CHINESE, ENGLISH, FRENCH, JAPANESE

EXAMPLE = paths.ROOT / "docs" / "examples" / "translated"
ORIGINAL, TRANSLATION = EXAMPLE / "original.txt", EXAMPLE / "translation.txt"


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_either_article_is_lost_and_the_original_is_marked(form: Form) -> None:
    a, b = feed2doc.read(ORIGINAL), feed2doc.read(TRANSLATION)
    made = pair(a, b, form=form)
    text = plain_article(made)
    for document in (a, b):
        assert all(line in text for line in plain_article(document).splitlines())
    assert {node.lang for node in walk(made.sections) if isinstance(node, Span)} == {"en"}
    assert any(isinstance(node, Table) for node in walk(made)) == (form == "beside")
    assert any(isinstance(node, Note) for node in walk(made)) == (form == "notes")


def test_the_original_follows_its_translation() -> None:
    made = pair(feed2doc.read(ORIGINAL), feed2doc.read(TRANSLATION))
    texts = feed2doc.write(made, "text", width=0).split("\n\n")
    at = next(n for n, text in enumerate(texts) if text.startswith("维修"))
    assert texts[at + 1].startswith("Repairs will cost")
    assert made.sections[1].heading[-1] == Span(feed2doc.read(ORIGINAL).sections[1].heading, "en")


def test_a_translation_given_first_is_known_by_the_original_that_it_names() -> None:
    a, b = feed2doc.read(ORIGINAL), feed2doc.read(TRANSLATION)
    assert pair(b, a) == pair(a, b)
    with pytest.raises(feed2doc.OptionError):
        pair(a, b, form="above")  # type: ignore[arg-type]


def test_byline_and_credits_of_the_original_are_kept() -> None:
    picture = Figure(Image("https://lantern.example/mill.jpg"), (Text("The mill"),), (Text("Ann Lee"),))
    a, b = feed2doc.read(ORIGINAL), feed2doc.read(TRANSLATION)
    shown = replace(picture, caption=(Text("水磨坊"),), credit=(Text("安·李"),))
    text = plain_article(pair(replace(a, lead=picture), replace(b, lead=shown)))
    assert "TESS ARKWELL · May 7, 2024" in text.splitlines()
    assert "The mill Ann Lee" in text.splitlines()
    text = plain_article(
        pair(replace(a, lead=picture), replace(b, lead=replace(shown, credit=picture.credit)))
    )
    assert "The mill" in text.splitlines() and text.count("Ann Lee") == 1


def article(name: str, language: str, original: str = "", hours: int = 0) -> Document:
    """Return an article that names its original."""
    url = f"https://{name}.example/"
    published = datetime(2024, 5, 7, 9 + hours, tzinfo=UTC)
    other = f"https://{original}.example/" if original else ""
    return Document(
        id=url, url=url, headline=name, language=language, original_url=other, published=published
    )


def test_every_article_is_printed_once() -> None:
    """Articles may name each other as their originals, or a translation as theirs."""
    first, second = article("a", "en", "b"), article("b", "zh-CN", "a", 1)
    for articles in ([first, second], [second, first]):
        (made,) = with_originals(articles, "below")
        assert made.headline == "b" and "a" in plain_article(made).splitlines()
    second = article("b", "zh-CN", "a", 1)
    third, same = article("c", "ja", "b", 2), article("d", "zh-CN", "b", 3)
    several = with_originals([article("a", "en"), second, third, same], "below")
    assert [each.headline for each in several] == ["b", "c", "d"]
    assert all("a" in plain_article(each).splitlines() for each in several)
    assert originals([second, article("e", "zh-TW", "b")]) == {}


def told(texts: tuple[str, ...], url: str, language: str, hours: int) -> Document:
    """Return an article that names no original."""
    blocks = tuple(Paragraph((Text(text),)) for text in texts if not text.startswith("https:"))
    published = datetime(2024, 5, 7, 9, tzinfo=UTC) + timedelta(hours=hours)
    return Document(
        id=url,
        url=url,
        headline=texts[0],
        language=language,
        published=published,
        sections=(Section(blocks=blocks),),
    )


def test_articles_that_align_are_original_and_translation() -> None:
    a = told(ENGLISH, "https://www.mill.example/1", "en", 0)
    translations = [
        told(texts, f"https://{language[:2]}.mill.example/1", language, 50)
        for texts, language in ((CHINESE, "zh-CN"), (JAPANESE, "ja"), (FRENCH, "fr"))
    ]
    assert originals([*translations, a]) == {0: 3, 1: 3, 2: 3}
    late = replace(translations[0], published=datetime(2024, 9, 1, tzinfo=UTC))
    brief = told(("".join(CHINESE),), "https://cn.mill.example/2", "zh-CN", 1)
    same = replace(a, id="b", url="https://www.mill.example/3")
    assert originals([a, late, brief, same]) == {}
    (made,) = with_originals([a, translations[0]], "below")
    assert made.language == "zh-CN" and ENGLISH[2] in plain_article(made)


def test_the_command_prints_the_alignment_or_writes_the_pair(tmp_path: Path) -> None:
    done = run("pair", str(ORIGINAL), str(TRANSLATION), "--json", cwd=tmp_path)
    expected = feed2doc.align(feed2doc.read(ORIGINAL), feed2doc.read(TRANSLATION)).groups
    assert json.loads(done.stdout) == {"groups": json.loads(json.dumps(expected))}
    done = run("pair", str(ORIGINAL), str(TRANSLATION), cwd=tmp_path)
    assert "only in the original" in done.stdout.decode() and "The county" in done.stdout.decode()
    done = run("pair", str(ORIGINAL), str(TRANSLATION), "-o", "both.html", "--form", "beside", cwd=tmp_path)
    assert done.returncode == 0 and '<span lang="en">' in (tmp_path / "both.html").read_text("utf-8")
    done = run("pair", str(ORIGINAL), str(EXAMPLE), "--json", cwd=tmp_path)
    assert done.returncode == 3 and b"expected two articles" in done.stderr
    for more in (("--json", "-o", "both.md"), ("--force",), ("-j", "2")):
        assert run("pair", str(ORIGINAL), str(TRANSLATION), *more, cwd=tmp_path).returncode == 2


def test_the_command_lists_stories(tmp_path: Path) -> None:
    (tmp_path / "items" / "a").mkdir(parents=True)
    for name in ("a/1", "a/2"):
        shutil.copy(ORIGINAL, tmp_path / "items" / f"{name}.txt")
    shutil.copy(TRANSLATION, tmp_path / "items" / "3.txt")
    done = run("stories", "items", "--json", cwd=tmp_path)
    assert json.loads(done.stdout) == {"same": [["a/1", "a/2"]], "edition": [["a/1", "a/2"]]}
    done = run("stories", "items", cwd=tmp_path)
    assert b"same text: 100%" in done.stdout and b"3 articles, 2 stories" in done.stdout
    done = run("explain", "items/a/1.txt", "items/a/2.txt", cwd=tmp_path)
    assert b"same text: 100%" in done.stdout
    found = json.loads(run("explain", "items/a/1.txt", "items/a/2.txt", "--json", cwd=tmp_path).stdout)
    (other,) = found["others"]
    assert other["article"] == found["story"] and other["reason"].startswith("same text: 100%")
    (tmp_path / "items" / "bad.txt").write_text("[](https://example.com)\n------\n")  # costs only itself
    done = run("stories", "items", "--json", cwd=tmp_path)
    assert done.returncode == 1 and b"bad.txt: has no content\n" in done.stderr
    assert json.loads(done.stdout)["same"] == [["a/1", "a/2"]]
    for names, code in ((["none.txt"], 3), (["none.txt", "no.txt"], 1), (["items/bad.txt"], 3)):
        done = run("stories", *names, cwd=tmp_path)
        assert done.returncode == code and done.stderr.count(b"\n") == len(names)


def test_a_bundle_prints_translations_with_their_originals(tmp_path: Path) -> None:
    done = run(
        "convert", EXAMPLE, "--bundle", "--bilingual", "notes", "-o", "b.html", "--offline", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "b.html").read_text("utf-8")
    assert text.count("<article") == 1 and '<span lang="en">' in text
    assert run("convert", EXAMPLE, "--to", "html", "--bilingual", "notes", cwd=tmp_path).returncode == 2
