"""Files and pages that come with a feed's entries, and where an entry comes from."""

import json
from xml.sax.saxutils import escape

import feed2doc
import pytest
from feed2doc.model import Embed, Figure, Link, plain_article, plain_text, walk
from feed2doc.readers._html.parse import words_of_text

RSS = (
    '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">'
    "<channel><title>River</title><link>https://e.org/</link><item><title>t</title><link>https://e.org/1</link>"
    "<description>&lt;p&gt;Two seals.&lt;/p&gt;</description>{}</item></channel></rss>"
)
PICTURE = '<media:content url="https://e.org/{}.jpg" medium="image">{}</media:content>'


def read(more: str) -> feed2doc.Document:
    return feed2doc.read(RSS.format(more).encode())


def captions(document: feed2doc.Document) -> list[tuple[str, str, str]]:
    return [
        (node.image.src, plain_text(node.caption), plain_text(node.credit))
        for node in walk(document)
        if isinstance(node, Figure) and node.image
    ]


def test_the_portrait_of_the_author_is_no_picture_of_the_entry() -> None:
    avatar = '<media:content url="https://1.gravatar.com/avatar/1ef0?s=96" medium="image"><media:title>ann</media:title></media:content>'
    assert captions(read(PICTURE.format("a", "") + avatar)) == [("https://e.org/a.jpg", "", "")]


IMG = '<img src="https://e.org/{}" alt="{}">'


@pytest.mark.parametrize(
    ("html", "pictures"),
    [
        (IMG.format("a.jpg", "Tern") + f"<p>{IMG.format('a.jpg', 'Tern')}</p><p>It sails.</p>", [""]),
        (IMG.format("a-300x200.jpg", "") + f"<figure>{IMG.format('a.jpg', '')}<figcaption>The Tern.</figcaption></figure><p>It sails.</p>", ["The Tern."]),
        (f"<figure>{IMG.format('a.jpg?w=640', '')}<figcaption>海燕号。</figcaption></figure><p>它出海了。</p>{IMG.format('a.jpg', '')}<p>又回来了。</p>", ["海燕号。"]),
        (IMG.format("a.jpg", "") + f"<p>It sails.</p>{IMG.format('b.jpg', '')}<p>It is back.</p>", ["", ""]),
        (IMG.format("a.jpg", "") + f"<p>1.</p><p>2.</p><p>3.</p><p>4.</p>{IMG.format('a.jpg', '')}<p>5.</p>", ["", ""]),
        (f"<figure>{IMG.format('a.jpg', '')}<figcaption>Before.</figcaption></figure><figure>{IMG.format('a.jpg', '')}<figcaption>After.</figcaption></figure><p>It sails.</p>", ["Before.", "After."]),
    ],
)  # fmt: skip
def test_the_picture_above_a_text_is_shown_once(html: str, pictures: list[str]) -> None:
    assert [caption for _, caption, _ in captions(feed2doc.read(f"<h1>h</h1>{html}".encode()))] == pictures


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            PICTURE.format(1, "<media:description>Asleep</media:description>") + PICTURE.format(2, "<media:description type='html'>&lt;b&gt;Awake&lt;/b&gt;</media:description><media:credit>Ann Ba</media:credit>"),
            [("https://e.org/1.jpg", "Asleep", ""), ("https://e.org/2.jpg", "Awake", "Ann Ba")],
        ),
        (
            PICTURE.format(1, "") + "<media:title>海豹</media:title><media:credit>林海</media:credit>",
            [("https://e.org/1.jpg", "海豹", "林海")],
        ),
        (
            "<media:group>" + PICTURE.format(1, "") + PICTURE.format(2, "").replace("medium", 'isDefault="true" medium') + "<media:description>Robben</media:description></media:group>",
            [("https://e.org/2.jpg", "Robben", "")],
        ),
        (
            "<media:group>" + "".join(PICTURE.format(f"{w}x{h}", "").replace("medium", f'width="{w}" height="{h}" medium') for w, h in ((90, 60), (1200, 800), (1200, 900), ("wide", 9))) + "</media:group>",
            [("https://e.org/1200x900.jpg", "", "")],
        ),
        (
            "".join(PICTURE.format(1, f"<media:credit>{w} Ba</media:credit>").replace('.jpg"', f'.jpg?width={w}&amp;s={w}b" width="{w}"') for w in (140, 460)),
            [("https://e.org/1.jpg?width=460&s=460b", "", "460 Ba")],
        ),
        (
            "".join(PICTURE.format("p", "").replace('.jpg"', f'.jpg?id={n}"') for n in (1, 2)),
            [("https://e.org/p.jpg?id=1", "", ""), ("https://e.org/p.jpg?id=2", "", "")],
        ),
        (PICTURE.format(1, "<media:description>Two seals.</media:description>"), [("https://e.org/1.jpg", "", "")]),
        ('<media:thumbnail url="https://e.org/t.jpg"/>', [("https://e.org/t.jpg", "", "")]),
        ('<media:thumbnail url="https://e.org/t.jpg"/><enclosure url="https://e.org/p.png" type="image/png" length="1"/>', [("https://e.org/p.png", "", "")]),
    ],
)  # fmt: skip
def test_pictures_have_their_own_descriptions(more: str, expected: list[tuple[str, str, str]]) -> None:
    document = read(more)
    assert captions(document) == expected
    assert "Two seals." in feed2doc.write(document, "text")


def test_a_film_has_its_description_and_a_player_its_page() -> None:
    film = '<media:content url="https://e.org/v.mp4" type="video/mp4"><media:description>A seal rolls</media:description></media:content>'
    player = '<media:content url="https://e.org/v/Ab" type="application/x-shockwave-flash"/>'
    embeds = [node for node in walk(read(film + player)) if isinstance(node, Embed)]
    assert [(e.kind, e.url, e.title) for e in embeds] == [
        ("video", "https://e.org/v.mp4", "A seal rolls"),
        ("iframe", "https://e.org/v/Ab", ""),
    ]


def test_the_still_of_an_entry_is_that_of_its_only_film() -> None:
    films = "".join(
        f'<media:content url="https://e.org/{n}.mp4" type="video/mp4" fileSize="{n}"/>' for n in (1, 2)
    )
    still = '<media:thumbnail url="https://e.org/t.jpg" width="220" height="123"/>'
    document = read(f"{still}<media:group>{films}</media:group>")
    (film,) = [node for node in walk(document) if isinstance(node, Embed)]
    assert film.url == "https://e.org/2.mp4" and film.poster and film.poster.src == "https://e.org/t.jpg"


@pytest.mark.parametrize(
    ("more", "publication"),
    [
        ('<source url="https://s.example/rss">Seal &amp;amp; Co.</source>', "Seal & Co."),
        ('<source url="https://s.example/rss"> </source>', "River"),
        ("", "River"),
    ],
)
def test_the_source_of_an_item_is_its_publication(more: str, publication: str) -> None:
    assert read(more).publication == publication


def test_the_subtitle_of_an_episode_without_a_description_is_its_text() -> None:
    feed = RSS.format("<itunes:subtitle>Bells &amp; gulls.</itunes:subtitle>").replace(
        "&lt;p&gt;Two seals.&lt;/p&gt;", ""
    )
    assert "Bells & gulls." in feed2doc.write(feed2doc.read(feed.encode()), "text")


def test_other_formats_of_an_entry_are_not_pages_that_it_is_about() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id><title>t</title><link href="https://e.org/1"/>'
        '<link rel="related" title="pdf" type="application/pdf" href="https://e.org/1.pdf"/><link rel="related" title="doi" href="https://doi.example/1"/>'
        '<link rel="related" title="The map" type="application/pdf" href="https://e.org/map.pdf"/><content>x</content></entry></feed>'
    )
    document = feed2doc.read(atom.encode())
    assert [node.url for node in walk(document) if isinstance(node, Link)] == ["https://e.org/map.pdf"]


def test_a_picture_is_above_a_text_that_only_has_a_pixel() -> None:
    rss = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>F</title><item><title>t</title>'
        '<media:content url="https://e.org/gull.webp" medium="image"/><description>&lt;p&gt;The gull is back on its pole.&lt;/p&gt;'
        '&lt;img src="https://e.org/7.gif" height="1" width="1"&gt;</description></item></channel></rss>'
    )
    document = feed2doc.read(rss.encode())
    assert document.lead and document.lead.image and document.lead.image.src == "https://e.org/gull.webp"


def test_pages_that_an_entry_is_about_are_linked() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id><title>t</title><link href="https://e.org/1"/>'
        '<link rel="related" href="https://r.example/"/><link rel="via" title="Gull" href="https://v.example/"/>'
        "<content>x</content></entry></feed>"
    )
    document = feed2doc.read(atom.encode())
    text = feed2doc.write(document, "markdown")
    assert (
        document.url == "https://e.org/1"
        and "https://r.example/" in text
        and "[Gull](https://v.example/)" in text
    )
    entry = {
        "id": "1",
        "url": "https://e.org/1",
        "external_url": "https://o.example/x",
        "content_text": "A link.",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [entry]}
    assert "https://o.example/x" in feed2doc.write(feed2doc.read(json.dumps(feed).encode()), "markdown")


def test_a_malformed_item_keeps_its_files() -> None:
    broken = PICTURE.format(1, "<media:description>Asleep</media:description>") + "<x>unclosed"
    assert captions(read(broken)) == [("https://e.org/1.jpg", "Asleep", "")]


PERSON = '<podcast:person xmlns:podcast="https://podcastindex.org/namespace/1.0" {}>{}</podcast:person>'


def test_the_hosts_of_an_episode_are_its_byline_and_others_are_named_once() -> None:
    people = [
        PERSON.format("", "Mei Lin"),
        PERSON.format('role="guest" href="https://x.example"', "Otto &amp; Berg"),
        PERSON.format('role="Audio editor"', "Two"),
    ]
    document = read("<itunes:author>The Network</itunes:author>" + "".join(people))
    assert [person.name for person in document.byline] == ["Mei Lin", "The Network"]
    assert "Guest: [Otto & Berg](https://x.example)" in feed2doc.write(document, "markdown")
    assert "Audio editor" not in feed2doc.write(document, "text")  # the text names that person already


@pytest.mark.parametrize(
    ("more", "pictures"),
    [
        ('<itunes:image href="https://e.org/4.jpg"/>', ["https://e.org/4.jpg"]),
        ('<itunes:image href="https://e.org/show.jpg"/>', []),
        ("<image>https://e.org/4.jpg</image>", ["https://e.org/4.jpg"]),
        ("<image><url>https://e.org/4.jpg</url><title>t</title></image>", ["https://e.org/4.jpg"]),
        ("<image><url>https://e.org/logo.png</url></image>", []),
        ("<image>https://e.org/a seal</image>", []),
        ("<image>https://e.org/4.jpg</image>" + PICTURE.format(1, ""), ["https://e.org/1.jpg"]),
        ("<featured_image> https://e.org/4.jpg </featured_image>", ["https://e.org/4.jpg"]),
        ('<itunes:image href="https://e.org/4.jpg"/>' + PICTURE.format(1, ""), ["https://e.org/4.jpg", "https://e.org/1.jpg"]),
    ],
)  # fmt: skip
def test_an_episode_has_its_own_picture_but_not_that_of_the_podcast(more: str, pictures: list[str]) -> None:
    show = '<itunes:image href="https://e.org/show.jpg"/><image><url>https://e.org/logo.png</url></image>'
    feed = RSS.replace("<channel>", f"<channel>{show}").format(more)
    assert [src for src, _, _ in captions(feed2doc.read(feed.encode()))] == pictures


@pytest.mark.parametrize(("name", "is_added"), [("Al", True), ("Alan", False), ("林", False), ("seal", True)])
def test_a_person_whose_name_is_part_of_a_word_is_named(name: str, is_added: bool) -> None:
    feed = RSS.replace("Two seals.", "Alan said it all: 林海.").format(PERSON.format('role="guest"', name))
    assert (f"Guest: {name}" in feed2doc.write(feed2doc.read(feed.encode()), "text")) == is_added


def test_of_the_versions_of_a_film_the_best_is_linked() -> None:
    versions = [
        '<media:content url="https://e.org/still.jpg" type="image/jpeg" width="4000"/>',
        '<media:content url="https://e.org/low.mp4" type="video/mp4" bitrate="300"/>',
        '<media:content url="https://e.org/high.mp4" type="video/mp4" bitrate="2500.5"/>',
    ]
    for order in (versions, versions[::-1]):
        made = read(f"<media:group>{''.join(order)}</media:group>")
        assert [node.url for node in walk(made) if isinstance(node, Embed)] == ["https://e.org/high.mp4"]


def test_a_picture_of_squarespace_is_known_in_another_size_and_the_headline_is_not_its_caption() -> None:
    shown = "&lt;img src='https://images.squarespace-cdn.com/content/v1/6b/17-A/bench.jpg?format=1000w'&gt;"
    again = PICTURE.replace(
        "https://e.org/{}.jpg", "https://images.squarespace-cdn.com/content/v1/6b/17-A/bench.jpg?format=1500w"
    )
    titled = PICTURE.format(2, '<media:title type="plain">t</media:title>')
    feed = RSS.replace("&lt;p&gt;", shown + "&lt;p&gt;").format(again.format("") + titled)
    found = captions(feed2doc.read(feed.encode()))
    assert [(src.rpartition("/")[2], caption) for src, caption, _ in found] == [
        ("bench.jpg?format=1000w", ""),
        ("2.jpg", ""),
    ]


def test_the_pictures_of_a_post_are_together_after_its_words() -> None:
    post = RSS.replace("<title>t</title><link>", "<link>").format(
        PICTURE.format(1, "") + PICTURE.format(2, "")
    )
    blocks = feed2doc.read(post.encode()).sections[0].blocks
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Figure", "Figure"]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ('<enclosure url="https://e.org/12.mp3?t=1"/>', "audio"),
        ('<enclosure url="https://e.org/12.m4v" type="application/octet-stream"/>', "video"),
        ('<enclosure url="https://e.org/12.mp3" type="application/mp3"/>', "audio"),
        ('<media:content url="https://e.org/v.m3u8" type="application/x-mpegURL" medium="video"/>', "video"),
        (
            '<media:content medium="video"><media:player url="https://e.org/watch?v=7"/></media:content>',
            "iframe",
        ),
    ],
)
def test_the_kind_of_a_file_without_a_type(file: str, kind: str) -> None:
    (embed,) = (node for node in walk(read(file)) if isinstance(node, Embed))
    assert embed.kind == kind


def test_a_download_without_a_type_stays_a_link() -> None:
    document = read('<enclosure url="https://e.org/plan.pdf"/>')
    assert not [node for node in walk(document) if isinstance(node, Embed)]
    assert "plan.pdf" in feed2doc.write(document, "text")


def test_a_film_has_its_title_description_and_credit() -> None:
    about = "<media:title>The seal</media:title><media:description>It rolls over.</media:description><media:credit>Ann Ba</media:credit>"
    document = read(f'<media:content url="https://e.org/v.mp4" type="video/mp4">{about}</media:content>')
    (embed,) = (node for node in walk(document) if isinstance(node, Embed))
    assert embed.title == "The seal"
    text = feed2doc.write(document, "text")
    assert text.count("The seal") == text.count("It rolls over.") == text.count("Ann Ba") == 1


def test_a_sound_that_the_text_links_to_is_attached() -> None:
    """The link may be left out, as those below a player of PowerPress are."""
    link = (
        '&lt;p class="powerpress_links"&gt;&lt;a href="https://e.org/12.mp3"&gt;Download&lt;/a&gt;&lt;/p&gt;'
    )
    for text in (link, '&lt;p&gt;&lt;a href="https://e.org/12.mp3"&gt;Listen&lt;/a&gt; to it.&lt;/p&gt;'):
        document = read(
            f'<enclosure url="https://e.org/12.mp3" type="audio/mpeg"/><description>{text}</description>'
        )
        assert [each.url for each in walk(document) if isinstance(each, Embed)] == ["https://e.org/12.mp3"]
    plan = '&lt;a href="https://e.org/plan.pdf"&gt;The plan&lt;/a&gt;'
    document = read(f'<enclosure url="https://e.org/plan.pdf"/><description>{plan}</description>')
    assert sum(isinstance(each, Link) for each in walk(document)) == 1


@pytest.mark.parametrize(
    ("host", "count"),
    [
        ("https://count.example/redirect.mp3/e.org/2024/seals-12.mp3", 1),
        ("https://media.example/7/2024/seals-12.mp3?source=feed", 1),
        ("https://media.example/trailers/seals-12.mp3", 2),
        ("https://media.example/2024/seals-13.mp3", 2),
    ],
)
def test_a_sound_that_the_text_plays_from_another_host_is_not_attached(host: str, count: int) -> None:
    player = '&lt;p&gt;It rolls.&lt;/p&gt;&lt;audio controls src="https://e.org/2024/seals-12.mp3"&gt;&lt;/audio&gt;'
    document = read(f'<enclosure url="{host}" type="audio/mpeg"/><description>{player}</description>')
    assert sum(isinstance(each, Embed) for each in walk(document)) == count


def test_an_enclosure_has_the_description_of_its_entry() -> None:
    document = read(
        '<enclosure url="https://e.org/v.mp4" type="video/mp4"/><media:description>It rolls over.</media:description>'
    )
    (embed,) = (node for node in walk(document) if isinstance(node, Embed))
    assert embed.title == "It rolls over."


def test_a_film_with_the_title_of_its_entry_has_its_description() -> None:
    about = "<media:title>t</media:title><media:description>It rolls over.</media:description>"
    document = read(f'<media:content url="https://e.org/v.mp4" type="video/mp4">{about}</media:content>')
    (embed,) = (node for node in walk(document) if isinstance(node, Embed))
    assert embed.title == "It rolls over."


@pytest.mark.parametrize(
    "first",
    [
        "<p><em><strong>Updated 5 May:</strong> The seals are back.</em></p>",
        "<p align='center'>On the sandbank</p>",
        "<p><small>Two seals slept here.</small></p>",
    ],
)
def test_the_first_line_is_not_the_caption_of_an_attached_picture(first: str) -> None:
    more = '<enclosure url="https://e.org/1.jpg" type="image/jpeg" length="0"/>'
    text = f"{first}<p>Nobody knew where they came from, and nobody asked them.</p>"
    document = feed2doc.read(RSS.replace("&lt;p&gt;Two seals.&lt;/p&gt;", escape(text)).format(more).encode())
    assert captions(document) == [("https://e.org/1.jpg", "", "")]
    said = plain_article(document) + plain_text(document.standfirst)
    assert all(word in said for word in words_of_text(first).split())


def test_a_photo_credit_in_the_first_line_is_that_of_the_attached_picture() -> None:
    more = '<enclosure url="https://e.org/1.jpg" type="image/jpeg" length="0"/>'
    text = "<p>Photo: Ann Ba</p><p>Two seals slept on the sandbank.</p>"
    document = feed2doc.read(RSS.replace("&lt;p&gt;Two seals.&lt;/p&gt;", escape(text)).format(more).encode())
    assert captions(document) == [("https://e.org/1.jpg", "", "Photo: Ann Ba")]


@pytest.mark.parametrize("host", ["www.rssboard.org/media-rss", "search.yahoo.com/mrss/"])
def test_a_picture_is_found_under_each_name_of_media_rss(host: str) -> None:
    feed = RSS.format(PICTURE.format(1, "<media:title>The seals</media:title>")).replace(
        "search.yahoo.com/mrss/", host
    )
    document = feed2doc.read(feed.encode())
    assert document.headline == "t" and captions(document) == [("https://e.org/1.jpg", "The seals", "")]


@pytest.mark.parametrize(
    ("attached", "number"),
    [
        ('url="https://e.org/up/2/seal.jpg" isDefault="true"', 1),  # uploaded again for the feed
        ('url="https://e.org/up/2/seal.jpg"', 2),
        ('url="https://e.org/up/2/otter.jpg" isDefault="true"', 2),
        ('url="https://other.example/up/2/seal.jpg" isDefault="true"', 2),
    ],
)
def test_the_picture_that_stands_for_an_entry_is_not_shown_twice(attached: str, number: int) -> None:
    feed = RSS.format(f'<media:content {attached} medium="image"/>')
    feed = feed.replace(
        "Two seals.&lt;/p&gt;", "Two seals.&lt;/p&gt;&lt;img src='https://e.org/up/1/seal.jpg'&gt;"
    )
    assert len(captions(feed2doc.read(feed.encode()))) == number


def test_a_smaller_version_of_blogger_is_the_same_picture() -> None:
    feed = RSS.format('<media:thumbnail url="https://e.org/img/a/AVv=s72-w640-h360-c"/>')
    feed = feed.replace(
        "Two seals.&lt;/p&gt;", "Two seals.&lt;/p&gt;&lt;img src='https://e.org/img/a/AVv=w640-h360'&gt;"
    )
    assert captions(feed2doc.read(feed.encode())) == [("https://e.org/img/a/AVv=w640-h360", "", "")]


@pytest.mark.parametrize(
    ("language", "label"), [("de", "Transkript"), ("", "Transcript"), ("tlh", "Transcript")]
)
def test_a_transcript_has_a_label_in_the_language_of_the_feed(language: str, label: str) -> None:
    podcast = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    feed = RSS.format(f'<podcast:transcript {podcast} url="https://e.org/1.vtt" type="text/vtt"/>')
    feed = feed.replace("<title>River", f"<language>{language}</language><title>River")
    (link,) = (node for node in walk(feed2doc.read(feed.encode())) if isinstance(node, Link))
    assert (plain_text(link.content), link.url) == (label, "https://e.org/1.vtt")


NOTE = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:note="https://note.com"><channel><title>Quay</title>
<language>ja</language><item><title>灯台の話</title><link>https://note.example/1</link>
<media:thumbnail>https://note.example/lamp.png?width=800</media:thumbnail>
<description><![CDATA[<p>灯台は夜明けまで光っていた。</p>{}<br/><a href='https://note.example/1'>続きをみる</a>]]></description>
<note:creatorName>山田太郎</note:creatorName></item></channel></rss>"""


@pytest.mark.parametrize(
    ("inside", "pictures"), [("", 1), ('<p><img src="https://note.example/boat.png"></p>', 2)]
)
def test_an_entry_of_note_has_its_author_and_preview(inside: str, pictures: int) -> None:
    document = feed2doc.read(NOTE.format(inside).encode())
    assert [person.name for person in document.byline] == ["山田太郎"]
    figures = feed2doc.figures(document)
    assert len(figures) == pictures
    assert "続きをみる" not in feed2doc.model.plain_article(document)
