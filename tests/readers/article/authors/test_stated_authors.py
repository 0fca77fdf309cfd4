"""Authors, times and tags as feeds and pages state them."""

from __future__ import annotations

import re
from html import escape

import feed2doc
import pytest
from feed2doc import Document
from feed2doc.readers._rules.words.credit_parts import _BEFORE_LABEL

ENGLISH = "The ferry is back in the old harbour, and the port office is glad about it."
CHINESE = "渡轮周一驶入重新开放的老港，港务局说疏浚工程比原定日期晚了十一个月。"
GERMAN = "Die Fähre fährt wieder in den alten Hafen, und das freut auch die Behörde in Oslo."
JAPANESE = "月曜日の朝、フェリーが再開した港に入った。"
KOREAN = "월요일 아침 배가 다시 열린 항구에 들어왔다."


def _read(stated: str, text: str = ENGLISH, publication: str = "Quay Letter") -> Document:
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:media="http://search.yahoo.com/mrss/"'
    )
    feed = (
        f'<rss version="2.0" {spaces}><channel><title>{publication}</title><item><title>Back</title>'
        f"<link>https://quay.example/1</link>{stated}<description>{text}</description></item></channel></rss>"
    )
    return feed2doc.read(feed.encode())


def _persons(author: str, text: str = ENGLISH, publication: str = "Quay Letter") -> list[str]:
    stated = f"<dc:creator>{escape(author)}</dc:creator>"
    return [person.name for person in _read(stated, text, publication).byline]


@pytest.mark.parametrize(
    ("author", "persons"),
    [
        ("Ann Ba | Quay Letter", ["Ann Ba"]),
        ("Ann Ba, Quay Letter", ["Ann Ba"]),
        ("Ann Ba - Quay Letter", ["Ann Ba"]),
        ("Ann Ba for Quay Letter", ["Ann Ba"]),
        ("Ann Ba/Quay Letter", ["Ann Ba"]),
        ("Ann Ba / Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("Ann Ba/Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("AFP/Ann Ba", ["Ann Ba"]),
        ("Quay Letter", ["Quay Letter"]),
        ("AC/DC", ["AC/DC"]),
        ("Ann Ba | Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("Ann Ba • Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("Ann Ba with Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("Gone with Wind", ["Gone with Wind"]),
        ("Ba, Ann; Berg, Otto", ["Ann Ba", "Otto Berg"]),
        ("Ann Ba; Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("Ann Ba, Oslo", ["Ann Ba"]),
        ("Ann, Otto", ["Ann", "Otto"]),
        ("Ann Ba, PhD", ["Ann Ba"]),
        ("Ann Ba, Jr.", ["Ann Ba Jr."]),
        ("Ann Ba et al.", ["Ann Ba"]),
        ("Ann Ba Staff Writer", ["Ann Ba"]),
        ("Ann Ba Defence and security editor", ["Ann Ba"]),
        ("Ann Ba, Defence and Security Editor", ["Ann Ba"]),
        ("Ann Ba Senior political correspondent and Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("Otto Berg, Ann Ba Health editor", ["Otto Berg", "Ann Ba"]),
        ("Ann Ba UK technology editor", ["Ann Ba"]),
        ("Ann Ba health editor", ["Ann Ba"]),
        ("Ann Ba, Product Manager", ["Ann Ba"]),
        ("Ann Ba and Otto Berg, Software Engineers", ["Ann Ba", "Otto Berg"]),
        ("Ann Ba, Staff Research Scientist", ["Ann Ba"]),
        ("Jack London reporter", ["Jack London"]),
        ("QNA Editor", ["QNA Editor"]),
        ("Ann Editor", ["Ann"]),
        ("Quay Health editor", ["Quay Health"]),
        ("Ann Ba, illustration by Otto Berg for The Quay Post", ["Ann Ba"]),
        ("Ann Ba for The Quay Post", ["Ann Ba"]),
        ("website", []),
        ("Ann Ba @annba", ["Ann Ba"]),
        ("Ann Ba 2025-05-05", ["Ann Ba"]),
        ("@annba", ["@annba"]),
        ("Ann Ba &amp; Otto Berg", ["Ann Ba", "Otto Berg"]),
        ('<a href="https://quay.example/ann">Ann Ba</a>', ["Ann Ba"]),
    ],
)
def test_what_is_next_to_a_name_is_not_an_author(author: str, persons: list[str]) -> None:
    assert _persons(author) == persons


@pytest.mark.parametrize(
    ("author", "text", "persons"),
    [
        ("（中央社記者林小海）", CHINESE, ["林小海"]),
        ("林海 发自奥斯陆", CHINESE, ["林海"]),
        ("特约作者 林海", CHINESE, ["林海"]),
        ("作者：林海 编辑：梅林", CHINESE, ["林海"]),
        ("责任编辑：林海", CHINESE, ["林海"]),
        ("林海（海港日报）", CHINESE, ["林海"]),
        ("林海·梅林", CHINESE, ["林海·梅林"]),
        ("Ein Gastbeitrag von Anna Ba", GERMAN, ["Anna Ba"]),
        ("Gastautor: Anna Ba", GERMAN, ["Anna Ba"]),
        ("Foto: Anna Ba", GERMAN, ["Anna Ba"]),
        ("김바다·이하늘 기자", KOREAN, ["김바다", "이하늘"]),
        ("[김바다 기자]", KOREAN, ["김바다"]),
        ("山田 太郎", JAPANESE, ["山田 太郎"]),
        ("林海 梅林", CHINESE, ["林海", "梅林"]),
    ],
)
def test_names_of_other_languages(author: str, text: str, persons: list[str]) -> None:
    assert _persons(author, text) == persons


@pytest.mark.parametrize("author", ["admin", "Unknown", "Site Admin", "wp-admin", "https://quay.example/ann"])
def test_accounts_of_programs_and_addresses_are_nobody(author: str) -> None:
    assert _persons(author) == []


@pytest.mark.parametrize(("author", "text"), [("管理员", CHINESE), ("운영자", KOREAN), ("Unbekannt", GERMAN)])
def test_accounts_in_other_languages_are_nobody(author: str, text: str) -> None:
    assert _persons(author, text) == []


@pytest.mark.parametrize("before", ["null", "undefined", "admin"])
def test_a_word_of_a_program_before_a_name_is_no_part_of_it(before: str) -> None:
    assert _persons(f"{before} Ann Ba") == ["Ann Ba"]
    item = f"[海港](https://quay.example/1)\n------\n<div><div><i>{before} 林海生（综合报道）<br>2020-09-19 09:52</i></div><p>{CHINESE}</p></div>"
    read = feed2doc.read(item.encode())
    assert [person.name for person in read.byline] == ["林海生"]


@pytest.mark.parametrize(
    ("author", "persons"),
    [
        ("Ann Ba, Quay Post Correspondent", ["Ann Ba"]),
        ("Ann Ba, The Quay Post Reporter", ["Ann Ba"]),
        ("Ann Ba, Reuters Correspondent", ["Ann Ba"]),
        ("Ann Ba, Otto Berg Correspondent", ["Ann Ba", "Otto Berg"]),
    ],
)
def test_a_title_after_the_name_of_the_paper_is_no_author(author: str, persons: list[str]) -> None:
    feed = f"<rss><channel><title>The Quay Post</title><item><title>h</title><author>{author}</author><description>&lt;p&gt;The rope holds.&lt;/p&gt;</description></item></channel></rss>"
    assert [person.name for person in feed2doc.read(feed.encode()).byline] == persons


def test_a_person_in_the_text_goes_before_the_account_of_a_program() -> None:
    read = _read(
        "<dc:creator>admin</dc:creator>", f"&lt;p&gt;By Ann Ba&lt;/p&gt;&lt;p&gt;{ENGLISH}&lt;/p&gt;"
    )
    assert [person.name for person in read.byline] == ["Ann Ba"]


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("<h5>Ann Ba, Harbour Correspondent</h5>", 0),
        ("<h4>Ann Ba</h4>", 0),
        ("<h2>Ann Ba</h2>", 1),
        ("<h5>Otto Berg</h5>", 1),
        ("<h5>Ann Ba and the sea</h5>", 1),
    ],
)
def test_the_stated_author_in_a_low_heading_above_the_text(heading: str, count: int) -> None:
    read = _read("<dc:creator>Ann Ba</dc:creator>", f"{escape(heading)}&lt;p&gt;{ENGLISH}&lt;/p&gt;")
    assert [person.name for person in read.byline] == ["Ann Ba"]
    assert sum(bool(section.heading) for section in read.sections) == count


@pytest.mark.parametrize("publication", ["海港APP - 潮新闻", "海港APP｜潮新闻", "海港APP"])
def test_a_person_in_the_text_goes_before_a_part_of_the_publication(publication: str) -> None:
    text = f"&lt;p&gt;作者：林海生&lt;/p&gt;&lt;p&gt;{CHINESE}&lt;/p&gt;"
    read = _read("<author>海港APP</author>", text, publication)
    assert [person.name for person in read.byline] == ["林海生"]
    other = _read("<author>王梅</author>", text, publication)
    assert [person.name for person in other.byline] == ["王梅"]


def test_the_family_name_may_come_first_in_the_elements_of_journals() -> None:
    names = (
        '<meta name="citation_author" content="Ba, Ann"><meta name="citation_author" content="Berg, Otto">'
    )
    page = f"<html><head><title>Back</title>{names}</head><body><h1>Back</h1><p>{ENGLISH}</p></body></html>"
    assert [person.name for person in feed2doc.read(page.encode()).byline] == ["Ann Ba", "Otto Berg"]


def test_the_time_of_creation_is_the_publication_time() -> None:
    read = _read(
        "<dcterms:created>2025-05-05T08:00:00Z</dcterms:created><dcterms:modified>2025-05-07T08:00:00Z</dcterms:modified>"
    )
    assert (str(read.published), str(read.updated)) == (
        "2025-05-05 08:00:00+00:00",
        "2025-05-07 08:00:00+00:00",
    )


def test_a_category_that_says_that_there_is_none_is_no_tag() -> None:
    tags = "".join(f"<category>{each}</category>" for each in ("Uncategorized", "未分类", "Ferries"))
    assert _read(tags).tags == ("Ferries",)


def test_the_name_of_a_file_is_not_the_caption_of_a_picture() -> None:
    picture = '<media:content url="https://quay.example/IMG_2034.jpg" medium="image"><media:title>IMG_2034.jpg</media:title></media:content>'
    lead = _read(picture).lead
    assert lead is not None
    assert lead.caption == ()


@pytest.mark.parametrize(
    ("authors", "persons"),
    [
        (["Ann Ba", "Nena"], ["Ann Ba", "Nena"]),
        (["Ann Ba", "Otto Berg", "Sting"], ["Ann Ba", "Otto Berg", "Sting"]),
        (["Анна Ба", "Земфира"], ["Анна Ба", "Земфира"]),
        (["Ann Ba, Oslo", "Otto Berg"], ["Ann Ba", "Otto Berg"]),
        (["Ann Ba", "admin"], ["Ann Ba"]),
        (["admin", "Nena"], ["Nena"]),
        (["admin", "editor"], []),
        (["Quay Post avec AFP", "Ann Ba"], ["Quay Post avec AFP", "Ann Ba"]),
    ],
)
def test_names_that_are_stated_one_by_one_are_not_places(authors: list[str], persons: list[str]) -> None:
    creators = "".join(f"<dc:creator>{author}</dc:creator>" for author in authors)
    assert [person.name for person in _read(creators).byline] == persons
    metas = "".join(f'<meta name="author" content="{author}">' for author in authors)
    page = f"<html><head><title>Back</title>{metas}</head><body><h1>Back</h1><p>{ENGLISH}</p></body></html>"
    assert [person.name for person in feed2doc.read(page.encode()).byline] == persons
    item = f"---\nauthor: {authors}\n---\n[Back](https://quay.example/1)\n------\n<p>{ENGLISH}</p>"
    assert [person.name for person in feed2doc.read(item.encode()).byline] == persons


def test_a_long_run_of_signs_is_searched_once() -> None:
    between = re.compile(_BEFORE_LABEL)
    assert between.match(" | | | ") is not None
    assert between.match("a | | | ", 2) is None
    assert _persons("Ann Ba" + " |" * 50_000 + " Otto Berg")[:1] == ["Ann Ba"]


@pytest.mark.parametrize(
    ("author", "persons"),
    [
        ("해강=김바다 기자", ["김바다"]),
        ("김바다 항구중학교 역사 교사, 기획·구성=이하늘 기자", ["김바다"]),
        ("김바다 기자, 이하늘 기자", ["김바다", "이하늘"]),
        ("김바다 항구중학교", ["김바다 항구중학교"]),
    ],
)
def test_what_is_next_to_a_korean_name(author: str, persons: list[str]) -> None:
    document = _read(f"<dc:creator>{author}</dc:creator>", KOREAN)
    assert [person.name for person in document.byline] == persons
