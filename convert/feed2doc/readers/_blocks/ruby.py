"""Readings next to characters (https://html.spec.whatwg.org/#the-ruby-element)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.model import Ruby, Text
from feed2doc.readers._blocks.inlines import line_of_text
from feed2doc.readers._blocks.media.letters import letter_of
from feed2doc.readers._html.parse import raw_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# How deep a `ruby` may be in others, each of which adds a reading.
_DEEPEST_RUBY = 2
# Signs for emphasis next to characters (https://www.w3.org/TR/css-text-decor-3/#text-emphasis-style-property).
_EMPHASIS_DOTS = pattern(r"[・･﹅﹆•·‧∙●○◉◎▲△丶、\s]+")


def _reading(element: _Element) -> str:
    """Return the words of a reading, with a space between those of several in it."""
    readings = [each for each in islice(element.iter("rt"), 2) if each is not element]
    return line_of_text((" " if readings else "").join(map(str, element.itertext())))


def is_emphasis(ruby: Ruby) -> bool:
    """Return True if the reading is only dots next to the characters, which emphasize them."""
    return _EMPHASIS_DOTS.fullmatch(ruby.text) is not None


def ruby_of(element: _Element, depth: int = 0) -> list[Ruby | str]:
    """Return the pairs of base text and reading in a `ruby` (https://html.spec.whatwg.org/#the-ruby-element).

    Several `rb` may come before their readings. A second reading, of an `rtc` or of the `ruby` around another one, is added
    to the first.
    """
    pairs: list[Ruby | str] = []
    bases: list[str] = []
    base = element.text or ""
    for child in element:
        if child.tag == "ruby" and depth < _DEEPEST_RUBY:
            pairs += [*bases, base, *ruby_of(child, depth + 1)]
            bases, base = [], child.tail or ""
            continue
        words = raw_text_of(child) if child.tag != "rp" else ""
        if child.tag == "rb":
            bases += [base, words] if base.strip() else [words]
            base = ""
        elif child.tag not in ("rt", "rtc"):
            base += words or letter_of(child)
        elif not (reading := _reading(child)):
            pass
        elif bases:
            pairs.append(Ruby((Text(line_of_text(bases.pop(0))),), reading))
        elif base.strip():
            pairs.append(Ruby((Text(line_of_text(base)),), reading))
            base = ""
        elif pairs and isinstance(last := pairs[-1], Ruby):
            pairs[-1] = Ruby(last.base, f"{last.text} {reading}")
        else:
            base += reading
        base += (child.tail or "").strip("\n\t ")
    return [each for each in (*pairs, *bases, base) if each]
