"""Captions that WordPress wrote as shortcodes: `[caption id="a" caption="The quay"]<img> The quay[/caption]`."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

_OPENING = pattern(r"^\[(?:wp_)?caption\b[^\[\]]{0,2000}\]\s*")
_CLOSING = pattern(r"(?:(?<!\s)\s+)?\[/(?:wp_)?caption\]$")
_WORDS = pattern(r"\bcaption=[\"'“”″]([^\"“”″]{1,1000})[\"'“”″]")


def shortcode_in(text: str) -> str:
    """Return the shortcode at the beginning or end of this text, or "" if there is none."""
    if "caption" not in text or "[" not in text:
        return ""
    found = _OPENING.search(text) or _CLOSING.search(text)
    return found[0] if found else ""


def words_in(shortcode: str) -> str:
    """Return the caption in the attributes of an opening shortcode, or ""."""
    found = _WORDS.search(shortcode)
    return found[1].strip() if found else ""
