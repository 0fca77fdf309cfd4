"""Any document as Markdown and as text keeps its words, emphasis and links; no line is too long.

FEED2DOC_EXAMPLES is the number of documents to try, 20 by default.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import feed2doc
import pytest
from feed2doc import Markdown, PlainText
from feed2doc import model as m
from feed2doc._locale.dates import display_time
from feed2doc._text.wrap import NOT_AT_END, NOT_AT_START, width_of
from feed2doc.writers._shared.bylines import byline_text
from hypothesis import given
from hypothesis import strategies as st
from icu4py.breakers import LineBreaker
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.strategies import MANY, documents

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Seen:
    """The content that a reader of a page gets: words, strong or emphasised words, and link targets."""

    def __init__(self) -> None:
        self.words = ""
        self.marked = {"strong": "", "em": ""}
        self.links: list[str] = []
        self.open = {"strong": 0, "em": 0}

    def text(self, value: str) -> None:
        self.words += "".join(value.split())
        for kind, depth in self.open.items():
            self.marked[kind] += re.sub(r"[\W_]", "", value) if depth else ""


class Model(Seen):
    """The content of the model, in the order in which an article is printed."""

    def __init__(self, document: m.Document) -> None:
        super().__init__()
        self.notes: list[m.Note] = []
        self.code: set[str] = set()  # lines of code, which must not be broken
        self.text(document.headline)
        facts = (byline_text(document), display_time(document), document.publication)
        self.text("·".join(fact for fact in facts if fact))
        self.link("来源", document.url)
        self.strong(document.standfirst)
        self.blocks([document.lead] if document.lead else [])
        for section in document.sections:
            self.inlines(section.heading)
            self.blocks(section.blocks)
        for credit in document.credits:
            self.inlines(credit.text)
        if self.notes:
            self.text("注释")
        for note in self.notes:
            self.blocks(note.blocks)

    def link(self, words: str, url: str) -> None:
        self.text(words)
        self.links.append(url)

    def strong(self, inlines: Iterable[m.Inline]) -> None:
        self.inlines([m.Strong(tuple(inlines))])

    def blocks(self, blocks: Iterable[m.Block]) -> None:
        for block in blocks:
            self.block(block)

    def block(self, block: m.Block) -> None:
        match block:
            case m.Paragraph(content) | m.Heading(_, content):
                self.inlines(content)
            case m.Figure(_, caption, credit, url):
                self.links += [url] if url else []
                self.inlines((*caption, *((m.Text("—"),) if caption and credit else ()), *credit))
            case m.Quote(blocks, attribution):
                self.blocks(blocks)
                self.inlines((m.Text("—"), *attribution) if attribution else ())
            case m.BulletList() | m.OrderedList() | m.DefinitionList():
                self.items(block)
            case m.Verse(lines):
                self.inlines(node for line in lines for node in line)
            case m.Math():
                self.inlines([block])
            case m.Table(rows, caption):
                self.inlines(caption)
                for row in rows:
                    for cell in row:
                        self.blocks(cell.blocks)
            case m.CodeBlock(value):
                self.text(value)
                self.code |= {line.strip() for line in value.split("\n")}
            case m.Aside(blocks, title):
                self.strong(title)
                self.blocks(blocks)
            case m.Embed(_, url, title):
                self.link(title, url)
            case m.Rule():
                pass

    def items(self, block: m.BulletList | m.OrderedList | m.DefinitionList) -> None:
        if isinstance(block, m.DefinitionList):
            for definition in block.items:
                self.strong(definition.term)
                for meaning in definition.meanings:
                    self.blocks(meaning)
            return
        for item, done in zip(block.items, block.tasks or (None,) * len(block.items), strict=True):
            self.text({True: "[x]", False: "[]", None: ""}[done])
            self.blocks(item)

    def inlines(self, inlines: Iterable[m.Inline]) -> None:
        for node in inlines:
            match node:
                case m.Text(value) | m.Code(value):
                    self.text(value)
                case m.Link(content, url):
                    self.links.append(url)
                    self.inlines(content)
                case m.Ruby(base, text):
                    self.inlines(base)
                    self.text(f"({text})")
                case m.Note():
                    self.notes.append(node)
                    self.text(str(len(self.notes)))
                case m.Math():
                    self.text("$")
                case m.LineBreak() | m.InlineImage():
                    pass
                case _:
                    kind = {m.Strong: "strong", m.Emph: "em"}.get(type(node), "")
                    self.open |= {kind: self.open[kind] + 1} if kind else {}
                    self.inlines(node.content)
                    self.open |= {kind: self.open[kind] - 1} if kind else {}


class Parsed(Seen):
    """The content that a CommonMark parser finds in a page."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        for token in PARSER.parse(markdown):
            if token.type in ("fence", "code_block", "html_block"):
                self.text(token.content)
            for child in token.children or ():
                self.token(child)
        # No other text of the strategies has a dollar sign.
        self.words = re.sub(r"(\$\$?)[^$]+\1", "$", self.words)

    def token(self, token: Token) -> None:
        tag = token.tag or token.content.strip("</>")
        if tag in self.open:
            self.open[tag] += -1 if token.nesting < 0 or token.content.startswith("</") else 1
        elif token.type in ("text", "code_inline"):
            self.text(token.content)
        elif token.type == "link_open":
            self.links.append(str(token.attrs["href"]))
        elif token.type == "html_inline":
            assert tag.split(" ")[0] in ("sub", "sup", "ruby", "rt", "rp", "ins", "mark", "abbr")


@pytest.mark.slow
@pytest.mark.timeout(3600)  # with two thousand documents
@MANY
@given(documents())
def test_markdown_has_the_words_emphasis_links_and_blocks_of_the_model(document: m.Document) -> None:
    """Of the same documents, because generating them takes longer than checking them."""
    written = str(feed2doc.write(document, Markdown(front_matter="none")))
    assert_inlines_are_those_of(document, written)
    assert_blocks_are_those_of(document, written)


def assert_inlines_are_those_of(document: m.Document, written: str) -> None:
    model, parsed = Model(document), Parsed(written)
    assert parsed.words == model.words, written
    assert parsed.marked == model.marked, written
    assert parsed.links == model.links, written


def can_break(line: str) -> bool:
    """Return True if the text has a line break opportunity (UAX #14, kinsoku) outside URLs."""
    text = line.strip()
    addresses = [found.span() for found in re.finditer(r"https?://[!-~]+", text)]
    return any(
        at < len(text)
        and text[:at].rstrip()[-1:] not in NOT_AT_END
        and text[at] not in NOT_AT_START
        and not any(a < at < b for a, b in addresses)
        for _, at in LineBreaker(text, "zh").segments()
    )


@pytest.mark.slow
@pytest.mark.timeout(3600)
@MANY
@given(documents(), st.integers(20, 90), st.booleans())
def test_text_keeps_to_its_width_and_has_all_words(document: m.Document, width: int, links: bool) -> None:
    written = str(feed2doc.write(document, PlainText(width=width, links=links)))
    missing = Counter("".join(m.plain_article(document).split()))
    missing.subtract("".join(written.split()))
    assert max(missing.values(), default=0) <= 0, written
    code = Model(document).code
    for line in written.split("\n"):
        marker = re.match(r"\s*(?:(?:•|\d+\.|\(\d+\)|\[(?:\d+|[ x])\]) ?)*", line)
        assert marker is not None
        rest = line[marker.end() :]
        assert width_of(line) <= width or rest in code or not can_break(rest), f"{line}\n\n{written}"


def looseness(tokens: list[Token]) -> list[bool]:
    """Return for each list whether a paragraph of one of its items has space around it."""
    found: list[bool] = []
    within: list[tuple[int, int]] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            within.append((token.level, len(found)))
            found.append(False)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            within.pop()
        elif token.type == "paragraph_open" and within and token.level == within[-1][0] + 2:
            found[within[-1][1]] = found[within[-1][1]] or not token.hidden
    return found


def runs_of(node: m.BulletList | m.OrderedList) -> list[int]:
    """Return the numbers of items of the lists that Markdown, where each list counts up by one, has for a list."""
    if isinstance(node, m.BulletList):
        return [len(node.items)]
    numbers = m.item_numbers(node)
    starts = [at for at, n in enumerate(numbers) if not at or n != numbers[at - 1] + 1]
    return [end - at for at, end in pairwise([*starts, len(numbers)])]


def assert_blocks_are_those_of(document: m.Document, written: str) -> None:
    """No block merges with the one before it, and no loose list becomes tight."""
    tokens = PARSER.parse(written)
    found = Counter(t.type for t in tokens)
    nodes = list(m.walk(document))
    of: Counter[type] = Counter(map(type, nodes))
    notes = of[m.Note]
    assert found["blockquote_open"] == of[m.Quote] + of[m.Aside], written
    assert found["fence"] == of[m.CodeBlock], written
    assert found["bullet_list_open"] == of[m.BulletList], written
    lists = [
        (node, length)
        for node in nodes
        if isinstance(node, m.BulletList | m.OrderedList)
        for length in runs_of(node)
    ]
    assert found["ordered_list_open"] == len(lists) - of[m.BulletList] + bool(notes), written
    assert found["list_item_open"] == sum(length for _, length in lists) + notes, written
    assert found["hr"] == of[m.Rule] + bool(document.credits), written
    for (node, length), loose in zip(lists, looseness(tokens), strict=False):  # the last may be the notes
        assert loose or not m.is_loose(node) or length == 1, written
