"""Links in captions that only open the picture in a larger size: `Enlarge / The quay at night`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import is_only_child, words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_PICTURE = pattern(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)")
_INLINE = frozenset({"span", "b", "strong", "i", "em", "small", "font"})
# Elements that end a line, so that what is beyond them is in no sentence with the link.
_BREAKS = frozenset({"br", "hr", "p", "div", "figure", "figcaption", "ul", "ol", "dl", "table", "blockquote"})
_LONGEST = 40
_AROUND = " \t\n\u00a0()[]（）【】+…→»>🔍"
_SIGNS = " \t\n\u00a0/／|｜·•:：–—-"
# The signs between such a link and the caption. A dash next to a number is a minus.
_AFTER = pattern(r"(?:[\s/／|｜·•:：]|[–—-](?=\s))*+")
_BETWEEN = pattern(r"(?<!\s)\s{0,9}[/／|｜·•:：–—]\s{1,9}")


def enlarging_in(
    index: Index, is_enlarging: Callable[[str], bool], leave: Callable[[str], None]
) -> dict[_Element, str]:
    """Return such links, with the signs between them and the caption, and the rule that drops them.

    `leave` is given the signs that are not in an element of their own. The same words in an `alt` are removed. Outside captions
    they must be alone in its line, or before such a sign.
    """
    found: dict[_Element, str] = {}
    for element, in_caption in _candidates(index):
        words = words_of_few(element).strip(_AROUND)
        if not 0 < len(words) <= _LONGEST or not is_enlarging(words):
            continue
        outer = _outermost(element)
        if not _has_text(outer, preceding=True):
            signs = _cut_start(outer, leave, in_caption=in_caption)
        elif in_caption and not _has_text(outer, preceding=False):
            signs = _cut_end(outer, leave)
        else:
            continue
        if signs is not None:
            found.update(dict.fromkeys((element, *signs), "words: enlarge"))
    if found:
        for picture in index.named.get("img", ()):
            alt = picture.get("alt") or ""
            if (sign := _BETWEEN.search(alt)) and is_enlarging(alt[: sign.start()]):
                picture.set("alt", alt[sign.end() :])
    return found


def _candidates(index: Index) -> Iterator[tuple[_Element, bool]]:
    """Yield the links of captions, and buttons and links to pictures anywhere, or the words in them. True says that one is in a caption."""
    inside: set[_Element] = set()
    for caption in (*index.named.get("figcaption", ()), *index.named.get(".wp-caption-text", ())):
        if caption not in inside:
            inside.update(caption.iter())
    buttons = {each for each in index.named.get("[role]", ()) if each.get("role") == "button"}
    for element in index.named.get("a", ()):
        if element in inside or element in buttons or _PICTURE.search((element.get("href") or "").lower()):
            yield from ((each, element in inside) for each in _words_of(element))
    for element in index.named.get("button", ()):
        yield from ((each, element in inside) for each in _words_of(element))


def _words_of(link: _Element) -> Iterator[_Element]:
    """Yield a link or button, or the parts of it that have only words if the picture itself is in it."""
    if next(link.iter("img"), None) is None:
        yield link
        return
    for part in link:
        if part.tag in _INLINE and next(part.iter("img"), None) is None:
            yield part


def _outermost(element: _Element) -> _Element:
    """Return the outermost inline that has nothing but this element."""
    while (
        (parent := element.getparent()) is not None
        and parent.tag in _INLINE
        and is_only_child(element)
        and not ((parent.text or "") + (element.tail or "")).strip()
    ):
        element = parent
    return element


def _has_text(element: _Element, *, preceding: bool) -> bool:
    """Return True if there is other text than signs before or after an element in its line. No more than that is read."""
    while (parent := element.getparent()) is not None:
        if not preceding and _is_text(element.tail):
            return True
        for each in element.itersiblings(preceding=preceding):
            if preceding and _is_text(each.tail):
                return True
            if each.tag in _BREAKS:
                return False
            if any(map(_is_text, each.itertext())) or (not preceding and _is_text(each.tail)):
                return True
        if preceding and _is_text(parent.text):
            return True
        if parent.tag not in _INLINE:
            return False
        element = parent
    return False


def _is_text(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip(_SIGNS))


def _is_sign(element: _Element | None) -> bool:
    """Return True if an element has nothing but signs."""
    if element is None or len(element) or not (element.text or "").strip():
        return False
    return not _is_text(element.text)


def _cut_start(element: _Element, leave: Callable[[str], None], *, in_caption: bool) -> list[_Element] | None:
    """Cut off the signs after an element, and return the ones that are elements of their own.

    Return None if the element begins a sentence: there is text after it but no sign, and that is not the beginning of a caption.
    """
    following = element.getnext()
    signs = (
        [following] if following is not None and _is_sign(following) and not _is_text(element.tail) else []
    )
    last = signs[-1] if signs else element
    tail = last.tail or ""
    found = _AFTER.match(tail)
    end = found.end() if found else 0
    begins = tail[end : end + 1].islower() if in_caption else _has_text(element, preceding=False)
    if begins and not signs and not tail[:end].strip():
        return None
    leave(tail[:end])
    last.tail = tail[end:]
    return signs


def _cut_end(element: _Element, leave: Callable[[str], None]) -> list[_Element]:
    """Cut off the signs before an element, and return the ones that are elements of their own."""
    previous, parent = element.getprevious(), element.getparent()
    signs: list[_Element] = []
    if previous is not None and _is_sign(previous) and not _is_text(previous.tail):
        signs, previous = [previous], previous.getprevious()
    holder = parent if previous is None else previous
    if holder is None:
        return signs
    text = (holder.text if previous is None else holder.tail) or ""
    rest = text.rstrip(_SIGNS)
    leave(text[len(rest) :])
    if previous is None:
        holder.text = rest
    else:
        holder.tail = rest
    return signs
