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
            case m.OrderedList(items, start, _, kind):
                rows = [(f"{kind}{start + n}", item) for n, item in enumerate(items)]
            case m.Paragraph(content):
                made.append(m.plain_text(content))
                continue
            case _:
                pytest.fail(str(block))
        for mark, item in rows:
            first, *inner = outline(item)
            made += [f"{mark} {first}", *(f".{each}" for each in inner)]
    return made


def word(mark: str, text: str, level: int = 1, spaces: str = "&nbsp;&nbsp;&nbsp; ") -> str:
    """Return an item as Word writes it."""
    ignored = f'<span style="mso-list:Ignore">{mark}<span style="font:7.0pt &quot;Times New Roman&quot;">{spaces}</span></span>'
    return (
        f'<p class="MsoListParagraphCxSpMiddle" style="text-indent:-18.0pt;mso-list:l0 level{level} lfo1">'
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
    ],
)
def test_other_paragraphs_stay_paragraphs(html: str) -> None:
    (made,) = blocks(html)
    assert isinstance(made, m.Paragraph)


def test_a_paragraph_between_items_parts_two_lists() -> None:
    found = blocks(word("1.", "Oil") + "<p class=MsoNormal>Then</p>" + word("2.", "Rags"))
    assert [type(block) for block in found] == [m.OrderedList, m.Paragraph, m.OrderedList]
    assert outline(found[2:]) == ["12 Rags"]
