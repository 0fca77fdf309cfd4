"""Notes that plugins of WordPress would move to the end, as shortcodes in the text: `[footnote]In 1950.[/footnote]`."""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern

# WordPress.org: the plugins Footnotes Made Easy, Easy Footnotes, Modern Footnotes, Simple Footnotes, FD Footnotes.
_NOTE = pattern(
    rb"\[(footnotes?|efn_note|mfn|ref|fn|note|sidenote)\](?=\S)((?:(?!\[/?(?i:\1)\]).){1,3000}?)(?<=\S)\[/\1\]",
    re.I | re.S,
)
_PROGRAM_TAG = pattern(rb"<(/?)(pre|code|textarea|script)\b", re.I)
SIGN = b"[/"


def with_note_elements(data: bytes) -> bytes:
    """Return HTML with an element for each of these notes, but not in program text."""
    if _NOTE.search(data) is None:
        return data
    tags, opened = _PROGRAM_TAG.finditer(data), set[bytes]()
    tag = next(tags, None)

    def element(found: re.Match[bytes]) -> bytes:
        nonlocal tag
        while tag is not None and tag.start() < found.start():
            (opened.discard if tag[1] else opened.add)(tag[2].lower())
            tag = next(tags, None)
        return found[0] if opened else b"<footnote>" + found[2] + b"</footnote>"

    return _NOTE.sub(element, data)
