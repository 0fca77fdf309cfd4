"""The text of inlines."""

from __future__ import annotations

from feed2doc.model import _nodes as m


def plain_text(inlines: m.Inlines) -> str:
    """Return the text of inlines in reading order. Line breaks become newlines; notes are left out."""
    if len(inlines) == 1 and type(only := inlines[0]) is m.Text:
        return only.value
    return "".join([node.value if type(node) is m.Text else _plain(node) for node in inlines])


def _plain(node: m.Inline) -> str:
    if type(node) is m.Link or type(node) is m.Strong or type(node) is m.Emph:  # as most are
        return plain_text(node.content)
    match node:
        case m.LineBreak():
            return "\n"
        case m.Text(value) | m.Code(value):
            return value
        case m.InlineImage(image):
            return image.alt
        case m.Math():
            return node.words
        case m.Ruby(base):
            return plain_text(base)
        case m.Note():
            return ""
        case _:
            return plain_text(node.content)
