"""Many articles as one book: order, parts, duplicates, links, stable names."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from pathlib import Path
from typing import Literal

import feed2doc
import msgspec
import pytest
from feed2doc import model as m
from feed2doc._text.urls import normalize_url
from feed2doc.transforms import GroupBy
from feed2doc.transforms.links import with_links
from hypothesis import given
from lxml import etree

from tests import strategies
from tests.pdf_text import text_of

DAY = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
LONG = (
    "The ferry to the north island runs again after three years, and the lighthouse keeper waves to each one. "
    * 2
)


def article(
    n: int, *, day: int = 0, source: str = "Harbour Post", words: str = "", url: str = ""
) -> m.Document:
    return m.Document(
        id=f"guid-{n}",
        url=url or f"https://harbour.example/{n}",
        headline=f"Headline {n}",
        publication=source,
        published=DAY + timedelta(days=day),
        language="en",
        sections=(m.Section(blocks=(m.Paragraph((m.Text(words or f"Words of {n}."),)),)),),
    )


def opened(book: feed2doc.Book) -> zipfile.ZipFile:
    data = feed2doc.write(book, "epub")
    assert isinstance(data, bytes)
    return zipfile.ZipFile(io.BytesIO(data))


# ---- addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "same",
    [
        "http://Harbour.example/news/1",
        "https://harbour.example:443/news/1/#top",
        "https://harbour.example//news/1?utm_source=rss&fbclid=x",
        "https://harbour.example/n%65ws/1?",
    ],
)
def test_one_page_has_one_canonical_address(same: str) -> None:
    assert normalize_url(same) == "https://harbour.example/news/1"


@pytest.mark.parametrize(
    "other", ["https://harbour.example/news/1?id=2", "https://harbour.example/news/2", "mailto:a@b.c"]
)
def test_another_page_has_another_address(other: str) -> None:
    assert normalize_url(other) != "https://harbour.example/news/1"


# ---- order, parts, title -----------------------------------------------------------------------------


def test_order_and_groups() -> None:
    given_ = [
        article(1, day=1),
        article(2, day=3, source="Island News"),
        article(3, day=2),
        m.Document(id="4", language="en"),
    ]
    newest = feed2doc.bundle(given_, group_by="none")
    assert [d.id for d in newest.documents] == ["guid-2", "guid-3", "guid-1", "4"]
    assert [d.id for d in feed2doc.bundle(given_, order="oldest").documents][:1] == ["guid-1"]
    assert [d.id for d in feed2doc.bundle(given_, order="given", group_by="none").documents] == [
        d.id for d in given_
    ]
    by_source = feed2doc.bundle(given_)
    assert [(p.title, len(p.documents)) for p in by_source.parts] == [
        ("Island News", 1),
        ("Harbour Post", 2),
        ("Other", 1),
    ]
    by_date = feed2doc.bundle(given_, group_by="date")
    assert [p.title for p in by_date.parts] == ["March 7, 2025", "March 6, 2025", "March 5, 2025", "Undated"]


def test_a_publication_in_two_spellings_is_one_part() -> None:
    articles = [article(1, source="medium"), article(2, source="Harbour Post"), article(3, source="Medium")]
    book = feed2doc.bundle(articles, order="given")
    assert [(part.title, len(part.documents)) for part in book.parts] == [("medium", 2), ("Harbour Post", 1)]
    assert book.title.startswith("medium · Harbour Post · ")
    page = str(feed2doc.write(book, "html"))
    assert "Medium · " not in re.sub("<[^>]*>", "", page)


def test_parts_of_one_title_are_not_two_landmarks() -> None:
    """As axe's rule `landmark-unique` wants it: https://dequeuniversity.com/rules/axe/4.10/landmark-unique."""
    parts = tuple(feed2doc.Part("Medium", (article(n),)) for n in (1, 2))
    page = str(feed2doc.write(feed2doc.Book(title="Book", language="en", parts=parts), "html"))
    sections = re.findall(r"<section [^>]*>", page)
    assert len(sections) == 2 and not any("aria-label" in each for each in sections)


def test_title_names_the_publications_and_their_days() -> None:
    assert (
        " ".join(feed2doc.bundle([article(1), article(2, day=3)]).title.split())
        == "Harbour Post · March 4–7, 2025"
    )
    assert feed2doc.bundle([article(1), article(2)]).title == "Harbour Post · March 4, 2025"
    many = [article(n, source=f"Paper {n}") for n in range(5)]
    assert feed2doc.bundle(many).title.startswith("Selected articles")
    assert feed2doc.bundle(many, title="Morning").title == "Morning"
    assert feed2doc.bundle([]).documents == ()


# ---- duplicates --------------------------------------------------------------------------------------


def test_the_same_article_is_in_the_book_once() -> None:
    env = feed2doc.Env()
    first = article(1, words=LONG * 3)
    same_text = article(2, words=(LONG * 3).replace(" ", "  "), url="https://other.example/x")
    same_url = article(3, words=LONG * 2, url="http://harbour.example/1#top")
    book = feed2doc.bundle([first, same_text, article(4), same_url], env=env, order="given")
    assert [d.headline for d in book.documents] == ["Headline 1", "Headline 4"]
    (credit,) = book.documents[0].credits
    assert isinstance(credit, m.Credit) and m.plain_text(credit.text) == "Also at: other.example"
    assert [d.rule for d in env.diagnostics] == ["duplicates", "duplicates"]


def test_the_newest_whole_version_stays() -> None:
    def version(n: int, words: str) -> m.Document:
        return msgspec.structs.replace(
            article(1, words=words), headline=f"Version {n}", archived=DAY + timedelta(days=n)
        )

    old, new, stub = version(1, LONG * 3), version(2, LONG * 3 + "Corrected."), version(3, LONG)
    for order in permutations([old, new, stub]):
        (kept,) = feed2doc.bundle(order).documents
        assert kept.headline == "Version 2"


@pytest.mark.parametrize(
    "others",
    [
        # Entries of a change log, or a page that is mostly a program.
        [article(1, words=LONG, url="https://a.example/log#v1"), article(2, words="Quite other words stand here.", url="https://a.example/log#v2")],
        # Feeds that number their items from 1.
        [article(1, words=LONG), msgspec.structs.replace(article(2, words="Quite other words stand here."), id="guid-1")],
        # A page whose URL is not UTF-8.
        [article(1, words=LONG, url="https://a.example/%B9%E3"), article(2, words="Other.", url="https://a.example/%C9%CF")],
        # Boilerplate text under another headline and picture.
        [article(1, words="Send your drawing to us."), article(2, words="Send your drawing to us.")],
        # Only the beginning came the second time: both stay, because nothing shows that they are the same.
        [article(1, words=LONG), msgspec.structs.replace(article(1, words="Read more"), headline="Later")],
        [article(1, words=""), article(2, words="")],
    ],
)  # fmt: skip
def test_articles_that_only_look_alike_are_not_merged(others: list[m.Document]) -> None:
    env = feed2doc.Env()
    assert len(feed2doc.bundle(others, env=env).documents) == 2 and not env.diagnostics


def test_copies_are_merged_through_a_third() -> None:
    def copy(guid: str, url: str) -> m.Document:
        return msgspec.structs.replace(article(1, words=f"{LONG * 3} {guid} {url}", url=url), id=guid)

    copies = [
        copy("a", "https://a.example/x"),
        copy("b", "https://a.example/y"),
        copy("a", "https://a.example/y"),
    ]
    for order in permutations(copies):
        assert len(feed2doc.bundle(order).documents) == 1


def test_days_are_those_that_are_printed() -> None:
    east = datetime(2025, 3, 5, 0, 30, tzinfo=timezone(timedelta(hours=8)))
    west = datetime(2025, 3, 4, 20, 0, tzinfo=UTC)  # the later moment, on the earlier day
    two = [msgspec.structs.replace(article(n), published=p) for n, p in ((1, east), (2, west))]
    assert " ".join(feed2doc.bundle(two).title.split()) == "Harbour Post · March 4–5, 2025"
    assert [p.title for p in feed2doc.bundle(two, group_by="date").parts] == [
        "March 5, 2025",
        "March 4, 2025",
    ]


# ---- links -------------------------------------------------------------------------------------------


def linked(*urls: str) -> m.Document:
    links = tuple(m.Link((m.Strong((m.Text(f"to {n}"),)),), url) for n, url in enumerate(urls))
    return m.Document(
        id="l",
        url="https://harbour.example/l",
        language="en",
        sections=(m.Section(blocks=(m.Paragraph(links),)),),
    )


def test_links_become_footnotes_or_are_stripped() -> None:
    document = linked("https://a.example/", "mailto:a@b.c")
    (block,) = with_links(document, "footnote").sections[0].blocks
    assert isinstance(block, m.Paragraph)
    strong, note, mail = block.content
    assert isinstance(strong, m.Strong) and isinstance(note, m.Note) and isinstance(mail, m.Link)
    assert note.blocks == (m.Paragraph((m.Link((m.Text("https://a.example/"),), "https://a.example/"),)),)
    assert with_links(document, "inline") is document
    (block,) = with_links(document, "strip").sections[0].blocks
    assert block == m.Paragraph((m.Strong((m.Text("to 0"),)), m.Strong((m.Text("to 1"),))))
    kept = with_links(document, "strip", inside={normalize_url("https://a.example")}).sections[0].blocks[0]
    assert isinstance(kept, m.Paragraph) and isinstance(kept.content[0], m.Link)


def test_links_of_pictures_go_into_their_captions_or_are_stripped() -> None:
    url = "https://a.example/"
    figure = m.Figure(m.Image("https://a.example/i.jpg"), (m.Text("c"),), url=url)
    document = m.Document(id="x", lead=figure)
    note = m.Note((m.Paragraph((m.Link((m.Text(url),), url),)),))
    assert with_links(document, "footnote").lead == m.Figure(figure.image, (m.Text("c"), note))
    assert with_links(document, "strip").lead == m.Figure(figure.image, (m.Text("c"),))
    assert with_links(document, "strip", inside={normalize_url(url)}) == document


@pytest.mark.slow
@given(strategies.documents())
@strategies.MANY
def test_no_word_goes_with_the_links(document: m.Document) -> None:
    stripped, noted = with_links(document, "strip"), with_links(document, "footnote")
    assert '"Link"' not in str(feed2doc.write(stripped, "json"))
    assert m.words_in(stripped) == m.words_in(document)
    for before, after in zip(document.sections, noted.sections, strict=True):
        assert m.plain_text(before.heading) == m.plain_text(after.heading)
        assert len(before.blocks) == len(after.blocks)
    # Applying it twice changes nothing: links inside footnotes stay.
    assert with_links(noted, "footnote") == noted


@pytest.mark.parametrize("to", ["html", "epub"])
def test_only_addresses_of_the_web_lead_to_articles(to: str) -> None:
    relative = [
        msgspec.structs.replace(linked("mailto:a@b.c", "tel:123", "news/2"), id=str(n), url=f"news/{n}")
        for n in (1, 2)
    ]
    data = feed2doc.write(feed2doc.Book(language="en", parts=(feed2doc.Part(documents=tuple(relative)),)), to)
    if isinstance(data, bytes):
        data = "".join(
            z.read(n).decode()
            for z in [zipfile.ZipFile(io.BytesIO(data))]
            for n in z.namelist()
            if "article-" in n
        )
    assert data.count('href="mailto:a@b.c"') == data.count('href="tel:123"') == 2


def test_addresses_in_footnotes_run_to_the_right_in_arabic() -> None:
    document = msgspec.structs.replace(linked("https://a.example/"), language="ar")
    assert '"dir": "ltr"' in str(feed2doc.write(with_links(document, "footnote"), "json"))


def test_articles_of_a_book_lead_to_each_other() -> None:
    two = linked(
        "http://harbour.example/1/?utm_source=x", "https://harbour.example/l", "https://away.example/"
    )
    book = feed2doc.bundle([article(1), two], order="given")
    files = opened(book)
    names = [n for n in files.namelist() if "article-" in n]
    pages = {name: files.read(name).decode() for name in names}
    target = next(name for name, page in pages.items() if "Words of 1" in page).removeprefix("EPUB/")
    (page,) = (page for page in pages.values() if "to 0</strong>" in page)
    body = page.partition("</header>")[2].partition("<nav")[0]
    assert re.findall(r'href="([^"]+)"', body) == [
        target,
        "https://harbour.example/l",
        "https://away.example/",
    ]
    html = str(feed2doc.write(book, "html"))
    assert re.search(r'<a href="#a1-title"><strong>to 0', html) and 'href="https://away.example/"' in html


# ---- the book ----------------------------------------------------------------------------------------


def test_each_chapter_links_to_those_before_and_after_it_in_the_order_of_the_pdf(tmp_path: Path) -> None:
    book = feed2doc.bundle([article(n, day=n % 3, source=f"Paper {n % 2}") for n in range(5)])
    archive = opened(book)
    chapters = [each for each in archive.namelist() if each.startswith("EPUB/article-")]
    pages = {each: archive.read(each).decode() for each in chapters}

    def turn(page: str, rel: str) -> str:
        links = re.findall(f'<a href="([^"]+)" rel="{rel}">(Previous|Next): <span>Headline', page)
        assert len(links) < 2 and all(word == {"prev": "Previous", "next": "Next"}[rel] for _, word in links)
        return f"EPUB/{links[0][0]}" if links else ""

    (first,) = (name for name, page in pages.items() if not turn(page, "prev"))
    order = [first]
    while after := turn(pages[order[-1]], "next"):
        assert turn(pages[after], "prev") == order[-1]
        order.append(after)
    headlines = [re.findall("<h1[^>]*>([^<]+)", pages[each])[0] for each in order]
    assert headlines == [document.headline for document in book.documents]
    data = feed2doc.write(book, "pdf")
    assert isinstance(data, bytes)
    printed = re.findall("^(Headline [0-9])$", text_of(data, tmp_path), re.M)
    assert printed[-5:] == headlines
    alone = opened(feed2doc.bundle([article(1)]))
    assert b"<nav" not in alone.read(next(n for n in alone.namelist() if n.startswith("EPUB/article-")))


def test_names_and_identifier_stay_when_the_book_grows() -> None:
    few = feed2doc.bundle([article(n, day=n % 3, source=f"S{n % 4}") for n in range(8)], title="Growing")
    more = feed2doc.bundle([article(n, day=n % 3, source=f"S{n % 4}") for n in range(20)], title="Growing")
    before, after = opened(few), opened(more)
    assert set(before.namelist()) < set(after.namelist())
    for name in before.namelist():
        if "article-" in name:
            old, new = (each.read(name).partition(b"<nav")[0] for each in (before, after))
            assert old == new
    identifiers = [re.search(rb"urn:uuid:[0-9a-f-]+", z.read("EPUB/content.opf")) for z in (before, after)]
    assert identifiers[0] and identifiers[1] and identifiers[0][0] == identifiers[1][0]


def test_two_articles_of_one_id_have_files_of_their_own() -> None:
    twice = feed2doc.Book(
        title="T", language="en", parts=(feed2doc.Part(documents=(article(1), article(1))),)
    )
    assert len([n for n in opened(twice).namelist() if "article-" in n]) == 2


def test_an_article_is_not_summed_up_by_its_place() -> None:
    place, words = (m.Paragraph((m.Text(each),)) for each in ("NORTH POINT", LONG))
    document = m.Document(id="1", language="en", sections=(m.Section(blocks=(place, words)),))
    assert m.summary_of(document).startswith("The ferry")
    assert m.summary_of(m.Document(id="1", sections=(m.Section(blocks=(place,)),))) == "NORTH POINT"


def test_nav_has_three_levels_and_contents_say_what_to_expect() -> None:
    deep = m.Document(
        id="deep",
        headline="Deep",
        language="en",
        publication="Harbour Post",
        published=DAY,
        standfirst=(m.Text("What it is about."),),
        sections=tuple(
            m.Section((m.Text(f"Level {n}"),), n, (m.Paragraph((m.Text(LONG * 10),)),)) for n in (1, 2, 3)
        ),
    )
    book = feed2doc.bundle([deep, article(1, source="Island News", day=-1)], title="Levels")
    files = opened(book)
    nav = etree.fromstring(files.read("EPUB/nav.xhtml"))
    toc = nav.find(".//{*}nav")
    assert toc is not None
    depths = {len(list(a.iterancestors("{*}ol"))) for a in toc.iter("{*}a")}
    assert depths == {1, 2, 3}
    assert [a.text for a in toc.iter("{*}a")] == [
        "Contents", "Harbour Post", "Deep", "Level 1", "Level 2", "Level 3", "Island News", "Headline 1",
    ]  # fmt: skip
    contents = files.read("EPUB/contents.xhtml").decode()
    assert (
        "What it is about." in contents and "March 4, 2025 · 5 min" in contents and "Words of 1." in contents
    )
    ncx = etree.fromstring(files.read("EPUB/toc.ncx"))
    orders = [int(p.get("playOrder") or 0) for p in ncx.iter("{*}navPoint")]
    assert orders == sorted(orders) and set(orders) == set(range(1, max(orders) + 1))
    landmarks = re.findall(
        r'epub:type="(toc|bodymatter|cover)" href="([^"]+)"', files.read("EPUB/nav.xhtml").decode()
    )
    assert landmarks[0] == ("toc", "contents.xhtml") and landmarks[1][1].startswith("article-")
    assert not [name for name in files.namelist() if "part-" in name]  # each part has one article


def test_no_line_of_a_title_ends_in_a_date() -> None:
    part = feed2doc.Part(documents=(article(1), article(2)))
    book = feed2doc.Book(title="选集 · 2026年1月3日至2026年12月28日", language="zh-CN", parts=(part,))
    for page in (str(feed2doc.write(book, "html")), opened(book).read("EPUB/contents.xhtml").decode()):
        heading = page.partition("<h1>")[2].partition("</h1>")[0]
        pieces = [re.sub("<[^<>]*>", "", piece) for piece in heading.split("<wbr/>")]
        assert pieces == ["选集 ", "· ", "2026年1月3日至", "2026年12月28日"]
        assert 'class="phrases"' in heading


def test_a_large_part_has_a_page() -> None:
    articles = [article(n) for n in range(10)]
    files = opened(feed2doc.bundle([*articles, article(10, source="Island News", day=-1)], title="Parts"))
    (name,) = (name for name in files.namelist() if "part-" in name)
    page = files.read(name).decode()
    assert '<h1 id="title">Harbour Post</h1>' in page
    assert "10 articles · 10 min" in page and "Headline 2" in page
    ncx = etree.fromstring(files.read("EPUB/toc.ncx"))
    ids = ["n1", "n2", *(f"n2-{n}" for n in range(1, 11)), "n3", "n3-1"]
    assert [p.get("id") for p in ncx.iter("{*}navPoint")] == ids


@pytest.mark.parametrize("group_by", ["source", "date"])
def test_a_part_begins_above_its_first_article(group_by: Literal["source", "date"]) -> None:
    """The style sheet of the book shows the title of a part above one of its articles, which is where the nav leads."""
    articles = [article(1), article(2), article(3, source="Island News", day=-1)]
    files = opened(feed2doc.bundle(articles, title="Parts", group_by=group_by))
    assert not [name for name in files.namelist() if "part-" in name]
    nav = etree.fromstring(files.read("EPUB/nav.xhtml"))
    hrefs = [str(a.get("href")) for a in nav.iterfind(".//{*}nav[@id='toc']//{*}a")]
    pages = list(dict.fromkeys(href for href in hrefs if "article-" in href))
    first = [href.partition(".")[0] for href in pages if hrefs.count(href) == 2]
    style = files.read("EPUB/parts.css").decode()
    assert re.findall("#([^ ]+) > .part-title { display: block; }", style) == first and len(first) == 2
    texts = [files.read(f"EPUB/{page}").decode() for page in pages]
    assert all(f'id="{page.partition(".")[0]}"' in text for page, text in zip(pages, texts, strict=True))
    titles = ["".join(re.findall(r'<p class="part-title">([^<]*)</p>', text)) for text in texts]
    assert titles[0] == titles[1] != titles[2] and all(titles)
    # A publication is named once.
    assert (f"#{first[0]} > .head .publication {{ display: none; }}" in style) == (group_by == "source")
    turns = [re.findall(r'<a href="([^"]*)" rel="(\w+)"', text) for text in texts]
    assert turns == [
        [(pages[1], "next")],
        [(pages[0], "prev"), (pages[2], "next")],
        [(pages[1], "prev")],
    ]


def test_what_begins_a_part_does_not_change_the_pages_of_its_articles() -> None:
    """Places of notes and bookmarks stay although an article that comes first, or the tenth one, is added."""
    of_one = [[article(n, day=n % 2) for n in numbers] for numbers in (range(1, 10), range(9), range(12))]
    before, *others = (opened(feed2doc.bundle(each, title="Growing")) for each in of_one)
    for after in others:
        same = [name for name in before.namelist() if "article-" in name and name in after.namelist()]
        assert len(same) >= 8
        for name in same:
            old, new = (each.read(name).partition(b"<nav")[0] for each in (before, after))
            assert old == new


@pytest.mark.parametrize("to", ["html", "pdf", "markdown", "text"])
def test_a_bundle_in_every_format_has_parts_and_contents(to: str, tmp_path: Path) -> None:
    book = feed2doc.bundle([article(1), article(2, source="Island News")], title="Morning news")
    data = feed2doc.write(book, to)
    if to == "pdf":
        import pikepdf

        assert isinstance(data, bytes)
        with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
            titles = [(part.title, [child.title for child in part.children]) for part in outline.root]
        assert titles == [("Harbour Post", ["Headline 1"]), ("Island News", ["Headline 2"])]
        return
    text = str(data)
    assert "Morning news" in text and text.count("Headline 1") >= 2 and text.count("Island News") >= 1


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_a_publication_is_printed_once_above_its_only_article(
    engine: Literal["weasyprint", "typst"], tmp_path: Path
) -> None:
    """The title of the part is at the top of the page; a part by day names another fact."""
    from tests.pdf_text import text_of

    articles = [article(1, day=1), article(2, source="Island News")]
    groups: tuple[GroupBy, ...] = ("source", "date")
    for group_by in groups:
        book = feed2doc.bundle(articles, title="Morning", group_by=group_by)
        text = text_of(feed2doc.write(book, "pdf", engine=engine), tmp_path)
        assert text.count("Island News") == 2, text  # it is in the contents, too


# ---- the command line --------------------------------------------------------------------------------
