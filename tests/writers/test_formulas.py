"""Formulas and powers, from every form in which pages have them, to every format."""

import io
import json
import re
import zipfile
from pathlib import Path
from time import process_time
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._text.powers import appended, lowered_after, raised_after, struck
from feed2doc.formulas.convert import formula_of_mathml, formula_of_tex, mathml_of
from feed2doc.formulas.drawing import drawing_of
from feed2doc.formulas.mathml import mathml_text, parse_mathml
from lxml.html import fragment_fromstring

from tests.books import UNSAFE, with_formulas

MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mi>q</mi><mn>2</mn></msup></mrow>'
    '<annotation encoding="application/x-tex">q^2</annotation></semantics></math></span><span class="katex-html"'
    ' aria-hidden="true"><span class="mord"><span class="mord mathnormal">q</span><span class="vlist">2</span></span></span></span>'
)


def read(body: str, **options: Any) -> m.Document:
    """Read an article with this body; nothing of it may be lost."""
    env = feed2doc.Env(audit=True)
    page = f'<html lang="en"><title>Tides</title><article><h1>Tides</h1>{body}<p>The end of the text.</p></article></html>'
    document = feed2doc.read(page.encode(), format="html", env=env, **options)
    assert [each for each in env.diagnostics if each.kind == "loss"] == []
    return document


def formulas(part: object) -> list[m.Math]:
    return [each for each in m.walk(part) if isinstance(each, m.Math)]


def text_of(document: m.Document) -> str:
    return " ".join(str(feed2doc.write(document, "text", width=0)).split())


FOUND = {
    "MathML": ("<p>So <math><mi>k</mi><mo>=</mo><mfrac><mn>1</mn><mi>T</mi></mfrac></math>.</p>", "k = 1/T", r"k = \frac{1}{T}"),
    "MathML with a prefix": ("<p>A <m:math><m:msub><m:mi>v</m:mi><m:mn>0</m:mn></m:msub></m:math> is.</p>", "v₀", "v_{0}"),
    "annotated MathML": (
        '<p>At <math alttext="\\eta"><semantics><mi>η</mi><annotation encoding="application/x-tex">\\eta</annotation>'
        '<annotation-xml encoding="MathML-Content"><ci>eta</ci></annotation-xml></semantics></math> it is.</p>',
        "η",
        "\\eta",
    ),
    "KaTeX": (f"<p>Thus {KATEX} holds.</p>", "q²", "q^2"),
    "KaTeX on its own line": (f'<p>Thus</p><p><span class="katex-display">{KATEX}</span></p>', "q²", "q^2"),
    "MathJax 2": (
        '<p>Let <span class="MathJax_Preview">[math]</span><span class="MathJax" id="MathJax-Element-3-Frame"><nobr>'
        '<span class="math">h0</span></nobr></span><script type="math/tex" id="MathJax-Element-3">h_0</script> be.</p>',
        "h₀",
        "h_0",
    ),
    "MathJax 2 without scripts": (
        '<p>Let <span class="MathJax" data-mathml="x"><nobr aria-hidden="true"><span class="math">h0</span></nobr><span'
        ' class="MJX_Assistive_MathML"><math><msub><mi>h</mi><mn>0</mn></msub></math></span></span> be.</p>',
        "h₀",
        "h_{0}",
    ),
    "MathJax 3": (
        '<p>Let <mjx-container class="MathJax" jax="CHTML"><mjx-math aria-hidden="true"><mjx-mi>w</mjx-mi></mjx-math>'
        "<mjx-assistive-mml><math><mi>w</mi><mo>&gt;</mo><mn>3</mn></math></mjx-assistive-mml></mjx-container> be.</p>",
        "w > 3",
        "w > 3",
    ),
    "MathJax as a drawing": (
        '<p>Let <mjx-container jax="SVG"><svg><g data-mml-node="math" data-latex="\\pi d"><path d="M1 1"/></g></svg>'
        "</mjx-container> be.</p>",
        "πd",
        "\\pi d",
    ),
    "MathML in a script": ('<p>Let <script type="math/mml"><math><msup><mi>h</mi><mn>2</mn></msup></math></script> be.</p>', "h²", "h^{2}"),
    "a source without drawing": ('<p><script type="math/tex; mode=display">\\frac{a}{b}</script></p>', "a/b", "\\frac{a}{b}"),
    "Wikipedia": (
        '<p>A <span class="mwe-math-element"><img src="https://w.example/api/rest_v1/media/math/render/svg/1f"'
        ' class="mwe-math-fallback-image-inline" alt="{\\displaystyle c^{3}}"></span> is.</p>',
        "c³",
        "{\\displaystyle c^{3}}",
    ),
    "WordPress.com": (
        '<p>A <img src="https://s0.wp.com/latex.php?latex=%5Cmu_%7B3%7D&amp;bg=ffffff" alt="&#92;mu_{3}" class="latex"> is.</p>',
        "μ₃",
        "\\mu_{3}",
    ),
    "QuickLaTeX": (
        '<p>A <img src="https://q.example/ql.png" class="ql-img-inline-formula quicklatex-auto-format" alt="&#92;&#112;&#105;&#32;&#62;&#32;&#51;"'
        ' title="Rendered by QuickLaTeX.com" height="12" width="40"> is.</p>',
        "π > 3",
        "\\pi > 3",
    ),
    "an address of a service": (
        '<p>A <img src="https://latex.codecogs.com/svg.image?latex=1"><img src="https://z.example/equation?tex=r%5E5" eeimg="1"> is.</p>',
        "r⁵",
        "r^5",
    ),
    "a query that is TeX": ('<p>A <img src="https://latex.codecogs.com/svg.image?r%5E%7B5%7D"> is.</p>', "r⁵", "r^{5}"),
    "a chart": ('<p>A <img src="https://chart.googleapis.com/chart?cht=tx&amp;chl=r%5E5" alt=""> is.</p>', "r⁵", "r^5"),
    "a path that is TeX": ('<p>A <img src="https://i.upmath.me/svg/r%5E5" alt="formula"> is.</p>', "r⁵", "r^5"),
    "Canvas": ('<p>A <img class="equation_image" src="/e/1" alt="LaTeX: x_2" data-equation-content="x_2"> is.</p>', "x₂", "x_2"),
    "a class": ('<p>A <span class="math">\\beta^2</span> is.</p>', "β²", "\\beta^2"),
    "letters in a class": ('<p>A <span class="math">f/g</span> is.</p>', "f/g", "f/g"),
    "a letter in a class": ('<p>A <span class="math">k</span> is.</p>', "k", "k"),
    "parentheses": (r"<p>A \(s^2\) is, 或 \( s^2 \)。</p>", r"\(s^2\)", "s^2"),
    "dollars": ("<p>Das gilt für $n=3$ und $a_1, \\dots, a_n$, sonst nicht.</p>", "$n=3$", "n=3"),
    "dollars in Chinese": ("<p>设$x_1$为时间，共$5$秒。</p>", "$x_1$", "x_1"),
    "WordPress.com in a feed": ("<p>A $latex \\Gamma(n)$ is.</p>", "$latex \\Gamma(n)$", "\\Gamma(n)"),
    "double dollars over lines": ("<p>$$<br>\na_1 &lt; b<br>\n$$</p>", "$$ a_1 < b $$", "a_1 < b"),
    "an environment": (
        "<p>\\begin{equation*} y = \\begin{cases} 1 &amp; x \\\\ 0 \\end{cases} \\end{equation*}</p>",
        "\\begin{equation*} y =",
        "\\begin{equation*} y = \\begin{cases} 1 & x \\\\ 0 \\end{cases} \\end{equation*}",
    ),
    "Distill": ("<p>A <d-math>\\kappa_1</d-math> is.</p>", "κ₁", "\\kappa_1"),
    "Distill on its own line": ("<p>So</p><d-math block>\\kappa_1</d-math>", "κ₁", "\\kappa_1"),
    "GitHub": ('<p>A <math-renderer class="js-inline-math">$w > 3$</math-renderer> is.</p>', "w > 3", "w > 3"),
    "JATS": ("<p>A <jats:tex-math>x_2</jats:tex-math> is.</p>", "x₂", "x_2"),
    "mdnice": ('<p>A <span class="span-inline-equation" data-formula="r^5"><svg><path d="M1 1"/></svg></span> is.</p>', "r⁵", "r^5"),
    "a block of mdnice": ('<p>So</p><section class="block-equation" data-formula="r^5"><svg><path d="M1 1"/></svg></section>', "r⁵", "r^5"),
    "Quill": ('<p>A <span class="ql-formula" data-value="r^5">r5</span> is.</p>', "r⁵", "r^5"),
    "Zhihu as text": ('<p>A <span class="ztext-math" data-tex="r^5">r5</span> is.</p>', "r⁵", "r^5"),
    "LaTeX2HTML": ('<p>A <img src="img12.png" align="MIDDLE" border="0" alt="$r^5$"> is.</p>', "r⁵", "r^5"),
    "three dollars": ("<p>Let $$$r^5$$$ be.</p>", "$r^5$", "r^5"),
    "an element of its own": ("<p>A <tex>r^5</tex> is.</p>", "r⁵", "r^5"),
    "in emphasis": ("<p>It <em>is $m_0$, a mass</em>.</p>", "$m_0$", "m_0"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_formula_is_found_once(name: str) -> None:
    body, text, tex = FOUND[name]
    document = read(body)
    found = formulas(document)
    assert found and found[-1 if "service" in name else 0].tex == tex
    assert text in text_of(document)
    assert text_of(document).count(text) == 1
    markdown = " ".join(str(feed2doc.write(document, "markdown")).split())
    assert f"${tex}$" in markdown.replace("$$", "$")


NONE = {
    "prices": "It cost $5 and $6, or US$7/A$8, in all $26_000 of $1-$2m; $9 a_b.",
    "names": "A$AP Rocky and Ke$ha met at $TREET and $HOME/$USER, with $my_long_name$ set.",
    "one price": "He said $3$ was written on it.",
    "ratings": "The place is $$ or $$$, not $$$$.",
    "words in brackets": r"It was \(as they said at the time\) late, see \[the note below\].",
    "TeX with errors": r"It is $\unknowncommand{x}$, $\frac{1}$ or \(x^{2\), and $x^{$.",
    "one delimiter": r"Type \( or $ or \begin{align} to begin.",
    "words in an element": "The <latex>document class and its words</latex> of <tex-editor>the editor</tex-editor>.",
    "words in an attribute": 'The <span data-value="a_b">box</span> and <span data-formula="the words of it">a rope</span>.',
    "more dollars": "It is $$$ or $$$$$$, not $$$ of them.",
    "program text": r"<code>$a_1$</code> and <code>\(x\)</code>",
}


@pytest.mark.parametrize("name", NONE)
def test_text_that_is_not_a_formula_stays_text(name: str) -> None:
    document = read(f"<p>{NONE[name]}</p>")
    assert formulas(document) == []
    plain = re.sub("</?[a-z-]+(?: [^<>]*)?>", "", NONE[name])
    assert plain in text_of(document)


def test_picture_without_tex_stays_in_its_line() -> None:
    document = read(
        '<p>A <img class="latex" src="https://x.example/a.png" alt="a drawing of the formula"> is.</p>'
    )
    assert formulas(document) == [] and m.figures(document) == []
    assert "a drawing of the formula" in text_of(document)


def test_formula_alone_is_a_block_and_one_in_a_sentence_is_not() -> None:
    document = read("<p>Before $a_1$ after.</p><p>$$a_2$$</p><ul><li>$a_3$</li></ul>")
    blocks = document.sections[0].blocks
    assert isinstance(blocks[0], m.Paragraph) and isinstance(blocks[1], m.Math) and blocks[1].display
    assert isinstance(blocks[2], m.BulletList) and isinstance(blocks[2].items[0][0], m.Paragraph)


TEXTS = {
    r"\frac{mv^2}{2}": "mv²/2",
    r"\frac{a+b}{2c}": "(a + b)/(2c)",
    r"x=-b\pm\sqrt{b^2-4ac}": "x = −b ± √(b² − 4ac)",
    r"e^{-x^2/2}": "e^(−x²/2)",
    r"\sqrt[3]{x}": "∛x",
    r"\hat{y} + \bar{z}": "ŷ + z̄",
    r"2\sin\theta \cdot \log n": "2 sin θ ⋅ log n",
    r"\lim_{x\to 0} f(x)": "lim_(x→0) f(x)",
    r"\mathbb{R}^n \ni \mathbf{v}": "ℝⁿ ∋ v",
    r"90^\circ": "90°",
    r"f'(x)": "f′(x)",
    r"\left(\frac{a}{b}\right)^2": "(a/b)²",
    r"i\hbar\frac{\partial}{\partial t}\Psi": "iℏ ∂/∂t Ψ",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}": r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"x_{n+1} = x_n": "x_(n+1) = x_n",
}


@pytest.mark.parametrize("tex", TEXTS)
def test_formula_as_text_and_back_to_tex(tex: str) -> None:
    formula = formula_of_tex(tex)
    assert formula is not None and formula.text == TEXTS[tex]
    root = mathml_of(formula)
    assert root is not None
    again = formula_of_mathml(root)
    assert again is not None and again.tex
    back = formula_of_tex(again.tex)
    assert back is not None and (back.text == formula.text or formula.text == tex)


def test_mathml_is_reduced_to_what_is_safe() -> None:
    for root in (parse_mathml(MATHML.format(UNSAFE)), mathml_of(m.Math(mathml=MATHML.format(UNSAFE)))):
        assert root is not None
        formula = formula_of_mathml(root)
        assert formula is not None
        assert formula.mathml == MATHML.format(
            "<mi>a</mi><mtext>b</mtext><mi>c</mi><mrow><mi>e</mi></mrow><mrow><mn>1</mn></mrow>"
        )


def test_hostile_mathml_is_refused() -> None:
    bomb = '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><math><mi>&b;</mi></math>'
    deep = MATHML.format("<mrow>" * 500 + "<mi>x</mi>" + "</mrow>" * 500)
    assert [mathml_of(m.Math(mathml=each)) for each in ("<math>", bomb, deep, "<p>")] == [None] * 4
    assert formula_of_tex(r"\def\a{\a\a}\a") is None
    assert formula_of_tex(r"\newcommand{\a}{" + "x" * 3000 + "}" + r"\a " * 90) is None
    for opening, closing in ((r"\sqrt{", "}"), ("x^{", "}"), (r"\left(", r"\right)"), (r"\hat", "")):
        assert formula_of_tex(opening * 1000 + "x" + closing * 1000) is None


def test_formula_of_any_document_is_written() -> None:
    """A document need not come from feed2doc: the formula may have only TeX, only text, or neither that is valid."""
    for formula in (m.Math("x^2"), m.Math("x^", text="x to the"), m.Math(r"\bad"), m.Math(text="<b>")):
        document = m.Document(
            id="1", headline="T", sections=(m.Section(blocks=(formula, m.Paragraph((formula,)))),)
        )
        for name in ("markdown", "text", "html", "epub", "json", "typst"):
            assert feed2doc.write(document, name)


def test_formulas_with_any_commands_and_elements_are_read() -> None:
    """EPUBCheck sees them with the other books."""
    assert len(formulas(with_formulas())) == 15


def test_drawing_sits_on_the_baseline_and_needs_the_glyphs() -> None:
    drawing = drawing_of(m.Math(r"\frac{a}{b}"))
    assert drawing is not None and drawing.svg.startswith("<svg") and 0 < drawing.depth < drawing.height
    assert drawing_of(m.Math(r"\text{速度}")) is None


def test_page_with_formulas_is_declared() -> None:
    document = read("<p>A $x_1$ is.</p>")
    with zipfile.ZipFile(io.BytesIO(bytes(feed2doc.write(document, "epub")))) as book:
        names = book.namelist()
        opf = next(book.read(name).decode() for name in names if name.endswith(".opf"))
    assert opf.count('properties="mathml"') == 1


@pytest.mark.parametrize(
    "name", ["MathML", "KaTeX on its own line", "dollars", "an environment", "Wikipedia"]
)
def test_page_with_formulas_is_read_back(name: str) -> None:
    document = read(FOUND[name][0])
    page = str(feed2doc.write(document, "html")).encode()
    assert feed2doc.read(page, format="html").sections == document.sections


def test_outputs_with_formulas_pass_the_check(tmp_path: Path) -> None:
    document = read(
        f"<p>The area of it is $\\pi r^2$ for {KATEX} ponds.</p><p>$$\\frac{{a}}{{b}}$$</p><p>10<sup>6</sup> <s>5</s> 7 H<sub>2</sub>O</p>"
    )
    for ending in ("epub", "md", "txt", "html", "pdf"):
        path = feed2doc.save(document, tmp_path / f"a.{ending}")
        assert feed2doc.check(path, document).findings == (), ending


POWERS = [
    ("10", "6", "10⁶"), ("m", "2", "m²"), ("10", "−3", "10⁻³"), ("x", "n+1", "xⁿ⁺¹"), ("2", "x", "2^x"), ("e", "k t", "e^(k t)"),
    ("10", "1.5", "10^1.5"), ("A", "T", "A^T"), ("the 19", "th", "the 19th"), ("le XX", "e", "le XXe"), ("1", "er", "1er"),
    ("n", "o", "nº"), ("M", "me", "Mme"), ("Brand", "TM", "Brand™"), ("n", "th", "nth"), ("word", "3", "word³"),
    ("word", "1, 2", "word¹, ²"), ("word", "[4]", "word[4]"), ("word", "*", "word*"), ("Smith", "a", "Smith^a"),
    ("", "14", "¹⁴"), ("so ", "new", "so new"), ("3.", "a", "3.ª"), ("词", "注1", "词(注1)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "text", "expected"), POWERS)
def test_raised_text(before: str, text: str, expected: str) -> None:
    assert before + raised_after(before, text) == expected


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("H", "2", "H₂"),
        ("x", "i", "x_i"),
        ("v", "max", "v_max"),
        ("a", "i+1", "a_(i+1)"),
        ("", "small print", "small print"),
    ],
)
def test_lowered_text(before: str, text: str, expected: str) -> None:
    assert before + lowered_after(before, text) == expected


def test_struck_text_is_not_joined_with_what_replaces_it() -> None:
    assert appended("Was " + struck("5"), "7") == "Was ~~5~~ 7" and struck("  ") == "  "
    document = read("<p>Now <del>5</del><ins>7</ins> boats, <s>no</s>, at 10<sup>6</sup> m<sup>2</sup>.</p>")
    assert appended("会议在" + struck("周三"), "周四") == "会议在~~周三~~周四"
    assert (
        appended(struck("土曜"), "日曜") == "~~土曜~~日曜"
        and appended(struck("월요일"), "화요일") == "~~월요일~~ 화요일"
    )
    assert "Now ~~5~~ 7 boats, ~~no~~, at 10⁶ m²." in text_of(document)
    assert "~~5~~ 7 boats" in m.plain_article(document)


TITLES = {
    "CO<sub>2</sub> &amp; 10<sup>6</sup>": "CO₂ & 10⁶",
    "Der 3<sup>te</sup> Fall, <del>5</del>7 Tote": "Der 3te Fall, ~~5~~ 7 Tote",
    "On <math><msup><mi>L</mi><mn>2</mn></msup></math> spaces": "On L² spaces",
    "Le XIX<sup>e</sup> siècle": "Le XIXe siècle",
    "Der Sturm<br>über dem Hafen": "Der Sturm über dem Hafen",
    "堤防が<br/>決壊": "堤防が決壊",
    "Vec<u8> and x<y": "Vec<u8> and x<y",
}


@pytest.mark.parametrize("title", TITLES)
def test_title_with_markup(title: str) -> None:
    from xml.sax.saxutils import escape

    feed = f'<rss version="2.0"><channel><title>S</title><item><title>{escape(title)}</title><description>Text.</description></item></channel></rss>'
    assert next(feed2doc.read_all(feed.encode())).headline == TITLES[title]
    assert m.title_text(
        read("<h2>From 10<sup>3</sup> to 10<sup>12</sup></h2><p>A.</p>").sections[-1].heading
    ) in ("From 10³ to 10¹²", "")


def test_formula_in_json_is_read_back_equal() -> None:
    document = read("<p>A $x_1$ is.</p>")
    written = str(feed2doc.write(document, "json"))
    assert json.loads(written) and feed2doc.read(written.encode(), format="json") == document


def test_documents_without_formulas_load_nothing_for_them() -> None:
    import subprocess
    import sys

    program = (
        "import sys, feed2doc; d = feed2doc.read(b'<article><h1>T</h1><p>It cost $5 or $6.</p></article>', format='html');"
        "[feed2doc.write(d, f) for f in ('epub', 'html', 'markdown', 'text', 'typst')];"
        "print([n for n in ('math_core', 'ziamath', 'ziafont', 'latex2mathml') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_mathml_is_written_as_one_element() -> None:
    root = mathml_of(m.Math("x^2"))
    assert root is not None and mathml_text(root) == MATHML.format("<msup><mi>x</mi><mn>2</mn></msup>")


@pytest.mark.parametrize(
    "tex", ["(" * 40 + "x_1", "[" * 500 + "x", r"\{" * 40, r"\langle " * 40 + "x", "(x+" * 24]
)
def test_brackets_that_are_never_closed_are_refused_at_once(tex: str) -> None:
    assert formula_of_tex(tex) is None


@pytest.mark.parametrize(
    "tex", [r"(((x)))", r"\left( \frac{a}{b} \right] + (x)(y)", "()" * 200 + "x", r"]a, b["]
)
def test_brackets_that_are_closed_are_read(tex: str) -> None:
    assert formula_of_tex(tex) is not None


@pytest.mark.parametrize(
    "tex",
    ["x_1<script>alert(1)</script>", "a<img src=x onerror=alert(1)>", "x_1 [a](javascript:b)", "a<!--b"],
)
def test_formulas_in_markdown_hold_no_html_and_no_links(tex: str) -> None:
    from markdown_it import MarkdownIt

    formula = m.Math(tex, "", tex, False)
    document = m.Document(id="1", headline="h", sections=(m.Section(blocks=(m.Paragraph((formula,)),)),))
    tokens = MarkdownIt("commonmark").parse(feed2doc.write(document, "md", front_matter="none"))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"html_inline", "link_open", "image"}


def test_spaces_around_words_and_scripts_before_a_base_are_kept() -> None:
    written = formula_of_tex(r"f(x) = 1 \text{ if } x > 0")
    assert written is not None and "<mtext>\u00a0if\u00a0</mtext>" in written.mathml
    element = fragment_fromstring(
        "<math><mmultiscripts><mi>X</mi><mi>a</mi><mi>b</mi><mprescripts/><mi>c</mi><none/></mmultiscripts></math>"
    )
    scripts = formula_of_mathml(element)
    assert scripts is not None and scripts.tex == "{}_{c}{X}_{a}^{b}"


def test_a_very_long_formula_is_printed_as_text() -> None:
    long = m.Math("", MATHML.format("<mi>x</mi><mo>+</mo>" * 4000), "x+", False)
    begin = process_time()
    assert drawing_of(long) is None and process_time() - begin < 5


def test_words_in_mathml_are_read_in_linear_time() -> None:
    def seconds(number: int) -> float:
        element = fragment_fromstring(f"<math><mtext>{'a' * number}</mtext>{'<mo>)</mo>' * 100}</math>")
        begin = process_time()
        formula_of_mathml(element)
        return process_time() - begin

    assert seconds(16_000) < 24 * max(seconds(2_000), 0.01)


@pytest.mark.parametrize(
    ("tex", "rows", "columns"),
    [
        (r"a = b \\ c = d", 2, 1),
        (r"a &= b \\ &= c \\", 2, 2),
        (r"a \\[2pt] b \\* c", 3, 1),
        (r"\alpha \\ \begin{matrix} 1 & 2 \end{matrix}", 2, 1),
    ],
)
def test_lines_outside_an_environment_are_lines(tex: str, rows: int, columns: int) -> None:
    formula = formula_of_tex(tex, display=True)
    root = mathml_of(formula) if formula is not None else None
    assert formula is not None and root is not None and formula.tex == tex
    assert [len(row) for row in root[0]] == [columns] * rows
    assert not {"[", "p", "*"} & set("".join(map(str, root.itertext())))
    assert drawing_of(formula) is not None


@pytest.mark.parametrize(
    ("notation", "tex"),
    [
        ("box", r"\boxed{x}"),
        ("updiagonalstrike", r"\cancel{x}"),
        ("updiagonalstrike downdiagonalstrike", r"\xcancel{x}"),
        ("bottom", r"\underline{x}"),
        ("circle", "x"),
    ],
)
def test_lines_around_and_through_formulas(notation: str, tex: str) -> None:
    markup = MATHML.format(f'<menclose notation="{notation}"><mi>x</mi></menclose>')
    formula = formula_of_mathml(fragment_fromstring(markup))
    assert formula is not None and formula.tex == formula.text == tex and drawing_of(formula) is not None


def test_the_number_of_a_row_is_after_it() -> None:
    row = "<mtable><mlabeledtr><mtd><mtext>(1)</mtext></mtd><mtd><mi>a</mi></mtd></mlabeledtr></mtable>"
    formula = formula_of_mathml(fragment_fromstring(MATHML.format(row)))
    assert formula is not None and formula.tex == r"\begin{matrix}a & \text{(1)}\end{matrix}"


@pytest.mark.parametrize(
    "html",
    [
        '<math display="block"><mi>x</mi></math>\n<math display="block"><mi>y</mi></math>',
        "<p>$$x$$ $$y$$</p>",
        r"<p>\[x\]<br>\[y\]</p>",
    ],
)
def test_displayed_formulas_in_a_row_are_blocks(html: str) -> None:
    blocks = read(f"<p>Before.</p>{html}<p>After.</p>").sections[0].blocks
    assert [block.tex for block in blocks if isinstance(block, m.Math) and block.display] == ["x", "y"]
    assert len(blocks) == 5


def test_a_wide_formula_can_be_scrolled_with_keys() -> None:
    for tex, wide in (("x = y", False), ("+".join(f"x_{{{n}}}" for n in range(20)), True)):
        page = feed2doc.write(read(f"<p>Before.</p><p>$${tex}$$</p>"), "html")
        assert ('<div class="formula" tabindex="0">' in str(page)) is wide
