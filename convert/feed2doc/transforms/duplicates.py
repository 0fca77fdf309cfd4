"""Merging duplicates of the same article.

A shared guid, URL or text makes two articles candidates; their words decide whether they are the same. Guids are
unique only within a feed, and many items may link to the same page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from feed2doc._locale.labels import labels
from feed2doc._text.urls import host_of, normalize_url
from feed2doc.env import Env
from feed2doc.model import Credit, Document, Image, Link, Text, walk, words_in

_PIECE = 8  # letters
_SAME = 0.5  # the share of the shorter text's pieces that the longer one must have, for two versions of an article
_WHOLE = 0.8  # the share of the longest version's length that a newer one must have, or it is only an excerpt
_LONG_ENOUGH = 400  # letters; a shorter text, such as a call for letters or a picture of the day, may recur under several headlines
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


class _Copy(Struct, frozen=True):
    """An article with the values that it is compared by: its letters, pictures and keys."""

    document: Document
    letters: str
    pictures: int
    keys: tuple[str, ...]

    def is_version_of(self, other: _Copy) -> bool:
        """Return True if both are the same article: each has most of the other's words."""
        shorter, longer = sorted((self.letters, other.letters), key=len)
        if shorter == longer:
            same_headline = self.document.headline == other.document.headline
            return len(shorter) >= _LONG_ENOUGH or (same_headline and self.pictures == other.pictures)
        pieces = {shorter[at : at + _PIECE] for at in range(max(1, len(shorter) - _PIECE + 1))}
        return bool(shorter) and sum(piece in longer for piece in pieces) >= _SAME * len(pieces)


def merged(documents: Iterable[Document], env: Env) -> list[Document]:
    """Return the articles in order without duplicates; a merged article takes the place of its first copy.

    Articles are duplicates if they share a guid, a URL (after `normalize_url`) or a text, and most of their words are the
    same. The newest complete version is kept. A credit lists the other URLs, and each removed copy is noted as a notice.
    """
    groups: list[list[_Copy]] = []
    known: dict[str, list[_Copy]] = {}
    for document in documents:
        copy = _copy(document)
        alike = (each for key in copy.keys for each in known.get(key, ()))
        found = {
            id(group): group
            for each in alike
            if copy.is_version_of(each)
            for group in groups
            if each in group
        }
        into, *others = found.values() or ([],)
        if not found:
            groups.append(into)
        into.append(copy)
        for other in others:  # this copy shows that these groups are the same article
            into += other
            groups = [group for group in groups if group is not other]
        for key in copy.keys:
            known.setdefault(key, []).append(copy)
    return [_one_of(group, env) for group in groups]


def _copy(document: Document) -> _Copy:
    letters = re.sub(r"[\W_]+", "", words_in(document))
    keys = [f"id {document.id}"]
    if address := normalize_url(document.url):
        keys.append(f"url {address}")
    if letters:
        keys.append(f"text {hashlib.sha256(letters.encode('utf-8', 'replace')).hexdigest()}")
    pictures = sum(isinstance(node, Image) for node in walk(document))
    return _Copy(document, letters, pictures, tuple(keys))


def _one_of(group: list[_Copy], env: Env) -> Document:
    if len(group) == 1:
        return group[0].document
    longest = max(len(copy.letters) for copy in group)
    whole = [copy for copy in group if len(copy.letters) >= _WHOLE * longest]
    best = max(whole, key=lambda copy: (_moment(copy.document), len(copy.letters), copy.pictures)).document
    addresses = {normalize_url(best.url): best.url}
    for document in (copy.document for copy in group):
        addresses.setdefault(normalize_url(document.url), document.url)
        if document is not best:
            where = f" ({document.url})" if normalize_url(document.url) != normalize_url(best.url) else ""
            message = f"merged with another copy{where}: {best.headline or best.url or best.id}"
            env.note("notice", message, rule="duplicates")
    others = [url for key, url in addresses.items() if key and url != best.url]
    words = labels(best.language)
    also = Text(f"{words['also']}{words['colon']}")
    notes = tuple(Credit("note", (also, Link((Text(host_of(url)),), url)), url=url) for url in others)
    return msgspec.structs.replace(best, credits=(*best.credits, *notes))


def _moment(document: Document) -> datetime:
    return document.updated or document.archived or document.published or _BEGINNING
