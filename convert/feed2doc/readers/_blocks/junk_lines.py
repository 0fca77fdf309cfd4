"""Paragraphs that a rule drops, and those that only look like them: words of the text, sentences, all text of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc.model import Emph, Inlines, Link, Span, Strong, plain_text
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.heading_words import heads_text
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

# Open blocks in which a word such as "Share" is more likely text than a button, and the length of such a word.
_WORDED = frozenset({"item", "cell", "quote", "post", "term", "meaning"})
_LONGEST_WORD = 16
# Open blocks whose text names or explains something, and the longest link that asks for something.
_NAMED = frozenset({"heading", "caption", "credit", "summary", "verse"})
_LONGEST_ASKING = 120


class JunkLines:
    """Tells paragraphs to leave out from text."""

    def __init__(self, account: Account, rules: Rules) -> None:
        self._account = account
        self._rules = rules
        self._with_headers: dict[_Element, bool] = {}

    def confirmed(self, junk: str, content: Inlines, text: str, top: OpenBlock) -> str:
        """Return the rule that drops a paragraph in this open block, or all of it but the part that the rule keeps, or "".

        `junk` is the rule that its text matches, or "".
        """
        junk = junk or self._closing(content, text)
        if not junk:
            return ""
        if _may_be_sentence(content, text, top):
            junk = self._rules.junk(text, certain=True)
        if junk and not self._rules.rest(text) and self._is_text(text, top):
            return ""
        return junk

    def asking(self, content: Inlines, text: str, top: OpenBlock) -> str:
        """Return the rule for a line that is nothing but a link by which a site asks for something, or "": `Download our app`.

        Lines with other words are only left out at the end of an article.
        """
        if len(text) > _LONGEST_ASKING or top.kind in _WORDED or top.kind in _NAMED:
            return ""
        while len(content) == 1 and isinstance(only := content[0], Emph | Strong | Span):
            content = only.content
        has_link = False
        for node in content:
            if type(node) is Link:
                has_link = True
            elif any(map(str.isalnum, plain_text((node,)))):
                return ""
        if not has_link:
            return ""
        found = self._rules.credit(text)
        if found is None or found[0].role != "junk" or found[0].weak or self._account.is_all(text):
            return ""
        return found[2]

    def _is_text(self, text: str, top: OpenBlock) -> bool:
        """Return True for a word of a list or table, a heading above text, or all text of the article."""
        return (
            (top.kind in _WORDED and len(text) <= _LONGEST_WORD and not self._is_in_layout(top))
            or (top.kind == "heading" and heads_text(top.element, text))
            or self._account.is_all(text)
        )

    def _is_in_layout(self, top: OpenBlock) -> bool:
        """Return True in a cell of a table that only arranges the page, as those of letters do: it says so, or the row has no other cell."""
        cell = top.element
        row = cell.getparent() if cell is not None and top.kind == "cell" else None
        table = next(row.iterancestors("table"), None) if row is not None else None
        if row is None or table is None:
            return False
        if table.get("role") in ("presentation", "none"):
            return True
        if table not in self._with_headers:
            self._with_headers[table] = next(table.iter("th", "caption"), None) is not None
        return len(row) == 1 and not self._with_headers[table]

    def _closing(self, content: Inlines, text: str) -> str:
        """Return the rule by which a line with links to the article and its site ends an entry of a feed, or ""."""
        links = [node for node in content if type(node) is Link]
        title = plain_text(links[0].content) if len(links) > 1 else ""
        return self._rules.closing(text, title) if title else ""


def _may_be_sentence(content: Inlines, text: str, top: OpenBlock) -> bool:
    """Return True if the text may be one of the article, although it begins like an invitation, which has a link."""
    if any(type(node) is Link for node in content):
        return False
    return top.kind in _WORDED or text.rstrip()[-1:] in ".。" or any(sign in text for sign in ",，;；、")
