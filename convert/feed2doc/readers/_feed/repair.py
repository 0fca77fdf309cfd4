"""Repair of XML feeds that are not well-formed, where nothing is lost by it."""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator
from typing import Any

from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.readers._html.parse import words_of_text

ROOT = pattern(r"<((?:\w+:)?(?:rss|feed|RDF))[\s>]")
_START = pattern(r"<!DOCTYPE\s+(?:\w+:)?(?:rss|feed|RDF)\b|<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_DECLARATION = pattern(r"<(?:\?|!--)[^<>]*>")
# The beginnings of parts in which references and tags mean nothing, and their ends.
_NOT_TEXT = pattern(r"<!\[CDATA\[|<!--|<!DOCTYPE")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<!DOCTYPE": ">"}
_REFERENCE = pattern(r"&(?:(#\d{1,7};|#x[0-9A-Fa-f]{1,6};)|([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])
_LONE = pattern(r"<(?![A-Za-z_/!?])")
_ELEMENT = pattern(r"<(/?)([A-Za-z][\w:\-]*+)[^<>]*?(/?)>")
_PREFIX = pattern(r"<([A-Za-z][\w\-]{0,30}):[A-Za-z]")
_URL = pattern(r"https?://[^\s\"'<>]+")
# The beginnings of bodies that are HTML as text, end tags in it, and elements whose text may be about markup.
_HTML = pattern(
    r"<((?:atom:)?(?:content|summary))\s(?:[^<>]*\s)?type=[\"']html[\"'][^<>]*(?<!/)>|<(description|content:encoded)>"
)
_ESCAPED_END = pattern(r"&lt;/[A-Za-z]")
_ABOUT_MARKUP = pattern(r"<(?:code|pre|samp|kbd|textarea)\b", re.I)
# The namespaces of prefixes that feeds use without a declaration.
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


def split_junk(text: str) -> tuple[str, str]:
    """Return the feed, and the text before its root element (such as a warning of PHP), without declarations."""
    found = _START.search(text)
    if found is None:
        return text, ""
    return text[found.start() :], words_of_text(_DECLARATION.sub("", text[: found.start()]))


def escaped_alike(text: str) -> str:
    """Return the feed with the tags escaped in bodies that are HTML as text, where only a part of the tags is escaped."""
    pieces, start, read = [], 0, 0
    for opening in _HTML.finditer(text):
        if opening.start() < read:  # in a body that has been read
            continue
        at = text.find("<", opening.end())
        is_section = text.startswith("<![CDATA[", at)
        read = text.find("]]>" if is_section else f"</{opening[1] or opening[2]}", opening.end())
        if read < 0:
            break
        if is_section or at == read or text.startswith("<!--", at):
            continue
        body = text[opening.end() : read]
        if _ESCAPED_END.search(body) is None or _ABOUT_MARKUP.search(body) is not None or "<![CDATA[" in body:
            continue
        pieces += [text[start : opening.end()], body.replace("<", "&lt;").replace(">", "&gt;")]
        start = read
    return "".join((*pieces, text[start:])) if pieces else text


def well_formed(text: str) -> str:
    """Return the feed with the most frequent errors repaired.

    HTML's entities are replaced, lone `&` and `<` escaped, missing namespaces declared, and text after the root element
    removed.
    """
    root = ROOT.search(text)
    if root and (end := text.rfind(f"</{root[1]}>")) > 0:
        text = text[: end + len(root[1]) + 3]
    parts = _split(text)
    parts[::2] = [_LONE.sub("&lt;", _REFERENCE.sub(_character, part)) for part in parts[::2]]
    missing = {p for part in parts[::2] for p in _PREFIX.findall(part)} - {"xml"}
    missing -= set(re.findall(r"xmlns:([\w\-]+)", text))
    declared = "".join(f' xmlns:{p}="{_NAMESPACES.get(p, f"urn:{p}")}"' for p in sorted(missing))
    return ROOT.sub(lambda found: f"<{found[1]}{declared}{found[0][-1]}", "".join(parts), count=1)


def _split(text: str) -> list[str]:
    """Return the text in pieces, alternately markup with text, and a part in which references and tags mean nothing."""
    pieces, start = [], 0
    while found := _NOT_TEXT.search(text, start):
        end = text.find(_ENDS[found[0]], found.end())
        if found[0] == "<!DOCTYPE" and "[" in text[found.end() : end]:
            end = text.find("]>", found.end()) + 1
        if end < found.end():
            break
        end = text.index(">", end) + 1
        pieces += [text[start : found.start()], text[found.start() : end]]
        start = end
    return [*pieces, text[start:]]


def closed(part: str) -> str:
    """Return the beginning of an entry that was cut off, with end tags for the elements that are open at its end."""
    if part.rfind("<![CDATA[") > part.rfind("]]>"):
        part += "]]>"
    elif part.rfind("<") > part.rfind(">"):  # inside a tag
        part = part[: part.rfind("<")]
    names: list[str] = []
    for markup in _split(part)[::2]:
        for tag in _ELEMENT.finditer(markup):
            if not tag[1]:
                names += [] if tag[3] else [tag[2]]
            elif tag[2] in names:
                del names[len(names) - 1 - names[::-1].index(tag[2]) :]
    return part + "".join(f"</{name}>" for name in reversed(names))


def _character(found: re.Match[str]) -> str:
    name = found[2]
    if found[1]:
        return found[0] if xml_safe(html.unescape(found[0])) else ""
    if name in _XML:
        return found[0]
    if name and (character := html.entities.html5.get(f"{name};")):
        return character
    return f"&amp;{found[0][1:]}"


def is_whole(markup: str, parsed: Any) -> bool:
    """Return True if all words and URLs of the malformed markup are in what the parser made of it."""
    strings = " ".join(_strings(parsed))
    found = {*words_of_text(strings).split(), *_URL.findall(html.unescape(strings))}
    return found.issuperset([*words_of_text(markup).split(), *_URL.findall(html.unescape(markup))])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
