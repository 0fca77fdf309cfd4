"""Captions and credits below pictures: which text is one, and how it becomes a part of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from feed2doc.model import Embed, Figure, Inlines, Paragraph, Text, plain_text
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.captions.credit_brackets import SENTENCE_END
from feed2doc.readers._blocks.captions.credit_splitting import is_credit_class, split_credit
from feed2doc.readers._blocks.captions.enlarging_words import is_enlarging, without_enlarging
from feed2doc.readers._blocks.captions.lines import is_caption
from feed2doc.readers._blocks.close import close
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.readers._blocks.origins import Marked
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element


class Captions:
    """Adds captions and credits to the pictures above them, in the innermost open block (`top`)."""

    def __init__(self, account: Account, rules: Rules, marked: Marked) -> None:
        self._account = account
        self._rules = rules
        self._marked = marked

    def awaits_credit(self, top: OpenBlock, element: _Element) -> bool:
        """Return True if this element, in a caption or below a picture without a credit, is the credit by its class."""
        if not is_credit_class(element) or self._marked.get(element, ("", ""))[0] == "caption":
            return False
        last = top.blocks[-1] if top.blocks else None
        return top.kind in ("caption", "figure") or (isinstance(last, Figure) and not last.credit)

    def take(
        self, top: OpenBlock, content: Inlines, text: str, element: _Element | None, picture: _Element
    ) -> bool:
        """Add the text to the picture above it, which is in this open block, and return True, if it is its caption or credit."""
        if self._rules.only_article:  # captions are marked
            return False
        figure = top.blocks[-1] if top.blocks else None
        in_figure = top.kind == "figure" and top.figures and not top.credit
        if (in_figure or isinstance(figure, Figure)) and is_enlarging(text, self._rules):
            self._account.remove(content, "words: enlarge", text=text)
            return True
        if in_figure or (isinstance(figure, Figure) and not figure.credit):
            from feed2doc.readers._blocks.captions.photo_lines import credit_line

            credit, around = credit_line(content, text, self._rules)
            if credit:
                self._account.ignore(around)
                top.set_caption(*self._parts_of(credit))
                return True
        if isinstance(figure, Embed) and figure.title:
            return False
        if not top.awaits_caption() or not is_caption(content, text, element, picture, self._rules):
            return False
        self.add(top, content)
        return True

    def _parts_of(self, line: Inlines) -> tuple[Inlines, Inlines]:
        """Return the sentences and the credit of a line that was all in brackets: `（渔船归来。记者林海摄）`."""
        caption, credit, around = split_credit(line, self._rules, only_at_end=True)
        if not credit or plain_text(caption).rstrip()[-1:] not in SENTENCE_END:
            return (), line
        self._account.ignore(around)
        return caption, credit

    def add(self, top: OpenBlock, content: Inlines) -> None:
        """Add the caption of the picture above."""
        caption = OpenBlock("caption", blocks=[Paragraph(content)])
        self.end(caption)
        close(top, caption, self._account)

    def end(self, caption: OpenBlock) -> None:
        """Split the credit from a caption, without words that a click enlarges the picture."""
        match caption.blocks:
            case [*_, Paragraph(content)]:
                kept, removed = without_enlarging(content, self._rules)
                if removed:
                    self._account.remove((Text(removed),), "words: enlarge", text=removed)
                    caption.blocks[-1:] = [Paragraph(kept)] if kept else []
        self._account.ignore(caption.split_credit(self._rules))

    def split_credits(self, top: OpenBlock, first: int) -> None:
        """Split the credits from the captions of the pictures, from this one on, that were in a table for layout."""
        for at in range(first, len(top.blocks)):
            figure = top.blocks[at]
            if isinstance(figure, Figure) and figure.caption and not figure.credit:
                caption, credit, around = split_credit(figure.caption, self._rules)
                if credit:
                    top.blocks[at] = replace(figure, caption=caption, credit=credit)
                    self._account.ignore(around)
