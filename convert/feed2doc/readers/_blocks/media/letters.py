"""Pictures of a single letter: initials at the start of a paragraph, emoji, and characters that a font does not have."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import is_only_child, words_of_few
from feed2doc.readers._html.style import declarations

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLASS = pattern(r"(?:^|[\s_-])(?:gaiji|drop-?cap|initial|lettrine|letter|glyph)(?:$|[\s_-])", re.I)
_SMALL = pattern(r"\s*(?:[1-9]|[12]\d|3[0-2])(?:px)?\s*")
# The size of a large first letter, in times of that of other letters, and units of it.
_LARGE = 1.8
_LARGE_FONTS = ("5", "6", "7", "+2", "+3", "+4", "+5", "+6")
_SIZE = pattern(r"(\d{1,4}(?:\.\d{1,4})?)(px|pt|em|rem|%)")
_UNITS = {"px": 1 / 16, "pt": 1 / 12, "em": 1.0, "rem": 1.0, "%": 0.01}
QUOTES = "\"'“”„‟‘’‚‛«»‹›「『¿¡([ \u00a0\u2009\u202f"
# The text allowed after the letter if not another one: it is a word, or ends in an apostrophe.
_GOES_ON = " \n\u00a0'’"
_INLINE = ("span", "b", "strong", "i", "em", "big", "font")

# Classes of emoji, and the code points in the names of their pictures (WordPress, Twitter, GitHub).
_EMOJI_CLASS = pattern(r"(?:^|[\s_-])(?:emoji|wp-smiley|emojione|twemoji)(?:$|[\s_-])", re.I)
# Classes and folders of smileys, and the signs that they stand for: `:-)`, `;)`, `<3`, `^_^`.
_SMILEY = pattern(r"(?:^|[\s_/-])(?:wp-smiley|emoji|emoticons?|smil(?:e?y|ie|eys|ies))(?:$|[\s_/-])", re.I)
_EMOTICON = pattern(
    r"[>O0]?[:;=8xXB][-'’^o]?[()\[\]{}DPpOoSs3/\\|*$@#cC>]{1,2}|</?3|[\^oO>TxX-][_.]{1,2}[\^oO<TxX-]|[xX]D{1,3}"
)
_CODE_POINTS = pattern(r"/((?:[0-9a-f]{4,5}-){0,9}[0-9a-f]{4,5})\.(?:png|svg)(?:[?#]|$)")
_LONGEST_EMOJI = 16
_EMOTICONS = range(2, 6)
# The sizes of a picture of a line of letters: its height in pixels, and its width in times of that.
_PIXELS = pattern(r"\s*(\d{1,4})(?:px)?\s*")
_HIGHEST_LINE, _NARROWEST, _LONGEST_HEADING = 90, 3, 120
_JOINERS = frozenset("\u200d\ufe0f\u20e3") | {chr(tag) for tag in range(0xE0020, 0xE0080)}


def letter_of(element: _Element) -> str:
    """Return the letter that a picture shows within a word, or the emoji or sign that it shows, or "".

    Its alternative text is the letter. A class, its size, or a letter directly after it says that it is part of a word.
    """
    letter = (element.get("alt") or "").strip()
    if element.tag == "img" and len(letter) in _EMOTICONS and _is_emoticon(element, letter):
        return letter
    if element.tag == "img" and _EMOJI_CLASS.search(element.get("class") or ""):
        return letter if is_emoji(letter) else _emoji_in(element.get("src") or "")
    if element.tag == "img" and is_emoji(letter) and _may_be_sign(element):
        return letter
    if element.tag != "img" or len(letter) != 1 or not letter.isalpha():
        return ""
    is_small = all(_SMALL.fullmatch(element.get(name) or "") for name in ("width", "height"))
    joins = (element.tail or "")[:1].isalpha()
    return letter if is_small or joins or _CLASS.search(element.get("class") or "") else ""


def heading_in_picture(element: _Element) -> str:
    """Return the words of a picture that is all of a heading, if its size is that of a line of letters, else "".

    A picture that a rule names as a heading is an icon, such as `Tip` before a note.
    """
    words = " ".join((element.get("alt") or "").split())
    heading = next(element.iterancestors("h1", "h2", "h3", "h4", "h5", "h6"), None)
    holder = element.getparent() if heading is None else heading
    if not words or len(words) > _LONGEST_HEADING or holder is None or words_of_few(holder):
        return ""
    width, height = (_PIXELS.fullmatch(element.get(name) or "") for name in ("width", "height"))
    if heading is None:
        return words
    if not width or not height:
        return ""
    is_low = int(height[1]) <= _HIGHEST_LINE and int(width[1]) >= _NARROWEST * int(height[1])
    return words if is_low else ""


def _is_emoticon(element: _Element, words: str) -> bool:
    """Return True if a picture, by its class, folder or size, is a smiley of these signs."""
    if not _EMOTICON.fullmatch(words):
        return False
    return (
        _SMILEY.search(element.get("class") or "") is not None
        or _SMILEY.search((element.get("src") or "").rpartition("/")[0]) is not None
        or all(_SMALL.fullmatch(element.get(name) or "") for name in ("width", "height"))
    )


def _may_be_sign(element: _Element) -> bool:
    """Return True if a picture that stands for a sign, such as `★`, has no size or a small one."""
    return all(not (size := element.get(name)) or _SMALL.fullmatch(size) for name in ("width", "height"))


def is_emoji(text: str) -> bool:
    """Return True if the text is a single emoji, or a few next to each other."""
    return 0 < len(text) <= _LONGEST_EMOJI and all(
        each in _JOINERS or unicodedata.category(each) in ("So", "Sk") or ord(each) == 0x203C for each in text
    )


def _emoji_in(src: str) -> str:
    """Return the emoji whose code points are the name of the picture, or ""."""
    found = _CODE_POINTS.search(src)
    shown = "".join(chr(int(point, 16)) for point in found[1].split("-")) if found else ""
    return shown if is_emoji(shown) else ""


def is_initial(element: _Element) -> bool:
    """Return True if the class of this element says that it is the first letter of a word."""
    if not _CLASS.search(element.get("class") or "") or next(element.iter("img", "p"), None) is not None:
        return False
    return len(words_of_few(element)) == 1 and has_text_after(element)


def is_drop_cap(element: _Element) -> bool:
    """Return True if this element at the start of a paragraph is only the large first letter of a word.

    There may be a quotation mark before the letter. The class or the style of the element, or of one that has nothing else around
    or in it, says that the letter is large.
    """
    letter = words_of_few(element).lstrip(QUOTES) if element.tag in _INLINE else ""
    if len(letter) != 1 or not letter.isalpha():
        return False
    chain = [element]
    while len(chain[-1]) == 1:
        chain.append(chain[-1][0])
    outer = element
    while (
        not (outer.tail or "").strip()
        and (parent := outer.getparent()) is not None
        and parent.tag in _INLINE
        and is_only_child(outer)
        and not (parent.text or "").strip()
    ):
        outer = parent
        chain.append(outer)
    goes_on = (outer.tail or "")[:1]
    if goes_on and not (goes_on.isalpha() or goes_on in _GOES_ON):
        return False
    return any(map(_is_large, chain)) and has_text_after(outer)


def _is_large(element: _Element) -> bool:
    if (
        element.tag == "big"
        or element.get("size") in _LARGE_FONTS
        or _CLASS.search(element.get("class") or "")
    ):
        return True
    style = declarations(element)
    size = _SIZE.match(style.get("font-size", ""))
    times = float(size[1]) * _UNITS[size[2]] if size else 1.0
    return "initial-letter" in style or times >= _LARGE or (style.get("float") == "left" and times > 1)


def has_text_after(element: _Element) -> bool:
    """Return True if text follows the element in its line."""
    if (element.tail or "").strip():
        return True
    following = element.getnext()
    return (
        following is not None
        and following.tag in ("span", "a", "b", "strong", "i", "em", "font", "label", "ruby")
        and bool("".join(map(str, following.itertext())).strip())
    )
