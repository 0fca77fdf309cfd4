"""Files attached to the entries of an XML feed: enclosures and Media RSS (https://www.rssboard.org/media-rss)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import filterfalse
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._locale.labels import labels
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._feed.entry import Media
from feed2doc.readers._feed.text import title_of_html
from feed2doc.readers._html.parse import raw_text_of
from feed2doc.readers._html.pictures.file_names import is_file_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEDIA = (
    "{http://search.yahoo.com/mrss/}",
    "{http://search.yahoo.com/mrss}",
    "{http://video.search.yahoo.com/mrss/}",
    # Squarespace and Webflow name the page of the specification.
    "{http://www.rssboard.org/media-rss}",
    "{https://www.rssboard.org/media-rss}",
)
_PREFIX = pattern(
    r"xmlns:(\w+)\s*=\s*[\"']https?://(?:(?:video\.)?search\.yahoo\.com/mrss|www\.rssboard\.org/media-rss)/?[\"']"
)
_DESCRIPTION = pattern(r"<(\w+):(description|title)\b[^<>]*?(/?)>")
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_CHAPTERS = ("{http://podlove.org/simple-chapters}", "{https://podlove.org/simple-chapters}")
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_ENTRIES = ("item", "entry")
_FEEDS = ("channel", "feed")
_SHOWN = frozenset(f"{prefix}{name}" for prefix in _MEDIA for name in ("content", "group", "thumbnail"))
_PICTURES, _WEB = ("image", "thumbnail", "featured_image"), ("http://", "https://", "//")
_ICON = 64
_MEDIUMS = ("audio", "image", "video")
_PLAYER = "application/x-shockwave-flash"
# The bit rate and other sizes of a file.
_NUMBER = pattern(r"\d{1,12}(?:\.\d{1,6})?")


class Chapter(Struct, frozen=True):
    """A chapter of a podcast (https://podlove.org/simple-chapters/)."""

    start: str
    title: str
    url: str = ""


class Person(Struct, frozen=True):
    """A person of a podcast (https://github.com/Podcastindex-org/podcast-namespace, docs/tags/person.md)."""

    name: str
    role: str
    url: str = ""


class Attached(Struct, frozen=True):
    """The files, chapters and people of an entry.

    `text` is the description of the first file, which may be the only text of the entry, and `picture` the URL of the
    picture of an episode, unless it is that of the whole podcast.
    """

    files: tuple[Media, ...] = ()
    text: str = ""
    chapters: tuple[Chapter, ...] = ()
    people: tuple[Person, ...] = ()
    picture: str = ""


def attached(text: str) -> list[Attached]:
    """Return what is attached to each entry of the feed, in order."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root = etree.fromstring(text.encode(), parser)
    if root is None:
        return []
    found = [each for each in root.iter(etree.Element) if _local(each) in _ENTRIES]
    language = next((raw_text_of(each) for each in root.iter("language")), "")
    own = {
        url for each in root.iter(etree.Element) if _local(each) in _FEEDS for url in ("", *_pictures(each))
    }
    return [
        Attached(
            (*_files(entry), *_transcripts(entry, language)),
            _first_description(entry),
            tuple(_chapters(entry)),
            tuple(_people(entry)),
            next((url for url in _pictures(entry) if url not in own), ""),
        )
        for entry in found
    ]


def without_descriptions(text: str) -> str:
    """Return the feed without the titles and descriptions of files, which feedparser takes for those of the entry."""
    prefixes = set(_PREFIX.findall(text))
    pieces, start = [], 0
    for found in _DESCRIPTION.finditer(text):
        if found.start() < start or found[1] not in prefixes:
            continue
        closing = f"</{found[1]}:{found[2]}>"
        end = found.end() if found[3] else text.find(closing, found.end()) + len(closing)
        if end < found.end():
            break
        pieces.append(text[start : found.start()])
        start = end
    return "".join([*pieces, text[start:]])


def _first_description(entry: _Element) -> str:
    return next((raw_text_of(each) for each in _media(entry, "description")), "")


def _files(entry: _Element) -> Iterator[Media]:
    """Yield the contents and enclosures of an entry, or its thumbnails if it has neither."""
    contents = list(_media(entry, "content"))
    files = list(_one_of_each_group(contents))
    for content in files:
        kind, medium = content.get("type") or "", content.get("medium") or ""
        if not kind or (kind.startswith("application/") and kind != _PLAYER and medium in _MEDIUMS):
            kind = f"{medium or 'image'}/*"
        holders = _holders(content, entry, is_alone=len(files) == 1)
        url = content.get("url") or ""
        if not url and (player := next(_media(content, "player"), None)) is not None:
            kind, url = "text/html", player.get("url") or ""
        if kind == _PLAYER:  # which no program plays
            kind, url = "text/html", _page(entry) or url
        name, description = (
            "" if is_file_name(words, url) else words
            for words in (_text(holders, key) for key in ("title", "description"))
        )
        title = description or name
        still = next((_preview(each) for holder in holders for each in _media(holder, "thumbnail")), "")
        poster = "" if kind.startswith("image/") else still
        is_default = content.get("isDefault") == "true"
        yield Media(url, kind, title, _text(holders, "credit"), name, poster, is_default)
    enclosures = [each for each in entry if _is_enclosure(each)]
    for each in enclosures:
        url = each.get("url") or each.get("href") or ""
        title = each.get("title") or ""
        if not contents and len(enclosures) == 1:
            title = title or _text([entry], "description") or _text([entry], "title")
        yield Media(url, each.get("type") or "", title)
    if not contents and not enclosures:
        for thumbnail in filterfalse(_is_icon, _media(entry, "thumbnail")):
            yield Media(_preview(thumbnail), "image/*")


def _page(entry: _Element) -> str:
    """Return the URL of the page of an entry in Atom."""
    links = (each for each in entry if _local(each) == "link" and each.get("rel", "alternate") == "alternate")
    return next((each.get("href") or "" for each in links), "")


def _transcripts(entry: _Element, language: str) -> Iterator[Media]:
    """Yield the first transcript of a podcast, as a download. Others are the same in other formats."""
    for each in entry.iter(f"{_PODCAST}transcript"):
        title = labels(each.get("language") or language or "en")["transcript"]
        yield Media(each.get("url") or "", title=title)
        return


def _chapters(entry: _Element) -> Iterator[Chapter]:
    for each in entry.iter(*(f"{prefix}chapter" for prefix in _CHAPTERS)):
        start = (each.get("start") or "").partition(".")[0]
        if title := " ".join((each.get("title") or "").split()):
            yield Chapter(start, title, each.get("href") or "")


def _people(entry: _Element) -> Iterator[Person]:
    for each in entry.iter(f"{_PODCAST}person"):
        if name := " ".join(raw_text_of(each).split()):
            yield Person(
                name, " ".join((each.get("role") or "host").split()).capitalize(), each.get("href") or ""
            )


def _pictures(holder: _Element) -> Iterator[str]:
    """Yield the URLs of the pictures of an episode or a podcast, and then of those that RSS does not know in an item."""
    yield from (each.get("href") or "" for each in holder if each.tag == f"{_ITUNES}image")
    if not any(map(_may_be_picture, holder)):
        yield from (_address_in(each) for each in holder if each.tag in _PICTURES)


def _may_be_picture(element: _Element) -> bool:
    """Return True for a file in the usual elements, of which a picture in others may be another size."""
    kind = element.get("type") or element.get("medium") or "image"
    return (_is_enclosure(element) or element.tag in _SHOWN) and kind.startswith("image")


def _address_in(picture: _Element) -> str:
    """Return the only word of a picture, if it is a URL: that in the element, or in its `url`."""
    address = picture.find("url")
    words = raw_text_of(address if address is not None else picture).split()
    return words[0] if len(words) == 1 and words[0].startswith(_WEB) else ""


def _preview(thumbnail: _Element) -> str:
    """Return the URL of a preview picture, which note.com has in the element instead of an attribute."""
    return thumbnail.get("url") or _address_in(thumbnail)


def _is_icon(thumbnail: _Element) -> bool:
    """Return True if a preview picture is as small as the picture of an author."""
    sizes = [thumbnail.get(name) or "" for name in ("width", "height")]
    return all(size.isascii() and size.isdigit() and int(size) <= _ICON for size in sizes)


def _is_enclosure(element: _Element) -> bool:
    name = _local(element)
    return name == "enclosure" or (name == "link" and element.get("rel") == "enclosure")


def _one_of_each_group(contents: list[_Element]) -> Iterator[_Element]:
    """Yield the contents, but only the best one of a group, which are versions of the same file.

    So are pictures that say their width and have the same address, but for what follows its `?`.
    """
    grouped: dict[_Element | str, list[_Element]] = {}
    for content in contents:
        group = content.getparent()
        address, mark, _ = (content.get("url") or "").partition("?")
        if group is not None and _local(group) == "group":
            grouped.setdefault(group, []).append(content)
        elif mark and content.get("width"):
            grouped.setdefault(address, []).append(content)
        else:
            yield content
    for versions in grouped.values():
        yield max(versions, key=_quality)


def _quality(content: _Element) -> tuple[bool, bool, tuple[float, ...]]:
    """Return what ranks a version of a file: the default one, a film or sound rather than its picture, then the size."""
    kind = content.get("type") or content.get("medium") or ""
    sizes = [
        float(value) if _NUMBER.fullmatch(value := content.get(name) or "") else 0.0
        for name in ("width", "height", "bitrate", "samplingrate", "fileSize")
    ]
    return content.get("isDefault") == "true", kind.startswith(("video", "audio")), tuple(sizes)


def _holders(content: _Element, entry: _Element, *, is_alone: bool) -> list[_Element]:
    """Return the elements whose title, description and credit apply to the content, the nearest first."""
    group = content.getparent()
    around = [group] if group is not None and _local(group) == "group" else []
    return [content, *around, *([entry] if is_alone else [])]


def _text(holders: list[_Element], name: str) -> str:
    for holder in holders:
        for element in holder:
            if element.tag in [prefix + name for prefix in _MEDIA] and (text := raw_text_of(element).strip()):
                return title_of_html(text)
    return ""


def _media(entry: _Element, name: str) -> Iterator[_Element]:
    return entry.iter(*(prefix + name for prefix in _MEDIA))


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
