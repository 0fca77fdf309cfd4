"""An edition prints whole stories that fit the minutes, and says what it left out."""

import time
import tracemalloc
from datetime import timedelta
from pathlib import Path

import feed2doc
import msgspec
import pytest
from feed2doc import EditionSection
from feed2doc.model import (
    Book,
    Document,
    Insert,
    Link,
    Paragraph,
    Strike,
    plain_article,
    plain_text,
    walk,
)
from feed2doc.newspaper.changes import changes
from feed2doc.newspaper.differences import changed_parts, without_remnants
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import paths
from tests.command import run
from tests.feed_server import entry, feed, serving
from tests.newspaper.test_stories import (
    ALL,
    PRICES_MONDAY,
    STORM,
    VOTE,
    VOTE_TOLD_BY_ANOTHER,
    article,
    edited,
)

EXAMPLE = paths.ROOT / "docs" / "examples" / "translated"


def printed_by(texts: tuple[str, ...], publication: str, *, longer: int = 1, hours: float = 0) -> Document:
    """Return an article of a publication, its last paragraph repeated to make it longer."""
    document = article((*texts, *texts[-1:] * longer), after=timedelta(hours=hours))
    url = f"https://{publication.lower()}.example/{len(texts[1])}"
    return msgspec.structs.replace(document, publication=publication, url=url, id=url)


def titles(book: Book) -> list[list[str]]:
    """Return the headlines of each part."""
    return [[document.headline for document in part.documents] for part in book.parts]


def test_a_story_is_told_once_and_the_others_are_listed_below_it() -> None:
    vote = printed_by(VOTE, "Lantern", longer=2)
    book = feed2doc.edition([printed_by(VOTE_TOLD_BY_ANOTHER, "Harbour"), vote, printed_by(STORM, "Lantern")])
    assert titles(book) == [["头版"], [VOTE[0], STORM[0]], ["未刊文章"]]
    (credit,) = book.parts[1].documents[0].credits
    assert "Harbour" in plain_text(credit.text) and VOTE_TOLD_BY_ANOTHER[0] in plain_article(
        book.parts[1].documents[0]
    )
    front, last = plain_article(book.parts[0].documents[0]), plain_article(book.parts[-1].documents[0])
    assert front.index(VOTE[0]) < front.index(STORM[0])
    assert VOTE_TOLD_BY_ANOTHER[0] in last and "其他报道" in last
    links = {node.url for node in walk(book.parts[0].documents[0]) if isinstance(node, Link)}
    assert vote.url in links


def test_the_front_page_has_at_most_so_many_stories() -> None:
    articles = [printed_by(each, "Lantern") for each in (VOTE, STORM, PRICES_MONDAY)]

    def shown(articles: list[Document], front: int) -> int:
        book = feed2doc.edition(articles, front=front)
        page = plain_article(book.documents[0])
        assert all(each.headline in {document.headline for document in book.documents} for each in articles)
        return sum(each.headline in page for each in articles)

    assert [shown(articles, front) for front in (1, 2, 4)] == [1, 2, 3]


def test_what_does_not_fit_is_a_brief_and_the_last_page_says_why() -> None:
    long, short = printed_by(VOTE, "Lantern", longer=60), printed_by(STORM, "Harbour")
    book = feed2doc.edition([long, short], minutes=3)
    assert titles(book) == [["头版"], [STORM[0]], ["简讯"], ["未刊文章"]]
    assert "版面不足" in plain_article(book.parts[-1].documents[0])
    assert len(feed2doc.edition([long, short], minutes=0).parts[1].documents) == 1
    assert long in feed2doc.edition([long, short], minutes=0).documents


def test_sections_have_their_order_and_their_share() -> None:
    articles = [printed_by(VOTE, "Lantern", longer=60), printed_by(STORM, "Harbour")]
    sections = (EditionSection("Weather", ("harbour",)), EditionSection("City", ("LANTERN",), share=0.1))
    book = feed2doc.edition(articles, minutes=20, sections=sections)
    assert [part.title for part in book.parts] == ["", "Weather", "", ""]  # with briefs
    book = feed2doc.edition(articles, minutes=20, sections=sections[:1])
    assert [part.title for part in book.parts] == ["", "Weather", "其他", ""]
    with pytest.raises(feed2doc.OptionError):
        EditionSection("City", share=2)


def test_changes_of_an_edited_article_are_deletions_and_insertions() -> None:
    old, new = article(VOTE), article(edited(VOTE), after=timedelta(hours=2))
    found = changes(old, new)
    deleted = [node for node in walk(found) if isinstance(node, Strike)]
    inserted = [node for node in walk(found) if isinstance(node, Insert)]
    assert deleted and len(inserted) > len(deleted)
    assert changes(old, old) == ()
    book = feed2doc.edition([old, new], changes=True)
    assert book.documents[1].headline == new.headline
    assert plain_text(book.documents[1].sections[-1].heading) == "修改之处"


def marked(old: str, new: str) -> list[str]:
    """Return what changed in a paragraph, deletions in square brackets and insertions in braces."""
    signs = {Strike: "[{}]", Insert: "{{{}}}"}
    return [
        "".join(signs.get(type(run), "{}").format(plain_text((run,))) for run in each.content)
        for each in changes(article(("A", old)), article(("A", new)))
        if isinstance(each, Paragraph)
    ]


def test_changes_are_shown_by_words_and_characters() -> None:
    assert marked("周二以31票对18票通过", "周三以31票对19票通过") == ["周[二]{三}以31票对[18]{19}票通过"]
    assert marked("The mayor will sign it today.", "The mayor will never sign it.") == [
        "The mayor will {never }sign it[ today]."
    ]
    assert marked("Nobody asked the drivers.", "A poster told them so.") == [
        "[Nobody asked the drivers]{A poster told them so}."
    ]


@given(st.text("ab c"), st.text("ab c"))
def test_parts_that_differ_are_found(a: str, b: str) -> None:
    for changed in (list(changed_parts(a, b)), without_remnants(changed_parts(a, b))):
        ends = [(0, 0), *((j, n) for _, j, _, n in changed)]
        starts = [*((i, k) for i, _, k, _ in changed), (len(a), len(b))]
        assert all(a[j:i] == b[n:k] for (j, n), (i, k) in zip(ends, starts, strict=True))
    assert [b[k:n] for _, _, k, n in changed_parts("", b)] == [b][: len(b)]


def test_the_changes_of_a_long_text_are_found_in_a_moment() -> None:
    """Pairs of lines that only repeat made the search for the longest equal part cubic."""
    old, new = ([f"{n * factor % 7}" for n in range(4000)] for factor in (3, 5))
    spent = time.process_time()
    assert list(changed_parts(old, new))
    assert time.process_time() - spent < 2


def test_the_changes_of_a_long_text_take_memory_for_the_elements_that_both_have() -> None:
    """50,000 different elements took a row of bits each, 160 MB."""
    old, new = range(0, 160, 2), range(1, 50_001)
    tracemalloc.start()
    try:
        assert len(list(changed_parts(old, new))) == 80
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_a_translation_is_printed_with_its_original() -> None:
    a, b = (feed2doc.read(EXAMPLE / f"{name}.txt") for name in ("original", "translation"))
    book = feed2doc.edition([a, b], bilingual="below")
    shown = plain_article(book.documents[1])
    assert b.headline in shown and a.headline in shown and len(book.parts[1].documents) == 1
    long = msgspec.structs.replace(b, sections=b.sections * 5)
    last = feed2doc.edition([a, long], bilingual="below", minutes=1).documents[-1]
    assert b.headline in plain_article(last) and a.headline in plain_article(last)


def test_an_edition_needs_articles() -> None:
    with pytest.raises(feed2doc.UsageError):
        feed2doc.edition([])


@given(
    st.lists(st.sampled_from(ALL + tuple(map(edited, ALL))), min_size=1, max_size=6, unique=True),
    st.integers(0, 4),
)
@settings(max_examples=20, deadline=None)
def test_every_article_is_in_the_edition(texts: list[tuple[str, ...]], minutes: int) -> None:
    articles = [printed_by(each, "Lantern", hours=n) for n, each in enumerate(texts)]
    book = feed2doc.edition(articles, minutes=minutes)
    whole = {document.id for document in book.documents}
    last = plain_article(book.documents[-1])
    assert all(each.id in whole or each.headline in last for each in articles)
    assert book == feed2doc.edition(articles, minutes=minutes)
    assert feed2doc.write(book, "html")


def test_the_command_writes_an_edition(tmp_path: Path) -> None:
    done = run(
        "edition",
        EXAMPLE,
        "--to",
        "html",
        "--minutes",
        "5",
        "--bilingual",
        "below",
        "--offline",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    (path,) = tmp_path.glob("*.html")
    assert "The Mill That Stood Still" in path.read_text("utf-8")
    (tmp_path / "feed2doc.toml").write_text(
        '[edition]\nminutes = 5\nsection = ["Mills=lantern.example,cn.lantern.example:50%"]\n'
    )
    done = run("edition", EXAMPLE, "-o", "e.md", "--config", "feed2doc.toml", "--offline", cwd=tmp_path)
    assert done.returncode == 0 and "# Mills" in (tmp_path / "e.md").read_text("utf-8")
    for wrong in ("Mills", "Mills=a:200%"):
        assert run("edition", EXAMPLE, "--to", "md", "--section", wrong, cwd=tmp_path).returncode == 2
    assert run("edition", cwd=tmp_path).returncode == 2


def test_the_command_reads_feeds_at_urls(tmp_path: Path) -> None:
    with serving() as server:
        server.files["/news.xml"] = feed(entry(1), entry(2)).replace("https://port.example/", "/")
        done = run("edition", server.url("/news.xml"), EXAMPLE, "-o", "e.html", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        text = (tmp_path / "e.html").read_text("utf-8")
        assert "Pier 1 is open" in text and server.url("/2") in text and "The Mill That Stood Still" in text
        missing = server.url("/missing.xml?token=secret")
        done = run("edition", missing, EXAMPLE, "-o", "f.html", cwd=tmp_path)
        assert done.returncode == 1 and b"status 404" in done.stderr and b"secret" not in done.stderr
        assert run("edition", missing, "-o", "g.html", "--fail-fast", cwd=tmp_path).returncode == 3


def test_a_bundle_can_be_an_edition(tmp_path: Path) -> None:
    """It has the options of the command `edition`, and its settings in feed2doc.toml."""
    (tmp_path / "feed2doc.toml").write_text(
        '[edition]\nsection = ["Mills=lantern.example,cn.lantern.example:50%"]\nbilingual = "notes"\n'
    )
    options = ("--minutes", "5", "--config", "feed2doc.toml", "--offline")
    for name, command in (("a.md", ("convert", "--bundle", "--edition")), ("b.md", ("edition",))):
        done = run(*command, EXAMPLE, *options, "-o", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    with open(tmp_path / "feed2doc.toml", "a") as file:
        for table in (
            "profile.short",
            "convert",
        ):  # a profile wins, even if it repeats what is set without it
            file.write(f'[{table}]\nsection = ["Short=cn.lantern.example"]\n')
    for flags in (("--edition", "--profile", "short"), ("--profile", "short", "--edition")):
        run("convert", "--bundle", *flags, EXAMPLE, *options, "-o", "d.md", cwd=tmp_path)
        assert "# Short" in (tmp_path / "d.md").read_text("utf-8")
        (tmp_path / "d.md").unlink()
    made = (tmp_path / "a.md").read_text("utf-8")
    assert "# Mills" in made and made == (tmp_path / "b.md").read_text("utf-8")
    for wrong in (
        ["--edition"],
        ["--bundle", "--minutes", "5"],
        ["--bundle", "--edition", "--order", "given"],
    ):
        assert run("convert", EXAMPLE, "-o", "c.md", *wrong, cwd=tmp_path).returncode == 2


def test_pictures_are_printed_in_columns() -> None:
    samples = EXAMPLE.parent.parent.parent / "samples"
    document = feed2doc.read(samples / "04-dw-gallery.txt")
    options = feed2doc.Pdf(columns=True, engine="weasyprint")
    pdf = feed2doc.write(document, options, pictures=samples / "images")
    assert pdf.startswith(b"%PDF-")
