"""The markup of tools for documentation (Sphinx, Asciidoctor, MkDocs, Docusaurus and others), and of editors."""

import pytest
from feed2doc import model as m

from tests.markup import blocks_of


def words(*blocks: m.Block) -> list[str]:
    return [m.plain_text(text) for block in blocks for text in m.texts_of(block) if text]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="admonitionblock note"><table><tr><td class="icon"><i class="fa icon-note" title="Note"></i></td>'
        '<td class="content">It shuts itself.</td></tr></table></div>',
        '<div class="admonitionblock tip"><table><tr><td class="icon"><div class="title">Note</div></td><td class="content">'
        '<div class="paragraph"><p>It shuts itself.</p></div></td></tr></table></div>',
        '<div class="admonitionblock tip"><table><tr><td class="icon"><img src="https://e.org/note.png" alt="Note"></td>'
        '<td class="content">It shuts itself.</td></tr></table></div>',
        '<div class="sidebarblock"><div class="content"><div class="title">Note</div><div class="paragraph"><p>It shuts itself.'
        "</p></div></div></div>",
        '<div class="theme-admonition theme-admonition-note alert"><div class="admonitionHeading_x"><span><svg viewBox="0 0 12 16">'
        '<path d="M6"/></svg></span>Note</div><div class="admonitionContent_y"><p>It shuts itself.</p></div></div>',
        '<aside aria-label="Note" class="starlight-aside"><p class="starlight-aside__title" aria-hidden="true">Note</p>'
        '<div class="starlight-aside__content"><p>It shuts itself.</p></div></aside>',
        '<div class="box notices note"><div class="box-label"><i class="fas"></i> Note</div><div class="box-content"><p>It shuts'
        " itself.</p></div></div>",
        '<div class="topic"><p class="topic-title">Note</p><p>It shuts itself.</p></div>',
        '<aside class="sidebar"><p class="sidebar-title">Note</p><p>It shuts itself.</p></aside>',
        '<div class="NOTE" id="a"><p>Note</p><p>It shuts itself.</p></div>',
        '<details class="note"><summary>Note</summary><p>It shuts itself.</p></details>',
        '<div class="panel panel-info"><div class="panel-heading"><h3 class="panel-title">Note</h3></div><div class="panel-body">It shuts'
        " itself.</div></div>",
        '<div class="card"><div class="card-header">Note</div><div class="card-body"><p>It shuts itself.</p></div></div>',
        '<div class="su-box"><div class="su-box-title">Note</div><div class="su-box-content">It shuts itself.</div></div>',
        "<fieldset><legend>Note</legend><p>It shuts itself.</p></fieldset>",
        '<div class="confluence-information-macro"><p class="title"><b>Note</b></p><div><p>It shuts itself.</p></div></div>',
    ],
)
def test_boxes_have_their_titles(html: str) -> None:
    (box,) = blocks_of(html)
    assert isinstance(box, m.Aside) and box.title == (m.Text("Note"),)
    assert words(*box.blocks) == ["It shuts itself."]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="warning"><p>It shuts itself.</p></div>',
        '<div class="note info"><span class="fa fa-fw"></span><div><p>It shuts itself.</p></div></div>',
        '<aside class="msg"><span class="msg-symbol">!</span><div class="msg-content"><p>It shuts itself.</p></div></aside>',
    ],
)
def test_a_box_without_a_title_is_one(html: str) -> None:
    (box,) = blocks_of(html)
    assert isinstance(box, m.Aside) and not box.title and words(*box.blocks) == ["It shuts itself."]


def test_tables_in_boxes_of_asciidoctor_stay() -> None:
    (box,) = blocks_of(
        '<div class="admonitionblock note"><table><tr><td class="icon"><i title="Note"></i></td><td class="content">'
        "<table><tr><th>Tide</th><th>Hour</th></tr><tr><td>High</td><td>4</td></tr></table></td></tr></table></div>"
    )
    assert isinstance(box, m.Aside) and isinstance(box.blocks[0], m.Table)


@pytest.mark.parametrize("kind", ["quoteblock", "verseblock"])
def test_quotations_and_poems_of_asciidoctor_have_their_author(kind: str) -> None:
    inner = (
        "<blockquote><div class='paragraph'><p>The sea is grey.</p></div></blockquote>"
        if kind == "quoteblock"
        else '<pre class="content">The sea is grey.</pre>'
    )
    (quote,) = blocks_of(f'<div class="{kind}">{inner}<div class="attribution">— Ann Ba</div></div>')
    assert isinstance(quote, m.Quote) and quote.attribution == (m.Text("Ann Ba"),)
    assert isinstance(quote.blocks[0], m.Paragraph if kind == "quoteblock" else m.Verse)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        (
            '<div class="highlight-python notranslate"><div class="highlight"><pre>moor()</pre></div></div>',
            "python",
        ),
        ('<pre><code class="python">moor()</code></pre>', "python"),
        ('<pre><code class="moor">moor()</code></pre>', ""),
        ('<pre data-code-block-mode="1" data-code-block-lang="python"><span>moor()</span></pre>', "python"),
        (
            '<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: js; gutter: false">moor()</pre>',
            "js",
        ),
        (
            '<pre><div class="code-block-extension-header"><span class="code-block-extension-lang">js</span><div>复制代码</div></div>'
            '<code class="hljs language-js">moor()</code></pre>',
            "js",
        ),
        (
            '<pre><code class="language-js">moor()\n<div class="hljs-button signin"></div></code></pre>'
            '<ul class="pre-numbering"><li>1</li></ul>',
            "js",
        ),
    ],
)
def test_program_text_has_its_language(html: str, language: str) -> None:
    assert blocks_of(html) == [m.CodeBlock("moor()", language)]


def test_captions_of_program_text_and_numbers_of_formulas_have_no_permalinks() -> None:
    caption, code = blocks_of(
        '<div class="literal-block-wrapper"><div class="code-block-caption"><span class="caption-number">Listing 1 </span>'
        '<span class="caption-text">moor.py</span><a class="headerlink" href="#a" title="Link to this code">¶</a></div>'
        '<div class="highlight-python"><div class="highlight"><pre>moor()</pre></div></div></div>'
    )
    assert words(caption) == ["Listing 1 moor.py"] and code == m.CodeBlock("moor()", "python")
    number, formula = blocks_of(
        '<div class="math" id="e"><span class="eqno">(1)<a class="headerlink" href="#e">¶</a></span>\\[e^{x} + 1\\]</div>'
    )
    assert words(number) == ["(1)"] and isinstance(formula, m.Math) and formula.tex == "e^{x} + 1"


def test_a_formula_of_latexml_is_not_a_table() -> None:
    formula, number = blocks_of(
        '<table class="ltx_equation ltx_eqn_table"><tbody><tr class="ltx_eqn_row"><td class="ltx_eqn_cell"></td><td class="ltx_eqn_cell">'
        '<math alttext="E=mc^{2}" display="block"><mi>E</mi></math></td><td class="ltx_eqn_cell ltx_eqn_eqno">(1)</td></tr></tbody></table>'
    )
    assert isinstance(formula, m.Math) and words(number) == ["(1)"]


def test_a_formula_that_a_script_draws_may_not_be_drawn_yet() -> None:
    (line,) = blocks_of('<p>The area is <span class="wp-katex-eq" data-display="false">r^2</span> here.</p>')
    assert isinstance(line, m.Paragraph) and any(isinstance(each, m.Math) for each in line.content)


def test_lists_of_quill_say_what_they_are() -> None:
    bullets, tasks, numbers = blocks_of(
        '<ol><li data-list="bullet"><span class="ql-ui"></span>Mend</li></ol>'
        '<ol><li data-list="checked">Mend</li><li data-list="unchecked">Cut</li></ol><ol><li data-list="ordered">Mend</li></ol>'
    )
    assert isinstance(bullets, m.BulletList) and isinstance(numbers, m.OrderedList)
    assert isinstance(tasks, m.BulletList) and tasks.tasks == (True, False)


HEADINGS = '<h2 id="a">1. Ropes</h2><p>They are old.</p><h2><a name="b"></a>2. The sea</h2><p>It is grey.</p>'


@pytest.mark.parametrize(
    "contents",
    [
        '<ul><li><a href="#a">Ropes</a></li><li><a href="#b">The sea</a></li></ul>',
        '<p><strong>In this article:</strong></p><ol><li><a href="#a">Ropes</a><ul><li><a href="#b">The sea</a></li></ul></li></ol>',
        '<div class="x"><div>Contents</div><ul><li><a href="#a">1 Ropes</a></li><li><a href="#b">2 The sea</a></li></ul></div>',
        '<h2>Contents</h2><ul><li><a href="#a">Ropes</a></li><li><a href="https://quay.example/a#b">The sea</a></li></ul>',
    ],
)
def test_contents_of_the_page_are_left_out(contents: str) -> None:
    assert words(*blocks_of(contents + HEADINGS)) == ["They are old.", "It is grey."]


@pytest.mark.parametrize(
    "contents",
    [
        '<ul><li><a href="#a">Ropes</a> are old</li><li><a href="#b">The sea</a></li></ul>',
        '<ul><li><a href="#a">Ropes</a></li><li><a href="#b">Other words</a></li></ul>',
        '<ul><li><a href="#a">Ropes</a></li></ul>',
        '<ul><li><a href="#a">Ropes</a></li><li><a href="#a">Ropes</a></li></ul>',
    ],
)
def test_other_lists_of_links_in_the_page_stay(contents: str) -> None:
    assert isinstance(blocks_of(contents + HEADINGS)[0], m.BulletList)


def test_tables_of_roles_are_tables() -> None:
    html = (
        '<div role="table"><div role="rowgroup"><div role="row"><span role="columnheader">Rope</span><span role="columnheader">Age'
        '</span></div></div><div role="row"><span role="cell" aria-colspan="2">Hemp</span></div></div>'
    )
    (table,) = blocks_of(html)
    assert isinstance(table, m.Table)
    assert [[(words(*cell.blocks), cell.header, cell.colspan) for cell in row] for row in table.rows] == [
        [(["Rope"], True, 1), (["Age"], True, 1)],
        [(["Hemp"], False, 2)],
    ]
    assert not any(isinstance(block, m.Table) for block in blocks_of(html.replace("columnheader", "cell")))


def test_values_of_gauges_in_a_line_are_words() -> None:
    assert words(*blocks_of('<p>Done: <progress value="32" max="100">32%</progress> of it.</p>')) == [
        "Done: 32% of it."
    ]
    assert blocks_of('<div><progress value="1" max="9">1/9</progress></div>') == []


@pytest.mark.parametrize(
    "line", ["In this story I tell you of", "He did not believe a word", "我想告诉你下面的事，听好。"]
)
def test_a_sentence_above_contents_stays(line: str) -> None:
    contents = '<ul><li><a href="#ropes">Ropes</a></li><li><a href="#tar">Tar</a></li></ul>'
    headings = '<h2 id="ropes">Ropes</h2><p>They are old.</p><h2 id="tar">Tar</h2><p>It is grey.</p>'
    assert words(*blocks_of(f"<p>{line}</p>{contents}{headings}")) == [line, "They are old.", "It is grey."]
    box = f"<aside>{contents}<p>Otto Berg, 44</p></aside>"
    assert words(*blocks_of(box + headings)) == ["Otto Berg, 44", "They are old.", "It is grey."]


def test_contents_of_word_are_left_out() -> None:
    toc = "<p class=MsoToc1><a href='#_Toc1'>Ropes<span style='mso-tab-count:1 dotted'>......</span>2</a></p>"
    assert words(*blocks_of(f"{toc}<p>They are old.</p>")) == ["They are old."]


def test_numbers_that_a_script_counts_up_to_are_read() -> None:
    (number,) = blocks_of('<p><span class="elementor-counter-number" data-to-value="90">0</span> ropes</p>')
    assert words(number) == ["90 ropes"]
    (number,) = blocks_of('<p><span class="elementor-counter-number" data-to-value="90">45</span> ropes</p>')
    assert words(number) == ["45 ropes"]


def test_the_source_of_a_quotation_in_smarteditor() -> None:
    (quote,) = blocks_of(
        '<blockquote class="se-quotation-container"><div class="se-module se-quote"><p>바다는 회색이다.</p></div>'
        '<div class="se-module se-cite"><p>안 바</p></div></blockquote>'
    )
    assert isinstance(quote, m.Quote) and quote.attribution == (m.Text("안 바"),)


def test_a_picture_whose_program_has_no_description_has_none() -> None:
    (figure,) = blocks_of(
        '<figure><img src="https://e.org/x1.png" alt="Refer to caption"><figcaption>Figure 1</figcaption></figure>'
    )
    assert isinstance(figure, m.Figure) and figure.image == m.Image("https://e.org/x1.png")


def test_links_back_to_several_references_are_not_part_of_a_note() -> None:
    (line,) = blocks_of(
        '<p>Old<sup id="cite_ref-a_1-0"><a href="#cite_note-a-1">[a]</a></sup>.</p><ol class="references"><li id="cite_note-a-1"><span '
        'class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup>a</sup></a> <a href="#cite_ref-a_1-1"><sup>b</sup></a></span> <span '
        'class="reference-text">Since Egypt.</span></li></ol>'
    )
    (note,) = [each for each in m.walk(line) if isinstance(each, m.Note)]
    assert words(*note.blocks) == ["Since Egypt."]


@pytest.mark.parametrize(
    ("html", "announced", "items"),
    [
        ("<p>• Hemp<br>• Steel<br>• Nylon</p>", [], ["Hemp", "Steel", "Nylon"]),
        ("<div>▪ Hemp<br/>▪ Steel<br/></div>", [], ["Hemp", "Steel"]),
        ("<p>Wir haben:</p>\n<p>• Hanf</p>\n<p>•&nbsp;<b>Stahl</b></p>", ["Wir haben:"], ["Hanf", "Stahl"]),
        ("<div><p>&#9679;　麻绳</p><p>●　钢索</p><p>● 尼龙</p></div>", [], ["麻绳", "钢索", "尼龙"]),
        (
            "<p>We carry:<br>• <b>Hemp</b> and tar<br><br>•&nbsp;Steel</p>",
            ["We carry:"],
            ["Hemp and tar", "Steel"],
        ),
    ],
)
def test_lines_with_bullets_are_lists(html: str, announced: list[str], items: list[str]) -> None:
    *lines, bullets = blocks_of(html)
    assert words(*lines) == announced and isinstance(bullets, m.BulletList) and words(bullets) == items


@pytest.mark.parametrize(
    "html",
    [
        "<p>The rope • holds<br>• Steel</p>",
        "<p>– Is it hemp?<br>– It is steel.</p>",
        "<p>• Hemp<br>and steel</p>",
        "<p>• Hemp<br>▪ steel</p>",
        "<p>✓ Hemp<br>✓ steel</p>",
    ],
)
def test_other_lines_are_no_lists(html: str) -> None:
    (line,) = blocks_of(html)
    assert isinstance(line, m.Paragraph)


@pytest.mark.parametrize(
    "html",
    [
        "<p>• Hemp</p><p>It is steel.</p>",
        "<p>• Hemp</p><p>▪ Steel</p>",
        "<p>•</p><p>•</p>",
        f"<p>• Hemp</p><p>• {'It is strong and old. ' * 8}</p>",
        f"<p>• {'麻绳又结实又便宜。' * 10}</p><p>• 钢索</p>",
        "<p>• Hemp</p>It is steel.<p>• Nylon</p>",
    ],
)
def test_other_paragraphs_with_bullets_are_no_lists(html: str) -> None:
    assert not any(isinstance(block, m.BulletList) for block in blocks_of(html))


def test_the_text_after_a_list_of_paragraphs_stays() -> None:
    bullets, text = blocks_of("<div><p>• Hemp</p><p>• Steel</p>It is strong.</div>")
    assert words(bullets) == ["Hemp", "Steel"] and words(text) == ["It is strong."]


def test_thousands_of_lines_with_bullets_are_a_list() -> None:
    (bullets,) = blocks_of(f"<p>{'• <b>Hemp</b><br>' * 20_000}</p>")
    assert isinstance(bullets, m.BulletList) and len(bullets.items) == 20_000


def test_a_line_of_bullets_between_scenes_is_a_rule() -> None:
    kinds = [type(block) for block in blocks_of("<p>It is hemp.</p><p>•<br>•<br>•</p><p>It is steel.</p>")]
    assert kinds == [m.Paragraph, m.Rule, m.Paragraph]


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("<p>[!WARNING]\nIt is <b>wet</b>.</p>", "Warning"),
        ("<p>[!warning]<br>It is <b>wet</b>.</p>", "Warning"),
        ("<p>[!TIP]</p><p>It is <b>wet</b>.</p>", "Tip"),
        ("<p>[!NOTE] It is <b>wet</b>.</p>", "Note"),
        ("<p>[!info]- Ropes\nIt is <b>wet</b>.</p>", "Ropes"),
        ("[!tip] Ropes<br>It is <b>wet</b>.", "Ropes"),
    ],
)
def test_quotations_that_name_a_kind_of_note_are_boxes(inner: str, title: str) -> None:
    (box,) = blocks_of(f"<blockquote>{inner}</blockquote>")
    assert isinstance(box, m.Aside) and box.title == (m.Text(title),)
    assert words(*box.blocks) == ["It is wet."]


@pytest.mark.parametrize("text", ["[!] It is wet.", "[NOTE] It is wet.", "Type [!NOTE] first."])
def test_other_quotations_stay(text: str) -> None:
    (quote,) = blocks_of(f"<blockquote><p>{text}</p></blockquote>")
    assert isinstance(quote, m.Quote) and words(quote) == [text]


def test_a_formula_and_its_number_are_not_a_table() -> None:
    formula, number = blocks_of(
        '<table class="equation"><tr><td><span class="math">\\[E = mc^2\\]</span></td><td>(3)</td></tr></table>'
    )
    assert words(number) == ["(3)"] and any(isinstance(each, m.Math) for each in m.walk(formula))
    table = "<table><tr><td>\\(a\\)</td><td>length</td></tr><tr><td>\\(b\\)</td><td>width</td></tr></table>"
    (found,) = blocks_of(table)
    assert isinstance(found, m.Table)


def test_emphasis_dots_and_yellow_are_marks() -> None:
    (line,) = blocks_of(
        '<p><span style="text-emphasis: filled dot">旧绳子</span>很<span style="background-color: rgb(255, 255, 0)">结实</span>，'
        '<span style="background-color: #fff; text-emphasis: none">真的</span>。</p>'
    )
    assert isinstance(line, m.Paragraph)
    assert [type(node) for node in line.content] == [m.Emph, m.Text, m.Highlight, m.Text]


def test_the_number_of_an_entry_is_in_its_line() -> None:
    (entry,) = blocks_of(
        '<div class="csl-entry"><div class="csl-left-margin">[1] </div><div class="csl-right-inline">A. Li, <em>Ropes</em>.</div></div>'
    )
    assert words(entry) == ["[1] A. Li, Ropes."]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # The number of a counter that its page does not state.
        ('<p><span class="counter" data-count="">0</span> ships</p>', ["0 ships"]),
        ('<p><span class="counter" data-count="55">0</span> ships</p>', ["55 ships"]),
        # Words between the parts of a table of roles.
        (
            '<div role="grid">Ropes<div role="row">Tar<div role="columnheader">Age</div></div></div>',
            ["Ropes", "Tar", "Age"],
        ),
        # A player around paragraphs.
        (
            '<div data-vimeo-id="123"><p>They are old.</p><p>It is grey.</p></div>',
            ["They are old.", "It is grey."],
        ),
        # Gauges next to each other.
        ("<p>" + "<meter>a</meter>" * 3 + " of tar</p>", ["aaa of tar"]),
        ("<p>" + "<meter>a</meter>" * 20_000 + "</p><p>Tar</p>", ["Tar"]),
    ],
)
def test_words_in_and_around_parts_that_scripts_draw_stay(html: str, expected: list[str]) -> None:
    assert words(*blocks_of(html)) == expected
