"""Text in elements whose names are those of parts of a template, and in what looks like one, stays where it is."""

import re

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.env import Env

FIRST = "<p>The ferry came back to the harbour on Monday after three weeks in the dock, and all cheered.</p>"
SECOND = "<p>The council has said that it will decide on the second boat in the spring.</p>"
HEADLINE = "The winter boats of Hulme"
NAMES = [
    "share",
    "tools",
    "related",
    "comments",
    "more-info",
    "tags",
    "newsletter",
    "donate",
    "ad",
    "author-bio",
]


def read(html: str) -> tuple[m.Document, str]:
    """Return the document and what is left out of it."""
    env = Env(diagnostics=[], audit=True)
    document = feed2doc.read(f"[{HEADLINE}](https://quay.example/a/1)\n---\n{html}\n".encode(), env=env)
    return document, " ".join(each.text for each in env.diagnostics if each.kind != "notice")


def texts(document: m.Document) -> str:
    return " ".join(str(feed2doc.write(document, "text", width=0)).split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "html",
    [
        "<p>They use <span class=NAME><a href=/x>the winch</a></span> on the quay.</p>",
        "<p>He said <span class=NAME>the <a href=/x>fund</a> is empty</span> on Friday.</p>",
        "<table><tr><th class=NAME><a href=/x>Skiff</a></th><td class=NAME>Nine</td></tr><tr><td>1</td><td>2</td></tr></table>",
        "<dl><dt class=NAME><a href=/x>Winch</a></dt><dd>A machine.</dd></dl>",
        "<ol><li class=NAME><a href=/x>A rope</a></li><li class=NAME><a href=/y>A bucket</a></li></ol>",
        "<blockquote class=NAME-quote><p>“We never asked <a href=/x>the council</a> for it.”</p></blockquote>",
        "<p>Only <span class=NAME-count>42</span> boats are left.</p>",
    ],
)
def test_no_part_of_a_sentence_table_or_list_is_left_out_for_its_name(name: str, html: str) -> None:
    document, left = read(FIRST + html.replace("NAME", name) + SECOND)
    assert not left
    assert not document.credits


@pytest.mark.parametrize(
    "html",
    [
        "<div class=newsletter-story><p>The magazine, <a href=/x>The Anchor</a>, has been printed since 1911.</p></div>",
        "<section class=about-membership><h2>How it began</h2><p>With a <a href=/x>press</a> in a shed.</p></section>",
        "<div class=ad-history><p>Soap was sold by poems.</p></div>",
        "<p class=advert-copy>“Buy Hulme soap, it floats.”</p>",
        "<div class=ad-slogan>It floats</div>",
        "<div class=recommended-dose>20</div>",
        "<p>The harbour has these three kinds:</p><ul class=tools><li><a href=/x>Ropes</a></li><li><a href=/y>Hooks</a></li></ul>",
        "<div class=toolbar-guide><a href='#a'>Open</a> <a href='#b'>Save</a></div><p id=a>It opens.</p><p id=b>It saves.</p>",
        "<h2>What you need</h2><ul class=tools><li><a href=/x>A saw</a></li><li><a href=/y>A hammer</a></li></ul>",
        "<div class=related-person><a href=/x>Ann Ba</a>, his sister</div>",
        "<div class=tools><a href=/x><code>git</code></a></div>",
        "<div class=more-info><b>Harbour office</b> <a href='tel:123'>01 23</a> <a href='mailto:a@e.org'>a@e.org</a></div>",
        "<div class=donations><table><tr><td>Ann</td><td><a href=/x>9 pounds</a></td></tr></table></div>",
        "<figure><input type=email><figcaption>A field, as a browser draws it</figcaption></figure>",
        "<div class=language-de><span class=lang>Deutsch</span><p>Die Boote sind da.</p></div>",
    ],
)
def test_text_in_a_box_with_such_a_name_stays(html: str) -> None:
    assert not read(FIRST + html + SECOND)[1]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><button>+</button></td><td>adds</td></tr><tr><td><button>−</button></td><td>takes</td></tr></table>",
        "<table><tr><td><button>Share</button></td><td>shares the page</td></tr></table>",
        "<p>The button <button>Share</button> shares the page.</p>",
        "<dl><dt><button>⚙</button></dt><dd>opens the settings</dd></dl>",
        "<ul><li><button>☰</button> <b>opens the menu</b></li><li><button>✕</button> <b>closes it</b></li></ul>",
        "<p><b>Tap</b><span role=button>⋮</span><b>for the menu.</b></p>",
        "<p><kbd>Ctrl</kbd><button>+</button><kbd>S</kbd> saves it.</p>",
    ],
)
def test_buttons_that_a_manual_explains_stay(html: str) -> None:
    assert not read(FIRST + html + SECOND)[1]


def test_a_sign_alone_is_a_control() -> None:
    assert read(f"{FIRST}<div><button>×</button><p>The quay.</p></div>{SECOND}")[1] == "×"


@pytest.mark.parametrize(
    "html",
    [
        "<div class=comments><p>The boats are back, says one of us.</p><p>They are not, says another of us.</p></div>",
        "<article><div class=comments><p>The boats are back, says one.</p><p>They are not, says another.</p></div></article>",
        "<div class=comments-area><p>The boats are back, says one of us.</p><p>They are not, says another.</p></div>",
    ],
)
def test_a_discussion_that_is_all_of_a_page_is_the_article(html: str) -> None:
    assert not read(html)[1]


def test_comments_below_an_article_are_left_out() -> None:
    html = "<div class=comments><p>The boats are back, says one.</p><p>They are not, says another.</p></div>"
    assert "says another" in read(FIRST + SECOND + html)[1]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='text-block' data-value='x+1'><p>The boats are back with it. math</p></div>",
        "<section class=aftermath data-value=3><p>The aftermath of the storm was hard.</p></section>",
        "<p class='context' data-value=5>The mathematics of the boats is old.</p>",
        "<div class='math-course' data-math=1><h2>Course</h2><p>The mathematics of the boats is old.</p></div>",
        "<math-quiz>What is two and two?</math-quiz>",
        "<ship-status url='https://e.org/1'>At sea</ship-status>",
        "<p>See <a-map data-url='https://e.org/1'>the map</a-map> for it.</p>",
        "<blog-post src='https://e.org/1'><p>They are back.</p></blog-post>",
        "<photo-essay src='https://e.org/1'><p>They are back in the harbour, and the quay is full again.</p></photo-essay>",
    ],
)
def test_words_in_elements_that_may_be_formulas_or_players_stay(html: str) -> None:
    words = re.sub(r"<[^<>]*>", " ", html)
    shown = texts(read(FIRST + html + SECOND)[0])
    assert all(word in shown for word in words.split())


@pytest.mark.parametrize(
    "above",
    [
        "<p>Once more we come</p><p>once more we go</p><p>to the same sea</p>",
        "<ul><li>The boats are back</li><li>The quay is full</li></ul>",
    ],
)
def test_lines_of_a_poem_and_key_points_above_a_repeated_headline_stay(above: str) -> None:
    left = read(f"{above}<h2>{HEADLINE}</h2>{FIRST}{SECOND}")[1]
    assert "sea" not in left
    assert "quay" not in left


def test_a_summary_below_a_heading_stays_there() -> None:
    html = f"<h2>Summary</h2><p class=abstract-text>We show that boats float on the water of the harbour.</p>{FIRST}"
    assert not read(html)[0].standfirst


@pytest.mark.parametrize("words", ["Share", "Comments", "Read more", "Subscribe"])
def test_a_heading_with_the_words_of_a_button_stays_above_text_only(words: str) -> None:
    def headings(html: str) -> list[str]:
        return [m.plain_text(section.heading) for section in read(FIRST + html)[0].sections]

    assert headings(f"<h3>{words}</h3>{SECOND}") == ["", words]
    assert headings(f"<h3>{words}</h3>") == [""]
    assert headings(f"<h3>{words}</h3><p>No comments yet.</p>{SECOND}") == [""]


def test_short_boxes_whose_names_say_that_they_promote_something_are_left_out() -> None:
    box = "<aside class=inline-newsletter><p>Stay on top of the tides with our weekly briefing.</p></aside>"
    assert "briefing" not in texts(read(FIRST + box + SECOND)[0])
    assert "briefing" in texts(read(FIRST + box.replace("inline-newsletter", "briefing") + SECOND)[0])
    long = FIRST.replace("<p>", "<p class=event-promo>").replace(
        "cheered", "cheered, and drank, and sang until the night came"
    )
    assert "cheered" in texts(read(FIRST + long * 2 + SECOND)[0]).split("Monday", 2)[-1]


def test_pictures_with_links_for_captions_are_related_articles_below_such_a_heading() -> None:
    card = "<div><a href=/{0}><img src={0}.jpg></a><a href=/{0}>The ferry of the year {0} is back</a></div>"
    cards = "".join(map(card.format, (1901, 1902)))
    assert "1901" not in texts(read(f"{FIRST}{SECOND}<h2>Related stories</h2>{cards}")[0])
    assert "1901" in texts(read(f"{FIRST}{SECOND}<h2>The ferries</h2>{cards}")[0])


def test_a_sentence_above_a_biography_may_be_short_in_chinese() -> None:
    text = "<p>渡轮在停航三年之后于周一黎明重新靠岸，全城的人都站在码头上看。</p>"
    box = "<div class=author-bio><p>林海，记者，常驻北港，关注天气与航运。</p></div>"
    assert [credit.role for credit in read(text * 2 + box)[0].credits] == ["author-bio"]


def test_a_line_in_italics_above_the_text_that_links_to_the_original_is_a_credit() -> None:
    line = "<p><em>This story was originally published by <a href=https://tide.example/1>The Tide</a> and is republished here with permission.</em></p>"
    document = read(line + FIRST + SECOND)[0]
    assert document.original_url == "https://tide.example/1"
    assert "republished" in texts(read(line.replace("em>", "b>") + FIRST + SECOND)[0])


@pytest.mark.parametrize(
    "name", ["related-posts", "related-articles", "related-stories", "relatedposts", "table-of-contents"]
)
def test_a_box_named_after_a_list_of_links_without_links_is_text(name: str) -> None:
    text = "The keepers of the two lamps began to write to each other every week."
    assert text in texts(read(f"{FIRST}<div class={name}><p>{text}</p></div>{SECOND}")[0])
    links = "<h3>More</h3><p><a href=/b>The ferry of the year is back</a></p><p>It was blue.</p>"
    assert "blue" not in texts(read(f"{FIRST}<div class={name}>{links}</div>{SECOND}")[0])


LINK = '<a href="https://quay.example/author/ann">Ann Ba</a>'


@pytest.mark.parametrize(
    "box",
    [
        f"<div id=quay_profile><strong>{LINK}</strong><div>She watches the sea.</div></div>",
        f"<div class=post-author>{LINK}<p>She watches the sea.</p></div>",
    ],
)
def test_a_box_named_for_a_person_with_a_link_to_the_page_of_an_author(box: str) -> None:
    document = read(FIRST + SECOND + box)[0]
    assert not any(
        "sea" in m.plain_text(run)
        for each in document.sections
        for block in each.blocks
        for run in m.texts_of(block)
    )
    assert [person.name for person in document.byline] == ["Ann Ba"]
    assert "author-bio" in [credit.role for credit in document.credits]


@pytest.mark.parametrize(
    "box",
    [
        "<div id=quay_profile><strong>Ann Ba</strong><div>She watches the sea.</div></div>",
        f"<div class=portrait>{LINK}<p>She watches the sea.</p></div>",
        "<div class=profile><a href=https://quay.example/author/ann>The whole story of the lamp</a><p>She watches the sea.</p></div>",
    ],
)
def test_other_boxes_about_people_are_text(box: str) -> None:
    assert "sea" in texts(read(FIRST + SECOND + box)[0])


def test_a_profile_above_the_text_is_no_biography() -> None:
    box = f"<div class=profile>{LINK}<p>She watches the sea, and Otto Berg watches her.</p></div>"
    assert "sea" in texts(read(FIRST + box + SECOND * 2)[0])


def test_a_short_box_named_for_affiliates_is_promotion() -> None:
    box = "<div class={}><a href=https://shop.example/1>The lamp</a> <span>At the shop</span></div>"
    assert "shop" not in texts(read(FIRST + box.format("affiliate-box") + SECOND)[0])
    assert "shop" in texts(read(FIRST + box.format("object-box") + SECOND)[0])
