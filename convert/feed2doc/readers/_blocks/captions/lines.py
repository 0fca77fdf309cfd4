"""Captions next to a picture: whether a line below one is its caption, by what it says, where it is and how it is set."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.numerals import LONGEST_NUMBER, NUMBER
from feed2doc.readers._blocks.captions.credit_brackets import SENTENCE_END
from feed2doc.readers._blocks.captions.credit_splitting import SEVERAL, split_credit
from feed2doc.readers._html.parse import is_only_child, words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

# The longest text of a picture's own container, and of a paragraph that looks like a caption.
_LONGEST_IN_BOX, _LONGEST_LINE = 400, 120
_CAPTION_CLASS = pattern(
    r"caption|legend(?!ar)|bildunterschrift|bildtext|onderschrift|bijschrift|billedtekst|bildetekst|kuvateksti|podpis|cutline|didascalia|pie-?(?:de-?)?foto|(?:pic|img|image|photo|picture)[-_]?(?:desc|descr|description|te?xt|info|intro|note|title|name)(?:$|[\s_-])"
)
_CLOSING = frozenset(")）]】")
_CENTRED = pattern(r"text-align:\s*center|font-size:\s*(?:x-)?small")
_FLOAT = pattern(r"(?<![-\w])float:\s*(?:left|right)")
# Sizes of letters below 14 pixels, and greys.
_SMALL_PRINT = pattern(
    r"font-size:\s*(?:(?:x{1,2}-)?small|smaller|0?\.[5-9]\d*r?em|[5-9]\d%|(?:[6-9]|1[0-3])(?:\.\d+)?px|(?:[6-9]|10)(?:\.\d+)?pt)"
    r"|(?<![-\w])color:\s*(?:(?:dark|dim|light)?gr[ae]y|#([4-9a-c])\1\1(?![0-9a-f])|#([4-9a-c][0-9a-f])\2\2"
    r"|rgb\(\s?(6[4-9]|[7-9]\d|1\d\d|20\d),\s?\3,\s?\3\))"
)
# A paragraph around a picture and its caption: `<p class="centered-image">`.
_PICTURE_CLASS = pattern(r"image|photo|picture|figure")
_CENTRED_CLASS = pattern(r"(?:^|[\s_-])(?:text|align|f|has-text-align)[-_]?cent(?:er|re)(?:$|\s)")
_AROUND = frozenset({"a", "picture", "span"})
_WORDLESS = frozenset({"img", "picture", "br"})
# The most elements after a caption, of which those without words, as empty lines are set, do not count.
_MOST_EMPTY = 4
# The most elements around the only one with words: each picture of a gallery asks again.
_MOST_PARTS = 16
ATTACHED = "data-attached"
"""The attribute of a picture that is attached to an entry and not in its text, whose first line is not set as its caption."""
_NOT_BOXES = frozenset({"li", "body", "article", "main", "html"})


def is_caption(
    content: m.Inlines, text: str, element: _Element | None, picture: _Element, rules: Rules
) -> bool:
    """Return True if this text below a picture is its caption.

    It says so itself (`▲ The quay`), repeats the picture's `alt` text, is alone with the picture in a container, or is short
    and set like a caption: centred, in italics, or with a photo credit at its end.
    """
    if rules.search("caption_text", text) or rules.words.find("caption", text):
        return len(text) <= _LONGEST_IN_BOX
    if len(text) <= _LONGEST_LINE and rules.words.find("photo-kind", text):
        return rules.words.find("credit", text) is None
    squeezed = "".join(text.split())
    if _is_named_caption(text, squeezed, element, picture):
        return True
    said = rules.words.find("credit", text)
    if element is None or (
        said is not None and not (said.rule.role == "contributor" and text[-1:] in _CLOSING)
    ):
        return False  # `Ducks (AFP)` may also be a name with its agency
    if picture.get(ATTACHED) is not None or (len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text)):
        return False  # the number of a part, which is centred too
    if _is_set_as_caption(content, text, squeezed, element, picture):
        return True
    return len(text) <= 2 * _LONGEST_LINE and all(split_credit(content, rules, only_at_end=True)[:2])


def _is_named_caption(text: str, squeezed: str, element: _Element | None, picture: _Element) -> bool:
    """Return True if attributes of the picture or of the elements next to it have this text, or name it a caption.

    `squeezed` is the text without its white space.
    """
    if element is not None and (name := element.get("id")) and _describes(name, picture):
        return True
    alt = picture.get("alt") or picture.get("title") or ""
    if len(squeezed) > 3 and squeezed == "".join(alt.split()):
        return True
    if len(text) > _LONGEST_IN_BOX:
        return False
    if element is not None and _has_caption_class(element, picture):
        return True
    following = picture.getnext()
    if following is None:
        following = _after(picture)
    return (
        following is not None
        and is_caption_class(following)
        and squeezed in "".join(words_of(following).split())
    )


def _is_set_as_caption(
    content: m.Inlines, text: str, squeezed: str, element: _Element, picture: _Element
) -> bool:
    """Return True if a text is alone with the picture in a box, or short and set apart from the text of the article."""
    unfinished = text[-1:] not in SENTENCE_END
    plain = not all(
        isinstance(node, m.Emph | m.LineBreak) or not m.plain_text((node,)).strip() for node in content
    )
    # How an element around both is set says nothing about words below an empty line in it.
    if plain and _is_above_gap(picture) and any(each is element for each in picture.iterancestors()):
        return False
    centred = (
        element.tag == "center"
        or element.get("align") == "center"
        or _CENTRED.search(_style_of(element)) is not None
        or _is_centred_alone(element)
    )
    set_apart = centred or ((not plain or is_small_print(element)) and SEVERAL.search(text) is None)
    if len(text) <= _LONGEST_LINE and set_apart:
        return True
    box = _box_around(element, picture)
    if box is None or not _says_only(box, squeezed):
        return False
    is_next_to = not unfinished and _floats(picture)  # a sentence around which the picture floats
    if box.tag != "p" and (element.tag != "p" or centred) and not is_next_to:
        return len(text) <= _LONGEST_IN_BOX
    named = _PICTURE_CLASS.search((box.get("class") or "").lower()) is not None
    # All of a paragraph below a picture that is in italics may be longer.
    return len(text) <= _LONGEST_LINE * (1 if plain else 2) and (unfinished or set_apart or named)


def _describes(name: str, picture: _Element) -> bool:
    """Return True if a picture names the element with this id as its description or label."""
    stated = (picture.get(each) or "" for each in ("aria-describedby", "aria-labelledby"))
    return any(name in each.split() for each in stated)


def _after(picture: _Element) -> _Element | None:
    """Return the element after a picture, or after the link or `picture` that ends with it."""
    last = picture
    while last.getnext() is None and (around := last.getparent()) is not None and around.tag in _AROUND:
        last = around
    return last.getnext()


def are_captions(index: Index) -> bool:
    """Return True if the smallest headings are captions, as of editors without other small letters: there are no more than pictures."""
    return len(index.named["h6"]) <= len(index.named.get("img", ()))


def _is_above_gap(picture: _Element) -> bool:
    """Return True if there is an empty line below a picture: two or more `br`."""
    breaks, following = 0, _after(picture)
    while following is not None and following.tag == "br":
        breaks += 1
        following = None if (following.tail or "").strip() else following.getnext()
    return breaks > 1


def _box_around(element: _Element, picture: _Element) -> _Element | None:
    """Return the smallest element that contains both, or None if it is the article or an item of a list."""
    around = set(picture.iterancestors())
    box: _Element | None = element
    while box is not None and box not in around:
        box = box.getparent()
    if box is None or box.tag in _NOT_BOXES or (parent := box.getparent()) is None:
        return None
    # If nothing else has text, the box is the article.
    return None if parent.getparent() is None and not _has_words_around(box, parent) else box


def _has_words_around(box: _Element, parent: _Element) -> bool:
    if (parent.text or "").strip():
        return True
    return any((each.tail or "").strip() or (each is not box and words_of(each)) for each in parent)


def _says_only(box: _Element, squeezed: str) -> bool:
    """Return True if this is all the text of an element, without its white space. Most are found not to say it at their start."""
    at = 0
    for text in box.itertext():
        piece = "".join(str(text).split())
        if not squeezed.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(squeezed)


def is_caption_class(element: _Element) -> bool:
    return _CAPTION_CLASS.search((element.get("class") or "").lower()) is not None


def _has_caption_class(element: _Element, picture: _Element) -> bool:
    """Return True if the class of an element, or of a box around nothing but it, says that it is a caption."""
    if is_caption_class(element):
        return True
    box = element.getparent()
    return box is not None and box.tag == "div" and is_only_child(element) and is_caption_class(box)


def _is_centred_alone(element: _Element) -> bool:
    """Return True if the class of a paragraph says that it is centred, and the next one is not, or has no words."""
    following = element.getnext()
    return _CENTRED_CLASS.search(element.get("class") or "") is not None and (
        following is None
        or _CENTRED_CLASS.search(following.get("class") or "") is None
        or not words_of_few(following)
    )


def is_small_print(element: _Element) -> bool:
    """Return True if a paragraph is in small or grey letters, and the next one with words is not."""
    return _is_small(element) and (
        (following := _next_with_words(element)) is None or not _is_small(following)
    )


def _next_with_words(element: _Element) -> _Element | None:
    """Return the element after one, or None if it is the last in its box, with the few between them that have no words."""
    for following in islice(element.itersiblings(), _MOST_EMPTY):
        if words_of_few(following):
            return following
    return None


def _is_small(element: _Element) -> bool:
    """Return True if an element, or the only one in it that has all its words, is set in small or grey letters."""
    inner: _Element | None = element
    while inner is not None:
        if inner.tag in ("small", "sub") or (
            inner.tag == "font" and inner.get("size") in ("1", "2", "-1", "-2")
        ):
            return True
        if _SMALL_PRINT.search(_style_of(inner)):
            return True
        parts = [each for each in islice(inner, _MOST_PARTS) if each.tag not in _WORDLESS]
        only = parts[0] if len(parts) == 1 and not (inner.text or "").strip() else None
        inner = only if only is not None and not (only.tail or "").strip() else None
    return False


def _floats(picture: _Element) -> bool:
    """Return True for a picture that lets the text flow next to it."""
    return picture.get("align") in ("left", "right") or _FLOAT.search(_style_of(picture)) is not None


def _style_of(element: _Element) -> str:
    return (element.get("style") or "").lower()
