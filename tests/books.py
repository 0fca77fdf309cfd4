"""Documents and books that are difficult to turn into valid pages."""

from pathlib import Path

import feed2doc
from feed2doc import model as m

SAMPLES = Path(__file__).parent.parent / "samples"
HOSTILE = m.Document(
    id="x",
    headline="</script>]]>\x00\x0b& “quoted” \ud800",
    language="en",
    sections=(
        m.Section(
            (m.Text("\x01"),),
            1,
            (
                m.Paragraph(
                    (m.Link((m.Text("relative"),), "a b/c.html"), m.Link((), "https://example.com/a|b c"))
                ),
                m.Paragraph((m.Link((m.Text("host"),), "https://www.example.comhttps://x/[y]"),)),
                m.Table(((m.Cell(rowspan=99), m.Cell(colspan=7)), (m.Cell(), m.Cell(rowspan=3)))),
                m.Figure(m.Image("data:image/png;base64,AAAA"), (m.Text("no picture"),)),
                m.Figure(m.Image("https://example.com/中文 .jpg")),
            ),
        ),
    ),
    credits=(m.Credit("rights", (m.Text("© <all>"),)),),
)

# MathML that must not be in a page.
UNSAFE = (
    '<mi onclick="x()">a</mi><script>alert(1)</script><mtext><a href="javascript:x">b</a></mtext>'
    '<maction actiontype="statusline"><mi>c</mi><mtext>d</mtext></maction><annotation-xml><iframe src="x"/></annotation-xml>'
    '<mglyph src="http://x.example/t.gif"/><mrow href="http://x.example" style="background:url(x)"><mi>e</mi></mrow>'
    "<mfrac><mn>1</mn></mfrac>"
)
TEX = (
    r"\begin{align} a &= b + c \\ d &= e_1 \end{align}", r"\tfrac12 \binom{n}{k} \cancel{x} \boxed{y}", r"\mathcal{O} \mathbf{v} \mathrm{if}",
    r"\bigl( x \bigr) \overline{AB} \xrightarrow{f} \underbrace{a+b}_{n}", r"\sum\limits_{i}^n \hspace{1cm} \phantom{x} \text{a b}",
    r"A=\begin{pmatrix}1&2\\3&4\end{pmatrix}, \begin{array}{l|r} a & b \end{array}", r"{\displaystyle \pi r^{2}} \color{red}{x}",
)  # fmt: skip
STRANGE = "<mfenced open='[' separators='; ,'><mi mathvariant='odd' width='3'>a</mi><mi>b</mi></mfenced><foo><mtr>c</mtr><none/></foo><mtable><mi>e</mi><mtr><mn>1</mn></mtr></mtable><msup><mi>d</mi></msup>d"


def deep(levels: int) -> m.Document:
    block: m.Quote | m.Paragraph = m.Paragraph((m.Text("deep"),))
    for _ in range(levels):
        block = m.Quote((block,))
    return m.Document(id="deep", headline="Deep", language="en", sections=(m.Section(blocks=(block,)),))


def with_formulas() -> m.Document:
    """Return an article with formulas that no other page has: MathML that is not valid, and many commands of TeX."""
    env = feed2doc.Env(audit=True)
    tex = "".join(f"<p>A \\({each}\\) is.</p><p>$${each}$$</p>" for each in TEX).replace("&", "&amp;")
    body = f"<p>A <math width='3' class='x'>{STRANGE}{UNSAFE}</math> is.</p>{tex}"
    page = (
        f'<html lang="en"><title>Tides</title><article><h1>Tides</h1>{body}<p>The end.</p></article></html>'
    )
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert [each for each in env.diagnostics if each.kind == "loss"] == []
    return document


def bundled() -> tuple[m.Book, feed2doc.Env]:
    """Return all samples, bundled as the command line does."""
    book, surroundings = samples()
    return feed2doc.bundle(book.documents, title="Bundle", group_by="date", env=surroundings), surroundings


def samples() -> tuple[m.Book, feed2doc.Env]:
    """Return all samples as one book with a part per file."""
    surroundings = feed2doc.Env()
    paths = sorted(SAMPLES.glob("*.txt"))
    parts = tuple(m.Part(p.stem, tuple(feed2doc.read_all(p, env=surroundings))) for p in paths)
    return m.Book(title="Samples", language="zh-CN", parts=parts), surroundings
