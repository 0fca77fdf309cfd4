"""Thin spaces between Han and Latin text in PDFs, as browsers add them for `text-autospace`.

The space is a margin, not a character, so copying and searching see the text as it was written.
Source: https://www.w3.org/TR/css-text-4/#text-autospace-property
"""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern
from feed2doc.writers._shared.escape import text

_HAN = "[\u3041-\u30fa\u3400-\u9fff]"
_LETTER = "[0-9A-Za-z\u00c0-\u024f]"
_RUN = pattern(
    rf"(?P<after>(?<={_HAN}))?{_LETTER}(?:[^\W\u3041-\u9fff]|[ .,'’&/+%-](?={_LETTER}))*%?(?P<before>(?={_HAN}))?"
)


def spaced(value: str) -> str:
    """Return the characters as XHTML, with a span around each run of Latin next to Han.

    The class is `after` if Han comes before the run, and `before` if Han follows it.
    """
    if value.isascii():
        return text(value)
    written, start = [], 0
    for run in _RUN.finditer(value):
        sides = [name for name in ("after", "before") if run[name] is not None]
        if sides:
            written += [
                text(value[start : run.start()]),
                f'<span class="{" ".join(sides)}">{text(run[0])}</span>',
            ]
            start = run.end()
    return "".join(written) + text(value[start:])
