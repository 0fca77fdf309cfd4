"""Items that archives republish: writers and translators of reprints, captions in boxes of their own, marks of their systems."""

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>渡轮在停航三年之后重新靠岸，人们在码头等候，没有人说话。</p>"
PICTURE = '<img src="https://quay.example/1.jpg" width="976" height="549">'


def read(
    html: str, headline: str = "渡轮回来了", url: str = "https://quay.example/1", front: str = ""
) -> feed2doc.Document:
    """Return the item, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    item = f"{front}<!--1739262415000-->\n[{headline}]({url})\n------\n\n<div>\n{html}\n</div>\n"
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return document


def names(document: feed2doc.Document) -> list[str]:
    return [person.name for person in document.byline]


def body(document: feed2doc.Document) -> list[m.Block]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(block for section in document.sections for block in section.blocks)]


def headings(document: feed2doc.Document) -> list[str]:
    return [m.plain_text(section.heading) for section in document.sections if section.heading]


def figures(document: feed2doc.Document) -> list[tuple[str, str]]:
    found = [block for block in body(document) if isinstance(block, m.Figure)]
    assert all(figure.image is not None for figure in found)
    return [(m.plain_text(figure.caption), m.plain_text(figure.credit)) for figure in found]


def roles(document: feed2doc.Document) -> list[tuple[str, str]]:
    return [(credit.role, str(credit.person)) for credit in document.credits]


def front_of(author: str, tag: str) -> str:
    return f"---\nauthor: {author}\ntags: [ {tag} ]\ncategories: [ {tag} ]\n---\n"


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("<p>林海生 / 文</p><p>王立秋 / 译</p>", ["林海生"]),
        ("<p>林海生、王海生 / 文</p><p>王立秋/译</p>", ["林海生", "王海生"]),
        ("<p>安娜·贝格、奥托·贝格 / 文</p><p>王立秋 / 译</p>", ["安娜·贝格", "奥托·贝格"]),
        ("<p>林海生｜文</p><p>王立秋｜译</p>", ["林海生"]),
    ],
)
def test_names_before_a_slash_and_a_role(lines: str, authors: list[str]) -> None:
    document = read(lines + P + P)
    assert names(document) == authors
    assert ("translator", "王立秋") in roles(document)
    assert len(body(document)) == 2


def test_who_posts_a_translation_is_not_its_author() -> None:
    lines = "<p>安娜·贝格 / 文</p><p>王立秋 / 译</p>"
    assert names(read(lines + P + P, front=front_of("王立秋", "海港"))) == ["安娜·贝格"]
    assert names(read(lines + P + P, front=front_of("王海生", "海港"))) == ["王海生"]
    assert names(read("<p>王立秋 / 译</p>" + P + P, front=front_of("王立秋", "海港"))) == ["王立秋"]


def test_the_feed_of_a_person_on_a_platform_names_its_author() -> None:
    document = read(P + P, url="https://medium.com/@linhai/ferry", front=front_of("林海生", "林海生"))
    assert (names(document), document.publication) == (["林海生"], "Medium")
    document = read(P + P, url="https://quay.example/@linhai/ferry", front=front_of("林海生", "林海生"))
    assert (names(document), document.publication) == (["林海生"], "")
    document = read(P + P, front=front_of("海港日报", "海港日报"))
    assert (names(document), document.publication) == ([], "海港日报")


def test_the_account_of_a_publisher_gives_way_to_the_author_in_the_text() -> None:
    document = read("<p>作者：林海生（海港电影馆馆长）</p>" + P + P, front=front_of("海港出版社", "海港"))
    assert names(document) == ["林海生"]


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("/ 渡轮靠岸的早晨 /", "渡轮靠岸的早晨", ""),
        ("/ 图：林海生 /", "", "图：林海生"),
        ("/ 图：渡轮靠岸的早晨 /", "图：渡轮靠岸的早晨", ""),
        ("/ 图源网络 /", "", "图源网络"),
        ("图源网络", "", "图源网络"),
        ("渡轮靠岸 / 早晨", "渡轮靠岸 / 早晨", ""),
    ],
)
def test_signs_around_a_caption(text: str, caption: str, credit: str) -> None:
    figure = f"<figure>{PICTURE}<figcaption>{text}</figcaption></figure>"
    assert figures(read(P + figure + P)) == [(caption, credit)]


def test_a_caption_with_a_credit_below_a_picture_with_another_one() -> None:
    box = (
        f'<div><div><div>{PICTURE}<p role="text"><span>图像来源，</span><span>Quay Images</span></p></div></div>'
        "<div><p>渡轮靠岸了。摄影：林海生</p></div></div>"
    )
    document = read(
        f"<main><div>{P}</div><div>{box}</div><div>{P}</div></main>",
        url="https://www.bbc.com/zhongwen/simp/1",
    )
    assert figures(document) == [("渡轮靠岸了。", "Quay Images 摄影：林海生")]


def test_a_list_of_links_is_not_the_author_of_a_page() -> None:
    links = "".join(
        f'<li role="listitem"><a href="https://www.bbc.com/zhongwen/simp/{at}">渡轮和灯塔的故事</a></li>'
        for at in (2, 3)
    )
    page = f'<main><div></div><div><time datetime="2020-10-04">3 小时前</time></div><div>{P}</div><div><div><ul role="list">{links}</ul></div></div><div>{P}</div></main>'
    document = read(page, url="https://www.bbc.com/zhongwen/simp/1")
    assert (names(document), document.credits) == ([], ())


def test_a_blurred_preview_and_a_caption_in_a_figure_of_its_own() -> None:
    picture = (
        '<div class="progressiveMedia"><img class="progressiveMedia-thumbnail" src="https://quay.example/0/1.jpg"><canvas></canvas>'
        '<img class="progressiveMedia-image" data-src="https://quay.example/1/1.jpg"></div>'
    )
    caption = "<div><figure><figcaption><p>The ferry at the quay.</p><p>Photo: Ann Ba/AFP</p></figcaption></figure></div>"
    assert figures(read(P + picture + caption + P)) == [("The ferry at the quay.", "Photo: Ann Ba/AFP")]


def test_a_source_named_by_its_class_that_is_a_caption() -> None:
    source = '<div class="field-name-field-image-source"><a href="https://photo.example/1">林海生，曾是船长，现任海港电影馆馆长</a></div>'
    picture = f'<div class="content">{PICTURE}{source}</div>'
    assert figures(read(P + picture + P)) == [("林海生，曾是船长，现任海港电影馆馆长", "")]


def test_questions_of_an_interview_are_not_headings() -> None:
    asked = ["林海，渡轮为什么停航？你怎么看？", "灯塔还亮着吗？", "码头上有人等候吗？"]
    text = "".join(f"<p><strong>{each}</strong></p>{P}" for each in asked)
    assert headings(read(P + text)) == []
    explained = "".join(f"<p><strong>{each}</strong></p>{P}" for each in asked[1:])
    assert headings(read(P + explained)) == asked[1:]


@pytest.mark.parametrize(
    "line",
    [
        "林海生：男，海港人，1963年生，现为海港电影馆馆长。",
        "（林海生：海港大学教授）",
        "[<b>林海生</b> 著名经济学家，海港研究所荣誉理事长]",
    ],
)
def test_what_is_said_of_an_author_at_the_end(line: str) -> None:
    document = read(f"<p>作者：林海生</p>{P}{P}<p>{line}</p>")
    assert roles(document) == [("author-bio", "林海生")]


def test_the_words_of_a_speaker_are_not_a_biography() -> None:
    document = read(f"<p>作者：林海生</p>{P}{P}<p>林海生：我在海港大学当教授。</p>")
    assert (document.credits, len(body(document))) == ((), 3)


@pytest.mark.parametrize("tag", ["h2", "strong"])
def test_the_headline_is_repeated_without_the_author_before_it(tag: str) -> None:
    title = f"<p><{tag}>港口旧事</{tag}></p>" if tag == "strong" else f"<{tag}>港口旧事</{tag}>"
    document = read(title + P + P, headline="林海生：港口旧事")
    assert (headings(document), len(body(document))) == ([], 2)
    assert len(body(read(f"<p><strong>港口今事</strong></p>{P}{P}", headline="林海生：港口旧事"))) == 3


def test_the_source_of_a_quotation_in_one_of_its_own() -> None:
    above, source = "<blockquote>海很大。</blockquote>", "<blockquote>——林海生《海》</blockquote>"
    (quote,) = [block for block in body(read(P + above + source + P)) if isinstance(block, m.Quote)]
    assert m.plain_text(quote.attribution) == "林海生《海》"
    answer = "<blockquote>— Moi aussi.</blockquote>"
    assert sum(isinstance(block, m.Quote) for block in body(read(P + above + answer + P))) == 2


def test_a_field_with_a_summary_is_not_the_summary() -> None:
    lines = "<br><br>".join(["渡轮在停航三年之后重新靠岸，人们在码头等候。", "灯塔一直亮到黎明。"])
    field = f'<div class="field-type-text-with-summary"><p>{lines}</p></div><div class="related"><h2>您可能感兴趣的文章</h2></div>'
    document = read(f"<figure>{PICTURE}</figure>{field}")
    assert [type(block) for block in body(document)] == [m.Figure, m.Paragraph, m.Paragraph]


def test_pictures_of_a_theme_are_left_out() -> None:
    shadow = '<div><img src="https://quay.example/wp-content/themes/quay/images/shadow-post-end.png"></div>'
    assert len(body(read(P + P + shadow))) == 2


def test_what_somebody_does_below_a_bold_name() -> None:
    end = "<p><strong>作者：林海</strong></p><p>{}</p><p>▷ 排版：陈舟</p><p>未经特别说明，海港计划文章均为原创。</p>"
    about = "海港计划联合创始人，毕业于海港大学，曾任《海港周刊》记者。"
    document = read(
        P + P + end.format(about), url="https://quay.example/@quay/1", front=front_of("海港计划", "Quay")
    )
    assert names(document) == ["林海"]
    assert [role for role, _ in roles(document)] == ["note", "author-bio", "contributor", "rights"]
    other = read(P + P + end.format("码头上的灯一直亮到黎明。"), front=front_of("陈舟", "Quay"))
    assert (names(other), len(body(other))) == (["陈舟"], 4)


def test_one_bold_question_among_bold_sentences_is_text() -> None:
    question = "<p><strong>究竟有多少艘渡轮没有回来？</strong></p>"
    sentence = "<p><strong>没有人数过这些渡轮，也没有人问起。</strong></p>"
    assert headings(read(P + question + P + sentence + P)) == []
    assert headings(read(P + question + P + P)) == ["究竟有多少艘渡轮没有回来？"]


@pytest.mark.parametrize(
    "frame",
    ["{}", '<article><div class="entry-content">{}<div id="atatags-1"></div></div></article>'],
)
def test_the_standfirst_and_the_original_of_iyouport(frame: str) -> None:
    above = '<ul><li class="graf"><span><em><strong>谁在码头上等候？</strong></em></span></li></ul>'
    line = '<p class="graf"><a href="https://harbour.example/1">The ferry is back</a></p>'
    text = P.replace("<p>", '<p class="graf">')
    document = read(frame.format(above + text + text + line), url="https://www.iyouport.org/1/")
    assert m.plain_text(document.standfirst) == "谁在码头上等候？"
    assert [(credit.role, credit.url) for credit in document.credits] == [
        ("original", "https://harbour.example/1")
    ]
    assert len(body(document)) == 2


def test_the_header_of_an_old_page_of_substack() -> None:
    opened = '<a class="like-button">59</a><div class="modal gone"><h2>Sign up to like post</h2></div>'
    day = (
        f'<table class="post-meta custom"><tr><td class="post-date">Jan 15</td><td>{opened}</td></tr></table>'
    )
    by = f'<div class="meta-author"><a href="/people/1-ann-ba">Ann Ba</a></div>{day}'
    head = f'<div class="post-header"><h1>The ferry is back</h1><h3 class="subtitle">After three years.</h3>{by}</div>'
    text = "<p>The ferry came in at dawn, and nobody on the quay said a word.</p>"
    picture = f'<div class="captioned-image-container"><figure>{PICTURE}</figure></div>'
    page = f'<article class="post">{head}<div class="body markup">{text}{picture}{text}</div></article>'
    document = read(page, "The ferry is back", "https://quay.substack.com/p/the-ferry")
    assert (names(document), headings(document)) == (["Ann Ba"], [])
    assert [type(block) for block in body(document)] == [m.Paragraph, m.Figure, m.Paragraph]


def test_the_sources_of_a_chart_are_its_credit() -> None:
    chart = f"<figure>{PICTURE}<figcaption>Sources: Quay Post; Harbour Office</figcaption></figure>"
    assert figures(read(P + chart + P)) == [("", "Sources: Quay Post; Harbour Office")]
    river = f"<figure>{PICTURE}<figcaption>Sources of the river in winter</figcaption></figure>"
    assert figures(read(P + river + P)) == [("Sources of the river in winter", "")]
