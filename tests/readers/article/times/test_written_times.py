"""Dates and times as papers, feeds and programs of many languages write them."""

from datetime import datetime

import pytest
from feed2doc.readers._article.header.times import times_in
from feed2doc.readers._article.times.parsing import parse_time


def iso(text: str) -> str | None:
    found = parse_time(text)
    if found is None:
        return None
    value: datetime = found.value
    return value.isoformat() if found.has_time else value.date().isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二五年五月五日", "2025-05-05"),
        # As programs print times.
        ("2025-05-05 09:30:00.364419679 +0200 CEST", "2025-05-05T09:30:00+02:00"),
        ("2025-05-05 09:30:00.3 +0000 UTC m=+0.000000001", "2025-05-05T09:30:00+00:00"),
        ("2025-05-05T09:30+02:00[Europe/Oslo]", "2025-05-05T09:30:00+02:00"),
        # Zones by their places, with remarks and signs, without a sign, and clocks with dots.
        ("Wed, 05 Mar 2025 10:00:00 Europe/Paris", "2025-03-05T10:00:00+01:00"),
        ("2025-07-05 10:00 America/Argentina/Buenos_Aires", "2025-07-05T10:00:00-03:00"),
        ("5 juillet 2025 10:30 (Europe/Paris)", "2025-07-05T10:30:00+02:00"),
        ("2025-03-05 10:30:00 Asia/Shanghai", "2025-03-05T10:30:00+08:00"),
        ("Wed, 05 Mar 2025 10:00:00 GMT (UTC)", "2025-03-05T10:00:00+00:00"),
        ("Mi, 05 Mrz 2025 10:00:00 MEZ (Berlin)", "2025-03-05T10:00:00+01:00"),
        ('Wed, 05 Mar 2025 10:00:00 "GMT"', "2025-03-05T10:00:00+00:00"),
        ("Wed, 05 Mar 2025 10:00:00 0000", "2025-03-05T10:00:00+00:00"),
        ("2025-03-05T10:00:00 01:00", "2025-03-05T10:00:00+01:00"),
        ("2025-03-05T10:00:00+0000Z", "2025-03-05T10:00:00+00:00"),
        ("Wed, 05 Mar 2008 10:00:00 MSD", "2008-03-05T10:00:00+04:00"),
        ("mer, 05 mar 2025 10.00.00 +0100", "2025-03-05T10:00:00+01:00"),
        ("ke 5. maaliskuuta 2025 10.30", "2025-03-05T10:30:00"),
        ("5 Mar 2025 10:30 News/World", None),
        ("5 Mar 2025 10:30 11:00", None),
        ("Mon, 04/01/2024 - 09:30", "2024-04-01T09:30:00"),
        ("Thu, 04/01/2024 - 09:30", "2024-01-04T09:30:00"),
        ("04/01/2024 09:30", "2024-01-04T09:30:00"),
        ("二零二四年十二月三十一日", "2024-12-31"),
        ("二○二五年十月廿三日", "2025-10-23"),
        ("二〇二五年五月二十日 10:30", "2025-05-20T10:30:00"),
        ("民國一一四年三月十日", "2025-03-10"),
        ("28 آب/اغسطس 2013", "2013-08-28"),
        ("5 ابريل 2020", "2020-04-05"),
        ("3 تشرين الاول 2019", "2019-10-03"),
        # English
        ("Wednesday, March 5, 2025 - 10:30am", "2025-03-05T10:30:00"),
        ("March 5th, 2025 at 12:05 a.m.", "2025-03-05T00:05:00"),
        ("5 Mar 2025, 3 pm", "2025-03-05T15:00:00"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("10:15, 05-Mar-2025", "2025-03-05T10:15:00"),
        # German, Dutch, Scandinavian
        ("Mittwoch, 5. März 2025, 10.30 Uhr", "2025-03-05T10:30:00"),
        ("Mi, 05 Mrz 2025 10:00:00 +0100", "2025-03-05T10:00:00+01:00"),
        ("am 5. Jänner 2025 um 9 Uhr", "2025-01-05T09:00:00"),
        ("05.03.2025 10:30 Uhr", "2025-03-05T10:30:00"),
        ("5. März 2025 um 10:30 Uhr MEZ", "2025-03-05T10:30:00+01:00"),
        ("wo 5 mrt 2025 om 14:05 uur", "2025-03-05T14:05:00"),
        ("onsdag den 5 mars 2025 kl. 10.30", "2025-03-05T10:30:00"),
        # French, Spanish, Portuguese, Italian, Catalan, Romanian
        ("mer., 05 mars 2025 10:00:00 +0100", "2025-03-05T10:00:00+01:00"),
        ("mar. 5 août 2025 à 10h30", "2025-08-05T10:30:00"),
        ("le 1er février 2025", "2025-02-01"),
        ("lunes, 6 de enero de 2025, 10:30 h", "2025-01-06T10:30:00"),
        ("mar 4 mar 2025 22:15", "2025-03-04T22:15:00"),
        ("5 de março de 2025 às 18h05", "2025-03-05T18:05:00"),
        ("6 ene. 2025 03:20 p. m.", "2025-01-06T15:20:00"),
        ("lun, 05 mag 2025 10:00:00 +0200", "2025-05-05T10:00:00+02:00"),
        ("mercoledì 5 marzo 2025, ore 10.30", "2025-03-05T10:30:00"),
        ("5 de febrer de 2025", "2025-02-05"),
        # Russian, Ukrainian, Polish, Czech, Greek, Turkish, Finnish, Indonesian, Vietnamese
        ("5 марта 2025 г. в 10:30 МСК", "2025-03-05T10:30:00+03:00"),
        ("الإثنين 5 أيار/مايو 2025", "2025-05-05"),
        ("5 مايو 2025: 09:30 ص", "2025-05-05T09:30:00"),
        ("5 May 2025: 09:30", "2025-05-05T09:30:00"),
        ("2025年3月5日晚9点15分", "2025-03-05T21:15:00"),
        ("5 March April 2025", None),
        ("ср, 5 мар. 2025, 10:30", "2025-03-05T10:30:00"),
        ("5 березня 2025 р., 10:30", "2025-03-05T10:30:00"),
        ("5 października 2025, godz. 10:30", "2025-10-05T10:30:00"),
        ("5. března 2025", "2025-03-05"),
        ("Τετάρτη, 5 Μαρτίου 2025 10:30 μ.μ.", "2025-03-05T22:30:00"),
        ("5 Ağustos 2025 Salı 10:30", "2025-08-05T10:30:00"),
        ("5. maaliskuuta 2025 klo 10.30", "2025-03-05T10:30:00"),
        ("Rabu, 5 Maret 2025 10:30 WIB", "2025-03-05T10:30:00+07:00"),
        ("5 tháng 3, 2025", "2025-03-05"),
        # Chinese, Japanese, Korean
        ("2025年3月5日 星期三 下午3:20", "2025-03-05T15:20:00"),
        ("2025年3月5日(三)上午10時05分", "2025-03-05T10:05:00"),
        ("2025-03-05 凌晨12:30", "2025-03-05T00:30:00"),
        ("2025/03/05 中午12:30", "2025-03-05T12:30:00"),
        ("２０２５年３月５日　１０：３０", "2025-03-05T10:30:00"),
        ("民國114年3月5日", "2025-03-05"),
        ("2025年3月5日 10:30 北京时间", "2025-03-05T10:30:00+08:00"),
        ("令和7年3月5日（水）午後3時半", "2025-03-05T15:30:00"),
        ("令和元年5月1日", "2019-05-01"),
        ("2025年03月05日 18時20分", "2025-03-05T18:20:00"),
        ("2025년 3월 5일 수요일 오후 3시 20분", "2025-03-05T15:20:00"),
        ("2025.03.05. 오전 10:30", "2025-03-05T10:30:00"),
        ("수, 05 3월 2025 10:00:00 +0900", "2025-03-05T10:00:00+09:00"),
        ("週三, 05 三月 2025 10:00:00 +0800", "2025-03-05T10:00:00+08:00"),
        ("水, 05 3月 2025 10:00:00 +0900", "2025-03-05T10:00:00+09:00"),
        # Arabic, Hebrew
        ("الأربعاء، 5 مارس 2025، 10:30 م", "2025-03-05T22:30:00"),
        ("٥ آذار ٢٠٢٥", "2025-03-05"),
        ("5 كانون الثاني 2025", "2025-01-05"),
        ("5 במרץ 2025", "2025-03-05"),
        ("חמישי, 6 במרץ 2025 10:00", "2025-03-06T10:00:00"),
        # Others
        ("quarta-feira, 5 de março de 2025", "2025-03-05"),
        ("sze, 05 már. 2025 10:00:00 +0100", "2025-03-05T10:00:00+01:00"),
        ("Thứ tư, 5/3/2025, 10:30 (GMT+7)", "2025-03-05T10:30:00+07:00"),
        ("Mar 5, 2025 10:30 a.m. ET", "2025-03-05T10:30:00-05:00"),
        ("July 5, 2025 10:30 a.m. ET", "2025-07-05T10:30:00-04:00"),
        # Programs
        ("2025-03-05T10:00:00+01", "2025-03-05T10:00:00+01:00"),
        ("20250305T100000Z", "2025-03-05T10:00:00+00:00"),
        ("20250305", "2025-03-05"),
        ("2025-W10-3", "2025-03-05"),
        ("2025-03-05T10:00:00.123456+0200", "2025-03-05T10:00:00+02:00"),
        ("2025-03-05 10:00:00 +0800", "2025-03-05T10:00:00+08:00"),
        ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21+00:00"),
        ("01 Jan 98 19:48 EST", "1998-01-01T19:48:00-05:00"),
        ("Wed, 05 Mar 2025 10:00:00 CEST", "2025-03-05T10:00:00+02:00"),
        ("Wed, 05 Mar 2025 10:00:00 AEDT", "2025-03-05T10:00:00+11:00"),
        ("Wed, 05 Mar 2025 10:00:00 Q", "2025-03-05T10:00:00+00:00"),
        ("Wed, 05 Mar 2025 10:00 PM +0000", "2025-03-05T22:00:00+00:00"),
        ("Wed, 05 Mar 2025 10:00:00 +0100 (CET)", "2025-03-05T10:00:00+01:00"),
        ("Wed Mar 05 2025 10:00:00 GMT+0800 (中国标准时间)", "2025-03-05T10:00:00+08:00"),
        ("Wed Mar  5 10:00:00 JST 2025", "2025-03-05T10:00:00+09:00"),
        ("Wed Mar 05 10:00:00 +0000 2025", "2025-03-05T10:00:00+00:00"),
        ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T08:19:53-04:00"),
        ("3/25/2025 4:05:06 PM", "2025-03-25T16:05:06"),
        ("Wed, 05 Mar 2025 24:00:00 GMT", "2025-03-06T00:00:00+00:00"),
    ],
)
def test_a_written_time(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3 hours ago",
        "vor 2 Tagen",
        "il y a 5 minutes",
        "hace 3 días",
        "3天前",
        "昨天 10:30",
        "5分前",
        "3일 전",
        "heute, 10:30 Uhr",
        "Mon, 31 Feb 2025 10:00:00 GMT",
        "5 March",
        "March 2025",
        "10:30",
        "Chapter 5, March 2025",
        "5 boats, 3 May 2025",
        "2025 03 05",
        "05/03/25",
        "114年3月5日",
        "May 1 to May 5, 2025",
        "10:30 11:30 5 May 2025",
        "5 May 2025 and 6",
        "555-1234-2025",
        "1.2.3",
        "Mo 5 Di 2025",
    ],
)
def test_what_is_not_a_time(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "Mon, 05 May 2025 09:30:00 CST", "2025-05-05T09:30:00+08:00"),
        ("zh", "Mon, 05 May 2025 09:30:00 -0600", "2025-05-05T09:30:00-06:00"),
        ("en", "Mon, 05 May 2025 09:30:00 CST", "2025-05-05T09:30:00-06:00"),
    ],
)
def test_cst_in_chinese_texts_is_chinese_time(language: str, text: str, expected: str) -> None:
    import feed2doc

    words = (
        "渡轮今天回来了，码头上站满了人。" if language == "zh" else "The ferry came back to the quay today."
    )
    item = f"<item><title>h</title><pubDate>{text}</pubDate><description>{words}</description></item>"
    (document,) = feed2doc.read_all(
        f"<rss version='2.0'><channel><title>t</title>{item}</channel></rss>".encode()
    )
    assert document.published is not None and document.published.isoformat() == expected


def test_a_date_in_chinese_numerals_is_the_time_of_an_article() -> None:
    import feed2doc

    html = "<p>林海　二〇二五年五月五日</p><p>渡轮今天回来了，码头上站满了人。</p>"
    document = feed2doc.read(html.encode(), format="html")
    assert document.published is not None and f"{document.published:%Y-%m-%d}" == "2025-05-05"


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("5 maggio 2025 - A cura di Anna Mare", ["5 maggio 2025"]),
        ("5 de mayo de 2025 de Ana Mar", ["5 de mayo de 2025"]),
        ("5 mai 2025, le port", ["5 mai 2025"]),
        ("5 May 2025 at 9:30 am", ["5 May 2025 at 9:30 am"]),
        ("5 мая 2025 г. в Осло", ["5 мая 2025 г."]),
        ("5. Mai 2025 um 9 Uhr", ["5. Mai 2025 um 9 Uhr"]),
    ],
)
def test_a_preposition_after_a_time_is_no_part_of_it(line: str, times: list[str]) -> None:
    assert [line[start:stop] for start, stop, _ in times_in(line)] == times
