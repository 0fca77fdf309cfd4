"""Credits below the text of an article: where they begin, and what is between and below them."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc import model as m
from feed2doc.readers._article.authors.biographies import is_in_italics, name_of_portrait
from feed2doc.readers._article.credits.holders import SHORT, line_in
from feed2doc.readers._article.credits.last_signatures import cut_signature, heads_pictures
from feed2doc.readers._article.credits.lines import SENTENCE_ENDS
from feed2doc.readers._article.credits.paragraph_ends import Around, credits_at_end
from feed2doc.readers._article.furniture.codes import drop_codes
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.typed_rules import is_typed_rule
from feed2doc.readers._rules.lookup import Rules

# How many blocks and how many short lines of text (as of a playlist) may be below legal lines.
_MOST_BLOCKS, _MOST_SKIPPED = 8, 3
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
# Blocks that may have nothing but a line of the credits, and what a heading without text below it may only be: above other
# lines, also who wrote the article.
_HOLDERS, _JUNK = (m.BulletList, m.Quote), frozenset({"junk"})
_OF_HEADINGS = frozenset({"junk", "byline", "translator"})
_COLONS = (":", "：")


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
    end = _End(blocks, rules, byline, account)
    while end.may_go_on() and end.takes_block():
        pass
    body = (*end.above, *end.kept)
    kinds = set(map(type, body))
    if kinds <= {m.Rule, m.Heading}:
        return None
    if m.Paragraph not in kinds and any(len(m.plain_text(line)) > SHORT for line in end.lines):
        return None
    body, signature = cut_signature(body, rules)
    return body, signature, end.lines


class _End:
    """The end of an article, from its last block up: the `lines` of its credits, and the blocks to keep between and below them.

    `above` has the blocks that were not looked at.
    """

    def __init__(self, blocks: m.Blocks, rules: Rules, byline: str, account: Account) -> None:
        self._blocks, self._rules, self._byline, self._account = blocks, rules, byline, account
        self._at = len(blocks)
        self.kept: list[m.Block] = []
        self.lines: list[m.Inlines] = []
        self._skipped = self._pictures = 0
        self._above_text = _ABOVE_LINES

    @property
    def above(self) -> m.Blocks:
        return self._blocks[: self._at]

    def may_go_on(self) -> bool:
        """Return True if there is a block above, and not too many are below."""
        below = len(self._blocks) - self._at - self._pictures
        most = min(_MOST_BLOCKS + len(self.lines), _MOST_LINES)
        return self._at > 0 and below < most and self._pictures < _MOST_PICTURES

    def takes_block(self) -> bool:
        """Take the credits in the next block up, or keep it between them. Return False if the text of the article ends with it."""
        block = self._blocks[self._at - 1]
        if self.kept and self.kept[0] is self._blocks[self._at] and _announces(block, self._rules):
            return False
        self._pictures += type(block) is m.Figure
        line = self._line_in(block)
        found = self._credits_in(block, line) if line is not None else None
        if line is None or found is None:
            if not self._may_be_between(block):
                return False
            self.kept.insert(0, block)
            self._at -= 1
            return True
        rest, taken = found
        if self.kept and rest is None:
            drop_codes(self.kept, [m.plain_text(line.content)], self._rules, self._account)
        self.lines[:0] = taken
        self._at -= 1
        if rest and not _is_rule(rest, self._account):
            self.kept.insert(0, rest)
            return False
        return True

    def _line_in(self, block: m.Block) -> m.Paragraph | None:
        """Return the line that is all of a heading, a list or a quotation, or a paragraph itself."""
        if isinstance(block, m.Paragraph):
            return block
        holders = _HOLDERS if self.kept else (m.Heading, *_HOLDERS)
        if type(block) not in holders:
            return None
        return line_in(block, self._blocks[: self._at - 1], self._rules, self._byline)

    def _credits_in(
        self, block: m.Block, line: m.Paragraph
    ) -> tuple[m.Paragraph | None, list[m.Inlines]] | None:
        """Return what is left of the line of a block without its credits, and these, or None if there are none."""
        above = self._blocks[: self._at - 1]
        only = self._above_text if self._skipped else None
        if type(block) is m.Heading:
            only = _OF_HEADINGS if self.lines else _JUNK
        around = Around(
            above,
            is_apart=line is not block or (len(above) > 0 and type(above[-1]) is m.Rule),
            is_last=not self._skipped and len(self.lines) < _MOST_UNLABELLED,
            is_quoted=line is not block and isinstance(block, m.Quote) and len(block.blocks) > 1,
            only=only,
        )
        return credits_at_end(line, around, self._rules, self._byline, self._account)

    def _may_be_between(self, block: m.Block) -> bool:
        """Return True if a block without credits may be between or below them: a picture, or one of a few short lines."""
        text = m.plain_text(block.content).rstrip() if isinstance(block, m.Paragraph) else ""
        is_note = len(text) > SHORT and is_in_italics(block)
        is_short = is_note or (type(block) is m.Paragraph and len(text) <= SHORT)
        self._skipped += is_short
        if text[-1:] in SENTENCE_ENDS and not is_note:
            self._above_text = _LEGAL
        is_between = is_short or type(block) in _BETWEEN or heads_pictures(block, self.kept)
        return self._skipped <= _MOST_SKIPPED and is_between


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
            if name and name == byline and value.rstrip()[-1:] in SENTENCE_ENDS:
                account.remove(content, "credits", "byline below the text", text=said)
                return (*rest, m.Paragraph((*before, m.Text(value.rstrip()))))
    return blocks
