"""Turning documents into rows of the library. This is done by worker processes."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec
from msgspec.structs import replace

from feed2doc._files.atomic import save
from feed2doc._locale.dates import iso_time
from feed2doc._locale.labels import labels
from feed2doc._locale.tags import language_tag
from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import clean, printable
from feed2doc._text.urls import host_of
from feed2doc.assets import Picture
from feed2doc.batch.state.sources import KnownEntry
from feed2doc.env import Env
from feed2doc.model import (
    Document,
    Paragraph,
    images_of,
    plain_article,
    title_from_text,
    title_text,
)
from feed2doc.pictures.profiles import Profile
from feed2doc.pictures.resize import as_fitted, fit
from feed2doc.shelf.library.words import tokens
from feed2doc.syncing.identity import article_of, facts_of

PICTURES = "pictures"
_LONGEST_TITLE, _LONGEST_SUMMARY, _LONGEST_NAME = 600, 400, 120
_MOST_AUTHORS, _MOST_TAGS = 8, 12
# Paragraphs of a summary that is made from the text.
_SUMMED = 4
_HASH_DIGITS = 12
_PICTURE = pattern(r"[0-9a-f]{32}\.[a-z]{3,4}")


class Incoming(msgspec.Struct, frozen=True):
    """An article that is ready to be put into the library.

    `said` is what identifies it in its source. `document` is the model's JSON, compressed; `words` are the tokens of title,
    authors and text. `pictures` has the names of the picture files by the addresses in the document.
    """

    source: str
    said: KnownEntry
    facts: str
    hash: str
    title: str
    language: str
    published: str
    when: float
    summary: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    url: str
    document: bytes
    words: tuple[str, str, str]
    pictures: dict[str, str]
    picture: str
    look: str = ""


def prepared(document: Document, env: Env, folder: Path, *, source: str = "", look: str = "") -> Incoming:
    """Return a document as it is put into the library in `folder`, where its pictures are saved.

    `source` is the name of its source if the document does not state its publication or address. `look` is that of its books.
    """
    text = plain_article(document)
    title = line(document.headline or title_from_text(document), _LONGEST_TITLE)
    pictures = saved_pictures(document, env, folder)
    data = msgspec.json.encode(document)
    said = facts_of(document)
    lead = next((image.src for image in images_of(document) if image.src in pictures), "")
    language = language_tag(document.language) or "und"
    authors = [line(person.name, _LONGEST_NAME) for person in document.byline]
    publication = line(document.publication, _LONGEST_NAME)
    return Incoming(
        source=publication or host_of(document.url) or source or labels(language)["other"],
        said=said,
        facts=article_of(said),
        hash=_hash(document, pictures, look),
        title=title or labels(language)["untitled"],
        language=language,
        published=iso_time(document.published, document.published_has_time) if document.published else "",
        when=document.published.timestamp() if document.published else 0.0,
        summary=line(_summary(document), _LONGEST_SUMMARY),
        authors=tuple(filter(None, authors[:_MOST_AUTHORS])),
        tags=tuple(filter(None, (line(tag, _LONGEST_NAME) for tag in document.tags[:_MOST_TAGS]))),
        url=document.url if document.url.startswith(("http://", "https://")) else "",
        document=zlib.compress(data, 3),
        words=(tokens(title), tokens(" ".join(authors)), tokens(text)),
        pictures=pictures,
        picture=pictures.get(lead, ""),
        look=look,
    )


def _summary(document: Document) -> str:
    """Return the summary of an article, or the beginning of its text, without captions and lists."""
    if stated := document.summary or title_text(document.standfirst):
        return stated
    blocks = (block for section in document.sections for block in section.blocks)
    paragraphs = (title_text(block.content) for block in blocks if isinstance(block, Paragraph))
    return " ".join(islice(paragraphs, _SUMMED))


def line(text: str, longest: int) -> str:
    """Return the text on one line, without control characters, cut at the end of a word if it is too long."""
    text = " ".join(printable(clean(text[: 4 * longest])).split())
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return (cut[: cut.rfind(" ")] if " " in cut[longest // 2 :] else cut) + "…"


def _hash(document: Document, pictures: dict[str, str], look: str) -> str:
    """Return a hash that changes with the article: of the document without the time when it was archived, and its pictures."""
    content = msgspec.json.encode(replace(document, archived=None))
    found = hashlib.sha256(content)
    for name in (*sorted(pictures.values()), look):
        found.update(name.encode())
    return found.hexdigest()[:_HASH_DIGITS]


def later_hash(hash: str, pictures: dict[str, str]) -> str:
    """Return the hash of the same article with pictures that came later."""
    names = " ".join(sorted(pictures.values()))
    return content_hash(hash) + hashlib.sha256(names.encode()).hexdigest()[:_HASH_DIGITS]


def content_hash(hash: str) -> str:
    """Return the hash of an article as it came in, without that of pictures that came later."""
    return hash[:_HASH_DIGITS]


def saved_pictures(document: Document, env: Env, folder: Path) -> dict[str, str]:
    """Save the pictures of a document that are at hand, and return the names of their files by address."""
    found = {}
    for src in dict.fromkeys(image.src for image in images_of(document)):
        picture = env.assets.get(src) if env.assets.is_fitted(src) else _fitted(env.assets.raw(src))
        if picture is not None:
            found[src] = _saved(picture, folder / PICTURES)
    return found


def _fitted(data: bytes | None) -> Picture | None:
    return fit(data, Profile()) if data else None


def _saved(picture: Picture, folder: Path) -> str:
    name = f"{picture.digest[:32]}.{picture.extension}"
    path = folder / name[:2] / name
    try:
        os.utime(path)  # a file that is not used, but about to be, is not old (`unused.remove_unused`)
    except FileNotFoundError:
        save(path, picture.data, named=False)
    return name


def kept_picture(folder: Path, name: str) -> Picture | None:
    """Return a picture of the library. One that is as it was saved is not fitted again: that takes as long as the first time."""
    data = picture_path(folder, name).read_bytes()
    kept = as_fitted(data, Profile())
    return kept if kept and name.startswith(kept.digest[:32]) else fit(data, Profile())


def picture_files(folder: Path) -> Iterator[Path]:
    """Yield the files of the pictures in the library."""
    for path in (folder / PICTURES).glob("*/*"):
        if _PICTURE.fullmatch(path.name) and path.name.startswith(path.parent.name):
            yield path


def picture_path(folder: Path, name: str) -> Path:
    """Return the path of a picture in the library."""
    return folder / PICTURES / name[:2] / name


def document_of(data: bytes) -> Document:
    """Return the document of a row."""
    return msgspec.json.decode(zlib.decompress(data), type=Document)
