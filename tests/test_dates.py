"""Localized dates and ranges of days."""

import os
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from feed2doc._compiled_data import toml_file
from feed2doc._locale.dates import localized_day, localized_days
from icu4py.messageformat import MessageFormat


@pytest.mark.parametrize("language", ["zh-CN", "zh", "zh-TW", "ja-JP", "ko", "en", "en-US", "und"])
def test_formats_that_are_kept_here_are_those_of_icu(language: str) -> None:
    of_icu = MessageFormat("{day, date, long}", "en" if language == "und" else language)
    for number in range(577_736, 3_000_000, 40_099):  # from the first day that is the same in ICU's calendar
        day = datetime.fromordinal(number)
        assert localized_day(day, language) == of_icu.format({"day": day})


@pytest.mark.parametrize(
    ("language", "day", "expected"),
    [
        ("de", date(2021, 2, 28), "28. Februar 2021"),
        ("de-AT", date(2021, 1, 3), "3. Jänner 2021"),
        (
            "fr",
            date(987, 12, 31),
            "31 décembre 987",
        ),  # the day that was given, not one of the Julian calendar
        ("ru", date(9999, 12, 31), "31 декабря 9999\u202fг."),
        ("es", date(1, 1, 1), "1 de enero de 1"),
        ("fa", date(2021, 3, 1), "1 مارس 2021"),  # our calendar and digits, as in the times that follow
        ("th-u-ca-buddhist", date(2021, 3, 1), "1 มีนาคม ค.ศ. 2021"),
        ("ar", date(2021, 3, 1), "1 مارس 2021"),
        ("zh-Hant-TW", date(2021, 3, 1), "2021年3月1日"),
        ("la", date(2021, 3, 1), "March 1, 2021"),
    ],
)
def test_days_are_written_as_in_the_language(language: str, day: date, expected: str) -> None:
    assert localized_day(day, language) == expected


@pytest.mark.parametrize(
    ("language", "days", "month", "year"),
    [
        ("en", "March 3–5, 2021", "March 30 – April 2, 2021", "March 3, 2020 – March 5, 2021"),
        ("de", "3.–5. März 2021", "30. März – 2. April 2021", "3. März 2020 – 5. März 2021"),
        ("es", "3–5 de marzo de 2021", "30 de marzo – 2 de abril de 2021", "3 de marzo de 2020 – 5 de marzo de 2021"),
        ("lt", "2021 m. kovo 3–5 d.", "2021 m. kovo 30 – balandžio 2 d.", "2020 m. kovo 3 d. – 2021 m. kovo 5 d."),
        ("ko", "2021년 3월 3일~5일", "2021년 3월 30일 ~ 4월 2일", "2020년 3월 3일 ~ 2021년 3월 5일"),
        ("ja", "2021年3月3日～5日", "2021年3月30日～4月2日", "2020年3月3日～2021年3月5日"),
        ("zh", "2021年3月3日至5日", "2021年3月30日至4月2日", "2020年3月3日至2021年3月5日"),
    ],
)  # fmt: skip
def test_ranges_name_the_year_and_the_month_once(language: str, days: str, month: str, year: str) -> None:
    first, last = date(2021, 3, 3), date(2021, 3, 5)
    assert localized_days(first, last, language) == days
    assert localized_days(date(2021, 3, 30), date(2021, 4, 2), language) == month
    assert localized_days(date(2020, 3, 3), last, language) == year
    assert localized_days(first, first, language) == localized_day(first, language)


def test_the_number_of_a_day_is_not_taken_for_that_of_a_month_or_another_day() -> None:
    assert localized_days(date(2021, 1, 3), date(2021, 2, 3), "en") == "January 3 – February 3, 2021"
    assert localized_days(date(2021, 2, 2), date(2021, 4, 2), "vi") == "2 tháng 2 – 2 tháng 4, 2021"
    assert localized_days(date(2012, 12, 12), date(2012, 12, 20), "de") == "12.–20. Dezember 2012"


def test_days_do_not_depend_on_the_environment() -> None:
    """ICU has data for each language that is listed, in every locale, and is not asked for others."""
    languages = [*toml_file("_locale/languages.toml")["dates"].split(), "la", "xx", "tlh"]
    program = (
        "import sys; from datetime import date; from feed2doc._locale.dates import localized_day as day;"
        "print(ascii([day(date(2021, 9, 1), each) for each in sys.argv[1:]]))"
    )
    days = [
        subprocess.run(
            [sys.executable, "-c", program, *languages],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"LC_ALL": locale, "TZ": zone},
        ).stdout
        for locale, zone in (("fr_FR.UTF-8", "Etc/GMT-14"), ("de_DE.UTF-8", "Etc/GMT+12"))
    ]
    assert days[0] == days[1]
    assert len(languages) > 200 and days[0].count("September 1, 2021") >= 3


def test_a_system_without_time_zones_is_told_which_package_has_them(tmp_path: Path) -> None:
    """As in a container that has neither the system's files nor the package tzdata."""
    item = tmp_path / "item.txt"
    item.write_text("<!--1740454621000-->\n[Port](https://example.com/1)\n---\n<p>The port is open.</p>")
    program = (
        "import sys; sys.modules['tzdata'] = None; from feed2doc._cli import run;"
        "sys.exit(run([sys.argv[1], '-t', 'txt', '-o', '-', '--display-timezone', 'Europe/Berlin']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, item],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONTZPATH": str(tmp_path)},
    )
    assert done.returncode == 4
    assert re.fullmatch(
        r"feed2doc: this system has no time zones: .* -m pip install .*tzdata.*\n", done.stderr
    )
