"""Quotations within a line (`q`). Browsers add quotation marks to them, and so does this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._locale.quotation_marks import quotation_marks
from feed2doc._locale.tags import language_tag
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.inlines import Mark, merged
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』《》〈〉＂")


def quotation_of(element: _Element, language: str, account: Account) -> Mark:
    """Return the wrapper for a `q`, with the marks of its language unless it has marks already.

    `language` is that of the article.
    """
    words = words_of(element)
    if words[:1] in _MARKS and words[-1:] in _MARKS:
        return lambda content: m.Quotation(content)
    around = [each for each in element.iterancestors() if isinstance(each.tag, str)]
    stated = (language_tag(each.get("lang") or "") for each in (element, *around))
    level = sum(each.tag == "q" for each in around)
    before, after = quotation_marks(next(filter(None, stated), language), level)

    def mark(content: m.Inlines) -> m.Quotation:
        account.gain(before + after)
        return m.Quotation(merged([before, *content, after]))

    return mark
