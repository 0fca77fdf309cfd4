"""Footnotes in the styles of the web, and links that are not footnotes."""

import feed2doc
import pytest
from feed2doc.model import Link, Note, Paragraph, plain_text, texts_of, walk

END = "<p>The last paragraph has no reference at all.</p>"


def read(html: str) -> tuple[str, list[str]]:
    """Return the text of an article without its notes, and the notes. Nothing may be lost."""
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"[h](https://quay.example/a)\n------\n{html}".encode(), env=env)
    assert not [d for d in env.diagnostics if d.kind == "loss"], env.diagnostics
    blocks = [block for section in document.sections for block in section.blocks]
    notes = [node for node in walk(document) if isinstance(node, Note)]
    words = " ".join(
        plain_text(tuple(node for node in text if not isinstance(node, Note)))
        for block in blocks
        for text in texts_of(block)
        if isinstance(block, Paragraph)
    )
    return words, [" ".join(plain_text(t) for b in note.blocks for t in texts_of(b)) for note in notes]


STYLES = {
    "GFM": '<p>Hemp<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref>1</a></sup>.</p>{end}<section'
    ' data-footnotes class="footnotes"><ol><li id="user-content-fn-1"><p>Wet. <a href="#user-content-fnref-1"'
    ' data-footnote-backref class="data-footnote-backref">↩</a></p></li></ol></section>',
    "Pandoc": '<p>Hemp<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>.</p>{end}<section'
    ' id="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>Wet.<a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol>'
    "</section>",
    "Word": '<p>Hemp<a href="#_ftn1" name="_ftnref1" title=""><span>[1]</span></a>.</p>{end}<div><br clear="all"><hr><div id="ftn1">'
    '<p><a href="#_ftnref1" name="_ftn1" title=""><span>[1]</span></a> Wet.</p></div></div>',
    "Google Docs": '<p>Hemp<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p>{end}<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]'
    "</a>&nbsp;Wet.</p></div>",
    "Substack": '<p>Hemp<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" class="footnote-anchor"'
    ' target="_self">1</a>.</p>{end}<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1"'
    ' href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>Wet.</p></div></div>',
    "Docutils": '<p>Hemp<a class="brackets" href="#id3" id="id1">1</a>.</p>{end}<dl class="footnote brackets"><dt class="label" id="id3">'
    '<span class="brackets"><a class="fn-backref" href="#id1">1</a></span></dt><dd><p>Wet.</p></dd></dl>',
    "Docutils, as a table": '<p>Hemp<a class="footnote-reference" href="#id2" id="id1">[1]</a>.</p>{end}<table class="docutils footnote"'
    ' id="id2"><tr><td class="label"><a class="fn-backref" href="#id1">[1]</a></td><td>Wet.</td></tr></table>',
    "cells": '<p>Hemp<a href="#n1"><sup>1</sup></a>.</p>{end}<table><tr><td><a name="n1">1</a></td><td>Wet.</td></tr></table>',
    "number as text": '<p>Hemp<sup><a href="#n1">1</a></sup>.</p>{end}<p id="n1">1. Wet.</p>',
    "number in sup": '<p>Hemp<sup><a href="#n1">1</a></sup>.</p>{end}<p id="n1"><sup>1</sup> Wet.</p>',
    "back link with a stop": '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup>.</p>{end}<p id="n1"><a href="#b1">1</a>) Wet.</p>',
    "Chinese": '<p>Hemp<a href="#z1">［注1］</a>.</p>{end}<p id="z1">Wet.</p>'.replace("［", "[").replace("］", "]"),
    "a word alone": '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup>.</p>{end}<p id="n1"><sup>1</sup> Wet. <a href="#b1">↑ back</a></p>',
    "a word": '<p>Hemp<a href="#x">(note 3)</a>.</p>{end}<ul><li id="x">Wet. <a href="#y" class="backlink">Back to text</a></li></ul>'
    .replace("<p>Hemp", '<p id="y">Hemp'),
    "Tufte": '<p>Hemp<label for="s1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="s1" class="margin-toggle">'
    '<span class="sidenote">Wet.</span>.</p>{end}',
    "LaTeXML": '<p>Hemp<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span'
    ' class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1'
    "</span>Wet.</span></span></span>.</p>{end}",
    "WordPress plugin": '<p>Hemp<span class="footnote_referrer"><a role="button" tabindex="0"><sup class="footnote_plugin_tooltip_text">1'
    '</sup></a><span class="footnote_tooltip">Wet.</span></span>.</p>{end}<div class="speaker-mute footnotes_reference_container">'
    "<table><tr><th>1</th><td>Wet.</td></tr></table></div>",
    "Modern Footnotes in a feed": '<p>Hemp<sup class="modern-footnotes-footnote ">1</sup>.</p>{end}<div>1&nbsp;&nbsp;&nbsp;&nbsp;Wet.</div>',
    "WordPress plugin in a feed": '<p>Hemp<sup class="footnote_plugin_tooltip_text">1</sup>.</p>{end}<div>1 Wet.</div>',
    "data attribute": '<p>Hemp<sup data-footnote="Wet.">1</sup>.</p>{end}',
    "title": '<p>Hemp<sup><a href="#" class="fn" title="Wet.">*</a></sup>.</p>{end}',
    "data attribute of a word": '<p><span data-footnote="Wet.">Hemp</span>.</p>{end}',
    "data attribute without a mark": '<p>Hemp<span class="js_note" data-wr-footernote="Wet."></span>.</p>{end}',
    "data attribute twice": '<p>Hemp<sup title="Wet."><a href="#" title="Wet."><span data-note="Wet.">1</span></a></sup>.</p>{end}',
    "pop-up with a title": '<p>Hemp<a tabindex="0" data-toggle="popover" title="Note 1" data-content="Wet.">1</a>.</p>{end}',
    "circled number": '<p>Hemp<span class="note" title="Wet.">①</span>.</p>{end}',
    "Chinese title": '<p>Hemp<sup title="Wet.">[注1]</sup>.</p>{end}',
    "hidden in the mark": '<p>Hemp<sup>1<span class="footnote-text" style="display:none">Wet.</span></sup>.</p>{end}',
    "hidden after the mark": '<p>Hemp<sup>1</sup><span class="note" style="display: none">Wet.</span>.</p>{end}',
    "hidden and linked": '<p>Hemp<sup><a href="#n1">1</a></sup><span id="n1" hidden>Wet.</span>.</p>{end}',
    "described by": '<p>Hemp<button aria-describedby="n1">1</button>.</p>{end}<div id="n1" role="tooltip" hidden>Wet.</div>',
    "shortcode": "<p>Hemp[footnote]Wet.[/footnote].</p>{end}",
    "shortcode of Easy Footnotes": "<p>Hemp[efn_note]Wet.[/efn_note].</p>{end}",
    "What If": '<p>Hemp<span class="ref"><span class="refnum">[1]</span><span class="refbody">Wet.</span></span>.</p>{end}',
    "side note with a switch": '<p>Hemp<label for="s1" class="sidenote-toggle">1</label><input type="checkbox" id="s1">'
    '<span class="sidenote">Wet.</span>.</p>{end}',
    "Modern Footnotes": '<p>Hemp<sup class="modern-footnotes-footnote" data-mfn="1"><a href="javascript:void(0)" title="Wet."'
    ' role="button">1</a></sup><span role="tooltip" class="modern-footnotes-footnote__note" data-mfn="1">Wet.</span>.</p>{end}',
    "Modern Footnotes, described": '<p>Hemp<sup class="modern-footnotes-footnote" data-mfn="1"><a href="javascript:void(0)" role="button"'
    ' aria-describedby="mfn-1">1</a></sup><span id="mfn-1" role="tooltip" class="modern-footnotes-footnote__note">Wet.</span>.</p>{end}',
    "AsciiDoctor": '<p>Hemp<sup class="footnote">[<a id="_footnoteref_1" class="footnote" href="#_footnotedef_1">1</a>]</sup>.</p>{end}'
    '<div id="footnotes"><hr><div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. Wet.</div></div>',
    "brackets as elements": '<p>Hemp<span>[</span><a class="fnref" href="#n1" id="b1">1</a><span>]</span>.</p>{end}<p id="n1">1. Wet.</p>',
    "round brackets": '<p>Hemp<sup>(<a href="#n1" id="b1">1</a>)</sup>.</p>{end}<p id="n1">(1) Wet.</p>',
    "Distill": "<p>Hemp<d-footnote>Wet.</d-footnote>.</p>{end}",
    "runs of text": '<font>Hemp[<a href="#f1n"><font>1</font></a>].<br><br>{end}<br><br>[<a name="f1n"><font>1</font></a>] Wet.<br><br></font>',
    "popover": '<p>Hemp<button class="note-button" popovertarget="n1">1</button><span popover id="n1">Wet.</span>.</p>{end}',
    "star": '<p>Hemp<a href="#star">*</a>.</p>{end}<p id="star">* Wet.</p>',
    "dagger": '<p>Hemp<sup><a href="#dag">††</a></sup>.</p>{end}<p id="dag">†† Wet.</p>',
    "popover further down": '<p>Hemp<button popovertarget="n1">1</button>.</p>{end}<div id="n1" popover>Wet.</div>',
    "a back link with a number": '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup>.</p>{end}<ol><li id="n1">Wet. <a href="#b1"><span aria-hidden="true">↩</span>'
    '<span class="screen-reader-text">Back to footnote reference 1</span></a></li></ol>',
    "circled in brackets": '<p>Hemp<a href="#_ftn1" name="_ftnref1">[①]</a>.</p>{end}<p id="_ftn1"><a href="#_ftnref1">[①]</a> Wet.</p>',
    "an encoded fragment": '<p>Hemp<sup id="fnref:1"><a href="#fn%3A1">1</a></sup>.</p>{end}<ol><li id="fn:1">Wet. <a href="#fnref%3A1">↩</a></li></ol>',
    "a number in a span": '<p>Hemp<a href="#n1" id="b1"><sup>1</sup></a>.</p>{end}<ul><li id="n1"><span>1</span> Wet. <a href="#b1">↑</a></li></ul>',
    "back link in brackets": '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup>.</p>{end}<ol><li id="n1">Wet. [<a href="#b1">↩</a>]</li></ol>',
    "back link with a word and a sign": '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup>.</p>{end}<p id="n1">Wet. (<a href="#b1">back ⤶</a>)</p>',
    "Texinfo": '<p>Hemp<a class="footnote" id="D1" href="#F1"><sup>1</sup></a>.</p>{end}<hr><h4>Footnotes</h4><h5><a id="F1" href="#D1">(1)</a>'
    "</h5><p>Wet.</p>",
    "Wikidot": '<p>Hemp<sup><a href="javascript:;" onclick="WIKIDOT.page.utils.scrollToReference(\'n-1\')" id="r-1">1</a></sup>.</p>{end}'
    '<div id="n-1"><a href="javascript:;" onclick="WIKIDOT.page.utils.scrollToReference(\'r-1\')">1</a>. Wet.</div>',
    "Hatena": '<p>Hemp<span class="footnote"><a href="#f-1" name="fn-1" title="Wet.">*1</a></span>.</p>{end}<div class="footnote"><p>'
    '<a href="#fn-1" name="f-1" class="footnote-number">*1</a><span class="footnote-delimiter">:</span><span class="footnote-text">Wet.'
    "</span></p></div>",
    "Zhihu, with its list": '<p>Hemp<sup data-text="Wet." data-url="" data-draft-type="reference" data-numero="1">[1]</sup>.</p>{end}<h2>参考'
    '</h2><ol class="ReferenceList"><li><a class="ReferenceList-backLink" href="#r">^</a><span>Wet.</span></li></ol>',
    "a raised word": '<p>Hemp<sup id="fnref-hemp"><a href="#fn-hemp" class="footnote-ref">hemp</a></sup>.</p>{end}<ul class="footnotes"><li id="fn-hemp">Wet.'
    ' <a href="#fnref-hemp">back</a></li></ul>',
    "a raised number after the sign": '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup>.</p>{end}<ol><li id="n1">Wet. <a href="#b1">↩</a> <a href="#b1">↩²</a></li></ol>',
    "a role": '<p>Hemp<span role="doc-footnote">Wet.</span>.</p>{end}',
    "HTML in a title": '<p>Hemp<sup title="&lt;i&gt;Wet&lt;/i&gt;.">[2]</sup>.</p>{end}',
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_a_note_is_at_its_reference_without_its_label(style: str) -> None:
    html = STYLES[style].format(end=END)
    assert read(html) == ("Hemp. The last paragraph has no reference at all.", ["Wet."])


@pytest.mark.parametrize(
    "html",
    [
        '<p>By <a href="#thm">2</a> it holds.</p>{end}<div id="thm"><p>Theorem 2. It holds.</p></div>',
        '<p>By (<a href="#eq3">3</a>) it holds.</p>{end}<p id="eq3">a = b (3)</p>',
        '<p>See section <a href="#s4">4</a>.</p>{end}<section id="s4"><p>On ropes.</p></section>',
        '<p><a href="#a">a</a> <a href="#b">b</a></p>{end}<div id="a"><p>Anchor</p></div><div id="b"><p>Bight</p></div>',
        '<p>Figure <a href="#fig1">1</a> shows it.</p>{end}<div id="fig1"><p>A rope.</p></div>',
        '<p>It is public<sup><a href="https://e.org/3" title="The third page">3</a></sup>.</p>{end}',
        '<p>Ten m<sup title="square metres">2</sup>x.</p>{end}'.replace(' title="square metres"', ""),
        '<p>In <a href="https://e.org/" title="Words of a title">7</a> ports.</p>{end}',
        '<p>Ten m<sup title="square metres">2</sup> of it.</p>{end}',
        '<p>It is x<sup>2</sup><span style="display:none">squared</span>.</p>{end}',
        '<p>So f(<span class="tooltip" title="The variable of it.">x</span>) is it.</p>{end}',
        '<p>It is 好<span class="tooltip" title="A letter of it.">a</span>.</p>{end}',
        '<p>It is 10<sup title="to the power of six">6</sup>.</p>{end}',
        '<p>The <span class="tooltip" data-tooltip="A letter of the alphabet">x</span> is it.</p>{end}',
        '<p>In <span class="tooltip" title="The second of May">5</span> years.</p>{end}',
        '<table><tr><th><span class="tooltip" title="Number of ropes">n</span></th></tr><tr><td>1</td></tr></table>{end}',
        '<p>x<span class="badge note" data-content="12345">5</span>.</p>{end}',
        '<p>Hemp<sup data-fn="5e3a-11"><a href="#5e3a-11">1</a></sup>.</p>{end}',
        '<p>Hemp<sup><a href="#none" title="Jump to footnote 1">1</a></sup>.</p>{end}',
        '<p>大麻<sup class="reference"><a href="#" title="跳转到脚注1">1</a></sup>是北方的植物，在这里已经有很长时间了。</p>',
        '<p>It has <span class="count">1</span><span style="display:none">comment of a reader</span>.</p>{end}',
        '<p>It has 5 km<sup>2</sup><span style="display:none">square kilometres</span>.</p>{end}',
        '<p>It has 5 m<sup>2<span style="display:none">square metres</span></sup>.</p>{end}',
        '<p>On <a href="#s1">1</a> rope.</p>{end}<h3 id="s1">1</h3><p>Hemp, and wire.</p>',
        '<p>Go <a href="javascript:;" onclick="scrollToElement(\'map\')">down</a> to the map.</p>{end}<div id="map"><p>The map.</p></div>',
        '<p>Le XIX<sup>e</sup><span style="display:none">siècle des cordes</span>.</p>{end}',
    ],
)
def test_other_links_and_numbers_are_not_notes(html: str) -> None:
    assert read(html.format(end=END))[1] == []


@pytest.mark.parametrize(
    "html",
    [
        "<pre>a [fn]Wet rope.[/fn] b</pre>",
        "<p>Write <code>[note]Wet rope.[/note]</code> for it.</p>",
        "<p>It is between [note] and [/note], or [ref] alone.</p>",
    ],
)
def test_shortcodes_of_notes_in_program_text_or_alone_are_text(html: str) -> None:
    document = feed2doc.read(f"<h1>h</h1><p>Before.</p>{html}<p>After.</p>".encode())
    text = feed2doc.model.plain_article(document)
    assert "[fn]Wet rope.[/fn]" in text or "[note]" in text


def test_marks_next_to_each_other_have_their_own_notes() -> None:
    html = '<p>Hemp<sup title="It is wet.">1</sup><sup title="It holds.">2</sup>.</p>'
    assert read(html + END)[1] == ["It is wet.", "It holds."]


def test_the_brackets_around_several_marks_are_left_out() -> None:
    marks = '<a href="#n1" class="fn">1</a>, <a href="#n2" class="fn">2</a>'
    notes = '<p id="n1">1. It is wet.</p><p id="n2">2. It holds.</p>'
    for raised in (f"<sup>[{marks}]</sup>", f"[{marks}]", f"<sup>{marks}</sup>"):
        html = f"<p>Hemp{raised}.</p>{END}{notes}"
        assert read(html) == (
            "Hemp, . The last paragraph has no reference at all.",
            ["It is wet.", "It holds."],
        )


def test_brackets_with_words_in_them_stay() -> None:
    html = f'<p>Hemp (see <a href="#n1" class="fn">1</a>) [as <a href="#n2" class="fn">2</a>].</p>{END}'
    words, notes = read(f'{html}<p id="n1">1. It is wet.</p><p id="n2">2. It holds.</p>')
    assert words.startswith("Hemp (see ) [as ].") and len(notes) == 2


def test_a_note_in_an_attribute_keeps_its_markup() -> None:
    html = "<p>See &lt;a href='https://e.org/x'&gt;the table&lt;/a&gt;.</p><p>Salt &amp;amp; tar</p>"
    document = feed2doc.read(
        f'<p>It was so for a day.</p><p>Hemp<sup data-footnote="{html}">1</sup>.</p>{END}'.encode(),
        format="html",
    )
    (note,) = (each for each in walk(document) if isinstance(each, Note))
    assert [plain_text(text) for block in note.blocks for text in texts_of(block)] == [
        "See the table.",
        "Salt & tar",
    ]
    assert [each.url for each in walk(note) if isinstance(each, Link)] == ["https://e.org/x"]


def test_notes_outside_the_article_of_a_page_are_its_notes() -> None:
    html = (
        '<html lang="en"><body><article><h1>Rope</h1><p>Hemp holds.<a href="#fn1" id="r1">[1]</a></p><p>Steel rusts.</p></article>'
        '<aside><p>Also read: <a href="#x">1</a></p></aside><footer><ol><li id="fn1">Wet. <a href="#r1">↩</a></li></ol></footer>'
        "</body></html>"
    )
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(html.encode(), env=env)
    notes = [node for node in walk(document) if isinstance(node, Note)]
    assert [plain_text(t) for note in notes for b in note.blocks for t in texts_of(b)] == ["Wet."]
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    "html",
    [
        '<pre>x<sup><a href="#n">1</a></sup> <p id="n">1 note</p></pre>',
        '<pre>x<sup><a href="#n">1</a></sup></pre><p id="n">1 note</p>',
        '<p>x<sup><a href="#n">1</a></sup></p><pre><code id="n">1 note</code></pre>',
    ],
)
def test_program_text_has_no_notes_and_no_text_twice(html: str) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"<article><h1>Rope</h1><p>Hemp holds.</p>{html}</article>".encode(), env=env)
    assert feed2doc.write(document, "text", width=0).count("1 note") == 1
    assert not [d for d in env.diagnostics if d.rule == "account"]


def test_a_link_in_a_sentence_of_a_note_stays_in_it() -> None:
    html = '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup>.</p><p id="n1"><sup>1</sup> The way <a href="#c">back</a> is wet.</p>'
    found = feed2doc.read(f"[h](https://e.org/)\n---\n{html}<p id=c>End.</p>".encode())
    assert "The way back is wet." in str(feed2doc.write(found, "text")).replace("\n", " ")


@pytest.mark.parametrize(
    "reference",
    [
        '<sup><a href="#n1">[1]</a><span class="footnote-tooltip">It is wet in May.</span></sup>',
        '<sup><a href="#n1">[1]</a><span class="fn-x" role="tooltip">It is wet in May.</span></sup>',
        '<sup><a href="#n1">[1]</a></sup><span class="tooltiptext">It is wet …</span>',
        '<sup><span><a href="#n1">[1]</a></span><small class="popover">1. It is wet in May</small></sup>',
        '<sup class="tooltip"><a href="#n1">[1]</a><span class="tooltiptext">It is wet in May.</span></sup>',
    ],
)
def test_the_copy_of_a_note_at_its_reference_is_left_out(reference: str) -> None:
    html = (
        f'<p>Hemp{reference} and tar.</p>{END}<ol><li id="n1">It is wet in May. <a href="#r1">↑</a></li></ol>'
    )
    words, notes = read(html)
    assert words.startswith("Hemp and tar.") and "wet" not in words
    assert notes == ["It is wet in May."]


def test_other_words_at_a_reference_stay() -> None:
    html = (
        '<p>Hemp<sup><a href="#n1">[1]</a></sup><span class="tooltiptext">A plant.</span> and <span>It is'
        f' wet</span>.</p>{END}<ol><li id="n1">It is wet in May.</li></ol>'
    )
    words, notes = read(html)
    assert words.startswith("Hemp and It is wet.") and notes == ["It is wet in May.", "A plant."]


def test_notes_that_are_lines_of_one_paragraph() -> None:
    marks = '<p>Hemp<sup><a href="#a">1</a></sup> and tar<sup><a href="#b">2</a></sup> are it.</p>'
    notes = '<p><a name="a"></a>1. It is wet.<br><a name="b"></a>2. It <i>holds</i>,<br>as a rule.</p>'
    assert read(marks + END + notes)[1] == ["It is wet.", "It holds,\nas a rule."]


def test_notes_that_are_lines_of_one_paragraph_with_links_back() -> None:
    marks = '<p>Hemp<sup><a href="#a" name="x">1</a></sup> and tar<sup><a href="#b" name="y">2</a></sup> are it.</p>'
    notes = '<p><a name="a" href="#x">1</a>. Wet.<br><a name="b" href="#y">2</a>. Dry.</p>'
    assert read(marks + END + notes)[1] == ["Wet.", "Dry."]


def test_an_anchor_in_a_sentence_is_no_note() -> None:
    html = f'<div>See [<a href="#x">1</a>] of it.<br><br>{END}<br>The rope <a name="x">1</a> is long.<br><br>It holds.</div>'
    assert read(html)[1] == []


def test_references_in_one_paragraph_stay_in_it() -> None:
    marks = '<p>Hemp<sup><a href="#n1" id="b1">1</a></sup> and tar.<sup><a href="#n2" id="b2">2</a></sup></p>'
    notes = '<p id="n1"><a href="#b1">1</a>. It is wet.</p><p id="n2"><a href="#b2">2</a>. It holds.</p>'
    words, found = read(marks + END + notes)
    assert words.startswith("Hemp and tar.") and found == ["It is wet.", "It holds."]


@pytest.mark.parametrize(
    "html",
    [
        '<p>See row <a href="#a">1</a>.</p><table><tr><td id="a">1</td><td>Wet</td></tr><tr><td>2</td><td>Dry</td></tr></table>',
        '<p>See step <a href="#a">1</a>.</p><dl><dt id="a">1</dt><dd>Wet</dd></dl>',
        '<p>See <a href="#a">hemp</a>.</p><dl><dt id="a">hemp</dt><dd>Wet</dd></dl>',
    ],
)
def test_links_to_rows_and_terms_are_no_notes(html: str) -> None:
    assert read(f"{html}{END}")[1] == []


def test_notes_of_zhihu_have_their_text_and_link() -> None:
    sup = '<sup data-text="{}" data-url="{}" data-draft-type="reference">[1]</sup>'
    html = f"<p>绳子{sup.format('来自埃及。', 'https://e.org/x')}，绳{sup.format('', 'https://e.org/y')}，子{sup.format('', '')}。</p>"
    assert read(html) == ("绳子，绳，子[1]。", ["来自埃及。 https://e.org/x", "https://e.org/y"])


def test_the_numbers_of_links_back_and_labels_in_elements_are_left_out() -> None:
    twice = (
        '<p>Hemp<sup id="a"><a href="#n">1</a></sup>, tar<sup id="b"><a href="#n">1</a></sup>.</p><ol><li id="n">Wet. <a href="#a">↩</a> '
        '<a href="#b">↩<sup>2</sup></a></li></ol>'
    )
    assert read(twice)[1] == ["Wet."]
    label = '<p>Hemp<a href="#n">*</a>.</p><div class="fn" id="n"><p><span class="fn-label">*</span> Wet.</p></div>'
    assert read(label)[1] == ["Wet."]


def test_the_second_mark_of_a_note_has_its_number_only() -> None:
    html = (
        '<p>Wire<sup><a href="#fn1" id="r1">[1]</a></sup> lasts, long<sup><a href="#fn1" id="r1:1">[1:1]</a></sup>.</p>'
        '<ol><li id="fn1"><p>Of steel. <a href="#r1">↩</a> <a href="#r1:1">↩</a></p></li></ol><p>See <a href="#t">1:1</a>.</p>'
    )
    words, notes = read(html)
    assert words.startswith("Wire lasts, long[1].") and "See 1:1." in words
    assert notes == ["Of steel."]


def test_notes_of_words_lead_back_to_them() -> None:
    html = '<p>Ropes are <a href="#n" id="r">very old</a>.</p><ol><li id="n">Since Egypt. <a href="#r" aria-label="Back">↩</a></li></ol>'
    assert read(html) == ("Ropes are very old.", ["Since Egypt."])
    assert read(html.replace("↩", "above"))[1] == []
    assert read(html.replace('id="r"', 'id="s"'))[1] == []
