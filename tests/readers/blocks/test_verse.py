"""Reading of poems, of lines kept by styles, and of letters that are pictures."""

import feed2doc
import pytest
from feed2doc import model as m


def read(html: str) -> m.Blocks:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(
        f"<h1>Quay</h1><p>Before.</p>{html}<p>After.</p>".encode(), format="html", env=env
    )
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return tuple(block for section in document.sections for block in section.blocks)[1:-1]


def lines(block: m.Block) -> list[str]:
    assert isinstance(block, m.Verse)
    return [m.plain_text(line) for line in block.lines]


POEM = ["Grey harbour", "\u00a0\u00a0grey light", "", "the bell"]


@pytest.mark.parametrize(
    "html",
    [
        '<pre style="font-family: serif">Grey harbour\n  grey light\n\nthe bell</pre>',
        '<pre class="wp-block-verse">Grey harbour\n  grey light\n\nthe bell</pre>',
        '<div class="verse"><p>Grey harbour<br>&nbsp;&nbsp;grey light</p><p>the bell</p></div>',
        '<p class="verse">Grey harbour<br>\n&nbsp;&nbsp;grey light<br><br>the bell</p>',
        '<blockquote class="poem">Grey harbour<br>&nbsp;&nbsp;grey light<br><br>the bell</blockquote>',
        '<div class="poem"><div class="stanza">Grey harbour<br>&nbsp;&nbsp;grey light</div>'
        '<div class="stanza">the bell</div></div>',
    ],
)
def test_poems(html: str) -> None:
    (block,) = read(html)
    assert lines(block) == POEM


def test_lines_of_a_poem_may_be_elements() -> None:
    (block,) = read('<div class="line-block"><div class="line">a</div><div class="line">b</div></div>')
    assert lines(block) == ["a", "b"]


HANG = 'style="text-indent: -1em; padding-left: 1em"'
HANGING = f"<div><div {HANG}>Grey harbour,</div><div {HANG}>grey <i>light</i></div>{{}}<div {HANG}>the bell.</div></div>"


@pytest.mark.parametrize(
    "html",
    [
        '<div class="o-poem"><div>Grey harbour,<br></div><div>grey <i>light</i></div><div><br></div><div>the bell.</div></div>',
        '<div class="poem"><div>Grey harbour,</div><div>grey <i>light</i></div><div> </div><div>the bell.</div></div>',
        '<div class="poem"><div>Grey harbour,</div><div>grey <i>light</i></div><div>&nbsp;</div><div>the bell.</div></div>',
        '<div class="poetry"><div class="stanza"><div class="verse">Grey harbour,</div><div class="verse">grey <i>light</i></div></div>'
        '<div class="stanza"><div class="verse">the bell.</div></div></div>',
        '<div class="poem"><div class="stanza"><span class="line" style="display:block">Grey harbour,</span>'
        '<span class="line" style="display:block">grey <i>light</i></span></div><div class="stanza"><span class="line">the bell.</span></div></div>',
        '<div class="poem"><div><span style="display: block">Grey harbour,</span><span style="display: block">grey <i>light</i></span></div>'
        "<div>the bell.</div></div>",
        HANGING.format(f"<div {HANG}><br></div>"),
        HANGING.format("<div></div>"),
        '<div><p class="poem-line">Grey harbour,</p><p class="poem-line">grey <i>light</i></p><p></p><p class="poem-line">the bell.</p></div>',
        '<div class="poem"><p class="line">Grey harbour,</p><p class="line">grey <i>light</i></p><p>&nbsp;</p><p class="line">the bell.</p></div>',
        '<div class="verse"><lg><l>Grey harbour,</l> <l>grey <i>light</i></l></lg><lg><l>the bell.</l></lg></div>',
    ],
)
def test_an_empty_element_between_lines_ends_a_stanza(html: str) -> None:
    (block,) = read(html)
    assert lines(block) == ["Grey harbour,", "grey light", "", "the bell."]


@pytest.mark.parametrize(
    "html",
    [
        HANGING.format("").replace("Grey harbour", "Berg, A.: Harbours, lights and bells of the northern coast, Quay Press, 1902"),
        HANGING.format("").replace("light</i>", "light</i>.").replace("harbour,", "harbour."),
        HANGING.format("<p>Then</p>"),
        HANGING.format("").replace("-1em", "1em"),
        f"<div><div {HANG}>Grey harbour,</div><div {HANG}>grey light</div></div>",
    ],
)  # fmt: skip
def test_other_hanging_lines_are_paragraphs(html: str) -> None:
    assert not [block for block in read(html) if not isinstance(block, m.Paragraph)]


def test_a_poem_is_read_back_from_a_page() -> None:
    poem = read('<pre class="wp-block-verse">  Grey harbour\n    grey light\n\nthe bell</pre>')
    document = m.Document(id="x", headline="Quay", sections=(m.Section(blocks=poem),))
    page = str(feed2doc.write(document, "html"))
    assert feed2doc.read(page.encode(), format="html").sections[0].blocks == poem
    assert lines(poem[0]) == ["\u00a0\u00a0Grey harbour", "\u00a0" * 4 + "grey light", "", "the bell"]


def test_marks_of_a_poem_are_kept() -> None:
    (block,) = read('<pre class="wp-block-verse">a <em>b\nc</em></pre>')
    em = (m.Emph((m.Text("b"),)), m.Emph((m.Text("c"),)))
    assert block == m.Verse(((m.Text("a "), em[0]), (em[1],)))


@pytest.mark.parametrize(
    "html",
    [
        '<div style="white-space:pre-line">Salt on the rail\nand on the rope</div>',
        '<div style="white-space: pre-wrap">\nSalt on the rail\nand on the rope\n</div>',
        '<p style="WHITE-SPACE: PRE-LINE">Salt on the rail\nand on the rope</p>',
        '<p><span style="white-space:pre-wrap">Salt on the rail\nand on the rope</span></p>',
        '<div style="white-space:pre-line"><p>Salt on the rail\nand on the rope</p>\n</div>',
    ],
)
def test_lines_kept_by_a_style(html: str) -> None:
    assert read(html) == (
        m.Paragraph((m.Text("Salt on the rail"), m.LineBreak(), m.Text("and on the rope"))),
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Salt on the rail\nand on the rope</p>",
        '<p style="white-space:normal">Salt on the rail\nand on the rope</p>',
        '<p><span style="white-space:pre-wrap">Salt on the rail</span>\n<span>and on the rope</span></p>',
        '<div style="white-space:pre-wrap">\n<p>Salt on the rail and on the rope</p>\n</div>',
    ],
)
def test_other_line_ends_are_spaces(html: str) -> None:
    assert read(html) == (m.Paragraph((m.Text("Salt on the rail and on the rope"),)),)


@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="/t.png" class="dropcap" alt="T" width=80 height=80>he keeper</p>',
        '<p><img src="/t.png" alt="T">he keeper</p>',
        '<div><div class="drop-cap">T</div>he keeper</div>',
        '<p><span class="dropcap">T</span>he keeper</p>',
        '<p><span class="dropcap"><b></b>T</span>he keeper</p>',
    ],
)
def test_initials_join_their_word(html: str) -> None:
    (block,) = read(html)
    assert isinstance(block, m.Paragraph) and m.plain_text(block.content) == "The keeper"


@pytest.mark.parametrize(
    "html",
    [
        '<p><strong style="float:left;font-size:3.2em;line-height:0.8">“T</strong>he keeper</p>',
        '<p><b class="dropcap">“T</b>he keeper</p>',
        '<p><span class="drop-cap"><strong>“T</strong></span>he keeper</p>',
        '<p><em><span style="font-size: 48px">“T</span></em>he keeper</p>',
        '<p>“<span style="font-weight:bold;initial-letter:3">T</span>he keeper</p>',
        "<p><b><big>“T</big></b>he keeper</p>",
        '<p><font size="6"><b>“T</b></font>he keeper</p>',
        '<p> <big style="float:left; font-size:150%"><b>“T</b></big>he <i>keeper</i></p>',
    ],
)
def test_large_first_letters_are_not_bold(html: str) -> None:
    (block,) = read(html)
    assert isinstance(block, m.Paragraph) and m.plain_text(block.content) == "“The keeper"
    assert isinstance(block.content[0], m.Text) and block.content[0].value.startswith("“The ")


@pytest.mark.parametrize(
    "html",
    [
        '<p><b style="color:red">T</b>he keeper</p>',
        '<p><b style="font-size:1.1em">T</b>he keeper</p>',
        '<p>He is <b style="font-size:3em">T</b>he keeper</p>',
        '<p><b style="font-size:3em">The</b> keeper</p>',
        '<p><b style="font-size:3em">T</b>. Seven knots</p>',
    ],
)
def test_other_bold_letters_stay_bold(html: str) -> None:
    (block,) = read(html)
    assert isinstance(block, m.Paragraph) and m.Strong in map(type, block.content)


@pytest.mark.parametrize(("tag", "kind"), [("sup", m.Sup), ("sub", m.Sub), ("mark", m.Highlight)])
def test_marks_with_a_meaning_are_kept_on_large_letters(tag: str, kind: type) -> None:
    (block,) = read(f'<p><{tag} class="letter">a</{tag}> the first note</p>')
    assert isinstance(block, m.Paragraph) and kind in map(type, block.content)


def test_pictures_of_characters() -> None:
    gaiji = '<img class="gaiji" src="/1.png" alt="鰭" width="16" height="16">'
    (block,) = read(f"<p><ruby>{gaiji}<rt>ひれ</rt></ruby>と{gaiji}。</p>")
    assert block == m.Paragraph((m.Ruby((m.Text("鰭"),), "ひれ"), m.Text("と鰭。")))


@pytest.mark.parametrize("alt", ["A", "The quay", "1", ":)", "(a)"])
def test_other_pictures_stay_pictures(alt: str) -> None:
    found = read(f'<p><img src="/a.jpg" alt="{alt}" width="600" height="400"></p>')
    assert len(found) == 1 and isinstance(found[0], m.Figure)


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        ('<img class="emoji" src="/e.png" alt="⚓">', "⚓"),
        ('<img class="wp-smiley" src="/e.png" alt="👩‍🚒">', "👩‍🚒"),
        ('<img class="emoji" src="/unicode/1f1ec-1f1e7.png?v8" alt=":uk:">', "🇬🇧"),
        ('<img class="wp-smiley" src="/icon_smile.gif" alt=":)">', ":)"),
        ('<img src="/images/smilies/wink.png" alt=";-)" title="Wink">', ";-)"),
        ('<img src="/a.png" alt=":-(" width="15" height="15">', ":-("),
        ('<img class="smilie" src="/a.png" alt="&lt;3">', "<3"),
    ],
)
def test_an_emoji_is_text(picture: str, shown: str) -> None:
    assert read(f"<p>{picture} Moored.</p>") == (m.Paragraph((m.Text(f"{shown} Moored."),)),)


@pytest.mark.parametrize("alt", [":anchor:", "An anchor", "12"])
def test_another_emoji_at_the_start_of_a_line_is_in_the_line(alt: str) -> None:
    (block,) = read(f'<p><img class="emoji" src="/e.png" alt="{alt}"> Moored.</p>')
    assert isinstance(block, m.Paragraph) and isinstance(block.content[0], m.InlineImage)


def test_lines_of_a_poem_may_be_spans_with_the_name_of_a_line() -> None:
    (block,) = read(
        '<p><span class="verse-line">Grey harbour,</span> <span class="verse-line">grey <i>light</i></span></p>'
    )
    assert lines(block) == ["Grey harbour,", "grey light"]


@pytest.mark.parametrize(
    "html",
    [
        '<p>It says <span class="verse-line">Grey harbour,</span> <span class="verse-line">grey light</span></p>',
        '<p><span class="line">Grey harbour</span> <span class="line">was its name.</span></p>',
        '<p><span class="headline">Grey</span> <span class="online">harbour</span></p>',
    ],
)
def test_spans_with_other_words_or_names_are_no_poem(html: str) -> None:
    (block,) = read(html)
    assert isinstance(block, m.Paragraph)


def test_an_inline_that_its_style_sets_on_lines_of_its_own() -> None:
    (block,) = read(
        'X<span style="display:block">Grey</span><b style="display: block">harbour</b>'
        '<a href="https://e.org/" style="display:flex">light</a> and <i style="display:inline-block">more</i>'
    )
    assert isinstance(block, m.Paragraph)
    assert m.plain_text(block.content).split("\n") == ["X", "Grey", "harbour", "light", "and more"]
