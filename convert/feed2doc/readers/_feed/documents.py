"""The conversion of feed entries to Documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import asdict, replace

from feed2doc._formats import ReadOptions, Source
from feed2doc._own_process import rests, step
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import EmptyFeedError, ReadError
from feed2doc.model import Document
from feed2doc.readers._article.build import read_article
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._article.times.parsing import without_seconds
from feed2doc.readers._blocks.captions.lines import ATTACHED
from feed2doc.readers._blocks.media.embeds import kind_of_file
from feed2doc.readers._feed.entry import FeedEntry, Media, Unread, mark_of
from feed2doc.readers._feed.recurring import FEWEST, recurring_in
from feed2doc.readers._html.bases import apply_bases
from feed2doc.readers._html.parse import parse_html, words_of
from feed2doc.readers._html.urls import picture_address, resolve, without_size

if TYPE_CHECKING:
    from lxml.etree import _Element

# How many entries are compared with each other before the first one is read.
_COMPARED = 30
# The elements for the types of attached files. Others are linked.
_ELEMENTS = {"image": "img", "video": "video", "audio": "audio", "text/html": "iframe"}
_PLAYED = frozenset({"video", "audio"})


# What is before a picture's own URL in that of a proxy, which cuts it to size: `.../image/fetch/w_200/https://...`.
_PROXY = pattern(r"^https?://.*[/=](?=https?://)")


def documents_of(
    entries: Iterator[Unread], source: Source, options: ReadOptions, env: Env
) -> Iterator[Document]:
    """Yield the Documents of the entries. An entry that cannot be read is noted as a loss and skipped.

    Raise EmptyFeedError if there are no entries.
    """
    first = [_known(unread) for unread in islice(entries, _COMPARED)]
    if not first:
        raise EmptyFeedError(f"{source.name}: the feed has no entries")
    recurring = _recurring_in(first, source.name) if options.compare_entries else {}
    for number, unread in enumerate(chain(first, entries), 1):
        for entry in unread.read() if step("reading it", entry=number) else ():
            if rests(number, partial(mark_of, entry)):
                continue
            named = replace(source, name=f"{source.name}, entry {number}")
            try:
                yield _document(entry, recurring, named, options, env)
            except ReadError as error:
                env.note("loss", str(error), rule="feed", text=entry.title)


def _known(unread: Unread) -> Unread:
    """Return an entry that is read once, if it is small. Reading a large one may take long."""
    return Unread(cache(unread.read), is_small=True) if unread.is_small else unread


def _recurring_in(entries: Sequence[Unread], name: str) -> dict[str, str]:
    """Return the blocks that recur in these entries. Large ones are not compared."""
    if len(entries) < FEWEST:
        return {}
    return recurring_in((entry for unread in entries if unread.is_small for entry in unread.read()), name)


def _document(
    entry: FeedEntry, recurring: dict[str, str], source: Source, options: ReadOptions, env: Env
) -> Document:
    home = (resolve(entry.home, options.base_url) if entry.home else "") or options.base_url
    url = (resolve(entry.url, home) or "") if entry.url else ""
    base = (resolve(entry.base, home) if entry.base else "") or url or home
    root = parse_html(entry.body, source.name)
    if "xml:base" in entry.body:
        apply_bases(root, base)
    _add_media(root, entry.media, base, entry.title)
    known = Metadata(
        headline=entry.title,
        url=url,
        guid=entry.guid,
        base=base,
        written_time=without_seconds(entry.published or entry.updated),
        written_update=without_seconds(entry.updated),
        authors=entry.authors,
        language=entry.language,
        publication=entry.publication,
        summary=entry.summary,
        tags=entry.tags,
        source_format="feed",
        generator=entry.generator,
        feeds=(entry.home, *entry.spaces),
        recurring=recurring,
        options=options,
    )
    return read_article(root, known, source, env)


def _add_media(root: _Element, media: tuple[Media, ...], base: str, headline: str) -> None:
    """Append the files attached to an entry to its text, unless the text already refers to them.

    A link to a sound or film, which may be one of the lines below a player that are left out, is not enough. The same
    file may come from another host, which counts its readers. A picture is inserted before the text if the text has no
    pictures, except that of a post, which has no headline. What the headline says is not its caption.
    """
    from lxml.etree import SubElement

    body = next(iter(root.iter("body")), root)
    words, known = "".join(words_of(body).split()), ("".join(headline.split()),)
    players = root.iter("audio", "video")
    played = {end for e in players for f in e.iter() if (end := _path_end(f.get("src") or ""))}
    sources = [e.get(name) or "" for e in root.iter() for name in ("src", "poster")]
    shown = {_same(each, base) for each in sources}
    files = {_file_of(each, base) for each in sources} if any(each.is_default for each in media) else ()
    linked = {_same(e.get("href") or "", base) for e in root.iter("a")}
    has_pictures = not all(map(_is_pixel, root.iter("img")))
    for each in map(_safe, media):
        if (
            not each.url
            or _same(each.url, base) in shown
            or (each.is_default and _file_of(each.url, base) in files)
        ):
            continue
        kind = _ELEMENTS.get(each.media_type) or _ELEMENTS.get(each.media_type.partition("/")[0])
        if kind is None:  # no type, or one that says little
            kind = _ELEMENTS.get(kind_of_file(each.url))
        if _path_end(each.url) in played if kind in _PLAYED else _same(each.url, base) in linked:
            continue
        shown.add(_same(each.url, base))
        said = "".join(each.title.split())
        title = each.title if said not in words and said not in known else ""
        if kind is None:
            link = SubElement(SubElement(body, "p"), "a", href=each.url)
            link.text = each.title or unquote(each.url.partition("?")[0].rpartition("/")[2]) or each.url
            continue
        holder = SubElement(body, "figure")
        shown_file = SubElement(holder, kind, src=each.url)
        if kind != "img":
            is_named = bool(each.name) and "".join(each.name.split()) not in (*known, said)
            shown_file.set("title", each.name if is_named else title or each.name)
            title = title if is_named else ""
            if each.poster:
                shown_file.set("poster", each.poster)
        elif headline and not has_pictures:
            has_pictures = True
            shown_file.set(ATTACHED, "")
            body.insert(0, holder)
            holder.tail, body.text = body.text, None
        if title or each.credit:
            caption = SubElement(holder, "figcaption")
            caption.text = title
            SubElement(caption, "cite").text = each.credit


def _is_pixel(picture: _Element) -> bool:
    """Return True for a picture of one pixel, which counts readers."""
    return picture.get("width") == picture.get("height") == "1"


def _safe(media: Media) -> Media:
    """Return a file whose strings may be in a tree."""
    texts = {name: xml_safe(text) for name, text in asdict(media).items() if isinstance(text, str)}
    return replace(media, **texts)


def _file_of(url: str, base: str) -> tuple[str, str]:
    """Return the host and the name of a file, which are the same if a site has it once for the text and once for the feed."""
    start, _, name = _same(url, base).rpartition("/")
    return host_of(f"https:{start}"), name


def _path_end(url: str) -> str:
    """Return the folder and name of a file with a number in them, which a URL keeps on another host, or ""."""
    end = "/".join(unquote(url.partition("?")[0]).split("/")[-2:]).lower()
    return end if any(map(str.isdigit, end.rpartition(".")[0])) else ""


def _same(url: str, base: str) -> str:
    """Return the URL without its scheme, picture proxy and size, to recognise the same file."""
    address = picture_address(url, base) if url else None
    if address is None:
        return ""
    src = _PROXY.sub("", unquote(address.src) if "%3" in address.src else address.src)
    return without_size(src)
