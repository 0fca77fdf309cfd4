"""Archived items of sources in the markup of several years: cards of an archive, captions next to pictures, the page around a text."""

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>渡轮在停航三年之后重新靠岸，人们在码头等候。</p>"
STAMP = "<!--1739262415000-->\n"


def read(url: str, html: str, headline: str = "渡轮回来了", front: str = "") -> feed2doc.Document:
    """Return the item, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    item = f"{front}{STAMP}[{headline}]({url})\n------\n\n{html}\n"
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return document


def body(document: feed2doc.Document) -> list[m.Block]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(block for section in document.sections for block in section.blocks)]


def words(part: m.Block) -> str:
    return "".join(text for text in map(m.plain_text, m.texts_of(part)))


CARD = (
    '<div style="float:right"><div class="su-spoiler"><div class="su-spoiler-title" role="button"><span></span>CDT 档案卡</div>'
    '<div class="su-spoiler-content"><strong>标题：</strong>渡轮回来了<br><strong>作者：</strong>'
    '<a href="https://chinadigitaltimes.net/space/1">{author}</a><br><strong>发表日期：</strong>2025.2.11<br><strong>来源：</strong>'
    '<a href="https://weixin.example/s/1">微信公众号“海港”</a><br><strong>主题归类：</strong>渡轮<br><strong>CDS收藏：</strong>公民馆<br>'
    "<strong>版权说明：</strong>该作品版权归原作者所有。</div></div></div>"
)


@pytest.mark.parametrize("html", [f"{P}{CARD}{P}", f"{CARD}{P}{P}"])
def test_a_card_of_an_archive_between_paragraphs_is_credits(html: str) -> None:
    document = read(
        "https://chinadigitaltimes.net/chinese/1.html", html.format(author="林海生"), "海港｜渡轮回来了"
    )
    assert [person.name for person in document.byline] == ["林海生"]
    assert [type(block) for block in body(document)] == [m.Paragraph, m.Paragraph]
    roles = {credit.role: m.plain_text(credit.text) for credit in document.credits}
    assert roles["original"].startswith("来源：微信公众号")
    assert roles["rights"].startswith("版权说明：")
    assert document.original_url == "https://weixin.example/s/1"
    printed = feed2doc.write(document, "markdown")
    assert not [label for label in ("档案卡", "标题：", "主题归类", "CDS收藏") if label in printed]


def test_a_credit_that_a_rule_calls_a_byline_outranks_the_author_of_the_feed() -> None:
    front = "---\nauthor: 值班\ntags: [ 日経 ]\ncategories: [ 日経 ]\n---\n"
    for line, names in (
        ("日本经济新闻（中文版：日经中文网）林海生 海港报道", ["林海生"]),
        ("日本经济新闻（中文版：日经中文网）编辑委员 林海生", ["林海生"]),
        ("日本经济新闻(中文版:日经中文网) 林海生、梅林", ["林海生", "梅林"]),
    ):
        html = f"{P}{P}<p>　　<strong>{line}</strong></p><strong>版权声明：未经授权不得转载。</strong>"
        document = read("https://cn.nikkei.com/a/1.html", html, front=front)
        assert [person.name for person in document.byline] == names
        assert document.publication == "日经中文网"


def test_the_author_before_the_first_words_of_a_column() -> None:
    first = "<p><strong>林海生、梅林：</strong>渡轮在停航三年之后重新靠岸，人们在码头等候。</p>"
    document = read("https://cn.nikkei.com/a/1.html", first + P)
    assert [person.name for person in document.byline] == ["林海生", "梅林"]
    assert words(body(document)[0]).startswith("林海生、梅林：渡轮")


def test_a_larger_bold_line_is_a_heading() -> None:
    line = '<p>　　<span style="font-size: 14pt;"><strong>林海生：灯塔</strong></span>　<span style="font-size: 14pt;"><strong>亮了</strong></span></p>'
    document = read("https://cn.nikkei.com/a/1.html", P + line + P)
    assert [m.plain_text(section.heading) for section in document.sections if section.heading] == [
        "林海生：灯塔　亮了"
    ]


BBC = "https://www.bbc.com/zhongwen/simp/a-1"
PICTURE = '<img src="https://e.org/1.jpg" alt="a ferry" width="976" height="549"/>'
CREDIT = '<p role="text"><span>图像来源，</span><span>Quay Images</span></p>'


@pytest.mark.parametrize(
    "figure",
    [
        f'<div><div><div><div data-e2e="image-placeholder"><div></div>{PICTURE}{CREDIT}</div></div><div><p>渡轮与码头。</p></div></div></div>',
        f'<figure><div><div data-e2e="image-placeholder">{PICTURE}{CREDIT}</div></div><div><figcaption><span>图像加注文字，</span><p>渡轮与码头。</p></figcaption></div></figure>',
        f'<div><div>{PICTURE}{CREDIT}</div><span data-testid="caption-paragraph">渡轮与码头。</span></div>',
    ],
)
def test_captions_and_credits_without_labels_for_screen_readers(figure: str) -> None:
    document = read(BBC, f"<main><div>{P}</div>{figure}<div>{P}</div></main>")
    (found,) = [block for block in body(document) if isinstance(block, m.Figure)]
    assert (m.plain_text(found.caption), m.plain_text(found.credit)) == ("渡轮与码头。", "Quay Images")


def test_a_transparent_line_is_no_picture() -> None:
    line = '<div><img src="https://e.org/2.png" alt="Transparent line" width="624" height="1"/></div>'
    assert len(body(read(BBC, P + line + P))) == 2
    tall = line.replace('height="1"', 'height="5"')
    assert len(body(read(BBC, P + tall + P))) == 3


@pytest.mark.parametrize("headline", ["[Sports] 渡轮回来了，码头很热闹", "渡轮回来了，码头很热闹【视频】"])
def test_a_heading_repeats_the_headline_without_its_label(headline: str) -> None:
    document = read(BBC, f"<div><h1>渡轮回来了，码头很热闹</h1></div>{P}{P}", headline)
    assert [section.heading for section in document.sections] == [()]


def test_the_caption_of_a_lead_picture_is_not_the_byline() -> None:
    html = (
        '<div class="wp-caption"><noscript><img src="https://e.org/1.jpg"></noscript><img src="data:image/svg+xml,%3Csvg%3E" '
        'data-src="https://e.org/1.jpg"><p class="wp-caption-text"><a href="https://e.org/b">Untitled (Quay)</a>, by Ann Ba</p></div>'
    )
    document = read("https://quay.example/1", html)
    assert document.lead is not None
    assert m.plain_text(document.lead.caption) == "Untitled (Quay), by Ann Ba"


def test_boxes_below_the_text_hide_no_credit() -> None:
    card = "<div class='item'><a href='https://www.cna.com.tw/2'><div class='picWrap'><img src='https://e.org/2.jpg'></div><span>燈塔亮了</span></a></div>"
    html = (
        "<p>（中央社海港1日電）渡輪在停航三年之後重新靠岸，人們在碼頭等候。（譯者：林海生/核稿：梅林）1120801</p>"
        "<div class='articlekeywordGroup'><div class='keywordTag'><a href='https://www.cna.com.tw/t/1'>#渡輪</a></div></div>"
        f"<div class='paragraph bottomBox'><div class='topNewsTitle'><a href='https://www.cna.com.tw/l'>聚焦新聞</a></div>{card}{card}</div>"
    )
    document = read("https://www.cna.com.tw/news/1.aspx", html)
    assert [(credit.role, credit.person) for credit in document.credits] == [
        ("translator", "林海生"),
        ("editor", "梅林"),
    ]
    assert len(body(document)) == 1
    assert document.tags == ("渡輪",)


@pytest.mark.parametrize("name", ["（林海生摄影）", "(林海生 摄影)", "（林海摄影）"])
def test_a_bracket_with_a_photographer_is_a_credit(name: str) -> None:
    document = read(
        "https://quay.example/1",
        f'{P}<figure><img src="https://e.org/1.jpg"><figcaption>渡轮与码头{name}</figcaption></figure>{P}',
    )
    (found,) = [block for block in body(document) if isinstance(block, m.Figure)]
    assert (m.plain_text(found.caption), m.plain_text(found.credit)) == ("渡轮与码头", name[1:-1])


def test_a_bracket_with_another_word_before_photography_is_not() -> None:
    document = read(
        "https://quay.example/1",
        f'{P}<figure><img src="https://e.org/1.jpg"><figcaption>渡轮与码头（水下摄影）</figcaption></figure>{P}',
    )
    (found,) = [block for block in body(document) if isinstance(block, m.Figure)]
    assert m.plain_text(found.caption) == "渡轮与码头（水下摄影）"


def test_the_row_below_several_pictures_of_a_table_is_a_caption_without_bold_type() -> None:
    rows = "".join(f'<tr><td><strong><img src="https://e.org/{n}.jpg"></strong></td></tr>' for n in (1, 2))
    table = f"<table><tbody>{rows}<tr><td><span><strong>渡轮（上）与码头（下）</strong></span></td></tr></tbody></table>"
    document = read("https://quay.example/1", P + table + P)
    figures = [block for block in body(document) if isinstance(block, m.Figure)]
    assert [figure.caption for figure in figures] == [(), (m.Text("渡轮（上）与码头（下）"),)]
    assert not [section.heading for section in document.sections if section.heading]


def test_a_bold_biography_is_no_heading() -> None:
    document = read(
        "https://quay.example/1", f"{P}{P}<p><strong>本文作者为海港研究所研究员林海生、梅林</strong></p>{P}"
    )
    assert not [section.heading for section in document.sections if section.heading]


FRONT = "---\nlayout: post\ntitle: 渡轮回来了\ndate: 2014-11-08T23:49:00+08:00\nauthor: 林海生\nfrom: https://quay.example/1.html\ntags: [ 海港 ]\n---\n\n"


def test_a_page_below_front_matter_with_its_headline_and_url() -> None:
    document = feed2doc.read(
        f"{FRONT}<article><h1>渡轮回来了</h1><p>她靠岸了，人们在码头等候。</p></article>\n".encode()
    )
    assert (document.headline, document.url) == ("渡轮回来了", "https://quay.example/1.html")
    assert [person.name for person in document.byline] == ["林海生"]
    assert document.published is not None
    assert document.published.isoformat() == "2014-11-08T23:49:00+08:00"
    assert [words(block) for block in body(document)] == ["她靠岸了，人们在码头等候。"]


@pytest.mark.parametrize("text", [FRONT + "她靠岸了。", "---\ntitle: 渡轮\n---\n\n<p>她靠岸了。</p>"])
def test_other_files_with_front_matter_are_no_items(text: str) -> None:
    with pytest.raises(feed2doc.ReadError):
        feed2doc.read(text.encode())


@pytest.mark.parametrize(
    "line",
    [
        "Categorized: <a href='https://quay.example/c/1'>海港 · HARBOUR</a> - <a href='https://quay.example/c/2'>船</a>",
        "Tagged: <a href='https://quay.example/t/1'>渡轮</a>",
        "如果您喜欢本站文章，请订阅我们的电子邮件，以便及时获取更新通知。",
    ],
)
def test_lines_of_themes_below_the_text_are_left_out(line: str) -> None:
    assert len(body(read("https://quay.example/1", f"{P}{P}<footer><p>{line}</p></footer>"))) == 2


def test_a_recording_whose_address_is_in_a_script() -> None:
    script = '<script data-media-id="Q1" type="application/json">{"mediaId":"Q1","sources":[{"name":"Q1","url":"https:\\/\\/sound.example\\/q1.mp3"}]}</script>'
    document = read(
        "https://www.rfi.fr/cn/1", f"{P}<div>{script}<div data-root-audio-player-button></div></div>{P}"
    )
    (embed,) = [block for block in body(document) if isinstance(block, m.Embed)]
    assert (embed.kind, embed.url) == ("audio", "https://sound.example/q1.mp3")


def test_a_title_that_a_program_did_not_find_is_none() -> None:
    frame = '<iframe title="undefined" src="https://film.example/1"></iframe>'
    (embed,) = [
        block for block in body(read("https://quay.example/1", P + frame + P)) if isinstance(block, m.Embed)
    ]
    assert embed.title == ""


def test_bold_headings_above_and_below_a_gallery_have_one_level() -> None:
    gallery = '<h3>相关图集：海港</h3><div><img src="https://e.org/1.jpg"><b>渡轮</b>：她靠岸了，人们在码头等候。</div>'
    document = read(
        "https://quay.example/1",
        f"{P}<p><strong>灯塔</strong></p>{P}{gallery}<p><strong>山羊</strong></p>{P}",
    )
    assert len({section.level for section in document.sections if section.heading}) == 1


STILL = '<img alt="" src="https://ichef.example/p0.jpg" aria-hidden="true">'
MESSAGE = "<div><strong>你的器材不支持播放多媒体材料</strong></div>"


def test_the_still_and_the_message_of_a_player_are_left_out() -> None:
    frame = '<iframe src="/ws/av-embeds/p0/zh-hans" title="多媒体播放器"></iframe>'
    player = f"<div>{frame}<noscript><div>{STILL}{MESSAGE}</div></noscript></div>"
    found = body(read(BBC, f"<main>{player}<div>{P}</div><div>{P}</div></main>"))
    assert [type(block) for block in found] == [m.Embed, m.Paragraph, m.Paragraph]
    alone = body(read(BBC, f"<main><div>{STILL}{MESSAGE}</div><div>{P}</div><div>{P}</div></main>"))
    assert [type(block) for block in alone] == [m.Figure, m.Paragraph, m.Paragraph]


@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ("", STILL),
        ('<iframe src="about:blank"></iframe>', STILL),
        (f"<iframe src='https://e.org/v'></iframe>{P}", STILL),
        ("<iframe src='https://e.org/v'></iframe>", f"{STILL}<p>{'渡轮在停航三年之后重新靠岸，' * 6}</p>"),
    ],
)
def test_other_pictures_without_scripts_stay(before: str, inside: str) -> None:
    found = body(read(BBC, f"<main>{P}{before}<noscript>{inside}</noscript>{P}</main>"))
    assert sum(isinstance(block, m.Figure) for block in found) == 1


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_a_bold_line_repeats_the_headline_without_its_label(tag: str) -> None:
    line = f"<{tag}><strong>渡轮回来了，码头很热闹</strong></{tag}>"
    document = read(BBC, f"<h1>渡轮回来了，码头很热闹</h1>{line}{P}{P}", "[Sports] 渡轮回来了，码头很热闹")
    assert len(body(document)) == 2
    assert [section.heading for section in document.sections] == [()]


@pytest.mark.parametrize(
    ("shown", "day"),
    [("2012年1月22日", "2012-01-22"), ("2022年12月1日", "2022-12-01"), ("1 小时前", "2022-12-01")],
)
def test_the_day_that_readers_see_is_that_of_publication(shown: str, day: str) -> None:
    time = f'<address>ANN BA</address><time pudate="2022-12-01 11:02:36" datetime="2022-12-01 11:02:36">{shown}</time>'
    document = read("https://cn.nytimes.com/a/1", f"{time}<section>{P}{P}</section>")
    assert document.published is not None
    assert document.published.date().isoformat() == day
    assert len(body(document)) == 2


NODE = (
    '<div class="node node-full" id="node-1"><div class="field field-name-body"><div class="field-items">'
    '<div class="field-item even" property="content:encoded">{text}</div></div></div>{below}</div>'
)
LINKS = (
    '<div class="service-links"><a href="https://share.example/?u=1" title="Share this"><img alt="Twitter logo" '
    'src="https://quay.example/servicelinks/png/twitter.png"></a></div>'
)
COMMENT = (
    '<div class="comment comment-by-anonymous"><p class="commenter-name">Ann Ba (未验证)</p><h3><a href="/comment/1">Ropes and tar for sale</a></h3>'
    "<p>Cheap ropes for everybody in the harbour, and tar.</p></div>"
)


def test_comments_and_share_icons_of_drupal_are_left_out() -> None:
    comments = f'<div class="comment-wrapper" id="comments"><h2 class="title">评论</h2>{COMMENT}<h2 class="title comment-form">回复</h2></div>'
    page = NODE.format(text=P + P, below=LINKS + comments)
    assert [type(block) for block in body(read("https://quay.example/1", page))] == [m.Paragraph, m.Paragraph]
    others = [
        comments.replace('<h2 class="title">评论</h2>', ""),  # a forum
        comments.replace("comment-by-anonymous", "comment-by-node-author"),  # a discussion of authors
    ]
    for below in others:
        kept = read("https://quay.example/1", NODE.format(text=P + P, below=below))
        assert "Cheap ropes" in feed2doc.write(kept, "text")


LONG = "渡轮在停航三年之后重新靠岸，人们在码头等候，灯塔一直亮到黎明，没有人离开，连海鸥也没有。"


def part(title: str, paragraphs: int = 2) -> str:
    return "<br><br>".join([f"<strong>{title}</strong><br>{LONG}", *[LONG] * (paragraphs - 1)])


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ([part("渡轮与码头"), part("灯塔与海鸥", 1)], 2),
        ([part("渡轮与码头"), part("灯塔与海鸥"), part("缆绳与渔网", 1), part("最后的船", 1)], 4),
        ([part("渡轮与码头", 1), part("灯塔与海鸥", 1)], 0),  # entries of a list
        ([part("林海生"), part("梅林林")], 0),  # speakers
        ([part("渡轮与码头"), part("渡轮与码头")], 0),
        ([part("渡轮与码头。"), part("灯塔与海鸥。")], 0),
        ([part("渡轮与码头")], 0),
    ],
)
def test_bold_first_lines_above_sections_are_headings(parts: list[str], count: int) -> None:
    text = "<br><br>".join([LONG, *parts])
    document = read("https://quay.example/1", f"<p>{text}</p>")
    assert sum(bool(section.heading) for section in document.sections) == count


def test_a_translator_above_a_paragraph_in_italics() -> None:
    note = (
        "<p><em>The letter was read aloud in the </em><a href='https://quay.example'><em>harbour school</em></a><em>, where pilots learn "
        "of tides, ferries and lamps, and nobody there has ever found out who wrote it, or to whom.</em></p>"
    )
    document = read(
        "https://quay.example/1",
        f"{P}{P}<p>Translated by <a href='https://oslo.example'>Ann Ba</a></p>{note}",
    )
    assert [credit.role for credit in document.credits] == ["translator"]
    assert len(body(document)) == 3


@pytest.mark.parametrize(
    ("source", "caption"),
    [("渡轮靠岸时人们在码头等候 图片来源：海港社", "渡轮靠岸时人们在码头等候"), ("图片来源：海港社", "")],
)
def test_an_element_named_for_the_source_of_a_picture_has_its_caption(source: str, caption: str) -> None:
    link = f'<div class="field-name-field-image-source"><a href="https://photo.example/1">{source}</a></div>'
    picture = (
        f'<div class="content"><img src="https://quay.example/1.jpg" width="290" height="164">{link}</div>'
    )
    (figure,) = [
        each for each in body(read("https://quay.example/1", P + picture + P)) if isinstance(each, m.Figure)
    ]
    assert (m.plain_text(figure.caption), m.plain_text(figure.credit)) == (caption, "图片来源：海港社")


def test_the_paper_that_allowed_a_copy_is_the_original() -> None:
    line = '<p>灯塔亮了。<br><br><em>本文经授权转载自<a href="https://quay.example/2">海港周刊</a></em></p>'
    document = read("https://copy.example/1", P + line)
    assert [credit.role for credit in document.credits] == ["original"]


def test_a_request_for_support_with_the_names_of_services_is_left_out() -> None:
    ask = "与大多数网站不同，海港没有广告；我们需要您的支持来生存。谢谢！PayPal 和捐助通道已开通。"
    assert (
        len(
            body(read("https://quay.example/1", f"{P}{P}<p><span><em><strong>{ask}</strong></em></span></p>"))
        )
        == 2
    )
    told = "渡船公司说，我们需要您的支持，灯塔才能亮下去。"
    assert len(body(read("https://quay.example/1", f"{P}{P}<p>{told}</p>"))) == 3


def embedded(title: str, url: str) -> str:
    quote = f'<blockquote class="wp-embedded-content"><p><a href="{url}">{title}</a></p></blockquote>'
    return f'{quote}<p><iframe class="wp-embedded-content" title="{title}" src="{url}embed/"></iframe></p>'


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("below", ["", P + P])
def test_other_articles_of_the_site_embedded_below_a_label_are_left_out(count: int, below: str) -> None:
    pages = "".join(
        embedded(f"灯塔换灯的第{n}天", f"https://courier.example/2025/{n}/") for n in range(count)
    )
    document = read("https://courier.example/1", f"{P}{P}<p><strong>相关阅读：</strong></p>{pages}{below}")
    assert set(map(type, body(document))) == {m.Paragraph}
    assert "相关阅读" not in feed2doc.write(document, "text")


def test_other_embedded_pages_stay() -> None:
    page = embedded("灯塔换灯的第一天", "https://courier.example/2025/1/")
    assert m.Embed in map(type, body(read("https://courier.example/1", f"{P}{page}{P}")))
    elsewhere = (
        f"{P}<p><strong>相关阅读：</strong></p>{embedded('灯塔换灯的第一天', 'https://quay.example/1/')}"
    )
    assert m.Embed in map(type, body(read("https://courier.example/1", elsewhere + P)))


@pytest.mark.parametrize("line", ["林海生 2025年2月11日", "2025年2月11日", "林海生律师2025年2月11日"])
def test_the_bold_date_of_a_letter_above_its_pictures_is_no_heading(line: str) -> None:
    pictures = "".join(
        f'<div><a href="https://quay.example/{n}.jpg"><img src="https://quay.example/{n}.jpg"></a></div>'
        for n in range(2)
    )
    document = read("https://courier.example/1", f"{P}{P}<p><b>{line}</b></p>{pictures}")
    assert [section.heading for section in document.sections] == [()]
    assert [
        section.heading
        for section in read("https://courier.example/1", f"{P}<p><b>{line}</b></p>{P}").sections
    ][1:]
