"""Notes that are not elements but runs of text between line breaks, with an anchor at the beginning of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from feed2doc.readers._blocks.notes.marks import text_before

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that hold a note.
HOLDERS = ("li", "p", "div", "aside", "dd", "section", "td")
_INLINE = frozenset(
    ["a", "b", "i", "em", "strong", "span", "font", "sup", "sub", "small", "u", "code", "img", "cite", "br"]
)


def holder_of(target: _Element) -> _Element | None:
    """Return the block that is or contains this element, or None."""
    element: _Element | None = target
    while element is not None and element.tag not in HOLDERS:
        element = element.getparent()
    return element


def is_bracketed(link: _Element, words: str) -> bool:
    """Return True if a number has square brackets around its link."""
    return words.isdecimal() and text_before(link).endswith("[") and (link.tail or "").startswith("]")


def settle_runs(links: Iterable[_Element], places: Mapping[str, _Element], root: _Element) -> None:
    """Put the runs that these links lead to into paragraphs, if they share a block with each other or their references."""
    pairs = ((link, places.get((link.get("href") or "#")[1:])) for link in links)
    targets = {target: link for link, target in pairs if target is not None and target.tag in _INLINE}
    if not _loose(targets):
        return
    order = {element: n for n, element in enumerate(root.iter())}
    targets = {target: link for target, link in targets.items() if order[target] > order[link]}
    for target in _loose(targets):
        _wrap(target, targets)


def _loose(targets: Mapping[_Element, _Element]) -> list[_Element]:
    """Return the targets that have no block of their own."""
    holders = {target: holder_of(target) for target in targets}
    shared = Counter(holders.values())
    return [
        target
        for target, holder in holders.items()
        if holder is None
        or shared[holder] > 1
        or any(each is holder for each in targets[target].iterancestors())
    ]


def _wrap(target: _Element, targets: Mapping[_Element, object]) -> None:
    """Put the text from the line break before an element to the end of its run into a paragraph."""
    parent, before = target.getparent(), target.getprevious()
    if (
        parent is None
        or (before is not None and before.tag != "br")
        or (before is None and parent.tag in HOLDERS[:1])
    ):
        return
    run = [target]
    while (
        (after := run[-1].getnext()) is not None
        and after.tag in _INLINE
        and not _ends(after, run[-1], targets)
    ):
        run.append(after)
    while run[-1].tag == "br" and not (run[-1].tail or "").strip():
        run.pop()
    text = (parent.text if before is None else before.tail) or ""
    if len(text.strip()) > 1:  # more than a bracket: the anchor is in a sentence
        return
    paragraph = target.makeelement("p")
    target.addprevious(paragraph)
    paragraph.text = text
    if before is None:
        parent.text = None
    else:
        before.tail = None
    paragraph.extend(run)


def _ends(element: _Element, last: _Element, targets: Mapping[_Element, object]) -> bool:
    """Return True if a run ends before this element: at a second line break, or at the next note."""
    if element.tag != "br":
        return element in targets
    if last.tag == "br" and not (last.tail or "").strip():
        return True
    following = element.getnext()
    return following is not None and following in targets
