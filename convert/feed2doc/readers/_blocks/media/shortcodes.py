"""Shortcodes of WordPress: `[caption id="a"]<img> The quay[/caption]`, `[embed]https://e.org/watch/1[/embed]`."""

from __future__ import annotations

from typing import Literal

from feed2doc._text.lazy_re import pattern
from feed2doc.model import Embed

_OPENING = pattern(r"^\[(?:wp_)?caption\b[^\[\]]{0,2000}\]\s*")
_CLOSING = pattern(r"(?:(?<!\s)\s+)?\[/(?:wp_)?caption\]$")
_EMBED = pattern(
    r"\[(?P<kind>embed|embedyt|embedpress|video|audio|youtube|vimeo|soundcloud|tweet|twitter|instagram|ted|dailymotion|gist)\b(?:[^\[\]]{0,300}?[\s=\"'“”″])??\]?"
    r"(?P<url>https?://[^\s\[\]\"'“”″<>]{4,2000})[^\[\]]{0,300}\]?(?:\[/(?:embed|embedyt|embedpress|video|audio|youtube|soundcloud)\])?"
)
_VIMEO = pattern(r"\[vimeo(?: id=[\"“”″]?)? ?(\d{6,11})[\"“”″]?\]")
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


def embed_in(text: str) -> Embed | None:
    """Return the player or page that a shortcode which is all of this text stands for, or None."""
    if film := _VIMEO.fullmatch(text):
        return Embed("iframe", f"https://vimeo.com/{film[1]}")
    found = _EMBED.fullmatch(text)
    if found is None:
        return None
    kind: Literal["video", "audio", "iframe"] = "iframe"
    if found["kind"] in ("video", "audio"):
        kind = "video" if found["kind"] == "video" else "audio"
    return Embed(kind, found["url"])
