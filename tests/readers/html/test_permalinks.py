"""Links inside the article's page, and the permalinks of headings."""

import feed2doc
import pytest
from feed2doc.model import Link, Note, walk

PAGE = "https://e.org/2025/post/"


def read(html: str, env: feed2doc.Env | None = None) -> feed2doc.Document:
    data = f"[t]({PAGE})\n------\n<p>Before.</p>{html}<p>After.</p>"
    return feed2doc.read(data.encode(), env=env)


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">Ropes<a class="headerlink" href="#a" title="Permalink">¶</a></h2>',
        '<h2 id="a"><a href="#a" aria-hidden="true">#</a> Ropes</h2>',
        f'<h3>Ropes <a class="anchor" href="{PAGE}#a">§</a></h3>',
        '<h2 id="a">Ropes<a href="#a" class="hash-link" aria-label="Direct link to Ropes">\u200b</a></h2>',
        '<h2>Ropes <a href="#ropes">🔗\ufe0e</a></h2>',
        '<h4 id="a">Ropes <a href="#a">Permalink</a></h4>',
        '<h4 id="a">Ropes <a href="https://other.example/x#a" class="anchor">Link to this heading</a></h4>',
        '<h2><a class="anchor" href="#a"><svg class="octicon"><path d="M7"></path></svg></a>Ropes</h2>',
        '<h2 id="a">Ropes<a class="heading-anchor" href="#a">link to a</a></h2>',
        '<h2 id="a">Ropes <a class="anchor-link" href="#a"><span class="sr-only">Lien vers « Ropes »</span><span aria-hidden="true">#</span></a></h2>',
        '<h2 id="a">Ropes<a href="#a"><span class="visually-hidden">Direktlink zu „Ropes“</span></a></h2>',
        '<h2 id="a">Ropes <a href="#a"><span class="screen-reader-text">この見出しへのリンク</span>🔗</a></h2>',
    ],
)
def test_permalinks_of_headings_are_left_out_and_noted(html: str) -> None:
    env = feed2doc.Env()
    document = read(html, env)
    heading = document.sections[1].heading
    assert feed2doc.model.plain_text(heading) == "Ropes"
    assert "html: permalink" in [d.rule for d in env.diagnostics if d.kind == "dropped"]
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    "link", ['<a href="#top">↑</a>', '<a href="#">▲</a>', '<a href="#page-top">⬆\ufe0f</a>']
)
def test_a_sign_alone_that_leads_to_the_top_is_left_out(link: str) -> None:
    def text(html: str) -> str:
        return feed2doc.model.plain_article(read(html))

    assert not {"↑", "▲", "⬆"}.intersection(text(f"<p>{link}</p>"))
    assert {"↑", "▲", "⬆"}.intersection(text(f"<p>Upwards: {link}</p>"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<h2><a href="#a">Ropes</a></h2>', "Ropes"),
        ('<h2 class="x"><a class="anchor" href="#a">Ropes</a></h2>', "Ropes"),
        ('<h2><a href="https://e.org/x">Ropes</a> #4</h2>', "Ropes #4"),
        ("<h2>Item #4 ¶ and more</h2>", "Item #4 ¶ and more"),
        ('<h2>Ropes <a href="https://e.org/c#">#</a></h2>', "Ropes #"),
        ('<h2>The missing <a href="#link">link</a></h2>', "The missing link"),
        ('<h2>See <a href="#tar">the part on tar</a></h2>', "See the part on tar"),
        ('<h2 id="a">Ropes <button class="copy-link" aria-label="Copia il link">🔗</button></h2>', "Ropes"),
        ('<h2 id="a">Ropes<button aria-label="リンクをコピー">#</button></h2>', "Ropes"),
        ("<h2>Key of C <button>#</button> minor</h2>", "Key of C # minor"),
        ('<h2 id="a"><a href="#a">Ropes<span class="sr-only"> of the quay</span></a></h2>', "Ropes"),
    ],
)
def test_other_words_in_headings_stay(html: str, text: str) -> None:
    assert feed2doc.model.plain_text(read(html).sections[1].heading) == text


@pytest.mark.parametrize(
    ("link", "is_text"),
    [
        (f'<a href="{PAGE}">&nbsp;★&nbsp;</a>', False),
        ('<a href="/2025/post/">∞</a>', False),
        ('<a href="https://e.org/linked/7" title="Permanent link to ‘Ropes’">★</a>', False),
        ('<a href="https://e.org/linked/7" rel="bookmark">§</a>', False),
        ('<a href="https://e.org/other">★</a>', True),
    ],
)
def test_a_sign_that_leads_to_the_article_itself_is_left_out(link: str, is_text: bool) -> None:
    for html in (f"<div>{link}</div>", f"<p>Rope. {link}</p>"):
        text = feed2doc.write(read(html), "text")
        assert any(sign in text for sign in "★∞§") is is_text


def test_a_sign_at_the_end_of_a_paragraph_needs_a_class() -> None:
    text = feed2doc.write(
        read('<p>One.<a class="permalink" href="#p1">¶</a></p><p>Room <a href="#p2">#</a></p>'), "text"
    )
    assert "¶" not in text and "Room #" in text


@pytest.mark.parametrize(
    ("href", "is_link"),
    [
        ("#tar", False),
        (f"{PAGE}#tar", False),
        ("http://e.org/2025/post#tar", False),
        (f"{PAGE}?utm_source=x#tar", False),
        ("https://e.org/2025/other/#tar", True),
        (f"{PAGE}?page=2#tar", True),
        (PAGE, True),
    ],
)
def test_links_to_places_in_the_article_are_words(href: str, is_link: bool) -> None:
    document = read(f'<p>See <a href="{href}">tar</a>.</p>')
    assert any(isinstance(node, Link) for node in walk(document)) == is_link
    assert "See tar." in feed2doc.write(document, "text", links=False)


def test_footnotes_whose_links_name_the_page_are_footnotes() -> None:
    document = read(
        f'<p>Hemp<sup id="r1"><a href="{PAGE}#n1">1</a></sup> holds.</p>'
        f'<ol><li id="n1">Until it is wet. <a href="{PAGE}#r1">↩</a></li></ol>'
    )
    assert sum(isinstance(node, Note) for node in walk(document)) == 1


def test_a_heading_that_is_a_link_to_itself_is_no_link() -> None:
    html = '<p>Before.</p><h2 id="a"><a class="header" href="#a">Ropes</a></h2><p>Tar.</p><h2><a href="#a">Tar</a></h2><p>Sea.</p>'
    _, ropes, tar = feed2doc.read(f"<h1>Quay</h1>{html}".encode()).sections
    assert not any(isinstance(node, Link) for node in walk(ropes.heading))
    assert any(isinstance(node, Link) for node in walk(tar.heading))
