"""Elements to which a rule gives a meaning: what is left out, notes, cards, embeds, and open blocks of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from feed2doc.model import Embed, Text
from feed2doc.readers._blocks.button_lines import announcement
from feed2doc.readers._blocks.context import Context
from feed2doc.readers._blocks.elements import BREAKING, FRAMES, MEDIA, VOID, mark_of_language
from feed2doc.readers._blocks.media.cards import card_of
from feed2doc.readers._blocks.media.embeds import embed_of
from feed2doc.readers._blocks.notes.placing import Notes
from feed2doc.readers._blocks.stack import Leave, Stack
from feed2doc.readers._blocks.whole import Whole
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element


class MarkedElements:
    """Reads elements with a meaning from a rule into a stack."""

    def __init__(self, stack: Stack, whole: Whole, notes: Notes, context: Context) -> None:
        self._stack, self._whole, self._notes = stack, whole, notes
        self._account, self._marked, self._base = context.account, context.marked, context.base
        self._rules = context.rules

    def enter(self, element: _Element, kind: str, rule: str) -> tuple[bool, Leave] | None:
        """Enter an element to which a rule gives a meaning. Return None if its tag has a meaning that prevails.

        Otherwise return True if its content is to be read, with a function to call at its end.
        """
        if kind in ("drop", "skip", "moved"):
            return self._leave_out(element, kind, rule), None
        if element.tag in MEDIA or element.tag in VOID:
            return None
        if kind == "embed" and element.tag == "blockquote" and words_of(element):
            return True, self._stack.push("post", element)
        if kind == "embed" and (embed := embed_of(element, self._base)) is not None:
            self._whole.add(self._without_button(embed), element)
            return False, None
        if kind == "note":
            return self._enter_note(element)
        if kind == "card":
            return self._enter_card(element, rule)
        if kind == "inline":
            self._stack.line.text(" ")
            return True, None
        if kind in ("paragraph", "embed"):
            return True, self._stack.begin_line(mark_of_language(element), closes_image=True)
        return True, self._stack.push(kind, element)

    def _without_button(self, embed: Embed) -> Embed:
        """Return an embed without the words of a button as its title: `Watch the video in a browser`."""
        if not embed.title or not (reason := self._rules.junk(embed.title)):
            return embed
        self._account.remove((Text(embed.title),), reason, "button of a player", text=embed.title)
        return replace(embed, title="")

    def _leave_out(self, element: _Element, kind: str, rule: str) -> bool:
        """Leave out an element. Return True for a void one, whose content belongs after it."""
        if kind == "moved":
            self._stack.top.leave_out()
            return False
        if kind == "skip":
            self._account.hide(element)
        else:
            self._account.drop(element, rule)
            if (element.tag in BREAKING or element.tag in FRAMES) and not rule.startswith("hidden"):
                self._drop_announcement(element, rule)
                self._stack.top.leave_out()
        return element.tag in VOID

    def _drop_announcement(self, button: _Element, rule: str) -> None:
        """Drop the line before a button that is left out, if it only announces that."""
        blocks = self._stack.top.blocks
        if blocks and self._stack.line.is_new and (text := announcement(blocks[-1], button)):
            self._account.remove(blocks.pop(), rule, "line before a button", text=text)

    def _enter_note(self, element: _Element) -> tuple[bool, Leave]:
        is_block = element.tag in BREAKING or element.tag in FRAMES
        if is_block and self._stack.line.blank:  # next to the text, not in it
            return True, self._stack.push("aside", element)
        self._notes.add(element, element)
        return False, None

    def _enter_card(self, element: _Element, rule: str) -> tuple[bool, Leave]:
        self._stack.flush()
        card = card_of(element, self._base, self._account, rule, self._dropped)
        if card is None:
            return True, self._stack.begin_line(None, closes_image=True)
        self._stack.after_image, self._stack.paragraphs.picture = False, None
        self._stack.add(card, element)
        return False, None

    def _dropped(self, element: _Element) -> str:
        """Return the rule that drops this element, or ""."""
        kind, rule = self._marked.get(element, ("", ""))
        return rule if kind == "drop" else ""
