"""The text of elements and of parts of the model, as the account counts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc.readers._blocks.inlines import INVISIBLE

if TYPE_CHECKING:
    from lxml.etree import _Element


def visible(text: str) -> str:
    """Return the text without white space and invisible characters."""
    text = "".join(text.split())
    for character in INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    return text


def texts_in(
    element: _Element, is_left_out: Callable[[_Element], bool] = lambda _: False
) -> Iterator[tuple[_Element, str]]:
    """Yield the texts in an element in order, each with the element around it. Elements inside it can be left out."""
    from lxml.etree import iterwalk

    walker = iterwalk(element, events=("start", "end"))
    for event, each in walker:
        if event == "start":
            if each is not element and is_left_out(each):
                walker.skip_subtree()
            elif each.text:
                yield each, each.text
        elif each is not element and each.tail:
            parent = each.getparent()
            yield (each if parent is None else parent), each.tail


def texts_of(part: object) -> Iterator[str]:
    """Yield the texts in a part of the model."""
    for node in m.walk(part):
        match node:
            case m.Text(value) | m.Code(value) | m.CodeBlock(value):
                yield value
            case m.Math():
                yield node.words
            case m.Ruby(text=value) | m.Embed(title=value) | m.InlineImage(m.Image(alt=value)):
                yield value


def address_of(node: m.Figure | m.Embed) -> str:
    """Return the URL of a picture or embed."""
    match node:
        case m.Embed(url="", poster=image) | m.Figure(image):
            return image.src if image else ""
        case m.Embed(url=url):
            return url


def addresses_of(part: object) -> Iterator[str]:
    """Yield the URLs of the pictures and embeds in a part of the model."""
    for node in m.walk(part):
        if isinstance(node, m.InlineImage):
            yield node.image.src
        elif isinstance(node, m.Figure | m.Embed):
            yield address_of(node)
