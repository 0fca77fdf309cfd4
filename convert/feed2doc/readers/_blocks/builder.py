"""The conversion of an HTML tree to blocks, in one traversal without recursion, so that no text is lost.

Every element is entered, its text and children are read, and it is left. Open elements are on the stack (`stack.py`).
Elements without a meaning of their own (div, span, font) are only traversed. Site rules take precedence over the meaning
of a tag.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.block_elements import BlockElements
from feed2doc.readers._blocks.context import Context
from feed2doc.readers._blocks.elements import BREAKING, FRAMES, INLINE, MARKS, VOID, first_block_in
from feed2doc.readers._blocks.inline_elements import InlineElements
from feed2doc.readers._blocks.marked_elements import MarkedElements
from feed2doc.readers._blocks.notes.placing import Notes
from feed2doc.readers._blocks.stack import Leave, Stack
from feed2doc.readers._blocks.whole import WHOLE, Whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE = pattern(r"(?:^|;)\s*display:\s*inline\s*(?:;|$)")


def _is_inline(element: _Element) -> bool:
    """Return True for a paragraph that its style makes a part of another, as programs for reading make of text next to blocks."""
    return _INLINE.search(element.get("style") or "") is not None


class Builder:
    """Builder for one tree, in the context of its article. `notes` maps the references of footnotes in it to their texts.

    `special` are the elements of the article that need more than a quick look.
    """

    def __init__(
        self, context: Context, notes: Mapping[_Element, _Element], special: Container[_Element]
    ) -> None:
        self._context = context
        self._account, self._marked, self._note_at = context.account, context.marked, notes
        self._classed, self._styled = context.classed, context.styled
        self._around_block: set[_Element] = set()
        self._stack = stack = Stack(context)
        read = partial(_read_apart, context, special)
        self._whole = Whole(stack, context.account, context.base, read)
        self._notes = Notes(notes, stack.line, context.account, read)
        self._marked_elements = MarkedElements(stack, self._whole, self._notes, context)
        self._inlines = InlineElements(stack, self._whole, context)
        self._blocks = BlockElements(stack, self._whole, context, special, self._inlines.link)

    def article(self, root: _Element) -> m.Blocks:
        """Return the blocks of an article. If it has nothing but paragraphs that a rule drops, they are its text.

        If some of them have links, as in the entry of a link, only those are.
        """
        blocks = self.build(root)
        junk = self._context.junk
        if not blocks and not any(self._context.apart.values()):
            linked = [row for row in junk if m.Link in map(type, row[0])]
            blocks = tuple(m.Paragraph(content) for content, _, _ in linked or junk)
            junk = [row for row in junk if row not in linked] if linked else []
        for content, rule, text in junk:
            self._account.remove(content, rule, text=text)
        return blocks

    @property
    def emptied(self) -> list[m.Block]:
        """The blocks of the article after which something was left out."""
        return self._stack.frames[0].emptied

    def build(self, root: _Element) -> m.Blocks:
        """Return the blocks of this element, with headings among them as `Heading`."""
        self._traverse(root)
        self._stack.flush()
        if self._stack.merged:
            self._context.env.note(
                "notice", f"elements nested deeper than {m.MAX_NESTING} levels were merged into their parents"
            )
        if self._stack.shortened:
            self._context.env.note(
                "notice",
                f"a table has more than {m.MAX_POSITIONS_PER_CELL} positions per cell: its spans were shortened",
            )
        return (*self._stack.frames[0].take(), *self._notes.without_place())

    def _traverse(self, root: _Element) -> None:
        """Read the texts and elements in an element, in order."""
        if (text := root.text) is not None:
            self._stack.text(text, root)
        around: list[tuple[_Element, Iterator[_Element], Leave]] = [(root, iter(root), None)]
        while around:
            parent, children, leave = around[-1]
            for element in children:
                enters, ends = self._enter(element)
                if enters:
                    if (text := element.text) is not None:
                        self._stack.text(text, element)
                    if len(element):
                        around.append((element, iter(element), ends))
                        break
                    if ends is not None:
                        ends()
                if (text := element.tail) is not None:
                    self._stack.text(text, parent)
            else:
                around.pop()
                if leave is not None:
                    leave()
                if around and (text := parent.tail) is not None:
                    self._stack.text(text, around[-1][0])

    def _enter(self, element: _Element) -> tuple[bool, Leave]:
        """Enter an element, and return True if its content is to be read, with a function to call at its end."""
        tag = element.tag
        if element in self._marked and (
            found := self._marked_elements.enter(element, *self._marked[element])
        ):
            return found
        if (
            element in self._classed
            and (self._stack.paragraphs.picture is not None or self._stack.top.kind == "caption")
            and (found := self._blocks.enter_credit(element, tag))
        ):
            return found
        if tag == "a" or tag in MARKS or (tag == "p" and element in self._styled and _is_inline(element)):
            return self._enter_inline(element, tag)
        if tag in BREAKING:
            return self._blocks.enter_line(element, tag)
        if (kind := FRAMES.get(tag)) is not None:
            return self._blocks.enter_frame(element, tag, kind)
        whole = WHOLE.get(tag)
        if whole is not None and not (tag in INLINE and self._holds_blocks(element)):
            return whole(self._whole, element) or tag in VOID, None
        if self._blocks.is_caption(element, tag):
            return True, self._stack.push("caption", element)
        return self._enter_inline(element, tag)

    def _enter_inline(self, element: _Element, tag: str) -> tuple[bool, Leave]:
        """Enter an inline element. The return value is that of `_enter`."""
        if element in self._note_at:
            self._notes.add(element, self._note_at[element])
            return False, None
        return self._inlines.enter(element, tag)

    def _holds_blocks(self, element: _Element) -> bool:
        """Return True if there is a block in an inline element. It is looked for once, even if many of them are around it."""
        if element not in self._around_block:
            block = each = first_block_in(element)
            self._around_block = set()
            while each is not None and each is not element:
                self._around_block.add(each)
                each = each.getparent()
            return block is not None
        return True


def builder_of(context: Context, notes: Mapping[_Element, _Element]) -> Builder:
    """Return the builder for all of an article."""
    # Each note is read by a builder of its own, and all of them share this collection.
    return Builder(context, notes, context.marked.keys() | notes.keys() | context.styled)


def _read_apart(context: Context, special: Container[_Element], element: _Element) -> m.Blocks:
    """Return the blocks of an element that are a part of something else in the same article, such as a note."""
    return Builder(context, {}, special).build(element)
