"""Lists that are written as lines or paragraphs with a bullet each: `• ropes<br>• tar`, `<p>• ropes</p><p>• tar</p>`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

# Not `-` and `–`, with which dialogue begins, nor signs that have a meaning, such as `✓`.
_BULLETS = frozenset("•‣◦▪●∙⁃")
_BOXES, _FEWEST = ("p", "div"), 2
# The length of an item in a paragraph of its own, in which characters from the first East Asian one on count twice.
_WIDEST_ITEM, _FIRST_WIDE = 160, "\u2e7f"
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
_SPACES = " \t\n\r\u00a0\u3000"


def settle_bullets(index: Index, leave: Callable[[str], object]) -> None:
    """Turn paragraphs whose lines all have the same bullet into lists. The first line may announce them. `leave` counts bullets."""
    boxes = dict.fromkeys(
        parent
        for each in index.named.get("br", ())
        if (each.tail or "").lstrip()[:1] in _BULLETS and (parent := each.getparent()) is not None
    )
    for box in boxes:
        if box.tag in _BOXES and all(each.tag in _INLINE for each in box):
            _settle(box, leave)
    settled: set[_Element] = set()
    for paragraph in index.named.get("p", ()):
        if paragraph not in settled and _bullet_of(paragraph):
            run = _run_from(paragraph)
            settled.update(run)
            if len(run) >= _FEWEST and all(map(_is_short, run)):
                _make_list(run, leave)


def _bullet_of(paragraph: _Element) -> str:
    """Return the bullet with which the only line of a paragraph begins, or "" if there is none."""
    text = (paragraph.text or "").lstrip(_SPACES)
    if paragraph.tag != "p" or text[:1] not in _BULLETS or not text:
        return ""
    has_words = bool(text[1:].strip()) or len(paragraph) > 0
    return (
        text[0] if has_words and all(each.tag in _INLINE and each.tag != "br" for each in paragraph) else ""
    )


def _run_from(first: _Element) -> list[_Element]:
    """Return a paragraph and those directly after it that have the same bullet."""
    bullet, run = _bullet_of(first), [first]
    while not (run[-1].tail or "").strip():
        following = run[-1].getnext()
        if following is None or _bullet_of(following) != bullet:
            break
        run.append(following)
    return run


def _is_short(paragraph: _Element) -> bool:
    """Return False for a paragraph of several sentences, before which a bullet is only a sign, as in digests of news."""
    width = 0
    for text in map(str, paragraph.itertext()):
        width += len(text) + sum(1 for c in text if c > _FIRST_WIDE)
        if width > _WIDEST_ITEM:
            return False
    return True


def _make_list(run: list[_Element], leave: Callable[[str], object]) -> None:
    made = run[0].makeelement("ul")
    run[0].addprevious(made)
    made.tail = run[-1].tail
    for paragraph in run:
        text = (paragraph.text or "").lstrip(_SPACES)
        leave(text[0])
        paragraph.tag, paragraph.text, paragraph.tail = "li", text[1:].lstrip(_SPACES), None
    made.extend(run)


def _settle(box: _Element, leave: Callable[[str], object]) -> None:
    children = list(box)
    starts = [
        (box.text or "", 0),
        *((each.tail or "", at + 1) for at, each in enumerate(children) if each.tag == "br"),
    ]
    lines = [(text.lstrip(_SPACES), at) for text, at in starts]
    lines = [(text, at) for text, at in lines if text or not _is_empty(children, at)]
    announced = bool(lines) and lines[0][0][:1] not in _BULLETS
    bullets = {text[:1] for text, _ in lines[announced:]}
    if len(lines) - announced < _FEWEST or len(bullets) != 1 or not bullets <= _BULLETS:
        return
    if any(
        not text[1:].strip() and _is_empty(children, at) for text, at in lines
    ):  # a line of signs, as between scenes
        return
    ends = [at for _, at in lines[1:]] + [len(children) + 1]
    items: list[_Element] = []
    for (text, at), end in zip(lines[announced:], ends[announced:], strict=True):
        item = box.makeelement("li")
        item.text = text[1:].lstrip(_SPACES)
        item.extend([each for each in children[at : end - 1] if each.tag != "br"])
        leave(text[0])
        items.append(item)
    for each in box.findall("br"):
        box.remove(each)
    if announced:
        made = box.makeelement("ul")
        box.addnext(made)
        made.extend(items)
    else:
        box.tag, box.text = "ul", None
        box.extend(items)


def _is_empty(children: list[_Element], at: int) -> bool:
    """Return True if a line without text, which begins before the child at this place, has no elements."""
    return at >= len(children) or children[at].tag == "br"
