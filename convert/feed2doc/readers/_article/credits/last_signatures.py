"""Signatures at the end of the text: in brackets (`（记者林海）`), after a space (`© 2025 Quay Notes`), or by a rule of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feed2doc import model as m
from feed2doc._text.cjk import HAN_LETTER
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.credits.above_text import HEAD_ROLES
from feed2doc.readers._article.credits.typed import cut_line, without_wrapper
from feed2doc.readers._rules.lookup import Rules

_SHORT = 120  # characters of a line that may be below a signature
_LINE = 80  # characters of a line with an address
_RIGHTS = pattern(rf"(?<!\s)\s++(?=©\s*(?:\d{{4}}|[A-Z]|{HAN_LETTER})[^\n]{{0,240}}$)")
# The address of the reporter after the last sentence: `… 돌아왔다. kim@quay.example`.
_ADDRESS = pattern(r"(?<=[.!?。！？])\s++[\w.+-]{1,40}@[\w-]{1,30}(?:\.[\w-]{2,20}){1,3}\s*$")
# A signature in brackets at the end of the text, and the number of a date after it.
_CLOSING = ")）]】#＃"
_SIGNATURE = pattern(r"[（(\[【#＃](?P<inside>[^（）()\[\]【】#＃]{3,80})[)）\]】#＃]\s*\d{0,8}$")


def cut_signature(blocks: m.Blocks, rules: Rules) -> tuple[m.Blocks, list[m.Inlines]]:
    """Return the blocks without the signature at the end of the text, and the signature as a line.

    A short paragraph may follow one in brackets, as the number of a help line does.
    """
    at, below = len(blocks), 0
    while at:
        block = blocks[at - 1]
        if isinstance(block, m.Paragraph):
            if signed := _signed(block, rules, only_in_brackets=below > 0):
                content, signature = signed
                kept = (m.Paragraph(content),) if content else ()
                return (*blocks[: at - 1], *kept, *blocks[at:]), [signature]
            below += 1
            if below > 1 or len(m.plain_text(block.content)) > _SHORT:
                break
        elif type(block) not in (m.Figure, m.Embed, m.Rule) and not heads_pictures(block, blocks[at:]):
            break
        at -= 1
    return blocks, []


def heads_pictures(block: m.Block, below: Sequence[m.Block]) -> bool:
    """Return True for the heading of a gallery below the text."""
    return type(block) is m.Heading and set(map(type, below)) == {m.Figure}


def _signed(
    paragraph: m.Paragraph, rules: Rules, *, only_in_brackets: bool
) -> tuple[m.Inlines, m.Inlines] | None:
    """Return the content before the signature at the end of a paragraph, and the signature, or None if there is none."""
    inlines = without_wrapper(paragraph.content)
    if not inlines or not isinstance(end_text := inlines[-1], m.Text):
        return None
    text = end_text.value
    if only_in_brackets and _bracket_at_end(text) is None:
        return None
    if (at := _signature_in(text, rules)) < 0:
        return None
    rest = text[:at].rstrip()
    return (*inlines[:-1], *((m.Text(rest),) if rest else ())), (m.Text(text[at:].strip()),)


def _signature_in(text: str, rules: Rules) -> int:
    """Return where the signature begins in the last text of an article, or -1."""
    if (found := rules.search("signature", text)) is not None:
        return found[0].start()
    if (bracket := _bracket_at_end(text)) and _is_signature(bracket["inside"], rules):
        return bracket.start()
    if "@" in text[-_LINE:] and (address := _ADDRESS.search(text)):
        return address.start()
    rights = _RIGHTS.search(text) if "©" in text else None
    return rights.start() if rights and rights.start() else -1


def _bracket_at_end(text: str) -> re.Match[str] | None:
    """Return the bracket at the end of a text, which few texts have: the pattern takes 0.3 ms to compile."""
    end = text.rstrip()[-1:]
    return _SIGNATURE.search(text) if end in _CLOSING or end.isdecimal() else None


def _is_signature(inside: str, rules: Rules) -> bool:
    return (found := rules.credit(m.plain_text(cut_line((m.Text(inside),), rules)[0]))) is not None and found[
        0
    ].role in HEAD_ROLES
