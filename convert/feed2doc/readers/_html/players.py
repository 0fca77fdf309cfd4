"""Custom elements for pictures and players, such as AMP's, rewritten as HTML's own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
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
    "amp-brightcove": (
        "iframe",
        "https://players.brightcove.net/{data-account}/{data-player}_default/index.html?videoId={data-video-id}",
    ),
    "amp-jwplayer": ("iframe", "https://cdn.jwplayer.com/players/{data-media-id}-{data-player-id}.html"),
    "lite-youtube": ("iframe", "https://www.youtube.com/watch?v={videoid}"),
    "lite-vimeo": ("iframe", "https://vimeo.com/{videoid}"),
    "amp-embedly-card": ("iframe", "{data-url}"),
}
# Names of other custom elements, whose URL is in an attribute: `bluesky-post`, `youtube-video`, `lazy-image`.
_CUSTOM = pattern(
    r"(?:[a-z]{1,20}-){0,2}?(?:(?P<img>img|image|picture|photo)|(?P<video>video|film)|(?P<audio>audio|podcast)"
    r"|player|embed|post|tweet|toot|status|youtube|vimeo|tiktok|spotify|soundcloud|iframe|gist|codepen|map|videosnap)(?:-[a-z]{1,20}){0,2}"
)
_URLS = ("src", "url", "data-src", "data-url")
# Attributes with the number of a film, and the pages of the films of each host.
_IDS = (
    "videoid",
    "video-id",
    "youtube-id",
    "vimeo-id",
    "tiktok-id",
    "data-videoid",
    "data-video-id",
    "data-id",
)
_HOSTS = {
    "youtube": (pattern(r"[\w-]{11}"), "https://www.youtube.com/watch?v="),
    "vimeo": (pattern(r"\d{5,12}"), "https://vimeo.com/"),
    "tiktok": (pattern(r"\d{10,22}"), "https://www.tiktok.com/embed/v2/"),
}
_IS_URL = pattern(r"(?:https?:)?//[^\s{}<>]+$")
# The beginning of the markup of a frame in Base64, and its URL.
FRAME_IN_BASE64 = "PGlmcmFtZS"
_FRAME = pattern(r"<iframe\b[^<>]{0,500}?\ssrc=[\"']?([^\"'\s<>]+)")
_FRAMES = ("iframe", "video", "audio")
_FALLBACKS = frozenset({"a", "button", "noscript", "script", "style", "template", "svg"})
# The length of a fallback that is more than a link to the player: the words of a post.
_SHORTEST_POST = 40


def players_of(tags: Iterable[str]) -> list[str]:
    """Return those of these tags that are custom elements for pictures and players."""
    return [tag for tag in tags if "-" in tag and (tag in _PLAYERS or _CUSTOM.fullmatch(tag))]


def settle_players(root: _Element, tags: Iterable[str]) -> None:
    """Rename the custom elements that have these tags, and hide their fallbacks and placeholders."""
    for element in list(root.iter(*tags)):
        if element.tag in _PLAYERS:  # not inside another one
            _settle(element, *_PLAYERS[element.tag])
        elif (
            (found := _CUSTOM.fullmatch(element.tag))
            and (url := _url_of(element))
            and next(element.iter(*_FRAMES), None) is None
        ):
            tag = found.lastgroup or "iframe"
            has_words = _has_words(element)
            if has_words and (tag == "img" or _is_in_line(element)):
                continue  # text in an element of a script, not its fallback
            element.set("src", url)
            _settle(element, tag, url, has_post=has_words)


def _url_of(element: _Element) -> str:
    """Return the URL that a custom element states, or that of the film that it names, or "" if there is none."""
    stated = (value for name in _URLS if (value := (element.get(name) or "").strip()))
    if url := next((each for each in stated if _IS_URL.match(each)), ""):
        return url
    for host, (form, page) in _HOSTS.items():
        if host in element.tag:
            ids = (element.get(name) or "" for name in _IDS)
            return next((f"{page}{each}" for each in ids if form.fullmatch(each)), "")
    return ""


def _has_words(element: _Element) -> bool:
    """Return True if an element has words, other than those of a link or button to the player."""
    from lxml.etree import iterwalk

    walker = iterwalk(element, events=("start", "end"))
    for event, each in walker:
        is_start = event == "start"
        if is_start and each.tag in _FALLBACKS:
            walker.skip_subtree()
            continue
        text = each.text if is_start else each.tail if each is not element else ""
        if text and any(map(str.isalpha, text)):
            return True
    return False


def _is_in_line(element: _Element) -> bool:
    """Return True if words are directly before or after an element."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return any(map(str.isalpha, f"{text or ''}{element.tail or ''}"))


def _settle(element: _Element, tag: str, template: str, *, has_post: bool = False) -> None:
    url = template
    for name in map(str, element.attrib):
        url = url.replace(f"{{{name}}}", element.get(name) or "")
    if "{" in url:
        return
    if url and tag in _FRAMES and (has_post or _has_post(element)):
        element.tag = "div"
        element.insert(0, element.makeelement("iframe", {"src": url}))
        return
    if url:
        element.set("src", url)
        label = _PLAY.sub(
            "", element.get("playlabel") or element.get("videotitle") or element.get("data-desc") or ""
        )
        if label and not element.get("title"):
            element.set("title", label)
    for child in list(element):
        if child.tag != "source":
            child.tag = "template"
    element.tag = tag


def _has_post(element: _Element) -> bool:
    """Return True if the words of a post are in this element, not only a fallback."""
    return next(element.iter("blockquote"), None) is not None or (
        len(" ".join("".join(map(str, element.itertext())).split())) >= _SHORTEST_POST
    )


def show_encoded_frames(root: _Element) -> None:
    """Rewrite the templates of Borlabs Cookie, which have the markup of a frame in Base64, as that frame."""
    from base64 import b64decode

    for script in root.iter("script"):
        if not (text := (script.text or "").strip()).startswith(FRAME_IN_BASE64):
            continue
        with suppress(ValueError):
            found = _FRAME.match(b64decode(text, validate=True).decode())
            if found is not None:
                script.tag, script.text = "iframe", None
                script.set("src", found[1].replace("&amp;", "&"))


def take_poster(link: _Element) -> None:
    """Move the picture directly before the link to a player into it: it is its preview."""
    before = link.getprevious()
    while before is not None and before.tag == "br" and not (before.tail or "").strip():
        before = before.getprevious()
    if before is not None and before.tag == "img" and not (before.tail or "").strip():
        link.insert(0, before)
