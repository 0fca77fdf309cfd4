"""Posts of social networks that a page quotes: embeds with the address and the words of the post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Attributes with the URL of the post (Instagram, Threads, Mastodon, TikTok, Facebook).
_ATTRIBUTES = ("data-instgrm-permalink", "data-text-post-permalink", "data-embed-url", "cite", "data-href")
_POST = pattern(
    r"https?://(?:(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:\w{1,30}|i/web)/status(?:es)?/\d+"
    r"|bsky\.app/profile/[^/]+/post/\w+"
    r"|(?:www\.)?threads\.(?:net|com)/@[\w.]+/post/\w+"
    r"|(?:www\.)?instagram\.com/(?:p|reel|tv)/[\w-]+"
    r"|(?:www\.)?reddit\.com/r/\w+/comments/\w+"
    r"|(?:www\.)?tiktok\.com/@[\w.]+/video/\d+"
    r"|[\w.-]+/@\w+/\d{15,20}(?![\w/]))"
)
# A longer text is quoted, because an embed has only a title.
_LONGEST = 1000


def post_of(element: _Element, blocks: m.Blocks) -> m.Embed | None:
    """Return the embed of an element that is marked as a post, or None if it has no URL or is too long for a title."""
    urls = [link.url for link in _links(blocks)]
    stated = (element.get(name) or "" for name in _ATTRIBUTES)
    known = (url for url in reversed(urls) if _POST.match(url))
    url = next((each for each in (*stated, *known, *urls[-1:]) if each.startswith("http")), "")
    return _embed(url, blocks)


def _embed(url: str, blocks: m.Blocks) -> m.Embed | None:
    words = " ".join(" ".join(_words_of(text) for block in blocks for text in m.texts_of(block)).split())
    return m.Embed("iframe", url, words) if url and len(words) <= _LONGEST else None


def _words_of(line: m.Inlines) -> str:
    """Return the text of a line with a space before a link that touches a word, as Reddit writes them: `by<a>u/ann</a>`."""
    words = ""
    for node in line:
        text = m.plain_text((node,))
        touches = type(node) is m.Link and words[-1:].isalpha() and text[:1].isalpha() and text.isascii()
        words += f" {text}" if touches else text
    return words


def _links(node: object) -> Iterator[m.Link]:
    if isinstance(node, m.Link):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from _links(each)
    elif isinstance(node, m.Paragraph | m.Emph | m.Strong | m.Span | m.Quote):
        yield from _links(node.blocks if isinstance(node, m.Quote) else node.content)
