"""What publishing systems add to the entries of their feeds: buttons, polls, logos, lines about links and donations."""

import time

import feed2doc
import pytest
from feed2doc import model as m

BEFORE, AFTER = (
    "<p>The rope was cut at noon. Nobody saw who held the knife.</p>",
    "<p>By dusk it was whole again.</p>",
)
FEED = (
    "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Quay</title><link>{home}</link>"
    "<generator>{program}</generator><item><title>The rope</title><link>{home}rope</link><guid isPermaLink='false'>1</guid>"
    "<description><![CDATA[{html}]]></description></item></channel></rss>"
)


def read(html: str, program: str = "", home: str = "https://quay.example/") -> m.Document:
    """Return the entry of a feed, of which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(FEED.format(html=html, program=program, home=home).encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return document


def words(document: m.Document) -> list[str]:
    """Return the paragraphs, headings and items of an entry."""
    nodes = (node for node in m.walk(document) if isinstance(node, m.Paragraph | m.Heading | m.Section))
    found = [m.plain_text(n.heading if isinstance(n, m.Section) else n.content) for n in nodes]
    return [text for text in found if text]


TEXT = ["The rope was cut at noon. Nobody saw who held the knife.", "By dusk it was whole again."]


@pytest.mark.parametrize(
    ("html", "program"),
    [
        ('<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="https://quay.example/subscribe/">Get the Quay by post</a></div></div>', "WordPress"),
        ('<div class="sqs-block button-block sqs-block-button"><a href="/contact" class="sqs-block-button-element">Work with us</a></div>', "Squarespace"),
        ('<h3>How did you like today\'s email?</h3><ul><li><p><a class="link" href="https://quay.beehiiv.com/login?poll=1">😍 All of it</a></p></li></ul><p class="paragraph"><a href="https://quay.beehiiv.com/login">Login</a> or <a href="https://quay.beehiiv.com/subscribe">Subscribe</a> to participate in polls.</p>', "beehiiv"),
        ('<div class="elementor-element elementor-widget elementor-widget-share-buttons"><div role="button" aria-label="Share on facebook"><span class="elementor-share-btn__title">Facebook</span></div></div>', "WordPress"),
        ('<div class="elementor-widget elementor-widget-button"><a class="elementor-button" href="https://tide.example/newsletter/">Come on board</a></div>', "WordPress"),
        ('<p class="poll-see-results">See Results</p>', "Tumblr"),
        ('<a href="/shop" class="sqs-block-button-element--medium sqs-block-button-element">See what we sell</a>', "Squarespace"),
        ('<div class="CSS_Poll PDS_Poll" id="PDI_container7"></div><noscript><a href="https://polldaddy.com/p/7">Say which rope</a></noscript>', "WordPress"),
        ('<iframe src="https://slashdot.org/slashdot-it.pl?op=discuss&amp;id=7"></iframe>', ""),
        ('<p>Full transcript and show notes at <a href="https://quay.example/7">quay.example</a></p>', ""),
        ('<p>訂閱頻道：https://quay.example/7</p>', ""),
        ('<ul id="markdown-toc"><li><a href="#one" id="markdown-toc-one">One</a></li></ul>', "Jekyll"),
        ('<div class="mceText"><p><a href="*|ARCHIVE|*">Look at this in a window</a></p></div><img class="imageDropZone mceLogo" src="https://quay.example/l.png" width="300" alt="Quay"><a class="mceSocialFollowIcon" href="https://instagram.com/quay"><img src="https://quay.example/i.png" width="40" alt="Instagram icon"></a>', ""),
    ],
)  # fmt: skip
def test_furniture_between_paragraphs_is_left_out(html: str, program: str) -> None:
    document = read(f"{BEFORE}{html}{AFTER}", program)
    assert words(document) == TEXT
    assert not [node for node in m.walk(document) if isinstance(node, m.Image)]


@pytest.mark.parametrize(
    ("html", "program"),
    [
        ('<div class="wp-block-button"><a class="wp-block-button__link" href="https://tide.example/chart.pdf">The chart of the bay</a></div>', "WordPress"),
        ('<div class="sqs-block-button"><a href="https://tide.example/contact">The harbour office</a></div>', "Squarespace"),
        ('<ul><li><a href="https://tide.example/a">The first knot</a></li></ul>', "beehiiv"),
        ('<p>The fund of the <a href="https://quay.example/pay" rel="payment">rope walk</a> is empty.</p>', ""),
        ('<p>Together with Ann Ba we pulled. It held.</p>', "beehiiv"),
    ],
)  # fmt: skip
def test_what_an_author_links_to_stays(html: str, program: str) -> None:
    assert len(words(read(f"{BEFORE}{html}{AFTER}", program))) == 3


def test_a_link_that_says_that_it_leads_to_where_one_donates_is_left_out() -> None:
    html = f"{BEFORE}{AFTER} <strong><a href='https://quay.example/pay' rel='payment'>★ Keep the ropes wet ★</a></strong>"
    assert words(read(html)) == TEXT


@pytest.mark.parametrize(
    "line", ["Together with <a href='https://tar.example/'>Tar &amp; Sons</a>", "Presented by Tar &amp; Sons"]
)
def test_the_sponsor_above_a_letter_of_beehiiv_is_left_out(line: str) -> None:
    assert (
        words(read(f"<div class='section'><p class='paragraph'>{line}</p></div>{BEFORE}{AFTER}", "beehiiv"))
        == TEXT
    )


def test_the_card_of_another_post_of_substack_has_no_button_and_no_numbers() -> None:
    html = (
        f"{BEFORE}<div class='embedded-post-wrap' data-component-name='EmbeddedPostToDOM'><a class='embedded-post' href='https://tar.example/p/1'>"
        "<div class='embedded-post-header'><span class='embedded-post-publication-name'>Tar</span></div>"
        "<div class='embedded-post-title'>How tar dries</div><div class='embedded-post-body'>Slowly…</div>"
        "<div class='embedded-post-cta-wrapper'><span class='embedded-post-cta'>Read more</span></div>"
        f"<div class='embedded-post-meta'>5 months ago · 7 likes · Bo Cy</div></a></div>{AFTER}"
    )
    assert words(read(html, "Substack"))[1].split("\n") == ["How tar dries", "Tar", "Slowly…"]


@pytest.mark.parametrize("name", ["Source", "The rope", "[link]"])
def test_a_last_line_that_only_leads_to_the_entry_itself_is_left_out(name: str) -> None:
    assert words(read(f"{BEFORE}{AFTER}<p><a href='https://quay.example/rope'>{name}</a></p>")) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Support the show on <a href='https://www.patreon.com/quay'>Patreon</a>, and follow us on <a href='https://instagram.com/quay'>Instagram</a>.",
        "💬 <a href='mailto:ann@quay.example?subject=rope'>Reply by email</a>",
        "<a href='https://quay.example/7'>Read more of this story</a> at Quay.",
        "Rate and review us on <a href='https://podcasts.apple.com/quay'>Apple Podcasts</a>!",
    ],
)
def test_a_last_line_that_asks_for_something_is_left_out(line: str) -> None:
    assert words(read(f"{BEFORE}{AFTER}<p>{line}</p>")) == TEXT


GERMAN = ["Um zwölf wurde das Seil gekappt. Niemand sah das Messer.", "Am Abend war es wieder ganz."]
FRENCH = ["À midi, la corde fut coupée. Personne ne vit le couteau.", "Le soir, elle était entière."]


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        ("de", GERMAN, "Wenn euch die Folge gefällt, bewertet uns gern bei <a href='https://podcasts.apple.com/quay'>Apple Podcasts</a>."),
        ("de", GERMAN, "Unterstützt den Kai auf <a href='https://steadyhq.com/quay'>Steady</a>!"),
        ("fr", FRENCH, "Si l’épisode vous a plu, laissez-nous 5 étoiles et abonnez-vous !"),
    ],
)  # fmt: skip
def test_a_last_line_of_an_episode_in_another_language_is_left_out(
    language: str, text: list[str], line: str
) -> None:
    feed = FEED.replace("<generator>", f"<language>{language}</language><generator>")
    html = "".join(f"<p>{each}</p>" for each in (*text, line))
    document = feed2doc.read(feed.format(html=html, program="", home="https://quay.example/").encode())
    assert words(document) == text


@pytest.mark.parametrize(
    "line", ["We support the show of ropes in the harbour.", "The full transcript at noon was wet."]
)
def test_a_last_sentence_that_only_has_such_words_stays(line: str) -> None:
    assert words(read(f"{BEFORE}{AFTER}<p>{line}</p>")) == [*TEXT, line]


def test_the_author_of_drupal_is_read_and_a_file_has_no_icon() -> None:
    html = (
        "<div class='field field-name-field-author field-label-inline'><div class='field-label'>Author:&nbsp;</div><div class='field-items'>"
        f"<div class='field-item even'>Ann Ba</div></div></div><div class='field field-name-body'>{BEFORE}{AFTER}</div>"
        "<div class='field field-name-field-file field-type-file'><span class='file'><img class='file-icon' src='https://quay.example/pdf.png' alt='PDF icon'>"
        " <a href='https://quay.example/knots.pdf'>knots.pdf</a></span></div>"
        "<ul class='links inline'><li class='node-readmore'><a href='/rope' rel='tag'>Read on<span class='element-invisible'> about The rope</span></a></li></ul>"
    )
    document = read(html, "Drupal")
    assert words(document) == [*TEXT, "knots.pdf"]
    assert ([person.name for person in document.byline], document.tags) == (["Ann Ba"], ())


def test_the_card_of_another_article_of_forem_leads_to_it() -> None:
    html = (
        "<div class='ltag__link'><a href='/ann' class='ltag__link__link'><div class='ltag__link__pic'><img src='https://quay.example/ann.png' alt='ann'></div></a>"
        "<a href='/ann/knots' class='ltag__link__link'><div class='ltag__link__content'><h2>Ten knots</h2><h3>Ann Ba</h3>"
        "<div class='ltag__link__taglist'><span class='ltag__link__tag'>#rope</span></div></div></a></div>"
    )
    document = read(f"{BEFORE}{html}{AFTER}")
    assert words(document) == [TEXT[0], "Ten knots\nAnn Ba", TEXT[1]]
    assert [n.url for n in m.walk(document) if isinstance(n, m.Link)] == ["https://quay.example/ann/knots"]


def test_the_message_of_a_commit_is_text_without_the_ends_of_wrapped_lines() -> None:
    html = (
        "<pre style='white-space:pre-wrap;width:81ex'>Keep the rope dry\n\nThe shed lost two of its windows in the storm, so that\n"
        "the rope was wet. It holds:\n- hemp\n- tar\n\nSigned-off-by: Ann Ba of the long rope walk at the old quay\nReviewed-by: Bo Cy</pre>"
    )
    document = read(html, home="https://github.com/quay/rope/commits/main")
    assert words(document) == [
        "Keep the rope dry",
        "The shed lost two of its windows in the storm, so that the rope was wet. It holds:\n- hemp\n- tar",
        "Signed-off-by: Ann Ba of the long rope walk at the old quay\nReviewed-by: Bo Cy",
    ]


def test_the_lines_of_a_long_message_of_a_commit_are_joined_in_time() -> None:
    """Text that grows with each line would be copied each time, which took minutes."""
    lines = "The rope was wet again, and so was the long rope walk\n" * 60_000
    start = time.process_time()
    document = read(
        f"<pre style='white-space:pre-wrap;width:81ex'>{lines}</pre>",
        home="https://github.com/quay/rope/commits/main",
    )
    assert time.process_time() - start < 15
    (message,) = words(document)
    assert message.count("rope walk The rope") == 59_999


@pytest.mark.parametrize(
    ("subtitle", "expected"),
    [
        ("And who held the knife", "And who held the knife"),
        ("The rope was cut at noon.", ""),
        ("The rope was cut, and then…", ""),
    ],
)
def test_the_description_of_a_post_of_substack_is_its_subtitle(subtitle: str, expected: str) -> None:
    feed = FEED.replace("<description>", "<description>{subtitle}</description><content:encoded>")
    feed = feed.replace("]]></description>", "]]></content:encoded>")
    feed = feed.replace("<rss ", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' ")
    html = {"html": f"{BEFORE}{AFTER}", "home": "https://quay.example/", "subtitle": subtitle}
    document = feed2doc.read(feed.format(program="Substack", **html).encode())
    assert (m.plain_text(document.standfirst), document.summary) == (expected, subtitle)
    other = feed2doc.read(feed.format(program="WordPress", **html).encode())
    assert (other.standfirst, other.summary) == ((), subtitle)


def test_the_parts_of_an_address_in_a_post_of_mastodon_touch_and_its_author_has_no_codes() -> None:
    html = (
        "<p>See <a href='https://quay.example/115664700000000001'><span class='invisible'>https://</span>"
        "<span class='ellipsis'>quay.example/1156647000</span><span class='invisible'>00000001</span></a></p>"
    )
    feed = FEED.replace("<title>Quay</title>", "<title>Ann Ba :anchor: :rope_2:</title>")
    document = feed2doc.read(
        feed.format(html=html, program="Mastodon v4.3.0", home="https://quay.example/").encode()
    )
    assert words(document) == ["See https://quay.example/115664700000000001"]
    assert ([person.name for person in document.byline], document.publication) == (["Ann Ba"], "Ann Ba")


def test_a_headline_that_is_the_title_of_the_feed_stays() -> None:
    feed = FEED.replace("<title>Quay</title>", "<title>The rope</title>")
    html = {"html": f"{BEFORE}{AFTER}", "program": "Discourse", "home": "https://quay.example/t/7"}
    assert feed2doc.read(feed.format(**html).encode()).headline == "The rope"


@pytest.mark.parametrize("end", [" (arXiv:2101.00007v1 [cs.CL])", ". (arXiv:2101.00007v2 [math.AG] UPDATED)"])
def test_the_number_of_an_article_of_arxiv_is_not_part_of_its_headline(end: str) -> None:
    feed = FEED.replace("<item><title>The rope", f"<item><title>The rope{end}")
    html = {"html": f"{BEFORE}{AFTER}", "program": "", "home": "https://arxiv.org/"}
    assert feed2doc.read(feed.format(**html).encode()).headline == "The rope"


def test_a_rule_above_a_line_that_is_left_out_does_not_stay_above_a_sound() -> None:
    html = f"{BEFORE}{AFTER}<hr><p>Hosted on Acast. See acast.com/privacy for more information.</p>"
    feed = FEED.replace("</item>", "<enclosure url='https://quay.example/a.mp3' type='audio/mpeg'/></item>")
    document = feed2doc.read(feed.format(html=html, program="", home="https://quay.example/").encode())
    assert [type(block) for block in document.sections[0].blocks] == [m.Paragraph, m.Paragraph, m.Embed]


@pytest.mark.parametrize("author", ["Guest User"])
def test_an_account_for_guests_is_nobody(author: str) -> None:
    feed = FEED.replace("<guid", f"<dc:creator>{author}</dc:creator><guid")
    html = {"html": f"{BEFORE}{AFTER}", "program": "Squarespace", "home": "https://quay.example/"}
    assert feed2doc.read(feed.format(**html).encode()).byline == ()


@pytest.mark.parametrize(
    "end",
    [
        "<a href='https://tar.example/'>Source</a>",
        "It is all in <a href='https://quay.example/rope'>the book</a>",
        "<a href='https://tar.example/dries'>[link]</a> <a href='https://board.example/1'>[comments]</a>",
    ],
)
def test_another_last_line_stays(end: str) -> None:
    assert len(words(read(f"{BEFORE}{AFTER}<p>{end}</p>"))) == 3


def test_of_an_entry_with_nothing_but_lines_to_leave_out_those_with_links_stay() -> None:
    html = "<p>Article URL: <a href='https://tar.example/'>https://tar.example/</a></p><p>Points: 141</p><p># Comments: 60</p>"
    assert words(read(html, "hnrss v2.1.1")) == ["Article URL: https://tar.example/"]


REDDIT = (
    "<table> <tr><td> <a href='https://www.reddit.com/r/rope/comments/1/a/'> <img src='https://preview.redd.it/a.jpg' alt='The rope' /> </a>"
    " </td><td> {} &#32; submitted by &#32; <a href='https://www.reddit.com/user/tar'> /u/tar </a> <br/> <span><a href='{}'>[link]</a></span>"
    " &#32; <span><a href='https://www.reddit.com/r/rope/comments/1/a/'>[comments]</a></span> </td></tr></table>"
)


@pytest.mark.parametrize(
    ("text", "link", "expected"),
    [
        ("", "https://i.redd.it/a.jpg", []),
        ("", "https://tar.example/dries", ["https://tar.example/dries"]),
        ("<!-- SC_OFF --><div class='md'><p>It holds until noon, and then it is cut again.</p></div><!-- SC_ON -->", "https://tar.example/dries", ["It holds until noon, and then it is cut again.", "https://tar.example/dries"]),
    ],
)  # fmt: skip
def test_a_post_of_reddit_has_the_address_of_the_page_that_it_is_about(
    text: str, link: str, expected: list[str]
) -> None:
    document = read(REDDIT.format(text, link), home="https://www.reddit.com/")
    assert words(document) == expected
    assert [node.src for node in m.walk(document) if isinstance(node, m.Image)] == [
        "https://preview.redd.it/a.jpg"
    ]


def test_a_table_of_data_in_a_table_for_layout_stays_one() -> None:
    inner = "<table><thead><tr><th>Rope</th><th>Price</th></tr></thead><tbody><tr><td>Hemp</td><td>9</td></tr></tbody></table>"
    html = REDDIT.format(
        f"<div class='md'><p>Which rope would you buy for this mast?</p>{inner}</div>", "https://tar.example/"
    )
    (table,) = (
        node for node in m.walk(read(html, home="https://www.reddit.com/")) if isinstance(node, m.Table)
    )
    assert len(table.rows) == 2


@pytest.mark.parametrize(
    "heading",
    [
        "<h4>How a rope forgets</h4>",
        "<h4>What the tide said</h4><figure><img src='https://quay.example/a.jpg'></figure>",
    ],
)
def test_the_first_small_heading_of_a_story_of_medium_is_its_subtitle(heading: str) -> None:
    document = read(f"{heading}{BEFORE}<h4>By dusk</h4>{AFTER}", "Medium")
    assert m.plain_text(document.standfirst) in heading and document.standfirst
    assert [m.plain_text(each.heading) for each in document.sections if each.heading] == ["By dusk"]


BUTTON = "<p class='button-wrapper' data-component-name='ButtonCreateButton'><a class='button primary' href='https://quay.substack.com/subscribe?'><span>{}</span></a></p>"


@pytest.mark.parametrize(
    ("line", "button"),
    [
        ("If you like these letters, you can subscribe to them here:", "Subscribe now"),
        ("<em>Wer diese Briefe mag, kann sie hier abonnieren:</em>", "Jetzt abonnieren"),
        ("喜欢的话，欢迎订阅：", "立即订阅"),
    ],
)
def test_a_line_that_announces_a_button_is_left_out_with_it(line: str, button: str) -> None:
    assert words(read(f"{BEFORE}<p>{line}</p>{BUTTON.format(button)}{AFTER}", "Substack")) == TEXT


@pytest.mark.parametrize(
    "line", ["She subscribed at once.", "Here is what she wrote:", "Who subscribes to a rope? " * 8 + ":"]
)
def test_other_lines_before_a_button_stay(line: str) -> None:
    found = words(read(f"{BEFORE}<p>{line}</p>{BUTTON.format('Subscribe now')}{AFTER}", "Substack"))
    assert found == [TEXT[0], " ".join(line.split()), TEXT[1]]


def test_a_quotation_of_discourse_has_no_category_and_a_film_its_title() -> None:
    html = (
        "<aside class='quote' data-post='2' data-topic='1'><div class='title'><div class='quote-controls'></div><a href='https://quay.example/t/1'>On ropes</a>"
        " <a class='badge-category__wrapper' href='/c/help/5'><span class='badge-category__name'>Help</span></a></div><blockquote>Pull twice.</blockquote></aside>"
        "<div class='youtube-onebox lazy-video-container' data-video-id='r0peR0pe111' data-video-title='Pulling' data-provider-name='youtube'>"
        "<a href='https://www.youtube.com/watch?v=r0peR0pe111'><img src='https://quay.example/y.jpg'></a></div>"
    )
    document = read(f"{BEFORE}{html}{AFTER}", "Discourse")
    (quote,) = (node for node in m.walk(document) if isinstance(node, m.Quote))
    (film,) = (node for node in m.walk(document) if isinstance(node, m.Embed))
    assert (m.plain_text(quote.attribution), film.title) == ("On ropes", "Pulling")


@pytest.mark.parametrize("names", ["", " class='field field--name-{}'"])
def test_the_fields_above_a_text_of_drupal_are_its_head_although_blank_lines_are_between_them(
    names: str,
) -> None:
    fields = (
        f"<span{names.format('title')}>The rope</span>\n\n<span{names.format('uid')}><span>Ann Ba</span></span>\n\n"
        f"<span{names.format('created')}><time datetime='2026-11-09T10:12:00+00:00' title='Monday'>Mon, 11/09/2026 - 10:12</time>\n</span>\n\n"
    )
    picture = (
        "<div class='field field--name-field-image'><img src='https://quay.example/a.jpg' alt='A rope'></div>"
    )
    document = read(f"{fields}{picture}<div class='field field--name-body'>{BEFORE}{AFTER}</div>", "Drupal")
    assert words(document) == TEXT and [person.name for person in document.byline] == ["Ann Ba"]


@pytest.mark.parametrize("seen", ["Seg, 11/09/2026 - 10:12", "Mon, 09.11.2026 - 10:12"])
def test_the_order_of_day_and_month_is_that_of_the_time_in_the_attribute(seen: str) -> None:
    field = f"<span class='field field--name-created'><time datetime='2026-11-09T10:12:00+00:00'>{seen}</time></span>"
    document = read(f"{field}<div class='field field--name-body'>{BEFORE}{AFTER}</div>", "Drupal")
    assert str(document.published) == "2026-11-09 10:12:00+00:00"


def test_sentences_headings_and_pictures_between_contents_and_a_request_stay() -> None:
    html = (
        "<p>船が港に着いた。町の人はみな桟橋に立っていた。</p>"
        "<div class='toc_container'><p class='toc_title'>目次</p><ul class='toc_list'><li><a href='#i'>まず魚</a></li><li><a href='#j'>次に花</a></li></ul></div>"
        "<h2><span id='i'>まず魚</span></h2><figure><img src='https://quay.example/a.jpg'><figcaption>並んだ魚</figcaption></figure>"
        "<p>魚は目を見て選ぶ。目が澄んでいればよい。</p><h2><span id='j'>次に花</span></h2><p>花は帰りに買う。においが移るから。</p>"
        "<div class='cp_box'>この記事が気に入ったらシェアしてください</div>"
        "<p>投稿 <a href='https://quay.example/rope'>The rope</a> は <a href='https://quay.example'>Quay</a> に最初に表示されました。</p>"
    )
    document = read(html, "WordPress")
    assert words(document) == [
        "船が港に着いた。町の人はみな桟橋に立っていた。",
        "まず魚",
        "魚は目を見て選ぶ。目が澄んでいればよい。",
        "次に花",
        "花は帰りに買う。においが移るから。",
    ]
    assert [node for node in m.walk(document) if isinstance(node, m.Figure)]
