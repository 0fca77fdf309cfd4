"""Footnotes: references in the text, and the notes further down, which are moved to the references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.notes.beside import notes_beside
from feed2doc.readers._blocks.notes.brackets import leave_brackets
from feed2doc.readers._blocks.notes.cells import settle_cells
from feed2doc.readers._blocks.notes.labels import leave_label
from feed2doc.readers._blocks.notes.marks import is_clear_mark, may_be_mark
from feed2doc.readers._blocks.notes.runs import HOLDERS, holder_of, is_bracketed, settle_runs
from feed2doc.readers._blocks.notes.titles import mark_after, notes_in_titles
from feed2doc.readers._blocks.notes.typed_notes import typed_notes
from feed2doc.readers._html.hidden import is_hidden
from feed2doc.readers._html.moving import leave_tail
from feed2doc.readers._html.parse import words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARROWS = "\ufe0e\ufe0f↩↑^⏎↵⤴⤶⮐⏪↰⇑⇧⬆▲△«🔙🔝"
_BACK = pattern(
    rf"(?:[\[(（]?(?:\d{{1,3}}|[a-z])[\])）]?\.?)?(?:[\s{_ARROWS}]+[\d\u00b2\u00b3\u00b9\u2070-\u2079]{{1,2}})?[\[(]?[\s{_ARROWS}]*[\])]?"
)
# The second and later references of a note, as markdown-it writes them.
_AGAIN = pattern(r"\[?\d{1,3}(:\d{1,3})\]?")
_BACK_CLASS = pattern(r"(?:^|[\s_-])back(?![a-z])|back-?(?:ref|link)")
_LONGEST_BACK, _LONGEST_NAME = 40, 24
# Notes of words, and the elements in each that are looked at.
_MOST_WORDS, _MOST_IN_NOTE = 500, 200
_SIGNS = f" .[]()\u00a0←{_ARROWS}"
# Classes, roles, fragments and ids that say that this is about notes.
_NOTE = pattern(
    r"(?:^|[\s_.:#-])(?:fn(?:ref)?|ftn(?:ref)?|ftnt|edn|foot_?notes?|end_?notes?|note_?refs?|cite_(?:note|ref)|sd(?:foot|end)note|doc-note)"
    r"(?![a-z])|footnote|noteref|endnote"
)
_POPUP = pattern(r"tool-?tip|pop-?up|pop-?over")
_NAMES = ("class", "role", "rel", "id", "epub:type", "type", "href", "data-footnote-ref")
_INLINE = ("span", "small", "em", "i")


class Notes(Struct, frozen=True):
    """The references with the elements of their notes, and the elements to drop: back links, labels, brackets, rules above notes."""

    marks: dict[_Element, _Element]
    skipped: set[_Element]


def footnotes_in(index: Index, linked: Iterable[_Element], rules: Rules, account: Account) -> Notes:
    """Return the notes of a tree. Labels of notes, which repeat their references, are removed from it.

    `linked` are the links with a fragment.

    A reference is a short link to an element further down the page (https://www.w3.org/TR/dpub-aria/#doc-noteref,
    https://daringfireball.net/2005/07/footnotes). A note belongs to its first reference. A link is a reference only if more
    than its number says so, because theorems, formulas and sections have numbers, too.
    """
    links = [link for link in linked if (link.get("href") or "").startswith("#")]
    marks, skipped = _linked_notes(links, index.root, rules, account) if links else ({}, set())
    beside = notes_beside(index, marks, rules)
    left_out = rules.select("note_mark", index)
    titles = notes_in_titles(index, {*marks, *beside, *left_out}, rules, account)
    found = {**marks, **titles, **beside}
    if not rules.only_article and (typed := typed_notes(index, found, rules, account)) is not None:
        found.update(typed)
        skipped |= _rules_before({*typed.values()})
    return Notes(found, skipped)


def _linked_notes(
    links: list[_Element], root: _Element, rules: Rules, account: Account
) -> tuple[dict[_Element, _Element], set[_Element]]:
    """Return the references that are links, with their notes, and the elements to drop. Labels of notes are removed."""
    places = _places(root)
    for link in links:
        if "%" in (href := link.get("href") or "") and href[1:] not in places:
            link.set("href", unquote(href))
    references = [link for link in links if may_be_mark(words_of_few(link), rules)]
    labels = settle_cells(references, places, _is_reference)
    settle_runs(references, places, root)
    marks = _marks(links, places, root, rules)
    holders = set(marks.values())
    back = {link for link in links if link not in marks and _is_back(link, holders, rules)}
    back.update(label for label in labels if label.getparent() in holders)
    for link in links:
        if (
            link.text
            and (again := _AGAIN.fullmatch(link.text))
            and places.get((link.get("href") or "")[1:]) in holders
        ):
            link.text = link.text.replace(again[1], "")
            account.leave(again[1])
    for mark, holder in marks.items():
        leave_label(holder, words_of(mark), back, account)
    copies = _copies_in(marks, back)
    brackets = leave_brackets(marks, account) | leave_brackets(back, account)
    return marks, back | _rules_before(holders) | copies | brackets


def bring_notes(article: _Element, page: _Element, rules: Rules) -> None:
    """Move the notes that a page has outside its article to the end of the article."""
    links = [link for link in article.iter("a") if (link.get("href") or "").startswith("#")]
    if not links or article is page:
        return
    inside = set(article.iter())
    outside = {name: element for name, element in _places(page).items() if element not in inside}
    for holder in _marks(links, outside, page, rules).values():
        if holder in inside or any(each is article for each in holder.iterdescendants()):
            continue
        leave_tail(holder)
        article.append(holder)


def _places(root: _Element) -> dict[str, _Element]:
    return {
        name: each
        for each in root.iter()
        if isinstance(each.tag, str)
        for name in (each.get("id"), each.get("name"))
        if name
    }


def _marks(
    links: Iterable[_Element], places: dict[str, _Element], root: _Element, rules: Rules
) -> dict[_Element, _Element]:
    order = {element: n for n, element in enumerate(root.iter())}
    marks: dict[_Element, _Element] = {}
    inside: set[_Element] = set()
    for link in links:
        target = places.get((link.get("href") or "#")[1:])
        if target is None:
            continue
        if not may_be_mark(words := words_of(link), rules) and not _is_named(link, words):
            note = holder_of(target) if len(marks) < _MOST_WORDS else None
            if (
                note is not None
                and note not in inside
                and order[note] > order[link]
                and _leads_back(note, link)
            ):
                marks[mark_after(link)] = note
                inside.add(note)
            continue
        holder = _holder(target)
        if holder is None or order[holder] <= order[link] or holder in inside:
            continue
        if any(next(each.iterancestors("pre"), None) is not None for each in (link, holder)):
            continue  # program text is read as it is
        if _is_reference(link, words, target, holder):
            marks[link] = holder
            inside.add(holder)
    return marks


def _is_reference(link: _Element, words: str, target: _Element, holder: _Element) -> bool:
    """Return True if more than a number says that this link leads to a note."""
    if is_clear_mark(words) or not any(map(str.isalnum, words)):
        return True
    around = [link, *(each for _, each in zip(range(2), link.iterancestors("sup", "span"), strict=False))]
    if any(each.tag == "sup" for each in (*around, *link)):
        return True
    if is_bracketed(link, words) and words_of(holder).startswith(f"[{words}]"):
        return True
    if any(_NOTE.search(each.get(name) or "") for each in (*around, target) for name in _NAMES):
        return True
    own = {name for each in (link, *link.iterancestors(*HOLDERS, "sup", "span")) for name in _ids(each)}
    return any((back.get("href") or "")[1:] in own for back in holder.iter("a") if back is not link)


def _is_named(link: _Element, words: str) -> bool:
    """Return True for a raised word that a class and the address say is the mark of a note: `<sup><a class="footnote-ref">tar</a></sup>`."""
    if not 0 < len(words) <= _LONGEST_NAME or next(link.iterancestors("sup"), None) is None:
        return False
    return all(_NOTE.search(link.get(name) or "") for name in ("class", "href"))


def _leads_back(note: _Element, link: _Element) -> bool:
    """Return True if a note has a link with a sign to the words that lead to it, as in notes without numbers."""
    own = {name for each in (link, link.getparent()) if each is not None for name in _ids(each)}
    if not own or note.tag not in ("li", "p", "aside", "dd"):
        return False
    backs = [
        back
        for back in islice(note.iter(), _MOST_IN_NOTE)
        if back.tag == "a" and (back.get("href") or "")[1:] in own
    ]
    return any(words and _BACK.fullmatch(words) and not words.isalnum() for words in map(words_of_few, backs))


def _copies_in(marks: dict[_Element, _Element], back: set[_Element]) -> set[_Element]:
    """Return the copies of notes that are shown when one points at their references, in or directly after these."""
    found: set[_Element] = set()
    for mark, holder in marks.items():
        around = next(mark.iterancestors("sup"), mark)
        near = [each for each in around.iter("span", "div", "small", "aside") if _is_popup(each)]
        for before in (mark, around):
            after = before.getnext() if not (before.tail or "").strip() else None
            if after is not None and _is_popup(after):
                near.append(after)
        found.update(each for each in near if _is_copy(words_of(each), holder, back))
    return found


def _is_popup(element: _Element) -> bool:
    return element.get("role") == "tooltip" or _POPUP.search((element.get("class") or "").lower()) is not None


def _is_copy(words: str, holder: _Element, back: set[_Element]) -> bool:
    """Return True if these are the words of a note, or their beginning."""
    note = words_of(holder)
    for link in holder.iter("a"):
        if link in back:
            note = note.replace(words_of(link), "", 1)
    one, other = ("".join(filter(str.isalnum, each)) for each in (words, note))
    bare = one.lstrip("0123456789")  # without its number
    return bool(bare) and other.startswith((one, bare))


def _ids(element: _Element) -> Iterator[str]:
    for name in (element.get("id"), element.get("name")):
        if name:
            yield name


def _is_back(link: _Element, holders: set[_Element], rules: Rules) -> bool:
    """Return True if this link in a note leads back: by its sign or words, or by its class and the length of its text."""
    if not any(each in holders for each in link.iterancestors()):
        return False
    words = words_of(link)
    if _BACK.fullmatch(words):
        return True
    stated = " ".join(link.get(name) or "" for name in ("class", "role", "rev"))
    return len(words) <= _LONGEST_BACK and (
        _BACK_CLASS.search(stated) is not None
        or (
            not (link.tail or "").strip(_SIGNS)
            and rules.words.find("note-back", words.strip(_SIGNS).rstrip("0123456789 ")) is not None
        )
    )


def _rules_before(holders: set[_Element]) -> set[_Element]:
    """Return the rules (`hr`) between the text and the notes, which separate nothing once the notes are moved."""
    found: set[_Element] = set()
    for holder in holders:
        parent = holder.getparent()
        around = (
            parent if parent is not None and all(e in holders or e.tag == "hr" for e in parent) else holder
        )
        before = around.getprevious()
        if before is not None and before.tag == "hr":
            found.add(before)
    return found


def _holder(target: _Element) -> _Element | None:
    """Return the block that is or contains the target, or a hidden target in the same block, or None."""
    if target.tag in _INLINE and is_hidden(target):
        return target
    return holder_of(target)
