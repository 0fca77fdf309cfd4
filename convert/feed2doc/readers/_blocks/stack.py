"""The stack of open blocks, and the current line in the innermost one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from feed2doc.env import Trace
from feed2doc.model import (
    MAX_NESTING,
    Block,
    Embed,
    Emph,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Math,
    Paragraph,
    Rule,
    Strong,
    Text,
    plain_text,
)
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.captions.credit_splitting import (
    cut,
    is_credit_class,
    pictures_in,
    split_credit,
)
from feed2doc.readers._blocks.captions.enlarging_words import is_enlarging, without_enlarging
from feed2doc.readers._blocks.captions.lines import is_caption
from feed2doc.readers._blocks.close import CLOSERS
from feed2doc.readers._blocks.elements import block_of
from feed2doc.readers._blocks.inlines import Mark, merged
from feed2doc.readers._blocks.junk_lines import JunkLines
from feed2doc.readers._blocks.line import Line
from feed2doc.readers._blocks.media.shortcodes import embed_in, shortcode_in, words_in
from feed2doc.readers._blocks.open_block import EMPTIED, OpenBlock
from feed2doc.readers._blocks.raw_tex import may_have_tex, with_formulas
from feed2doc.readers._blocks.typed_rules import is_typed_rule
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import describe

if TYPE_CHECKING:
    from lxml.etree import _Element

Leave = Callable[[], None] | None
Marked = Mapping["_Element", tuple[str, str]]

# Open blocks that add no nesting to the model, and the minimum number of levels reserved for inline wrappers.
_NON_NESTING = frozenset({"figure", "caption", "credit", "heading", "credits", "standfirst"})
_ROOM = 8
# What a typed rule may have; program text, a link, a note or a picture does not belong to one.
_IN_RULES = frozenset({Text, Strong, Emph, LineBreak})
# Open blocks in which a formula alone is a block, and those in which it is one if it is displayed.
_WITH_BLOCKS = frozenset({"root", "quote", "aside"})
_WITH_DISPLAYED = _WITH_BLOCKS | {"item", "meaning", "cell", "post"}
# Open blocks whose content is not part of the body.
_COLLECTED = frozenset({"credits", "standfirst"})


class Stack:
    """The stack of open blocks (`frames`, innermost last) and the current inline run (`line`).

    `after_image` is True if the newest block is a picture, which a caption may follow. `picture` is the element of the
    newest picture. `merged` is True if a container was
    nested too deeply and was merged into its parent, `shortened` if a table had spans that are too long. `apart` has the blocks
    outside the body, by kind. `junk` has the paragraphs that a rule drops, with the rule and their text. `marked` maps elements
    to their meaning and the rule that says so.
    """

    def __init__(self, account: Account, rules: Rules, marked: Marked, trace: Trace | None) -> None:
        self._account = account
        self._rules = rules
        self._marked = marked
        self._trace = trace
        self._at: _Element | None = None
        self.frames = [OpenBlock("root")]
        self.top = self.frames[0]
        """The innermost open block."""
        self.line = Line()
        self.after_image = False
        self.picture: _Element | None = None
        self.merged = self.shortened = False
        self._shortcode_caption = ""
        self._junk_lines = JunkLines(account, rules)
        self.apart: dict[str, list[Block]] = {kind: [] for kind in _COLLECTED}
        self.junk: list[tuple[Inlines, str, str]] = []

    @property
    def depth(self) -> int:
        """The number of open blocks and inline wrappers."""
        return len(self.frames) + self.line.depth

    def text(self, value: str, owner: _Element, mark: Mark | None = None) -> None:
        """Add the text of an element, in a wrapper if `mark` is given."""
        if self.after_image and value.strip():
            self.after_image = False
        if (self._trace is not None or self.picture is not None) and (self.line.blank or not self.line.last):
            self._at = block_of(owner)
        if mark is None:
            self.line.text(value)
        else:
            self.line.marked_text(mark, value)

    def flush(self) -> None:
        """End the line and add it as a paragraph to the innermost open block."""
        line = self.line
        if line.is_new:
            return
        indent = line.indent if self.top.kind == "verse" else ""
        content = line.take()
        if content:
            if indent:
                content = merged([indent, *content])
            self.paragraph(content, plain_text(content), self._at)

    def paragraph(self, content: Inlines, text: str, element: _Element | None) -> None:
        """Add a paragraph with these inlines; `text` is their plain text. Junk is dropped, and a caption is added as such."""
        if ("$" in text or "\\" in text) and may_have_tex(text):
            content = with_formulas(content, is_tex=self._rules.tex)
            if len(printed := plain_text(content)) < len(text):
                left = (sign * (text.count(sign) - printed.count(sign)) for sign in "$\\")
                self._account.leave("".join(left))
                text = printed
        self._account.keep(text)
        if text[:1] == "[" and ("http" in text or "vimeo" in text) and (embed := embed_in(text)) is not None:
            self._account.remove(content, "shortcodes", "shortcode", text=text)
            self.add(embed, element)
        elif "[" in text and (code := shortcode_in(text)):
            self._without_shortcode(content, text, code, element)
        else:
            self._place(content, text, element)

    def _place(self, content: Inlines, text: str, element: _Element | None) -> None:
        if (
            is_typed_rule(text)
            and self.top.kind in _WITH_BLOCKS
            and _IN_RULES.issuperset(map(type, content))
            and not self._account.is_all(text)
        ):
            self._account.remove(content, "html: typed rule", "typed rule", text=text)
            self.add(Rule(), element)
            return
        junk = self._rules.junk(text)
        if junk or len(content) > 2:  # a line that closes an entry has two links and words between them
            junk = self._junk_lines.confirmed(junk, content, text, self.top)
        elif type(content[0]) is not Text or len(content) == 2:
            junk = self._junk_lines.asking(content, text, self.top)
        if junk:
            if rest := self._rules.rest(text):
                self._drop_around(rest, content, junk, text, element)
            else:
                self.junk.append((content, junk, text))
                self.top.leave_out()
            return
        if self.picture is not None:
            if self._belongs_to_picture(content, text, element):
                self._claim(element)
                return
            if self.top.kind not in ("caption", "credit"):
                self.picture = None
        if Math not in map(type, content):
            self.add(Paragraph(content), element)
        else:
            for block in self._blocks_of(content):
                self.add(block, element)

    def _drop_around(
        self, rest: tuple[int, int], content: Inlines, rule: str, text: str, element: _Element | None
    ) -> None:
        """Add the part of a paragraph that a rule keeps, and drop what is around it."""
        before, kept = cut(content, rest[0])
        kept, after = cut(kept, rest[1] - rest[0])
        if plain_text(kept) != text[rest[0] : rest[1]]:  # it begins or ends in a formula, which cannot be cut
            self.add(Paragraph(content), element)
            return
        self._account.remove((*before, *after), rule, text=text)
        self.add(Paragraph(kept), element)

    def _blocks_of(self, content: Inlines) -> Iterable[Block]:
        """Return a paragraph, or its formulas if these are blocks of their own."""
        formulas = [node for node in content if type(node) is Math]
        between = [node for node in content if type(node) is not Math]
        displayed = all(formula.display for formula in formulas)
        if (
            self.top.kind not in (_WITH_DISPLAYED if displayed else _WITH_BLOCKS)
            or (len(formulas) > 1 and not displayed)
            or plain_text(tuple(between)).strip()
        ):
            return (Paragraph(content),)
        return [replace(formula, display=True) for formula in formulas]

    def _without_shortcode(self, content: Inlines, text: str, code: str, element: _Element | None) -> None:
        """Add a paragraph without the shortcode at one of its ends. Below a picture its words are the caption."""
        opens = text.startswith(code) and not code.startswith("[/")
        at = len(code) if opens else len(text) - len(code)
        before, after = cut(content, at)
        if plain_text(before) != text[:at]:  # it is in a formula or program text
            self._place(content, text, element)
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
            if rest and self.top.awaits_caption():
                self._add_caption(rest)
                self._claim(element)
                return
        if rest:
            self._place(rest, plain_text(rest), element)

    def awaits_credit(self, element: _Element) -> bool:
        """Return True if this element, in a caption or below a picture without a credit, is the credit by its class."""
        if not is_credit_class(element) or self._marked.get(element, ("", ""))[0] == "caption":
            return False
        last = self.top.blocks[-1] if self.top.blocks else None
        return self.top.kind in ("caption", "figure") or (isinstance(last, Figure) and not last.credit)

    def _belongs_to_picture(self, content: Inlines, text: str, element: _Element | None) -> bool:
        """Add the text to the picture above it and return True, if it is its caption or credit."""
        assert self.picture is not None
        if self._rules.only_article:  # captions are marked
            return False
        figure = self.top.blocks[-1] if self.top.blocks else None
        in_figure = self.top.kind == "figure" and self.top.figures and not self.top.credit
        if (in_figure or isinstance(figure, Figure)) and is_enlarging(text, self._rules):
            self._account.remove(content, "words: enlarge", text=text)
            return True
        if in_figure or (isinstance(figure, Figure) and not figure.credit):
            from feed2doc.readers._blocks.captions.photo_lines import credit_line

            credit, around = credit_line(content, text, self._rules)
            if credit:
                self._account.ignore(around)
                self.top.set_caption((), credit)
                return True
        if isinstance(figure, Embed) and figure.title:
            return False
        if not self.top.awaits_caption() or not is_caption(content, text, element, self.picture, self._rules):
            return False
        self._add_caption(content)
        return True

    def _add_caption(self, content: Inlines) -> None:
        caption = OpenBlock("caption", blocks=[Paragraph(content)])
        self._end_caption(caption)
        self._close(caption)

    def _end_caption(self, caption: OpenBlock) -> None:
        """Split the credit from a caption, without words that a click enlarges the picture."""
        match caption.blocks:
            case [*_, Paragraph(content)]:
                kept, removed = without_enlarging(content, self._rules)
                if removed:
                    self._account.remove((Text(removed),), "words: enlarge", text=removed)
                    caption.blocks[-1:] = [Paragraph(kept)] if kept else []
        self._account.ignore(caption.split_credit(self._rules))

    def _close(self, frame: OpenBlock) -> None:
        CLOSERS[frame.kind](self.top, frame)
        for each in (frame, self.top):
            if each.repeated:
                self._account.ignore(each.repeated)
                each.repeated = ()

    def add(self, block: Block, element: _Element | None) -> None:
        """Add a block that comes from this element to the innermost open block."""
        self.top.add(block)
        if self._trace is not None:
            self._claim(element)

    def _claim(self, element: _Element | None) -> None:
        """Record this element as the origin of the newest blocks in the innermost open block."""
        if self._trace is None:
            return
        name, rule = "", "html: text"
        if element is not None:
            name = describe(element)
            rule = self._marked[element][1] if element in self._marked else f"html: {element.tag}"
        for block in reversed(self.top.blocks):
            if self._trace.origin(block) is not None:
                break
            self._trace.made(block, rule, name)

    def push(self, kind: str, element: _Element) -> Leave:
        """Push an open block, and return the function to call at its end.

        If it is nested too deeply, its content goes to the parent instead.
        """
        self.flush()
        if len(self.frames) >= MAX_NESTING - _ROOM and kind not in _NON_NESTING:
            self.merged = True
            return self.flush
        self.top = OpenBlock(kind, element)
        self.frames.append(self.top)
        return self._pop

    def _pop(self) -> None:
        """Close the innermost open block and add its content to the parent."""
        self.flush()
        frame = self.frames.pop()
        self.top = self.frames[-1]
        if frame.kind in _COLLECTED:
            self.apart[frame.kind] += frame.take()
            return
        if frame.kind == "caption":
            self._end_caption(frame)
        elif frame.kind == "figure":
            frame.credit_from_paragraph(self._rules)
        elif frame.kind == "aside" and frame.has_left_out:
            self._drop_title(frame)
        elif frame.kind == "table":
            if self._rules.header_row:
                frame.mark_header_row()
            self.shortened = frame.shorten_spans() or self.shortened
        first = len(self.top.blocks)
        self._close(frame)
        if frame.kind == "table":
            self._split_credits(first)
        if frame.has_left_out and frame.is_empty:
            self.top.leave_out()
        self.after_image = frame.kind == "figure" and self.top.awaits_caption()
        self._claim(frame.element)

    def _split_credits(self, first: int) -> None:
        """Split the credits from the captions of the pictures, from this one on, that were in a table for layout."""
        for at in range(first, len(self.top.blocks)):
            figure = self.top.blocks[at]
            if isinstance(figure, Figure) and figure.caption and not figure.credit:
                caption, credit, around = split_credit(figure.caption, self._rules)
                if credit:
                    self.top.blocks[at] = replace(figure, caption=caption, credit=credit)
                    self._account.ignore(around)

    def _drop_title(self, aside: OpenBlock) -> None:
        """Drop the title of a box if everything below it is left out."""
        match aside.blocks:
            case [Heading(_, content)]:
                self._account.remove(content, EMPTIED, "title of what is left out", text=plain_text(content))
                aside.blocks = []
