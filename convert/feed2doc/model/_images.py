"""Functions that list, replace and remove the pictures of a document or book."""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from feed2doc.model import _article as a
from feed2doc.model import _nodes as m
from feed2doc.model._picture_lines import changed_line, is_line
from feed2doc.model._plain_text import plain_text
from feed2doc.model._walk import PARTS, walk

# Names that programs and cameras give to pictures: `IMG_0012.jpg`, `Screen Shot 2025-05-05 at 09.30`.
_FILE_NAME = (
    r"(?i)\.(?:jpe?g|png|gif|webp|avif|svg|heic)$|^(?:img|dsc|image|screen ?shot|photo|untitled)[\W_]*\d"
)

Pictured = TypeVar("Pictured", a.Document, a.Book)


def images_of(node: object) -> Iterator[m.Image]:
    """Yield every picture in this part of the model, in reading order."""
    return (each for each in walk(node) if isinstance(each, m.Image))


def with_images(node: Pictured, change: Callable[[m.Image], m.Image | None]) -> Pictured:
    """Return a copy with each picture changed.

    If `change` returns None, the caption and credit remain as text, and the alternative text that the caption does not repeat.
    """
    changed = _changed(node, change)
    assert isinstance(changed, type(node))
    return changed


def with_figures(blocks: m.Blocks, change: Callable[[m.Figure], m.Figure]) -> m.Blocks:
    """Return the blocks with each figure in them changed, wherever it is."""
    return tuple(_changed(block, change, m.Figure) for block in blocks)


def without_pictures(node: Pictured, *, keep_lead: bool = False) -> Pictured:
    """Return a copy without pictures, or with only the lead pictures. Captions, credits and alternative texts remain."""
    if isinstance(node, a.Book):
        parts = tuple(
            msgspec.structs.replace(
                part, documents=tuple(without_pictures(d, keep_lead=keep_lead) for d in part.documents)
            )
            for part in node.parts
        )
        return msgspec.structs.replace(node, parts=parts)
    bare = with_images(node, lambda _: None)
    return msgspec.structs.replace(bare, lead=node.lead) if keep_lead else bare


def words_of_picture(image: m.Image) -> str:
    """Return the alternative text of a picture, or an empty string if it is only a word, a number or a file name."""
    words = image.alt.strip()
    characters = sum(character.isalpha() and ord(character) > 0x2E80 for character in words)
    is_text = " " in words or characters > 2 or (characters > 0 and words[-1:] in "。！？…")
    return "" if not is_text or re.search(_FILE_NAME, words) else words


def words_beside_caption(figure: m.Figure) -> str:
    """Return the words of a figure's picture, as `words_of_picture`, or an empty string if the caption says them, or part of them."""
    words = words_of_picture(figure.image) if figure.image is not None else ""
    if not words or not figure.caption:
        return words
    one, other = _letters(words), _letters(plain_text(figure.caption))
    return "" if one in other or other in one else words


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _changed_cell(cell: m.Cell, change: Callable[[Any], Any]) -> m.Cell:
    """Return the cell with each picture changed. The words of a picture that is left out remain."""
    changed = [_changed(block, change) for block in cell.blocks]
    if all(map(operator.is_, changed, cell.blocks)):
        return cell
    made = (
        _words_in_cell(old) if new is None else new for old, new in zip(cell.blocks, changed, strict=True)
    )
    return msgspec.structs.replace(cell, blocks=tuple(filter(None, made)))


def _words_in_cell(block: m.Block) -> m.Paragraph | None:
    """Return the alternative text of a picture in a cell as a paragraph, since a single word may be all that the cell says."""
    image = block.image if isinstance(block, m.Figure) else None
    words = image.alt.strip() if image is not None else ""
    if not words.strip(" 。.-") or re.search(_FILE_NAME, words):
        return None
    return m.Paragraph((m.Text(words),))


def _changed(
    node: Any,
    change: Callable[[Any], Any],
    kind: type[m.Image | m.Figure] = m.Image,
    *,
    in_place: bool = False,
) -> Any:
    """Return the node with the nodes of this kind changed, or the node itself if it has none, as most nodes do.

    With `in_place`, an item that becomes empty is kept, so that the numbers of an ordered list do not change.
    """
    if isinstance(node, tuple):
        if len(node) == 1 and type(node[0]) is m.Text:  # most paragraphs
            return node
        if is_line(node):
            return changed_line(node, lambda leaf: _changed_leaf(leaf, change, kind))
        made = [_changed(each, change, kind) for each in node]
        if all(map(operator.is_, made, node)):
            return node
        both = zip(node, made, strict=True)
        return tuple(new for old, new in both if new is not None and (new != () or old == () or in_place))
    if isinstance(node, kind):
        return change(node)
    if not isinstance(node, msgspec.Struct):
        return node
    fields = {}
    if isinstance(node, m.Cell) and kind is m.Image:
        return _changed_cell(node, change)
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if not value or not isinstance(value, PARTS):
            continue
        if (new := _changed(value, change, kind, in_place=_is_numbered(node))) is not value:
            fields[name] = new
    return _without_nothing(node, fields) if fields else node


def _changed_leaf(node: m.Inline, change: Callable[[Any], Any], kind: type[m.Image | m.Figure]) -> Any:
    """Return a picture or note of a line changed; a picture that is left out is its words, or None."""
    if not isinstance(node, m.InlineImage):
        return _changed(node, change, kind)
    if kind is not m.Image or (image := change(node.image)) is node.image:
        return node
    return m.InlineImage(image) if image is not None else m.Text(node.image.alt) if node.image.alt else None


def _linked(content: m.Inlines, url: str) -> m.Inlines:
    """Return these inlines as a link, or their longest part without links, which must not be in one another."""
    if any(isinstance(node, m.Link) and node.url == url for node in walk(content)):
        return content
    parts = [(linked, tuple(part)) for linked, part in itertools.groupby(content, _has_link)]
    free = (part for linked, part in parts if not linked)
    longest = max(free, key=lambda part: len(plain_text(part)), default=())
    made: list[m.Inline] = []
    for _, part in parts:
        made += [m.Link(part, url)] if part is longest else part
    return tuple(made)


def _has_link(node: object) -> bool:
    return any(isinstance(each, m.Link | m.Note) for each in walk(node))


def _is_numbered(node: object) -> bool:
    """Return True if items, or their checkboxes, or the lines of a poem, are counted."""
    return isinstance(node, m.OrderedList | m.Verse) or (isinstance(node, m.BulletList) and bool(node.tasks))


def _without_nothing(node: msgspec.Struct, fields: dict[str, Any]) -> Any:
    """Return the node with these fields changed, or None if it is then empty."""
    match node:
        case m.Figure(image) if image is not None and "image" in fields and fields["image"] is None:
            caption = fields.get("caption", node.caption)
            if words := words_beside_caption(msgspec.structs.replace(node, caption=caption)):
                fields["caption"] = (m.Text(f"{words} — "), *caption) if caption else (m.Text(words),)
            elif not fields.get("caption", node.caption) and not fields.get("credit", node.credit):
                if not (node.url and image.alt) or re.search(_FILE_NAME, image.alt):
                    return None
                fields["caption"] = (m.Text(image.alt),)
            if node.url:
                fields["caption"] = _linked(fields.get("caption", node.caption), node.url)
                fields["url"] = ""
    changed = msgspec.structs.replace(node, **fields)
    if isinstance(changed, m.Table):
        says = changed.caption or any(cell.blocks for row in changed.rows for cell in row)
        return changed if says else None
    if isinstance(changed, a.Section | m.Cell):  # an empty cell keeps its position in the table
        return changed
    for name in ("content", "items", "blocks", "lines"):  # an inline, list or box that had only pictures
        if any(getattr(node, name, ())) and not any(getattr(changed, name)):
            said = getattr(changed, "attribution", ()) or getattr(changed, "title", ())
            return changed if said else None
    return changed
