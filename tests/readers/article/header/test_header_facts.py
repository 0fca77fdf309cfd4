"""Header facts: what is taken from JSON-LD, `meta` elements and the lines before the text, and what stays in the text."""

import json

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.readers._article.header.line import read_line
from feed2doc.readers._rules.sites import rules_for

TEXT = "<p>The ferry came in at dawn, white and late, and the quay was full.</p><p>Nobody had slept.</p>"
STATED = "2025-05-05T09:30:00+02:00"


def page(body: str, head: str = "") -> feed2doc.Document:
    return feed2doc.read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def entry(body: str, env: feed2doc.Env | None = None, **facts: str) -> feed2doc.Document:
    """Return the article of a feed entry by Ann Ba of 5 May 2025."""
    item = {"id": "1", "title": "Ferry", "url": "https://quay.example/1", "date_published": STATED}
    item |= {"content_html": body, **facts}
    authors = [{"name": "Ann Ba"}]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "items": [{**item, "authors": authors}],
    }
    return feed2doc.read(json.dumps(feed).encode(), env=env)


def names(document: feed2doc.Document) -> list[str]:
    return [person.name for person in document.byline]


def item(body: str) -> feed2doc.Document:
    """Return the article of an item without a time."""
    return feed2doc.read(f"[Ferry](https://quay.example/1)\n------\n{body}".encode())


def words(document: feed2doc.Document) -> str:
    return m.plain_article(document)


def day(document: feed2doc.Document) -> str:
    return document.published.isoformat()[:10] if document.published else ""


@pytest.mark.parametrize(
    "line",
    [
        "<p>Le <time datetime='2024-03-01'>1er mars</time>, le pont ouvre à six heures.</p>",
        "<p><time>22:10</time> – Das Wasser steigt.</p><p><time>23:00</time> – Es fällt.</p>",
        "<ul><li><time datetime='2026-01-09'>9 de enero</time>: nudos</li></ul>",
        "<h2><time datetime='2019-05-04'>4 May 2019</time></h2><p>We moved the boats.</p>",
        "<blockquote><p>Back again.</p><time datetime='2021-02-03'>3 February 2021</time></blockquote>",
        "<p>渡輪於<time datetime='2020-01-02'>一月二日</time>停航，居民措手不及。</p>",
        "<div class=entry><p><time datetime='2025-05-05T08:00'>8:00</time></p><p>The first boat.</p></div>"
        "<div class=entry><p><time datetime='2025-05-05T09:00'>9:00</time></p><p>The second boat.</p></div>",
        "<p><time datetime='1931-06-02'>2 June 1931</time></p><p>The mole was finished on this day.</p>",
        "<p>It was late.</p><p class=date>3 March 2011</p><p>Then it was early.</p>",
        # The days of a diary.
        "<p><b>2025年5月3日</b></p><p>雾很大。</p><p><b>2025年5月4日 星期日</b></p><p>雾散了。</p>",
        "<p><em>Samedi 3 mai 2025</em></p><p>Brume.</p><p><em>Dimanche 4 mai 2025</em></p><p>Soleil.</p>",
        "<p>4 May 2025</p><p>Fog.</p><p>A gull came.</p><p>5 May 2025</p><p>Sun.</p><p>6 May 2025</p><p>Rain.</p>",
        "<div><span>3. Mai 2025</span></div><div>Nebel.</div><div><span>4. Mai 2025</span></div><div>Sonne.</div>",
    ],
)
def test_a_time_in_the_text_stays_in_it(line: str) -> None:
    document = entry(line + TEXT)
    assert document.published is not None and document.published.isoformat() == STATED
    plain = feed2doc.read(f"[h](https://quay.example/2)\n------\n<p>{TEXT}</p>{line}".encode())
    assert plain.published is None
    for text in (
        "".join(part.split(">")[-1].split()) for part in line.split("<") if part.split(">")[-1].strip()
    ):
        assert text in "".join(words(document).split()) and text in "".join(words(plain).split())


@pytest.mark.parametrize(
    "below",
    [
        "<p>It will be bought in June.</p><p>Oslo, 4 May 2025</p>",
        "<p>It will be bought in June.</p><p>4 May 2025</p>",
        "<p>6 May 2025: it will be bought in June.</p><p>So they say.</p>",
    ],
)
def test_the_day_above_a_text_is_that_of_the_article(below: str) -> None:
    document = item(f"<p>5 May 2025</p><p>The council met on Monday and agreed on the tar.</p>{below}")
    assert day(document) == "2025-05-05" and not words(document).startswith("5 May 2025")


@pytest.mark.parametrize(
    "line",
    [
        "<address>Ropewalk 9, Upper Harbour</address>",
        "<p>As <a rel=author href='/mia'>Mia Lund</a> wrote, it will stay.</p>",
        "<p class=byline>Anna, Lower Harbour</p><p>It should go.</p><p class=byline>Otto, Upper Harbour</p><p>No.</p>",
        "<div itemscope itemtype='https://schema.org/Review'><p>Says <b itemprop=author>Gull42</b>: dry.</p></div>",
        "<p>Par <span class=author>Zoé Roux</span> et ses amis, une chanson est née.</p>",
        "<blockquote><p>We sail.</p><p class=author>Otto Berg</p></blockquote>",
    ],
)
def test_a_person_in_the_text_stays_in_it(line: str) -> None:
    assert names(entry(TEXT + line + "<p>End.</p>")) == ["Ann Ba"]
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n{line}{TEXT}".encode())
    assert "Anna" in line or not names(document)
    for text in (part.split(">")[-1].strip() for part in line.split("<")):
        assert "".join(text.split()) in "".join(words(entry(TEXT + line + "<p>End.</p>")).split())


@pytest.mark.parametrize(
    ("line", "persons", "published"),
    [
        ("<p class=byline>By Ann Ba, 5 May 2025 | Oslo</p>", ["Ann Ba"], "2025-05-05"),
        ("<p class=byline>Oslo | By Ann Ba and Bo Cy · May 5, 2025</p>", ["Ann Ba", "Bo Cy"], "2025-05-05"),
        ("<div class=author>2025-05-05 — Ann Ba</div>", ["Ann Ba"], "2025-05-05"),
        ("<p>By <a rel=author href='/a'>Ann Ba</a> on <time datetime=2025-05-05>Monday</time></p>", ["Ann Ba"], "2025-05-05"),
        ("<p>by <a href='/a'>Dr Ann Ba</a> for <a href='/'>The Quay</a></p>", ["Dr Ann Ba"], ""),
        ("<p>By Ann Ba in Oslo</p><p>Published on May 5, 2025</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>作者：林海生 编译</p>", ["林海生"], ""),
        ("<p>作者：林海 | 2025年5月5日 09:30</p>", ["林海"], "2025-05-05"),
        ("<p>来源：海港日报　作者：梅林　2025-05-05 08:30</p>", ["梅林"], "2025-05-05"),
        ("<header><span class=author>Ann Ba</span> <span class=date>5 May 2025</span></header>", ["Ann Ba"], "2025-05-05"),
        ("<p class=byline>Ann Ba, Oslo</p>", ["Ann Ba"], ""),
        ("<p>By Ann Ba, N.Y.</p>", ["Ann Ba"], ""),
        ("<p>By Ann Ba, L'Aquila</p>", ["Ann Ba"], ""),
        ("<p>Von Ann Ba, Frankfurt/Main</p>", ["Ann Ba"], ""),
        ("<p>By Ann Ba and Reuters, Oslo</p>", ["Ann Ba"], ""),
        ("<div class=byline>Ann Ba <span>|</span> <span>World desk</span></div>", ["Ann Ba"], ""),
        ("<p>Par Anne Ba (Oslo, correspondante)</p>", ["Anne Ba"], ""),
        ("<p>김바다 특파원 (도쿄)</p>", ["김바다"], ""),
        ("<p>[ 作者：林海 ]</p>", ["林海"], ""),
        ("<p>By Ann Ba</p><p>Published Monday 5 May 2025, 14:05 BST | Updated 16:40</p>", ["Ann Ba"], "2025-05-05"),
        ("<div><i>Ann Ba<br>2025-05-05 09:30</i></div>", ["Ann Ba"], "2025-05-05"),
        ("<p>Ann Ba, correspondent in Oslo</p>", ["Ann Ba"], ""),
        ("<p>Por Ana Mar, do Recife</p>", ["Ana Mar"], ""),
        ("<p>By Ann Ba</p><p>Last modified on Mon 5 May 2025 14.05 BST</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>By Ann Ba</p><p>First published: May 5, 2025 at 2:05 p.m. EDT · Updated May 6</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>Von Ann Ba</p><p>Veröffentlicht am 05.05.2025 um 14:05 Uhr, aktualisiert um 16:40 Uhr</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>Par Ann Ba</p><p>Publié le lundi 5 mai 2025 à 14h05</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>Por Ann Ba</p><p>Publicado em 05/05/2025 às 14h05. Atualizado em 06/05/2025 às 8h</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>作者：林海</p><p>发布日期: 2025/05/05 浏览次数: 120 【字号：大 中 小】</p>", ["林海"], "2025-05-05"),
        ("<ul><li>By <a href='/a'>Ann Ba</a></li><li>May 5, 2025</li><li>in <a href='/ferries'>Ferries</a></li><li>3 comments</li></ul>", ["Ann Ba"], "2025-05-05"),
        ("<p>By Ann Ba</p><p>2025年5月5日 19:40 来源：海港日报 阅读量：3021</p>", ["Ann Ba"], "2025-05-05"),
        ("<p class=info><span>May 5, 2025</span><span class=author>Ann Ba</span><span>1,204 views</span></p>", ["Ann Ba"], "2025-05-05"),
        ("<p>Aus Oslo berichtet Ann Ba</p>", ["Ann Ba"], ""),
        ("<p>Par Ann Ba</p><p>Mis en ligne le 5 mai 2025 à 18 h 20</p>", ["Ann Ba"], "2025-05-05"),
        ("<div class=byline><span>By <a href='/a'>Ann Ba</a></span><span>Posted: 3:15 PM, May 5, 2025</span><span>Last Updated: 9:02 AM, May 6, 2025</span></div>", ["Ann Ba"], "2025-05-05"),
        ("<p>文　浜辺里奈</p><p>2025年5月5日(月) 14:05配信</p>", ["浜辺里奈"], "2025-05-05"),
        ("<p>By Ann Ba and Bo Cy, Staff Writers</p>", ["Ann Ba", "Bo Cy"], ""),
        ("<p>Ann Ba | Correspondent</p>", ["Ann Ba"], ""),
        ("<p>Anne Ba (à Oslo)</p>", ["Anne Ba"], ""),
        ("<p>Ann Ba with Reuters</p>", ["Ann Ba"], ""),
        ("<p>Fog on the water (in May)</p>", [], ""),
        ("<p>dal nostro inviato Otto Berg</p>", ["Otto Berg"], ""),
        ("<p>文／林海　图／梅林</p>", ["林海"], ""),
        ("<p>作者：安·巴 | 译者：林海 | 校对：梅林</p>", ["安·巴"], ""),
        ("<div><span>发布时间：2025-05-05 09:30</span><span>作者：林海</span><span>浏览次数：12</span><span>字号：[大 中 小]</span></div>", ["林海"], "2025-05-05"),
        ("<div><span>发布日期：2025年05月05日</span> <span>作者：林海</span> <span>字体大小：<a>大</a><a>中</a><a>小</a></span> <span><a>打印</a></span></div>", ["林海"], "2025-05-05"),
        ("<table><tr><td>发布时间：2025-05-05 作者：林海 字体：<a>大</a> <a>中</a> <a>小</a></td></tr></table>", ["林海"], "2025-05-05"),
        ("<p>2025/05/05 09:30　海港新聞　記者 林海</p>", ["林海"], "2025-05-05"),
        ("<p>By Ann Ba</p><p>5 May 2025 - Updated 10:02 2 min read</p>", ["Ann Ba"], "2025-05-05"),
        ("<div class=post-meta><i class=cal></i> May 5, 2025 <i class=user></i> <a href='/a'>Ann Ba</a> <i class=c></i> <a href='#c'>3 Comments</a></div>", ["Ann Ba"], "2025-05-05"),
        ("<div><span>Par Ann Ba</span><span>Publié le 5 mai 2025 à 14h05</span><span>Mis à jour le 6 mai 2025</span><span>Temps de lecture : 2 min</span></div>", ["Ann Ba"], "2025-05-05"),
        ("<p class=byline>By Ann Ba <span>Staff Reporter</span> <a href='mailto:a@quay.example'>a@quay.example</a></p>", ["Ann Ba"], ""),
        ("<p>By Ann Ba</p><div><span>Quay Notes</span><span>2025-05-05 10:22</span><a href='#'>评论(5)</a></div>", ["Ann Ba"], "2025-05-05"),
        ("<p>2025/05/05 09:30 記者林海報導</p>", ["林海"], "2025-05-05"),
        ("<p>2025年5月5日 9時30分 林海記者</p>", ["林海"], "2025-05-05"),
        ("<p>입력 2025.05.05 09:30 김바다 기자</p>", ["김바다"], "2025-05-05"),
        ("<p>采写/林海 摄影/梅林</p>", ["林海"], ""),
        ("<p>撰文者：林海 刊登時間：2025-05-05</p>", ["林海"], "2025-05-05"),
        ("<p>Беседовала Анна Басова</p>", ["Анна Басова"], ""),
        ("<p>By Ann Ba, Associated Press</p>", ["Ann Ba"], ""),
        ("<p>By: Ann Ba / Quay News</p>", ["Ann Ba"], ""),
        ("<p>Words: Ann Bacon. Pictures: Bo Cy</p>", ["Ann Bacon"], ""),
        ("<p>김바다 기자 | 입력 2025.05.05 09:30 | 수정 2025.05.06 10:40</p>", ["김바다"], "2025-05-05"),
        ("<p>나루시 특파원 2025-05-05</p>", ["나루시"], "2025-05-05"),
        ("<p>김바다 기자 2025.05.05 09:30</p>", ["김바다"], "2025-05-05"),
        ("<h6>김바다 기자  2025. 5. 5. 09:30</h6>", ["김바다"], "2025-05-05"),
        ("<p>해강신문 | 김바다 기자 | 2025-05-05 09:15:00</p>", ["김바다"], "2025-05-05"),
        ("<p>Story by Ann Ba; photos by Bo Cy • May 5, 2025</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>Ann Ba, published on 5 May 2025 at 9:30, updated on 6 May 2025 • Reading time: 3 min.</p>", ["Ann Ba"], "2025-05-05"),
        ("<p>di Anna Mare, 5 maggio 2025 alle 09:15 - 2 minuti di lettura</p>", ["Anna Mare"], "2025-05-05"),
        ("<div><span>5 мая 2025, 14:30</span><span>Автор: Олег Берег</span><span>Просмотров: 1024</span></div>", ["Олег Берег"], "2025-05-05"),
        ("<p>文＝はまべ潮、写真＝みなと灯</p>", ["はまべ潮"], ""),
        ("<p>取材・文：はまべ潮 / 2025年5月5日</p>", ["はまべ潮"], "2025-05-05"),
        ("<p>كتب: سالم النوري | 5 مايو 2025</p>", ["سالم النوري"], "2025-05-05"),
        ("<p>Текст: Анна Морева, опубликовано 5 мая 2025 г.</p>", ["Анна Морева"], "2025-05-05"),
        ("<p>May 5, 2025 By Ann Bale Leave a Comment</p>", ["Ann Bale"], "2025-05-05"),
        ("<p>By Ann Bale Published 05/06/25 09:30 AM ET Updated 05/06/25 10:00 AM ET</p>", ["Ann Bale"], "2025-05-06"),
        ("<p>Anna Bale · 05.06.25, 09:30 Uhr</p>", ["Anna Bale"], "2025-06-05"),
        ("<p>Luke 12.10.15</p>", [], ""),
        ("<p>김바다 | 25.05.06 09:30</p>", ["김바다"], "2025-05-06"),
        ("<p>5 mai 2025 | De notre correspondante Anne Colin</p>", ["Anne Colin"], "2025-05-05"),
        ("<p>5 de mayo de 2025 de Ana Mar</p>", ["Ana Mar"], "2025-05-05"),
        ("<p>Por Ana Mar. Bilbao, 5 may 2025</p>", ["Ana Mar"], "2025-05-05"),
        ("<p class=byline>Ana Sta. Cruz, 5 may 2025</p>", ["Ana Sta. Cruz"], "2025-05-05"),
        ("<p>2025年5月5日 佐伯みのり</p>", ["佐伯みのり"], "2025-05-05"),
        ("<p>2025-05-05 09:30 福島では</p>", [], ""),
        ("<p>原创 林海生 海港周刊 2025年05月05日 09:30 北京</p>", ["林海生"], "2025-05-05"),
        ("<p>2025-05-05 09:30　海港時報　林海生</p>", ["林海生"], "2025-05-05"),
        ("<p>（2025年5月5日）林海生</p>", ["林海生"], "2025-05-05"),
        ("<p>林海生／2025年5月5日</p>", ["林海生"], "2025-05-05"),
        ("<p>2025年05月05日 更新 山田太郎</p>", ["山田太郎"], "2025-05-05"),
        ("<p>2025-05-05 山田太郎（港新聞）</p>", ["山田太郎"], "2025-05-05"),
        ("<p>Por Ana Silva, g1 PE 05/05/2025 09h30 Atualizado há 2 horas</p>", ["Ana Silva"], "2025-05-05"),
        ("<p>Version 10.11.12 of the pilot's book</p>", [], ""),
        ("<p>海港网 &gt; 社会 &gt; 正文</p><p>作者：林海 2025-05-05</p>", ["林海"], "2025-05-05"),
        ("<p>Our correspondent in Oslo</p>", [], ""),
        ("<p>A boat, says a correspondent in Oslo, is late.</p>", [], ""),
        ("<p class=byline>By Ann Ba, who was born in 1985 and never left the harbour.</p>", [], ""),
        ("<p>By morning the tide had turned</p>", [], ""),
        ("<p>Von hier an ist alles Watt</p>", [], ""),
    ],
)  # fmt: skip
def test_a_byline_with_a_time_or_a_place(line: str, persons: list[str], published: str) -> None:
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n{line}{TEXT}".encode())
    assert (names(document), day(document)) == (persons, published)
    first = document.sections[0].blocks[0]
    taken = isinstance(first, m.Paragraph) and m.plain_text(first.content).startswith("The ferry")
    assert taken == bool(persons)


@pytest.mark.parametrize(
    "line", ["記者／綜合報導", "文/综合报道", "作者：编译", "记者 综合报道", "記者 編譯"]
)
def test_a_note_after_a_label_is_no_author(line: str) -> None:
    document = item(f"<p>{line}</p>{TEXT}")
    assert not document.byline and line not in words(document)


@pytest.mark.parametrize(
    ("time", "has_time"),
    [
        ("<time datetime='2025-05-05T00:00:00Z'>May 5th 2025</time>", False),
        ("<time datetime='2025-05-05T00:00:00+02:00'>5. Mai 2025</time>", False),
        ("<time datetime='2025-05-05T00:00:00Z'>May 5th 2025, 00:00</time>", True),
        ("<time datetime='2025-05-05T10:00:00Z'>May 5th 2025</time>", True),
        ("<time datetime='2025-05-05T00:00:00Z'>Now</time>", True),
    ],
)
def test_midnight_is_a_date_if_a_date_is_shown(time: str, has_time: bool) -> None:
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n<p>{time}</p>{TEXT}".encode())
    assert (day(document), document.published_has_time) == ("2025-05-05", has_time)


def test_a_caption_with_a_date_below_the_first_picture_is_no_header() -> None:
    caption = "<div><small>渡轮发表告别演说 （2025年5月5日）</small></div>"
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n<img src=/a.png>{caption}{TEXT}".encode())
    assert document.lead is not None and m.plain_text(document.lead.caption).startswith("渡轮发表告别演说")
    only_date = "<img src=/a.png><p><small>5 May 2025</small></p>"
    assert (
        day(feed2doc.read(f"[h](https://quay.example/2)\n------\n{only_date}{TEXT}".encode())) == "2025-05-05"
    )


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Stand: 05.05.2025, 09:30 Uhr", "2025-05-05T09:30:00", "2025-05-05T09:30:00"),
        ("Actualizado: lunes, 5 de mayo de 2025 a las 7:05 p. m.", "2025-05-05T19:05:00", "2025-05-05T19:05:00"),
        ("입력 2025.05.05 09:30 수정 2025.05.06 10:40", "2025-05-05T09:30:00", "2025-05-06T10:40:00"),
        (
            "公開 <time datetime='2025-05-05T09:30:00+09:00'>5月5日</time> 更新日時 <time datetime='2025-05-06T08:00:00+09:00'>8時</time>",
            "2025-05-05T09:30:00",
            "2025-05-06T08:00:00",
        ),
        (
            "<time class=updated datetime='2025-05-06T08:00Z'>6 May</time> <time class=entry-date datetime='2025-05-05T09:30Z'>5 May</time>",
            "2025-05-05T09:30:00",
            "2025-05-06T08:00:00",
        ),
        ("آخر تحديث: 5 مايو 2025 09:30", "2025-05-05T09:30:00", "2025-05-05T09:30:00"),
        ("最新更新：2025/05/05 09:30", "2025-05-05T09:30:00", "2025-05-05T09:30:00"),
        (
            "<time itemprop=dateModified datetime='2025-05-06T10:00Z'>05/05/2025 09:30 | Actualizado a 06/05/2025 10:00</time>",
            "2025-05-05T09:30:00",
            "2025-05-06T10:00:00",
        ),
    ],
)  # fmt: skip
def test_times_of_updates(line: str, published: str, updated: str) -> None:
    html = f"<title>h</title><article><h1>h</h1><p class=date>{line}</p>{TEXT}</article>"
    document = feed2doc.read(html.encode(), format="html")
    assert document.published is not None and document.updated is not None
    assert document.published.isoformat()[:19] == published and document.updated.isoformat()[:19] == updated
    assert words(document).startswith("h\nThe ferry")


@pytest.mark.parametrize(
    "line",
    [
        "發稿時間：2025/5/5 下午3:05（5/5 16:40 更新）",
        "5 мая 2025 г., 15:05 · Чтение: 3 мин.",
        "5 mai 2025 à 15h05 • Lecture 4 min.",
        "2025年5月5日 15時05分 読了時間：3分",
    ],
)
def test_what_is_next_to_a_time_is_left_out(line: str) -> None:
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n<p>{line}</p>{TEXT}".encode())
    assert document.published is not None and document.published.isoformat()[:16] == "2025-05-05T15:05"
    assert words(document).startswith("h\nThe ferry") or words(document).startswith("The ferry")


def test_a_time_in_a_sentence_does_not_recur_the_one_of_the_header() -> None:
    sentence = (
        "<p>The last ferry left on <time datetime=1998-10-03>3 October 1998</time>, and then none did.</p>"
    )
    header = "<p>Published <time datetime='2025-05-05T09:30Z'>5 May 2025</time></p>"
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n{header}{TEXT}{sentence}".encode())
    assert day(document) == "2025-05-05" and "left on 3 October 1998, and" in words(document)


def test_a_byline_below_a_summary_in_a_header() -> None:
    summary = "<p>Bread</p><p>Why the oven went out, and who lit it.</p>"
    header = f"<header>{summary}<address>Ann Ba</address><time datetime=2025-05-05>Monday</time></header>"
    document = feed2doc.read(f"[h](https://quay.example/2)\n------\n{header}{TEXT}".encode())
    assert (names(document), day(document)) == (["Ann Ba"], "2025-05-05")
    assert "and who lit it." in words(document)


def test_a_byline_in_the_last_line() -> None:
    for line in ("<p class=byline>By Ann Ba</p>", "<footer>By <a rel=author>Ann Ba</a>, 5 May 2025</footer>"):
        document = feed2doc.read(f"[h](https://quay.example/2)\n------\n{TEXT}{line}".encode())
        assert names(document) == ["Ann Ba"] and words(document).endswith("Nobody had slept.")


def test_names_that_are_not_in_the_byline_are_a_credit() -> None:
    env = feed2doc.Env()
    document = entry("<p class=byline>By Ann Ba and Bo Cy | 5 min read</p>" + TEXT, env)
    assert names(document) == ["Ann Ba"]
    assert [m.plain_text(credit.text) for credit in document.credits] == ["Ann Ba and Bo Cy"]
    assert ["5 min read" in d.text for d in env.diagnostics if d.kind == "dropped"] == [True]


def test_a_byline_that_is_not_used_keeps_its_label() -> None:
    document = entry("<p>作者：莫丹</p>" + TEXT)
    assert [m.plain_text(credit.text) for credit in document.credits] == ["作者：莫丹"]


def test_the_header_of_a_page_is_accounted_for() -> None:
    env = feed2doc.Env()
    header = (
        "<nav class=breadcrumbs><a href='/'>Home</a></nav><div class=kicker>Sea</div><h1>Ferry</h1>"
        "<h2 class=subtitle>It came in late.</h2><div class=byline>By <a rel=author>Ann Ba</a></div>"
        "<div class=date><time datetime=2025-05-05>May 5</time></div><div>12 Comments</div><div>Share this</div>"
    )
    document = entry(f"<header>{header}</header>{TEXT}", env)
    assert m.plain_text(document.standfirst) == "It came in late."
    dropped = " ".join(d.text for d in env.diagnostics if d.kind == "dropped")
    for text in ("Home", "Sea", "Ferry", "May 5", "12 Comments", "Share this"):
        assert text in dropped
    assert (
        words(document)
        == "Ferry\nIt came in late.\nThe ferry came in at dawn, white and late, and the quay was full.\nNobody had slept."
    )
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    "line",
    [
        "Print",
        "X",
        "5 minutes",
        "3 hours ago",
        "Save the boats",
        "Read on",
        "Listen",
        "12 comments on the harbour",
    ],
)
def test_words_of_buttons_in_the_text_stay_in_it(line: str) -> None:
    assert line in words(entry(f"{TEXT}<p>{line}</p>{TEXT}"))


@pytest.mark.parametrize(
    ("text", "persons", "time", "places"),
    [
        ("By Ann Ba | Oslo | Updated 6 May 2025", "Ann Ba", "", ["Oslo"]),
        ("作者：林海　发布时间：2025-05-05 09:30", "林海", "2025-05-05 09:30", []),
        ("Par Luc Morel et Anne Petit, publié le 5 mai 2025", "Luc Morel et Anne Petit", "5 mai 2025", []),
        ("Escrito por Inés Costa el 5 de mayo de 2025", "Inés Costa", "5 de mayo de 2025", []),
        ("Scritto da Anna Mare il 5 maggio 2025", "Anna Mare", "5 maggio 2025", []),
        ("Geschreven door Jan de Boer op 5 mei 2025", "Jan de Boer", "5 mei 2025", []),
        ("Ann Ba, Monday 5 May 2025", "Ann Ba", "Monday 5 May 2025", []),
        ("Mon, 5 May 2025 09:30:00 GMT", "", "Mon, 5 May 2025 09:30:00 GMT", []),
        ("Posted by Ines Holm on May 5, 2025 in News", "Ines Holm", "May 5, 2025", ["in News"]),
        ("By Ines Holm, Staff Writer | 2025-05-05", "Ines Holm", "2025-05-05", ["Staff Writer"]),
        ("Ines Holm @ines · 5 May 2025 · 7 min read", "Ines Holm", "5 May 2025", []),
        ("Published May 5, 2025 9:30 AM EDT By Ines Holm", "Ines Holm", "May 5, 2025 9:30 AM EDT", []),
        ("记者 林海 2025-05-05", "林海", "2025-05-05", []),
        ("Lower Harbour, 5 May 2025", "", "5 May 2025", []),
        ("Text by Jean-Luc d'Arc & Mia van der Lund", "Jean-Luc d'Arc & Mia van der Lund", "", []),
        ("نُشر في 5 مايو 2025", "", "5 مايو 2025", []),
        ("公開日時：2025年5月5日 9時30分", "", "2025年5月5日 9時30分", []),
        ("發布時間：2025-05-05 09:30 最後更新：2025-05-06 08:00", "", "2025-05-05 09:30", []),
        ("Artikel vom 5. Mai 2025, 9.30 Uhr", "", "5. Mai 2025, 9.30 Uhr", []),
        ("El lunes, 5 de mayo de 2025 a las 7:05 p. m.", "", "lunes, 5 de mayo de 2025 a las 7:05 p. m.", []),
    ],
)
def test_lines(text: str, persons: str, time: str, places: list[str]) -> None:
    line = read_line(text, rules_for(""))
    assert (line.byline, line.time_text, line.places) == (persons, time, places)


@pytest.mark.parametrize(
    ("box", "dropped"),
    [
        ("<form><p>Neue Texte per E-Mail</p><input type=email></form>", True),
        (
            "<div class='kg-signup-card'><h2>Sign up</h2><form><input type=email></form><p>No spam.</p></div>",
            True,
        ),
        ("<aside class='email-subscription'><p>S'abonner</p><form><input type=email></form></aside>", True),
        ("<div class='signup-story'><p>How we signed up the crew.</p></div>", False),
        ("<form><p>Which boat?</p><input type=radio> Tern</form>", False),
        ("<div class='newsletter-body'><p>Dear crew.</p></div>", False),
    ],
)
def test_forms_to_sign_up(box: str, *, dropped: bool) -> None:
    document = entry(TEXT + box + TEXT)
    assert (words(document).count("\n") == 4) == dropped


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Luc Morel et Anne Petit", ["Luc Morel", "Anne Petit"]),
        ("Inés Costa y Juan Mar", ["Inés Costa", "Juan Mar"]),
        ("Anna Meer und Otto Berg", ["Anna Meer", "Otto Berg"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("海港日报·海港网记者 林海", ["林海"]),
        ("本报记者 林海", ["林海"]),
        ("林海、梅林报道", ["林海", "梅林"]),
        ("김바다 기자·이하늘 기자", ["김바다", "이하늘"]),
        ("林海、摄影：梅林", ["林海"]),
        ("Maria dos Santos e Silva", ["Maria dos Santos e Silva"]),
        ("Ann Ba, Quay News", ["Ann Ba"]),
        ("AC/DC Ferry", ["AC/DC Ferry"]),
        ("Quay News", ["Quay News"]),
    ],
)
def test_persons_of_a_byline_with_a_conjunction(byline: str, names: list[str]) -> None:
    document = feed2doc.read(f'<p class="byline">{byline}</p>{TEXT}'.encode(), format="html")
    assert [person.name for person in document.byline] == names


@pytest.mark.parametrize(
    "line",
    [
        "著者：高橋徹（港口大学教授）",
        "編集委員　高橋徹",
        "経済部　高橋徹",
        "文・高橋徹　写真・山田花子",
    ],
)
def test_a_name_next_to_an_office_in_japanese(line: str) -> None:
    text = "<p>岸壁の灯がともり、連絡船がゆっくりと着いた。</p><p>人びとは荷物を持って降りてきた。</p>"
    assert names(page(f"<p>{line}</p>{text}")) == ["高橋徹"]


def test_a_clock_with_a_label_next_to_the_day() -> None:
    document = page(f"<p>Mardi 24 janvier 2017 | Mise en ligne à 12h02</p>{TEXT}")
    assert day(document) == "2017-01-24" and "Mise en ligne" not in words(document)


def test_a_time_without_words_in_the_header() -> None:
    line = '<p class="byline">By Ann Ba <time datetime="2025-05-05T09:30:00+02:00"></time></p>'
    document = page(f"{line}{TEXT}")
    assert (names(document), day(document)) == (["Ann Ba"], "2025-05-05")


@pytest.mark.parametrize(
    ("line", "persons"),
    [
        ("By Ann Ba (with Otto Berg and Bo Cydal)", ["Ann Ba", "Otto Berg", "Bo Cydal"]),
        ("Von Ann Ba (mit Otto Berg)", ["Ann Ba", "Otto Berg"]),
        (
            "Par <span itemprop='author'><a class='auteur' href='/a'>Ann Ba</a> (avec Otto Berg et Bo Cydal)</span>",
            ["Ann Ba", "Otto Berg", "Bo Cydal"],
        ),
        ("Par Ann Ba (avec AFP)", ["Ann Ba"]),
    ],
)
def test_who_helped_is_in_a_bracket(line: str, persons: list[str]) -> None:
    assert names(page(f'<p class="byline">{line}</p>{TEXT}')) == persons


@pytest.mark.parametrize("line", ["By Ann Ba, (Oslo), Otto Berg", "(Oslo), (Kiel)", "By () , ()"])
def test_brackets_without_a_name_in_a_byline(line: str) -> None:
    env = feed2doc.Env(audit=True)
    html = f'<p class="byline">{line}</p>{TEXT}'
    document = feed2doc.read(html.encode(), format="html", env=env)
    assert "Nobody had slept." in words(document)
    assert not [note for note in env.diagnostics if note.kind == "loss"]


def test_a_slash_between_full_names() -> None:
    for author, persons in (
        ("Ann Ba / Otto Berg", ["Ann Ba", "Otto Berg"]),
        ("Ferry / Quay", ["Ferry / Quay"]),
    ):
        document = page(TEXT, f'<meta name="author" content="{author}">')
        assert names(document) == persons


@pytest.mark.parametrize(
    ("html", "names", "lines"),
    [
        ("<ul role='list'><li>林海</li><li>港口台记者</li></ul><p>2025年5月5日</p>", ["林海"], ["港口台记者"]),
        ("<h1>Fog</h1><div><ul><li>Ann Ba</li><li>Quay Notes, Oslo</li></ul></div><time datetime='2025-05-05'>now</time>", ["Ann Ba"], ["Quay Notes, Oslo"]),
        ("<div>5 May 2025</div><ul><li>Ann Ba</li></ul>", ["Ann Ba"], []),
        ("<ul class='article-byline'><li>Inés Costa</li><li>Redactora</li></ul>", ["Inés Costa"], ["Redactora"]),
        # Lists of the text.
        ("<ul><li>Ann Ba</li><li>Otto Berg</li></ul>", [], []),
        ("<p>2025年5月5日</p><ul><li>渡轮回来了。</li><li>码头满了。</li></ul>", [], []),
        ("<p>5 May 2025</p><p>These mend ropes in the fog at the quay.</p><ul><li>Ann Ba</li></ul>", [], []),
    ],
)  # fmt: skip
def test_a_byline_that_is_a_list(html: str, names: list[str], lines: list[str]) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"{html}{TEXT}".encode(), format="html", env=env)
    assert [person.name for person in document.byline] == names
    assert [m.plain_text(credit.text) for credit in document.credits] == lines
    assert any(isinstance(node, m.BulletList) for node in m.walk(document)) != bool(names)
    assert not [d for d in env.diagnostics if d.kind == "loss"]


def test_links_and_buttons_above_the_text_of_a_page() -> None:
    head = "<div><a href='/'>Home</a> <a href='/b'>Boats</a> <a href='/w'>Weather</a></div><h1>The slip</h1>"
    buttons = "<div role='toolbar'><span>Listen</span> <span>214</span></div><ul><li>Share</li><li>Tweet</li><li>X</li></ul>"
    page = f"<html><head><title>The slip – Quay</title></head><body>{head}{buttons}{TEXT}</body></html>"
    document = feed2doc.read(page.encode(), format="html")
    assert words(document) == words(feed2doc.read(f"<h1>The slip</h1>{TEXT}".encode(), format="html"))


NAVIGATION = "<p><a href='/'>Home</a> <a href='/b'>Boats</a> <a href='/w'>Weather</a></p>"


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        (NAVIGATION, ""),
        (f"<nav-bar>{NAVIGATION}{NAVIGATION}</nav-bar>", ""),
        # The headline of a page that begins with text is a heading of it.
        (f"<p>The ferry came back at dawn.</p>{NAVIGATION}", "Home Boats Weather"),
        (f"{NAVIGATION}<p>The ferry came back at dawn.</p>", "Home Boats Weather"),
        (NAVIGATION.replace("Home", "<img src='/a.jpg' alt='The quay'>Home"), "Home Boats Weather"),
        (
            "<p>The three men were <a href='/a'>Ann</a>, <a href='/b'>Bo</a> and <a href='/c'>Cy</a>.</p>",
            "Cy",
        ),
    ],
)
def test_links_above_the_headline_of_a_page(above: str, kept: str) -> None:
    page = (
        f"<html><head><title>The slip – Quay</title></head><body>{above}<h1>The slip</h1>{TEXT}</body></html>"
    )
    document = feed2doc.read(page.encode(), format="html")
    text = words(document)
    assert kept in text and (kept or "Home" not in text)


def test_the_author_block_of_a_wordpress_theme() -> None:
    author = (
        '<div class="wp-block-post-author"><div class="wp-block-post-author__avatar"><img src="/a.png"></div>'
        '<div><p class="wp-block-post-author__byline">Written by</p>'
        '<p class="wp-block-post-author__name">Ann Ba</p></div></div>'
    )
    document = feed2doc.read(f"<h1>The slip</h1>{author}{TEXT}".encode(), format="html")
    assert names(document) == ["Ann Ba"] and "Written by" not in words(document)


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("海港日报 | 林海：渡轮回来了", "林海"),
        ("海港日报丨安·巴：渡轮回来了", "安·巴"),
        ("海港日报 / 欧阳海：渡轮回来了", "欧阳海"),
        ("海港日报 | 林海——渡轮回来了", "林海"),
        ("海港日报 | 林海", "林海"),
        ("Harbour Courier | Ann Ba: The ferry is back", "Ann Ba"),
        ("Hafenpost – Anna Meer: Die Fähre fährt wieder", "Anna Meer"),
        ("항구일보 | 김바다: 배가 돌아왔다", "김바다"),
        ("记者：林海 | 编辑：梅林", "林海"),
        ("Ann Ba | Otto Berg: Photographer", "Ann Ba"),
    ],
)
def test_a_byline_of_an_outlet_a_person_and_a_title(line: str, person: str) -> None:
    env = feed2doc.Env(audit=True)
    page = f'<h1>Q</h1><p class="byline">{line}</p>{TEXT}'
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert [each.name for each in document.byline] == [person]
    assert not [note for note in env.diagnostics if note.kind == "loss"]


@pytest.mark.parametrize(
    ("headline", "person"),
    [
        ("海港日报 | 林海：渡轮回来了", "林海"),
        ("海港日报｜司徒海：渡轮回来了", "司徒海"),
        ("海港日报丨梅林：渡轮回来了", "梅林"),
        ("海港日报 | 独家：渡轮回来了", "海港日报"),
        ("海港日报 | 高校：渡轮回来了", "海港日报"),
        ("海港日报 | 共同的渡轮与港口：渡轮回来了", "海港日报"),
        ("林海 | 渡轮回来了", "林海"),
    ],
)
def test_a_headline_of_an_outlet_a_person_and_a_title(headline: str, person: str) -> None:
    item = f"[{headline}](https://chinadigitaltimes.net/chinese/1)\n---\n{TEXT}"
    assert [each.name for each in feed2doc.read(item.encode()).byline] == [person]


@pytest.mark.parametrize(
    "line",
    [
        "2025年5月5日 渡轮回来了",
        "2025年5月5日　渡轮在海港",
        "2025年5月5日 船が帰ってきた",
        "2025년 5월 5일 배가 돌아왔다",
        "2025년 5월 5일, 배가 돌아왔다",
        "Deadline: 5 May 2025",
        "Frist: 5. Mai 2025",
        "Edition of 5 May 2025",
        "Loi du 5 mai 2025",
        "Urteil vom 5. Mai 2025",
        "Otto Berg, geboren am 5. Mai 1950",
        "Cher Luc, le 5 mai 2025",
        "社会部 解散",
        "Map: Oslo and Bergen",
    ],
)
def test_a_first_line_that_only_has_a_time_or_looks_like_names(line: str) -> None:
    document = page(f"<p>{line}</p>{TEXT}{TEXT}")
    assert not document.byline
    assert line in words(document)


@pytest.mark.parametrize(
    "line", ["2025년 5월 5일 항구의 아침", "여객선 운항 재개 2025년 5월 5일", "2025-05-05 渡轮沉没 三人失踪"]
)
def test_words_next_to_a_time_are_not_names(line: str) -> None:
    assert not page(f"<p>{line}</p>{TEXT}{TEXT}").byline


def test_places_below_a_picture_are_not_a_credit() -> None:
    figure = "<figure><img src='https://quay.example/a.png'><figcaption>{}</figcaption></figure>"
    for line, credit in (
        ("Map: Oslo and Bergen", ""),
        ("Photo: Ann Ba and Otto Berg", "Photo: Ann Ba and Otto Berg"),
    ):
        (found,) = feed2doc.figures(page(TEXT + figure.format(line) + TEXT))
        assert m.plain_text(found.credit) == credit


@pytest.mark.parametrize(
    ("line", "persons", "published"),
    [
        ("<div class=meta><span class=reading-time>3 min read</span> <span class=cat>Filed under <a href=/c>Sea</a></span></div>", [], ""),
        ("<div class=meta><span class=on>Posted on <a href='#'><time datetime=2025-05-05>May 5, 2025</time></a></span> <span class=byline>by <span class='author vcard'><a class='url fn n' href=/author/ann>Ann Ba</a></span></span> <span class=cat-links>Posted in <a href=/c>Sea</a></span> <span class=tags-links>Tagged <a href=/t>ropes</a>, <a href=/u>tar</a></span></div>", ["Ann Ba"], "May 5, 2025"),
        ("<div class=meta><span class=on>Posted on <time datetime=2025-05-05>May 5, 2025</time></span> <span class=cat-links>Posted in <a href=/c>Sea</a></span></div>", [], "May 5, 2025"),
        ("<p>Posted on May 5, 2025 by Ann Ba | Posted in <a href=/c>Sea</a></p>", ["Ann Ba"], "May 5, 2025"),
        ("<div class=meta><span class=a>By Anna Ba</span> <span class=b>5 May 2025</span> <span class=c>Filed under: Sea, Ropes</span></div>", ["Anna Ba"], "5 May 2025"),
        ("<div class=meta><span class=a>2025-05-05</span> <span class=b>作者：林海</span> <span class=c>分类：海事</span></div>", ["林海"], "2025-05-05"),
        ("<div><span class=a>Ann Ba</span> <span class=b>·</span> <span class=c>Follow</span> <span class=b>·</span> <span class=d>May 5, 2025</span></div>", ["Ann Ba"], "May 5, 2025"),
    ],
)  # fmt: skip
def test_elements_of_a_header_line_are_its_parts(line: str, persons: list[str], published: str) -> None:
    document = item(f"{line}{TEXT}")
    assert [person.name for person in document.byline] == persons
    assert document.published_text == published
    assert words(document).startswith("Ferry\nThe ferry came in at dawn")


@pytest.mark.parametrize(
    "line",
    [
        "<p><span class=a>It</span> <span class=b>was filed under ropes.</span></p>",
        "<p><span class=a>Filed under ropes</span> <span class=b>was all that we knew.</span></p>",
        "<p><span class=a>Ann Ba</span> <span class=b>was there.</span></p>",
    ],
)
def test_elements_of_a_sentence_are_text(line: str) -> None:
    _, first, *others = words(item(f"{line}{TEXT}")).split("\n")
    assert first.endswith(("ropes.", "knew.", "there."))
    assert len(others) == 2


@pytest.mark.parametrize(
    "line", ["2026-10-06 · 预计阅读约 12 分钟", "2026-10-06 · 预计阅读 12 分钟", "2026-10-06 · 5 min read"]
)
def test_the_reading_time_next_to_the_day(line: str) -> None:
    document = item(f"<div>{line}</div>{TEXT}")
    assert day(document) == "2026-10-06" and "2026" not in words(document)


@pytest.mark.parametrize(
    "line",
    [
        "<div>2025-05-05 12:11<span>来源：海港时报网</span><span>作者：林海生</span></div>",
        '<div class="info">2025-05-05 12:11<span>作者：林海生</span><span>来源：海港时报网</span></div>',
        "<div><a>微博</a></div><div><a>Qzone</a></div><p>2025-05-05 12:11 作者：林海生</p>",
        "<div>2025-05-05 12:11 | 1164次阅读 | 来源 海港网 | 0条评论 | 作者 林海生</div>",
    ],
)
def test_labels_that_touch_the_time_before_them(line: str) -> None:
    item = f"[渡轮归来](https://quay.example/2)\n------\n{line}<p>渡轮在黎明时分靠岸，码头上站满了人。</p><p>没有人睡过觉。</p>"
    document = feed2doc.read(item.encode())
    assert [each.name for each in document.byline] == ["林海生"]
    assert document.published is not None and document.published.isoformat()[:16] == "2025-05-05T12:11"


def test_the_time_of_day_in_a_heading_below_that_of_the_name() -> None:
    header = '<h5><a href="/writer/ann-ba">Ann Ba</a></h5><h6>May 5, 2025 9:00AM (UTC)</h6>'
    document = page(f"<article><h1>Ferry</h1>{header}{TEXT}</article>", "<title>Ferry</title>")
    assert document.published is not None and document.published.isoformat() == "2025-05-05T09:00:00+00:00"
    section = page(
        f"<article><h1>Ferry</h1>{TEXT}<h6>May 5, 2025 9:00AM</h6>{TEXT}</article>", "<title>Ferry</title>"
    )
    assert "May 5, 2025" in m.plain_article(section)
