"""Credit lines: where they begin and end in the text of an article."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc import model as m
from feed2doc.readers._article.authors.biographies import (
    begins_with_author,
    biography_of,
    is_in_italics,
    name_of_portrait,
)
from feed2doc.readers._article.credits.boxes import drop_codes, is_signed_box
from feed2doc.readers._article.credits.last_signatures import cut_signature
from feed2doc.readers._article.credits.roles import Place, credit_of, role_at_end
from feed2doc.readers._article.credits.typed import links_of
from feed2doc.readers._article.furniture.page_lines import leads_to_archive
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.captions.of_blocks import caption_of
from feed2doc.readers._blocks.inlines import split_lines, trim
from feed2doc.readers._blocks.typed_rules import is_typed_rule
from feed2doc.readers._rules.lookup import Rules

# How many blocks and how many short lines of text (as of a playlist) may be below legal lines.
_LAST, _SKIPPED, _SHORT = 8, 3, 120
# How many pictures may be between them, as of a gallery below the text, and how many blocks are looked at.
_MOST_PICTURES, _MOST_LINES = 40, 400
# Below more lines, a name without a label belongs to a list.
_MOST_UNLABELLED = 4
# Blocks between and below credits.
_BETWEEN = frozenset({m.Figure, m.Embed, m.Rule, m.Quote})
# The roles of lines that are found above other text, and of those found at the beginning.
_LEGAL = frozenset({"rights", "note", "original"})
# Above lines that are not sentences, such as `Desk: Oakum House`, there may be these too.
_ABOVE_LINES = _LEGAL | {"junk", "editor", "translator", "photographer"}
# Blocks that may have nothing but a line of the credits, and what a heading without text below it may only be.
_HOLDERS, _JUNK = (m.BulletList, m.Quote), frozenset({"junk"})
_COLONS = (":", "：")
_SENTENCE_ENDS = frozenset('.。!！?？…”"」』')


def lines_of(blocks: Sequence[m.Block]) -> list[m.Inlines]:
    """Return the lines of these blocks, split at paragraphs and line breaks."""
    rows = (b.content if isinstance(b, m.Paragraph) else caption_of((b,)) for b in blocks)
    return [line for row in rows for line in split_lines(row)]


def without_junk(lines: Sequence[m.Inlines], rules: Rules, account: Account) -> list[m.Inlines]:
    """Return the lines of credits without those, and the links at their ends, that are not credits."""
    cut = without_last_links(lines, rules, account)
    return [line for line in cut if not _drop_junk(line, rules, account)]


def without_last_links(lines: Sequence[m.Inlines], rules: Rules, account: Account) -> list[m.Inlines]:
    """Return the lines without links to other articles of an author at their ends."""
    return [_without_last_link(line, rules, account) for line in lines]


def _without_last_link(line: m.Inlines, rules: Rules, account: Account) -> m.Inlines:
    """Return a line without a link to other articles of the author after a sentence: `Ann Ba writes. View all posts by Ann Ba`."""
    if len(line) == 1 and isinstance(only := line[0], m.Emph | m.Strong):
        cut = _without_last_link(only.content, rules, account)
        return line if cut is only.content else (type(only)(cut),)
    if len(line) < 2 or type(link := line[-1]) is not m.Link:
        return line
    before = m.plain_text(line[:-1]).rstrip()
    is_apart = before[-1:] in _SENTENCE_ENDS or type(line[-2]) is m.LineBreak
    if not (is_apart and leads_to_archive(link, rules)) and not rules.junk(m.plain_text(link.content)):
        return line
    account.remove(line[-1:], "words: junk", text=m.plain_text(link.content))
    return trim(line[:-1])


def _drop_junk(line: m.Inlines, rules: Rules, account: Account) -> bool:
    """Leave out a line with words that are not credits. Return False for others."""
    if credit_of(line, rules, "", set_apart=True) != "junk":
        return False
    account.remove(line, "words: junk", text=m.plain_text(line))
    return True


def split_tail(
    blocks: m.Blocks, rules: Rules, byline: str, account: Account
) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without the credits at the end, and the lines of those credits.

    Pictures and embeds may be between and below credits, a few short lines only below legal lines or, if they are not
    sentences, below lines that are surely none of the text. A signature at the end of the last paragraph of text is split off
    as well, and, if only junk was before it, so are the credits above that.
    """
    if (found := _split(blocks, rules, byline, account)) is None:
        return blocks, []
    body, signature, lines = found
    if signature and _is_left_over(body, rules, account):
        body = body[:-1]
        if (above := _split(body, rules, byline, account)) is not None:
            body, *others = above
            signature = [line for each in (*others, signature) for line in each]
    lines = [*signature, *lines]
    body = _without_portrait(body, lines, account)
    return _without_byline(body, rules, byline, account), lines


def _split(
    blocks: m.Blocks, rules: Rules, byline: str, account: Account
) -> tuple[m.Blocks, list[m.Inlines], list[m.Inlines]] | None:
    """Return the blocks without the lines and the signature at the end, the signature, and the lines.

    If all text is in such lines, they are the text: return None.
    """
    kept: list[m.Block] = []
    lines: list[m.Inlines] = []
    skipped, pictures, at = 0, 0, len(blocks)
    above = _ABOVE_LINES
    while (
        at
        and len(blocks) - at - pictures < min(_LAST + len(lines), _MOST_LINES)
        and pictures < _MOST_PICTURES
    ):
        block = blocks[at - 1]
        if kept and kept[0] is blocks[at] and _announces(block, rules):
            break
        pictures += type(block) is m.Figure
        may_hold = _HOLDERS if kept else (m.Heading, *_HOLDERS)
        line = _alone(blocks, at - 1, rules, byline) if type(block) in may_hold else block
        text_above = blocks[: at - 1]
        is_quoted = line is not block and isinstance(block, m.Quote) and len(block.blocks) > 1
        is_apart = line is not block or (at > 1 and type(text_above[-1]) is m.Rule)
        is_last = not skipped and len(lines) < _MOST_UNLABELLED
        only = _JUNK if type(block) is m.Heading else above if skipped else None
        found = _tail_lines(line, rules, byline, account, only, text_above, is_apart, is_last, is_quoted)
        if found is None:
            text = m.plain_text(block.content).rstrip() if isinstance(block, m.Paragraph) else ""
            is_note = len(text) > _SHORT and is_in_italics(block)
            short = is_note or (type(block) is m.Paragraph and len(text) <= _SHORT)
            skipped += short
            if text[-1:] in _SENTENCE_ENDS and not is_note:
                above = _LEGAL
            if skipped > _SKIPPED or not (short or type(block) in _BETWEEN):
                break
            kept.insert(0, block)
        else:
            rest, taken = found
            if kept and rest is None and isinstance(line, m.Paragraph):
                drop_codes(kept, [m.plain_text(line.content)], rules, account)
            lines[:0] = taken
            if rest and not _is_rule(rest, account):
                kept.insert(0, rest)
                at -= 1
                break
        at -= 1
    body = (*blocks[:at], *kept)
    kinds = set(map(type, body))
    if kinds <= {m.Rule, m.Heading}:
        return None
    if m.Paragraph not in kinds and any(len(m.plain_text(line)) > _SHORT for line in lines):
        return None
    body, signature = cut_signature(body, rules)
    return body, signature, lines


def _announces(block: m.Block, rules: Rules) -> bool:
    """Return True for a label whose value is what follows, such as a letter that is quoted below `Original:`."""
    if type(block) is not m.Paragraph or not (text := m.plain_text(block.content).rstrip()).endswith(_COLONS):
        return False
    found = rules.credit(text) or rules.credit(text.rstrip("".join(_COLONS)))
    return found is not None and found[0].role in _LEGAL


def _is_left_over(blocks: m.Blocks, rules: Rules, account: Account) -> bool:
    """Leave out the junk that was before a signature: `【纠错】 【责任编辑：林海】`. Return False if there is none."""
    match blocks:
        case (_, *_, m.Paragraph(content) as line) if rules.junk(text := m.plain_text(content)):
            account.remove(line.content, "words: junk", text=text)
            return True
    return False


def _is_rule(block: m.Block, account: Account) -> bool:
    """Leave out a typed rule (`———`) that was above a line at the end. Return False for other blocks."""
    match block:
        case m.Paragraph((m.Text(text),)) if is_typed_rule(text):
            account.remove(block.content, "html: typed rule", "typed rule", text=text)
            return True
    return False


def _without_portrait(blocks: m.Blocks, lines: Sequence[m.Inlines], account: Account) -> m.Blocks:
    """Return the blocks without the last picture if it leads to the page of the person with whose name a credit line begins."""
    match blocks:
        case (*rest, portrait) if rest and lines and (name := name_of_portrait(portrait)):
            if any(m.plain_text(line).casefold().startswith(name) for line in lines):
                account.remove(portrait, "credits", "portrait", text=name)
                return tuple(rest)
    return blocks


def _without_byline(blocks: m.Blocks, rules: Rules, byline: str, account: Account) -> m.Blocks:
    """Return the blocks without the stated author in italics after the last sentence: `The ferry is back. By Ann Ba`."""
    match blocks:
        case (*rest, m.Paragraph((*before, m.Text(value), m.Emph(content)))):
            said = m.plain_text(content)
            label = rules.words.find("byline-label", said)
            name = said[label.match.end() :].strip() if label is not None else ""
            if name and name == byline and value.rstrip()[-1:] in _SENTENCE_ENDS:
                account.remove(content, "credits", "byline below the text", text=said)
                return (*rest, m.Paragraph((*before, m.Text(value.rstrip()))))
    return blocks


def _alone(blocks: m.Blocks, at: int, rules: Rules, byline: str) -> m.Block:
    """Return the short line, or the biography, that alone is in a heading, list or quotation which no text announces, or the block.

    Several lines in a quotation, and items of a list, are credits if all of them are: `本文作者：… / 本文链接：… / 版权声明：…`.
    """
    is_several = type(block := blocks[at]) is m.Quote
    match block:
        case m.Heading(content=content):
            line = m.Paragraph(content)
        case m.BulletList(items=((m.Paragraph(content) as line,),)):
            pass
        case m.Quote((m.Paragraph(content) as line,), ()):
            pass
        case m.Quote(inner, ()) if len(inner) <= _LAST and all(type(each) is m.Paragraph for each in inner):
            line = _joined(lines_of(inner))
            content = line.content
        case m.BulletList(items) if 1 < len(items) <= _LAST and all(map(_is_line, items)):
            line = _joined(lines_of([inner for item in items for inner in item]))
            content, is_several = line.content, True
        case _:
            return block
    if _is_announced(blocks[:at], rules):
        return block
    if m.LineBreak in map(type, content):
        lines = split_lines(content)
        roles = [credit_of(each, rules, byline, set_apart=True) for each in lines[: _LAST + 1]]
        are_credits = len(lines) <= _LAST and (
            (type(block) is m.Quote and is_signed_box(lines, rules, byline))
            or (
                any(roles)
                and all(
                    role or biography_of(m.plain_text(each), rules.words)
                    for role, each in zip(roles, lines, strict=True)
                )
            )
        )
        return line if are_credits and is_several else block
    text = m.plain_text(content)
    return block if len(text) > _SHORT and not begins_with_author(text, byline) else line


def _is_line(item: m.Blocks) -> bool:
    return len(item) == 1 and type(item[0]) is m.Paragraph


def _joined(lines: Sequence[m.Inlines]) -> m.Paragraph:
    """Return the lines as one paragraph."""
    row: list[m.Inline] = []
    for line in lines:
        row += [*([m.LineBreak()] if row else []), *line]
    return m.Paragraph(tuple(row))


def _tail_lines(
    block: m.Block,
    rules: Rules,
    byline: str,
    account: Account,
    only: frozenset[str] | None,
    text_above: m.Blocks,
    is_apart: bool,
    is_last: bool,
    is_quoted: bool,
) -> tuple[m.Paragraph | None, list[m.Inlines]] | None:
    """Return what is left of a paragraph without the credits at its end, and their lines, or None if there are none.

    Above a credit in the same paragraph, lines that name an author or look like a biography belong to the credits. `is_apart`
    means that a rule, a quotation or a list sets the block apart from the text, `is_last` that only credits are below it,
    `is_quoted` that it was in a quotation.
    """
    if not isinstance(block, m.Paragraph):
        return None
    lines = split_lines(block.content)
    whole, has_junk = len(lines), False
    kinds = set(map(type, block.content))
    set_apart = all(map(_is_emphasized, block.content))
    is_apart = is_apart or kinds == {m.Strong}
    taken: list[m.Inlines] = []
    is_box = is_last and only is None and is_signed_box(lines, rules, byline)
    while lines:
        text = m.plain_text(lines[-1])
        if not any(map(str.isalnum, text)):
            if len(lines) == 1 and not taken:
                break
            if taken or has_junk or credit_of(lines[-2], rules, byline, set_apart=set_apart):
                account.remove(lines[-1], "credits", "typed rule", text=text)
                del lines[-1]
                continue
            break
        place = Place(
            text_above,
            lines,
            is_above_credits=bool(taken),
            is_set_apart=set_apart or bool(taken),
            is_box=(set_apart or is_quoted) and whole <= _LAST,  # each line is looked for in the text
            is_apart=is_apart,
            is_line=whole > 1,
            is_last=is_last,
        )
        role = role_at_end(lines[-1], rules, byline, place)
        if role is None and is_box:
            role = "note"
        if role is None or (only is not None and role not in only):
            break
        is_alone = role == "junk" and len(lines) == 1 and not any(links_of(lines[0]))
        if is_alone and _is_announced(text_above, rules):
            break
        if role == "junk":
            has_junk = True
            account.remove(lines.pop(), "words: junk", text=text)
        else:
            taken.insert(0, lines.pop())
    if len(lines) == whole:
        return None
    while lines and taken and biography_of(m.plain_text(lines[-1]), rules.words):
        taken.insert(0, lines.pop())
    return (_joined(lines) if lines else None), taken


def _is_emphasized(node: m.Inline) -> bool:
    """Return True for text in italics, links to it, and line breaks."""
    match node:
        case m.Link(content=content):
            return all(map(_is_emphasized, content))
        case _:
            return type(node) in (m.Emph, m.LineBreak)


def _is_announced(text_above: m.Blocks, rules: Rules) -> bool:
    """Return True if the text above ends with a colon, so that what follows is part of it, and does not itself ask for something."""
    above = text_above[-1] if text_above else None
    if not isinstance(above, m.Paragraph) or m.plain_text(above.content)[-1:] not in (":", "："):
        return False
    return credit_of(above.content, rules, "", set_apart=False) != "junk"
