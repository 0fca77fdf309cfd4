"""Reading of inline marks, inline styles, and the numbers and checkboxes of lists."""

import re

import feed2doc
import pytest
from feed2doc import model as m


def read(html: str, lang: str = "en") -> m.Blocks:
    page = (
        f"<html lang={lang}><body><h1>Quay</h1><p>Before.</p>{html}<p>The last paragraph.</p></body></html>"
    )
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    blocks = tuple(block for section in document.sections for block in section.blocks)
    return blocks[1:-1]


def inlines(html: str, lang: str = "en") -> m.Inlines:
    (block,) = read(f"<p>x {html} y</p>", lang)
    assert isinstance(block, m.Paragraph)
    return block.content[1:-1] if len(block.content) > 2 else ()


def t(value: str) -> m.Inlines:
    return (m.Text(value),)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ins>new</ins>", m.Insert(t("new"))),
        ("<mark>seen</mark>", m.Highlight(t("seen"))),
        ('<abbr title="Search and Rescue">SAR</abbr>', m.Abbreviation(t("SAR"), "Search and Rescue")),
        ('<acronym title="Lage über Null">LüN</acronym>', m.Abbreviation(t("LüN"), "Lage über Null")),
        ('<dfn title="a low wall">mole</dfn>', m.Abbreviation(t("mole"), "a low wall")),
        ("<dfn>mole</dfn>", m.Emph(t("mole"))),
        ('<span style="font-weight: 600">a</span>', m.Strong(t("a"))),
        ('<span style="FONT-WEIGHT:Bold !important">a</span>', m.Strong(t("a"))),
        ('<span style="font: italic 12px serif">a</span>', m.Emph(t("a"))),
        ('<font style="font-style:oblique">a</font>', m.Emph(t("a"))),
        ('<span style="text-decoration: line-through red">a</span>', m.Strike(t("a"))),
        ('<span style="text-decoration-line:line-through">a</span>', m.Strike(t("a"))),
        ('<span style="vertical-align:super;font-size:70%">a</span>', m.Sup(t("a"))),
        ('<span style="vertical-align: sub">a</span>', m.Sub(t("a"))),
        ('<span style="font-weight:700;font-style:italic">a</span>', m.Emph((m.Strong(t("a")),))),
        ('<i style="font-style:normal;font-weight:bold">a</i>', m.Strong(t("a"))),
        ('<strong style="color:#333">a</strong>', m.Strong(t("a"))),
        ("<b><strong>a</strong> b</b>", m.Strong(t("a b"))),
        ("<em>a <i>b</i></em>", m.Emph((*t("a "), m.Emph(t("b"))))),
        ('<span style="font-family: Menlo, monospace">make tide</span>', m.Code("make tide")),
    ],
)
def test_marks(html: str, expected: m.Inline) -> None:
    assert inlines(html) == (expected,)


@pytest.mark.parametrize(
    "html",
    [
        '<abbr title="2025-05-05T09:30:00Z">5 May</abbr>',
        '<abbr title="RIB">RIB</abbr>',
        "<abbr>RIB</abbr>",
        '<mark style="background-color:rgba(0, 0, 0, 0);color:red" class="has-inline-color">a</mark>',
        '<b style="font-weight:normal">a</b>',
        '<em style="font-style: normal">a</em>',
        '<span style="font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline">a</span>',
        '<span style="text-decoration:underline">a</span>',
        '<span style="font-size:11pt;font-family:Arial,sans-serif;white-space:pre-wrap">a</span>',
    ],
)
def test_what_is_not_a_mark(html: str) -> None:
    assert inlines(html) == ()


def test_bold_letters_of_a_heading_are_not_marked() -> None:
    page = b'<h1>Quay</h1><p>a</p><h2><span style="font-weight:700">Tide</span></h2><p>b</p>'
    document = feed2doc.read(page, format="html")
    assert document.sections[-1].heading == t("Tide")


@pytest.mark.parametrize(
    ("lang", "html", "text"),
    [
        ("en", "<q>never</q>", "“never”"),
        ("de", "<q>nie</q>", "„nie“"),
        ("fr", "<q>jamais</q>", "«\u00a0jamais\u00a0»"),
        ("de", "<q>nie <q>mehr</q></q>", "„nie ‚mehr‘“"),
        ("en", '<q lang="de">nie</q>', "„nie“"),
        ("ja", "<q>灯</q>", "「灯」"),
        ("ru", "<q>никогда</q>", "«никогда»"),
        ("en", "<q>“never”</q>", "“never”"),
        ("sv", "<q>aldrig</q>", "”aldrig”"),
    ],
)
def test_quotations_have_the_marks_of_their_language(lang: str, html: str, text: str) -> None:
    (quotation,) = inlines(html, lang)
    assert isinstance(quotation, m.Quotation) and m.plain_text((quotation,)) == text


@pytest.mark.parametrize(
    ("html", "labels"),
    [
        ('<ol start="3"><li>a<li>b</ol>', ["3", "4"]),
        ('<ol type="a" start="3"><li>a<li value="7">b<li>c</ol>', ["c", "g", "h"]),
        ('<ol style="list-style-type: lower-roman"><li>a<li>b</ol>', ["i", "ii"]),
        ("<ol type=I><li value=49>a<li>b</ol>", ["XLIX", "L"]),
        ("<ol type=A start=26><li>a<li>b</ol>", ["Z", "AA"]),
        ("<ol reversed><li>a<li>b<li>c</ol>", ["3", "2", "1"]),
        ("<ol reversed start=10><li>a<li value=4>b<li>c</ol>", ["10", "4", "3"]),
        ("<ol><li value=5>a<li value=5>b</ol>", ["5", "5"]),
        ("<ol type=a start=0><li>a<li>b</ol>", ["0", "a"]),
        ("<ol type=disc><li value=x>a<li>b</ol>", ["1", "2"]),
    ],
)
def test_numbers_of_lists(html: str, labels: list[str]) -> None:
    (block,) = read(html)
    assert isinstance(block, m.OrderedList) and list(m.item_labels(block)) == labels


@pytest.mark.parametrize(
    ("html", "tasks"),
    [
        ('<ul><li><input type=checkbox checked> a<li><input type="checkbox"> b</ul>', (True, False)),
        ("<ul><li><p><input type=checkbox disabled> a</p><li>b</ul>", (False, None)),
        ('<ul><li><label><input type="CHECKBOX" checked="">a</label><li>b</ul>', (True, None)),
        ('<ul data-type="taskList"><li data-checked="true">a<li data-checked="false">b</ul>', (True, False)),
        ('<ol><li data-list="checked">a<li data-list="bullet">b</ol>', (True, None)),
        ('<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> a</ul>', (True,)),
        ('<ul><li><span role="checkbox" aria-checked="false"></span>a</ul>', (False,)),
        ("<ul><li>a<ul><li><input type=checkbox>b</ul></ul>", ()),
        ("<ul><li>✅ a<li>☐ b</ul>", ()),
        ("<ul><li><input type=text> a</ul>", ()),
    ],
)
def test_checkboxes_of_lists(html: str, tasks: tuple[bool | None, ...]) -> None:
    (block,) = read(html)
    assert isinstance(block, m.BulletList | m.OrderedList) and block.tasks == tasks


@pytest.mark.parametrize(
    ("to", "lines"),
    [
        ("text", ["[x] lamp", "[ ] oil", "• tar", "3. three", "2. two"]),
        ("markdown", ["- [x] lamp", "- [ ] oil", "- tar", "3. three", "2) two"]),
    ],
)
def test_lists_are_written_with_their_markers(to: str, lines: list[str]) -> None:
    items = ((m.Paragraph(t("lamp")),), (m.Paragraph(t("oil")),), (m.Paragraph(t("tar")),))
    numbered = ((m.Paragraph(t("three")),), (m.Paragraph(t("two")),))
    blocks = (m.BulletList(items, tasks=(True, False, None)), m.OrderedList(numbered, 3, reversed=True))
    document = m.Document(id="x", headline="Quay", sections=(m.Section(blocks=blocks),))
    written = str(feed2doc.write(document, to)).splitlines()
    assert [line for line in written if line in lines] == lines


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p style="font-style:italic">a b</p>', m.Paragraph((m.Emph(t("a b")),))),
        ('<p style="text-align:center;line-height:1.5">a b</p>', m.Paragraph(t("a b"))),
        (
            '<p>a <a href="https://e.example/" style="font-weight:bold">b</a> c.</p>',
            m.Paragraph((m.Text("a "), m.Link((m.Strong(t("b")),), "https://e.example/"), m.Text(" c."))),
        ),
        ("<p><input type=checkbox checked> Oil</p>", m.Paragraph(t("☑ Oil"))),
        ("<p><input type=checkbox><label>Oil</label> x</p>", m.Paragraph(t("☐ Oil x"))),
        ("<p>Oil<input type=checkbox id=n> lamp</p>", m.Paragraph(t("Oil lamp"))),
        ("<p><input type=text> Oil</p>", m.Paragraph(t("Oil"))),
        (
            "<ol><li>a</li><ol><li>b</li></ol><li>c</li></ol>",
            m.OrderedList(
                ((m.Paragraph(t("a")), m.OrderedList(((m.Paragraph(t("b")),),))), (m.Paragraph(t("c")),))
            ),
        ),
    ],
)
def test_other_styles_and_boxes(html: str, expected: m.Block) -> None:
    assert read(html) == (expected,)


@pytest.mark.parametrize(
    ("box", "expected"),
    [("disabled checked", "☑ Oil"), ("disabled", "☐ Oil"), ("name=row", "Oil"), ("id=switch checked", "Oil")],
)
def test_a_box_alone_in_a_cell_that_cannot_be_changed_is_a_tick(box: str, expected: str) -> None:
    row = f"<tr><td><input type=checkbox {box}></td><td>Oil</td></tr>"
    (table,) = read(f"<table><tr><th>Done</th><th>What</th></tr>{row}</table>")
    assert " ".join(filter(None, map(m.plain_text, m.texts_of(table)))) == f"Done What {expected}"


def test_boxes_at_the_starts_of_lines_are_ticks() -> None:
    html = "<p><input type=checkbox checked> Oil<br><label><input type=checkbox> Wick</label> or <input type=checkbox> Tar</p>"
    assert [m.plain_text(line) for block in read(html) for line in m.texts_of(block)] == [
        "☑ Oil\n☐ Wick or Tar"
    ]


@pytest.mark.parametrize("dot", ["・", "﹅", "•", "●", "・・"])
def test_dots_next_to_characters_are_emphasis(dot: str) -> None:
    dotted = f"<ruby>波<rp>（</rp><rt>{dot}</rt><rp>）</rp></ruby><ruby>止<rt>{dot}</rt></ruby>"
    assert inlines(dotted, "ja") == (m.Emph(t("波止")),)


def test_other_readings_stay() -> None:
    assert inlines("<ruby>波止場<rt>はとば</rt></ruby>", "ja") == (m.Ruby(t("波止場"), "はとば"),)
    assert inlines("<ruby>波<rt>は・</rt></ruby>", "ja") == (m.Ruby(t("波"), "は・"),)


@pytest.mark.parametrize(
    ("html", "tasks"),
    [
        (
            '<ul class="inline-task-list"><li class="checked"><span>tar</span></li><li>rope</li></ul>',
            (True, False),
        ),
        ('<ul><li data-inline-task-id="1" class="checked">tar</li><li>rope</li></ul>', (True, None)),
        ('<ul class="todo-list"><li class="done">tar</li><li class="pending">rope</li></ul>', (True, False)),
        ('<ul class="checklist"><li>tar</li><li>rope</li></ul>', ()),
        ('<ul class="menu"><li class="done">tar</li><li class="open">rope</li></ul>', ()),
        (
            '<ul class="task-list"><li><input type="checkbox" checked> tar</li><li>rope</li></ul>',
            (True, None),
        ),
    ],
)
def test_the_classes_of_items_say_what_is_done(html: str, tasks: tuple[bool | None, ...]) -> None:
    (block,) = read(html)
    assert isinstance(block, m.BulletList) and block.tasks == tasks


@pytest.mark.parametrize(
    ("items", "tasks"),
    [
        (("☑ tar", "☐ rope"), (True, False)),
        (("[x] tar", "[ ] rope"), (True, False)),
        (("<p>☒ tar</p>", "<p>☐rope</p>"), (True, False)),
        (('<span class="chcklst-box checked fa fa-square-check-o fa-fw"></span> tar', "rope"), (True, None)),
        (('<i class="fas fa-check-square"></i> tar', '<i class="far fa-square"></i> rope'), (True, False)),
        (('<i class="bi bi-check-square-fill"></i> tar', '<i class="bi bi-square"></i> rope'), (True, False)),
        (('<en-todo checked="true"/>tar', "<en-todo/>rope"), (True, False)),
        (
            ('<span class="todo-checkbox" role="checkbox" aria-checked="true"></span> tar', "rope"),
            (True, None),
        ),
    ],
)
def test_boxes_of_lists_that_are_signs_or_icons(
    items: tuple[str, str], tasks: tuple[bool | None, ...]
) -> None:
    (block,) = read(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
    assert isinstance(block, m.BulletList) and block.tasks == tasks
    assert [m.plain_text(text) for text in m.texts_of(block)] == ["tar", "rope"]


@pytest.mark.parametrize(
    "items",
    [
        ("☐ tar", "rope"),
        ("[x]-rays of ropes", "[x]-rays of tar"),
        ("[1] Tar", "[2] Rope"),
        ('<i class="fa fa-anchor"></i> tar', '<span class="square">rope</span>'),
        ("✅ tar", "✅ rope"),
        ("<s>☑ tar</s>", "☐ rope"),
    ],
)
def test_lists_whose_items_do_not_all_begin_with_a_box(items: tuple[str, str]) -> None:
    (block,) = read(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
    assert isinstance(block, m.BulletList) and block.tasks == ()
    assert "".join(m.plain_text(text) for text in m.texts_of(block)) == re.sub("<.*?> ?", "", "".join(items))


def test_a_box_of_evernote_outside_a_list_is_a_sign() -> None:
    (block,) = read('<div><en-todo checked="true"></en-todo>tar</div>')
    assert isinstance(block, m.Paragraph) and m.plain_text(block.content) == "☑ tar"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<b>a <span style="font-weight: normal">b</span> c</b>', (m.Strong(t("a ")), m.Text("b"), m.Strong(t(" c")))),
        ('<em>a<i style="font-style:normal">b</i>c</em>', (m.Emph(t("a")), m.Text("b"), m.Emph(t("c")))),
        ('<b><i>a<span style="font-weight:400">b</span></i></b>', (m.Strong((m.Emph(t("a")),)), m.Emph(t("b")))),
        ('<b>a<span style="font-weight:400"><b>b</b></span></b>', (m.Strong(t("ab")),)),
        ('<b>a<a href="https://e.org/" style="font-weight:300">b</a></b>', (m.Strong(t("a")), m.Link(t("b"), "https://e.org/"))),
        ('<b>a<span style="font-weight:700">b</span></b>', (m.Strong(t("ab")),)),
        ('<i>a<span style="font-weight:normal">b</span></i>', (m.Emph(t("ab")),)),
    ],
)  # fmt: skip
def test_a_style_undoes_the_emphasis_around_it(html: str, expected: m.Inlines) -> None:
    assert inlines(html) == expected


def test_emphasis_that_a_style_undoes_goes_on_in_the_next_paragraph() -> None:
    (first, second) = read(
        '<b><p>a <span style="font-weight:normal">b</span></p><p>c is said here, too.</p></b>'
    )
    assert first == m.Paragraph((m.Strong(t("a ")), m.Text("b"))) and second == m.Paragraph(
        (m.Strong(t("c is said here, too.")),)
    )


SHEET = "<style>.c1{color:#000;font-weight:700} span.c3, .s12 {font-style:italic} .c4{font-weight:400} .big{font-weight:bold}</style>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<span class="c1">a</span>', (m.Strong(t("a")),)),
        ('<span class="c3">a</span>', (m.Emph(t("a")),)),
        ('<span class="c9 s12">a</span>', (m.Emph(t("a")),)),
        ('<span class="c1" style="font-weight:400">a</span>', ()),
        ('<span class="c4">a</span>', ()),
        ('<span class="big">a</span>', ()),
    ],
)
def test_classes_that_editors_generate(html: str, expected: m.Inlines) -> None:
    assert inlines(SHEET + html) == expected


def test_ticks_of_a_checklist() -> None:
    (block,) = read('<ul class="checklist"><li><p>✓ tar</p></li><li><p>❏ rope</p></li></ul>')
    assert isinstance(block, m.BulletList) and block.tasks == (True, False)
    (block,) = read("<ul><li><p>✓ tar</p></li><li><p>❏ rope</p></li></ul>")
    assert isinstance(block, m.BulletList) and block.tasks == ()
