"""What publishing systems put around an article: rows of share links, related posts, the last lines of feeds."""

import feed2doc
import pytest
from feed2doc.model import Link, plain_text, texts_of, walk

START = "<p>The rope holds until noon.</p><p>Then it is mended again.</p>"
X = "https://twitter.com/intent/tweet?url=https%3A%2F%2Fquay.example"
FB = "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fquay.example"


def read(html: str, language: str = "en") -> tuple[list[str], list[str]]:
    """Return the texts and the addresses of the links in an article, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    head = '<title>h</title><link rel="canonical" href="https://quay.example/2025/a">'
    page = f'<html lang="{language}"><head>{head}</head><body>{html}</body></html>'
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [d for d in env.diagnostics if d.kind == "loss"]
    blocks = [block for section in document.sections for block in section.blocks]
    texts = [plain_text(text) for block in blocks for text in texts_of(block)]
    texts += [plain_text(credit.text) for credit in document.credits]
    return texts, [node.url for node in walk(document) if isinstance(node, Link)]


@pytest.mark.parametrize(
    "html",
    [
        f'<p>Teilen: <a href="{X}">X</a> | <a href="{FB}">Facebook</a></p>',
        f'<ul><li><a href="{X}"><img src="/x.png" alt="Tweet"></a></li><li><a href="{FB}"><img src="/f.png"></a></li></ul>',
        f'<div><h4>Share this:</h4><div><a href="{X}"></a><a href="mailto:?subject=Rope&amp;body=https://quay.example">E-mail</a></div></div>',
        '<p><a href="http://service.weibo.com/share/share.php?url=a"><img src="/w.gif" alt="微博"></a></p>',
        '<p><a href="whatsapp://send?text=a">WhatsApp</a> <a href="https://t.me/share/url?url=a">Telegram</a></p>',
        '<p><a href="http://feeds.quay.example/~ff/quay?a=1"><img src="http://feeds.quay.example/~ff/quay?d=2"></a></p>',
        '<div class="shariff"><div>Teile dies:</div><ul><li><a href="https://e.org/">teilen</a></li></ul></div>',
        '<div class="yarpp yarpp-related"><h3>Entradas relacionadas:</h3><ol><li><a href="/b">Anzuelos</a></li></ol></div>',
        '<font class="jammer">7 h% k! ~9 q</font>',
    ],
)
def test_rows_of_buttons_are_dropped_with_their_labels(html: str) -> None:
    assert read(START + html, "de") == (["The rope holds until noon.", "Then it is mended again."], [])


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (f'<p>She asked me to <a href="{X}">tweet it</a>, and so I did.</p>', "She asked me to tweet it, and so I did."),
        ('<p>Write to <a href="mailto:ann@quay.example">Ann</a>.</p>', "Write to Ann."),
        ('<p><a href="https://twitter.com/annba/status/1">Ann Ba wrote about rope</a></p>', "Ann Ba wrote about rope"),
        (f'<p><a href="{X}">“Whoever mends a rope in the fog mends it twice.”</a></p>', "“Whoever mends a rope in the fog mends it twice.”"),
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
    ],
)
def test_last_lines_that_are_text(line: str) -> None:
    assert len(read(f"{START}<p>{line}</p>")[0]) == 3
