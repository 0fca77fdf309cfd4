"""Rows of links that share the page on a network, with their labels and icons, and rows of buttons."""

from __future__ import annotations

from collections.abc import Callable, Container
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from feed2doc.readers._blocks.elements import MEDIA
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

# Signs between the links of a row.
_SIGNS = " \u00a0|｜·•/,，、:：-–—\n\t"
# The length of the label of a row, and of the words of one of its links. A longer link is a sentence that can be quoted.
_LONGEST_LABEL, _LONGEST_LINK = 60, 40
# The length of a label in words that no list has, before so many links.
_LONGEST_UNKNOWN, _FEWEST_LINKS = 24, 3
# The ends of a sentence, and quotation marks around one.
_ENDS, _QUOTES = (".", "!", "?", "…", "。", "！", "？", "”", "»", "」"), " \u00a0\"'“”‘’«»「」"
_MOST_BUTTONS = 64
# Elements around program text.
_AROUND_PROGRAMS = frozenset({"div", "figure", "section"})
# The greatest width of a button with a picture.
_WIDEST_BADGE = 320
_CELLS = frozenset({"td", "th", "dt", "dd"})
NOT_ROWS = frozenset({"body", "html", "article", "main"})
"""Elements that are never a row of links."""
# Buttons have drawings (icons), but pictures, films and sounds in them are parts of the article.
_PICTURES = frozenset(MEDIA) - {"svg"}

PAYMENT = "html: rel=payment"
"""The rule for links that say that they lead to where one donates (https://microformats.org/wiki/rel-payment)."""


def share_links_in(
    index: Index,
    rule_of: Callable[[str], str],
    badge_of: Callable[[str], str],
    is_junk: Callable[[str], str],
) -> dict[_Element, str]:
    """Return the links that share the page, or the elements that have nothing else, and the rule of each.

    `rule_of` returns the rule by which a URL shares a page, or "", `badge_of` that of a link that is only a small picture. A link
    with words in a sentence is kept, and so is one in a list that has other things, too.
    """
    links = {
        link: rule
        for link in index.named.get("a", ())
        if (
            (rule := rule_of(href := link.get("href") or "") or _is_paid(link) * PAYMENT)
            and len(words := words_of(link)) <= _LONGEST_LINK
            and not _is_quoted(words, href)
        )
        or (len(link) == 1 and _is_small_picture(link) and (rule := badge_of(href)))
    }
    found: dict[_Element, str] = {}
    rows: dict[_Element, bool] = {}
    for link, rule in links.items():
        if any(parent in found for parent in link.iterancestors()):
            continue
        row, parent = link, link.getparent()
        while parent is not None and parent is not index.root and parent.tag not in NOT_ROWS:
            if parent not in rows:  # it may have very many links
                rows[parent] = holds_only(parent, links, is_junk)
            if not rows[parent]:
                break
            row, parent = parent, parent.getparent()
        is_row = row is not link and row.tag != "li"
        if is_row or not words_of(link) or (is_junk(words_of(link)) and not _ends_sentence(link)):
            found[row] = rule
    return found


def _ends_sentence(link: _Element) -> bool:
    """Return True if the words right before a link in a line do not end a sentence or label: `you can <a>buy me a coffee</a>.`"""
    before, parent = link.getprevious(), link.getparent()
    said = before.tail if before is not None else parent.text if parent is not None else ""
    return (said or "").strip()[-1:].isalnum()


def _is_quoted(words: str, href: str) -> bool:
    """Return True for a sentence of the article that its link shares, and not the words of a button: `Never tie a wet knot.`"""
    return words.endswith(_ENDS) and words.strip(_QUOTES) in unquote_plus(href)


def _is_paid(link: _Element) -> bool:
    return "payment" in (link.get("rel") or "").split()


def _is_small_picture(link: _Element) -> bool:
    """Return True if a link has nothing but a picture that is not as wide as those of an article."""
    picture = link[0]
    if picture.tag != "img" or any(map(str.strip, (link.text or "", picture.tail or ""))):
        return False
    width = (picture.get("width") or "").removesuffix("px").partition(".")[0]
    return width.isdecimal() and int(width) <= _WIDEST_BADGE


def button_rows_in(index: Index, is_junk: Callable[[str], str]) -> dict[_Element, str]:
    """Return the elements that have nothing but buttons, and the rule, if the words of one are those of a control.

    Other buttons show a part of the article, such as the answer to the question in them, or are the names of its parts.
    """
    found: dict[_Element, str] = {}
    rows: dict[_Element, bool] = {}
    seen: set[_Element] = set()
    all_buttons = set(index.named.get("button", ()))
    for button in index.named.get("button", ()):
        row, parent = button, button.getparent()
        while parent is not None and parent is not index.root and parent.tag not in NOT_ROWS:
            if parent not in rows:  # it may have very many buttons
                rows[parent] = _is_short(parent) and holds_only(parent, all_buttons, is_junk)
            if not rows[parent]:
                break
            row, parent = parent, parent.getparent()
        if row in seen or row.tag in _CELLS or (row is button and any(map(str.isalnum, row.tail or ""))):
            continue  # a manual says what the button does
        seen.add(row)
        if next(row.iter(*_PICTURES), None) is not None:
            continue
        inside = [*islice(row.iter("button"), _MOST_BUTTONS + 1)]
        if len(inside) > _MOST_BUTTONS:
            continue
        innermost = (each for each in inside if next(each.iterdescendants("button"), None) is None)
        buttons = [each for each in innermost if words_of(each)]
        if any(each.get("role") == "tab" or each.get("aria-controls") for each in buttons):
            continue
        if any(is_junk(words_of(each)) for each in buttons) or (buttons and _is_beside_program(row)):
            found[row] = "html: buttons"
    return found


def _is_beside_program(row: _Element) -> bool:
    """Return True for buttons right above or below program text, which copy, run or wrap it, in whatever language."""
    near = (row.getprevious(), row.getnext())
    return (
        any(each is not None and _holds_only_program(each) for each in near) and not (row.tail or "").strip()
    )


def _holds_only_program(element: _Element) -> bool:
    inner: _Element | None = element
    while inner is not None and inner.tag in _AROUND_PROGRAMS and not (inner.text or "").strip():
        inner = inner[0] if len(inner) else None
    return inner is not None and inner.tag == "pre"


def _is_short(element: _Element) -> bool:
    """Return True if the words of an element are no more than a label. Of long texts, only the start is read."""
    length = 0
    for text in element.itertext():
        length += len(" ".join(str(text).split()))
        if length > _LONGEST_LABEL:
            return False
    return True


def holds_only(element: _Element, links: Container[_Element], is_junk: Callable[[str], str]) -> bool:
    """Return True if the element has nothing but links that share the page and a label."""
    rest: list[str] = []
    found = 0
    stack = [element]
    while stack:
        each = stack.pop()
        if each.tag in MEDIA:
            return False
        rest.append(each.text or "")
        for child in each:
            if child in links:
                found += 1
            else:
                stack.append(child)
            rest.append(child.tail or "")
    label = " ".join("".join(rest).split()).strip(_SIGNS)
    if not label or (len(label) <= _LONGEST_LABEL and is_junk(label)):
        return True
    is_before = label == " ".join((element.text or "").split()).strip(_SIGNS)
    return is_before and found >= _FEWEST_LINKS and len(label) <= _LONGEST_UNKNOWN
