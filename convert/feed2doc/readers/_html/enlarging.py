"""Links in captions that only open the picture in a larger size: `Enlarge / The quay at night`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import raw_text_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_PICTURE = pattern(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)")
_IN_CAPTION = ("a", "span", "button", "b", "small")
_LONGEST = 40
_AROUND = " \t\n\u00a0()[]（）【】+…→»>🔍"
_SIGNS = " \t\n\u00a0/／|｜·•:：–—-"
_BETWEEN = pattern(r"(?<!\s)\s{0,9}[/／|｜·:：–—]\s{1,9}")


def enlarging_in(
    index: Index, is_enlarging: Callable[[str], bool], leave: Callable[[str], None]
) -> dict[_Element, str]:
    """Return such links, with the signs between them and the caption, and the rule that drops them.

    `leave` is given the signs that are not in an element of their own. The same words in an `alt` are removed.
    """
    found: dict[_Element, str] = {}
    for element in _candidates(index):
        if element in found or not is_enlarging(words_of(element).strip(_AROUND)):
            continue
        parent = element.getparent()
        if parent is None:
            continue
        if _only_signs(element, before=True):
            signs = _cut_start(element, leave)
        elif _only_signs(element, before=False):
            signs = _cut_end(parent, element, leave)
        else:
            continue
        found.update(dict.fromkeys((element, *signs), "words: enlarge"))
    if found:
        for picture in index.named.get("img", ()):
            alt = picture.get("alt") or ""
            if (sign := _BETWEEN.search(alt)) and is_enlarging(alt[: sign.start()]):
                picture.set("alt", alt[sign.end() :])
    return found


def _candidates(index: Index) -> Iterator[_Element]:
    """Yield the short inlines of captions, and elsewhere buttons and links to pictures."""
    captions = [*index.named.get("figcaption", ()), *index.named.get(".wp-caption-text", ())]
    outer = {*captions}
    captions = [each for each in captions if outer.isdisjoint(each.iterancestors())]
    inside = (each for caption in captions for each in caption.iter(*_IN_CAPTION))
    links = (each for each in index.named.get("a", ()) if _PICTURE.search((each.get("href") or "").lower()))
    for element in (*inside, *links, *index.named.get("button", ())):
        if 0 < len(words_of(element)) <= _LONGEST:
            yield element


def _only_signs(element: _Element, *, before: bool) -> bool:
    """Return True if there are only signs before this element in its parent, or after it."""
    parent = element.getparent()
    near = ((parent.text if parent is not None else "") if before else element.tail) or ""
    if near.strip(_SIGNS):
        return False
    siblings = element.itersiblings(preceding=before)
    return not any((raw_text_of(each) + (each.tail or "")).strip(_SIGNS) for each in siblings)


def _cut_start(element: _Element, leave: Callable[[str], None]) -> list[_Element]:
    """Cut off the signs after an element, and return those that are elements of their own."""
    tail = element.tail or ""
    rest = tail.lstrip(_SIGNS)
    following = element.getnext()
    if rest or following is None or raw_text_of(following).strip(_SIGNS):
        if rest != tail:
            leave(tail[: len(tail) - len(rest)])
            element.tail = rest
        return []
    tail = following.tail or ""
    rest = tail.lstrip(_SIGNS)
    leave(tail[: len(tail) - len(rest)])
    following.tail = rest
    return [following]


def _cut_end(parent: _Element, element: _Element, leave: Callable[[str], None]) -> list[_Element]:
    """Cut off the signs before an element, and return those that are elements of their own."""
    previous = element.getprevious()
    signs: list[_Element] = []
    if (
        previous is not None
        and not (previous.tail or "").strip(_SIGNS)
        and not raw_text_of(previous).strip(_SIGNS)
    ):
        signs, previous = [previous], previous.getprevious()
    text = (parent.text if previous is None else previous.tail) or ""
    rest = text.rstrip(_SIGNS)
    leave(text[len(rest) :])
    if previous is None:
        parent.text = rest
    else:
        previous.tail = rest
    return signs
