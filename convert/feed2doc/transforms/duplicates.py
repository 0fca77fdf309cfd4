"""The same article met twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from feed2doc._labels import labels
from feed2doc._urls import canonical, host_of
from feed2doc._walking import words_in
from feed2doc.env import Env
from feed2doc.model import Credit, Document, Link, Text

# Shorter texts may be alike by chance ("no comment", a picture of the day).
_LEAST_CHARACTERS = 80
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def merged(documents: Iterable[Document], env: Env) -> list[Document]:
    """The articles in their order, each once; the first place of one that came several times is its place.

    The same are articles of one guid, of one address (`canonical`), or with the same text. The newest version stays, of
    equally new ones the longest. A credit names the other addresses, and a diagnostic is noted for each that went.
    """
    groups: list[list[Document]] = []
    known: dict[str, list[Document]] = {}
    for document in documents:
        keys = _keys(document)
        group = next((known[key] for key in keys if key in known), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(document)
        for key in keys:
            known.setdefault(key, group)
    return [_one_of(group, env) for group in groups]


def _keys(document: Document) -> list[str]:
    text = _letters(document)
    keys = [f"id {document.id}"]
    if address := canonical(document.url):
        keys.append(f"url {address}")
    if len(text) >= _LEAST_CHARACTERS:
        keys.append(f"text {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}")
    return keys


def _letters(document: Document) -> str:
    """The text without what two copies of it may differ in: spaces and punctuation."""
    return re.sub(r"[\W_]+", "", words_in(document))


def _one_of(group: list[Document], env: Env) -> Document:
    if len(group) == 1:
        return group[0]
    best = max(group, key=lambda d: (d.updated or d.archived or d.published or _BEGINNING, len(_letters(d))))
    addresses = {canonical(best.url): best.url}
    for each in group:
        addresses.setdefault(canonical(each.url), each.url)
        if each is not best:
            where = f" ({each.url})" if canonical(each.url) != canonical(best.url) else ""
            message = f"merged with another copy{where}: {best.headline or best.url or best.id}"
            env.note("notice", message, rule="duplicates")
    others = [url for key, url in addresses.items() if key and url != best.url]
    words = labels(best.language)
    notes = tuple(
        Credit("note", (Text(f"{words['also']}{words['colon']}"), Link((Text(host_of(url)),), url)), url=url)
        for url in others
    )
    return msgspec.structs.replace(best, credits=(*best.credits, *notes))
