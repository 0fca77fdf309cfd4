"""The marks that Word types before the items of a list: bullets, and numbers in digits, letters or Roman numerals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["", "1", "a", "A", "i", "I"]

# The text that Word writes in a span of its own. Letters are bullets of Symbol, Courier and Wingdings.
_ALONE = pattern(
    r"\s{0,99}+(?:(?P<bullet>[^\w\s]{1,3}|[oØvüqnluwà])"
    r"|[(（]?(?:(?P<number>\d{1,6}(?:\.\d{1,4}){0,8})|(?P<letters>[a-z]{1,8}|[A-Z]{1,8}))[.)）．、]{0,2})\s{0,99}+"
)
# The rest that mail programs leave of it: a bullet or a number, and the spaces that Word writes after it.
_TYPED = pattern(
    r"\s{0,99}+(?:(?P<bullet>[·•●○▪■□➢✓–-]|[o§Øvüq](?=\s?\u00a0))"
    r"|[(（]?(?:(?P<number>\d{1,3}(?:\.\d{1,3}){0,8})|(?P<letters>[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5}))[.)])"
    r"(?:\s{2,99}+|\u00a0)\s{0,99}+"
)
_ROMAN = pattern(r"m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_WIDE = "、．）："
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class WordMark(Struct, frozen=True):
    """A mark of an item: its number in each kind of numbers that it may be of, 0 in the kind "" if it is a bullet.

    `above` has the numbers of the items above that it repeats: `2.1.` is item 1 in item 2. `element` is what has nothing but
    the mark, or None if it is the first characters (`length`) of the paragraph.
    """

    numbers: dict[Kind, int]
    above: tuple[int, ...] = ()
    element: _Element | None = None
    length: int = 0

    @property
    def is_initial(self) -> bool:
        """True for a typed letter that begins no list, as that of a name: `J.  Smith`."""
        return (
            self.element is None
            and "" not in self.numbers
            and "1" not in self.numbers
            and 1 not in self.numbers.values()
        )

    def cut(self, paragraph: _Element) -> None:
        """Remove the mark from its paragraph."""
        if self.element is None:
            _cut(paragraph, self.length)
            return
        tail, self.element.tail = self.element.tail, None
        for each in list(self.element):
            self.element.remove(each)
        self.element.text, self.element.tail = None, tail


def mark_of(paragraph: _Element) -> WordMark | None:
    """Return the mark at the beginning of a paragraph, or None if there is none, or one that no list of the model has."""
    ignored = mark_element(paragraph)
    if ignored is None:
        found = _TYPED.match(_text_of(paragraph))
    else:
        found = _ALONE.fullmatch(text := _text_of(ignored))
        if not text.strip() and next(ignored.iter("img"), None) is not None:
            return WordMark({"": 0}, (), ignored)
    if found is None:
        return None
    length = found.end()
    if found["bullet"]:
        return WordMark({"": 0}, (), ignored, length)
    if found["number"]:
        *above, number = map(int, found["number"].split("."))
        return WordMark({"1": number}, tuple(above), ignored, length)
    numbers = _letters(found["letters"])
    return WordMark(numbers, (), ignored, length) if numbers else None


def mark_element(paragraph: _Element) -> _Element | None:
    """Return the element at the beginning of a paragraph that has nothing but a mark, or None."""
    for each in paragraph.iter("span"):
        if "mso-list:ignore" in (each.get("style") or "").lower().replace(" ", ""):
            return None if _has_text_before(each, paragraph) else each
    return None


def keep_mark(ignored: _Element) -> None:
    """Keep a mark as text of its paragraph, with at most one space after it instead of those up to the next tab stop."""
    text = " ".join(_text_of(ignored).split())
    for each in list(ignored):
        ignored.remove(each)
    ignored.text = f"{text} " if text and text[-1] not in _WIDE else text or None


def _has_text_before(element: _Element, root: _Element) -> bool:
    while element is not root:
        if any(
            _text_of(each).strip() or (each.tail or "").strip()
            for each in element.itersiblings(preceding=True)
        ):
            return True
        parent = element.getparent()
        if parent is None or (parent.text or "").strip():
            return True
        element = parent
    return False


def _cut(paragraph: _Element, length: int) -> None:
    """Remove this number of characters from the beginning of a paragraph."""
    from lxml.etree import iterwalk

    for event, each in iterwalk(paragraph, events=("start", "end")):
        name = "text" if event == "start" else "tail"
        if not length or (event == "end" and each is paragraph):
            return
        text = getattr(each, name) or ""
        setattr(each, name, text[length:] or None)
        length -= min(length, len(text))


def _text_of(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _letters(letters: str) -> dict[Kind, int]:
    """Return what these letters may be, the likelier kind first: `c` is the third one, and a hundred."""
    is_small, small = letters.islower(), letters.lower()
    as_letters: dict[Kind, int] = {}
    if len(small) == 1 or small == "aa":  # Word goes on with `bb`, HTML with `ab`
        as_letters["a" if is_small else "A"] = ord(small[0]) - ord("a") + 1 + 26 * (len(small) - 1)
    as_roman: dict[Kind, int] = {}
    if _ROMAN.fullmatch(small):
        as_roman["i" if is_small else "I"] = _value(small)
    is_roman = small == "i" or len(small) > 1
    return as_roman | as_letters if is_roman else as_letters | as_roman


def _value(roman: str) -> int:
    digits = [_DIGITS[letter] for letter in roman]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
