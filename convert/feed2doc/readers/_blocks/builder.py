"""The conversion of an HTML tree to blocks, in one traversal without recursion, so that no text is lost.

Every element is entered, its text and children are read, and it is left. Open elements are on the stack (`stack.py`).
Elements without a meaning of their own (div, span, font) are only traversed. Site rules take precedence over the meaning
of a tag.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.button_lines import announcement
from feed2doc.readers._blocks.captions.credit_splitting import has_own_caption
from feed2doc.readers._blocks.captions.lines import are_captions, is_caption_class
from feed2doc.readers._blocks.code.line_numbers import is_code_table
from feed2doc.readers._blocks.code.program_text import is_code_box
from feed2doc.readers._blocks.elements import (
    BREAKING,
    FRAMES,
    INLINE,
    MARKS,
    MEDIA,
    VOID,
    first_block_in,
    mark_of_language,
)
from feed2doc.readers._blocks.fast_paragraph import paragraph_of
from feed2doc.readers._blocks.inline_elements import NAMING, InlineElements
from feed2doc.readers._blocks.inlines import Mark
from feed2doc.readers._blocks.media.cards import card_of
from feed2doc.readers._blocks.media.embeds import embed_of
from feed2doc.readers._blocks.media.letters import is_initial
from feed2doc.readers._blocks.origins import Marked
from feed2doc.readers._blocks.stack import Leave, Stack
from feed2doc.readers._blocks.styles import mark_of_paragraph
from feed2doc.readers._blocks.whole import WHOLE, Whole
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE = pattern(r"(?:^|;)\s*display:\s*inline\s*(?:;|$)")


def _is_inline(element: _Element) -> bool:
    """Return True for a paragraph that its style makes a part of another, as programs for reading make of text next to blocks."""
    return _INLINE.search(element.get("style") or "") is not None


class Builder:
    """Builder for one tree. `build` returns the body's blocks; `apart` then has the other blocks, by kind.

    `marked` maps elements to their meaning (the kind of an open block, "paragraph" or "skip") and the rule that says so.
    `language` is that of the article, if it has quotations within lines. `notes` maps the reference of a footnote to the
    element with its text. `account` counts what is read and left out. `special` are the elements that a builder around this
    one has found to need more than a quick look.
    """

    def __init__(
        self,
        env: Env,
        base: str,
        rules: Rules,
        marked: Marked,
        notes: Mapping[_Element, _Element],
        account: Account,
        index: Index,
        language: str = "",
        special: Collection[_Element] = (),
    ) -> None:
        self._env = env
        self._account = account
        self._index = index
        self._classed, self._styled = index.having("class"), index.having("style")
        self._in_language = index.having("lang", "dir")
        self._base = base
        self._rules = rules
        self._marked = marked
        self._notes = notes
        # Each note is read by a builder of its own, and all of them share this collection.
        self._special = special or (marked.keys() | notes.keys() | self._styled)
        self._placed: set[_Element] = set()
        self._around_block: set[_Element] = set()
        self._stack = Stack(account, rules, marked, env.trace)
        self._whole = Whole(self._stack, account, base, lambda element: self._inner().build(element))
        self._inlines = InlineElements(self._stack, self._whole, account, rules, index, base, env, language)
        self.apart = self._stack.apart
        self._language = language

    def article(self, root: _Element) -> m.Blocks:
        """Return the blocks of an article. If it has nothing but paragraphs that a rule drops, they are its text.

        If some of them have links, as in the entry of a link, only those are.
        """
        blocks = self.build(root)
        junk = self._stack.paragraphs.junk
        if not blocks and not any(self.apart.values()):
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

    @property
    def left_lines(self) -> list[str]:
        """The lines of the article that a rule dropped."""
        return [text for _, _, text in self._stack.paragraphs.junk]

    def build(self, root: _Element) -> m.Blocks:
        """Return the blocks of this element, with headings among them as `Heading`."""
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
        self._stack.flush()
        # They lead back here, so that the tree would wait for a collection of garbage.
        del self._whole, self._inlines
        if self._stack.merged:
            self._env.note(
                "notice", f"elements nested deeper than {m.MAX_NESTING} levels were merged into their parents"
            )
        if self._stack.shortened:
            self._env.note(
                "notice",
                f"a table has more than {m.MAX_POSITIONS_PER_CELL} positions per cell: its spans were shortened",
            )
        return (*self._stack.frames[0].take(), *self._notes_without_place())

    def _notes_without_place(self) -> m.Blocks:
        """Return the notes whose references are where a note is not allowed: in another note, in ruby or in code."""
        left = [holder for mark, holder in self._notes.items() if mark not in self._placed]
        return tuple(block for holder in left for block in self._inner().build(holder))

    def _inner(self) -> Builder:
        inner = Builder(
            self._env,
            self._base,
            self._rules,
            self._marked,
            {},
            self._account,
            self._index,
            self._language,
            self._special,
        )
        inner.apart = inner._stack.apart = self.apart
        inner._stack.paragraphs.junk = self._stack.paragraphs.junk
        return inner

    # ---- entering ------------------------------------------------------------------------------

    def _enter(self, element: _Element) -> tuple[bool, Leave]:
        """Enter an element, and return True if its content is to be read, with a function to call at its end."""
        tag = element.tag
        if element in self._marked and (found := self._enter_marked(element, *self._marked[element])):
            return found
        stack = self._stack
        near_picture = element in self._classed and (
            stack.paragraphs.picture is not None or stack.top.kind == "caption"
        )
        if (
            near_picture
            and tag not in MEDIA
            and tag not in VOID
            and stack.captions.awaits_credit(stack.top, element)
        ):
            return True, self._stack.push(
                "caption" if has_own_caption(element, self._rules) else "credit", element
            )
        if tag == "a" or tag in MARKS or (tag == "p" and element in self._styled and _is_inline(element)):
            return self._enter_inline(element, tag)
        if tag == "p":
            stack.top.has_paragraph = True
            if self._read_simple_paragraph(element):
                return False, None
        if tag in BREAKING:
            is_styled = element in self._styled
            if is_styled and is_code_box(element):
                return self._whole.preformatted(element), None
            if tag == "footer" and stack.top.kind == "quote":
                return True, stack.push("credit", element)
            if tag == "div" and element in self._classed and is_initial(element):
                return True, None
            mark = mark_of_language(element) if element in self._in_language else None
            if mark is None and is_styled and tag == "p":
                mark = mark_of_paragraph(element)
            return True, self._break(mark, closes_image=tag != "div")
        kind = FRAMES.get(tag)
        if kind is not None:
            if tag == "table" and is_code_table(element):
                return self._whole.preformatted(element), None
            if tag == "h6" and stack.after_image and stack.top.awaits_caption() and are_captions(self._index):
                kind = "caption"
            return True, self._stack.push(kind, element)
        whole = WHOLE.get(tag)
        if whole is not None and not (tag in INLINE and self._holds_blocks(element)):
            return whole(self._whole, element) or tag in VOID, None
        if (
            (tag == "small" or (tag == "span" and element in self._classed and is_caption_class(element)))
            and self._stack.after_image
            and self._stack.line.blank
            and self._stack.top.awaits_caption()
        ):
            return True, self._stack.push("caption", element)  # many feeds write captions like this
        return self._enter_inline(element, tag)

    def _enter_inline(self, element: _Element, tag: str) -> tuple[bool, Leave]:
        """Enter an inline element. The return value is that of `_enter`."""
        if element in self._notes:
            self._note(element, self._notes[element])
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

    def _read_simple_paragraph(self, element: _Element) -> bool:
        """Read a paragraph of only text, links and simple inlines in one step. Return False if it has anything else."""
        stack = self._stack
        if not stack.line.is_new:
            stack.flush()
            if not stack.line.is_new:  # an open wrapper is around all lines
                return False
        kind = stack.top.kind
        if kind == "verse" or element in self._in_language:  # poems keep the indents of lines
            return False
        if element in self._styled and (mark_of_paragraph(element) is not None or is_code_box(element)):
            return False
        if len(element) and (kind in NAMING or len(stack.frames) >= m.MAX_NESTING):
            return False
        found = paragraph_of(element, self._special, self._inlines.link)
        if found is None:
            return False
        stack.after_image = False
        if found[1]:
            stack.paragraphs.add(stack.top, *found, element)
        return True

    def _drop_announcement(self, button: _Element, rule: str) -> None:
        """Drop the line before a button that is left out, if it only announces that."""
        blocks = self._stack.top.blocks
        if blocks and self._stack.line.is_new and (text := announcement(blocks[-1], button)):
            self._account.remove(blocks.pop(), rule, "line before a button", text=text)

    def _enter_marked(self, element: _Element, kind: str, rule: str) -> tuple[bool, Leave] | None:
        """Enter an element to which a rule gives a meaning. Return None if its tag has a meaning that prevails."""
        if kind == "drop":
            self._account.drop(element, rule)
            if (element.tag in BREAKING or element.tag in FRAMES) and not rule.startswith("hidden"):
                self._drop_announcement(element, rule)
                self._stack.top.leave_out()
            return element.tag in VOID, None
        if kind == "skip":
            self._account.hide(element)
            return element.tag in VOID, None
        if kind == "moved":
            self._stack.top.leave_out()
            return False, None
        if element.tag in MEDIA or element.tag in VOID:
            return None
        if kind == "embed" and element.tag == "blockquote" and words_of(element):
            return True, self._stack.push("post", element)
        if kind == "embed" and (embed := embed_of(element, self._base)) is not None:
            self._whole.add(embed, element)
            return False, None
        if kind == "note":
            is_block = element.tag in BREAKING or element.tag in FRAMES
            if is_block and self._stack.line.blank:  # next to the text, not in it
                return True, self._stack.push("aside", element)
            self._note(element, element)
            return False, None
        if kind == "card":
            return self._enter_card(element, rule)
        if kind == "inline":
            self._stack.line.text(" ")
            return True, None
        if kind in ("paragraph", "embed"):
            return True, self._break(mark_of_language(element), closes_image=True)
        return True, self._stack.push(kind, element)

    def _enter_card(self, element: _Element, rule: str) -> tuple[bool, Leave]:
        self._stack.flush()
        card = card_of(element, self._base, self._account, rule, self._dropped)
        if card is None:
            return True, self._break(None, closes_image=True)
        self._stack.after_image, self._stack.paragraphs.picture = False, None
        self._stack.add(card, element)
        return False, None

    def _dropped(self, element: _Element) -> str:
        """Return the rule that drops this element, or ""."""
        kind, rule = self._marked.get(element, ("", ""))
        return rule if kind == "drop" else ""

    def _break(self, mark: Mark | None, *, closes_image: bool) -> Leave:
        self._stack.flush()
        if closes_image:
            self._stack.after_image = False
        if mark is None or self._stack.depth >= m.MAX_NESTING:
            return self._stack.flush
        self._stack.line.open(mark)
        return partial(self._close_block_mark, mark)

    def _close_block_mark(self, mark: Mark) -> None:
        self._stack.flush()
        self._stack.line.close(mark)

    def _note(self, mark: _Element, holder: _Element) -> None:
        """Add the note in place of its reference (`mark`). References inside the note are kept as they are."""
        blocks = self._inner().build(holder)
        self._placed.add(mark)
        if blocks:
            self._stack.line.add(m.Note(blocks))
            if mark is not holder:
                self._account.hide(mark)
        elif mark is not holder:
            self._stack.line.text(words_of(mark))
