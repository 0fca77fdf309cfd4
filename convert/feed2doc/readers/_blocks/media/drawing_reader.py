"""The reading of drawings (SVG) into the text: their words, or a note that they are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.media.drawings import (
    is_described,
    is_formula,
    is_icon_drawing,
    is_sign_of_link,
    name_of_drawing,
    pictures_in_drawing,
    words_of_drawing,
)
from feed2doc.readers._blocks.media.icon_words import is_said_next_to, spaced
from feed2doc.readers._blocks.stack import Stack

if TYPE_CHECKING:
    from lxml.etree import _Element


class Drawings:
    """Reads drawings into a stack, and counts them in the account."""

    def __init__(self, stack: Stack, account: Account) -> None:
        self._stack, self._account = stack, account
        self._pictured: dict[_Element, bool] = {}

    def read(self, element: _Element) -> None:
        """Read the words of an `svg`. One without words is lost if it is a figure or a formula, else it is decoration."""
        in_figure = self._stack.top.kind == "figure"
        words = words_of_drawing(element, labels=False)
        if not words and (in_figure or not self._stack.line.blank or is_described(element)):
            words = "" if is_sign_of_link(element) else words_of_drawing(element, labels=True)
            if words and is_said_next_to(element, words, self._stack.line.ending):
                self._account.hide(element)
                return
            words = spaced(words, element, self._stack.line.ending)
        if words:
            for each in pictures_in_drawing(element):
                self._account.env.note(
                    "dropped", "picture in a drawing (SVG)", rule="html: svg", text=each.get("src") or ""
                )
            self._account.hide(element)
            if self._stack.line.blank and (name := name_of_drawing(element)):
                self._account.gain(name)
                self._stack.line.text(name)
                self._stack.line.add(m.LineBreak())
            self._account.gain(words)
            before = element.getprevious()
            is_next = before is not None and before.tag == "svg" and not before.tail
            self._stack.line.text(f" {words}" if is_next else words)
        else:
            is_figure = in_figure and not is_icon_drawing(element) and not self._has_picture()
            lost = is_formula(element) or is_figure
            self._account.drop(element, "html: svg", "drawing (SVG)", kind="loss" if lost else "dropped")

    def _has_picture(self) -> bool:
        """Return True if the open figure has a picture or embed, besides drawings."""
        figure = self._stack.top.element
        if figure is not None and figure not in self._pictured:
            self._pictured[figure] = next(figure.iter("img", "video", "iframe"), None) is not None
        return figure is not None and self._pictured[figure]
