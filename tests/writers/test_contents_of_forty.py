"""Forty articles have one page of contents on an e-reader too, on which each has one line."""

import re
from pathlib import Path
from typing import Any

import feed2doc
import pikepdf
import pytest
from feed2doc import model as m
from feed2doc.writers._shared.headlines import regular_width
from feed2doc.writers._shared.running_heads import beginning_of
from feed2doc.writers.pdf.options import Pdf
from msgspec.structs import replace

from tests.pdf_text import ENGINES, KOBO, text_of

HEADLINES = {
    "en": (
        "The ferry to the north island runs again after three years, and the pilots say that they are not sure for how long",
        "A day at sea",
        "The harbour library lends “books for long crossings” to all who ask at the quay",
    ),
    "zh-CN": (
        "停航三年之后渡轮重新靠岸，码头上站满了等候多时的人群，船长说明年还会再来，灯塔也会照常亮着",
        "船长的一天",
        "港口图书馆：三十年来借给水手的“免费读物”与一份仍在更新的目录",
    ),
}


def book_of(language: str, count: int, papers: int = 1) -> feed2doc.Book:
    """Return articles of so many papers with their numbers before their headlines."""
    headlines = HEADLINES[language]
    return feed2doc.bundle(
        [
            m.Document(
                id=str(n),
                headline=f"{n + 100} {headlines[n % len(headlines)]}",
                language=language,
                publication=f"Paper{n % papers}",
                sections=(m.Section(blocks=(m.Paragraph((m.Text("Text."),)),)),),
            )
            for n in range(count)
        ],
        title="Morning",
    )


def contents_of(book: feed2doc.Book, engine: Any, page: str, folder: Path) -> tuple[bytes, list[str]]:
    """Return the PDF and the entries of its contents, which have dots."""
    data = feed2doc.write(book, Pdf(engine=engine, page=page))
    lines = text_of(data, folder, "-layout").splitlines()
    return data, [line.strip() for line in lines if re.search(r"(?:\. ?){2,}\s*\d+$", line)]


@pytest.mark.parametrize("language", HEADLINES)
@pytest.mark.parametrize("engine", ENGINES)
def test_each_of_forty_articles_has_a_line(engine: Any, language: str, tmp_path: Path) -> None:
    data, entries = contents_of(book_of(language, 40), engine, KOBO, tmp_path)
    assert [int(re.findall(r"\d{3}", entry)[0]) for entry in entries] == list(range(100, 140))
    titles = [re.sub(r"[. ]*\d+$", "", entry).partition(" ")[2] for entry in entries]
    for n, title in enumerate(titles):
        whole = HEADLINES[language][n % 3].replace(" ", "")
        start = title.replace(" ", "").rstrip("…")
        assert (whole.startswith(start) and len(start) > 13) or start == whole
        assert ("…" in title) == (start != whole)
        if language == "en" and "…" in title:
            assert title.rstrip("…").split(" ")[-1] in HEADLINES["en"][n % 3].replace(",", "").split(" ")
    assert "…" in "".join(titles) and titles[1] == HEADLINES[language][1]
    sizes = text_of(data, tmp_path, "-f", "1", "-l", "1", "-bbox")
    tops = sorted({round(float(top), 1) for top in re.findall(r'yMin="([\d.]+)"', sizes)})
    assert len(pikepdf.open(tmp_path / "x.pdf").pages) == 41
    assert tops[-1] - tops[-11] > 10 * 6.2 * 1.1


@pytest.mark.parametrize("engine", ENGINES)
def test_shortened_headlines_are_whole_in_links_and_in_the_outline(engine: Any, tmp_path: Path) -> None:
    contents_of(book_of("en", 40, papers=4), engine, KOBO, tmp_path)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        said = [str(each.get("/Contents", "")) for each in pdf.pages[0].Annots]
        assert all(any(f"{n + 100} {HEADLINES['en'][n % 3]}" in each for each in said) for n in range(40))
        with pdf.open_outline() as outline:
            names = [str(each.title) for part in outline.root for each in part.children]
        assert len(names) == 40 and any(HEADLINES["en"][0] in name for name in names)


@pytest.mark.parametrize("engine", ENGINES)
def test_long_names_of_parts_and_a_long_title_leave_room_for_headlines(engine: Any, tmp_path: Path) -> None:
    book = book_of("en", 40, papers=20)
    parts = tuple(
        replace(part, title=f"{part.title} of the Harbours and Islands in the North") for part in book.parts
    )
    book = replace(book, parts=parts, title="What was written in the summer")
    _, entries = contents_of(book, engine, KOBO, tmp_path)
    assert len(entries) == 40 and len(pikepdf.open(tmp_path / "x.pdf").pages) == 41
    named = [entry for entry in entries if entry.startswith("Paper")]
    assert len(named) == 20 and all(re.match(r"Paper\d+ of the.*… +\d{3} \w+", entry) for entry in named)


@pytest.mark.parametrize(("count", "page"), [(41, KOBO), (20, "120x160mm"), (40, "a5")])
@pytest.mark.parametrize("engine", ENGINES)
def test_other_contents_have_whole_headlines(engine: Any, count: int, page: str, tmp_path: Path) -> None:
    """More articles have several pages anyway, and few of them or larger pages need no shorter ones."""
    data, _ = contents_of(book_of("en", count), engine, page, tmp_path)
    text = text_of(data, tmp_path, "-layout", "-l", "5")
    assert "…" not in text.partition("Text.")[0]


@pytest.mark.parametrize(
    ("title", "room", "beginning"),
    [
        ("The ferry to the island runs again", 12, "The ferry to the island"),
        ("The ferry, of the island", 6, "The ferry"),
        ("He said “we wait for the ferry” at the quay", 12, "He said “we wait"),
        ("渡轮重新靠岸，码头又有了灯", 8, "渡轮重新靠岸"),
        ("渡轮重新靠岸，码头又有了灯", 9, "渡轮重新靠岸，码头"),
        ("船长说《渡轮的三十年》还会再来", 7, "船长说《渡轮的"),
        ("Donaudampfschifffahrtsgesellschaft", 9, "Donaudampfschiff"),
    ],
)
def test_the_beginning_of_a_headline(title: str, room: float, beginning: str) -> None:
    assert beginning_of(title, room) == beginning
    assert regular_width(beginning) <= room


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "title",
    [
        "晨报：港口与岛屿之间的四十篇报道、评论与书评",
        "The morning paper of the harbour, the islands and the long coast",
    ],
)
def test_a_long_title_and_a_subtitle_leave_room_for_forty_lines(
    engine: Any, title: str, tmp_path: Path
) -> None:
    book = replace(book_of("en", 40, papers=19), title=title, subtitle="30 November 2026 · No. 12")
    data, entries = contents_of(book, engine, KOBO, tmp_path)
    assert len(entries) == 40 and len(pikepdf.open(tmp_path / "x.pdf").pages) == 41
    first = text_of(data, tmp_path, "-l", "1")
    assert "No. 12" in first and title.replace(" ", "") in "".join(first.split())
