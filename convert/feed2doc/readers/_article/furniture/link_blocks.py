"""Blocks that consist of links to other articles, and what is before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.numerals import number_of
from feed2doc._text.urls import are_of_one_site, host_of
from feed2doc.readers._blocks.inlines import split_lines
from feed2doc.readers._rules.lookup import Rules

SHORTEST_HEADLINE, LONGEST_LABEL = 6, 60
RELATED = "related articles"
"""The rule by which links are left out that no label announces."""
ARROWS = frozenset("»>→▶►▷➤👉☞")
"""Signs that point to the link after them."""
FULL_STOPS = frozenset(".。।")
"""The ends of sentences, which no headline has."""
_FEWEST_SPACES = 2
_START = 40
# How many characters for each inline show that a paragraph, which ends with text, has more than links.
_FEWEST_CHARACTERS = 4
# The text allowed after the last link of a line that a label begins: the end of a bracket, signs like those before the label.
_AFTER_LINKS, _LONGEST_AFTER = " \t\n\u00a0\u3000])）］】〕」』》+»>›*|", 8
# The length of the words before a link that a sign points to.
_LONGEST_POINTER, _POINTERS = 16, frozenset("→⇒➡▶►:：")
# Blocks that are never lists of links.
_WITHOUT_LINKS = frozenset(
    {m.Figure, m.Table, m.CodeBlock, m.Verse, m.Embed, m.Rule, m.DefinitionList, m.Math}
)
# The characters that end a sentence, those that may follow them, and the part of a sentence in which words are looked for.
_ENDS = ".。!！?？…‽"
_CLOSING = " \t\n\u00a0\u3000\"'”’」』）)]】»"
_SENTENCE = pattern(r"[。!！?？…‽]|\.\s")
_END = 200
# The most lines of links next to each other that are not a list of the text.
_MOST_LINES = 12
# Where a page is, or when it appeared, in brackets after the link to it: `(quay.example)`, `(5 May 2025)`.
_SOURCE = pattern(r"\s*[（(](?:[\w-]+(?:\.[\w-]+)+|[^()（）]{0,20}\d[^()（）]{0,20})[)）]\.?\s*")
# The numbers of the parts of a series.
_NUMBER = pattern(
    r"\d{1,3}|(?<![A-Za-z])(?:I|II|III|IV|V|VI|VII|VIII|IX|X)(?![A-Za-z])|(?<=[之第（(])[一二三四五六七八九十]"
)
# A day in digits, perhaps in brackets and with the time.
_DAY = pattern(
    r"[（(\[［]?\d{2,4}(?:[-/.]|年\s?)\d{1,2}(?:[-/.]|月\s?)\d{1,4}日?(?:\s\d{1,2}:\d{2})?[)）\]］]?"
)
_HALF = pattern(r"[（(][上中下][）)]|[上中下]篇")


def is_text(block: m.Block) -> bool:
    """Return True if the block has no links with the length of a headline: a picture, a text, or links between texts."""
    if type(block) is not m.Paragraph:
        return type(block) in _WITHOUT_LINKS
    content = block.content
    first = content[0]
    if type(first) is not m.Text:
        inner = first.content if len(content) == 1 and type(first) is m.Strong else ()
        return len(inner) == 1 and type(inner[0]) is m.Text
    return len(content) == 1 or (
        ends_with_text(content) and len(first.value) > _FEWEST_CHARACTERS * len(content)
    )


def ends_with_text(content: m.Inlines) -> bool:
    """Return True if the last inline is a text with more than a few signs."""
    last = content[-1]
    return type(last) is m.Text and (len(last.value) > _LONGEST_AFTER or last.value.strip(_AFTER_LINKS) != "")


def is_links(block: m.Block) -> bool:
    """Return True if the block has nothing but links with the length of a headline."""
    match block:
        case m.Paragraph(content) | m.Heading(_, content):
            links = list(_links_in(content))
            first = content[0].value[:_START] if content and type(content[0]) is m.Text else ""
            if not links or len("".join(first.split())) > len(links) + 1:
                return False  # most paragraphs begin with text
            rest = len("".join(m.plain_text(content).split())) - sum(
                len("".join(m.plain_text(link.content).split())) for link in links
            )
            return rest <= len(links) + 1
        case m.BulletList(items) | m.OrderedList(items):
            return bool(items) and all(map(_is_linked, items))
    return False


def is_dated_link(block: m.Block) -> bool:
    """Return True for a line of one link and a day, as lists of other articles have: `The ferry is back 2025.05.05`."""
    if not isinstance(block, m.Paragraph) or len(links := list(links_in(block))) != 1:
        return False
    before, _, after = text_of(block).partition(m.plain_text(links[0].content))
    return _DAY.fullmatch(f"{before} {after}".strip()) is not None


def is_pointed_links(block: m.Block) -> bool:
    """Return True for lines of one link each, with at most a few words and a sign that points to it: `The next part → The ferry`."""
    return (
        type(block) is m.Paragraph
        and any(links_in(block))
        and all(_is_pointed(line) for line in split_lines(block.content))
    )


def _is_pointed(line: m.Inlines) -> bool:
    match line:
        case (m.Link(),):
            return True
        case (m.Text(before), m.Link()):
            return len(before) <= _LONGEST_POINTER and before.rstrip()[-1:] in _POINTERS
    return False


def _is_linked(item: m.Blocks) -> bool:
    """Return True if an item of a list has nothing but links, and perhaps the picture of the article that they lead to."""
    if len(item) == 1:
        match item[0]:
            case m.Paragraph((m.Link(content), m.Text(after))) if _SOURCE.fullmatch(after):
                return len(m.plain_text(content)) >= SHORTEST_HEADLINE
        return is_links(item[0])
    links = [block for block in item if type(block) is not m.Figure or block.caption]
    return len(links) == 1 and len(item) == 2 and is_links(links[0])


def leads_to_site(block: m.Block, url: str) -> bool:
    """Return True if the block has nothing but links to pages of the article's site, with the words of headlines."""
    if not is_links(block) or not (here := _site(url)):
        return False
    return all(
        _site(link.url) == here and _may_be_headline(m.plain_text(link.content)) for link in links_in(block)
    )


def are_of_one_account(blocks: Sequence[m.Block], rules: Rules) -> bool:
    """Return True if the blocks have nothing but links to posts of the same account of a network."""
    accounts = {rules.account(link.url) for block in blocks for link in links_in(block)}
    return len(accounts) == 1 and "" not in accounts and all(map(is_links, blocks))


def leads_elsewhere(block: m.Block, url: str) -> bool:
    """Return True if the block is a line with one link, which leads to another site than that of the article."""
    if type(block) is not m.Paragraph or not (here := host_of(url)):
        return False
    links = list(links_in(block))
    return len(links) == 1 and not are_of_one_site(host_of(links[0].url), here)


def _may_be_headline(title: str) -> bool:
    """Return True if the text of a link has the length of a headline, which is not that of `Installation`."""
    return len(title) >= SHORTEST_HEADLINE and (not title.isascii() or title.count(" ") >= _FEWEST_SPACES)


def _site(url: str) -> str:
    return ".".join(host_of(url).removeprefix("www.").split(".")[-3:])


def links_in(block: m.Block) -> Iterator[m.Link]:
    """Yield the links of a block, also those in other inlines."""
    for content in m.texts_of(block):
        yield from _links_in(content)


def _links_in(content: m.Inlines) -> Iterator[m.Link]:
    for node in content:
        if type(node) is m.Link:
            yield node
        elif type(node) is m.Strong or type(node) is m.Emph or type(node) is m.Span:
            yield from _links_in(node.content)


def text_of(block: m.Block) -> str:
    """Return the text of a block, with a line for each of its texts."""
    return "\n".join(map(m.plain_text, m.texts_of(block)))


def is_announced(blocks: m.Blocks, at: int, rules: Rules) -> bool:
    """Return True if the links here belong to the text: a heading, a colon, an unfinished sentence or the words before
    them say so, there are many of them, or they are the numbered parts of a series.
    """
    if _is_series([m.plain_text(link.content) for link in links_in(blocks[at])]):
        return True
    first = at
    while at and is_links(blocks[at - 1]):
        at -= 1
        if first - at > _MOST_LINES:
            return True
    if not at:
        return False
    before = blocks[at - 1]
    if type(before) is m.Heading or text_of(before).rstrip()[-1:] in (":", "："):
        return True
    if type(before) is not m.Paragraph:
        return False
    if all(type(node) is m.Strong for node in before.content):
        return True
    text = m.plain_text(before.content).rstrip(_CLOSING)
    last = _SENTENCE.split(text[:-1])[-1]
    return text[-1:] not in _ENDS or rules.words.find("announcement", last[-_END:]) is not None


def _is_series(titles: list[str]) -> bool:
    """Return True if the titles are numbered: `Part 1`, `Part 2`; `港口（上）`, `港口（下）`."""
    if len(titles) < 2:
        return False
    numbers = [{number_of(found[0]) for found in _NUMBER.finditer(title)} for title in titles]
    return any(
        all(first + place in each for place, each in enumerate(numbers)) for first in numbers[0]
    ) or all(_HALF.search(title) for title in titles)
