"""Entries of JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import msgspec

from feed2doc._formats import Source
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import LimitError, ReadError
from feed2doc.readers._feed.entry import SMALL, FeedEntry, Media, Unread
from feed2doc.readers._feed.text import body_of_html, body_of_text, paragraphs, title_of_text
from feed2doc.readers._html.decode import decode

# Lists and objects need about 30 times the memory of their text. A feed of 10,000 entries has some 30,000 of them.
_MOST = 1_000_000
_STRING = pattern(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"')


def json_entries(source: Source, env: Env) -> Iterator[Unread]:
    """Yield the entries of a JSON Feed. An entry that is not an object is noted as a loss.

    Raise ReadError if the input is not JSON or not a JSON Feed, and LimitError if it is made to fill the memory.
    """
    junk, brace, rest = decode(source, env).partition("{")
    if visible := junk.strip(" \n\ufeff"):
        env.note("dropped", "text before the feed", rule="feed", text=visible[:500])
    if _values(rest) > _MOST and _values(_STRING.sub("", rest)) > _MOST:
        raise LimitError(f"{source.name}: the JSON Feed has more than {_MOST:,} lists and objects")
    feed = _decoded(brace + rest, source.name)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ReadError(f"{source.name}: the JSON Feed has no list of items")
    for number, item in enumerate(feed["items"], 1):
        if isinstance(item, dict):
            is_small = sum(len(_text(item, name)) for name in ("content_html", "content_text")) <= SMALL
            yield Unread(partial(_entry, item, feed), is_small)
        else:
            env.note(
                "loss", f"entry {number} of the feed is not an object", rule="feed", text=str(item)[:200]
            )


def _decoded(text: str, name: str) -> Any:
    """Return the value of a JSON text. Halves of emoji, which programs that cut titles leave, and raw tabs and line breaks are
    tolerated. Raise ReadError if it is not valid otherwise."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        import json

        with suppress(ValueError, RecursionError):
            return json.loads(text, strict=False)
        raise ReadError(f"{name}: not valid JSON: {error}") from error


def _values(text: str) -> int:
    return text.count("[") + text.count("{")


def _entry(item: dict[str, Any], feed: dict[str, Any]) -> tuple[FeedEntry]:
    text, summary = _text(item, "content_text"), _text(item, "summary")
    body = body_of_html(_text(item, "content_html")) or body_of_text(text)
    authors = _people(item) or _people(feed)
    entry = FeedEntry(
        title=title_of_text(_text(item, "title")),
        body=body or paragraphs(summary),
        summary=title_of_text(summary) if body else "",
        url=_text(item, "url") or _text(item, "external_url"),
        guid=_text(item, "id"),
        home=_text(feed, "home_page_url") or _text(feed, "feed_url"),
        authors=tuple(dict.fromkeys(authors)),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        tags=tuple(xml_safe(str(tag)) for tag in _list(item, "tags")),
        language=_text(item, "language") or _text(feed, "language"),
        publication=title_of_text(_text(feed, "title")),
        media=tuple(_media(item)),
    )
    return (entry,)


def _media(item: dict[str, Any]) -> Iterator[Media]:
    if image := _text(item, "image") or _text(item, "banner_image"):
        yield Media(image, "image/*")
    for each in _list(item, "attachments"):
        if isinstance(each, dict):
            yield Media(_text(each, "url"), _text(each, "mime_type"), _text(each, "title"))
    if _text(item, "url") and (related := _text(item, "external_url")):  # the page that a link post is about
        yield Media(related, title=related)


def _people(holder: dict[str, Any]) -> list[str]:
    people = [*_list(holder, "authors"), holder.get("author")]  # `author` is from version 1.0
    return [name for person in people if isinstance(person, dict) and (name := _text(person, "name"))]


def _text(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    return xml_safe(str(value)) if isinstance(value, str | int | float) else ""  # ids may be numbers


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []
