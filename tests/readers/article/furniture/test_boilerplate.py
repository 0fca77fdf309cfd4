"""What publishing systems put around an article: rows of share links, related posts, the last lines of feeds."""

from time import process_time

import feed2doc
import pytest
from feed2doc.model import BulletList, Embed, Link, Quote, images_of, plain_text, texts_of, walk

START = "<p>The rope holds until noon.</p><p>Then it is mended again.</p>"
X = "https://twitter.com/intent/tweet?url=https%3A%2F%2Fquay.example"
FB = "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fquay.example"


def read(html: str, language: str = "en") -> tuple[list[str], list[str]]:
    """Return the texts and the addresses of the links in an article, in which nothing may be lost."""
    document = document_of(html, language)
    blocks = [block for section in document.sections for block in section.blocks]
    texts = [plain_text(text) for block in blocks for text in texts_of(block)]
    texts += [plain_text(credit.text) for credit in document.credits]
    return texts, [node.url for node in walk(document) if isinstance(node, Link)]


def document_of(html: str, language: str = "en") -> feed2doc.Document:
    env = feed2doc.Env(audit=True)
    head = '<title>h</title><link rel="canonical" href="https://quay.example/2025/a">'
    page = f'<html lang="{language}"><head>{head}</head><body>{html}</body></html>'
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [d for d in env.diagnostics if d.kind == "loss"]
    return document


ICON = '<a href="https://{}/quay"><img src="/{}.png" alt="{}" width="24"></a>'
ICONS = ICON.format("www.facebook.com", "f", "Facebook"), ICON.format("instagram.com", "i", "")


@pytest.mark.parametrize(
    ("html", "stays"),
    [
        ("<table><tr><td>{}</td><td>{}</td></tr></table>", False),
        ("<p>Follow us: {} {}</p>", False),
        ("<div><div>{}</div><div>{}</div></div>", False),
        ("<p>We sailed with {} and {}.</p>", True),
        ("<p>{}</p><p>The quay at dawn.</p><p>{}</p>", True),
    ],
)
def test_rows_of_icons_that_lead_to_networks_are_left_out(html: str, stays: bool) -> None:
    addresses = [
        image.src for image in images_of(document_of(f"{START}{html.format(*ICONS)}<p>Ann slept.</p>"))
    ]
    assert bool(addresses) is stays


def test_one_icon_of_a_network_stays() -> None:
    assert len(list(images_of(document_of(f"{START}<p>{ICONS[0]}</p><p>Ann slept.</p>")))) == 1


@pytest.mark.parametrize(
    "html",
    [
        f'<p>Teilen: <a href="{X}">X</a> | <a href="{FB}">Facebook</a></p>',
        # A label in words that no list has, before three links or more.
        f'<p>Voeg toe: <a href="{X}"><img src="x.png" alt="x"></a> | <a href="{FB}"><img src="f.png"></a> | <a href="https://digg.com/submit?url=q"><img src="d.png"></a></p>',
        '<div class="tweetmeme_button"><a href="http://api.tweetmeme.com/share?url=q"><img src="http://api.tweetmeme.com/imagebutton.gif?url=q" height="61" width="51"></a></div>',
        "<nav>Home</nav>",
        '<nav><ul><li><a href="/">Start</a></li><li>Harbour</li></ul></nav>',
        '<p><a href="https://overseas.blogmura.com/ranking/in?p=1"><img src="https://b.blogmura.com/88_31.gif" width="88" alt="r"></a></p>',
        '<h6 class="zemanta-related-title">Related articles by Zemanta</h6><ul class="zemanta-article-ul"><li><a href="https://fog.example/1">The fog is here</a> (fog.example)</li></ul>',
        f'<ul><li><a href="{X}"><img src="/x.png" alt="Tweet"></a></li><li><a href="{FB}"><img src="/f.png"></a></li></ul>',
        f'<div><h4>Share this:</h4><div><a href="{X}"></a><a href="mailto:?subject=Rope&amp;body=https://quay.example">E-mail</a></div></div>',
        '<p><a href="http://service.weibo.com/share/share.php?url=a"><img src="/w.gif" alt="微博"></a></p>',
        '<p><a href="whatsapp://send?text=a">WhatsApp</a> <a href="https://t.me/share/url?url=a">Telegram</a></p>',
        '<p><a href="http://feeds.quay.example/~ff/quay?a=1"><img src="http://feeds.quay.example/~ff/quay?d=2"></a></p>',
        '<p><a href="http://www.pheedcontent.com/hostedMorselClick.php?h=1"><img src="/x.gif" alt="Add to X"></a></p>',
        '<p><a href="http://ads.pheedo.com/click.phdo?s=1"><img src="http://ads.pheedo.com/img.phdo?s=1"></a></p>',
        '<table><tr><td><iframe src="https://rcm-fe.amazon-adsystem.com/e/cm?t=quay-22"></iframe></td></tr></table>',
        '<section><h2>Tides change. Keep up with the Quay Letter.</h2><label for="promo-email">Each day at seven.</label></section>',
        '<p><a href="/2025/a">∞ Permalink</a></p>',
        '<p><img src="http://secure-uk.imrworldwide.com/cgi-bin/m?cid=quay"></p>',
        '<ul><li>More about:</li><li><a itemprop="keywords" href="/topic/rope">Rope</a></li></ul>',
        '<a class="syndication-btn" href="/reuse"><img src="/r.png" width="25">Reuse content</a>',
        '<div class="type-gallery"><h2>Ropes in pictures</h2></div>',
        '<p><a href="/2025/a">Lees meer »</a></p>',
        '<div class="shariff"><div>Teile dies:</div><ul><li><a href="https://e.org/">teilen</a></li></ul></div>',
        '<div class="yarpp yarpp-related"><h3>Entradas relacionadas:</h3><ol><li><a href="/b">Anzuelos</a></li></ol></div>',
        '<div class="printfriendly"><a href="#" onclick="window.print(); return false;"><img src="/pf.png" alt="Print"></a></div>',
        '<p><a href="javascript:window.print()">Drucken</a></p>',
        # Other columns of the author, each with its day, and the numbers of the pages.
        '<p>この筆者のコラム</p><p><a href="/b">渡し船が三年ぶりに戻った</a> 2025.05.05</p><p><a href="/c">灯台が夜明けに消えた</a> （2025年5月4日）</p>',
        '<ul><li>1</li><li><a href="/a?p=2">2</a></li><li><a href="/a?p=2">次のページ</a></li></ul>',
        '<font class="jammer">7 h% k! ~9 q</font>',
        f'<p><a href="{X}">Tweet this page, please!</a> <a href="{FB}">Share this on Facebook.</a></p>',
        # A label that a sign separates from the link below it.
        '<section><span>Lesen Sie auch |</span><p><a href="/b">Der Schornstein der Fähre im Garten</a></p></section>',
        '<div><p>Lesen Sie auch »</p><p><a href="/b">Der Schornstein der Fähre im Garten</a></p></div>',
        '<div><p>延伸閱讀 ▸</p><p><a href="/b">煙囪在花園裡找到了，船長很高興</a></p></div>',
    ],
)
def test_rows_of_buttons_are_dropped_with_their_labels(html: str) -> None:
    assert read(START + html, "de") == (["The rope holds until noon.", "Then it is mended again."], [])


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<div><button>Share</button><button>Enlarge</button></div>", []),
        ("<div><button>Low water</button><button>High water</button></div>", ["Low water High water"]),
        ("<p>We wave. <button>Share</button></p>", ["We wave."]),
        ("<h3><button>How deep is it?</button></h3><div><p>Two metres.</p></div>", ["Two metres."]),
        ('<div><button role="tab">npm</button><button role="tab">yarn</button></div>', ["npm yarn"]),
        ("<p><button>Deep water</button></p>", ["Deep water"]),
        ("<ul><li><button>Ebb</button><li><button>Flood</button></ul>", ["Ebb", "Flood"]),
        ('<div class="shortcode"><button>When?</button><p>At seven.</p></div>', ["When?", "At seven."]),
        (
            '<div class="newsletter-box"><h3>Tides</h3><p>Each day at seven.</p><input type="email"><button>Join</button></div>',
            [],
        ),
        (
            '<div class="newsletter-page"><p>A.</p><p>B.</p><p>C.</p><input type="email"></div>',
            ["A.", "B.", "C."],
        ),
        ('<div class="code-top"><span>js</span><button>Copy</button></div><pre>a = 1</pre>', ["a = 1"]),
    ],
)
def test_rows_of_buttons(html: str, texts: list[str]) -> None:
    assert read(START + html)[0][2:] == texts


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (f'<p>She asked me to <a href="{X}">tweet it</a>, and so I did.</p>', "She asked me to tweet it, and so I did."),
        ('<p>Write to <a href="mailto:ann@quay.example">Ann</a>.</p>', "Write to Ann."),
        ('<p><a href="https://twitter.com/annba/status/1">Ann Ba wrote about rope</a></p>', "Ann Ba wrote about rope"),
        (f'<p><a href="{X}">“Whoever mends a rope in the fog mends it twice.”</a></p>', "“Whoever mends a rope in the fog mends it twice.”"),
        (f'<div><a href="{X}&text=Never%20tie%20a%20wet%20knot.">Never tie a wet knot.</a><a href="{X}">Click To Tweet</a></div>', "Never tie a wet knot."),
        (f'<p><a href="{X}&text=%E2%80%9CWe+were+wet.%E2%80%9D">“We were wet.”</a></p>', "“We were wet.”"),
        ('<p><a href="https://service.weibo.com/share/share.php?title=船长笑了。">船长笑了。</a></p>', "船长笑了。"),
        (f'<p><a href="{FB}">Facebook</a> has a page for those who mend ropes in the fog.</p>', "Facebook has a page for those who mend ropes in the fog."),
    ],
)  # fmt: skip
def test_links_in_sentences_are_kept(html: str, words: str) -> None:
    texts, links = read(START + html)
    assert texts[2:] == [words] and len(links) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Der Beitrag {post} erschien zuerst auf {blog}.",
        "Artykuł {post} pochodzi z serwisu {blog}.",
        "Сообщение {post} появились сначала на {blog}.",
        "投稿 {post} は {blog} に最初に表示されました。",
        "{post}最先出现在{blog}。",
        "Inlägget {post} dök först upp på {blog}.",
        # In languages whose words are not known.
        "Ang post na {post} ay unang lumabas sa {blog}.",
    ],
)
def test_the_last_line_of_feeds_of_wordpress(line: str) -> None:
    post = '<a rel="nofollow" href="https://quay.example/2025/a">The rope</a>'
    made = line.format(post=post, blog='<a rel="nofollow" href="https://quay.example">Quay Notes</a>')
    assert read(f"{START}<p>{made}</p>")[0] == ["The rope holds until noon.", "Then it is mended again."]


@pytest.mark.parametrize(
    "line",
    [
        "Der Beitrag erschien zuerst auf Platt, im Jahr 1921.",
        'Read <a href="https://quay.example/2025/a">this</a>, and then <a href="https://ropes.example/">that</a>.',
        "La entrada del puerto se publicó en un mapa.",
        "L'articolo è in vendita.",
        "O post foi lido por todos no cais.",
        "The post of ropemaker appeared first on the tax roll of 1733.",
        'The post of <a href="/r">ropemaker</a> appeared first on <a href="/t">the tax roll</a>.',
        "Der Artikel über Taue erschien zuerst auf Dänisch.",
    ],
)
def test_last_lines_that_are_text(line: str) -> None:
    assert len(read(f"{START}<p>{line}</p>")[0]) == 3
    assert len(read(f"<p>{line}</p>{START}")[0]) == 3


@pytest.mark.parametrize(
    ("headline", "line"),
    [
        ("The rope’s end", "The post The rope's end appeared first on Quay Notes."),
        ("Das Tau", "Der Beitrag „Das Tau“ erschien zuerst auf Kaiblatt."),
        ("旧缆绳", "旧缆绳最先出现在港口笔记。"),
    ],
)
def test_the_last_line_of_a_feed_whose_links_are_missing(headline: str, line: str) -> None:
    page = f"<html><head><title>{headline}</title></head><body>{START}<p>{line}</p></body></html>"
    assert line not in feed2doc.write(feed2doc.read(page.encode(), format="html"), "text")
    page = page.replace(START, "").replace("</body>", START + "</body>")
    assert line[:8] in feed2doc.write(feed2doc.read(page.encode(), format="html"), "text")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Sign up for a walk, said the newsletter of the parish."),
        ("en", "Follow the boats on Twitter, she wrote, and be patient."),
        ("de", "Diesen Artikel der Satzung wollte keine Gemeinde mit der anderen teilen."),
        ("es", "Recibe pocas cartas el boletín del puerto."),
        ("fr", "Newsletter ou journal, chacun s’est inscrit où il voulait."),
        ("pt", "Apoie quem apoiar, o jornalismo continua."),
        ("ja", "メールマガジンの編集部は船の名を登録している。"),
        ("ko", "네이버에서 그는 항구 소식을 구독한다고 했다."),
        ("zh-Hans", "下载这款客户端的船员超过一千人。"),
        ("zh-Hans", "警方请船员不要下载这个App。"),
        ("zh-Hans", "扫描二维码后，他的船票就没了。"),
        ("zh-Hans", "扫一扫就能付款，老船员却不会用。"),
        ("zh-Hans", "在浏览器中打开潮汐表，就能看到水位。"),
        ("zh-Hant", "掃碼付款時，船員要看清金額。"),
        ("ja", "チャンネル登録者数は百万人を超える。"),
        ("ja", "コメントを投稿した船員が名乗り出た。"),
        ("ja", "アプリをダウンロードした船員は千人に達した。"),
        ("en", "This email was sent to every boat in the harbour on Friday."),
        ("de", "Diese E-Mail wurde an alle Boote im Hafen verschickt."),
        ("es", "Este correo fue enviado a todos los barcos del puerto."),
        ("zh-Hans", "这封邮件随后被转发给港务局。"),
        ("zh-Hant", "掃描船上的QR碼，便知它從何處來。"),
        ("zh-Hant", "這封信後來轉寄給港務局。"),
    ],
)
def test_sentences_with_the_words_of_invitations_are_kept(language: str, line: str) -> None:
    texts, _ = read(f"{START}<p>{line}</p>{START}", language)
    assert texts == ["The rope holds until noon.", "Then it is mended again.", line, *texts[:2]]


TWEET = "https://twitter.com/annba/status/1234567890123456789"


@pytest.mark.parametrize(
    ("html", "url", "words"),
    [
        (f'<blockquote class="twitter-tweet"><a href="{TWEET}"></a></blockquote>', TWEET, ""),
        ('<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/XYZ/"><div><div></div><a href="https://www.instagram.com/annba/">A post shared by Ann Ba (@annba)</a></div></blockquote>', "https://www.instagram.com/p/XYZ/", "A post shared by Ann Ba (@annba)"),
        ('<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@annba/video/12"><section><a href="https://www.tiktok.com/@annba">@annba</a><p>缆绳</p></section></blockquote>', "https://www.tiktok.com/@annba/video/12", "@annba 缆绳"),
        ('<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/ropes/comments/1a/rope/">Rope</a><br> by<a href="https://www.reddit.com/user/annba/">u/annba</a> in<a href="https://www.reddit.com/r/ropes/">ropes</a></blockquote>', "https://www.reddit.com/r/ropes/comments/1a/rope/", "Rope by u/annba in ropes"),
    ],
)  # fmt: skip
def test_posts_of_social_networks_without_their_words_are_embeds(html: str, url: str, words: str) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"{START}{html}<p>End.</p>".encode(), format="html", env=env)
    (embed,) = (node for node in walk(document) if isinstance(node, Embed))
    assert (embed.kind, embed.url, embed.title) == ("iframe", url, words)
    assert not any(isinstance(node, Quote) for node in walk(document))
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote><p>The rope holds.</p><p>— Ann Ba, <a href="https://quay.example/a">Quay Notes</a></p></blockquote>',
        # A reader wants the words of a post, with its author and date.
        f'<blockquote class="twitter-tweet"><p lang="en">The rope holds.</p>&mdash; Ann Ba (@annba) <a href="{TWEET}">May 4, 2025</a></blockquote>',
        '<blockquote class="bluesky-embed"><p>A rope.</p>— Ann <a href="https://bsky.app/profile/ann.example/post/3k">5 May</a></blockquote>',
        '<blockquote><p>A rope.</p>Ann, <a href="https://mast.example/@ann/123456789012345678">May 4</a></blockquote>',
        f'<blockquote><p>Ann Ba <a href="{TWEET}">wrote</a> that the rope holds.</p></blockquote>',
        f'<blockquote><p>{"A rope. " * 200}</p><p><a href="{TWEET}">May 4</a></p></blockquote>',
        f'<blockquote><p>Rope.</p><ul><li><a href="{TWEET}">May 4</a></li></ul></blockquote>',
        '<blockquote><p>Rope.</p><p><a href="https://twitter.com/annba">@annba</a></p></blockquote>',
    ],
)
def test_quotations_and_posts_with_words_are_quotations(html: str) -> None:
    document = feed2doc.read(f"{START}{html}<p>End.</p>".encode(), format="html")
    assert [type(node) for node in walk(document) if isinstance(node, Quote | Embed)] == [Quote]


@pytest.mark.parametrize("line", ["跳过 Twitter 帖子, 1", "End of X post, 2", "Saltar YouTube post, 1"])
def test_links_that_skip_an_embed_are_dropped(line: str) -> None:
    assert len(read(f'{START}<p>缆绳。</p><p><a href="/a#skip">{line}</a></p>', "es")[0]) == 3


def test_the_fields_of_drupal() -> None:
    head = '<span class="field field--name-title field--type-string">h</span>'
    meta = '<span class="field field--name-uid"><span lang="">Greta Sund</span></span><span class="field field--name-created">Mon, 05/05/2025 - 09:30</span>'
    body = f'<div class="field field--name-body field__item">{START}</div>'
    document = feed2doc.read(f"{head}\n{meta}\n{body}".encode(), format="html")
    assert [person.name for person in document.byline] == ["Greta Sund"]
    assert document.published is not None and f"{document.published:%Y-%m-%d %H:%M}" == "2025-05-05 09:30"
    assert [len(section.blocks) for section in document.sections] == [2]


@pytest.mark.parametrize(
    "content",
    [
        "<video src='https://quay.example/a.mp4'></video>",
        "<blockquote>Tides keep time.</blockquote>",
        "<table><tr><td>High</td><td>6:10</td></tr></table>",
        "<pre>06:10 high</pre>",
    ],
)
def test_a_drupal_field_with_content_is_kept(content: str) -> None:
    field = f'<div class="field field--name-field-part field--type-entity-reference">{content}</div>'
    body = f'<div class="field field--name-body field__item">{START}</div>'
    document = feed2doc.read(f"{body}{field}".encode(), format="html")
    assert [len(section.blocks) for section in document.sections] == [3]


@pytest.mark.parametrize("head", ["[h](https://quay.example/a)\n------\n", ""])
def test_an_article_of_nothing_but_junk_keeps_it(head: str) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"{head}<p>Play</p><p>Pause</p>".encode(), env=env)
    assert [plain_text(block.content) for s in document.sections for block in s.blocks] == ["Play", "Pause"]  # type: ignore[union-attr]
    assert not [each for each in env.diagnostics if each.kind != "notice"]


SENTENCE = "<p>The rope holds until noon. Then it is mended again.</p>"
LINKS = (
    "<ul><li><a href='https://example.com/1'>{}</a></li><li><a href='https://example.com/2'>{}</a></li></ul>"
)


@pytest.mark.parametrize(
    ("before", "titles", "after", "kept"),
    [
        # Links to other articles of a paper between its paragraphs, and at the end.
        ("The crane is back. It lifts again.", ("Old pier opens next year", "Ferries stay out of the bay"), SENTENCE, False),
        ("The crane is back. It lifts again.", ("Old pier opens next year", "Ferries stay out of the bay"), "", False),
        ("渡轮回来了。", ("旧码头明年重新开放", "渡轮不再靠岸"), SENTENCE, False),
        # What a text points to, continues with, or numbers, and names of pages.
        ("I wrote about this in", ("Old pier opens next year", "Ferries stay out of the bay"), SENTENCE, True),
        ("I wrote about this before. Twice.", ("Why the pier opens late, part 1", "Why it is late, part 2"), SENTENCE, True),
        ("There are two parts to this story.", ("Old pier opens next year", "Ferries stay out of the bay"), "", True),
        ("Следующие статьи скажут больше.", ("Старый причал снова открыт", "Паромы не подходят к нему"), SENTENCE, True),
        ("我写过两篇。", ("旧码头明年重新开放", "渡轮不再靠岸了"), SENTENCE, True),
        ("渡轮回来了。", ("旧码头的故事（上）", "旧码头的故事（下）"), SENTENCE, True),
        ("The tool has a manual.", ("Installation", "Troubleshooting"), SENTENCE, True),
    ],
)  # fmt: skip
def test_links_to_the_same_site_that_belong_to_the_text_are_kept(
    before: str, titles: tuple[str, str], after: str, kept: bool
) -> None:
    html = f"{SENTENCE * 3}<p>{before}</p>{LINKS.format(*titles)}{after}"
    document = feed2doc.read(f"[h](https://example.com/a)\n------\n{html}".encode())
    assert any(isinstance(node, BulletList) for node in walk(document)) is kept


def test_a_bold_label_of_related_articles_without_any_is_text() -> None:
    label = "<p><strong>相关阅读：</strong></p><p>渡轮回来了，灯塔亮了。</p>"
    page = f"<html lang=zh-CN><h1>港口</h1><p>周一，海港局说，渡轮回来了。</p>{label}"
    blocks = [b for s in feed2doc.read(page.encode(), format="html").sections for b in s.blocks]
    assert len(blocks) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "Log in to your router and change the password.",
        "Powered by two diesel engines, the boat crossed the bay in an hour.",
        "Skip to the last page and you will know who did it.",
        "Follow us on our way home, they cried.",
        "Print this value to the console.",
        "Unsubscribe rates doubled in March.",
        "支持我们的人很多，反对的人也不少。",
        "取消订阅的人数去年翻了一倍。",
    ],
)
def test_sentences_that_begin_like_an_invitation_are_kept(line: str) -> None:
    assert line in read(f"{START}<p>{line}</p><p>It holds.</p>")[0]
    assert line.rstrip(".。") in read(f"{START}<ul><li>{line.rstrip('.。')}</li></ul><p>It holds.</p>")[0]


def test_the_last_link_of_a_text_that_ends_with_more_is_kept() -> None:
    assert (
        read(f'{START}<p>He said yes. <a href="https://x.example/b">Nevermore</a></p>')[0][-1]
        == "He said yes. Nevermore"
    )


def test_a_request_for_scripts_is_noted_and_other_text_without_scripts_is_kept() -> None:
    env = feed2doc.Env(audit=True)
    request, text = "Please enable JavaScript to read on.", "In the browser wars of 1998, Netscape lost."
    html = (
        f"<article>{START}<noscript><p>{request}</p></noscript><noscript><p>{text}</p></noscript></article>"
    )
    document = feed2doc.read(html.encode(), format="html", env=env)
    written = feed2doc.write(document, "text", width=0)
    assert text in written and request not in written
    assert request in [each.text for each in env.diagnostics if each.kind == "dropped"]


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [
        (
            "<div>",
            '<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">',
            "</div>",
        ),
        (f"<div>{'Words of a sentence. ' * 5}", f'<a href="{X}">T</a>', "</div>"),
        ("", '<div style="display:none"><img src="https://e.example/a.png"></div>', ""),
        ('<div style="white-space:pre-wrap">', "a <b>b</b>\n", "</div>"),
        ('<p style="display:block;', "aaaaa", '">x</p>'),
        ('<img src="blank.gif" srcset="a', "     ", 'b">'),
        ("<p>a", "\u3000\u3000\u3000", "b</p>"),
    ],
)
def test_reading_time_is_proportional_to_the_number_of_pieces(start: str, piece: str, end: str) -> None:
    """Eight times as many pieces take far less than 64 times as long; processor time does not depend on the load."""

    def seconds(number: int) -> float:
        page = f"<article>{START}{start}{piece * number}{end}</article>".encode()
        begin = process_time()
        feed2doc.read(page, format="html")
        return process_time() - begin

    assert min(seconds(4_000) for _ in range(3)) < 24 * max(min(seconds(500) for _ in range(3)), 0.002)


@pytest.mark.parametrize(
    "line",
    [
        "Please enable JavaScript to view the comments powered by a plugin.",
        "Already a subscriber? Log in, please.",
        "长按二维码关注我们，查看更多精彩内容。",
        "扫码关注，加入读者群。",
        "感谢您的订阅，祝您阅读愉快。",
    ],
)
def test_lines_that_no_sentence_begins_like_are_left_out(line: str) -> None:
    assert line not in read(f"{START}<p>{line}</p><p>It holds.</p>")[0]


def test_pictures_in_buttons_are_kept() -> None:
    html = "<div><button>Share <img src='/a.jpg'></button><button>Share <img src='/b.jpg'></button></div>"
    found = feed2doc.read(f"[h](https://e.org/)\n---\n<p>We wave.</p>{html}".encode())
    assert [image.src for image in images_of(found)] == ["https://e.org/a.jpg", "https://e.org/b.jpg"]


def test_related_articles_with_their_sites_or_dates_are_left_out() -> None:
    links = "<li><a href='https://fog.example/1'>The fog is here</a> (fog.example)</li><li><a href='/2'>Ropes of the quay</a> (5 May 2025)</li>"
    texts, _ = read(f"{START}<h3>Related articles</h3><ul>{links}</ul>")
    assert texts == ["The rope holds until noon.", "Then it is mended again."]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("All of them denied that they had painted the buoy.", True),
        ("Alle bestritten, dass sie die Boje gestrichen hatten. ", True),
        ("三名水手均否认曾给浮标上漆。", True),
        ("Who painted the buoy at night?", False),
        ("Sailors deny that they painted the buoy", False),
    ],
)
def test_a_sentence_that_is_a_link_to_the_site_is_text(line: str, stays: bool) -> None:
    for html in (f"<p><a href='/b'><strong>{line}</strong></a></p>", f"<p><a href='/b'>{line}</a></p>"):
        texts, _ = read(f"{START}{html}<p>Ann slept.</p>")
        assert (line.strip() in [text.strip() for text in texts]) is stays


@pytest.mark.parametrize(
    ("label", "url", "stays"),
    [
        ("À lire :", "https://fog.example/1", True),
        ("Further reading", "https://fog.example/1", True),
        ("相关阅读：", "https://fog.example/1", True),
        ("À lire :", "https://www.quay.example/1", False),
        ("Further reading", "https://en.quay.example/1", False),
        ("相关阅读：", "/1", False),
    ],
)
def test_a_link_to_another_site_below_a_label_is_a_reference(label: str, url: str, stays: bool) -> None:
    card = f'<blockquote class="wp-embedded-content"><a href="{url}">The fog comes at night</a></blockquote>'
    language = "zh" if "读" in label else "fr" if "lire" in label else "en"
    for link in (f'<p><a href="{url}">The fog comes at night</a></p>', card):
        texts, links = read(f"{START}<p>{label}</p>{link}<p>Ann slept.</p>", language)
        assert (label in texts, bool(links)) == (stays, stays)


def test_several_links_to_other_sites_below_a_label_are_left_out() -> None:
    links = "".join(
        f"<li><a href='https://{each}.example/1'>The fog of {each} is here</a></li>"
        for each in ("fog", "mist")
    )
    texts, _ = read(f"{START}<h3>Related articles</h3><ul>{links}</ul>")
    assert texts == ["The rope holds until noon.", "Then it is mended again."]


def test_a_list_of_works_and_navigation_with_text_stay() -> None:
    works = "<li><a href='https://fog.example/1'>The fog is here</a> (Ann Ba)</li><li><a href='/2'>Ropes of the quay</a> (in Kiel)</li>"
    texts, _ = read(f"<nav><p>The quay is open.</p></nav>{START}<h3>Books</h3><ul>{works}</ul>")
    assert texts[0] == "The quay is open."
    assert texts[-1] == "Ropes of the quay (in Kiel)"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Lees ook: <a href='/b'>Een veerboot keert terug</a> en ontdek <a href='/c'>hoe de mist verdween</a>.</p>",
        "<p>Czytaj także: <a href='/b'>Prom wrócił do portu</a></p>",
        "<p>Läs också: <a href='/b'>Färjan är tillbaka</a></p>",
        "<div><strong>키워드</strong><small>Tags</small> <a href='/t1'>#부두</a> <a href='/t2'>#안개</a></div>",
    ],
)
def test_labels_of_related_articles_in_other_languages(line: str) -> None:
    texts, _ = read(f"{START}{line}<p>So it goes on.</p>", "nl")
    assert texts == ["The rope holds until noon.", "Then it is mended again.", "So it goes on."]


def test_a_label_with_the_name_of_a_place() -> None:
    line = "<p>Veja também no <strong>Cais</strong>: <a href='/b'>A balsa está de volta</a></p>"
    texts, _ = read(f"{START}{line}<p>So it goes on.</p>", "pt")
    assert len(texts) == 3


@pytest.mark.parametrize(
    "line",
    [
        "<p>Zie ook wat <a href='/b'>de kapitein</a> zei, toen de boot na drie lange jaren weer in de haven lag en niemand het geloofde.</p>",
        "<p>See also in the harbour: two boats, a light and <a href='/b'>the crane</a>.</p>",
        "<p>Songs: <a href='/b'>#1 The Fog</a></p>",
    ],
)
def test_sentences_with_such_labels_stay(line: str) -> None:
    texts, _ = read(f"{START}{line}<p>So it goes on.</p>", "nl")
    assert len(texts) == 4


def test_the_address_of_the_page_itself_is_not_a_picture() -> None:
    item = "[h](https://quay.example/1)\n---\n<p>The rope holds.</p><img src='https://quay.example/1'><img src='https://quay.example/2'>"
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    assert [image.src for image in images_of(document)] == ["https://quay.example/2"]
