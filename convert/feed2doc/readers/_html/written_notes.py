"""Notes that plugins of WordPress would move to the end, as shortcodes in the text: `[footnote]In 1950.[/footnote]`."""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern

# WordPress.org: the plugins Footnotes Made Easy, Easy Footnotes, Modern Footnotes, Simple Footnotes, FD Footnotes.
_NOTE = pattern(
    rb"\[(footnotes?|efn_note|mfn|ref|fn|note|sidenote)\](?=\S)((?:(?!\[/?(?i:\1)\]).){1,3000}?)(?<=\S)\[/\1\]",
    re.I | re.S,
)
_PROGRAM = (b"pre", b"code", b"textarea", b"script")
SIGN = b"[/"


def with_note_elements(data: bytes) -> bytes:
    """Return HTML with an element for each of these notes, but not in program text."""
    lowered = data.lower()

    def element(found: re.Match[bytes]) -> bytes:
        inside = any(
            lowered.rfind(b"<" + tag, 0, found.start()) > lowered.rfind(b"</" + tag, 0, found.start())
            for tag in _PROGRAM
        )
        return found[0] if inside else b"<footnote>" + found[2] + b"</footnote>"

    return _NOTE.sub(element, data)
