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


def deep(levels: int) -> m.Document:
    block: m.Quote | m.Paragraph = m.Paragraph((m.Text("deep"),))
    for _ in range(levels):
        block = m.Quote((block,))
    return m.Document(id="deep", headline="Deep", language="en", sections=(m.Section(blocks=(block,)),))


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
