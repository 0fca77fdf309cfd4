"""Pictures within a sentence, the names of icons, and the words of pictures that are not shown."""

import feed2doc
import pytest
from feed2doc import model as m


def read(html: str, lang: str = "en") -> feed2doc.Document:
    page = (
        f"<html lang={lang}><body><h1>Quay</h1><p>Before.</p>{html}<p>The last paragraph.</p></body></html>"
    )
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    return document


def text(html: str, lang: str = "en", *, pictures: bool = False) -> str:
    """Return the text between the first and the last paragraph, in one line."""
    document = read(html, lang)
    written = feed2doc.write(document if pictures else m.without_pictures(document), "text", width=0)
    assert isinstance(written, str)
    text = written.partition("Before.")[2].partition("The last")[0]
    return " ".join(text.split())


EM = 'style="width: 1.2em; height:1.2em"'
PX = 'style="width:20px"'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<p>缆绳断了<span class="icon"><img src="/a.png" alt="[叹气]" {EM}></span>，真糟。</p>', "缆绳断了[叹气]，真糟。"),
        (f'<p>缆绳断了<b><img src="/a.png" alt="[叹气]" {PX}></b></p>', "缆绳断了[叹气]"),
        (f'<p><em><span><img src="/a.png" alt="[叹气]" {PX}></span></em>缆绳断了。</p>', "[叹气]缆绳断了。"),
        ('<p>It got <span><img src="/s.png" alt="3 of 5 buoys" width="90" height="18"></span> this week.</p>', "It got 3 of 5 buoys this week."),
        ('<p>It got <i><b><img src="/s.png" alt="3 buoys"></b></i> <b>and no more</b>.</p>', "It got 3 buoys and no more."),
        ('<p>We sail <a href="https://e.org/"><img src="/s.png" alt="soon" height="16"></a> Later.</p>', "We sail soon[1] Later."),
        ('<p>We sail.<span><img src="/s.png" alt="soon" style="height: 1em"></span></p>', "We sail. soon"),
        ('<p>Tar: <img src="/s.png" alt="★"><img src="/s.png" alt="★"><img src="/s.png" alt="☆"> of three.</p>', "Tar: ★★☆ of three."),
        ('<p>ציון הסירה הוא <img src="/s.png" alt="שלושה כוכבים"> מתוך חמישה.</p>', "ציון הסירה הוא שלושה כוכבים מתוך חמישה."),
        ('<p>この船は<img src="/s.png" alt="星三つ">の評価を得た。</p>', "この船は星三つの評価を得た。"),
        ('<p>이 배는 <img src="/s.png" alt="별 세 개"> 를 받았다.</p>', "이 배는 별 세 개 를 받았다."),
        ('<p>焦油：<img src="/s.png" alt="★" width="12" height="12">好。</p>', "焦油：★好。"),
        ('<p><img src="/r.png" alt="Red"> means stop, <img src="/g.png" alt="green"> means go.</p>', "Red means stop, green means go."),
        ('<ul><li><img src="/a.png" alt="Anker"> heißt: hier ankern.</li></ul>', "• Anker heißt: hier ankern."),
        ('<p>赞！<img src="/z.png" alt="[赞]"><img src="/z.png" alt="[赞]"></p>', "赞！[赞][赞]"),
        ('<p>Moored.</p><p><img src="/e.png" alt=":anchor:"></p><p>Wet.</p>', "Moored. :anchor: Wet."),
        ('<p>Moored.</p><p><img class="emoji" src="/e.png" alt=":rope:"></p><p>Wet.</p>', "Moored. :rope: Wet."),
    ],
)  # fmt: skip
def test_a_small_picture_is_in_its_sentence_whatever_element_it_is_in(html: str, expected: str) -> None:
    document = read(html)
    assert not any(isinstance(each, m.Figure) for each in m.walk(document))
    assert text(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<p>The mole.<span><img src="/a.jpg" alt="Big" width="600" height="400"></span>And more.</p>',
        '<p>The mole <span><img src="/a.jpg" style="width: 600px"></span></p>',
        '<p><span><img src="/a.jpg" style="width: 100%"></span> The mole.</p>',
        '<p>The mole <span><img src="/a.jpg"></span><br>and more.</p>',
        '<p><img src="/a.jpg" alt="The Tern at sea">The Tern sails at noon.</p>',
        '<p><img src="/a.jpg" alt="The Tern at sea" width="640"> sails at noon.</p>',
        '<p>码头的清晨。<img src="/a.jpg" alt="码头">船都回来了。</p>',
        '<p>码头的清晨<img src="/a.jpg">船都回来了。</p>',
        '<p>码头的清晨。</p><p><img src="/a.jpg" alt="[图片]" width="800" height="600"></p>',
        '<p>The mole.</p><p><img src="/a.jpg" alt="[Image]"></p>',
        '<p>The mole.</p><p><img src="/a.jpg" alt="[1]"></p>',
        '<p>The mole.</p><p><img src="/a.jpg" alt="[mole]" width="300"></p>',
        f'<p><span><img src="/a.png" {PX}></span></p><p>and more.</p>',
        '<p>The mole.<img src="/a.png" height="2"></p>',
        '<p>Tar: <img src="/s.png" alt="★" width="300" height="300"></p>',
        '<p>The mole.<img src="/a.png" height="90"></p>',
        '<p>The mole.<img src="/a.png" height="30" width="468"></p>',
    ],
)
def test_other_pictures_are_blocks(html: str) -> None:
    assert any(isinstance(each, m.Figure) for each in m.walk(read(html)))


def rows(cell: str) -> str:
    return f"<table><tr><th>Pier</th><th>Dogs</th></tr><tr><td>North</td><td>{cell}</td></tr></table>"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<img src="/y.png" alt="yes">', "yes"),
        ('<img src="/y.png" alt="有">', "有"),
        ('on a lead <img src="/y.png" alt="no" width="300">', "on a lead no"),
        ('<img src="/y.png" alt="IMG_0012.jpg">', ""),
        ('<img src="/y.png" alt="-">', ""),
        ('<img src="/y.png">', ""),
    ],
)
def test_the_words_of_a_picture_in_a_cell_are_the_cell(cell: str, expected: str) -> None:
    assert text(rows(cell)) == f"Pier Dogs ----- {'-' * max(4, len(expected))} North {expected}".strip()


@pytest.mark.parametrize("title", ["鸥：风。", "潮水又退了", "退潮！"])
def test_a_short_title_in_chinese_is_a_caption(title: str) -> None:
    assert title in text(f'<p><img src="/1.png" title="{title}"></p>', "zh", pictures=True)


@pytest.mark.parametrize("title", ["码头", "潮水照片", "Pier", "DSC 0012.jpg"])
def test_a_title_of_a_word_or_two_is_not(title: str) -> None:
    assert title not in text(f'<p><img src="/1.png" title="{title}"></p>', "zh", pictures=True)


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        ("Two men carry a mast", "[Photo: Two men carry a mast — The mast of the Tern.]"),
        ("The mast of the Tern", "[Photo: The mast of the Tern.]"),
        ("The mast of the Tern. 5 May", "[Photo: The mast of the Tern.]"),
        ("IMG 0012", "[Photo: The mast of the Tern.]"),
        ("mast", "[Photo: The mast of the Tern.]"),
    ],
)
def test_the_words_of_a_picture_are_next_to_a_caption_that_does_not_have_them(
    alt: str, expected: str
) -> None:
    figure = f'<figure><img src="/a.jpg" alt="{alt}"><figcaption>The mast of the Tern.</figcaption></figure>'
    assert text(figure, pictures=True).replace("[1]", "") == expected
    page = feed2doc.write(read(figure), "html")
    assert isinstance(page, str) and (">Two men carry a mast<" in page) == expected.startswith("[Photo: Two")


def test_three_characters_are_words() -> None:
    assert m.words_of_picture(m.Image("/1.png", "退潮时")) == "退潮时"
    assert not m.words_of_picture(m.Image("/1.png", "码头"))


SVG = '<svg viewBox="0 0 9 9"><title>Harbour</title><path d="M0 0"/></svg>'
LABEL = '<svg aria-label="Harbour"><path d="M0 0"/></svg>'
IMG = '<img src="/h.svg" alt="Harbour" width="16" height="16">'


@pytest.mark.parametrize("icon", [SVG, LABEL, IMG])
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('See <a href="https://h.example/">{}<span>Harbour</span></a>, too.', "See Harbour, too."),
        ('See <a href="https://h.example/"><span>Harbour</span>{}</a>, too.', "See Harbour, too."),
        ('See <a href="https://h.example/">{} our harbour page</a>.', "See our harbour page."),
        ('See <a href="https://h.example/">{}Mole</a>, too.', "See Harbour Mole, too."),
        ('See <a href="https://h.example/">the mole{}</a>.', "See the mole Harbour."),
        ('See <a href="https://h.example/">{}</a>.', "See Harbour."),
        ("Sea {} Harbour of the north.", "Sea Harbour of the north."),
        ("Sea {} Harbours of the north.", "Sea Harbour Harbours of the north."),
        ('See <a href="https://h.example/">{}<span>Harbourside</span></a>.', "See Harbour Harbourside."),
        ("Sea {} and the harbour.", "Sea Harbour and the harbour."),
    ],
)
def test_the_name_of_an_icon_is_said_once(icon: str, html: str, expected: str) -> None:
    assert text(f"<p>{html.format(icon)}</p>").split(" [")[0].replace("[1]", "") == expected


def test_each_of_several_equal_icons_keeps_its_words() -> None:
    star = '<img src="/s.svg" alt="star" width="16" height="16">'
    assert text(f"<p>Rating {star * 3}</p>").count("star") == 3
    adjacent = '<img src="/a.svg" alt="left" width="16"><img src="/b.svg" alt="right" width="16">'
    assert "left right" in text(f"<p>Turn {adjacent} now</p>")


@pytest.mark.parametrize(
    ("alt", "src"),
    [
        ("IMG_2034.JPG", "/x.jpg"),
        ("微信图片_20250505101010", "/x.jpg"),
        ("mmexport1620000000000.jpg", "/x.jpg"),
        ("DSC00123", "/x.jpg"),
        ("Screenshot 2024-05-04 at 10.22.11", "/x.png"),
        ("截屏2024-05-04 10.22.11.webp", "/x.webp"),
        ("WhatsApp Image 2024-05-04 at 10.11.12", "/x.jpeg"),
        ("image", "/x.jpg"),
        ("图片 3", "/x.jpg"),
        ("imagem", "/x.jpg"),
        ("Zdjęcie 2", "/x.jpg"),
        ("изображение", "/x.jpg"),
        ("Featured Image", "/x.jpg"),
        ("hc0911.jpg", "/x.jpg"),
        ("20240504_101112", "/20240504_101112.jpg"),
        ("6f1e0c2a9b", "/6f1e0c2a9b.jpg"),
    ],
)
def test_a_file_name_is_no_description(alt: str, src: str) -> None:
    document = read(f'<p>Before.</p><img src="{src}" alt="{alt}" title="{alt}"><p>After.</p>')
    assert [(each.image.alt, each.image.title) for each in m.figures(document) if each.image] == [("", "")]


@pytest.mark.parametrize(
    "alt",
    [
        *(
            "The file a.jpg in a window",
            "Mole",
            "1984",
            "boats-at-dusk.jpg",
            "Image of a mole",
            "渡轮_码头.png",
        ),
        *(
            "Photo by Ann Ba",
            "Picture postcard",
            "Imagen de un faro",
            "Download the map",
            "20240504",
            "Bild der Flut",
            "Banner of the harbour",
            "Kuvat laivoista",
            "Fotografie",
        ),
    ],
)
def test_a_description_is_not_taken_for_a_file_name(alt: str) -> None:
    document = read(f'<p>Before.</p><img src="/x.jpg" alt="{alt}"><p>After.</p>')
    assert [each.image.alt for each in m.figures(document) if each.image] == [alt]


def test_a_drawing_with_labels_has_its_title_above_them() -> None:
    labels = "<text>2022</text><text>2023</text>"
    html = f'<svg viewBox="0 0 200 100"><title>{{}}</title>{labels}</svg><p>After.</p>'
    assert text(html.format("Herring landed, in tonnes")).startswith("Herring landed, in tonnes 2022 2023")
    assert text(html.format("Page-1")).startswith("2022 2023")
    assert text(f'<svg viewBox="0 0 200 100">{labels}</svg><svg>{labels}</svg>').startswith(
        "2022 2023 2022 2023"
    )


def test_a_picture_of_a_line_of_letters_is_a_heading() -> None:
    html = (
        '<p>Before.</p><h2><img src="/h.gif" alt="Letters to us" width="300" height="40"></h2><p>After.</p>'
    )
    document = read(html)
    assert m.figures(document) == [] and m.plain_text(document.sections[-1].heading) == "Letters to us"


@pytest.mark.parametrize("size", ["", 'width="600" height="400"', 'width="60" height="60"'])
def test_another_picture_in_a_heading_stays_a_picture(size: str) -> None:
    document = read(f'<p>Before.</p><h2><img src="/h.jpg" alt="The mole at dusk" {size}></h2><p>After.</p>')
    assert [each.image.alt for each in m.figures(document) if each.image] == ["The mole at dusk"]


def test_a_background_with_the_role_of_a_picture_is_one() -> None:
    style = "background-image: url('https://e.org/gulls.jpg'); height: 3em"
    document = read(
        f'<p>Before.</p><div role="img" aria-label="Three gulls" style="{style}"></div><p>After.</p>'
    )
    assert [(each.image.src, each.image.alt) for each in m.figures(document) if each.image] == [
        ("https://e.org/gulls.jpg", "Three gulls")
    ]
    for other in (
        f'<div style="{style}"></div>',
        f'<div role="img" aria-label="3" style="{style}">★★★</div>',
    ):
        assert m.figures(read(f"<p>Before.</p>{other}<p>After.</p>")) == []


@pytest.mark.parametrize(
    ("style", "count"),
    [
        ("background-size: cover; width: 600px; height: 400px", 1),
        ("width: 300.5px; height: 200px; background-size: contain", 1),
        ("background-size: cover; width: 60px; height: 60px", 0),
        ("background-size: cover; width: 100%; height: 400px", 0),
        ("width: 600px; height: 400px", 0),
    ],
)
def test_a_background_that_fills_an_empty_element_is_a_picture(style: str, count: int) -> None:
    box = f'<a href="https://e.org/g" style="background-image: url(https://e.org/g.jpg); {style}">{{}}</a>'
    for around, inner, expected in (
        ("{}", "", count),
        ("{}", "The gulls", 0),
        ('<div><img src="https://e.org/o.jpg">{}</div>', "", 1),
    ):
        found = m.figures(read(f"<p>Before.</p>{around.format(box.format(inner))}<p>After.</p>"))
        assert len(found) == expected


@pytest.mark.parametrize(
    ("link", "caption"),
    [
        ('data-lightbox="a" data-title="The oak door of the house"', "The oak door of the house"),
        ('data-fancybox data-caption="The &lt;b&gt;oak&lt;/b&gt; door of it"', "The oak door of it"),
        ('rel="lightbox[1]" title="The oak door of the house"', "The oak door of the house"),
        ('title="Permanent link to the oak door"', ""),
        ('data-sub-html="#caption1"', ""),
    ],
)
def test_captions_in_links_of_a_lightbox(link: str, caption: str) -> None:
    document = read(f'<p>Before.</p><a href="/big.jpg" {link}><img src="/small.jpg"></a><p>After.</p>')
    (figure,) = m.figures(document)
    assert m.plain_text(figure.caption) == caption


def test_marks_of_a_review_are_in_their_line() -> None:
    stars = '<img src="https://quay.example/4.svg" alt="4 of 5 stars" class="rating">'
    document = feed2doc.read(
        f"[Boats](https://quay.example/1)\n\n------\n\n<p>The blue one: {stars} It floats.</p>".encode()
    )
    (paragraph,) = document.sections[0].blocks
    assert isinstance(paragraph, m.Paragraph)
    assert [type(each) for each in paragraph.content] == [m.Text, m.InlineImage, m.Text]


DESCRIPTION = "The water rose from 3.1 to 3.6 metres"


@pytest.mark.parametrize(
    ("svg", "is_text"),
    [
        (f'<svg role="img" aria-label="{DESCRIPTION}" viewBox="0 0 320 120"><path d="M0 0"/></svg>', True),
        (f'<svg aria-label="{DESCRIPTION}" viewBox="0 0 320 120"><path d="M0 0"/></svg>', False),
        (f'<svg role="img" aria-label="{DESCRIPTION}" viewBox="0 0 24 24"><path d="M0 0"/></svg>', False),
        ('<svg role="img" aria-label="Facebook icon" viewBox="0 0 512 512"><path d="M0 0"/></svg>', False),
        (
            f'<a href="https://e.org/"><svg role="img" aria-label="{DESCRIPTION}"><path d="M0 0"/></svg></a>',
            False,
        ),
    ],
)
def test_a_drawing_that_is_a_picture_with_a_description_has_its_words(svg: str, is_text: bool) -> None:
    item = f"[t](https://e.org/1)\n------\n<p>Before.</p>{svg}<p>After.</p>"
    text = feed2doc.write(feed2doc.read(item.encode()), "text")
    assert any(words in text for words in (DESCRIPTION, "Facebook")) is is_text


@pytest.mark.parametrize(
    ("attributes", "line", "is_caption"),
    [
        ('align="left"', "The lamp on the quay was out.", False),
        ('style="float: right"', "岸壁の灯が消えていた。", False),
        ("", "The lamp on the quay was out.", True),
        ('align="left"', "The lamp on the quay", True),
    ],
)
def test_a_sentence_next_to_a_floating_picture_is_text(attributes: str, line: str, is_caption: bool) -> None:
    box = f'<div><img src="/lamp.jpg" width="160" height="109" {attributes}>{line}<br clear="all"></div>'
    (figure,) = m.figures(read(f"{box}<div>Nobody knew why, and nobody asked the keeper.</div>"))
    assert m.plain_text(figure.caption) == (line if is_caption else "")


@pytest.mark.parametrize(
    "line",
    [
        '报名电话：<img src="https://e.org/t.png" alt="000-1234567">，截止周五。',
        '电话：<img src="https://e.org/t.png" alt="000-1234567">（周一休）',
        'Write to: <img src="https://e.org/t.png" alt="000-1234567">, not to me.',
    ],
)
def test_a_picture_that_is_the_value_of_a_label_is_part_of_the_sentence(line: str) -> None:
    assert "000-1234567" in text(f"<p>{line}</p>")


def test_a_picture_below_a_label_is_a_figure() -> None:
    document = read('<p>Look:<br><img src="https://e.org/a.jpg" alt="A boat"><br>It is red.</p>')
    assert [node for node in m.walk(document) if isinstance(node, m.Figure)]
