"""Texts that a format's own programs would run, include or take for markup come out of them as nothing but text.

The program that people open a format with is the judge: an article with such texts in every place is written and read
by it, and must give the same kinds of nodes as one with harmless texts, and the same words.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypandoc
from feed2doc import model as m
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

PANDOC = str(pypandoc.get_pandoc_path())
SECRET = "Geheimwort"
FEW = settings(
    max_examples=max(1, int(os.environ.get("FEED2DOC_EXAMPLES", "60")) // 60),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
# Texts by what they are in some format: a directive, a macro, a raw part, a file to include, a break of the front matter.
FRAGMENTS = (Path(__file__).parent / "data" / "program_texts.txt").read_text("utf-8").splitlines()
PLACES = 45

texts = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3).map(" ".join)
everywhere = st.lists(texts, min_size=PLACES, max_size=PLACES)


def article(given_texts: list[str]) -> m.Document:
    """Return an article with one of the texts in each place, between two words by which the place is known."""
    place = iter(enumerate(given_texts))

    def text() -> str:
        number, value = next(place)
        # The first word is after a text that begins a line in some places, and before it in the others.
        return f"{value} Q{number}Z" if number % 2 else f"Q{number}Z {value}"

    def line() -> m.Inlines:
        return (m.Text(text()),)

    def p() -> m.Paragraph:
        return m.Paragraph(line())

    picture = m.Image("https://pictures.example/a.png", text(), text())
    return m.Document(
        id="x",
        language="en",
        headline=text(),
        byline=(m.Person(text()),),
        publication=text(),
        standfirst=line(),
        summary=text(),
        tags=(text(), text()),
        lead=m.Figure(picture, line(), line()),
        sections=(
            m.Section(blocks=(p(), m.Paragraph((m.Strong(line()), m.Text(f" {text()} "), m.Emph(line()))))),
            m.Section(
                line(),
                1,
                (
                    m.Paragraph((m.Link(line(), "https://link.example/", text()), m.Text(" end"))),
                    m.BulletList(((p(), p()), (p(),))),
                    m.OrderedList(((p(),),)),
                    m.Quote((p(),), line()),
                    m.Table(
                        ((m.Cell((p(),), True), m.Cell((p(),), True)), (m.Cell((p(),)), m.Cell((p(),)))),
                        line(),
                    ),
                    m.DefinitionList((m.Definition(line(), ((p(),),)),)),
                    m.Aside((p(),), line()),
                    m.Embed("video", "https://embed.example/", text()),
                    m.Paragraph((m.Text("note"), m.Note((p(),)), m.Text(" "), m.Ruby(line(), text()))),
                    m.Verse((line(), line())),
                    m.Paragraph((m.Abbreviation(line(), text()), m.LineBreak(), m.Text(text()))),
                    m.Paragraph((m.Text("code "), m.Code(text()), m.Text("."))),
                    m.CodeBlock(text()),
                    m.Paragraph((m.Text("end"),)),
                ),
            ),
        ),
        credits=(m.Credit("note", line()),),
    )


def nodes(tree: object) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a pandoc tree."""
    for each in tree if isinstance(tree, list) else tree.values() if isinstance(tree, dict) else ():
        if isinstance(each, dict) and "t" in each:
            yield each
        yield from nodes(each)


def words_of(tree: object) -> str:
    """Return the letters and digits of a tree, with those of its attributes."""
    if isinstance(tree, str):
        return re.sub(r"[\W_]", "", tree)
    if isinstance(tree, dict) and tree.get("t") in ("Code", "CodeBlock"):
        return words_of(tree["c"][1])
    if isinstance(tree, dict) and tree.get("t") in ("Link", "Image"):  # without the URL
        return words_of([tree["c"][1], tree["c"][2][1]])
    if isinstance(tree, dict):
        return "".join(words_of(value) for key, value in tree.items() if key != "t")
    return "".join(map(words_of, tree)) if isinstance(tree, list) else ""


def read(data: bytes, reader: str, folder: Path) -> Any:
    """Return what pandoc reads, as its tree; it runs next to a file with the secret."""
    (folder / "secret.txt").write_text(SECRET)
    done = subprocess.run(
        [PANDOC, f"--from={reader}", "--to=json"], input=data, capture_output=True, cwd=folder, check=False
    )
    assert not done.returncode, done.stderr.decode()
    import json

    return json.loads(done.stdout)
