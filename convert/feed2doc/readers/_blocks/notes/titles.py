"""Notes in the attribute of a reference, which a script shows as a pop-up: `<sup data-footnote="In 1950.">1</sup>`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.notes.marks import is_clear_mark, is_note_class, is_raised, may_be_mark
from feed2doc.readers._html.parse import parse_html, raw_text_of, words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

# Attributes that only notes have, and those among them that a word may have, too, after which the note belongs.
_OF_NOTES = (
    *("data-footnote", "data-footnote-text", "data-footnote-content", "data-sidenote"),
    *("data-note", "data-fn", "data-wr-footernote"),
)
_OF_WORDS = frozenset(_OF_NOTES[:4])
# The attributes of a reference of Zhihu, whose page has a script that makes a list of them.
_TEXT_AND_URL, _OF_REFERENCES = ("data-text", "data-url"), "[data-draft-type]"
# Attributes that other things have, too.
_OF_ALL = (
    *("data-tippy-content", "data-bs-content", "data-content", "data-tooltip"),
    *("data-original-title", "data-bs-original-title", "title"),
)
_NAMED = frozenset([*(f"[{name}]" for name in (*_OF_NOTES, *_OF_ALL)), _OF_REFERENCES])
_TOGGLES = ("popover", "tooltip")
_ENTITY = pattern(r"&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|\w{2,31});")
_MARKUP = pattern(r"</?[a-zA-Z]")
_SHORTEST, _SHORTEST_SENTENCE, _LONGEST_LINK = 4, 16, 40
_MOST_AROUND = 16  # elements around a reference


def notes_in_titles(
    index: Index, others: Collection[_Element], rules: Rules, account: Account
) -> dict[_Element, _Element]:
    """Return the references whose notes are in attributes, with new elements for the notes.

    `others` are references whose notes are elsewhere, and elements that are left out. Only one of several elements around a
    reference has its note.
    """
    if _NAMED.isdisjoint(index.names):
        return {}
    found: dict[_Element, _Element] = {}
    taken = set(others)
    for reference in index.named.get(_OF_REFERENCES, ()):
        if reference.get("data-draft-type") != "reference" or not taken.isdisjoint(reference.iter()):
            continue
        if (made := _with_link(reference)) is not None:
            found[reference] = made
            taken.update(reference.iter())
            account.gain(raw_text_of(made))
    for name in (*_OF_NOTES, *_OF_ALL):
        for element in index.named.get(f"[{name}]", ()):
            if element.tag not in ("a", "sup", "span"):
                continue
            value = element.get(name) or ""
            place = _place(element, name, value, taken, rules)
            if place is None:
                continue
            found[place] = note = _note_of(value, element)
            taken.update((element, place, *_around(element), *element.iter("a", "sup", "span")))
            account.gain(raw_text_of(note))
    return found


def _with_link(reference: _Element) -> _Element | None:
    """Return a new element with the text and the link of a reference, or None if it has neither."""
    text, url = ((reference.get(name) or "").strip() for name in _TEXT_AND_URL)
    if not text and not url:
        return None
    note = reference.makeelement("div")
    note.text = f"{text} " if text and url else text
    if url:
        link = note.makeelement("a", {"href": url})
        link.text = url
        note.append(link)
    return note


def _around(element: _Element) -> Iterator[_Element]:
    return chain((element,), islice(element.iterancestors("a", "sup", "span"), _MOST_AROUND))


def _place(
    element: _Element, name: str, value: str, taken: Collection[_Element], rules: Rules
) -> _Element | None:
    """Return the element that is the reference of the note in an attribute, a new one after a word, or None if it is not a note."""
    if any(each in taken for each in chain(_around(element), element.iter("a"))):
        return None
    words = words_of_few(element)
    is_mark = may_be_mark(words, rules)
    text = _words_in(value)
    if name in _OF_ALL:
        return element if is_mark and _is_reference(element, words, text, rules) else None
    if not _is_text(text) or text == words:
        return None
    if is_mark or (not words and not len(element)):
        return element
    return mark_after(element) if name in _OF_WORDS and words else None


def _is_reference(element: _Element, words: str, text: str, rules: Rules) -> bool:
    """Return True if an element is only a mark, and a title that other elements have, too, is its note."""
    size = len(text) + sum(map(is_character, text))
    if size < _SHORTEST or text == words or not any(map(str.isalpha, text)) or _is_about_notes(text, rules):
        return False
    around = [*_around(element)]
    links = [each for each in (*around, *element.iter("a")) if each.tag == "a"]
    if any(_leads(link) for link in links):
        return False
    if not is_clear_mark(words) and not is_raised(around[-1], words):
        return False
    if words.isalpha() and not any(
        each.tag == "sup" or "note" in (each.get("class") or "") for each in around
    ):
        return False  # a letter that is explained
    return any(
        each.tag == "sup"
        or is_note_class(each.get("class") or "")
        or each.get("data-toggle") in _TOGGLES
        or each.get("data-bs-toggle") in _TOGGLES
        for each in around
    ) or (bool(links) and len(text) >= _SHORTEST_SENTENCE and text[-1] in ".。!?！？")


def _is_about_notes(text: str, rules: Rules) -> bool:
    """Return True if a title only says where the note is: `Jump to footnote 1`."""
    if len(text) > _LONGEST_LINK:
        return False
    return any(rules.words.find("note-mark", text[at:]) is not None for at in range(len(text)))


def _is_text(text: str) -> bool:
    """Return True if a text is more than the name of another element."""
    return any(map(str.isalpha, text)) and (" " in text or not text.isascii() or text[-1] in ".!?")


def mark_after(word: _Element) -> _Element:
    """Return a new element after a word, for the mark of its note."""
    made = word.makeelement("sup")
    made.tail, word.tail = word.tail, None
    word.addnext(made)
    return made


def _words_in(value: str) -> str:
    """Return the words of an attribute, which may be HTML."""
    return words_of(parse_html(value)) if _MARKUP.search(value) else " ".join(_decoded(value).split())


def _decoded(value: str) -> str:
    if not _ENTITY.search(value):
        return value
    from html import unescape

    return unescape(value)


def _note_of(value: str, element: _Element) -> _Element:
    """Return a new element with the note that an attribute has."""
    note = element.makeelement("div")
    if not _MARKUP.search(value):
        note.text = " ".join(_decoded(value).split())
        return note
    for body in parse_html(value).iterchildren("body"):
        note.text = body.text
        note.extend(list(body))
    return note


def _leads(link: _Element) -> bool:
    """Return True if a link leads to another page."""
    href = (link.get("href") or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:"))
