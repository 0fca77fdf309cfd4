"""Notes in the attribute of a reference, which a script shows as a pop-up: `<sup data-footnote="In 1950.">1</sup>`."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._html.parse import parse_html, words_of
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATTRIBUTES = (
    *(
        "data-footnote",
        "data-footnote-text",
        "data-footnote-content",
        "data-note",
        "data-fn",
        "data-sidenote",
    ),
    *(
        "data-tooltip",
        "data-tippy-content",
        "data-bs-content",
        "data-original-title",
        "data-content",
        "title",
    ),
)
_NAMED = frozenset(f"[{name}]" for name in _ATTRIBUTES)
_MARK = pattern(r"[\[(（]?(?:\d{1,3}|[a-z]|[*†‡§¶?]{1,3}|[ivx]{1,5})[\])）]?|ⓘ|ℹ")
_NOTE = pattern(r"note|(?:^|[\s_-])fn(?:$|[\s_-])|popover|tooltip|tippy")
_SHORTEST = 4


def notes_in_titles(index: Index, marks: Container[_Element], account: Account) -> dict[_Element, _Element]:
    """Return the references whose notes are in attributes, with new elements for the notes. `marks` have their notes elsewhere."""
    if _NAMED.isdisjoint(index.names):
        return {}
    found: dict[_Element, _Element] = {}
    for name in _ATTRIBUTES:
        for element in index.named.get(f"[{name}]", ()):
            if element in found or not _is_reference(element, name, marks):
                continue
            text = _words_in(element.get(name) or "")
            if len(text) < _SHORTEST or text == words_of(element):
                continue
            note = element.makeelement("p")
            note.text = text
            account.gain(text)
            found[element] = note
    return found


def _is_reference(element: _Element, name: str, marks: Container[_Element]) -> bool:
    """Return True if this element is only a mark, and nothing but its attribute has a note for it."""
    if element.tag not in ("a", "sup", "span") or not _MARK.fullmatch(words_of(element)):
        return False
    around = (element, *element.iterancestors("a", "sup", "span"))
    if any(each in marks for each in (*around, *element.iter("a"))):
        return False
    if any(
        (link.get("href") or "").partition("#")[0] for link in (element, *element.iter("a")) if _leads(link)
    ):
        return False
    is_named = name not in ("title", "data-content", "data-tooltip", "data-original-title")
    return is_named or any(each.tag == "sup" or _NOTE.search(each.get("class") or "") for each in around)


def _words_in(value: str) -> str:
    """Return the words of an attribute, which may be HTML."""
    return words_of(parse_html(value)) if "<" in value else " ".join(value.split())


def _leads(link: _Element) -> bool:
    return link.tag == "a" and not (link.get("href") or "").startswith(("#", "javascript:"))
