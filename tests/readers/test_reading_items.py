"""Reading item files: every form of the header around the HTML that occurs in archives."""

import gc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import feed2doc
import pytest
from feed2doc.model import Figure, Paragraph, plain_text

STAMP = "<!--1740454621000-->"
BEIJING = timezone(timedelta(hours=8))


def item(
    headline: str = "港口重开",
    url: str = "https://example.com/a",
    body: str = "<p>第一段。</p>",
    stamp: str = STAMP,
    end: str = "",
) -> bytes:
    return f"{stamp}\n[{headline}]({url})\n------\n\n{body}\n{end}".encode()


def words(document: feed2doc.Document) -> str:
    return "".join(
        plain_text(b.content) for s in document.sections for b in s.blocks if isinstance(b, Paragraph)
    )


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        ("港口重开", "港口重开"),
        ("[视频]港口[直播]重开", "[视频]港口[直播]重开"),
        ("A (1) and \\[2\\]", "A (1) and [2]"),
        ("&quot;Port&quot; &amp;#22338;", '"Port" ' + chr(22338)),
        ("two\nlines", "two lines"),
        ("", ""),
    ],
)
def test_headline(written: str, headline: str) -> None:
    assert feed2doc.read(item(headline=written)).headline == headline


def test_url_with_parentheses() -> None:
    assert feed2doc.read(item(url="https://example.com/a_(b)")).url == "https://example.com/a_(b)"


@pytest.mark.parametrize(
    "written",
    ['https://e.org/a "Port"', "<https://e.org/a>", "https://e.org/a 'Port (2)'", " https://e.org/a "],
)
def test_url_as_markdown_writes_it(written: str) -> None:
    assert feed2doc.read(item(url=written)).url == "https://e.org/a"


def test_url_with_escaped_signs() -> None:
    assert feed2doc.read(item(url="https://e.org/a?b=1&amp;c=2")).url == "https://e.org/a?b=1&c=2"


@pytest.mark.parametrize(
    "head",
    [
        "\n\n[Port](https://e.org/a)\n\n------\n",
        "# [Port](https://e.org/a)\n------\n",
        "<!--1740454621000-->\n**[Port](https://e.org/a)**\r\n\r\n---\r\n",
    ],
)
def test_the_head_of_a_file_may_be_other_markdown(head: str) -> None:
    document = feed2doc.read(f"{head}<p>Open.</p>".encode())
    assert (document.headline, document.url, words(document)) == ("Port", "https://e.org/a", "Open.")


@pytest.mark.parametrize(
    "body", ["Open again.\n\nFull.", "&lt;p&gt;Open again.&lt;/p&gt;&lt;p&gt;Full.&lt;/p&gt;"]
)
def test_a_text_without_tags_has_paragraphs(body: str) -> None:
    (section,) = feed2doc.read(item(body=body)).sections
    assert [plain_text(b.content) for b in section.blocks if isinstance(b, Paragraph)] == [
        "Open again.",
        "Full.",
    ]


@pytest.mark.parametrize(
    "stamp",
    [
        STAMP,
        "<!--1740454621-->",
        "<!-- 2025-02-25T03:37:01Z -->",
        "<!--2025-02-25 11:37:01+08:00-->",
        "<!--2025-02-25T03:37:01.000Z-->",
    ],
)
def test_stamp_is_the_archive_time(stamp: str) -> None:
    assert feed2doc.read(item(stamp=stamp)).archived == datetime(2025, 2, 25, 3, 37, 1, tzinfo=UTC)


def test_no_stamp_no_time_is_no_published() -> None:
    document = feed2doc.read(item(stamp=""))
    assert (document.archived, document.published) == (None, None)


def test_date_line_is_used_where_the_html_has_no_time() -> None:
    body = "日期：Sat, 13 Jun 2020 07:52:08 +0000\n\n<p>字</p>"
    document = feed2doc.read(item(body=body, stamp=""))
    assert document.published == datetime(2020, 6, 13, 7, 52, 8, tzinfo=UTC)
    assert words(document) == "字"


def test_aliases_in_front_matter_do_not_grow() -> None:
    rows = [
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    matter = "\n".join(["---", "a: &a [x]", *rows, "tags: [*j, harbour]", "date: *j", "---"])
    document = feed2doc.read(f"{matter}\n[A](https://e.org/1)\n------\n<p>Text.</p>".encode())
    assert document.tags == ("harbour",) and document.published is None
    from feed2doc.checking._markdown import text_of_markdown

    assert len(text_of_markdown(f"{matter}\nText.")) < 1000


def test_front_matter_fills_what_the_html_lacks() -> None:
    front = b"---\nauthor: [Ann Ba, Cy Do]\ntags: [sea]\ndate: 2025-02-25 01:00:00\n---\n"
    document = feed2doc.read(front + item())
    assert [p.name for p in document.byline] == ["Ann Ba", "Cy Do"]
    assert document.tags == ("sea",)
    assert document.published == datetime(2025, 2, 25, 1, 0, tzinfo=UTC)


def test_front_matter_that_repeats_the_feed_and_the_timestamp_states_neither_author_nor_date() -> None:
    front = "---\ndate: {date}\nauthor: {author}\ntags: [ Quay News ]\ncategories: [ Quay News ]\n---\n"
    stamp, body = "<!--1740454621000-->", "<p>By Ann Ba</p><p>24 February 2025</p><p>The ferry is late.</p>"
    repeated = front.format(date="2025-02-25T03:37:01.000Z", author="Quay News").encode()
    document = feed2doc.read(repeated + item(body=body, stamp=stamp))
    assert [p.name for p in document.byline] == ["Ann Ba"] and document.publication == "Quay News"
    assert document.published is not None and document.published.day == 24
    stated = front.format(date="2025-02-23T03:37:01.000Z", author="Cy Do &#38; Ed Fu").encode()
    document = feed2doc.read(stated + item(body="<p>The ferry is late.</p>", stamp=stamp))
    assert [p.name for p in document.byline] == ["Cy Do", "Ed Fu"] and document.publication == "Quay News"
    assert document.published is not None and document.published.day == 23


@pytest.mark.parametrize("leading", [True, False])
def test_several_items_with_stamps_before_or_after(leading: bool) -> None:
    one, two = "<!--1740454621000-->", "<!--1740454622000-->"
    if leading:
        data = item("A", stamp=one) + item("B", "https://example.com/b", stamp=two)
    else:
        data = item("A", stamp="", end=one + "\n") + item("B", "https://example.com/b", stamp="", end=two)
    documents = list(feed2doc.read_all(data))
    assert [(d.headline, d.archived and d.archived.second) for d in documents] == [("A", 1), ("B", 2)]
    with pytest.raises(feed2doc.ReadError, match="expected one article, found 2"):
        feed2doc.read(data)


def test_crlf_and_bom() -> None:
    data = b"\xef\xbb\xbf" + item().replace(b"\n", b"\r\n")
    assert words(feed2doc.read(data)) == "第一段。"


def test_declared_and_guessed_encodings() -> None:
    text = item(body='<meta charset="gb18030"><p>' + "灯塔在海边亮着。" * 30 + "</p>").decode()
    assert "灯塔在海边" in words(feed2doc.read(text.encode("gb18030")))
    assert "灯塔在海边" in words(feed2doc.read(text.encode("utf-16")))


def test_a_few_bad_bytes_are_reported_as_a_loss() -> None:
    env = feed2doc.Env()
    document = feed2doc.read(
        item(body="<p>好" + "字" * 300 + "</p>").replace("好".encode(), b"\xe5\xa5"), env=env
    )
    assert words(document).endswith("字" * 300)
    assert [d.kind for d in env.diagnostics if d.rule == "encoding"] == ["loss"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture"),
        (b"just words", "not a feed item"),
        (b"[](https://example.com/a)\n------\n", "has no content"),
        (b"[](https://example.com/a)\n------\n<script>x</script>", "has no content"),
    ],
)
def test_input_that_is_not_an_item_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(feed2doc.ReadError, match=says):
        feed2doc.read(data)


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<p> </p>"])
def test_a_headline_with_nothing_below_is_an_article(body: str) -> None:
    env = feed2doc.Env()
    document = feed2doc.read(item(body=body), env=env)
    assert document.headline and document.url and document.published and not document.sections
    assert [d.message for d in env.diagnostics if d.rule == "content"] == ["has a headline but no text"]


def test_truncated_html_keeps_its_words() -> None:
    assert words(feed2doc.read(item(body="<p>一</p><p>二<a hr"))) == "一二"


def test_a_path_is_never_content_and_content_never_a_path(tmp_path: Path) -> None:
    path = tmp_path / "item.txt"
    path.write_bytes(item())
    by_path = feed2doc.read(path)
    assert by_path == feed2doc.read(str(path)) == feed2doc.read(path.read_bytes())
    with path.open("rb") as file:
        assert feed2doc.read(file) == by_path
    with pytest.raises(feed2doc.ReadError, match="not a file name: pass content as bytes"):
        feed2doc.read(item().decode())


def test_id_is_the_address_else_a_hash_of_the_text() -> None:
    assert feed2doc.read(item()).id == "https://example.com/a"
    first, second = (feed2doc.read(item(url="", body=f"<p>{n}</p>")).id for n in "ab")
    assert first.startswith("sha256:") and first != second


def test_nytimes_article_of_2025() -> None:
    body = (
        '<address>MEI LIN, OTTO BERG</address><time pudate="2025-02-25 04:13:15" datetime="2025-02-25 04:13:15">'
        '2025年2月25日</time><figure><img src="https://images.weserv.nl/?url=static.example.com/a.jpg" width="10" '
        'height="5"><figcaption>渡轮靠岸。 <cite>Otto Berg/Harbour Press</cite></figcaption></figure><section>'
        '<p>第一段<a href="https://example.com/x">链接</a>。</p><p><b>小标题</b></p>'
        '<p><img src="b.jpg"><small>图注。</small></p><p>第二段。</p></section><footer>'
        '<p>Ann Ba对本文有研究贡献。</p><p>Mei Lin是记者。<a href="https://example.com/mei">点击查看更多关于她的信息。</a></p>'
        '<p>翻译：海灯、潮生</p><a href="https://example.com/en">点击查看本文英文版。</a></footer>'
        '<br><hr><div>获取更多RSS：<br><a href="https://feedx.net">https://feedx.net</a></div>'
    )
    stamp = int(datetime(2025, 2, 25, 16, 30, tzinfo=BEIJING).timestamp() * 1000)
    env = feed2doc.Env()
    document = feed2doc.read(
        item(url="https://cn.nytimes.com/a/", body=body, stamp=f"<!--{stamp}-->"), env=env
    )
    assert [p.name for p in document.byline] == ["Mei Lin", "Otto Berg"]
    assert document.published == datetime(2025, 2, 25, 16, 13, 15, tzinfo=BEIJING)
    assert document.published_text == "2025年2月25日"
    assert document.language == "zh-CN" and document.publication == "纽约时报中文网"
    assert document.lead is not None and document.lead.image is not None
    assert document.lead.image.src == "https://static.example.com/a.jpg"
    assert plain_text(document.lead.caption) == "渡轮靠岸。"
    assert plain_text(document.lead.credit) == "Otto Berg/Harbour Press"
    assert [(plain_text(s.heading), len(s.blocks)) for s in document.sections] == [("", 1), ("小标题", 2)]
    assert [(c.role, c.person) for c in document.credits] == [
        ("contributor", "Ann Ba"),
        ("author-bio", "Mei Lin"),
        ("translator", "海灯、潮生"),
        ("original", ""),
    ]
    assert document.original_url == "https://example.com/en"
    assert [d.text.split("\n")[0] for d in env.diagnostics if d.kind == "dropped"] == ["获取更多RSS："]


def test_nytimes_article_of_2020() -> None:
    body = (
        "<div><i>MEI LIN<br>2020-06-29 11:48:01</i></div><p><i>（欢迎</i><a href='https://example.com'>点击此处</a>"
        '<i>订阅NYT简报。）</i></p><p>一。</p><img src="a.jpg" width="100%"><div><small>图注。</small></div>'
        '<img src="b.jpg" width="100%"><div><small></small></div><p>二。</p>'
        '<p>林梅(Mei Lin)是摄影师。<br/>翻译：海灯<br/><a href="https://example.com/en">点击查看本文英文版。</a></p>'
    )
    document = feed2doc.read(item(url="https://cn.nytimes.com/b/", body=body, stamp="<!--1593405872000-->"))
    assert document.published == datetime(2020, 6, 29, 11, 48, 1, tzinfo=BEIJING)
    assert [p.name for p in document.byline] == ["Mei Lin"]
    assert words(document) == "一。二。"
    figures = [b for s in document.sections for b in s.blocks if isinstance(b, Figure)]
    assert [plain_text(f.caption) for f in figures] == ["图注。", ""]
    assert [c.role for c in document.credits] == ["author-bio", "translator", "original"]


def test_control_characters_are_removed_from_items() -> None:
    item = "[A \x1b[31mred \x9b1m bell](https://example.com/\x1b]1)\n---\n<p>\x1b[2JIt rings.</p>"
    document = feed2doc.read(item.encode())
    assert (document.headline, document.url) == ("A [31mred 1m bell", "https://example.com/]1")
    feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "\\u001b[31mred", "content_text": "\\u009b1m"}]}'
    document = feed2doc.read(feed.encode())
    assert (document.headline, feed2doc.write(document, "text").count("\x9b")) == ("[31mred", 0)


def test_the_tree_of_an_article_does_not_wait_for_a_collection_of_garbage() -> None:
    body = "<p>One.</p><pre>two <img src='a.png'></pre><p>Three<sup><a href='#n'>1</a></sup></p><p id='n'>1 Note.</p>"
    feed2doc.read(item(body=body))  # what is only made once is made now
    gc.collect()
    gc.freeze()  # so that the next collection looks at nothing else
    gc.disable()
    try:
        feed2doc.read(item(body=body))
        assert gc.collect() == 0
    finally:
        gc.enable()
