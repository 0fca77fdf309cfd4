"""What becomes of each paragraph: text of the article, formulas, a typed rule, a caption, an embed, or what a rule drops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from feed2doc.model import (
    Block,
    Emph,
    Inlines,
    LineBreak,
    Math,
    Paragraph,
    Rule,
    Strong,
    Text,
    plain_text,
)
from feed2doc.readers._blocks.captions.below_pictures import Captions
from feed2doc.readers._blocks.captions.credit_splitting import cut, pictures_in
from feed2doc.readers._blocks.context import Context
from feed2doc.readers._blocks.junk_lines import JunkLines
from feed2doc.readers._blocks.media.shortcodes import embed_in, shortcode_in, words_in
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.readers._blocks.origins import Origins
from feed2doc.readers._blocks.raw_tex import may_have_tex, with_formulas
from feed2doc.readers._blocks.typed_rules import is_ornament, is_typed_rule

if TYPE_CHECKING:
    from lxml.etree import _Element

# What a typed rule may have; program text, a link, a note or a picture does not belong to one.
_IN_RULES = frozenset({Text, Strong, Emph, LineBreak})
# Open blocks in which a formula alone is a block, and those in which it is one if it is displayed.
_WITH_BLOCKS = frozenset({"root", "quote", "aside"})
_WITH_DISPLAYED = _WITH_BLOCKS | {"item", "meaning", "cell", "post"}


class Paragraphs:
    """Adds paragraphs to the innermost open block (`top`).

    `picture` is the element of the newest picture, if only captions are below it so far.
    """

    def __init__(self, context: Context, captions: Captions, origins: Origins) -> None:
        self._account, self._rules = context.account, context.rules
        self._junk, self._codes = context.junk, context.codes
        self._captions = captions
        self._origins = origins
        self._junk_lines = JunkLines(context.account, context.rules)
        self._shortcode_caption = ""
        self.picture: _Element | None = None

    def add(self, top: OpenBlock, content: Inlines, text: str, element: _Element | None) -> None:
        """Add a paragraph with these inlines to an open block; `text` is their plain text.

        Junk is dropped, and a caption is added as such.
        """
        if ("$" in text or "\\" in text) and may_have_tex(text):
            content = with_formulas(content, is_tex=self._rules.tex)
            if len(printed := plain_text(content)) < len(text):
                left = (sign * (text.count(sign) - printed.count(sign)) for sign in "$\\")
                self._account.leave("".join(left))
                text = printed
        self._account.keep(text)
        if text[:1] == "[" and ("http" in text or "vimeo" in text) and (embed := embed_in(text)) is not None:
            self._account.remove(content, "shortcodes", "shortcode", text=text)
            self._add(top, embed, element)
        elif "[" in text and (code := shortcode_in(text)):
            self._without_shortcode(top, content, text, code, element)
        else:
            self._place(top, content, text, element)

    def _is_rule(self, top: OpenBlock, text: str) -> bool:
        """Return True for a typed rule, and for signs in a heading, of a page that feed2doc did not write."""
        is_rule = (
            is_ornament(text) if top.kind == "heading" else is_typed_rule(text) and top.kind in _WITH_BLOCKS
        )
        return is_rule and not self._rules.only_article

    def _place(self, top: OpenBlock, content: Inlines, text: str, element: _Element | None) -> None:
        if (
            self._is_rule(top, text)
            and _IN_RULES.issuperset(map(type, content))
            and not self._account.is_all(text)
        ):
            self._account.remove(content, "html: typed rule", "typed rule", text=text)
            self._add(top, Rule(), element)
            return
        junk = self._rules.junk(text)
        if junk or len(content) > 2:  # a line that closes an entry has two links and words between them
            junk = self._junk_lines.confirmed(junk, content, text, top)
        elif type(content[0]) is not Text or len(content) == 2:
            junk = self._junk_lines.asking(content, text, top)
        if junk:
            if rest := self._rules.rest(text):
                self._drop_around(top, rest, content, junk, text, element)
            else:
                self._junk.append((content, junk, text))
                top.leave_out()
                if self.picture is not None and top.blocks and self._rules.words.find("code", text):
                    self.picture = None  # the next line is not its caption
                    if self._rules.words.find("scan", text):
                        self._codes.append(top.blocks[-1])
            return
        if self.picture is not None:
            if self._captions.take(top, content, text, element, self.picture):
                self._origins.claim(top, element)
                return
            if top.kind not in ("caption", "credit"):
                self.picture = None
        if Math not in map(type, content):
            self._add(top, Paragraph(content), element)
        else:
            for block in _blocks_of(content, top.kind):
                self._add(top, block, element)

    def _drop_around(
        self,
        top: OpenBlock,
        rest: tuple[int, int],
        content: Inlines,
        rule: str,
        text: str,
        element: _Element | None,
    ) -> None:
        """Add the part of a paragraph that a rule keeps, and drop what is around it."""
        before, kept = cut(content, rest[0])
        kept, after = cut(kept, rest[1] - rest[0])
        if plain_text(kept) != text[rest[0] : rest[1]]:  # it begins or ends in a formula, which cannot be cut
            self._add(top, Paragraph(content), element)
            return
        self._account.remove((*before, *after), rule, text=text)
        self._add(top, Paragraph(kept), element)

    def _without_shortcode(
        self, top: OpenBlock, content: Inlines, text: str, code: str, element: _Element | None
    ) -> None:
        """Add a paragraph without the shortcode at one of its ends. Below a picture its words are the caption."""
        opens = text.startswith(code) and not code.startswith("[/")
        at = len(code) if opens else len(text) - len(code)
        before, after = cut(content, at)
        if plain_text(before) != text[:at]:  # it is in a formula or program text
            self._place(top, content, text, element)
            return
        self._account.remove((Text(code),), "shortcodes", "shortcode", text=code)
        if opens:
            self._shortcode_caption = words_in(code)
            rest = (*pictures_in(before), *after)
        else:
            rest = (*before, *pictures_in(after))
            if not rest and self._shortcode_caption:
                rest = (Text(self._shortcode_caption),)
            self._shortcode_caption = ""
            if rest and top.awaits_caption():
                self._captions.add(top, rest)
                self._origins.claim(top, element)
                return
        if rest:
            self._place(top, rest, plain_text(rest), element)

    def _add(self, top: OpenBlock, block: Block, element: _Element | None) -> None:
        top.add(block)
        self._origins.claim(top, element)


def _blocks_of(content: Inlines, kind: str) -> Iterable[Block]:
    """Return a paragraph in an open block of this kind, or its formulas if these are blocks of their own."""
    formulas = [node for node in content if type(node) is Math]
    between = [node for node in content if type(node) is not Math]
    displayed = all(formula.display for formula in formulas)
    if (
        kind not in (_WITH_DISPLAYED if displayed else _WITH_BLOCKS)
        or (len(formulas) > 1 and not displayed)
        or plain_text(tuple(between)).strip()
    ):
        return (Paragraph(content),)
    return [replace(formula, display=True) for formula in formulas]
