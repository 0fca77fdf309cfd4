"""Site rules: each key works as documented in docs/site-rules.md, and each site's rule reads its sample."""

from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.readers._html.parse import parse_html
from feed2doc.readers._rules.selectors import Index, selector, xpath_of
from feed2doc.readers._rules.sites import rules_for
from lxml.cssselect import CSSSelector


def read(tmp_path: Path, rule: str, html: str, headline: str = "h", stamp: str = "") -> feed2doc.Document:
    """Return the article of this HTML, read with a custom rule for its host."""
    (tmp_path / "example.com.toml").write_text(f'hosts = ["example.com"]\n{rule}', "utf-8")
    env = feed2doc.Env(site_dirs=(tmp_path,))
    return feed2doc.read(f"{stamp}[{headline}](https://example.com/a)\n------\n{html}".encode(), env=env)


def body(document: feed2doc.Document) -> list[object]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(block for section in document.sections for block in section.blocks)]


P = "<p>渡轮在停航三年之后重新靠岸。</p>"


def test_single_values(tmp_path: Path) -> None:
    rule = 'publication = "海港日报"\nlanguage = "zh-HK"\ntimezone = "Asia/Tokyo"'
    document = read(tmp_path, rule, f"<div>2025-03-04 09:00</div>{P}")
    assert (document.publication, document.language) == ("海港日报", "zh-HK")
    assert document.published is not None and document.published.isoformat() == "2025-03-04T09:00:00+09:00"


def test_byline_time_and_standfirst(tmp_path: Path) -> None:
    rule = "byline = ['.who']\nstandfirst = ['.sum']\ntime = [{ select = '.when', attribute = 'data-at' }]"
    html = f'<p class="who">林海</p><p class="when" data-at="2025-03-04T09:00:00Z">today</p><p class="sum">S</p>{P}'
    document = read(tmp_path, rule, html)
    assert [p.name for p in document.byline] == ["林海"]
    assert document.published is not None and document.published.isoformat() == "2025-03-04T09:00:00+00:00"
    assert m.plain_text(document.standfirst) == "S" and len(body(document)) == 1


def test_headline_gives_a_byline_and_loses_the_sites_name(tmp_path: Path) -> None:
    rule = r"byline_in_headline = ['^(?P<person>[^|]+?) \| ']" + "\nheadline_suffix = [' - Site$']"
    document = read(tmp_path, rule, P, headline="林海 | 渡轮 - Site")
    assert (document.headline, document.byline_text) == ("林海 | 渡轮", "林海")
    # It may be the name of a column.
    document = read(tmp_path, rule, f"<p>作者：梅林</p>{P}{P}", headline="港口一周 | 渡轮 - Site")
    assert document.byline_text == "梅林"


def test_a_match_without_its_group_is_none(tmp_path: Path) -> None:
    rule = r"byline_in_headline = ['^(?:(?P<person>\w+) \| )?']" + "\n"
    rule += r"caption_credit = ['(?:\(Foto: (?P<credit>\w+)\))?$']"
    html = f"{P}<figure><img src='/a.jpg'><figcaption>渡轮靠岸。</figcaption></figure>{P}"
    document = read(tmp_path, rule, html, headline="渡轮")
    assert document.byline == () and m.plain_text(feed2doc.figures(document)[0].caption) == "渡轮靠岸。"


def test_the_authors_of_the_parts_of_a_conversation_stay_above_them(tmp_path: Path) -> None:
    html = "".join(
        f"{P}<div class=who><h3>{name}</h3></div>{P}" for name in ("Ann Ba", "Otto Berg", "Mei Lin")
    )
    document = read(tmp_path, "byline_in_text = ['.who h3']", html)
    assert [person.name for person in document.byline] == ["Ann Ba", "Otto Berg", "Mei Lin"]
    assert [m.plain_text(s.heading) for s in document.sections if s.heading] == [
        "Ann Ba",
        "Otto Berg",
        "Mei Lin",
    ]


def test_two_authors_above_a_part_of_a_conversation(tmp_path: Path) -> None:
    boxes = "".join(
        f"<div class=who><img src=/a.jpg><h3>{name}</h3></div>" for name in ("Ann Ba", "Otto Berg")
    )
    document = read(tmp_path, "byline_in_text = ['.who h3']\ndrop = ['.who img']", P + boxes + P)
    assert [m.plain_text(s.heading) for s in document.sections if s.heading] == ["Ann Ba", "Otto Berg"]


def test_headings_and_paragraphs_that_look_like_them(tmp_path: Path) -> None:
    rule = "bold_headings = true\nheading = ['.h']\nparagraph = ['h4']"
    html = f'{P}<p><b>一</b></p>{P}<div class="h">二</div>{P}<h4>不是标题</h4><p><b>问：是吗？</b></p>'
    document = read(tmp_path, rule, html)
    assert [(m.plain_text(s.heading), s.level) for s in document.sections] == [("", 0), ("一", 1), ("二", 1)]
    assert [type(b) for b in document.sections[-1].blocks] == [m.Paragraph] * 3


@pytest.mark.parametrize("between", ["<b> </b>", " ", "<br>", "&nbsp;"])
def test_a_heading_of_several_bold_parts_keeps_the_spaces_between_them(tmp_path: Path, between: str) -> None:
    html = f"{P}<p><b>Slow</b>{between}<b>boats</b></p>{P}"
    (_, section) = read(tmp_path, "bold_headings = true", html).sections
    assert m.plain_text(section.heading).split() == ["Slow", "boats"]


def test_a_bold_line_with_a_direction_of_its_own_is_a_heading(tmp_path: Path) -> None:
    html = f'{P}{P}<div dir="ltr"><p><b>渡轮回来了</b></p></div>{P}'
    assert [m.plain_text(s.heading) for s in read(tmp_path, "", html).sections] == ["", "渡轮回来了"]


def test_the_link_to_a_video_takes_the_picture_before_it_as_its_preview(tmp_path: Path) -> None:
    video = '<img src="https://e.example/a.jpg"><br><a href="https://e.example/embed">View the film</a>'
    document = read(tmp_path, "embed = ['img ~ a']", f"{P}{video}{P}<img src='https://e.example/b.jpg'>{P}")
    embeds = [node for node in m.walk(document) if isinstance(node, m.Embed)]
    assert [(each.url, each.poster and each.poster.src) for each in embeds] == [
        ("https://e.example/embed", "https://e.example/a.jpg")
    ]
    assert [figure.image and figure.image.src for figure in feed2doc.figures(document)] == [
        "https://e.example/b.jpg"
    ]


def test_captions_and_credits_of_pictures(tmp_path: Path) -> None:
    rule = (
        "caption = ['.c']\nphoto_credit = ['.by']\ncaption_credit = ['摄影 (?P<credit>.+)$']\nfigure = ['.g']"
    )
    html = (
        f'{P}<img src="/1.jpg"><div class="by">甲</div><div class="c">一</div>'
        f'<img src="/2.jpg"><p class="c">二 摄影 乙</p><div class="g"><img src="/3.jpg"><b>三</b>：说明</div>'
    )
    figures = [b for b in body(read(tmp_path, rule, html)) if isinstance(b, m.Figure)]
    assert [(m.plain_text(f.caption), m.plain_text(f.credit)) for f in figures] == [
        ("一", "甲"),
        ("二", "乙"),
        ("三：说明", ""),
    ]


def test_quote_aside_and_note(tmp_path: Path) -> None:
    rule = "quote = ['.q']\naside = ['.box']\nnote = ['.pop']"
    html = f'<p>a<span class="pop"><i>注</i></span>b</p><div class="q">Q</div><div class="box"><h3>T</h3>{P}</div>'
    paragraph, quote, aside = body(read(tmp_path, rule, html))
    assert isinstance(paragraph, m.Paragraph) and isinstance(paragraph.content[1], m.Note)
    assert isinstance(quote, m.Quote) and isinstance(aside, m.Aside) and m.plain_text(aside.title) == "T"


def test_credits_roles_and_signature(tmp_path: Path) -> None:
    rule = "credits = ['.end']\nsignature = ['（责编：.+）$']\n[[credit]]\nrole = 'byline'\ntext = '^本报记者(?P<person>.+)$'"
    html = f'{P}<p>完了。（责编：梅林）</p><div class="end"><p>本报记者林海</p><p>记者电话 1</p></div>'
    document = read(tmp_path, rule, html)
    assert [(c.role, m.plain_text(c.text), c.person) for c in document.credits] == [
        ("editor", "（责编：梅林）", "梅林"),
        ("note", "本报记者林海", "林海"),
        ("note", "记者电话 1", ""),
    ]
    assert [p.name for p in document.byline] == ["林海"]
    assert body(document)[-1] == m.Paragraph((m.Text("完了。"),))


def test_drop_tags_and_header_row(tmp_path: Path) -> None:
    rule = "drop = ['.ad']\ndrop_text = ['^订阅']\ntags = ['.tag']\nheader_row = true"
    html = (
        f'{P}<div class="ad">A<p>B</p></div><p>订阅本报</p><p>见<a class="tag" href="/t">港口</a></p>'
        "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>"
    )
    document = read(tmp_path, rule, html)
    _, tagged, table = body(document)
    assert document.tags == ("港口",) and isinstance(tagged, m.Paragraph)
    assert isinstance(table, m.Table) and [c.header for row in table.rows for c in row] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("line", "credits_"),
    [
        ("记者：林海　 责编：梅林   网编：潮生", [("note", "林海"), ("editor", "梅林"), ("editor", "潮生")]),
        ("翻译：海灯、潮生", [("translator", "海灯、潮生")]),
        ("（作者是港口史学者，住在北角。）", [("author-bio", "")]),
        ("摄影：林海", [("photographer", "林海")]),
        ("责任编辑：梅林 ＃", [("editor", "梅林")]),
        ("© 2025 海港日报", [("rights", "")]),
    ],
)
def test_signature_lines_of_any_source(line: str, credits_: list[tuple[str, str]]) -> None:
    document = feed2doc.read(f"[h](https://example.org/a)\n------\n{P}<p>{line}</p>".encode())
    assert [(c.role, c.person) for c in document.credits] == credits_
    squeezed = "".join("".join(m.plain_text(c.text) for c in document.credits).split())
    assert squeezed == "".join(line.split())


def test_a_header_with_a_picture_is_kept() -> None:
    html = f'<div><div>04/06/2022 - 16:31</div><img src="https://e.org/a.jpg"></div>{P}'
    document = feed2doc.read(f"[h](https://example.org/a)\n------\n{html}".encode())
    assert document.lead is not None and document.published_text == "04/06/2022 - 16:31"


def test_headings_that_contain_the_text_are_paragraphs() -> None:
    html = "".join(f"<h2>{'渡轮在停航三年之后重新靠岸，码头上站满了人。' * 3}</h2>" for _ in range(3))
    document = feed2doc.read(f"<p>导语。</p>{html}".encode(), format="html")
    assert [len(s.blocks) for s in document.sections] == [4]


def test_a_heading_of_several_sentences_is_a_paragraph() -> None:
    said = "The ferry is back. It took three years, and the town stood on the quay. Who had believed it? Some had sold their boats, and others their houses, before the fog was gone."
    text = f"<p>{said}</p>"
    for first, headings in ((f"<h3>{said}</h3>", ["Tides"]), (f"<h3>{said[:60]}</h3>", [said[:60], "Tides"])):
        page = f"<h1>Q</h1>{text}<p>So it is.</p>{first}{text}<h3>Tides</h3>{text}"
        document = feed2doc.read(page.encode())
        assert [m.plain_text(each.heading) for each in document.sections if each.heading] == headings
    above = feed2doc.read(f"<h1>Q</h1><h3>{said}</h3>{text}{text}<h3>Tides</h3>{text}".encode())
    assert m.plain_text(above.standfirst) == said


def test_a_long_sentence_that_is_the_only_heading_is_the_standfirst() -> None:
    said = "The harbour master asked those who had waited on the quay for so long whether they had ever seen a ferry?"
    film = '<video src="https://quay.example/a.mp4" controls></video>'
    text = f"<p>{'The ferry is back, and the town stood on the quay. ' * 3}</p>"
    for above, heading, expected in ((film, said, said), ("", said, said), ("", said[-40:], "")):
        page = f"<h1>Q</h1>{above}<h2>{heading}</h2>{text}{text}{text}"
        assert m.plain_text(feed2doc.read(page.encode()).standfirst) == expected


def test_a_film_takes_the_caption_below_it_as_its_title() -> None:
    html = f'<video src="https://e.org/v.mp4"></video><div><small>渡轮靠岸</small></div>{P}'
    embed, _ = body(feed2doc.read(html.encode(), format="html"))
    assert isinstance(embed, m.Embed) and embed.title == "渡轮靠岸"


def test_a_heading_stays_inside_what_it_heads(tmp_path: Path) -> None:
    document = read(tmp_path, "heading = ['.h']", f'<ul><li><div class="h">T</div>{P}</li></ul>')
    (listing,) = body(document)
    assert isinstance(listing, m.BulletList) and isinstance(listing.items[0][0], m.Heading)


def test_a_signature_of_two_takes_no_text_with_it() -> None:
    text = "韓聯社報導，渡輪三年後重新靠岸，碼頭上站滿了人。"
    data = f"[h](https://www.cna.com.tw/a)\n------\n{P}<p>{text}（譯者：林海/核稿：潮生）1091029</p>".encode()
    document = feed2doc.read(data)
    assert body(document)[-1] == m.Paragraph((m.Text(text),))
    assert [(c.role, c.person) for c in document.credits] == [("translator", "林海"), ("editor", "潮生")]


def test_hosts_may_name_a_part_of_a_site(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('hosts = ["example.com"]\npublication = "All"', "utf-8")
    (tmp_path / "b.toml").write_text('hosts = ["example.com/zh"]\npublication = "中文"', "utf-8")
    (tmp_path / "c.toml").write_text('hosts = ["news.example.com"]\npublication = "News"', "utf-8")
    for address, publication in (
        ("https://example.com/a", "All"),
        ("https://www.example.com/zh/a", "中文"),
        ("https://www.example.com//zh/a", "中文"),
        ("https://news.example.com/zh", "News"),
    ):
        data = f"[h]({address})\n------\n{P}".encode()
        assert feed2doc.read(data, env=feed2doc.Env(site_dirs=(tmp_path,))).publication == publication
    english = feed2doc.read(b"[h](https://www.bbc.com/news/a)\n------\n<p>The lamp is lit.</p>")
    assert english.publication == ""


@pytest.mark.parametrize(
    ("html", "byline", "first"),  # the last two have only such lines, which are then the text
    [
        ('<p>By <a rel="author" href="/ann">Ann Ba</a></p><p>Text.</p>', ["Ann Ba"], "Text."),
        ('<p>Here <a rel="author" href="/ann">Ann Ba</a> writes.</p>', [], "Here Ann Ba writes."),
        ("<p>文｜梅林</p><p>编辑｜潮生</p><p>五点，第一条船靠岸。</p>", ["梅林"], "五点，第一条船靠岸。"),
        (
            "<p>编辑：这是一个词，下面解释它的来历和用法，以及为什么它会出现在这里，而不在别处。</p>",
            [],
            "编辑：这是一个词",
        ),
        ("<p>记者：林海</p>", [], "记者：林海"),
    ],
)
def test_bylines_of_sources_without_a_rule(html: str, byline: list[str], first: str) -> None:
    document = feed2doc.read(f"[h](https://example.org/a)\n------\n{html}".encode())
    assert [person.name for person in document.byline] == byline
    paragraph = body(document)[0]
    assert isinstance(paragraph, m.Paragraph) and m.plain_text(paragraph.content).startswith(first)


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("▲ 早上五点的鱼市（林海 摄）", "▲ 早上五点的鱼市", "林海 摄"),
        ("图｜鱼市", "图｜鱼市", ""),
    ],
)
def test_a_line_that_says_it_is_a_caption(caption: str, words: str, credit: str) -> None:
    html = f'{P}<section><img data-src="https://e.org/a.jpg"></section><section><span>{caption}</span></section><p>{caption}</p>'
    document = feed2doc.read(f"[h](https://example.org/a)\n------\n{html}".encode())
    _, figure, after = body(document)
    assert isinstance(figure, m.Figure) and (m.plain_text(figure.caption), m.plain_text(figure.credit)) == (
        words,
        credit,
    )
    assert isinstance(after, m.Paragraph)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The ferry. (Photo: Otto Berg)", "Photo: Otto Berg"),
        ("The ferry. Photo: Otto Berg", "Photo: Otto Berg"),
        ("A photo: two men", ""),
    ],
)
def test_credits_in_english_captions(caption: str, credit: str) -> None:
    html = f'{P}<figure><img src="https://e.org/a.jpg"><figcaption>{caption}</figcaption></figure>'
    (_, figure) = body(feed2doc.read(html.encode(), format="html"))
    assert isinstance(figure, m.Figure) and m.plain_text(figure.credit) == credit


def test_offers_of_blogs_are_not_part_of_an_article() -> None:
    html = (
        f'{P}<div class="subscription-widget-wrap"><p>Subscribe for free.</p></div><div class="pullquote"><p>Ink.</p></div>'
        '<p>The post <a href="https://e.org/a">A</a> appeared first on <a href="https://e.org">B</a>.</p>'
    )
    assert [type(b) for b in body(feed2doc.read(html.encode(), format="html"))] == [m.Paragraph, m.Quote]


def test_the_headline_once_more_is_not_printed_twice() -> None:
    for again in (
        "<h1>渡轮 回来了</h1>",
        "<p><strong>渡轮回来了</strong></p>",
    ):
        env = feed2doc.Env()
        document = feed2doc.read(f"[渡轮回来了](https://example.org/a)\n------\n{again}{P}".encode(), env=env)
        assert len(body(document)) == 1 and [s.level for s in document.sections] == [0]
        assert [d.message for d in env.diagnostics if d.kind == "dropped"] == ["repeated headline"]


def test_a_table_around_a_picture_and_its_caption() -> None:
    html = (
        f'{P}<table><tr><td><img src="https://e.org/a.jpg"></td></tr><tr><td>林海在塔顶。</td></tr></table>'
    )
    (_, figure) = body(feed2doc.read(html.encode(), format="html"))
    assert isinstance(figure, m.Figure) and m.plain_text(figure.caption) == "林海在塔顶。"


def test_lines_at_the_end_of_chinese_news() -> None:
    html = f"{P}<p>更多内容请下载海港日报APP</p><p>（责任编辑：潮生）</p><p>原标题：灯塔不是灯</p>"
    document = feed2doc.read(f"[h](https://example.org/a)\n------\n{html}".encode())
    assert [(c.role, c.person) for c in document.credits] == [("editor", "潮生"), ("note", "")]
    assert len(body(document)) == 1


def test_a_line_of_labels_at_the_beginning() -> None:
    html = f'<p style="text-align:right">来源：海港日报　作者：梅林　2025-03-04 08:30</p>{P}'
    document = feed2doc.read(f"[h](https://example.org/a)\n------\n{html}".encode())
    assert [person.name for person in document.byline] == [
        "梅林"
    ] and document.published_text == "2025-03-04 08:30"
    assert [m.plain_text(c.text) for c in document.credits] == ["来源：海港日报"] and len(body(document)) == 1


@pytest.mark.parametrize(
    "line", ["来源：海港日报说，这是真的 2025-03-04 有人看见", "作者：梅林", "2025-03-04"]
)
def test_a_line_that_says_more_is_text(line: str) -> None:
    document = feed2doc.read(f"[h](https://example.org/a)\n------\n{P}<p>{line}</p>{P}".encode())
    assert line.replace(" ", "") in "".join(m.plain_article(document).split())


@pytest.mark.parametrize("pattern", [r"(?i)^subscribe", r"^(s|S)ub.*\\1?cribe", r"(?P<a>S)u(?P=a)?b"])
def test_patterns_that_cannot_be_joined_with_others(tmp_path: Path, pattern: str) -> None:
    document = read(
        tmp_path, f"drop_text = ['^never', '{pattern}']".replace("\\\\", "\\"), f"{P}<p>Subscribe now</p>"
    )
    assert len(body(document)) == 1


@pytest.mark.parametrize(
    "css",
    [
        *("a", "#x", ".y", "p.y", "[rel]", "a[rel]", "a[rel=tag]", "[rel=tag]", "A", "P.y", "[REL='tag']"),
        *(
            "[rel~=tag], .none",
            "a[href^='https:']",
            "p[class] > a",
            "a[rel!=nofollow]",
            "p:not([id])",
            "p:has(> a[rel])",
            "p:has(a:not([id=y]))",
            "p[class*='y y'] > a[href*='//e.'][rel=tag]",
            "p > a[REL=tag]",
            "p:not(:has(b[rel*=none])) > a[rel$='ag']",
        ),
        *("a[href*='//e.']", "[href^=https]", "a[href^='https://e']", "[href$='.org']", "[class*='y y']"),
    ],
)
def test_a_selector_chooses_what_cssselect_does_and_needs_no_more(css: str) -> None:
    root = parse_html(
        '<p class="x y y"><a id="x" rel="tag" href="https://e.org">a</a></p><p class="z">b</p><b class="y">c</b>'
        '<a rel="nofollow">d</a>'
    )
    index = Index.of(root)
    chosen = CSSSelector(css, translator="html")(root)
    assert chosen and selector(css).of(index) == chosen
    assert selector(css).needs <= index.names


def test_a_selector_is_not_tried_without_the_attribute_that_it_names() -> None:
    assert selector("a[rel=tag], b[rel]").needs == {"[rel]"}
    assert selector("a:not([rel])").needs == {"a"}
    assert selector("p:has(a:not([rel], b))").needs == {"p", "a"}
    assert selector("p:not(:has(a:not([rel])))").needs == {"p"}
    assert selector("a[rel=tag]").of(Index.of(parse_html("<a rel=x>a</a><b>c</b>"))) == []


def test_a_selector_is_not_tried_without_the_words_in_the_attribute_that_it_names() -> None:
    assert selector("p > a[href*='//e.'][REL=tag]").values == (("href", "//e."), ("rel", "tag"))
    assert selector("p:has(a[href^=x]):not(:has(b[rel*=y])):not([id=z]) > i").values == (("href", "x"),)
    assert selector("p > a[href*=x], p > b").values == selector("p > a[rel~=tag]").values == ()
    assert selector("p > a[href*=none]").of(Index.of(parse_html("<p><a href=other>a</a></p>"))) == []


@pytest.mark.parametrize("sign", ["=", "~=", "^=", "$=", "*="])
def test_attributes_are_compared_without_xpath(sign: str) -> None:
    chosen = selector(f"p[lang{sign}'fr']")
    root = parse_html(
        "".join(f"<p lang='{each}'>a</p>" for each in ("fr", "fr-FR", "x-fr", "a fr b", "efrg", ""))
    )
    assert (
        chosen.simple and chosen.of(Index.of(root)) == CSSSelector(chosen.css, translator="html")(root) != []
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [("xc", "^x"), ("ac", "b|c"), ("ad", "^a"), ("a", "^a"), ("zb", "b|c"), ("zd", "d$"), ("z", "")],
)
def test_the_first_rule_that_knows_a_text_counts_wherever_it_finds_it(
    tmp_path: Path, text: str, rule: str
) -> None:
    patterns = ["^x", "b|c", "^a", "d$"]
    (tmp_path / "x.toml").write_text(f'hosts = ["example.com"]\ndrop_text = {patterns}')
    found = rules_for("https://example.com/", (tmp_path,)).search("drop_text", text)
    assert (found[1] if found else "") == (f"x: drop_text {rule!r}" if rule else "")


@pytest.mark.parametrize(
    "element",
    [
        "<div class='film'>The film</div>",
        "<div class='film'><a>The film</a></div>",
        "<div class='film' src=''><a href=''>The film</a></div>",
    ],
)
def test_an_embed_of_a_rule_without_an_address_has_not_that_of_the_page(tmp_path: Path, element: str) -> None:
    document = read(tmp_path, "embed = ['.film']", f"{P}{element}{P}")
    assert not any(isinstance(node, m.Embed) for node in m.walk(document))
    assert "The film" in feed2doc.write(document, "text")


@pytest.mark.parametrize(
    "css", ["div:has(p ~ p ~ p)", "div:has(> p ~ p)", "div:has(> * > p ~ p)", "div:has(h1, p ~ p)"]
)
def test_siblings_are_counted_and_not_paired(css: str) -> None:
    """As pairs, 4,000 paragraphs take half a minute."""
    assert "/following-sibling::" not in xpath_of(css)
    page = parse_html(
        "<div><p>a</p><div><p>b</p><i></i><p>c</p></div><p>d</p><div><p>e</p><p>f</p><p>g</p></div></div><div><p>h</p></div>"
    )
    assert page.xpath(xpath_of(css)) == CSSSelector(css, translator="html")(page) != []


@pytest.mark.parametrize(
    "css",
    [
        "p + b > i",
        "p + b > i:only-child",
        "p.a + *",
        "p.a + b.c",
        "p + b + p",
        "div:has(> p + b + p)",
        "p + b:not(.c)",
    ],
)
def test_the_next_sibling_alone_is_looked_at(css: str) -> None:
    """With a condition on its position among all that follow, 5,000 paragraphs take ten seconds."""
    assert "position()" not in xpath_of(css)
    page = parse_html(
        "<div><p class=a>1</p><b class=c><i>2</i></b><p>3</p><u>4</u><b>5</b><p>6</p><b><i>7</i></b></div>"
        "<div><p>8</p><b>9</b></div>"
    )
    assert page.xpath(xpath_of(css)) == CSSSelector(css, translator="html")(page) != []


def test_siblings_are_looked_for_after_the_first_element() -> None:
    css = "p.a ~ p.b"
    assert xpath_of(css).startswith("descendant-or-self::*/p[") and "[1]/following-sibling::p" in xpath_of(
        css
    )
    part = "<p class=b>1</p><p class=a>2</p><p class=b>3</p><p class=a>4</p><p class=b>5</p>"
    page = parse_html(f"<div>{part}<div>{part}</div></div><p class=b>6</p>")
    assert page.xpath(xpath_of(css)) == CSSSelector(css, translator="html")(page) != []


def test_other_siblings_are_found_as_they_are_written() -> None:
    css = "div:has(p ~ p.last)"
    assert xpath_of(css) == CSSSelector(css, translator="html").path
