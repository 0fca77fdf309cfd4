"""The markup of tools for documentation (Sphinx, Asciidoctor, MkDocs, Docusaurus and others), and of editors."""

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>The rope holds until noon. Then it is mended again.</p>"


def read(html: str) -> list[m.Block]:
    """Return the blocks after the first paragraph of an article, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"[h](https://quay.example/a)\n------\n{P}{html}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return [block for section in document.sections for block in section.blocks][1:]


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
        '<div class="confluence-information-macro"><p class="title"><b>Note</b></p><div><p>It shuts itself.</p></div></div>',
    ],
)
def test_boxes_have_their_titles(html: str) -> None:
    (box,) = read(html)
    assert isinstance(box, m.Aside) and box.title == (m.Text("Note"),)
    assert words(*box.blocks) == ["It shuts itself."]


def test_a_box_without_a_title_is_one() -> None:
    (box,) = read('<div class="warning"><p>It shuts itself.</p></div>')
    assert isinstance(box, m.Aside) and not box.title


def test_tables_in_boxes_of_asciidoctor_stay() -> None:
    (box,) = read(
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
    (quote,) = read(f'<div class="{kind}">{inner}<div class="attribution">— Ann Ba</div></div>')
    assert isinstance(quote, m.Quote) and quote.attribution == (m.Text("Ann Ba"),)
    assert isinstance(quote.blocks[0], m.Paragraph if kind == "quoteblock" else m.Verse)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        (
            '<div class="highlight-python notranslate"><div class="highlight"><pre>moor()</pre></div></div>',
            "python",
        ),
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
    assert read(html) == [m.CodeBlock("moor()", language)]


def test_captions_of_program_text_and_numbers_of_formulas_have_no_permalinks() -> None:
    caption, code = read(
        '<div class="literal-block-wrapper"><div class="code-block-caption"><span class="caption-number">Listing 1 </span>'
        '<span class="caption-text">moor.py</span><a class="headerlink" href="#a" title="Link to this code">¶</a></div>'
        '<div class="highlight-python"><div class="highlight"><pre>moor()</pre></div></div></div>'
    )
    assert words(caption) == ["Listing 1 moor.py"] and code == m.CodeBlock("moor()", "python")
    number, formula = read(
        '<div class="math" id="e"><span class="eqno">(1)<a class="headerlink" href="#e">¶</a></span>\\[e^{x} + 1\\]</div>'
    )
    assert words(number) == ["(1)"] and isinstance(formula, m.Math) and formula.tex == "e^{x} + 1"


def test_a_formula_of_latexml_is_not_a_table() -> None:
    formula, number = read(
        '<table class="ltx_equation ltx_eqn_table"><tbody><tr class="ltx_eqn_row"><td class="ltx_eqn_cell"></td><td class="ltx_eqn_cell">'
        '<math alttext="E=mc^{2}" display="block"><mi>E</mi></math></td><td class="ltx_eqn_cell ltx_eqn_eqno">(1)</td></tr></tbody></table>'
    )
    assert isinstance(formula, m.Math) and words(number) == ["(1)"]


def test_a_formula_that_a_script_draws_may_not_be_drawn_yet() -> None:
    (line,) = read('<p>The area is <span class="wp-katex-eq" data-display="false">r^2</span> here.</p>')
    assert isinstance(line, m.Paragraph) and any(isinstance(each, m.Math) for each in line.content)


def test_lists_of_quill_say_what_they_are() -> None:
    bullets, tasks, numbers = read(
        '<ol><li data-list="bullet"><span class="ql-ui"></span>Mend</li></ol>'
        '<ol><li data-list="checked">Mend</li><li data-list="unchecked">Cut</li></ol><ol><li data-list="ordered">Mend</li></ol>'
    )
    assert isinstance(bullets, m.BulletList) and isinstance(numbers, m.OrderedList)
    assert isinstance(tasks, m.BulletList) and tasks.tasks == (True, False)
