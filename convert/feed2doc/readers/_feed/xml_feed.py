"""Entries of RSS 0.9x, 1.0, 2.0 and Atom feeds, parsed with feedparser."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from feed2doc._formats import Source
from feed2doc._own_process import ALL_ENTRIES, rests, step
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.readers._feed.entry import SMALL, FeedEntry, Unread, mark_of
from feed2doc.readers._feed.media import Attached, attached, without_descriptions
from feed2doc.readers._feed.repair import ROOT, closed, escaped_alike, is_whole, split_junk, well_formed
from feed2doc.readers._feed.xml_entry import entry_of
from feed2doc.readers._html.decode import decode

# The name of the step that parses all entries, whichever the feed has.
_ALL = "all"
_ADDRESS_WORD = pattern(r"[A-Za-z0-9_.+-]+")
_LONGEST_ADDRESS = 254  # characters (RFC 5321 section 4.5.3.1, without the angle brackets)
_BEGINS = pattern(r"(?=<(?:\w+:)?(?:item|entry)[\s>])")
_ENDS = pattern(r"</(?:\w+:)?(?:item|entry)\s*>")
_BASED_DIV = pattern(r"(<(?:\w+:)?(?:content|summary)\b[^<>]*>\s{0,99})(?=<(?:\w+:)?div\s[^<>]*xml:base)")


def xml_entries(source: Source, env: Env) -> Iterator[Unread]:
    """Yield the entries of an XML feed. If the XML is malformed, or takes too long, entries are parsed one by one, to isolate
    the damage.

    Raise ReadError if the input is not a feed.
    """
    # feedparser guesses the encoding if a single byte is invalid, so it is given valid UTF-8.
    text, junk = split_junk(xml_safe(decode(source, env)))
    if junk.strip("\ufeff\u200b"):
        env.note("dropped", "text before the feed", rule="feed", text=junk[:500])
    text = escaped_alike(text)
    # feedparser drops the outermost `div` of XHTML, together with its base, unless something comes before it.
    text = _BASED_DIV.sub(r'\1<wbr xmlns="http://www.w3.org/1999/xhtml"/>', text)
    reason: object = "it has no entries"
    if step("reading it", entry=ALL_ENTRIES) and not rests(ALL_ENTRIES, lambda: _ALL):
        parsed = _parse(text)
        if _is_broken(parsed):
            text = well_formed(text)
            parsed = _parse(text)
        if not _is_broken(parsed):
            yield from _entries(parsed, text)
            return
        reason = parsed["bozo_exception"]
    head, *parts = _BEGINS.split(text)
    if not parts:
        raise ReadError(f"{source.name}: not a feed: {reason}")
    root = ROOT.search(head)
    closing = ("</channel>" if "<channel" in head else "") + (f"</{root[1]}>" if root else "")
    for number, part in enumerate(parts, 1):
        yield Unread(partial(_alone, head, part, closing, number, env))


def _alone(head: str, part: str, closing: str, number: int, env: Env) -> Iterator[FeedEntry]:
    """Yield what one part of a feed, which begins with an entry, has in it. A damaged entry is noted as a loss."""
    if rests(number, partial(mark_of, part)):
        return
    end = _ENDS.search(part)
    whole = head + (part[: end.end()] if end else closed(part)) + closing
    alone = _parse(whole)
    if not end or (_is_broken(alone) and not is_whole(without_descriptions(part[: end.end()]), alone)):
        env.note(
            "loss", f"entry {number} is not valid XML and may be incomplete", rule="feed", text=part[:200]
        )
    for unread in _entries(alone, whole):
        yield from unread.read()


def _entries(parsed: Any, text: str) -> Iterator[Unread]:
    found = attached(text)
    if len(found) != len(parsed["entries"]):
        found = [Attached()] * len(parsed["entries"])
    for entry, each in zip(parsed["entries"], found, strict=True):
        yield Unread(partial(_read, entry, parsed, each), is_small=_is_small(entry))


def _is_small(entry: Any) -> bool:
    texts = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    return sum(len(each.get("value") or "") for each in texts) <= SMALL


def _read(entry: Any, parsed: Any, attached: Attached) -> tuple[FeedEntry]:
    return (entry_of(entry, parsed, attached),)


def _parse(text: str) -> Any:
    """Return the result of feedparser. It is given a file object, because it may treat a str as a URL and open it."""
    feedparser = _feedparser()
    data = io.BytesIO(without_descriptions(text).encode())
    try:
        return feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser may raise anything on malformed XML
        return {"bozo": True, "bozo_exception": error, "entries": [], "feed": {}}


@functools.cache
def _feedparser() -> Any:
    """Return feedparser, made to search no text for an e-mail address that has a word too long for one.

    Its search takes quadratic time: hours for an author of a megabyte. It parses by Python's own parser, too: it would look for
    another one in all folders of modules for each entry, and read feeds in another way where that is installed.
    """
    import feedparser
    import feedparser.api
    from feedparser.mixin import _FeedParserMixin as Parser

    search = Parser._sync_author_detail

    def bounded(self: Any, key: str = "author") -> None:
        context = self._get_context()
        detail = context.get(f"{key}s", [feedparser.FeedParserDict()])[-1]
        author = context.get(key) or ""
        if detail or all(len(word) <= _LONGEST_ADDRESS for word in _ADDRESS_WORD.findall(author)):
            search(self, key)
        else:
            context.setdefault(f"{key}_detail", detail)
            detail["name"] = author

    Parser._sync_author_detail = bounded
    feedparser.api.PREFERRED_XML_PARSERS = []
    return feedparser


def _is_broken(parsed: Any) -> bool:
    """Return True if the XML is malformed. A wrong encoding declaration or media type alone does no harm."""
    import feedparser

    return bool(parsed.get("bozo")) and not isinstance(
        parsed["bozo_exception"], feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    )
