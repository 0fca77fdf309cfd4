"""Headings without markup: short paragraphs between longer ones."""

from __future__ import annotations

import feed2doc
import pytest
from feed2doc import model as m

CHINESE = "渡轮在清晨离开港口，船长说今天的海面十分平静，乘客们都站在甲板上看灯塔。"
ENGLISH = "The ferry leaves the harbour at dawn, and its captain says that the sea is calm today."


def headings_of(*paragraphs: str) -> list[str]:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    document = feed2doc.read(f"[港口的早晨](https://quay.example/1)\n------\n{body}".encode())
    return [m.plain_text(section.heading) for section in document.sections if section.heading]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (CHINESE, ("清晨的码头", "渡轮与灯塔", "潮水退去之后")),
        (ENGLISH, ("At the quay", "The ferry", "After 12 tides")),
    ],
)
def test_short_lines_between_paragraphs_are_headings(text: str, lines: tuple[str, ...]) -> None:
    assert headings_of(text, *(each for line in lines for each in (line, text, text))) == list(lines)


def test_a_heading_may_be_above_a_picture() -> None:
    picture = '<img src="https://quay.example/1.jpg" width="800" height="600">'
    lines = ("清晨的码头", CHINESE, "渡轮与灯塔", picture + CHINESE, "潮水退去之后", CHINESE)
    assert headings_of(CHINESE, *lines) == ["清晨的码头", "渡轮与灯塔", "潮水退去之后"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (CHINESE, "清晨的码头", CHINESE, "渡轮与灯塔", CHINESE),  # too few
        (CHINESE, "清晨的码头", "渡轮与灯塔", "潮水退去之后", CHINESE),  # a list
        (CHINESE, "A", "一艘渡轮", "B", "一座灯塔", "C", "一场潮水"),  # choices
        (
            CHINESE,
            "清晨的码头",
            CHINESE,
            "渡轮与灯塔",
            CHINESE,
            "潮水退去之后",
            CHINESE,
            "林海",
        ),  # a name at the end
        (CHINESE, "问：码头", CHINESE, "答：灯塔", CHINESE, "问：潮水", CHINESE),
        (CHINESE, "电话 020-1234567", CHINESE, "传真 020-1234568", CHINESE, "邮编 510000", CHINESE),
        (CHINESE, "<b>清晨</b>的码头", CHINESE, "渡轮与灯塔", CHINESE, "潮水退去之后", CHINESE),
    ],
)
def test_other_short_lines_stay_paragraphs(paragraphs: tuple[str, ...]) -> None:
    assert headings_of(*paragraphs) == []


def test_marked_headings_are_the_only_ones() -> None:
    lines = (each for line in ("清晨的码头", "渡轮与灯塔", "潮水退去之后") for each in (line, CHINESE))
    assert headings_of(CHINESE, f"{CHINESE}</p><h2>灯塔</h2><p>{CHINESE}", *lines) == ["灯塔"]
