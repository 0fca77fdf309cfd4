"""Notes without links, whose marks are typed, and look-alikes: enumerations, powers, lists, numbered paragraphs."""

import feed2doc
import pytest
from feed2doc.model import Document, Note, Paragraph, plain_text, texts_of, walk

NOTES = {
    "brackets": "<p>Old [1] and wet [2]. End.</p><p>Sunk.</p><p>[1] Of hemp.</p><p>[2] Of wire.</p>",
    "brackets without a space": "<p>绳[1]，网[2]。</p><p>完。</p><p>[1]Of hemp.</p><p>[2]Of wire.</p>",
    "raised brackets": "<p>Old.<sup>[1]</sup> Wet.<sup>[2]</sup></p><hr><p><sup>[1]</sup> Of hemp.</p><p><sup>[2]</sup> Of wire.</p>",
    "raised": "<p>Old.<sup>1</sup> Wet.<sup>2</sup></p><p>Sunk.</p><p><sup>1</sup>Of hemp.</p><p><sup>2</sup> Of wire.</p>",
    "raised, in one paragraph": "<p>Old.<sup>1</sup> Wet.<sup>2</sup></p><p>Sunk.</p><p><sup>1</sup>Of hemp.<br><sup>2</sup>Of wire.</p>",
    "after a year": "<p>In 1911<sup>1</sup> and 1912<sup>2</sup>.</p><p>Sunk.</p><p>1) Of hemp.</p><p>2) Of wire.</p>",
    "German": "<p>Alt<sup>1)</sup> und nass<sup>2)</sup>.</p><p>Ende.</p><p>1) Of hemp.</p><p>2) Of wire.</p>",
    "letters": "<p>Old<sup>a</sup> and wet<sup>b</sup>.</p><p>Sunk.</p><p><sup>a</sup> Of hemp.</p><p><sup>b</sup> Of wire.</p>",
    "signs": "<p>Old*, and wet**.</p><p>Sunk.</p><p>* Of hemp.</p><p>**Of wire.</p>",
    "daggers": "<p>The keeper<sup>†</sup> and pilot<sup>‡</sup>.</p><p>Sunk.</p><p>† Of hemp.</p><p>‡ Of wire.</p>",
    "small": "<p>Old<sup>*</sup>, wet<sup>**</sup>.</p><p>Sunk.</p><p><small>* Of hemp.</small></p><p><small>** Of wire.</small></p>",
    "superscripts": "<p>Old¹ and wet.² End.</p><p>Sunk.</p><p>¹ Of hemp.</p><p>² Of wire.</p>",
    "circled": "<p>绳很旧①，网很湿②。</p><p>完。</p><p>①Of hemp.</p><p>②Of wire.</p>",
    "one line after a title": "<p>绳很旧<sup>①</sup>，网很湿<sup>②</sup>。</p><p>完。</p><p>注：① Of hemp.<br>② Of wire.</p>",
    "words": "<p>绳（注1），网（注2）。</p><p>完。</p><p>注1：Of hemp.</p><p>注2：Of wire.</p>",
    "tortoise-shell brackets": "<p>绳〔1〕，网〔2〕。</p><p>完。</p><p>注释</p><p>〔1〕Of hemp.</p><p>〔2〕Of wire.</p>",
    "Japanese": "<p>縄※1が、網※2。</p><p>以上。</p><p>※1 Of hemp.</p><p>※2 Of wire.</p>",
    "French": "<p>La corde (1) est vieille (2).</p><p>Fin.</p><p>(1) Of hemp.</p><p>(2) Of wire.</p>",
    "left over from Markdown": "<p>Old[^1] and wet[^2].</p><p>Sunk.</p><p>[^1]: Of hemp.</p><p>[^2]: Of wire.</p>",
    "a list below a title": "<p>Old<sup>1</sup> and wet.<sup>2</sup></p><h3>Notes</h3><ol><li>Of hemp.</li><li>Of wire.</li></ol>",
    "after numbered lines": "<p>1. Old[1](as hemp)</p><p>2. Wet[2].</p><p><b>译注：</b></p><p>[1] Of hemp.</p><p>[2]Of wire.</p>",
    "signs in emphasis": "<p>Old* rope** is wet.</p><p>Sunk.</p><p><em>*Of hemp.</em></p><p><em>**Of wire.</em></p>",
    "circled in brackets": "<p>绳<sup>[①]</sup>，网<sup>[②]</sup>。</p><p>完。</p><p>[①] Of hemp.</p><p>[②] Of wire.</p>",
    "full-width digits": "<p>縄（１）。網は（２）。</p><p>以上。</p><p>（１）Of hemp.</p><p>（２）Of wire.</p>",
    "boxes": "<div>Old [1] and wet [2].</div><div>Sunk.</div><div>[1] Of hemp.</div><div>[2] Of wire.</div>",
    "lines of one box": "<div>Old [1] and wet [2].<br><br>Sunk.<br><br>[1] Of hemp.<br>[2] Of wire.<br><br></div>",
    "a list with labels": "<p>Old [1] and wet [2].</p><h3>Notes</h3><ul><li>[1] Of hemp.</li><li>[2] Of wire.</li></ul>",
    "in emphasis": "<p>Old [1] and wet [2].</p><p>Sunk.</p><p><em>[1] Of hemp.</em></p><p><em>[2] Of wire.</em></p>",
}
NO_NOTES = {
    "powers": "<p>It has 40 m<sup>2</sup>, x<sup>1</sup> and 10<sup>3</sup>.</p><p>1. Wash it.</p><p>2. Dry it.</p><p>3. Oil it.</p>",
    "powers before a list": "<p>40 m<sup>2</sup>.</p><ol><li>Wash it.</li><li>Dry it.</li></ol>",
    "an enumeration": "<p>There are two ways: (1) coil it, or (2) hang it.</p><p>(1) Coiling is quick.</p><p>(2) Hanging is dry.</p>",
    "an enumeration without a colon": "<p>We want (1) rope and (2) tar now.</p><p>(1) Rope is dear.</p><p>(2) Tar is not.</p>",
    "steps": "<p>分三步：①盘绳；②洗绳。</p><p>①盘绳要慢。</p><p>②洗绳要快。</p>",
    "numbered paragraphs": "<p>(1) The rope is coiled.</p><p>(2) The rope of (1) is stowed.</p><p>(3) Both are checked.</p>",
    "a rule that is named twice": "<p>Rule (1). It is (1).</p><p>Be kind.</p><p>(1) Nobody shouts.</p>",
    "verses": "<p><sup>1</sup> In the beginning. <sup>2</sup> It was long.</p><p><sup>3</sup> And it was good.</p>",
    "bullets": "<p>We need*:</p><p>* rope</p><p>* tar</p>",
    "a sign that nothing has": "<p>Wash it.</p><p>* First printed in 2019.</p>",
    "a sign within words": "<p>Leser*innen und 2*3 Seile.</p><p>* Ein Stern.</p>",
    "a rude word": "<p>He said f*** twice.</p><p>*** End of the day ***</p>",
    "a missing mark": "<p>Old [1].</p><p>Sunk.</p><p>[1] Of hemp.</p><p>[2] Of wire.</p>",
    "another order": "<p>Old [2] and wet [1].</p><p>Sunk.</p><p>[1] Of hemp.</p><p>[2] Of wire.</p>",
    "program text": "<p>Use <code>a[1]</code>.</p><p>Sunk.</p><p>[1] is the last.</p>",
    "a link to another page": '<p>Old<sup><a href="https://rope.example/1">1</a></sup>.</p><p>Sunk.</p><p>1. Of hemp.</p>',
    "many paragraphs below": "<p>Old (1).</p><p>(1) Of hemp.</p>" + "<p>The text goes on here.</p>" * 4,
    "links of Markdown": "<p>Old [1](https://e.org/) rope.</p><p>Sunk.</p><p>[1] Of hemp.</p>",
    "a dialogue of lines": "<p>Old?<br>[1] Yes.<br>So it is.</p><p>Sunk.</p>",
    "a list that is cited": "<p>We have [1] and [3].</p><ul><li>[1] Hemp</li><li>[2] Wire</li></ul>",
    "a sentence about a number": "<p>See (1).</p><p>Sunk.</p><p>(1) is wrong.</p>",
    "a variable": "<p>For x<sup>1</sup> = x we find y<sup>2</sup>.</p><p>Sunk.</p><p>1. Take x.</p><p>2. Take y.</p>",
    "a list of numbers": "<p>Part [1] of it.</p><p>Sunk.</p><p>[1] [2] [3]</p>",
    "an atomic number": "<p>The <sup>14</sup>C date, the <sup>1</sup>H line.</p><p>1. Of hemp.</p>",
}  # fmt: skip


def read(html: str) -> Document:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"[h](https://quay.example/a)\n------\n{html}".encode(), env=env)
    assert not [d for d in env.diagnostics if d.kind == "loss"], env.diagnostics
    return document


def notes_of(document: Document) -> list[str]:
    notes = [node for node in walk(document) if isinstance(node, Note)]
    return [" ".join(plain_text(t) for b in note.blocks for t in texts_of(b)) for note in notes]


@pytest.mark.parametrize("style", NOTES)
def test_notes_with_typed_marks(style: str) -> None:
    document = read(NOTES[style])
    assert notes_of(document) == ["Of hemp.", "Of wire."]
    assert len(document.sections) == 1 and not document.sections[0].heading
    assert all(isinstance(block, Paragraph) for block in document.sections[0].blocks)


@pytest.mark.parametrize("kind", NO_NOTES)
def test_look_alikes_are_not_notes(kind: str) -> None:
    assert not notes_of(read(NO_NOTES[kind]))


def test_a_typed_mark_touches_the_word_before_it() -> None:
    text = feed2doc.write(read(NOTES["brackets"]), "markdown")
    assert "Old<sup>1</sup> and wet<sup>2</sup>. End." in text
    assert "[1]" not in text


def test_each_section_has_its_own_typed_notes() -> None:
    sections = "".join(
        f"<h2>{each}</h2><p>Old [1] {each}.</p><p>[1] Of {each}.</p>" for each in ("hemp", "wire")
    )
    assert notes_of(read(sections)) == ["Of hemp.", "Of wire."]


def test_a_typed_note_of_two_paragraphs() -> None:
    document = read(
        "<p>Old [1] and wet [2].</p><p>Sunk.</p><p>[1] Of hemp.</p><p>Or so.</p><p>[2] Of wire.</p><p>End.</p>"
    )
    assert notes_of(document) == ["Of hemp. Or so.", "Of wire."]
    assert "Sunk.\n\nEnd." in feed2doc.write(document, "text")


def test_text_between_typed_notes_that_has_the_next_mark_is_not_part_of_them() -> None:
    document = read("<p>Old [1].</p><p>[1] Of hemp.</p><p>And wet [2].</p><p>[2] Of wire.</p>")
    assert notes_of(document) == ["Of hemp.", "Of wire."]
    assert "Old(1).\n\nAnd wet(2)." in feed2doc.write(document, "text")


def test_notes_with_links_and_typed_ones() -> None:
    html = (
        '<p>Old<sup><a href="#n1" id="b1">1</a></sup> and dear*.</p><p>Sunk.</p><p>* In crowns.</p>'
        '<ol><li id="n1">Of hemp. <a href="#b1">↩</a></li></ol>'
    )
    assert notes_of(read(html)) == ["Of hemp.", "In crowns."]
