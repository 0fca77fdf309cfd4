"""An edition prints whole stories that fit the minutes, and every article is in it."""

from datetime import timedelta
from pathlib import Path

import feed2doc
import msgspec
import pytest
from feed2doc import EditionSection
from feed2doc.model import Book, Document, Insert, Link, Strike, plain_article, walk
from feed2doc.newspaper.changes import changes
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import run
from tests.test_stories import ALL, STORM, VOTE, VOTE_TOLD_BY_ANOTHER, article, edited

EXAMPLE = Path(__file__).parent.parent / "docs" / "examples" / "translated"


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
    assert "Harbour" in feed2doc.model.plain_text(credit.text) and VOTE_TOLD_BY_ANOTHER[0] in plain_article(
        book.parts[1].documents[0]
    )
    front, last = plain_article(book.parts[0].documents[0]), plain_article(book.parts[-1].documents[0])
    assert front.index(VOTE[0]) < front.index(STORM[0])
    assert VOTE_TOLD_BY_ANOTHER[0] in last and "同一新闻" in last
    links = {node.url for node in walk(book.parts[0].documents[0]) if isinstance(node, Link)}
    assert vote.url in links


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
    assert feed2doc.model.plain_text(book.documents[1].sections[-1].heading) == "修改之处"


def test_a_translation_is_printed_with_its_original() -> None:
    a, b = (feed2doc.read(EXAMPLE / f"{name}.txt") for name in ("original", "translation"))
    book = feed2doc.edition([a, b], bilingual="below")
    shown = plain_article(book.documents[1])
    assert b.headline in shown and a.headline in shown and len(book.parts[1].documents) == 1


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


def test_pictures_are_printed_in_columns() -> None:
    samples = EXAMPLE.parent.parent.parent / "samples"
    document = feed2doc.read(samples / "04-dw-gallery.txt")
    options = feed2doc.Pdf(columns=True, engine="weasyprint")
    pdf = feed2doc.write(document, options, pictures=samples / "images")
    assert pdf.startswith(b"%PDF-")
