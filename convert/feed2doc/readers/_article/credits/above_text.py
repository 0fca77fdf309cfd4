"""Credits above the text of an article: lines, quotations and lists that name who wrote, translated and edited it."""

from __future__ import annotations

from collections.abc import Mapping

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.unlabelled_names import are_people, is_other_credit
from feed2doc.readers._article.credits.typed import (
    ENDS,
    LONGEST_SIGNATURE,
    cut_line,
    is_role_of_person,
    links_of,
)
from feed2doc.readers._blocks.inlines import split_lines
from feed2doc.readers._rules.lookup import Rules

HEAD_ROLES = frozenset({"byline", "translator", "editor", "photographer", "contributor"})
"""The roles of credits at the beginning of an article, and in a bracket at its end."""

_LONGEST_HEAD, _LONGEST_NOTE = 60, 240
_SQUARE = {"【": "】", "[": "]", "［": "］", "〔": "〕"}
_ROUND = {"（": "）", "(": ")"}
# In a quotation or list of credits, a line may also say where the article is from.
_OF_SOURCE = frozenset({"original", "note", "rights"})
_FEWEST = 2
# The paragraphs of an introduction, and the signs after labels of credits below it, with the characters that may be before them.
_IN_INTRODUCTION = (m.Paragraph, m.Quote, m.Figure, m.Rule)
_EDITORS = frozenset({"editor", "translator"})
# The last sign of a sentence, and of a label whose value is what follows: `原文：` above a letter.
_NO_NOTE = frozenset("。！？!?：:")
# Who speaks, before a colon.
_SPEAKER = pattern(r"[^\s：:｜|丨][^：:｜|丨\n]{0,19}[：:]")
# A label, perhaps in a bracket, before its sign.
_LABEL = pattern(r"[（(【]?([^\s：:｜|丨]{2,6})[：:｜|丨]")
_LONGEST_INTRODUCTION, _LONGEST_LABEL, _SIGNS = 2, 13, frozenset("：:｜|丨︱")
# The last signs of a question and of any sentence, and within how many blocks a speaker speaks again.
_QUESTION, _SENTENCE_ENDS, _TURNS = ("？", "?"), ("。", "！", "？", ".", "!", "?", "…"), 4


def split_head(blocks: m.Blocks, rules: Rules) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without the credits at the beginning (or below a picture there), and the lines of those credits.

    Only short lines that begin with a label and name a person count, or link to the original: `文｜梅林`, `编辑：潮生`.
    """
    kept: list[m.Block] = []
    lines: list[m.Inlines] = []
    notes: list[m.Paragraph] = []
    summary = _summary_in(blocks, rules)
    for at, block in enumerate(blocks):
        if at < summary or type(block) in (m.Figure, m.Rule):
            kept.append(block)
            continue
        found = _head_lines(block, rules)
        if found and _is_spoken(blocks, at):
            found = []
        if not found and (note := _note_on_source(block, rules)):
            notes.append(note)
            continue
        if not found:
            start = at - len(notes)
            if notes and (
                lines or all(_says_title(note, rules) or _is_set_apart(note, rules) for note in notes)
            ):
                lines += [note.content for note in notes]
                start = at
            rest, below = _split_below_introduction(blocks[start:], rules)
            return (*kept, *rest), [*lines, *below]
        lines += [note.content for note in notes]
        notes.clear()
        lines += found
    return blocks, []  # as in split_tail, if all blocks are credits, they are the text


def _summary_in(blocks: m.Blocks, rules: Rules) -> int:
    """Return how many blocks are the label of a summary above the text and its list: `划重点：`."""
    match blocks[:2]:
        case (m.Paragraph(content), m.BulletList() | m.OrderedList()) if rules.words.find(
            "summary", m.plain_text(content)
        ):
            return 2
    return 0


def _is_spoken(blocks: m.Blocks, at: int) -> bool:
    """Return True for what somebody says in a conversation: a question, or the one who speaks says a sentence soon after.

    `编辑：你怎么看？` is no editor, nor is `编辑：请坐。` if `编辑：那就开始吧。` comes below.
    """
    block = blocks[at]
    text = m.plain_text(block.content).strip() if isinstance(block, m.Paragraph) else ""
    label = _SPEAKER.match(text)
    if label is None:
        return False
    if text.endswith(_QUESTION):
        return True
    below = (
        m.plain_text(b.content).strip()
        for b in blocks[at + 1 : at + 1 + _TURNS]
        if isinstance(b, m.Paragraph)
    )
    return any(line.startswith(label[0]) and line.endswith(_SENTENCE_ENDS) for line in below)


def _note_on_source(block: m.Block, rules: Rules) -> m.Paragraph | None:
    """Return a short line about the source, the rights or the picture, as may be among credits, or None for another block."""
    text = m.plain_text(block.content).strip() if isinstance(block, m.Paragraph) else ""
    if not text or not isinstance(block, m.Paragraph):
        return None
    if len(text) > LONGEST_SIGNATURE or text[-1] in _NO_NOTE or len(split_lines(block.content)) > 1:
        return None
    found = rules.credit(text.rstrip(ENDS))
    is_note = found is not None and not found[0].weak and found[0].role in _OF_SOURCE
    return block if is_note else None


def _says_title(note: m.Paragraph, rules: Rules) -> bool:
    """Return True for the source or the former title of the article: `来源：海港日报`, `（原标题：渡轮）`."""
    label = _LABEL.match(m.plain_text(note.content))
    return label is not None and rules.words.is_label(label[1])


def _is_set_apart(note: m.Paragraph, rules: Rules) -> bool:
    """Return True for a line in italics, or with a link, that says where the article appeared first."""
    if not _is_emphasised(note) and not any(links_of(note.content)):
        return False
    found = rules.credit(m.plain_text(note.content).rstrip(ENDS))
    return found is not None and found[0].role == "original"


def _split_below_introduction(blocks: m.Blocks, rules: Rules) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without credits below an introduction, and their lines.

    That is one or two paragraphs or quotations, and the credits name two persons or an editor, or are in bold or italics as
    the introduction is.
    """
    start, written = 0, 0
    for at, block in enumerate(blocks):
        if at and _are_labelled(blocks[at : at + 1], rules):
            start = at
            break
        written += type(block) in (m.Paragraph, m.Quote)
        if written > _LONGEST_INTRODUCTION or type(block) not in _IN_INTRODUCTION:
            return blocks, []
    end = start
    while start and _are_labelled(blocks[end : end + 1], rules):
        end += 1
    if not start or end == len(blocks):
        return blocks, []
    lines = [row for block in blocks[start:end] for row in _head_lines(block, rules)]
    credits_ = [part for line in lines for part in cut_line(line, rules)]
    if (
        len(credits_) < _FEWEST
        and not _names_editor(credits_[0], rules)
        and not all(map(_is_emphasised, blocks[:end]))
    ):
        return blocks, []
    return (*blocks[:start], *blocks[end:]), lines


def _names_editor(line: m.Inlines, rules: Rules) -> bool:
    """Return True for an editor or translator with a label. `编辑：你怎么看？` is a part of an interview."""
    found = rules.credit(m.plain_text(line).rstrip(ENDS))
    return (
        found is not None
        and not found[0].weak
        and found[0].role in _EDITORS
        and are_people(found[1].groupdict().get("person") or "")
    )


def _are_labelled(blocks: m.Blocks, rules: Rules) -> bool:
    """Return True for a paragraph of credits with labels before signs."""
    match blocks:
        case [m.Paragraph(content)] if not _SIGNS.isdisjoint(m.plain_text(content)[: _LONGEST_LABEL + 1]):
            return bool(_head_lines(blocks[0], rules))
    return False


def _is_emphasised(block: m.Block) -> bool:
    return isinstance(block, m.Paragraph) and all(type(node) in (m.Strong, m.Emph) for node in block.content)


def _head_lines(block: m.Block, rules: Rules) -> list[m.Inlines]:
    match block:
        case m.Quote(blocks, ()) if (rows := _rows_of(blocks)) and _are_of_article(rows, rules):
            return rows
        case m.BulletList() if (rows := _rows_of((block,))) and _are_of_article(rows, rules):
            return rows
        case m.Paragraph():
            return _lines_of(block, rules)
    return []


def _rows_of(blocks: m.Blocks) -> list[m.Inlines]:
    """Return the lines of paragraphs and lists of lines, or none if there is something else."""
    rows: list[m.Inlines] = []
    for block in blocks:
        items = block.items if isinstance(block, m.BulletList) else ((block,),)
        for item in items:
            if len(item) != 1 or not isinstance(item[0], m.Paragraph):
                return []
            rows += split_lines(item[0].content)
    return rows if all(len(m.plain_text(row)) <= LONGEST_SIGNATURE for row in rows) else []


def _are_of_article(rows: list[m.Inlines], rules: Rules) -> bool:
    """Return True for several lines with credits, of which some may say where the article is from: `原文：…`, `译者：…`."""
    found = [rules.credit(m.plain_text(row).rstrip(ENDS)) for row in rows]
    roles = [each[0].role for each in found if each is not None and not each[0].weak]
    return (
        len(rows) == len(roles) >= _FEWEST
        and HEAD_ROLES.issuperset(set(roles) - _OF_SOURCE)
        and any(role in HEAD_ROLES for role in roles)
    )


def _lines_of(block: m.Paragraph, rules: Rules) -> list[m.Inlines]:
    rows = split_lines(block.content)
    if len(rows) == 1 and (_is_note_on_original(block, rules) or _is_biography(block, rules)):
        return rows
    if any(len(m.plain_text(row)) > LONGEST_SIGNATURE for row in rows):
        return []
    cuts = [cut_line(row, rules) for row in rows]
    parts = [(part, len(cut) > 1, not at) for cut in cuts for at, part in enumerate(cut)]
    has_people = False
    for part, of_several, is_first in parts:
        text = m.plain_text(part)
        found = rules.credit(text.rstrip(ENDS))
        # An author without a label is before other credits, and others may have a label that is not known.
        if (
            found is None
            and of_several
            and (is_first or is_other_credit(text) or _is_of_picture(text, rules))
        ):
            continue
        if len(text) > _LONGEST_HEAD or found is None:
            return []
        if found[0].weak and not of_several and not is_role_of_person(found) and not _in_brackets(text):
            return []
        is_original = found[0].role == "original" and (
            of_several or any(links_of(part)) or "http" in text or _in_brackets(text, _ROUND)
        )
        is_source = (len(rows) > 1 or of_several) and not found[0].weak and found[0].role in _OF_SOURCE
        if found[0].role not in HEAD_ROLES and not is_original and not is_source:
            return []
        has_people = has_people or is_original or found[0].role in HEAD_ROLES
    return rows if has_people else []


def _is_of_picture(text: str, rules: Rules) -> bool:
    """Return True for the credit of the pictures: `图 ｜ 海港图库`."""
    return rules.words.find("photo", text) is not None


def _in_brackets(text: str, brackets: Mapping[str, str] = _SQUARE) -> bool:
    """Return True for a line in square or other brackets, as a line of the text seldom is: `【專欄作家林海生】`."""
    return text[:1] in brackets and text[-1:] == brackets[text[:1]]


def _is_biography(block: m.Paragraph, rules: Rules) -> bool:
    """Return True for a line that is no sentence and says who the author is: `本文作者是海港大学教授`, but not its label alone."""
    text = m.plain_text(block.content).strip()
    if not _LONGEST_LABEL < len(text) <= _LONGEST_NOTE or text[-1] in _NO_NOTE or text[-1] in _SENTENCE_ENDS:
        return False
    found = rules.credit(text)
    return found is not None and not found[0].weak and found[0].role == "author-bio"


def _is_note_on_original(block: m.Paragraph, rules: Rules) -> bool:
    """Return True for a longer line in italics that links to the original, as at the beginning of republished articles."""
    if len(block.content) != 1 or type(block.content[0]) is not m.Emph:
        return False
    text = m.plain_text(block.content)
    found = rules.credit(text.rstrip(ENDS)) if len(text) <= _LONGEST_NOTE else None
    return found is not None and found[0].role == "original" and any(links_of(block.content))
