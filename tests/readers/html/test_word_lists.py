"""Lists that Word writes as paragraphs."""

from collections.abc import Callable

import feed2doc
import pytest
from feed2doc import model as m


def blocks(html: str) -> m.Blocks:
    """Return the blocks between two paragraphs of an article, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    page = f"<p class=MsoNormal>Bring:<o:p></o:p></p>{html}<p class=MsoNormal>That is all.</p>"
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    return tuple(block for section in document.sections for block in section.blocks)[1:-1]


def outline(found: m.Blocks) -> list[str]:
    """Return the texts of paragraphs and items, each item with its mark, those in an item after a dot."""
    made: list[str] = []
    for block in found:
        match block:
            case m.BulletList(items):
                rows = [("*", item) for item in items]
            case m.OrderedList(items, numbering=kind):
                rows = [(f"{kind}{n}", item) for n, item in zip(m.item_numbers(block), items, strict=True)]
            case m.Paragraph(content):
                made.append(m.plain_text(content))
                continue
            case _:
                pytest.fail(str(block))
        for mark, item in rows:
            first, *inner = outline(item) or [""]
            made += [f"{mark} {first}", *(f".{each}" for each in inner)]
    return made


def word(mark: str, text: str, level: int = 1, spaces: str = "&nbsp;&nbsp;&nbsp; ", name: str = "l0") -> str:
    """Return an item as Word writes it."""
    ignored = f'<span style="mso-list:Ignore">{mark}<span style="font:7.0pt &quot;Times New Roman&quot;">{spaces}</span></span>'
    return (
        f'<p class="MsoListParagraphCxSpMiddle" style="text-indent:-18.0pt;mso-list:{name} level{level} lfo1">'
        f'<![if !supportLists]><span style="font-family:Symbol">{ignored}</span><![endif]>{text}<o:p></o:p></p>'
    )


def plain(mark: str, text: str) -> str:
    """Return an item as mail programs leave it."""
    return f'<p class="MsoListParagraph"><span style="font-family:Symbol">{mark}</span><span>&nbsp;&nbsp; </span>{text}</p>'


@pytest.mark.parametrize("make", [word, plain])
@pytest.mark.parametrize("mark", ["·", "o", "§", "•"])
def test_paragraphs_with_a_bullet_are_a_list(make: Callable[[str, str], str], mark: str) -> None:
    (made,) = blocks(make(mark, "Oil") + "\n" + make(mark, "two <b>rags</b>"))
    assert outline((made,)) == ["* Oil", "* two rags"]


def test_paragraphs_with_a_number_are_a_numbered_list() -> None:
    assert outline(blocks(word("1.", "Oil") + word("2.", "Rags"))) == ["11 Oil", "12 Rags"]
    assert outline(blocks(word("4)", "Oil") + word("5)", "Rags"))) == ["14 Oil", "15 Rags"]
    assert outline(blocks(word("(a)", "Oil") + word("(b)", "Rags"))) == ["a1 Oil", "a2 Rags"]
    assert outline(blocks(word("i.", "Oil") + word("ii.", "Rags"))) == ["i1 Oil", "i2 Rags"]
    assert outline(blocks(word("b.", "Oil") + word("c.", "Rags"))) == ["a2 Oil", "a3 Rags"]


def test_a_deeper_level_is_a_list_in_the_item_above() -> None:
    html = word("·", "Oil") + word("o", "of linseed", 2) + word("o", "of hemp", 2) + word("·", "Rags")
    assert outline(blocks(html)) == ["* Oil", ".* of linseed", ".* of hemp", "* Rags"]


@pytest.mark.parametrize(
    "html",
    [
        '<p class="MsoListParagraph">Oil, as always</p>',
        '<p class="MsoListParagraph">o brother</p>',
        "<p>·&nbsp;&nbsp; Oil</p>",
        '<p class="MsoNormal">1.&nbsp;&nbsp; Oil</p>',
        '<p class="MsoListParagraph" style="margin-left:36pt">- 4 degrees</p>',
        '<p class="MsoListParagraph" style="mso-list: none">1.&nbsp; Oil</p>',
        '<p class="MsoNormal" style="mso-list:skip">1.&nbsp; Oil</p>',
    ],
)
def test_other_paragraphs_stay_paragraphs(html: str) -> None:
    (made,) = blocks(html)
    assert isinstance(made, m.Paragraph)


def test_a_paragraph_between_items_parts_two_lists() -> None:
    found = blocks(word("1.", "Oil") + "<p class=MsoNormal>Then</p>" + word("2.", "Rags"))
    assert [type(block) for block in found] == [m.OrderedList, m.Paragraph, m.OrderedList]
    assert outline(found[2:]) == ["12 Rags"]


def test_text_before_a_mark_is_kept() -> None:
    html = '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1">Bring <span style="mso-list:Ignore">1.&nbsp;</span>Oil</p>'
    assert outline(blocks(html)) == ["Bring 1.\u00a0Oil"]


@pytest.mark.parametrize(
    "mark",
    [
        "·&nbsp;&nbsp; ",
        "<span>·</span>&nbsp;&nbsp; ",
        "<span><span>·</span></span>&nbsp;&nbsp; ",
        "<b><span><span></span><i>·</i></span>&nbsp;</b>&nbsp; ",
        '<span style="mso-list:Ignore"><span><span>·</span></span><span>&nbsp;&nbsp; </span></span>',
        '<b><span>\n<span style="mso-list:Ignore">·<span>&nbsp;</span></span></span></b>',
        '<![if !supportLists]><span style="mso-list:Ignore">·</span><span>&nbsp;&nbsp; </span><![endif]>',
        '<a name="_Toc1"></a><span style="mso-list:Ignore">·<span>&nbsp;</span></span>',
        '<span style="mso-list:Ignore"><img src="dot.gif" alt="*" width="12" height="12"><span>&nbsp; </span></span>',
    ],
)
def test_a_mark_is_cut_from_any_elements(mark: str) -> None:
    item = f'<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1">{mark}Oil, <b>rags</b></p>'
    assert outline(blocks(item)) == ["* Oil, rags"]


def test_text_that_begins_like_its_mark_is_kept() -> None:
    html = word("1.", "1. April") + word("2.", "2.5 litres") + word("·", "· Oil") + word("o", "o brother")
    assert outline(blocks(html)) == ["11 1. April", "12 2.5 litres", "* · Oil", "* o brother"]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["1.", "3.", "4."], ["11", "13", "14"]),
        (["1", "2"], ["11", "12"]),
        (["1234.", "1235."], ["11234", "11235"]),
        (["0.", "1."], ["10", "11"]),
        (["I.", "II.", "III.", "IV."], ["I1", "I2", "I3", "I4"]),
        (["v.", "vi."], ["i5", "i6"]),
        (["c.", "d.", "e."], ["a3", "a4", "a5"]),
        (["h.", "i.", "j."], ["a8", "a9", "a10"]),
        (["z.", "aa."], ["a26", "a27"]),
        (["（1）", "（2）"], ["11", "12"]),
    ],
)
def test_numbers_are_kept(marks: list[str], expected: list[str]) -> None:
    html = "".join(word(mark, "Oil") for mark in marks)
    assert outline(blocks(html)) == [f"{mark} Oil" for mark in expected]


def test_marks_that_lists_do_not_have_are_kept_as_text() -> None:
    html = word("Step 1:", "Oil") + word("一、", "Rags") + word("1.1", "Rope", 2)
    assert outline(blocks(html)) == ["Step 1: Oil", "一、Rags", "1.1 Rope"]


def test_the_number_of_a_heading_is_kept() -> None:
    html = word("1.", "Oil").replace("<p", "<h2").replace("</p>", "</h2>")
    document = feed2doc.read(f"<p>Bring</p>{html}<p>Rags</p>".encode(), format="html")
    assert [m.plain_text(section.heading) for section in document.sections if section.heading] == ["1. Oil"]


def test_a_number_that_repeats_those_of_the_items_above() -> None:
    html = word("1.", "Oil") + word("1.1.", "of linseed", 2) + word("1.2.", "of hemp", 2) + word("2.", "Rags")
    assert outline(blocks(html)) == ["11 Oil", ".11 of linseed", ".12 of hemp", "12 Rags"]
    html = word("1.", "Oil") + word("4.1.", "of linseed", 2)
    assert outline(blocks(html)) == ["11 Oil", "4.1. of linseed"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([(2, "o"), (1, "·"), (2, "o")], ["* 0", "* 1", ".* 2"]),
        ([(1, "·"), (3, "§"), (2, "o"), (1, "·")], ["* 0", ".* 1", ".* 2", "* 3"]),
        (
            [(1, "1."), (2, "a."), (3, "i."), (1, "2."), (2, "a.")],
            ["11 0", ".a1 1", "..i1 2", "12 3", ".a1 4"],
        ),
        ([(1, "1."), (2, "o"), (2, "1."), (1, "2.")], ["11 0", ".* 1", ".11 2", "12 3"]),
    ],
)
def test_levels_that_jump(items: list[tuple[int, str]], expected: list[str]) -> None:
    html = "".join(word(mark, str(n), level) for n, (level, mark) in enumerate(items))
    assert outline(blocks(html)) == expected


def test_numbers_that_begin_again_are_of_another_list() -> None:
    for name in ("l0", "l1"):
        found = blocks(word("1.", "Oil") + word("2.", "Rags") + word("1.", "Rope", name=name))
        assert [outline((block,)) for block in found] == [["11 Oil", "12 Rags"], ["11 Rope"]]
    found = blocks(word("·", "Oil") + word("1.", "Rags") + word("·", "Rope"))
    assert [type(block) for block in found] == [m.BulletList, m.OrderedList, m.BulletList]


def test_a_paragraph_of_a_list_without_a_mark_goes_on_with_the_item_above() -> None:
    more = '<p class="MsoListParagraphCxSpMiddle">as always</p>'
    (made,) = blocks(word("1.", "Oil") + more + word("2.", "Rags"))
    assert outline((made,)) == ["11 Oil", ".as always", "12 Rags"]
    assert outline(blocks(word("1.", "Oil") + more)) == ["11 Oil", "as always"]
    wide = more.replace(">", ' style="margin-left: 0cm">', 1)
    assert len(blocks(word("1.", "Oil") + wide + word("2.", "Rags"))) == 3


def test_text_after_an_item_is_not_an_item() -> None:
    assert outline(blocks(word("1.", "Oil") + "as always" + word("2.", "Rags"))) == [
        "11 Oil",
        "as always",
        "12 Rags",
    ]


def test_the_level_may_be_in_the_name_of_the_style() -> None:
    html = '<p class="MsoList">1.&nbsp;&nbsp; Oil</p><p class="MsoList2">a.&nbsp;&nbsp; of hemp</p>'
    assert outline(blocks(html)) == ["11 Oil", ".a1 of hemp"]


def test_pictures_of_an_item_are_kept() -> None:
    html = word("1.", '<img src="https://example.com/quay.jpg" alt="Quay" width="600" height="400"> Oil')
    ((figure, text),) = [
        item for block in blocks(html) if isinstance(block, m.OrderedList) for item in block.items
    ]
    assert isinstance(figure, m.Figure) and outline((text,)) == ["Oil"]


def test_the_initial_of_a_name_is_not_the_mark_of_an_item() -> None:
    html = '<p class="MsoListParagraph">J.&nbsp; Smith has the oil.</p><p class="MsoListParagraph">a.&nbsp; Oil</p>'
    assert outline(blocks(html)) == ["J.\u00a0 Smith has the oil.", "a1 Oil"]
