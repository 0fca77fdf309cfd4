"""Chinese and Japanese punctuation that is half as wide next to other punctuation, for engines that set each sign a square wide.

Browsers and Typst do so themselves. Without it, there is a gap of half a square between `，` and `”`, and one of a whole between
`」` and `「`. Sources: https://www.w3.org/TR/clreq/#punctuation_width_adjustment,
https://www.w3.org/TR/css-text-4/#text-spacing-trim-property
"""

from __future__ import annotations

import re

from feed2doc._locale.labels import script_of
from feed2doc._text.lazy_re import pattern

_OPENING, _CLOSING = "「『（《【〔〖〈", "」』）》】〕〗〉"
# Where a line may end (U+200B), there may be a sign on both sides.
_PLACE = "\u200b"


def _halves(closing: str, middle: str, opening: str) -> str:
    """Return the pattern of signs that are half as wide: closing ones before others, opening ones after opening or middle ones."""
    others = f"[{closing}{middle}{opening}]"
    after = f"[{opening}{middle}]"
    return f"[{closing}](?={_PLACE}?{others})|(?:(?<={after})|(?<={after}{_PLACE}))[{opening}]"


# Where the ink of a sign is in its square depends on the language: in the middle for points of traditional Chinese.
_SIGNS = {
    "zh-Hans": pattern(_halves(f"，。、：；”’{_CLOSING}", "", f"“‘{_OPENING}")),
    "zh-Hant": pattern(_halves(_CLOSING, "，。、：；", _OPENING)),
    "ja": pattern(_halves(f"、。，．”’{_CLOSING}", "・：；", f"“‘{_OPENING}")),
}
# Most texts have no two signs next to each other, and few letters are in this range or are quotation marks.
_PAIR = pattern(f"[\u3001-\u301b，．：；（）“”‘’・]{_PLACE}?[\u3001-\u301b，．：；（）“”‘’・]")


def with_half_widths(xhtml: str, language: str) -> str:
    """Return text of XHTML in this language with a span of the class `half` around each sign that is half as wide as others."""
    if not _PAIR.search(xhtml):
        return xhtml
    signs = _SIGNS.get(script_of(language))
    return signs.sub(_in_span, xhtml) if signs else xhtml


def _in_span(found: re.Match[str]) -> str:
    return f'<span class="half">{found[0]}</span>'
