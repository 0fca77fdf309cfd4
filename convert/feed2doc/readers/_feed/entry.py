"""Feed entries, independent of the feed format, and their conversion to Documents."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from feed2doc._formats import ReadOptions, Source
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import EmptyFeedError, ReadError
from feed2doc.model import Document
from feed2doc.readers._article.build import read_article
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._html.parse import parse_html, words_of
from feed2doc.readers._html.urls import picture_address, resolve

if TYPE_CHECKING:
    from lxml.etree import _Element


class Media(Struct, frozen=True):
    """A file attached to an entry: a picture, a video, an audio file or another download."""

    url: str
    media_type: str = ""
    title: str = ""
    credit: str = ""


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One entry. `body` is HTML; `base` is the base URL of its relative URLs."""

    title: str = ""
    body: str = ""
    summary: str = ""
    url: str = ""
    guid: str = ""
    base: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    publication: str = ""
    media: tuple[Media, ...] = ()


def documents_of(
    entries: Iterator[FeedEntry], source: Source, options: ReadOptions, env: Env
) -> Iterator[Document]:
    """Yield the Documents of the entries. An entry that cannot be read is noted as a loss and skipped.

    Raise EmptyFeedError if there are no entries.
    """
    number = 0
    for number, entry in enumerate(entries, 1):
        try:
            yield _document(entry, replace(source, name=f"{source.name}, entry {number}"), options, env)
        except ReadError as error:
            env.note("loss", str(error), rule="feed", text=entry.title)
    if not number:
        raise EmptyFeedError(f"{source.name}: the feed has no entries")


def _document(entry: FeedEntry, source: Source, options: ReadOptions, env: Env) -> Document:
    base = entry.base or entry.url or options.base_url
    body = _xhtml_as_html(entry.body)
    root = parse_html(body, source.name)
    _add_media(root, entry.media, base)
    known = Metadata(
        headline=plain(entry.title),
        url=(resolve(entry.url, base) or "") if entry.url else "",
        guid=entry.guid,
        base=base,
        written_time=entry.published or entry.updated,
        written_update=entry.updated,
        byline=", ".join(entry.authors),
        language=entry.language,
        publication=plain(entry.publication),
        summary=plain(entry.summary) if entry.summary != entry.body else "",
        tags=entry.tags,
        source_format="feed",
        options=options,
    )
    return read_article(root, known, source, env)


def plain(text: str) -> str:
    """Return the text of a title or summary, which may be plain text, HTML or double-escaped HTML."""
    text = html.unescape(text)
    if re.search(r"</?[a-zA-Z]|&[#\w]+;", text):
        text = words_of(parse_html(text))
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Return plain text as HTML, with paragraphs split at blank lines."""
    parts = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{html.escape(part)}</p>" for part in parts if part.strip())


def _xhtml_as_html(body: str) -> str:
    """Return the body without the end tags of void elements, because HTML parses `</br>` as another line break."""
    return re.sub(r"></(?:br|hr|img|source|wbr|input|embed|track)>", ">", body)


def _add_media(root: _Element, media: tuple[Media, ...], base: str) -> None:
    """Append the files attached to an entry to its text, unless the text already refers to them.

    A picture is inserted before the text if the text has no pictures.
    """
    from lxml.etree import SubElement

    body = next(iter(root.iter("body")), root)
    shown = {
        _same(e.get(name) or "", base) for e in root.iter() for name in ("src", "href", "poster", "data-src")
    }
    has_pictures = next(root.iter("img"), None) is not None
    for each in (Media(xml_safe(m.url), m.media_type, xml_safe(m.title), xml_safe(m.credit)) for m in media):
        if not each.url or _same(each.url, base) in shown:
            continue
        shown.add(_same(each.url, base))
        kind = each.media_type.partition("/")[0]
        if kind not in ("image", "video", "audio"):
            link = SubElement(SubElement(body, "p"), "a", href=each.url)
            link.text = each.title or unquote(each.url.partition("?")[0].rpartition("/")[2]) or each.url
            continue
        holder = SubElement(body, "figure")
        if kind == "image":
            SubElement(holder, "img", src=each.url)
            if not has_pictures:
                has_pictures = True
                body.insert(0, holder)
                holder.tail, body.text = body.text, None
            if each.title or each.credit:
                caption = SubElement(holder, "figcaption")
                caption.text = each.title
                SubElement(caption, "cite").text = each.credit
        else:
            SubElement(holder, kind, src=each.url, title=each.title)


def _same(url: str, base: str) -> str:
    """Return the URL without its scheme and picture proxy, to recognise the same file."""
    address = picture_address(url, base) if url else None
    return re.sub(r"^https?:", "", address.src) if address else ""
