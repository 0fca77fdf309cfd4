"""Words as they are written in TeX, in the feeds of arXiv."""

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._text.tex_words import words_of_tex


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"Aino Suonp\"a\"a", "Aino Suonpää"),
        (r"Fran\c{c}ois, Mart\'{\i}n, \v{S}im\'on, Erd\H{o}s", "François, Martín, Šimón, Erdős"),
        (r"\O ystein \AA s and \L ukasz of Stra\ss e", "Øystein Ås and Łukasz of Straße"),
        (r"40\% of \$4 \& more, \emph{wet} \textbf{R}opes", "40% of $4 & more, wet Ropes"),
        (r"Where $x\% \leq \"a$ and \(\'e\) hold", r"Where $x\% \leq \"a$ and \(\'e\) hold"),
        (r"C:\users\vera, \alpha and \cite{knot}", r"C:\users\vera, \alpha and \cite{knot}"),
        ("No sign of it", "No sign of it"),
    ],
)
def test_words_are_set_as_tex_sets_them(tex: str, words: str) -> None:
    assert words_of_tex(tex) == words


FEED = r"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>ropes</title><link>{}</link>
<item><title>Ropes: 40\% of Erd\H{{o}}s</title><link>https://arxiv.org/abs/1</link>
<description>They cost \$4 in 1990 and \$19 in 2020, and $h \leq 2$ \emph{{always}}.</description>
<dc:creator>Jos\'e Tar, Bo C\^y</dc:creator></item></channel></rss>"""


def test_an_entry_of_arxiv_is_written_in_tex() -> None:
    document = feed2doc.read(FEED.format("https://arxiv.org/").encode())
    assert document.headline == "Ropes: 40% of Erdős"
    assert [person.name for person in document.byline] == ["José Tar", "Bo Cŷ"]
    (paragraph,) = document.sections[0].blocks
    assert isinstance(paragraph, m.Paragraph)
    assert m.plain_text(paragraph.content) == "They cost $4 in 1990 and $19 in 2020, and $h \\leq 2$ always."
    assert [node.tex for node in m.walk(paragraph) if isinstance(node, m.Math)] == [r"h \leq 2"]


def test_other_entries_are_not() -> None:
    document = feed2doc.read(FEED.format("https://quay.example/").encode())
    assert document.headline == r"Ropes: 40\% of Erd\H{o}s"
