"""Lines that only say which article this is and where it is on its site."""

import feed2doc
import pytest
from feed2doc import model as m

URL = "https://quay.example/2026/ferry"
HEADLINE = "The ferry is back"
TEXT = "<p>The ferry to the north island runs again, after a long winter.</p><p>It has a new captain.</p>"


def text_of(body: str, headline: str = HEADLINE) -> str:
    document = feed2doc.read(f"[{headline}]({URL})\n---\n{body}".encode())
    blocks = (block for section in document.sections for block in section.blocks)
    return " ".join(m.plain_text(block.content) for block in blocks if isinstance(block, m.Paragraph))


@pytest.mark.parametrize(
    "line",
    [
        f"<a href='{URL}'>{HEADLINE}</a> made by hand at <a href='https://quay.example'>The Quay</a>. "
        "Do get <a href='https://quay.example/letter'>the letter</a>, too.",
        f"<small><a href='{URL}/'>The Ferry Is Back</a> stand auf <a href='https://quay.example/'>Der Kai</a></small>",
        f"{HEADLINE} (<a href='{URL}'>{HEADLINE}</a>) foi escrito para <a href='https://quay.example/'>O Cais</a>.",
    ],
)
def test_a_last_line_with_the_headline_and_the_site_is_left_out(line: str) -> None:
    assert text_of(f"{TEXT}<hr><p>{line}</p>").endswith("It has a new captain.")


@pytest.mark.parametrize(
    "line",
    [
        f"<a href='{URL}'>A year ago</a> we wrote of it, in the middle of the storm and of the strike, at <a href='https://quay.example/'>The Quay</a>, and nobody came.",
        "Our <a href='https://quay.example/'>harbour</a> and <a href='https://isle.example/'>the island</a> are one.",
        f"<a href='{URL}'>{HEADLINE}</a>, said the captain, and "
        + "he told us of the fog and the ice at great length. " * 4
        + "See <a href='https://quay.example/'>The Quay</a>.",
    ],
)
def test_other_last_lines_with_links_stay(line: str) -> None:
    assert text_of(TEXT + f"<p>{line}</p>").split()[-1] in line.replace("</a>", "").replace(">", " ").split()


@pytest.mark.parametrize(
    "line",
    [
        f"<a href='/'>The Quay</a> &gt; <a href='/harbour'>Harbour</a> &gt; {HEADLINE}",
        f"<a href='/'>Der Kai</a> › <a href='/hafen'>Hafen</a> › {HEADLINE}",
        "<a href='/'>海港网</a> → <a href='/ships'>渡轮</a>",
    ],
)
def test_the_way_to_the_article_above_the_text_is_left_out(line: str) -> None:
    assert text_of(f"<p>{line}</p>{TEXT}").startswith("The ferry to the north")


@pytest.mark.parametrize(
    "line",
    [
        "<a href='/oslo'>Oslo</a> → the north island is the way of the ferry.",
        "<a href='/oslo'>Oslo</a> <a href='/kiel'>Kiel</a>",
        "<a href='/oslo'>Oslo</a> &gt; Kiel",
    ],
)
def test_other_first_lines_with_links_stay(line: str) -> None:
    assert text_of(f"<p>{line}</p>{TEXT}").startswith("Oslo")


@pytest.mark.parametrize(
    "line",
    [
        "<a href='https://quay.example'>The Quay – news of the harbour</a>",
        "<a rel='nofollow' href='https://quay.example/'>Die Nuus van die kaai</a>.",
        f"Entry posted by ann | <a href='{URL}#comments'>7 comments</a>",
        f"<a href='{URL}/#respond'>Skryf ’n kommentaar</a>",
        f"<a href='{URL}#comments'>7 komentarzy</a></p><p><a href='https://quay.example'>The Quay</a>",
    ],
)
def test_a_last_line_that_leads_to_the_comments_or_the_start_of_the_site_is_left_out(line: str) -> None:
    assert text_of(f"{TEXT}<p>{line}</p>").endswith("It has a new captain.")


@pytest.mark.parametrize(
    "line",
    [
        "<a href='https://isle.example/'>The island has its own page.</a>",
        "All of it is on <a href='https://quay.example/'>our page</a>",
        f"See what you told us in <a href='{URL}#comments'>the comments</a>.",
        f"What you told us below the article of last year is the best that we know of it: <a href='{URL}#comments'>nobody wants the ferry</a>",
        "<a href='https://quay.example/2025/fog#comments'>What you told us of the fog</a>",
    ],
)
def test_a_last_line_that_leads_elsewhere_stays(line: str) -> None:
    assert not text_of(f"{TEXT}<p>{line}</p>").endswith("captain.")


@pytest.mark.parametrize(
    "end",
    [
        f" ... Leia mais no <a href='{URL}'>O Cais</a>!",
        f" […] Lees verder op <a href='{URL}/'>De Kade</a>",
        f" … <a href='{URL}'>celý text na webu Nábřeží</a>.",
    ],
)
def test_the_words_after_an_abridged_text_that_lead_to_the_article_are_left_out(end: str) -> None:
    text = text_of(f"{TEXT}<p>The captain was asked for her name{end}</p>")
    assert text.rstrip(" .…[]").endswith("asked for her name")


@pytest.mark.parametrize(
    "end",
    [
        f". Half a year ago the same captain told us all of that in <a href='{URL}'>this very place</a>",
        ". Leia mais em <a href='https://quay.example/2025/fog'>O nevoeiro</a>",
        f" in <a href='{URL}'>this very place</a>",
        f". It is <a href='{URL}#fog'>the fog</a>",
    ],
)
def test_other_ends_with_links_stay(end: str) -> None:
    text = text_of(f"{TEXT}<p>The captain was asked for her name{end}</p>")
    assert text.endswith(("place", "nevoeiro", "fog"))


@pytest.mark.parametrize(
    "line",
    [
        f"The captain told us of the fog […] The post {HEADLINE} appeared first on The Quay.",
        f"The captain told us of the fog... 投稿 {HEADLINE} は 埠頭 に最初に表示されました。",
    ],
)
def test_a_last_line_that_lost_its_markup_is_cut_off(line: str) -> None:
    text = text_of(f"{TEXT}<p>{line}</p>").rstrip(" .…[]")
    assert text.endswith("The captain told us of the fog")


def test_a_last_sentence_with_the_headline_stays() -> None:
    line = f"The captain told us of the fog. The post {HEADLINE} hangs on the wall of the quay."
    assert text_of(f"{TEXT}<p>{line}</p>").endswith("on the wall of the quay.")


def test_a_heading_with_the_parts_of_the_headline_is_not_repeated() -> None:
    document = feed2doc.read(
        f'[Harbour: "It is back"]({URL})\n---\n<h2><span>Harbour</span> <span>"It is back"</span></h2>{TEXT}'.encode()
    )
    assert [section.heading for section in document.sections] == [()]


def test_a_line_that_names_the_article_above_others_is_left_out() -> None:
    line = f'<p>She smiled.<br>This article, "<a href="{URL}">{HEADLINE}</a>" first appeared on <a href="https://quay.example">The Quay</a></p>'
    forum = '<p><a href="https://forum.quay.example/1">Discuss this article</a> in our forums</p>'
    assert text_of(TEXT + line + forum).endswith("She smiled.")


def test_lists_of_the_same_site_below_a_rule_are_left_out() -> None:
    links = "<li><a href='/2025/fog'>The fog is here again</a> (20 Mar 2025)</li><li><a href='/2024/ice'>A year of the ice</a> (2 May 2024)</li>"
    below = f"<hr><p><strong>What the machine holds for kin:</strong></p><ul>{links}</ul>"
    asked = "<p><em>If you enjoyed this post, please consider sharing it. <a href='/2026/ferry'>Here it is.</a></em></p>"
    assert text_of(TEXT + below + asked).endswith("It has a new captain.")


@pytest.mark.parametrize(
    "below",
    [
        "<hr><p>The boats:</p><ul><li><a href='https://isle.example/1'>The boat of Ann Ba</a></li></ul>",
        "<hr><p>The boats:</p><ul><li><a href='/1'>The boat of Ann Ba</a></li></ul><p>All of them are blue.</p>",
        "<p>The boats:</p><ul><li><a href='/1'>The boat of Ann Ba</a></li></ul>",
        "<hr><p>{{ferry}} is how they write it.</p>",
    ],
)
def test_other_lists_below_a_rule_stay(below: str) -> None:
    document = feed2doc.read(f"[{HEADLINE}]({URL})\n---\n{TEXT}{below}".encode())
    words = str(feed2doc.write(document, "text"))
    assert "boat" in words or "ferry}}" in words


def test_a_part_that_a_template_left_open_is_left_out() -> None:
    assert text_of(f"{TEXT}<p>{{{{WHATSAPP_CHANNEL}}}}</p><p>She smiled.</p>").endswith(
        "captain. She smiled."
    )
