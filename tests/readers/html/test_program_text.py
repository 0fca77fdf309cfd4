"""Reading of program text as highlighters and editors write it."""

import re

import feed2doc
import pytest
from feed2doc import model as m

TIDE = "if tide:\n    moor()"


def read(html: str) -> m.Blocks:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(
        f"<h1>Quay</h1><p>Before.</p>{html}<p>After.</p>".encode(), format="html", env=env
    )
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return tuple(block for section in document.sections for block in section.blocks)[1:-1]


@pytest.mark.parametrize(
    ("html", "language"),
    [
        (f"<pre>{TIDE}</pre>", ""),
        (f"<pre>\n{TIDE}\n</pre>", ""),
        ("<pre>if tide:<br>    moor()<br></pre>", ""),
        (f'<pre class="language-python"><code>{TIDE}</code></pre>', "python"),
        (f'<pre><code class="lang-py hljs">{TIDE}</code></pre>', "py"),
        (f'<pre class="brush: python; gutter: false">{TIDE}</pre>', "python"),
        (f'<pre data-lang="python">{TIDE}</pre>', "python"),
        (f'<div class="highlight highlight-source-python"><pre>{TIDE}</pre></div>', "python"),
        (
            f'<div class="highlight-python notranslate"><div class="highlight"><pre>{TIDE}</pre></div></div>',
            "",
        ),
        (f'<div class="sourceCode"><pre class="sourceCode python"><code>{TIDE}</code></pre></div>', "python"),
        (f'<figure class="highlight python"><pre>{TIDE}</pre></figure>', "python"),
        (f'<pre><code class="hljs python">{TIDE}</code></pre>', "python"),
        (f'<pre><code class="language-none">{TIDE}</code></pre>', ""),
        # Lines as elements.
        ("<pre><code><div>if tide:</div><div>    moor()</div></code></pre>", ""),
        ("<pre><div>if tide:</div>\n<div>    moor()</div>\n</pre>", ""),
        (
            '<pre><code><span class="line">if tide:</span><span class="line">    moor()</span></code></pre>',
            "",
        ),
        (
            '<pre><code><span class="line">if tide:\n</span><span class="line">    moor()\n</span></code></pre>',
            "",
        ),
        ('<pre class="prettyprint"><ol class="linenums"><li>if tide:</li><li>    moor()</li></ol></pre>', ""),
        ("<pre><p>if tide:</p><p>&nbsp;&nbsp;&nbsp;&nbsp;moor()</p></pre>", ""),
        (
            '<div style="font-family: Menlo, Consolas, monospace; white-space: pre;"><div><span>if tide:</span></div>'
            "<div>    moor()</div></div>",
            "",
        ),
        ("<p><code>if tide:<br>&nbsp; &nbsp; moor()</code></p>", ""),
        ("<p><code>\nif tide:<br>\n&nbsp; &nbsp; moor()\n</code></p>", ""),
        (
            '<pre><span style="display:block">if tide:</span><span style="display: block">    moor()</span></pre>',
            "",
        ),
        (
            '<pre><code><span class="gatsby-highlight-code-line">if tide:</span>    moor()</code></pre>',
            "",
        ),
        ("<listing>if tide:\n    moor()</listing>", ""),
        ("<xmp>if tide:\n    moor()</xmp>", ""),
        # Line numbers and buttons.
        (
            '<pre><code><span class="ln">1</span>if tide:\n<span class="ln">2</span>    moor()\n</code></pre>',
            "",
        ),
        (
            '<pre class="line-numbers"><code class="language-js">if tide:\n    moor()'
            '<span aria-hidden="true" class="line-numbers-rows"><span></span><span></span></span></code></pre>',
            "js",
        ),
        ('<pre><button class="copy">Copy</button><code>if tide:\n    moor()</code></pre>', ""),
        (
            '<div class="wp_syntax"><table><tr><td class="line_numbers"><pre>1\n2\n</pre></td>'
            '<td class="code"><pre class="python">if tide:\n    moor()\n</pre></td></tr></table></div>',
            "",
        ),
        (
            '<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td>'
            '<td class="code"><div class="highlight"><pre>if tide:\n    moor()\n</pre></div></td></tr></table>',
            "",
        ),
        (
            '<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code>'
            '<table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">1\n2\n</pre></td>'
            '<td class="rouge-code"><pre>if tide:\n    moor()\n</pre></td></tr></tbody></table></code></pre></div></div>',
            "",
        ),
        (
            '<pre><code><table class="hljs-ln"><tbody><tr><td class="hljs-ln-numbers" data-line-number="1"></td>'
            '<td class="hljs-ln-code">if tide:</td></tr><tr><td class="hljs-ln-numbers" data-line-number="2"></td>'
            '<td class="hljs-ln-code">    moor()</td></tr></tbody></table></code></pre>',
            "",
        ),
        (
            '<div class="crayon-main"><table class="crayon-table"><tr class="crayon-row"><td class="crayon-nums">'
            '<div class="crayon-num">1</div><div class="crayon-num">2</div></td><td class="crayon-code">'
            '<div class="crayon-pre"><div class="crayon-line">if tide:</div>'
            '<div class="crayon-line">&nbsp;&nbsp;&nbsp;&nbsp;moor()</div></div></td></tr></table></div>',
            "",
        ),
    ],
)
def test_program_text(html: str, language: str) -> None:
    (block,) = read(html)
    assert isinstance(block, m.CodeBlock) and block.value == TIDE
    assert not language or block.language == language


def test_empty_lines_are_kept() -> None:
    for html in (
        "<pre><div>a</div><div><br></div><div>b</div></pre>",
        "<pre><div>a</div><div></div><div>b</div></pre>",
        "<pre>a\n\nb</pre>",
        '<table class="js-file-line-container"><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code">a</td></tr>'
        '<tr><td class="blob-num" data-line-number="2"></td><td class="blob-code">\n</td></tr>'
        '<tr><td class="blob-num" data-line-number="3"></td><td class="blob-code">b</td></tr></table>',
    ):
        assert read(html) == (m.CodeBlock("a\n\nb"),)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>1</td><td><code>cd</code></td></tr><tr><td>2</td><td><code>ls</code></td></tr></table>",
        '<table class="table"><tr><td>1</td><td>one</td></tr><tr><td>2</td><td>two</td></tr></table>',
        "<table><tr><th>n</th><th>do</th></tr><tr><td>1</td><td><pre>cd</pre></td></tr></table>",
    ],
)
def test_a_table_of_numbers_is_a_table(html: str) -> None:
    (block,) = read(html)
    assert isinstance(block, m.Table)


def test_numbers_in_program_text_are_kept() -> None:
    html = (
        '<pre><span class="mi">1</span>\n<span class="line">22</span>\n<span class="ln-text">x3</span></pre>'
    )
    assert read(html) == (m.CodeBlock("1\n22\nx3"),)


def test_lines_of_program_text_within_a_sentence() -> None:
    (block,) = read("<p>Type <code>a<br>b</code> here.</p>")
    assert isinstance(block, m.Paragraph)
    assert block.content[1:4] == (m.Code("a"), m.LineBreak(), m.Code("b"))


def test_deep_program_text_is_read() -> None:
    assert read(f"<pre>{'<span>' * 1500}a{'</span>' * 1500}</pre>") == (m.CodeBlock("a"),)


def test_text_without_scripts_is_read_unless_it_asks_for_them() -> None:
    found = read("<noscript><pre>moor()</pre></noscript><noscript>Please enable JavaScript.</noscript>")
    assert found == (m.CodeBlock("moor()"),)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("n &lt; 10<sup>6</sup> + 1", "n < 10^6 + 1"),
        ("2<sup>n+1</sup>", "2^(n+1)"),
        ("2<sup>(n+1)</sup>", "2^(n+1)"),
        ("10<sup>-9</sup>", "10^(-9)"),
        ("x<sup>y<sup>2</sup></sup>", "x^(y^2)"),
        ("t<sub>i</sub> - t<sub>i-1</sub>", "t_i - t_(i-1)"),
        ("<b>t</b><sub>0</sub>", "t_0"),
        # Marks of notes, endings of ordinal numbers and raised signs are as they were.
        ("moor()<sup>[2]</sup>", "moor()[2]"),
        ('moor()<sup><a href="#none">2</a></sup>', "moor()2"),
        ("the 1<sup>st</sup> pier", "the 1st pier"),
        ("Tide<sup>*</sup>", "Tide*"),
        ("Tide<sup></sup> 5", "Tide 5"),
    ],
)
@pytest.mark.parametrize("tag", ["code", "kbd", "samp", "tt", "pre"])
def test_raised_and_lowered_text_is_told_apart(tag: str, html: str, expected: str) -> None:
    (block,) = read(f"<{tag}>{html}</{tag}>" if tag == "pre" else f"<p>So <{tag}>{html}</{tag}></p>")
    values = [each.value for each in m.walk(block) if isinstance(each, m.Code | m.CodeBlock)]
    assert values == [expected]


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code>if tide:</code><code>    moor()</code></pre>",
        "<pre><code><span>if</span> tide:</code><code>    moor()\n</code></pre>",
        '<section><ul class="lines"><li></li><li></li></ul><pre>\n<code>if tide:</code>\n<code>    moor()</code></pre></section>',
    ],
)
def test_each_of_several_code_elements_is_a_line(html: str) -> None:
    blocks = read(html)
    assert blocks == (m.CodeBlock(TIDE),)


def test_an_empty_code_element_is_an_empty_line() -> None:
    assert read("<pre><code>tide()</code><code><br></code><code>moor()</code></pre>") == (
        m.CodeBlock("tide()\n\nmoor()"),
    )


def test_code_elements_in_lines_of_other_text_are_not_lines() -> None:
    assert read("<pre>so <code>tide</code> and <code>moor</code></pre>") == (m.CodeBlock("so tide and moor"),)
    assert read("<pre><code>a\nb</code><code>c</code></pre>") == (m.CodeBlock("a\nbc"),)


@pytest.mark.parametrize("tag", ["div", "p"])
@pytest.mark.parametrize("text", ["a\tb\n\t\tc  d", "\n  a\n\n  b\n", "a\u00a0\u00a0b \nc"])
def test_a_box_keeps_its_spaces_as_a_pre_does(tag: str, text: str) -> None:
    style = "font-family: Courier New, monospace; white-space: pre-wrap"
    assert read(f'<{tag} style="{style}">{text}</{tag}>') == read(f"<pre>{text}</pre>")


@pytest.mark.parametrize(
    "html",
    [
        '<pre>x = <span class="num">12</span></pre>',
        '<pre><span class="num">12</span> = x</pre>',
        '<pre>x = <span class="ln">12</span></pre>',
        '<pre><code class="language-js copy">x = 12</code></pre>',
        f'<pre><span class="copy">{"x = 12; " * 9}</span></pre>',
        f'<pre><span class="toolbar">{"<b>x</b>" * 80}</span></pre>',
    ],
)
def test_classes_of_numbers_and_buttons_may_be_those_of_program_text(html: str) -> None:
    (block,) = read(html)
    assert isinstance(block, m.CodeBlock)
    assert block.value.split() == " ".join(re.sub("<[^>]*>", "", html).split()).split()


def test_a_rule_in_program_text_ends_a_line() -> None:
    assert read("<pre>a<hr>b</pre>") == (m.CodeBlock("a\n\nb"),)


def test_text_around_a_sentence_in_program_font() -> None:
    mono = '<span style="font-family: monospace">{}</span>'
    (block,) = read(f"<p>{mono.format('a')} {mono.format('b')}</p>")
    assert [type(each) for each in m.walk(block)].count(m.Code) == 2
    (block,) = read(f"<p> {mono.format('a')} </p>")
    assert block == m.Paragraph((m.Text("a"),))


@pytest.mark.parametrize(
    "html",
    [
        '<div data-slate-type="pre" data-code-language="go"><div><div data-slate-type="code-line"><span>if a {</span></div>'
        '<div data-slate-type="code-line"><span>  go()</span></div></div></div>',
        '<div class="cm-content"><div class="cm-line">if a {</div><div class="cm-line">  go()</div></div>',
        '<div class="view-lines"><div class="view-line"><span>if a {</span></div><div class="view-line"><span>&nbsp;&nbsp;go()</span></div></div>',
        '<div class="CodeMirror-code"><div><div class="CodeMirror-gutter-wrapper"><div class="CodeMirror-linenumber">1</div></div>'
        '<pre class=" CodeMirror-line "><span>if a {</span></pre></div><div><pre class=" CodeMirror-line "><span>  go()</span></pre></div></div>',
    ],
)
def test_lines_of_editors_are_program_text(html: str) -> None:
    document = feed2doc.read(f"<p>Before.</p>{html}<p>After.</p>".encode(), format="html")
    (code,) = (each for each in m.walk(document) if isinstance(each, m.CodeBlock))
    assert code.value == "if a {\n  go()"


def test_lines_among_other_text_are_no_program_text() -> None:
    html = '<div><div class="code-line">One</div><p>Two</p></div><div>Three <div class="code-line">Four</div></div>'
    document = feed2doc.read(f"<p>Before.</p>{html}<p>After.</p>".encode(), format="html")
    assert not [each for each in m.walk(document) if isinstance(each, m.CodeBlock)]


def test_names_of_languages_and_tabs_above_program_text() -> None:
    tabs = '<input type="radio" name="g" checked><label>npm</label><input type="radio" name="g"><label>pnpm</label>'
    code = '<div class="language-sh"><span class="lang">sh</span><pre><code>npm add quay</code></pre></div>'
    document = feed2doc.read(f"<p>Before.</p><div>{tabs}</div>{code}<p>After.</p>".encode(), format="html")
    assert [m.plain_text(each.content) for each in m.walk(document) if isinstance(each, m.Paragraph)] == [
        "Before.",
        "npm pnpm",
        "After.",
    ]


def test_a_pre_with_a_font_for_programs_is_program_text() -> None:
    html = '<p>Before.</p><pre style="font-family: Menlo, Consolas, sans-serif">a = 1</pre><p>After.</p>'
    document = feed2doc.read(html.encode(), format="html")
    assert [each.value for each in m.walk(document) if isinstance(each, m.CodeBlock)] == ["a = 1"]


COLOURED = '<span style="color: #008080;">%d</span> %s'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<pre>{COLOURED % (1, 'x = 1;')}\n{COLOURED % (2, '    y = 2;')}</pre>", "x = 1;\n    y = 2;"),
        (f"<pre>{COLOURED % (9, 'x;')}\n{COLOURED % (10, '')}\n{COLOURED % (11, 'y;')}</pre>", "x;\n\ny;"),
        (f"<pre>{COLOURED % (1, '2')}\n{COLOURED % (3, '4')}</pre>", "1 2\n3 4"),
        (f"<pre>{COLOURED % (1, 'x')}\ny\n{COLOURED % (2, 'z')}</pre>", "1 x\ny\n2 z"),
        ("<pre><span class='mi'>1</span> apple\n<span class='mi'>2</span> pear</pre>", "1 apple\n2 pear"),
        ("<pre><span style='color:red'>1</span>,apple\n<span style='color:red'>2</span>,pear</pre>", "1,apple\n2,pear"),
    ],
)  # fmt: skip
def test_coloured_numbers_that_count_the_lines_are_left_out(html: str, expected: str) -> None:
    """As cnblogs writes them."""
    document = feed2doc.read(f"<p>Before.</p>{html}<p>After.</p>".encode())
    assert [each.value for each in m.walk(document) if isinstance(each, m.CodeBlock)] == [expected]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><div>1</div><div>a = 1</div></div><div><div>2</div><div>  b</div></div>", "a = 1\n  b"),
        ("<code><div><div>7</div><div>a</div></div><div><div>8</div><div></div></div></code>", "a\n"),
        ("<div><div>1</div><div>42</div></div><div><div>2</div><div>43</div></div>", "42\n43"),
        ('<span class="mr-4 select-none">1</span>a\n<span class="mr-4 select-none">2</span>  b', "a\n  b"),
        ('<div><span style="user-select: none">1</span><b>a</b></div><div><span style="user-select: none">2</span><b>b</b></div>', "a\nb"),
        ("<div><div>1</div><div>a</div></div>", "1\na"),
        ("<div><div>4</div><div>a</div></div><div><div>9</div><div>b</div></div>", "4\na\n9\nb"),
        ("<div>1 a</div><div>2 b</div>", "1 a\n2 b"),
        ("<div><div>1</div></div><div><div>2</div></div>", "1\n2"),
    ],
)  # fmt: skip
def test_numbers_beside_lines_that_count_them_are_left_out(html: str, expected: str) -> None:
    document = feed2doc.read(f"<p>Before.</p><pre>{html}</pre><p>After.</p>".encode())
    assert [each.value for each in m.walk(document) if isinstance(each, m.CodeBlock)] == [expected]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<div><code style="white-space: pre">\n/ip address\n  add\n</code></div>', [("CodeBlock", "/ip address\n  add")]),
        ('<p><samp style="white-space: pre-wrap">a\n  b</samp></p>', [("CodeBlock", "a\n  b")]),
        ('<code class="block whitespace-pre">a\n  b</code>', [("CodeBlock", "a\n  b")]),
        ('<p>Run <code style="white-space: pre">a\nb</code> now.</p>', [("Code", "a"), ("Code", "b")]),
        ('<p>Run <code style="white-space: pre">a b</code> now.</p>', [("Code", "a b")]),
        ("<div><code>a\n  b</code></div>", [("Code", "a b")]),
    ],
)  # fmt: skip
def test_lines_of_code_that_a_style_keeps(html: str, expected: list[tuple[str, str]]) -> None:
    """As Confluence writes them."""
    document = feed2doc.read(f"<p>Before.</p>{html}<p>After.</p>".encode())
    found = [
        (type(each).__name__, each.value)
        for each in m.walk(document)
        if isinstance(each, m.Code | m.CodeBlock)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<pre class="language-shellsession"><span class="float-end">shellsession</span><code>ls -l</code></pre>', "ls -l"),
        ('<pre><div class="lang">bash</div><code class="language-sh">ls -l</code></pre>', "ls -l"),
        ('<div class="head"><div class="code-lang">Python</div><pre><code class="language-python">ls -l</code></pre></div>', "ls -l"),
        ('<pre><span class="prompt">$ </span><code>ls -l</code></pre>', "$ ls -l"),
        ('<pre class="language-bash">bash <code>ls -l</code></pre>', "bash ls -l"),
        ('<p>Python</p><pre><code class="language-python">ls -l</code></pre>', "Python ls -l"),
        ('<div>Python:</div><pre><code class="language-python">ls -l</code></pre>', "Python: ls -l"),
    ],
)  # fmt: skip
def test_the_name_of_the_language_above_program_text_is_left_out(html: str, words: str) -> None:
    document = feed2doc.read(f"<p>Before.</p>{html}<p>After.</p>".encode())
    written = feed2doc.write(document, "text", width=0)
    assert isinstance(written, str)
    assert " ".join(written.split()).partition("Before. ")[2] == f"{words} After."
