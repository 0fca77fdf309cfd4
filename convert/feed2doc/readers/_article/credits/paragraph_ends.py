"""Credits at the end of a paragraph: its last lines that are credits or junk, and the biographies above them."""

from __future__ import annotations

from msgspec import Struct

from feed2doc import model as m
from feed2doc.readers._article.authors.biographies import biography_of
from feed2doc.readers._article.credits.boxes import is_signed_box
from feed2doc.readers._article.credits.lines import joined
from feed2doc.readers._article.credits.roles import Place, credit_of, role_at_end
from feed2doc.readers._article.credits.typed import links_of
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.inlines import split_lines
from feed2doc.readers._rules.lookup import Rules

MOST_LINES = 8
"""How many lines a box of credits may have."""


class Around(Struct, frozen=True):
    """What is around a paragraph at the end of an article.

    `above` has the blocks above it. `is_apart` means that a rule, a quotation or a list sets it apart from the text, `is_last`
    that only credits are below it, `is_quoted` that it was in a quotation. `only` are the roles that its lines may have, or None
    for any.
    """

    above: m.Blocks
    is_apart: bool
    is_last: bool
    is_quoted: bool
    only: frozenset[str] | None


def credits_at_end(
    paragraph: m.Paragraph, around: Around, rules: Rules, byline: str, account: Account
) -> tuple[m.Paragraph | None, list[m.Inlines]] | None:
    """Return what is left of a paragraph without the credits at its end, and their lines, or None if there are none.

    Above a credit in the same paragraph, lines that name an author or look like a biography belong to the credits.
    """
    end = _End(paragraph, around, rules, byline, account)
    while end.lines and end.takes_last_line():
        pass
    if len(end.lines) == end.whole:
        return None
    while end.lines and end.taken and biography_of(m.plain_text(end.lines[-1]), rules.words):
        end.taken.insert(0, end.lines.pop())
    return (joined(end.lines) if end.lines else None), end.taken


class _End:
    """The end of a paragraph: the lines that are left of it, and those that were taken."""

    def __init__(
        self, paragraph: m.Paragraph, around: Around, rules: Rules, byline: str, account: Account
    ) -> None:
        self._around, self._rules, self._byline, self._account = around, rules, byline, account
        self.lines = split_lines(paragraph.content)
        self.whole = len(self.lines)
        self.taken: list[m.Inlines] = []
        self._has_junk = False
        self._is_set_apart = all(map(_is_emphasized, paragraph.content))
        self._is_apart = around.is_apart or set(map(type, paragraph.content)) == {m.Strong}
        self._is_box = around.is_last and around.only is None and is_signed_box(self.lines, rules, byline)

    def takes_last_line(self) -> bool:
        """Take the last line if it is a credit, or leave it out. Return False if it is text."""
        line = self.lines[-1]
        text = m.plain_text(line)
        if not any(map(str.isalnum, text)):
            return self._drops_rule(text)
        role = role_at_end(line, self._rules, self._byline, self._place())
        if role is None and self._is_box:
            role = "note"
        if role is None or (self._around.only is not None and role not in self._around.only):
            return False
        is_alone = role == "junk" and len(self.lines) == 1 and not any(links_of(line))
        if is_alone and is_announced(self._around.above, self._rules):
            return False
        del self.lines[-1]
        if role == "junk":
            self._has_junk = True
            self._account.remove(line, "words: junk", text=text)
        else:
            self.taken.insert(0, line)
        return True

    def _drops_rule(self, text: str) -> bool:
        """Leave out the last line, a typed rule, if it is next to a credit. Return False otherwise."""
        if len(self.lines) == 1 and not self.taken:
            return False
        if not self.taken and not self._has_junk:
            above = self.lines[-2]
            if not credit_of(above, self._rules, self._byline, set_apart=self._is_set_apart):
                return False
        self._account.remove(self.lines.pop(), "credits", "typed rule", text=text)
        return True

    def _place(self) -> Place:
        """Return where the last line is."""
        has_credits = bool(self.taken)
        is_short = self.whole <= MOST_LINES  # each line is looked for in the text
        return Place(
            self._around.above,
            self.lines,
            is_above_credits=has_credits,
            is_set_apart=self._is_set_apart or has_credits,
            is_box=(self._is_set_apart or self._around.is_quoted) and is_short,
            is_apart=self._is_apart,
            is_line=self.whole > 1,
            is_last=self._around.is_last,
        )


def _is_emphasized(node: m.Inline) -> bool:
    """Return True for text in italics, links to it, and line breaks."""
    match node:
        case m.Link(content=content):
            return all(map(_is_emphasized, content))
        case _:
            return type(node) in (m.Emph, m.LineBreak)


def is_announced(text_above: m.Blocks, rules: Rules) -> bool:
    """Return True if the text above ends with a colon, so that what follows is part of it, and does not itself ask for something."""
    above = text_above[-1] if text_above else None
    if not isinstance(above, m.Paragraph) or m.plain_text(above.content)[-1:] not in (":", "："):
        return False
    return credit_of(above.content, rules, "", set_apart=False) != "junk"
