"""Words that a time may have, which limit where the times in a header line are looked for."""

from __future__ import annotations

import pytest
from feed2doc.readers._article.header.times import _ends_of_runs, times_in
from feed2doc.readers._article.times.written_times import may_be_in_time


@pytest.mark.parametrize(
    "word",
    [
        "May",
        "5th",
        "1er",
        "d'août",
        "Uhr",
        "p.m.",
        "GMT+8",
        "Z",
        "EST,",
        "января",
        "مايو",
        "五月",
        "오전",
        "พฤษภาคม",
        "a.m.",
        "às",
    ],
)
def test_words_of_the_calendar_may_be_in_a_time(word: str) -> None:
    assert may_be_in_time(word)


@pytest.mark.parametrize("word", ["Ann", "Berg,", "published", "Gespräch", "обновлено", "Ρεπορτάζ"])
def test_other_words_may_not(word: str) -> None:
    assert not may_be_in_time(word)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Ann Ba and Otto Berg, published on 5 May 2025 at 9:30, updated on 6 May 2025", 2),
        ("Mon May 05 2025 09:30:00 GMT+0800 (Harbour Standard Time) Ann Ba", 1),
        ("Ann Ba, 5 May 2025 (Oslo) 6 May 2025", 2),
        ("Ann May reports", 0),
        ("Ann Ba (and Otto Berg, who is still at sea, published on 5 May 2025", 1),
    ],
)
def test_times_are_found_between_other_words(text: str, times: int) -> None:
    assert len(list(times_in(text))) == times


def test_the_name_of_a_zone_belongs_to_the_time() -> None:
    ((start, stop, written),) = times_in("Ann Ba, 5 May 2025 09:30 Europe/Paris")
    assert (start, stop) == (8, 37)
    assert str(written.value.utcoffset()) == "2:00:00"


def test_few_words_of_a_bracket_may_be_in_a_time() -> None:
    words = "(and", *(f"w{chr(97 + number)}ter" for number in range(20))
    assert _ends_of_runs(list(words))[:8] == [6, 6, 6, 6, 6, 6, 6, 7]
