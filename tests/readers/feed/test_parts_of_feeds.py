"""Parts of the bodies of feeds: rows of tags, words about windows, portraits, requests of browsers, credits and datelines."""

import feed2doc
import pytest
from feed2doc import model as m

TEXT = "<p>The ferry to the north island runs again, after a long winter.</p><p>It has a new captain.</p>"


def read(body: str, headline: str = "The ferry is back", host: str = "quay.example") -> m.Document:
    return feed2doc.read(f"[{headline}](https://{host}/2026/ferry)\n---\n{body}".encode())


def blocks_of(document: m.Document) -> list[m.Block]:
    return [block for section in document.sections for block in section.blocks]


def texts_of(document: m.Document) -> list[str]:
    return [m.plain_text(block.content) for block in blocks_of(document) if isinstance(block, m.Paragraph)]


@pytest.mark.parametrize(
    "row",
    [
        "<div><a rel='category tag' href='/c/harbour'>Harbour</a> <a rel='category tag' href='/c/ships'>Ships</a></div>",
        "<div><i class='material-icons'>local_offer</i><a rel='tag' href='/t/ships'>Ships</a></div>",
        "<blockquote>Tags: <a href='/t/ships'>Ships</a>, <a href='/t/ice'>Ice</a></blockquote>",
    ],
)
def test_rows_of_tags_are_left_out(row: str) -> None:
    assert texts_of(read(row + TEXT))[0].startswith("The ferry")
    assert texts_of(read(TEXT + row))[-1] == "It has a new captain."


@pytest.mark.parametrize(
    "row",
    [
        "<p><a href='/c/harbour'>Harbour</a> <a rel='tag' href='/c/ships'>Ships</a></p>",
        "<p><a rel='tag' href='/c/harbour'>Harbour</a> of all the Ships</p>",
        "<blockquote>Ann said: <a href='/t/ships'>Ships</a>, <a href='/t/ice'>ice</a></blockquote>",
    ],
)
def test_other_rows_of_links_stay(row: str) -> None:
    assert "hips" in feed2doc.write(read(TEXT + row), "markdown")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Opens a new window", TEXT),
        ("(link is external)", TEXT),
        ("（新しいウィンドウで開く）", "<p>渡し船は、長い冬のあとで北の島へまた出る。</p>"),
        (
            " (nouvelle fenêtre)",
            "<p>Le bac pour l’île du nord repart après un long hiver, dit la compagnie.</p>",
        ),
        (
            "Öffnet in neuem Fenster",
            "<p>Die Fähre zur Nordinsel fährt nach dem langen Winter wieder, sagt die Stadt.</p>",
        ),
    ],
)
def test_words_about_windows_are_left_out(words: str, text: str) -> None:
    line = f"<p>Q <a href='https://isle.example/' title='{words}'>Isle<span> {words} </span></a> R.</p>"
    document = read(text + line)
    assert texts_of(document)[-1].split() == ["Q", "Isle", "R."]
    assert words.strip() not in feed2doc.write(document, "markdown")


def test_icons_about_windows_are_left_out() -> None:
    for title in ("external", "Opens in a new tab"):
        line = f"<p>See <a href='/plan'>the plan<svg width='12'><title>{title}</title><path d='M0'/></svg></a>.</p>"
        assert texts_of(read(TEXT + line))[-1] == "See the plan."
    line = "<p>The <a href='/plan'>plan <svg width='12'><title>tide gauge</title><path d='M0'/></svg></a> is new.</p>"
    assert "tide gauge" in texts_of(read(TEXT + line))[-1]


def test_other_words_in_links_stay() -> None:
    for words in ("It opens a new window", "opens", "Opens a new window on the sea"):
        line = f"<p>See <a href='https://isle.example/'>Isle <span>{words}</span></a>.</p>"
        assert words in texts_of(read(TEXT + line))[-1]
    line = "<p>The film <a href='/film'><span>Opens a new window</span></a> is on.</p>"
    assert "Opens a new window" in texts_of(read(TEXT + line))[-1]


def test_requests_of_browsers_are_left_out() -> None:
    box = (
        "<div class='airship-web-notifications'><h2>Get our alerts</h2><a href='#'>Turn on notices</a></div>"
    )
    assert "alerts" not in feed2doc.write(read(TEXT + box), "markdown")


def test_a_host_at_the_end_of_a_caption_is_its_credit() -> None:
    for bracket in ("(quay-pictures.example)", "（www.quay.example)"):
        figure = f"<figure><img src='/1.jpg'><figcaption>The old ferry {bracket}</figcaption></figure>"
        found = next(each for each in blocks_of(read(TEXT + figure)) if isinstance(each, m.Figure))
        assert m.plain_text(found.caption) == "The old ferry"
        assert m.plain_text(found.credit) == bracket[1:-1]


@pytest.mark.parametrize(
    ("opening", "author"),
    [
        ("海港网记者林海生3月21日报道：", "林海生"),
        ("海港网记者 林海生 3月21日报道：", "林海生"),
        ("据海港网记者林海生3月21日报道：", ""),
        ("《海港报》记者林海生3月21日报道：", ""),
        ("海港网记者团3月21日报道渡轮", ""),
    ],
)
def test_reporters_at_the_beginning_of_a_text(opening: str, author: str) -> None:
    document = read(
        f"<p>{opening}开往北岛的渡轮在漫长的冬天之后重新开航。</p><p>船长是新来的。</p>", "渡轮回来了"
    )
    assert "、".join(person.name for person in document.byline) == author
    assert texts_of(document)[0].startswith(opening)


def test_chief_editors_of_a_column_are_credits() -> None:
    document = read(
        "<p>开往北岛的渡轮重新开航。</p><p>船长是新来的。</p><div><span>栏目主编：林海生</span> <span>文字编辑：梅林</span></div>",
        "渡轮回来了",
    )
    assert [(each.role, each.person) for each in document.credits] == [
        ("editor", "林海生"),
        ("editor", "梅林"),
    ]


def test_names_of_icons_are_no_words_of_the_header() -> None:
    line = (
        "<div><span><i class='material-icons'>access_time</i><time datetime='2026-03-04T05:06:00Z'>4 March 2026</time></span>"
        " <span><i class='material-icons'>create</i><a rel='author' href='/author/ba'>Ann Ba</a></span></div>"
    )
    document = read(line + TEXT)
    assert [person.name for person in document.byline] == ["Ann Ba"]
    assert texts_of(document)[0].startswith("The ferry")


@pytest.mark.parametrize("named", ["e-image-caption", "legende", "photo__caption caption"])
def test_the_header_may_be_below_a_picture_with_a_caption(named: str) -> None:
    picture = f"<div><div><img src='/1.jpg'></div><div><div class='{named}'><p>The ferry comes in.</p><p>Photo: Otto Berg</p></div></div></div>"
    byline = "<div><span itemprop='author'>Ann Ba</span> <time datetime='2026-03-04T05:06:00Z'>Posted 4 March 2026</time></div>"
    document = read(picture + byline + TEXT)
    assert [person.name for person in document.byline] == ["Ann Ba"]
    assert document.published_has_time


@pytest.mark.parametrize(
    ("line", "standfirst"),
    [
        (
            "<b>摘要：</b>开往北岛的渡轮在漫长的冬天之后重新开航，船长是新来的。",
            "开往北岛的渡轮在漫长的冬天之后重新开航，船长是新来的。",
        ),
        (
            "Summary: The ferry to the north island runs again after a long winter.",
            "The ferry to the north island runs again after a long winter.",
        ),
        (
            "<strong>Summary:</strong> The ferry to the north island runs again after a long winter.",
            "The ferry to the north island runs again after a long winter.",
        ),
        ("Summary: done", ""),
        ("Summary judgement: the ferry company has lost its case in the highest court of the land.", ""),
        ("摘要是写给没有时间的人看的，渡轮上的人都有时间，他们慢慢地读完每一个字。", ""),
    ],
)
def test_a_summary_with_a_label_is_the_standfirst(line: str, standfirst: str) -> None:
    text = "<p>开往北岛的渡轮开了。</p><p>船长很高兴。</p>" if "摘" in line else TEXT
    document = read(f"<p>{line}</p>{text}", "渡轮回来了" if "摘" in line else "The ferry is back")
    assert m.plain_text(document.standfirst) == standfirst
    if not standfirst:
        assert line in texts_of(document)[0]


def test_words_in_the_element_of_program_text_are_a_paragraph() -> None:
    document = read("<p>开往北岛的渡轮开了。</p><pre>\n北角镇供图\n</pre><pre>船 = 3</pre>", "渡轮回来了")
    assert [type(block) for block in blocks_of(document)] == [m.Paragraph, m.Paragraph, m.CodeBlock]


def test_portraits_that_lead_to_the_page_of_the_author_are_left_out() -> None:
    portrait = "<a href='/team/ba'><img src='/ba.png'></a>"
    byline = "<div class='author-name'>by <a href='/team/ba'>Ann Ba</a></div>"
    other = "<a href='/team/berg'><img src='/berg.png'></a><p><a href='/team/ba'>The team of <img src='/team.png'></a></p>"
    document = read(f"<div>{portrait}{byline}</div>{TEXT}{other}")
    pictures = {each.src for each in m.walk(document) if isinstance(each, m.Image)}
    assert [person.name for person in document.byline] == ["Ann Ba"]
    assert pictures == {"https://quay.example/berg.png", "https://quay.example/team.png"}


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Anna Berger | 29.07.2006 um 14:26", "Anna Berger"),
        ("Ragna Tideswell – 29 July 2006, 14:26", "Ragna Tideswell"),
        ("Grünes Zentrum | 12.08.2006 um 19:30", ""),
        ("The ferry sails on 29 July 2006 at 14:26", ""),
        ("Anna Berger, 34, sailed at 14:26", ""),
    ],
)
def test_a_last_line_of_a_name_and_the_time_of_day(line: str, author: str) -> None:
    document = feed2doc.read(
        f"<!--1154175960000-->\n[The ferry is back](https://quay.example/1)\n---\n{TEXT}<p>{line}</p>".encode()
    )
    assert [person.name for person in document.byline] == [author][: len(author)]
    assert (texts_of(document)[-1] == line) is not bool(author)


@pytest.mark.parametrize(
    "line", ["请订阅或登录，以继续阅读全文！", "请先登录，再继续阅读。", "請登入後繼續閱讀全文"]
)
def test_a_request_to_log_in_and_read_on_is_left_out(line: str) -> None:
    text = (
        "<p>開往北島的渡輪開了，船長很高興。</p>"
        if "請" in line
        else "<p>开往北岛的渡轮开了，船长很高兴。</p>"
    )
    assert line not in texts_of(read(f"{text * 2}<p>{line}</p>", "渡轮回来了"))


def test_a_year_and_a_company_after_a_small_c_are_the_rights() -> None:
    document = read(f"{TEXT}<p>c.2021 The Harbor Times Company</p>")
    assert [(each.role, m.plain_text(each.text)) for each in document.credits] == [
        ("rights", "c.2021 The Harbor Times Company")
    ]
