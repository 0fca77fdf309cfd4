"""Parts of a template around and between the text, by the words in their names and by what they contain.

A name is only a hint: the content must be what such parts have, so that a list of tools in a manual or a section about social
life stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.elements import MEDIA
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._html.pictures.file_names import is_document
from feed2doc.readers._rules.names import are_names

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.lookup import Rules
    from feed2doc.readers._rules.selectors import Index

# What may be next to the links of a row or list, and how long such a list, a box and the label of an advertisement are.
_LONGEST_LABEL, _SHORT_LABEL, _LONGEST_LIST, _LONGEST_BOX, _LONGEST_AD = 60, 24, 1500, 800, 80
_MOST_PARAGRAPHS = 2
# A name that recurs more often belongs to the sections of the text.
_MOST_BOXES = 3
_HEADINGS, _COLONS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"}), frozenset(":：")
_OF_TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_OF_TEXT = {"li", "dt", "dd", "figcaption", "blockquote", "q", "pre", "code", "kbd"}
_OF_SENTENCES = {"a", "button", "em", "strong", "b", "i"}
_NEVER = _HEADINGS | _OF_TABLES | _OF_TEXT | _OF_SENTENCES | {"html", "body", "article", "main"}
# Elements that may be in a sentence, and how many neighbours of one are looked at for its words.
_INLINE, _NEIGHBOURS = frozenset({"span", "small", "label", "font", "u", "abbr", "cite", "time"}), 8
# More elements are not in a part of a template. Of more boxes with such a name, none is about the author.
_MOST_ELEMENTS, _MOST_CANDIDATES, _MOST_ABOVE = 400, 40, 400
_KINDS = ("furniture", "tags", "advertisement", "invitation", "promotion")
# A box without a form or a known line is a longer one.
_SHORT_BOX, _SHORT_PROMOTION = 300, 120
# How many words the label of a box about the author has at most.
_MOST_WORDS = 4
_CONTROLS = ("form", "input", "button")
_NO_ENTRY = frozenset({"checkbox", "radio", "hidden"})
_PICTURES = frozenset(MEDIA) - {"svg", "img"}
# Elements that are never part of a row of links.
_TEXTS = frozenset({"pre", "code", "table", "blockquote", "dl", "textarea", "math"})
_PRESSED = frozenset({"a", "button", "label", "svg", "form", "select"})
# Parts of the words of a link to write or call: an address, a number.
_OF_CONTACTS = "@0123456789"
_FULL_STOPS = frozenset("。！？」』”")
_SENTENCE = pattern(r"[.!?…。！？](?:\s|$)")


def furniture_in(index: Index, rules: Rules) -> dict[_Element, str]:
    """Return the elements that are such parts, and the rule of each."""
    found: dict[_Element, str] = {}
    if not any(rules.worded(kind, index) for kind in _KINDS):
        return found
    names = rules.worded("byline", index)
    often = Counter(each.get("class") for each in rules.worded("invitation", index))

    def are_links(element: _Element) -> bool:
        is_row = element not in names and _has_only_links(element, rules)
        return is_row and not _is_part_of_text(element, index, rules)

    def is_advertisement(element: _Element) -> bool:
        text = _words(element, _LONGEST_AD)
        return bool(text) and _is_label_of_ad(text or "", rules) and _has_no_media(element)

    def is_invitation(element: _Element) -> bool:
        return often[element.get("class")] <= _MOST_BOXES and _is_invitation(element, rules)

    def is_promotion(element: _Element) -> bool:
        return _is_short_box(element) and not _is_part_of_text(element, index, rules)

    tests = {
        "furniture": are_links,
        "tags": are_links,
        "advertisement": is_advertisement,
        "invitation": is_invitation,
        "promotion": is_promotion,
    }
    for kind, is_one in tests.items():
        for element, reason in rules.worded(kind, index).items():
            if _may_go(element, index) and is_one(element):
                found[element] = reason
    if not found:
        return found
    for element, reason in tuple(found.items()):
        label = element.getprevious()
        if label is not None and label not in found and _is_label(label, rules):
            found[label] = reason
    # An element with half of the text is the article, whatever its name.
    half = len(_words(index.root, 2 * _LONGEST_LIST) or " " * 2 * _LONGEST_LIST) // 2
    return {each: rule for each, rule in found.items() if _words(each, half) is not None}


def biographies_in(index: Index, rules: Rules) -> dict[_Element, str]:
    """Return the boxes about the authors: their names say so, they are short, and text is above them."""
    found: dict[_Element, str] = {}
    candidates = {} if rules.only_article else rules.worded("biography", index) | _profiles(index, rules)
    if len(candidates) > _MOST_CANDIDATES:
        return found
    for element, reason in candidates.items():
        text = _words(element, _LONGEST_BOX) if _may_go(element, index) else ""
        if text and _has_text_above(element, index):
            found[element] = reason
        if len(found) > _MOST_BOXES:
            return {}  # a list of people
    return {
        each: rule
        for each, rule in found.items()
        if not any(outer in found for outer in each.iterancestors())
    }


def _profiles(index: Index, rules: Rules) -> dict[_Element, str]:
    """Return the boxes with a link to the page of an author, and more words, that are named for a person, below all text."""
    found = rules.worded("profile", index)
    if len(found) > _MOST_CANDIDATES:
        return {}
    return {
        each: rule
        for each, rule in found.items()
        if any(_is_of_author(a, each, rules) for a in each.iter("a"))
        and len(list(islice(_prose_beside(each, index, preceding=False), 2))) < 2  # an invitation may be
    }


def _is_of_author(link: _Element, box: _Element, rules: Rules) -> bool:
    """Return True for a link whose words are a name, to the page of an author, and not all of the box."""
    names = words_of(link)
    is_known = rules.search("author_url", link.get("href") or "") is not None and are_names(names)
    return is_known and names != _words(box, _LONGEST_BOX)


def labels_in(biographies: Iterable[_Element], rules: Rules) -> dict[_Element, str]:
    """Return the lines of boxes about the authors that only say what the boxes are: `About the author`."""
    found: dict[_Element, str] = {}
    for box in biographies:
        for each in box.iter(*_HEADINGS, "p", "strong", "span"):
            words = _words(each, _SHORT_LABEL) if not len(each) and not (each.tail or "").strip() else ""
            said = rules.credit(words) if words and words.count(" ") < _MOST_WORDS else None
            if said is not None and said[0].role == "author-bio" and not said[1].groupdict().get("person"):
                found[each] = "the label of a box about the author"
                break
    return found


def author_boxes_above(index: Index, rules: Rules) -> dict[_Element, str]:
    """Return the boxes above the text whose names say that they are about the authors, or have their names."""
    if rules.only_article:
        return {}
    candidates = rules.worded("byline", index) | rules.worded("biography", index)
    if not 0 < len(candidates) <= _MOST_CANDIDATES:
        return {}
    found = {
        each: rule
        for each, rule in candidates.items()
        if len(each)
        and _may_go(each, index)
        and _words(each, _LONGEST_BOX)
        and not _has_text_above(each, index)
    }
    outer = {each: rule for each, rule in found.items() if not any(e in found for e in each.iterancestors())}
    return outer if len(outer) <= _MOST_BOXES else {}


def _has_text_above(element: _Element, index: Index) -> bool:
    """Return True if there is a sentence above the element, and not only a header."""
    return next(_prose_beside(element, index, preceding=True), None) is not None


def _prose_beside(element: _Element, index: Index, *, preceding: bool) -> Iterator[_Element]:
    """Yield the sentences above an element, or below it."""
    while element is not index.root:
        yield from filter(_is_prose, islice(element.itersiblings(preceding=preceding), _MOST_ABOVE))
        if (parent := element.getparent()) is None:
            return
        element = parent


def _is_prose(element: _Element) -> bool:
    """Return True for text that is longer than a label, or for a sentence in a script that needs fewer characters."""
    words = _words(element, _LONGEST_LABEL)
    return words is None or (len(words) >= _SHORT_LABEL and words[-1] in _FULL_STOPS)


def _may_go(element: _Element, index: Index) -> bool:
    """Return True if an element may be such a part: it is not part of a list, table or sentence, and not around much else."""
    if element is index.root or element.tag in _NEVER:
        return False
    if element.tag in _INLINE and _is_in_sentence(element):
        return False
    return next(islice(element.iter(), _MOST_ELEMENTS, None), None) is None


def _is_in_sentence(element: _Element) -> bool:
    """Return True if words are next to an inline element, in the text around it."""
    parent = element.getparent()
    texts = [element.tail, parent.text if parent is not None else ""]
    for preceding in (True, False):
        texts += (each.tail for each in islice(element.itersiblings(preceding=preceding), _NEIGHBOURS))
    return any(any(map(str.isalpha, text)) for text in texts if text)


def _has_only_links(element: _Element, rules: Rules) -> bool:
    """Return True if the element has nothing but links, buttons and a label."""
    if next(element.iter(*_TEXTS), None) is not None:
        return False
    rest: list[str] = []
    count, has_links = 0, False
    stack = [element]
    while stack:
        each = stack.pop()
        if each.tag in _PICTURES or len(rest) > _LONGEST_LIST:
            return False
        rest.append(each.text or "")
        for child in each:
            if child.tag in _PRESSED:
                has_links = has_links or child.tag != "svg"
                words = _words(child, _LONGEST_LIST)
                count += len(words) if words is not None else _LONGEST_LIST + 1
                if child.tag == "a" and words and any(map(str.isalpha, child.tail or "")):
                    return False  # the words after a link are text
            else:
                stack.append(child)
            rest.append(child.tail or "")
        if count > _LONGEST_LIST:
            return False
    label = " ".join("".join(rest).split())
    if len(label) > _LONGEST_LABEL or _SENTENCE.search(label):
        return False
    if not label and not count:
        return False  # there is nothing to leave out
    if len(label) > max(_SHORT_LABEL, count):
        return False
    return has_links or bool(rules.junk(label))


def _is_part_of_text(element: _Element, index: Index, rules: Rules) -> bool:
    """Return True for links that the text announces, to its sections, or to a telephone or address that they show.

    A colon or a heading announces them: `The harbour has three kinds of tools:`, `What you need`.
    """
    before = element.getprevious()
    words = words_of(before) if before is not None else ""
    if len(words) > _SHORT_LABEL and words[-1] in _COLONS:
        return True
    if words and before is not None and before.tag in _HEADINGS and not _is_known(words, rules):
        return True
    links = [(each.get("href") or "", each) for each in element.iter("a")]
    return sum(1 for href, _ in links if href[:1] == "#" and href in index.names) > 1 or any(
        href.startswith(("tel:", "mailto:")) and any(sign in words_of(each) for sign in _OF_CONTACTS)
        for href, each in links
    )


def _is_known(words: str, rules: Rules) -> bool:
    """Return True for the words above links to other articles or tags, and for lines that are not text."""
    label = words.rstrip(" :：")
    return bool(rules.junk(words)) or any(
        rules.words.find(kind, label) is not None for kind in ("related", "tag-label")
    )


def _is_label(element: _Element, rules: Rules) -> bool:
    """Return True if an element has nothing but the words above links to other articles: `Read also`."""
    if (element.tail or "").strip() or not _may_be_label(element):
        return False
    words = _words(element, _LONGEST_LABEL)
    return bool(words) and rules.words.find("related", (words or "").rstrip(" :：")) is not None


def _may_be_label(element: _Element) -> bool:
    return element.tag not in ("html", "body", "article", "main", "br") and _has_no_media(element)


def _is_label_of_ad(text: str, rules: Rules) -> bool:
    """Return True for the words above an advertisement, which are known or a word in capitals: `REKLAME`."""
    return bool(rules.junk(text)) or (text.isupper() and text.isalpha())


def _has_no_media(element: _Element) -> bool:
    return next(element.iter(*MEDIA), None) is None


def _is_invitation(element: _Element, rules: Rules) -> bool:
    """Return True for a box with a form, a line that is known to be none of the text, or, if it is short, a link as a button."""
    text = _words(element, _LONGEST_BOX)
    if not text or not _has_few_paragraphs(element):
        return False
    if any(each.get("type") not in _NO_ENTRY for each in element.iter(*_CONTROLS)):
        return True
    is_short = len(text) <= _SHORT_BOX and next(element.iter(*_TEXTS), None) is None
    links = [each for each in element.iter("a") if not is_document(each.get("href") or "")]
    if is_short and any(not _is_in_sentence(each) for each in links):
        return True
    return any(rules.junk(" ".join((each.text or "").split())) for each in element.iter() if not len(each))


def _is_short_box(element: _Element) -> bool:
    """Return True for a few lines, which need no form or link if two words of the name say what they are for."""
    is_text = next(element.iter(*_TEXTS), None) is not None
    return bool(_words(element, _SHORT_PROMOTION)) and _has_few_paragraphs(element) and not is_text


def _has_few_paragraphs(element: _Element) -> bool:
    if next(element.iter(*_PICTURES), None) is not None:
        return False
    return sum(1 for _ in islice(element.iter("p"), _MOST_PARAGRAPHS + 1)) <= _MOST_PARAGRAPHS


def _words(element: _Element, most: int) -> str | None:
    """Return the words of an element, or None if they have more characters."""
    parts: list[str] = []
    count = 0
    for text in element.itertext():
        words = " ".join(str(text).split())
        count += len(words)
        if count > most:
            return None
        parts.append(words)
    return " ".join(filter(None, parts))
