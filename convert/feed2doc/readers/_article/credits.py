"""Credit lines and their roles: authors, translators, contributors, the original article, rights."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from msgspec import Struct

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import is_same_page_link
from feed2doc.env import Trace
from feed2doc.readers._blocks.frames import caption_of
from feed2doc.readers._blocks.inlines import split_lines
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.schema import CreditRule

# The labels at which a line of several credits is split: `记者：林海  责编：梅林`, `编译 林海；审校 梅林`.
_LABELS = (
    "记者|記者|作者|撰文|撰稿|编辑|編輯|责编|責編|网编|網編|责任编辑|責任編輯|编译|編譯|翻译|翻譯|译者|譯者|审校|審校|校对|校對|核稿|发稿|發稿"
    "|监制|監製|摄影|攝影|制图|製圖"
)
# The line is split at white space or after a separator, which is kept.
_CUT = pattern(rf"(?:[\s\u3000]+|(?<=[；;/／，,])[\s\u3000]*)(?=(?:{_LABELS})\s*[：:/／]|(?:{_LABELS})\s)")
_LONGEST_SIGNATURE = 100
_LONGEST_HEAD = 40
_LABELLED = pattern(rf"(?:{_LABELS}|文|图|圖)\s*[：:/／｜|]")


class Credits(Struct):
    """The credits of an article, and the byline found in them."""

    credits: tuple[m.Credit, ...] = ()
    byline: tuple[m.Person, ...] = ()
    byline_text: str = ""


def lines_of(blocks: Sequence[m.Block]) -> list[m.Inlines]:
    """Return the lines of these blocks, split at paragraphs and line breaks."""
    rows = (b.content if isinstance(b, m.Paragraph) else caption_of((b,)) for b in blocks)
    return [line for row in rows for line in split_lines(row)]


def split_tail(blocks: m.Blocks, rules: Rules) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without the credits at the end, and the lines of those credits.

    A paragraph at the end is a credit if its last line matches a pattern of the rules. A signature at the end of the last
    paragraph of text is split off as well.
    """
    end = len(blocks)
    while end and isinstance(block := blocks[end - 1], m.Paragraph):
        lines = split_lines(block.content)
        if not lines or rules.credit(m.plain_text(_cut(lines[-1], rules)[0])) is None:
            break
        end -= 1
    if not end:
        return blocks, []  # if all blocks are such lines, they are the text
    tail = lines_of(blocks[end:])
    body, signature = _cut_signature(blocks[:end], rules)
    return body, [*signature, *tail]


def split_head(blocks: m.Blocks, rules: Rules) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without the credits at the beginning (or below a picture there), and the lines of those credits.

    Only short lines that begin with a label and name a person count: `文｜梅林`, `编辑：潮生`.
    """
    kept: list[m.Block] = []
    lines: list[m.Inlines] = []
    for at, block in enumerate(blocks):
        if isinstance(block, m.Figure | m.Rule):
            kept.append(block)
            continue
        found = _head_lines(block, rules)
        if not found:
            return (*kept, *blocks[at:]), lines
        lines += found
    return blocks, []  # as in split_tail, if all blocks are credits, they are the text


def _head_lines(block: m.Block, rules: Rules) -> list[m.Inlines]:
    if not isinstance(block, m.Paragraph):
        return []
    parts = [part for line in split_lines(block.content) for part in _cut(line, rules)]
    texts = [m.plain_text(part) for part in parts]
    if all(len(t) <= _LONGEST_HEAD and _LABELLED.match(t) and rules.credit(t) is not None for t in texts):
        return parts
    return []


def _cut_signature(blocks: m.Blocks, rules: Rules) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without the signature at the end of the last paragraph, and the signature as a line."""
    if (
        not blocks
        or not isinstance(last := blocks[-1], m.Paragraph)
        or not isinstance(last.content[-1], m.Text)
    ):
        return blocks, []
    text = last.content[-1].value
    found = rules.search("signature", text)
    if found is None:
        return blocks, []
    at = found[0].start()
    rest = text[:at].rstrip()
    content = (*last.content[:-1], *((m.Text(rest),) if rest else ()))
    kept = (m.Paragraph(content),) if content else ()
    return (*blocks[:-1], *kept), [(m.Text(text[at:].strip()),)]


def type_credits(
    lines: Sequence[m.Inlines],
    rules: Rules,
    byline_text: str,
    split: Callable[[str, list[str]], tuple[m.Person, ...]],
    trace: Trace | None,
) -> Credits:
    """Return the credits of these lines, and the byline with names spelled as in the credits.

    If there is no `byline_text`, the byline comes from the credits. A line that matches no pattern is an author bio if it
    names an author, else a note. `split` splits a byline into persons.
    """
    lines = [part for line in lines for part in _cut(line, rules)]
    texts = [m.plain_text(line) for line in lines]
    known = [rules.credit(text) for text in texts]
    if not byline_text:
        named = [found[1]["person"] for found in known if found and found[0].role == "byline"]
        byline_text = "、".join(dict.fromkeys(name.strip() for name in named if name))
    byline = split(byline_text, texts)
    rows = zip(lines, texts, known, strict=True)
    return Credits(tuple(_credit(*row, byline, trace) for row in rows), byline, byline_text)


def _cut(line: m.Inlines, rules: Rules) -> list[m.Inlines]:
    """Return a line of several credits as one line per credit. A long line is not split, because it is a bio."""
    if len(line) != 1 or not isinstance(text := line[0], m.Text) or len(text.value) > _LONGEST_SIGNATURE:
        return [line]
    parts = [part.strip() for part in _CUT.split(text.value)]
    if len(parts) < 2 or not (rules.credit(parts[0]) and any(map(rules.credit, parts[1:]))):
        return [line]
    return [(m.Text(part),) for part in parts if part]


def _credit(
    line: m.Inlines,
    text: str,
    known: tuple[CreditRule, re.Match[str], str] | None,
    byline: tuple[m.Person, ...],
    trace: Trace | None,
) -> m.Credit:
    urls = [link.url for link in _links(line) if not is_same_page_link(link.url)]
    if known is not None:
        rule, found, reason = known
        person = (found.groupdict().get("person") or "").strip(" 。.（）()\u3000")
        role = cast("m.Role", "note" if rule.role == "byline" else rule.role)
        # The URL of a rights line is not useful: the text of the line already links to it.
        credit = m.Credit(role, line, person, urls[0] if urls and rule.role != "rights" else "")
    else:
        named = next((p.name for p in byline if p.name.casefold() in text.casefold()), "")
        reason = "the line names an author" if named else "the line is in the credits"
        at = -1 if named else 0
        credit = m.Credit("author-bio" if named else "note", line, named, urls[at] if urls else "")
    if trace is not None:
        trace.made(credit, reason)
    return credit


def _links(inlines: m.Inlines) -> Iterator[m.Link]:
    for node in inlines:
        if isinstance(node, m.Link):
            yield node
        content: tuple[m.Inline, ...] = getattr(node, "content", ())
        yield from _links(content)
