"""Articles with texts that some program would run, include or take for markup, and what a program read in them."""

import html
import itertools
import json
import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feed2doc
import pypandoc
from feed2doc import model as m

PANDOC = str(pypandoc.get_pandoc_path())
SECRET = "Geheimwort"
# One in each line: a directive, macro, raw part, inclusion, break of the front matter, and so on.
TEXTS = (Path(__file__).parent / "data" / "program_texts.txt").read_text("utf-8").splitlines()
PLACES = 47
HARMLESS = ["word"] * PLACES
# Nodes of pandoc's tree that a text must not become.
_FORBIDDEN = frozenset(
    [
        "RawInline",
        "RawBlock",
        "Math",
        "Cite",
        "Image",
        "CodeBlock",
        "Header",
        "Table",
        "Note",
        "BulletList",
        "OrderedList",
        "DefinitionList",
        "HorizontalRule",
        "LineBlock",
        "BlockQuote",
        "Div",
        "Strikeout",
        "Superscript",
        "Subscript",
        "Underline",
        "Figure",
    ]
)
_FORBIDDEN_IN_METADATA = frozenset(["RawInline", "RawBlock", "Math", "Image", "Note"])
# TeX that pandoc writes for a character, and our own tags in Markdown.
_HARMLESS_RAW = re.compile(
    r"\\text[a-z]+(?:\{\})?\s*|</?(?:sub|sup|ins|mark|ruby|r[tp]|em|strong|abbr)\b[^>]*>|\\if[^`]*"
)


def chosen(seed: str) -> list[str]:
    """Return a text for each place, some of them two texts in one."""
    choice = random.Random(seed)
    return [" ".join(choice.choices(TEXTS, k=choice.choice((1, 1, 2)))) for _ in range(PLACES)]


def article(given: list[str]) -> m.Document:
    """Return an article with one of the texts in each place, next to a word by which the place is known."""
    places = itertools.count()

    def text() -> str:
        place = next(places)
        return f"{given[place]} Q{place}Z" if place % 2 else f"Q{place}Z {given[place]}"

    def line() -> m.Inlines:
        return (m.Text(text()),)

    def p() -> m.Paragraph:
        return m.Paragraph(line())

    blocks: m.Blocks = (
        p(),
        m.Paragraph((m.Strong(line()), m.Text(f" {text()} "), m.Emph(line()))),
        m.Paragraph((m.Link(line(), "https://link.example/", text()), m.Text(" end"))),
        m.BulletList(((p(), p()), (p(),))),
        m.OrderedList(((p(),),)),
        m.Quote((p(),), line()),
        m.Table(((m.Cell((p(),), True), m.Cell((p(),), True)), (m.Cell((p(),)), m.Cell((p(),)))), line()),
        m.DefinitionList((m.Definition(line(), ((p(),),)),)),
        m.Aside((p(),), line()),
        m.Embed("video", "https://embed.example/", text()),
        m.Paragraph((m.Text("note"), m.Note((p(),)), m.Text(" "), m.Ruby(line(), text()))),
        m.Verse((line(), line())),
        m.Paragraph((m.Abbreviation(line(), text()), m.LineBreak(), m.Text(text()))),
        m.Paragraph((m.Text("code "), m.Code(text()), m.Text("."))),
        m.CodeBlock(text()),
        m.CodeBlock("code", given[next(places)]),
        m.Paragraph((m.Text("end"),)),
    )
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
        sections=(m.Section(blocks=(p(),)), m.Section(line(), 1, blocks)),
        credits=(m.Credit("note", line()),),
    )


def read_by_pandoc(data: bytes, reader: str, folder: Path) -> Any:
    """Return what pandoc reads, as its tree; the file with the secret is in its folder."""
    (folder / "secret.txt").write_text(SECRET)
    done = subprocess.run(
        [PANDOC, f"--from={reader}", "--to=json"], input=data, capture_output=True, cwd=folder, check=False
    )
    assert not done.returncode, done.stderr.decode()
    assert SECRET not in done.stdout.decode()
    return json.loads(done.stdout)


def with_all_extensions(reader: str) -> str:
    """Return the reader with all extensions but those that only add attributes or take quotations for Haskell."""
    listed = subprocess.run(
        [PANDOC, f"--list-extensions={reader}"], capture_output=True, text=True, check=True
    )
    names = {line[1:] for line in listed.stdout.split()} - {"sourcepos", "literate_haskell"}
    if reader in ("html", "epub"):  # their texts are no TeX to any other program
        names = {name for name in names if not name.startswith("tex_math")}
    return "".join((reader, *sorted(f"+{name}" for name in names)))


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    for each in tree if isinstance(tree, list) else tree.values() if isinstance(tree, dict) else ():
        if isinstance(each, dict) and "t" in each:
            yield each
        yield from _nodes(each)


def kinds_of(tree: Any) -> Counter[str]:
    """Return how many nodes of each kind are in a tree that no text may become, and the targets of its links."""
    found: Counter[str] = Counter()
    for part, forbidden in (("blocks", _FORBIDDEN), ("meta", _FORBIDDEN_IN_METADATA)):
        for node in _nodes(tree[part]):
            kind, content = node["t"], node.get("c", [])
            if kind == "Link":
                text, url = content[1], content[2][0]
                names = {words_of(each) for each in (url, unquote(url.removeprefix("mailto:")))}
                if not re.match("https?:|mailto:", url) or words_of(text) not in names:
                    found[url] = 1  # not an address that is a link because it is one in the text
            elif kind in forbidden and not (kind.startswith("Raw") and _HARMLESS_RAW.fullmatch(content[1])):
                found[kind] += 1
    return found


def words_of(tree: object) -> str:
    """Return the letters and digits of the texts in a tree."""
    match tree:
        case str():
            return re.sub(r"[\W_]", "", tree)
        case {"t": "RawInline" | "RawBlock"}:
            return ""
        case {"t": "Cite", "c": [_, content]}:
            return words_of(content)
        case {"t": "Code" | "CodeBlock", "c": [_, code]}:
            return words_of(code)
        case {"t": "Link" | "Image", "c": [_, content, [_, title]]}:
            return words_of([content, title])
        case dict():
            return "".join(words_of(value) for key, value in tree.items() if key != "t")
        case list():
            return "".join(map(words_of, tree))
    return ""


def lost(given: list[str], words: str, harmless: str) -> dict[int, str]:
    """Return the texts whose words did not come out, by place, of those places whose harmless word did."""
    found = {}
    for place, text in enumerate(given):
        texts = (f"{each} Q{place}Z" if place % 2 else f"Q{place}Z {each}" for each in (HARMLESS[0], text))
        expected, wanted = map(words_of, texts)
        if expected in harmless and wanted not in words and wanted not in html.unescape(words):
            found[place] = text
    return found


def unescaped(tree: Any) -> Any:
    """Return the tree with character references replaced, which some of pandoc's readers leave."""
    match tree:
        case str():
            return html.unescape(tree)
        case list():
            return list(map(unescaped, tree))
        case dict():
            return {key: unescaped(value) for key, value in tree.items()}
    return tree


def written(document: m.Document, options: Any) -> bytes:
    data = feed2doc.write(document, options)
    return data.encode() if isinstance(data, str) else data
