"""Headings that the source writes as bold paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from feed2doc import model as m
from feed2doc._text.cjk import reading_length
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Trace
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.captions.credit_splitting import SEVERAL
from feed2doc.readers._blocks.inlines import merged, trim
from feed2doc.readers._rules.lookup import Rules

_LONGEST_HEADING = 80
BOLD_LINE = "a bold line above text"
"""The rule of a heading that no rule of the site names."""
# The name before the words of a speaker: `Quay Notes: How do you mend a net?`
_SPEAKER = pattern(r"([^：:。？！?!]{1,24})[：:]\s*\S")
# Also signs that announce what follows: `一起来看👇`.
SENTENCE_END = frozenset("。.,，;；:：!！、👇⬇↓")
# The blocks that a heading may be above.
_BELOW = frozenset({m.Paragraph, m.BulletList, m.OrderedList, m.Figure, m.Quote, m.Embed})
_MEDIA, _DATED = frozenset({m.Figure, m.Embed}), pattern(r"\d{4}年\d{1,2}月\d{1,2}日$")
# A sentence of the text that is set large: the marks around it, how long it is at least, with a Han character counted twice,
# and how many are looked for.
_OPENING, _CLOSING = frozenset('“"„«»「『‘'), frozenset('”"“«»」』’')
_FULL_STOPS, _ASKS = frozenset("。.…"), frozenset("?？")
_QUOTES = '“”"„«»「」『』‘’ \u00a0\u3000.。,，!！?？…'
_SHORTEST_QUOTE, _MOST_QUOTED = 24, 24
_PERSONS = frozenset({"byline", "author-bio", "translator", "editor", "photographer", "contributor"})
_NUMBER, _FEWEST_NUMBERED = pattern(r"(\d{1,2})[.．、)）]\s?[^\s\d]"), 3
_TYPED = pattern(r"\*\*([^*\s](?:[^*]{0,78}[^*\s])?)\*\*")


def bold_to_headings(blocks: m.Blocks, rules: Rules, account: Account, trace: Trace | None) -> m.Blocks:
    """Return the blocks with short, entirely bold paragraphs turned into headings, one level below the marked headings.

    Without a rule of the site, a heading must also look like one: no sentence, in front of text, and not one of the first
    blocks. The questions of an interview are not headings.
    """
    bold = {at: content for at, block in enumerate(blocks) if (content := _bold_content(block))}
    if not bold:
        return blocks
    texts = {at: m.plain_text(content).strip() for at, content in bold.items()}
    spoken = {at: found[1] for at, text in texts.items() if (found := _SPEAKER.match(text))}
    speakers = Counter(_speakers_in(blocks)) if spoken else Counter()
    quoted = _quoted_again(blocks, texts)
    numbered = _numbered(texts, blocks, bold)
    row = list(blocks)
    accepted: list[int] = []
    for at, text in reversed(texts.items()):
        if rules.words.find("speaker", text) or (at in spoken and speakers[spoken[at]] > 1):
            del bold[at]  # a heading may be above it
            continue
        is_heading = rules.bold_headings or at in numbered
        if not is_heading and not _looks_like_heading(at, text, blocks, bold, first=bool(accepted)):
            continue
        if not text.isalnum() and (said := rules.credit(text)) and said[0].role in _PERSONS:
            continue
        if at in quoted and not rules.bold_headings:
            continue
        accepted.append(at)
    if not rules.bold_headings:
        headings = [texts[at] for at in accepted]
        if _are_questions(headings, blocks) or _is_sentence(headings, texts.values()):
            return blocks
    level = _level(blocks, min(accepted, default=0))
    for at in accepted:
        text = texts[at]
        row[at] = m.Heading(level, bold[at])
        if plain := m.plain_text(getattr(blocks[at], "content", ())).replace(text, "", 1).strip():
            account.ignore((m.Text(plain),))  # asterisks
        if trace is not None:
            origin = trace.origin(blocks[at])
            rule = f"{rules.name}: bold_headings" if rules.bold_headings else BOLD_LINE
            trace.made(row[at], rule, origin.element if origin else "")
    return tuple(row)


def _are_questions(headings: Sequence[str], blocks: m.Blocks) -> bool:
    """Return True if bold lines are questions of an interview: all are questions, and one has several sentences."""
    if len(headings) < 2 or not all(any(sign in text for sign in "?？") for text in headings):
        return False
    bold = [block for block in blocks if isinstance(block, m.Paragraph) and _is_bold(block)]
    lines = [m.plain_text(block.content) for block in bold]
    return all(any(sign in text for sign in "?？") for text in lines) and any(map(SEVERAL.search, lines))


def _is_sentence(headings: Sequence[str], lines: Collection[str]) -> bool:
    """Return True if the only bold line that looks like a heading is a question, and others are sentences of the text."""
    return (
        len(headings) == 1 and headings[0][-1:] in _ASKS and any(text[-1:] in _FULL_STOPS for text in lines)
    )


def _is_bold(block: m.Paragraph) -> bool:
    """Return True for a paragraph of any length that is entirely bold."""
    return {m.Strong} == set(map(type, block.content)) - {m.LineBreak}


def _level(blocks: m.Blocks, first: int) -> int:
    """Return the level of bold headings, the first of which is at a position: one below the marked ones.

    If the marked ones are all below it, they are those of other things, such as a gallery, and no headings above it.
    """
    marked = [(at, block.level) for at, block in enumerate(blocks) if isinstance(block, m.Heading)]
    if not marked:
        return 2
    return min(6, max(level for _, level in marked) + (marked[0][0] < first))


def _speakers_in(blocks: m.Blocks) -> Iterator[str]:
    """Yield who speaks in each paragraph that begins in bold."""
    for block in blocks:
        first = block.content[:1] if isinstance(block, m.Paragraph) else ()
        if first and type(first[0]) is m.Strong and (found := _SPEAKER.match(m.plain_text(first).strip())):
            yield found[1]


def _quoted_again(blocks: m.Blocks, texts: dict[int, str]) -> set[int]:
    """Return the positions of bold lines in quotation marks that set a sentence of the text large."""
    quoted = [at for at, text in texts.items() if text[:1] in _OPENING and text[-1:] in _CLOSING][
        :_MOST_QUOTED
    ]
    if not quoted:
        return set()
    prose = "\n".join(
        m.plain_text(block.content)
        for at, block in enumerate(blocks)
        if isinstance(block, m.Paragraph) and at not in texts
    )
    return {
        at
        for at in quoted
        if reading_length(words := texts[at].strip(_QUOTES)) >= _SHORTEST_QUOTE and words in prose
    }


def _numbered(texts: dict[int, str], blocks: m.Blocks, bold: dict[int, m.Inlines]) -> set[int]:
    """Return the positions of bold lines with the numbers from 1, each above text, some of which may be sentences."""
    begun = {at: text for at, text in texts.items() if text[:1].isdecimal()}
    numbers = {at: int(found[1]) for at, text in begun.items() if (found := _NUMBER.match(text))}
    if len(numbers) < _FEWEST_NUMBERED or [*numbers.values()] != [*range(1, len(numbers) + 1)]:
        return set()
    if all(texts[at][-1:] in SENTENCE_END for at in numbers):
        return set()
    return {at for at in numbers if at + 1 < len(blocks) and at + 1 not in bold}


def _bold_content(block: m.Block) -> m.Inlines:
    """Return the content of a short paragraph that is entirely bold, else ()."""
    if type(block) is not m.Paragraph:
        return ()
    first = block.content[0]
    if type(first) is m.Text and first.value[:1] != "*":  # as of most paragraphs
        return ()
    return _bold_inlines(block.content)


def _bold_inlines(content: m.Inlines) -> m.Inlines:
    first = content[0]
    if type(first) is m.Text:
        typed = _TYPED.fullmatch(first.value) if first.value[:2] == "**" and len(content) == 1 else None
        return (m.Text(typed[1]),) if typed else ()
    if type(first) is m.Span and len(content) == 1 and first.content:  # of a language or a direction
        inner = _bold_inlines(first.content)
        return (msgspec.structs.replace(first, content=inner),) if inner else ()
    if len(content) == 1 and type(first) is m.Strong and len(first.content) == 1:  # as most bold lines are
        inner = first.content
        return trim(inner) if len(m.plain_text(inner)) <= _LONGEST_HEADING else ()
    kinds = set(map(type, content))
    if m.Strong not in kinds or not kinds <= {m.Strong, m.LineBreak, m.Text}:
        return ()
    if m.Text in kinds and any(type(node) is m.Text and node.value.strip() for node in content):
        return ()
    if len(m.plain_text(content)) > _LONGEST_HEADING:
        return ()
    parts = (node.content if isinstance(node, m.Strong) else (node,) for node in content)
    return trim(merged([inner for part in parts for inner in part]))


def _looks_like_heading(
    at: int, text: str, blocks: m.Blocks, bold: dict[int, m.Inlines], *, first: bool
) -> bool:
    """Return True if a bold line is not a sentence and is in front of text that is not bold.

    `first` means that the first block may be one, because there are others.
    """
    if (at == 0 and not first) or at + 1 == len(blocks) or at + 1 in bold:
        return False
    if text.rstrip("\ufe0f")[-1:] in SENTENCE_END or (text[-1:] in _CLOSING and text[-2:-1] in _FULL_STOPS):
        return False
    if not any(map(str.isalpha, text)) or all(isinstance(node, m.Link) for node in bold[at]):
        return False
    if not first and type(blocks[0]) is m.Figure and m.Paragraph not in map(type, blocks[:at]):
        return False  # the standfirst below the picture
    if text[-1] == "日" and _DATED.search(text) and set(map(type, blocks[at + 1 :])) <= _MEDIA:
        return False  # the date of a letter, perhaps with its author, above its pictures
    return type(blocks[at + 1]) in _BELOW
