"""Elements that are read whole: pictures, embeds, drawings, program text, ruby, rules and line breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from feed2doc import model as m
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.code.program_text_reader import Programs
from feed2doc.readers._blocks.elements import SILENT, text_after
from feed2doc.readers._blocks.media.drawing_reader import Drawings
from feed2doc.readers._blocks.media.embeds import embed_of, object_of
from feed2doc.readers._blocks.media.icon_words import is_said_next_to
from feed2doc.readers._blocks.media.images import (
    image_of,
    is_decoration,
    is_emoji,
    is_icon,
    is_in_sentence,
    is_tracker,
    page_behind,
)
from feed2doc.readers._blocks.media.letters import has_text_after, heading_in_picture, letter_of
from feed2doc.readers._blocks.ruby import is_emphasis, ruby_of
from feed2doc.readers._blocks.stack import Stack
from feed2doc.readers._html.parse import is_only_child, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element


_FIELDS = frozenset(
    ["text", "email", "search", "number", "password", "tel", "url", "date", "submit", "radio"]
)
_BOXES = {True: "☑", False: "☐"}


class Whole:
    """Reads whole elements into a stack, and counts them in the account. `read` returns the blocks of an element's content.

    Each function returns True if the content of the element is to be read, too. That of void elements always is.
    """

    def __init__(
        self, stack: Stack, account: Account, base: str, read: Callable[[_Element], m.Blocks]
    ) -> None:
        self._stack, self._account, self._base = stack, account, base
        self._drawings, self._programs = Drawings(stack, account), Programs(stack, account, read)
        self._gauge: _Element | None = None
        self._after_gauge = ""

    def picture(self, element: _Element) -> bool:
        """Read an `img`, as a figure, as an icon in the line, or as a letter."""
        if letter := self._letter(element):
            self._stack.line.text(letter)
            return False
        image = image_of(element, self._base)
        if image is None or is_tracker(image):
            message = "tracking pixel, or picture without a usable URL"
            self._account.drop(
                element, "pictures", message, text=element.get("src") or element.get("alt") or ""
            )
            return False
        if is_decoration(element, image):
            self._account.drop(element, "pictures", "icon or line of the page", text=image.src)
            return False
        figure = m.Figure(image, url=page_behind(element, self._base))
        self._account.show(element, figure)
        line = self._stack.line
        small = is_icon(element, image)
        is_part = small and (not line.blank or is_emoji(element, image) or text_after(element))
        if is_part or is_in_sentence(element, image, "" if line.blank else line.last):
            if image.alt and is_said_next_to(element, image.alt, self._stack.line.ending):
                image = msgspec.structs.replace(image, alt="")
            self._account.gain(image.alt)
            line.add(m.InlineImage(image))
            return False
        self._stack.flush()
        self._stack.paragraphs.picture = element
        if self._stack.top.kind == "figure":
            self._stack.top.figures.append(figure)
        else:
            self._stack.add(figure, element)
            self._stack.after_image = True
        return False

    def _letter(self, element: _Element) -> str:
        """Return the letter that a picture shows, or the words of one that is a heading, or ""."""
        if letter := letter_of(element):
            message = "picture of a letter"
        elif self._stack.top.kind == "heading" and (letter := heading_in_picture(element)):
            message = "picture of a heading"
        if letter:
            self._account.drop(element, "pictures", message, text=element.get("src") or "")
            self._account.gain(letter)
        return letter

    def line_break(self, _: _Element) -> bool:
        """Read a `br`. Two of them end the paragraph."""
        if self._stack.line.ends_with_break():
            self._stack.flush()
        else:
            self._stack.line.add(m.LineBreak())
        return False

    def rule(self, element: _Element) -> bool:
        """Read an `hr`."""
        self._stack.flush()
        self._stack.add(m.Rule(), element)
        return False

    def preformatted(self, element: _Element) -> bool:
        """Read a `pre`."""
        self._programs.block(element)
        return False

    def code(self, element: _Element) -> bool:
        """Read program text in a line."""
        self._programs.inline(element)
        return False

    def ruby(self, element: _Element) -> bool:
        """Read a `ruby` with its readings."""
        for bracket in element.iterchildren("rp"):
            self._account.hide(bracket)
        for picture in element.iterchildren("img"):
            self._letter(picture)
        for node in ruby_of(element):
            if isinstance(node, str):
                self._stack.line.text(node)
            elif is_emphasis(node):
                self._account.leave(node.text)
                self._stack.line.add(m.Emph(node.base))
            else:
                self._account.keep(node.text)
                self._stack.line.add(node)
        return False

    def embed(self, element: _Element) -> bool:
        """Read a video, an audio file or an embedded page."""
        embed = embed_of(element, self._base)
        if embed is None:
            self._stack.flush()
            self._account.drop(element, "embeds", "video, audio or embed without a usable URL")
        else:
            self.add(embed, element)
        return False

    def object(self, element: _Element) -> bool:
        """Read an `object`, or else its content."""
        node = object_of(element, self._base)
        if node is None:
            self._account.enter(element)
            return True
        self.add(node, element)
        return False

    def add(self, node: m.Embed | m.Figure, element: _Element) -> None:
        """Add a picture or embed with the content that is its title or a fallback."""
        self._stack.flush()
        self._account.show(element, node)
        self._account.hide(element)
        self._stack.add(node, element)
        self._stack.after_image = True
        self._stack.paragraphs.picture = element

    def drawing(self, element: _Element) -> bool:
        """Read the words of an `svg`."""
        self._drawings.read(element)
        return False

    def formula(self, element: _Element) -> bool:
        """Read a formula."""
        from feed2doc.readers._html.rewriting.formulas import formula_of

        formula = formula_of(element)
        if formula is None:
            return True
        self._account.hide(element)
        self._account.gain(formula.words)
        self._stack.line.add(formula)
        return False

    def form_control(self, element: _Element) -> bool:
        """Drop a list of choices."""
        self._account.drop(element, "html: select", "form control")
        self._stack.line.text(" ")
        return False

    def checkbox(self, element: _Element) -> bool:
        """Read a checkbox at the start of a line or cell, or alone in a cell if it cannot be changed. Those of list items belong to their list.

        Others belong to forms, or are switches of a style sheet. A field to write in separates the words around it.
        """
        kind = (element.get("type") or "text").lower()
        if kind in _FIELDS:
            self._stack.line.text(" ")
        parent = element.getparent()
        is_alone = parent is not None and parent.tag == "td" and is_only_child(element)
        is_box = kind == "checkbox" and (
            has_text_after(element) or (is_alone and element.get("disabled") is not None)
        )
        line = self._stack.line
        is_first = (
            (line.blank or line.ends_with_break())
            and parent is not None
            and parent.tag in ("p", "td", "label")
        )
        if is_box and is_first and next(element.iterancestors("li", "form"), None) is None:
            box = _BOXES[element.get("checked") is not None]
            self._account.gain(box)
            self._stack.line.text(f"{box} ")
        return False

    def noscript(self, element: _Element) -> bool:
        """Leave out a request to turn on scripts, or the copy of a picture."""
        if words_of(element):
            self._account.drop(element, "html: noscript", "request to turn on scripts")
        else:
            self._account.hide(element)
        return False

    def gauge(self, element: _Element) -> bool:
        """Read the value of a `progress` or `meter` in a line of text, which a browser draws."""
        words = words_of(element)
        self._account.hide(element)
        before = element.getprevious()
        # Of gauges next to each other, the same text is after all, so that it is not searched for again.
        if before is None or before is not self._gauge or (before.tail or "").strip():
            self._after_gauge = text_after(element)
        self._gauge = element
        if words and not (self._stack.line.blank and not self._after_gauge):
            self._account.gain(words)
            self._stack.line.text(words)
        return False

    def silent(self, element: _Element) -> bool:
        """Leave out an element that is not displayed. A `template` with an address was a picture, of which a better copy is shown."""
        src = element.get("src") or ""
        if element.tag == "template" and src and not src.startswith("data:"):
            self._account.drop(element, "pictures", "small copy of another picture", text=src)
        else:
            self._account.hide(element)
        return False


WHOLE: Mapping[str, Callable[[Whole, _Element], bool]] = {
    **dict.fromkeys(SILENT, Whole.silent),
    "noscript": Whole.noscript,
    "meter": Whole.gauge,
    "progress": Whole.gauge,
    "img": Whole.picture,
    "br": Whole.line_break,
    "hr": Whole.rule,
    "pre": Whole.preformatted,
    "xmp": Whole.preformatted,
    "listing": Whole.preformatted,
    "code": Whole.code,
    "kbd": Whole.code,
    "samp": Whole.code,
    "tt": Whole.code,
    "ruby": Whole.ruby,
    "video": Whole.embed,
    "audio": Whole.embed,
    "iframe": Whole.embed,
    "embed": Whole.embed,
    "object": Whole.object,
    "svg": Whole.drawing,
    "math": Whole.formula,
    "select": Whole.form_control,
    "input": Whole.checkbox,
}
