"""Custom elements for pictures and players, such as AMP's, rewritten as HTML's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Before the title, on the button of `lite-youtube`.
_PLAY = pattern(r"^\w{2,12}: ")
# The element that each stands for, and the URL made of its attributes, if it is not in `src`
# (https://amp.dev/documentation/components/).
_PLAYERS = {
    "amp-img": ("img", ""),
    "amp-anim": ("img", ""),
    "amp-video": ("video", ""),
    "amp-audio": ("audio", ""),
    "amp-iframe": ("iframe", ""),
    "amp-video-iframe": ("iframe", ""),
    "amp-youtube": ("iframe", "https://www.youtube.com/watch?v={data-videoid}"),
    "amp-vimeo": ("iframe", "https://vimeo.com/{data-videoid}"),
    "amp-dailymotion": ("iframe", "https://www.dailymotion.com/video/{data-videoid}"),
    "amp-soundcloud": (
        "iframe",
        "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/tracks/{data-trackid}",
    ),
    "amp-twitter": ("iframe", "https://twitter.com/i/status/{data-tweetid}"),
    "amp-instagram": ("iframe", "https://www.instagram.com/p/{data-shortcode}/"),
    "amp-facebook": ("iframe", "{data-href}"),
    "amp-tiktok": ("iframe", "https://www.tiktok.com/embed/{data-src}"),
    "amp-gist": ("iframe", "https://gist.github.com/{data-gistid}"),
    "lite-youtube": ("iframe", "https://www.youtube.com/watch?v={videoid}"),
    "lite-vimeo": ("iframe", "https://vimeo.com/{videoid}"),
    "amp-embedly-card": ("iframe", "{data-url}"),
}
PLAYERS = frozenset(_PLAYERS)


def settle_players(root: _Element) -> None:
    """Rename the custom elements, and hide their fallbacks and placeholders."""
    for element in list(root.iter(*_PLAYERS)):
        if element.tag in _PLAYERS:  # not inside another one
            _settle(element)


def _settle(element: _Element) -> None:
    tag, template = _PLAYERS[element.tag]
    url = template
    for name in map(str, element.attrib):
        url = url.replace(f"{{{name}}}", element.get(name) or "")
    if "{" in url:
        return
    if url and next(element.iter("blockquote"), None) is not None:  # the words of a quoted post
        element.tag = "div"
        element.insert(0, element.makeelement("iframe", {"src": url}))
        return
    if url:
        element.set("src", url)
        if not element.get("title") and (label := _PLAY.sub("", element.get("playlabel") or "")):
            element.set("title", label)
    for child in list(element):
        if child.tag != "source":
            child.tag = "template"
    element.tag = tag


def take_poster(link: _Element) -> None:
    """Move the picture directly before the link to a player into it: it is its preview."""
    before = link.getprevious()
    while before is not None and before.tag == "br" and not (before.tail or "").strip():
        before = before.getprevious()
    if before is not None and before.tag == "img" and not (before.tail or "").strip():
        link.insert(0, before)
