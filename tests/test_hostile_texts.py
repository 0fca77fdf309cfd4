"""Texts that a format's own programs would run, include or take for markup come out of them as nothing but text.

The program that people open a format with is the judge: it reads an article with such texts in every place, and finds no
more nodes of each kind in it than in one with harmless texts, and all words.
"""

import io
import os
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import feed2doc
import msgspec
import pytest
from docutils.core import publish_doctree
from docutils.nodes import Element
from feed2doc import Epub, Html, Markdown, Pandoc, Typst
from feed2doc import model as m
from feed2doc._formats import Options
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from tests.hostile_texts import (
    HARMLESS,
    SECRET,
    article,
    chosen,
    kinds_of,
    lost,
    read_by_pandoc,
    unescaped,
    with_all_extensions,
    words_of,
    written,
)

EXAMPLES = int(os.environ.get("FEED2DOC_EXAMPLES", "60"))
FEW = settings(max_examples=max(1, EXAMPLES // 60), deadline=None, phases=[Phase.generate])
SEEDS = st.integers(0, 2**32)
# Pandoc's reader of each format, of which `make test` tries the first of each kind.
_READERS = {
    **{
        name: name
        for name in ("asciidoc", "commonmark_x", "djot", "dokuwiki", "haddock", "jats", "jira", "latex")
    },
    **{name: name for name in ("markdown_mmd", "markdown_strict", "mediawiki", "muse", "org", "textile")},
}
_MORE_READERS = {
    **{name: name for name in ("commonmark", "docx", "fb2", "gfm", "ipynb", "man", "markdown_github")},
    **{
        name: name for name in ("markdown_phpextra", "native", "odt", "opml", "pptx", "rtf", "csljson", "xml")
    },
    **{
        "asciidoctor": "asciidoc",
        "beamer": "latex",
        "chunkedhtml": "",
        "docbook": "docbook",
        "docbook5": "docbook",
    },
    **{
        "epub2": "epub",
        "epub3": "epub",
        "html4": "html",
        "html5": "html",
        "jats_publishing": "jats",
        "slidy": "html",
    },
}
READERS = {
    name: reader
    for name, reader in ((_READERS | _MORE_READERS) if EXAMPLES > 60 else _READERS).items()
    if reader
}
# Places that pandoc does not read back as they are: the alternative text in asciidoc, the author in fb2, and the values of
# front matter, which may begin with the number of an item.
_UNREAD = {"asciidoc": {33}, "asciidoctor": {33}, "fb2": {36}, "markdown": {35, 36, 37, 39, 40, 41}}
MARKDOWN_READERS = ("gfm", "markdown")


@cache
def harmless(name: str, reader: str, folder: Path) -> Any:
    return read_by_pandoc(written(article(HARMLESS), _options(name)), reader, folder)


def _options(name: str) -> Options:
    own: dict[str, Options] = {"markdown": Markdown(), "typst": Typst()}
    return own.get(name) or Pandoc(name)


def check_by_pandoc(name: str, reader: str, given_texts: list[str], folder: Path) -> None:
    expected = harmless(name, reader, folder)
    found = read_by_pandoc(written(article(given_texts), _options(name)), reader, folder)
    assert not kinds_of(found) - kinds_of(expected)
    words = words_of(found) + words_of(unescaped(found))
    missing = lost(given_texts, words, words_of(expected))
    assert not {place: text for place, text in missing.items() if place not in _UNREAD.get(name, ())}


@pytest.mark.parametrize("name", READERS)
@FEW
@given(seed=SEEDS)
def test_pandoc_reads_texts_of_its_formats_as_text(
    name: str, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    check_by_pandoc(
        name, with_all_extensions(READERS[name]), chosen(f"{name}{seed}"), tmp_path_factory.getbasetemp()
    )


@pytest.mark.parametrize("reader", MARKDOWN_READERS)
@FEW
@given(seed=SEEDS)
def test_pandoc_reads_texts_of_markdown_as_text(
    reader: str, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    check_by_pandoc(
        "markdown", with_all_extensions(reader), chosen(f"{reader}{seed}"), tmp_path_factory.getbasetemp()
    )


@FEW
@given(seed=SEEDS)
def test_docutils_reads_texts_as_text(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "secret.txt").write_text(SECRET)
    given_texts = chosen(f"docutils{seed}")
    expected, found = (
        publish_doctree(
            written(article(each), Pandoc("rst")).decode(),
            source_path=str(folder / "article.rst"),
            settings_overrides={"halt_level": 1, "report_level": 1},
        )
        for each in (HARMLESS, given_texts)
    )
    kinds, others = (
        Counter(type(node).__name__ for node in tree.findall(Element)) for tree in (expected, found)
    )
    assert not others - kinds and SECRET not in found.astext()
    assert not lost(given_texts, words_of(found.astext()), words_of(expected.astext()))


@FEW
@given(seed=SEEDS)
def test_markdown_it_reads_texts_as_text(seed: int) -> None:
    given_texts = chosen(f"markdown-it{seed}")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    kinds, others = (
        Counter(
            (token.type, token.content if token.type.startswith("html") else "")
            for block in parser.parse(_body(written(article(each), Markdown()).decode()))
            for token in (block, *(block.children or ()))
            if token.type not in ("text", "text_special", "softbreak", "inline")
            and "abbr title" not in token.content
        )
        for each in (HARMLESS, given_texts)
    )
    assert kinds == others


def _body(markdown: str) -> str:
    """Return Markdown without its front matter."""
    return markdown.split("---\n", 2)[2]


# What Hugo, Jekyll, Obsidian and its Dataview run or hide wherever it is, but in code.
_RUN = re.compile(
    r"\{\{|\{%|(?<!\\)%%|^(?:```|~~~)\{?=?(?:dataview|html|\{)|^(?:\+\+\+|---)$|(?<!\\)`\$=|^%\s", re.M
)


@FEW
@given(seed=SEEDS)
def test_nothing_in_markdown_is_run_by_publishing_programs(seed: int) -> None:
    document = article(chosen(f"publishing{seed}"))
    body = _body(written(document, Markdown()).decode())
    without_blocks = re.sub(r"(?ms)^(```+).*?^\1$", "code", body)
    without_code = re.sub(r"(?<![\\`])(`+)(?!`)[^\n]+?(?<!`)\1(?!`)", "code", without_blocks)
    assert set(_RUN.findall(without_code)) <= {"---"}  # the rule above the credits


@pytest.mark.parametrize(
    "code", ["{{< a >}}", "b {{% a %}}\n  {{< c `d` >}}", "{{< a", "# {{% a }}", "{{< a %}} {{< >}} *b*"]
)
def test_hugo_runs_no_shortcodes_in_code(code: str) -> None:
    blocks = (m.CodeBlock(code), m.Paragraph((m.Text("a "), m.Code(code.replace("\n", " ")))))
    document = m.Document(id="x", language="en", sections=(m.Section(blocks=blocks),))
    output = written(document, Markdown(front_matter="hugo")).decode()
    assert not re.search(r"\{\{[<%](?!/\*)", output)
    printed = re.sub(r"(?<=[<%])/\*|\*/(?=[>%])", "", output)
    text = "".join(re.findall(r"\w", code))
    assert "".join(re.findall(r"\w", printed.split("---\n")[2])).endswith(f"{text}a{text}")


# Signs of formats that no program here reads, and what they do not matter in: code. There must be no more of them than in
# an article with harmless texts.
_SIGNS = {
    "bbcode": (r"\[/?[a-z*]\w*", r"\[code\].*?\[/code\]"),
    "bbcode_xenforo": (r"\[/?[a-z*]\w*", r"\[i?code\].*?\[/i?code\]"),
    "context": (r"\\(?!letter|char[0-9])[a-z]+|\^\^", r"\\starttyping.*?\\stoptyping|\\type\S(?:.*?)\n"),
    "markua": (r"^\{\w+|!\[(?!Q)|^#+ ", r"^````$.*?^````$|`.*?`"),
    "ms": (r"^[.']\w+|\\[*XnYfF]", r"\\f\[C\].*?\\f\[R?\]"),
    "texinfo": (r"(?<!@)@[a-z]+", r"@verbatim.*?@end verbatim"),
    "typst": (r"(?<!\\)#\w+(?=[(\[])", r'"(?:\\.|[^"\\])*"|(?<!\\)//.*?$'),
    "vimdoc": (r"(?:^|\s)\*\S+\*(?:\s|$)|(?:^|\s)(?:vi|vim|ex):\s*set", r"^>\n.*?^<$|`.*?`"),
    "xwiki": (r"(?<!~)\{\{/?\w+|(?<!~)\[\[", r"\{\{code\}\}.*?\{\{/code\}\}"),
    "zimwiki": (r"\{\{|\[\[|@\w+", r"^'''$.*?^'''$|''.*?''"),
}


@pytest.mark.parametrize("name", _SIGNS)
@FEW
@given(seed=SEEDS)
def test_signs_of_other_formats_are_escaped(name: str, seed: int) -> None:
    sign, code = _SIGNS[name]
    expected, found = (
        Counter(
            re.findall(
                sign,
                re.sub(code, "", written(article(each), _options(name)).decode(), flags=re.M | re.S),
                re.M,
            )
        )
        for each in (HARMLESS, chosen(f"{name}{seed}"))
    )
    assert not found - expected


@pytest.mark.parametrize("name", ["tei", "icml", "opendocument", "docbook4", "jats_archiving", "xml"])
@FEW
@given(seed=SEEDS)
def test_texts_in_xml_add_no_elements(name: str, seed: int) -> None:
    kinds, others = (
        Counter(each.tag for each in etree.fromstring(written(article(row), Pandoc(name))).iter())
        for row in (HARMLESS, [f"{text} ]]> <script>alert(1)</script>" for text in chosen(f"{name}{seed}")])
    )
    assert not others - kinds - Counter(dict.fromkeys(kinds, 999))


@FEW
@given(seed=SEEDS)
def test_texts_in_html_and_epub_add_no_elements_or_handlers(seed: int) -> None:
    given_texts = [
        f"{text} \"'><script>alert(1)</script><img src=x onerror=alert(1)>" for text in chosen(f"html{seed}")
    ]

    def shape(row: list[str]) -> Counter[str]:
        book = zipfile.ZipFile(io.BytesIO(written(article(row), Epub())))
        pages = [book.read(name) for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        trees = [
            etree.fromstring(written(article(row), Html()), etree.HTMLParser()),
            *map(etree.fromstring, pages),
        ]
        elements = [each for tree in trees for each in tree.iter(etree.Element)]
        return Counter(name for each in elements for name in (str(each.tag), *map(str, each.attrib)))

    # Words of the same lengths, because tables with long words are written as lists.
    assert shape(given_texts) == shape([re.sub(r"\S", "x", text) for text in given_texts])


@pytest.mark.parametrize(
    "options", [Markdown(), Html(), *map(Pandoc, ("rst", "latex", "mediawiki", "org", "html5"))]
)
def test_links_have_only_the_schemes_of_links(options: Options) -> None:
    links = tuple(
        m.Link((m.Text("linkword"),), url)
        for url in ("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///a")
    )
    blocks = (m.Paragraph(links), m.Embed("iframe", "javascript:alert(1)", "embedword"))
    document = m.Document(id="x", headline="h", language="en", sections=(m.Section(blocks=blocks),))
    output = written(document, options).decode().lower()
    assert output.count("linkword") == 4 and "embedword" in output
    assert not re.search(r"(?<!\w)(?:javascript|data:text|file:)", output)


@pytest.mark.parametrize(
    "language",
    ["{=html}", "=html", "{=latex}", "dataviewjs", "{.python onclick=x}", "mermaid", "python :results x"],
)
@pytest.mark.parametrize(
    "options", [Markdown(), *map(Pandoc, ("commonmark_x", "markdown_mmd", "org", "rst", "asciidoc"))]
)
def test_code_has_only_languages_that_are_known(language: str, options: Options) -> None:
    document = m.Document(
        id="x",
        language="en",
        sections=(m.Section(blocks=(m.CodeBlock("codeword", language), m.CodeBlock("b", "c++"))),),
    )
    output = written(document, options).decode()
    assert language not in output and "c++" in output and "codeword" in output


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("\\stoptyping\\input{secret.txt}", "context"),
        ("@end verbatim\n@include secret.txt", "texinfo"),
        ("{{/code}}{{groovy}}println(1){{/groovy}}", "xwiki"),
        ("</syntaxhighlight>{{Template}}", "mediawiki"),
        ("[/code][img]http://evil.example/[/img]", "bbcode"),
        ("'''\n{{./a.png}}", "zimwiki"),
        ("include::secret.txt[]", "asciidoctor"),
    ],
)
def test_code_does_not_end_its_block(code: str, name: str) -> None:
    blocks = (m.CodeBlock(code, "python"),)
    document = m.Document(id="x", headline="h", language="en", sections=(m.Section(blocks=blocks),))
    output = written(document, Pandoc(name)).decode()
    assert code not in output


def _paragraph(*content: m.Inline) -> m.Document:
    return m.Document(
        id="x", headline="h", language="en", sections=(m.Section(blocks=(m.Paragraph(content),)),)
    )


_TEX = (
    r"\input{secret.txt}",
    r"\write18{ls}",
    r"\href{javascript:alert(1)}{x}",
    r"\def\x{\input{secret.txt}} 1",
    r"\newcommand{\x}{\include{secret}} 1",
    r"x % \input{secret.txt}",
    r"x\label{\input secret.txt}",
    r"^^5cinput{secret.txt}",
    r"\csname input\endcsname{secret.txt}",
    "x$ \\input{secret.txt} $y",
    r"\text{</math></script>} ]]>",
    r"\) \input{secret.txt} \(",
)


@pytest.mark.parametrize(
    "name", ["markdown", "latex", "context", "org", "rst", "mediawiki", "tei", "jats", "html5"]
)
def test_tex_of_documents_is_checked(name: str) -> None:
    formulas = (m.Math(tex, text="words") for tex in _TEX)
    content = [node for formula in formulas for node in (formula, m.Text(" and "))]
    output = written(_paragraph(m.Text("start "), *content), _options(name)).decode()
    body = output[output.rindex("start") :]
    assert not re.search(
        r"input|secret|write|href|label|csname|newcommand|</math></script>|%|]]>(?!</tex-math>)", body
    )
    assert body.count("and") == len(_TEX) and body.count("words") >= 7


@pytest.mark.parametrize("name", ["markdown", "latex", "gfm"])
def test_definitions_of_tex_are_replaced_by_what_they_stand_for(name: str) -> None:
    output = written(
        _paragraph(m.Text("start "), m.Math(r"\def\x{a+b} \x^2", text="w")), _options(name)
    ).decode()
    body = output[output.rindex("start") :]
    assert "def" not in body and re.search(r"a ?\+ ?b", body)


@pytest.mark.parametrize(
    "content",
    [
        (m.Text("US$5/"), m.Math("x+1"), m.Text(" and 6$")),
        (m.Text("a $b"), m.Strong((m.Text("c"),)), m.Text("d$ "), m.Math("x+1")),
        (m.Math("x+1"), m.Text("5 $6$ 7")),
        (
            m.Text("$5 "),
            m.Link((m.Text("a"),), "https://a.example/$b"),
            m.Text(" $"),
            m.Math("x+1"),
            m.Text("$"),
        ),
        (m.Text("$"), m.Math("x+1")),
    ],
)
def test_only_formulas_are_formulas_in_markdown(content: m.Inlines, tmp_path: Path) -> None:
    tree = read_by_pandoc(written(_paragraph(*content), Markdown()), "markdown", tmp_path)
    assert kinds_of(tree)["Math"] == 1
    assert not kinds_of(tree)["RawInline"] and words_of(tree).count("x1") == 1


@pytest.mark.parametrize("name", ["html4", "html5", "revealjs", "slidy", "s5"])
def test_keywords_add_no_attributes_to_html(name: str) -> None:
    tag = '0;url=http://evil.example" http-equiv="refresh'
    page = written(msgspec.structs.replace(_paragraph(m.Text("a")), tags=(tag,)), Pandoc(name))
    metas = etree.fromstring(page, etree.HTMLParser()).iter("meta")
    assert all(meta.get("http-equiv", "") != "refresh" for meta in metas)


@pytest.mark.parametrize("name", ["markdown", "jira", "markua", "rst", "mediawiki"])
def test_invalid_languages_are_left_out(name: str) -> None:
    bad = 'x"]}]]><script>alert(1)</script>\n.. include:: secret.txt'
    content = (m.Text("a "), m.Span((m.Text("b"),), lang=bad))
    document = msgspec.structs.replace(_paragraph(*content), language=bad)
    assert "include" not in written(document, _options(name)).decode()


@pytest.mark.parametrize("code", ["--flag=value", "a == b", "x = 5"])
def test_harmless_code_stays_code_in_org(code: str) -> None:
    block = m.Paragraph((m.Text("Use "), m.Code(code), m.Text(" now.")))
    document = m.Document(id="a", headline="Harbour", sections=(m.Section(blocks=(block,)),))
    assert f"Use ~{code}~ now." in feed2doc.write(document, "org")
