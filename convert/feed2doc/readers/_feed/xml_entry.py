"""Entries of XML feeds as feedparser returns them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urljoin

from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._feed.entry import FeedEntry, Media
from feed2doc.readers._feed.media import Attached, Chapter, Person
from feed2doc.readers._feed.text import (
    body_of_html,
    body_of_text,
    lines_of_body,
    title_of_body,
    title_of_html,
    title_of_text,
)

# Elements with a whole article next to its summary, as feedparser names them: those of Yandex, which other aggregators ask for, too.
_FULL_TEXTS = ("full-text", "yandex_full-text", "turbo_content")
# The number of characters of text that a picture is worth.
_PICTURE = 40
# Titles of links that name a format or a register of the same text, as those of arXiv.
_FORMATS = frozenset({"pdf", "ps", "doi", "html", "epub"})
# Elements of a system's own that have the name of the author.
_OWN_NAMES = frozenset({"creatorname", "authorname"})
# Hosts of services that count clicks on the links of a feed.
_REDIRECTS = pattern(
    r"https?://(?:feedproxy\.google\.com|feeds?\d?\.feedburner\.com|rss\.feedsportal\.com)/", re.I
)

# An address with a name in brackets, an address or account alone, and a name before an address.
_MAILED = pattern(
    r"[^\s@]{1,80}@[^\s@()<>]{3,120}\s{1,3}\((?P<after>[^()]{1,120})\)|(?P<alone>@?[^\s@]{1,80}@[^\s@()<>]{3,120})"
    r"|(?P<before>[^@<>]{1,120}?)\s{0,3}<[^\s@<>]{1,80}@[^\s@<>]{3,120}>"
)
# The site of an author after the name: `Ann Ba (quay.example)`.
_SITE = pattern(r"(?<=\w)\s\((?:https?://)?[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.[a-z]{2,16}/?\)$")
# A name in an object that a template wrote as it is: of JSON, Ruby or Go (`{"name"=>"Ann Ba", ...}`, `map[name:Ann Ba ...]`).
_OBJECT = pattern(r"(?:\[?\{|map\[|\[object )")
_NAME_IN_OBJECT = pattern(
    r"""[{,\s][:"']?name["']?\s?(?:=>|:)\s?(?P<mark>["'])(?P<name>.{1,120}?)(?P=mark)"""
    r"""|\bmap\[(?:[^\[\]]{0,200}\s)?name:(?P<bare>[^\[\]:]{1,120}?)(?=\s\w{1,30}:|\])"""
)


def entry_of(entry: Any, parsed: Any, attached: Attached) -> FeedEntry:
    """Return an entry that feedparser parsed, with the files that are attached to it."""
    feed = parsed["feed"]
    is_atom = str(parsed.get("version") or "").startswith("atom")
    full = [{"value": text} for name in _FULL_TEXTS if isinstance(text := entry.get(name), str) and text]
    details = [*(entry.get("content") or ()), *full, entry.get("summary_detail") or {}]
    title = _line(entry, "title", is_atom=is_atom)
    bodies = [_body(detail, is_atom=is_atom) for detail in details]
    articles = list(zip(bodies, details, strict=True))
    if any(bodies[:-1]) and _is_label(bodies[-1], title):
        articles.pop()
    body, detail = max(articles, key=lambda pair: _weight(pair[0], pair[0] is bodies[-1]))
    source = entry.get("source") or {}
    named = _line(source, "title", is_atom=is_atom) or _line(feed, "title", is_atom=is_atom)
    names = _names_of(entry) or _names_of(source) or [each for each in _names_of(feed) if "@" not in each]
    summary = lines_of_body(bodies[-1]) if body != bodies[-1] else ""
    hosts = [person.name for person in attached.people if person.role == "Host"]
    authors = tuple(dict.fromkeys(" ".join(name.split()) for name in (*hosts, *names) if name.strip()))
    body = body or body_of_html(str(entry.get("subtitle") or "") or attached.text)  # of a podcast or film
    selves = [link.get("href") or "" for link in feed.get("links") or () if link.get("rel") == "self"]
    # A relative address is one of the host that the feed itself comes from.
    home = urljoin(next(iter(selves), ""), str(feed.get("link") or ""))
    return FeedEntry(
        title=title,
        body=_with_people(_with_chapters(body, attached.chapters), attached.people, authors),
        summary=summary,
        url=_link(entry) or "",
        guid=entry.get("id") or "",
        base=detail.get("base") or "",
        home=home,
        authors=authors,
        # Its own `get` substitutes one time for the other. Dublin Core has the time of creation.
        published=str(dict.get(entry, "published") or dict.get(entry, "created") or ""),
        updated=str(dict.get(entry, "updated") or ""),
        tags=tuple(dict.fromkeys(t for tag in entry.get("tags") or () if (t := _tag(tag)))),
        language=detail.get("language") or feed.get("language") or "",
        publication=named if named != title else _line(feed, "title", is_atom=is_atom),
        media=(*_episode_picture(body, attached), *attached.files, *_related(entry)),
        spaces=tuple(map(str, (parsed.get("namespaces") or {}).values())),
        generator=f"{feed.get('generator') or ''} {(feed.get('generator_detail') or {}).get('href') or ''}".strip(),
    )


def _names_of(holder: Any) -> list[str]:
    """Return the authors of an entry, a source or a feed.

    RSS has an address with the name in brackets. feedparser cuts addresses whose last part has more than four letters.
    """
    people = holder.get("authors") or ()
    if len(people) == 1 and (mailed := _MAILED.fullmatch(str(holder.get("author") or "").strip())):
        return [mailed["after"] or mailed["alone"] or mailed["before"]]
    names = [name for person in people if (name := _named(title_of_html(str(person.get("name") or ""))))]
    if not names:  # `note:creatorName` of note.com
        own = (value for key, value in holder.items() if key.rpartition("_")[2] in _OWN_NAMES)
        names = [name for value in own if isinstance(value, str) and (name := title_of_html(value))]
    return names or [address for person in people if (address := str(person.get("email") or ""))]


def _named(name: str) -> str:
    """Return a name without its site, or the one in an object that stands in its place, or "" if there is none."""
    if not _OBJECT.match(name):
        return _SITE.sub("", name) if name.endswith(")") else name
    found = _NAME_IN_OBJECT.search(name)
    return found["name"] or found["bare"] if found else ""


def _with_chapters(body: str, chapters: tuple[Chapter, ...]) -> str:
    """Return a body with the chapters of a podcast, unless it lists them itself."""
    words = title_of_body(body)
    if all(chapter.title in words for chapter in chapters):
        return body
    rows = (
        f'{escape(each.start)} <a href="{escape(each.url)}">{escape(each.title)}</a>'
        if each.url
        else escape(f"{each.start} {each.title}")
        for each in chapters
    )
    return f"{body}<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"


def _with_people(body: str, people: tuple[Person, ...], authors: tuple[str, ...]) -> str:
    """Return a body with the people of a podcast that neither it nor the byline names."""
    words = title_of_body(body)
    rows = (
        f"{escape(each.role)}: "
        + (f'<a href="{escape(each.url)}">{escape(each.name)}</a>' if each.url else escape(each.name))
        for each in people
        if each.name not in authors and not _names(words, each.name)
    )
    return body + "".join(f"<p>{row}</p>" for row in rows)


def _names(text: str, person: str) -> bool:
    """Return True if a text names a person; in scripts with spaces, by whole words."""
    before = "" if is_character(person[0]) else r"(?<!\w)"
    after = "" if is_character(person[-1]) else r"(?!\w)"
    return re.search(f"{before}{re.escape(person)}{after}", text) is not None


def _episode_picture(body: str, attached: Attached) -> Iterator[Media]:
    """Yield the picture of an episode if its text has no picture."""
    if attached.picture and "<img" not in body:
        yield Media(attached.picture, "image/*")


def _weight(body: str, is_summary: bool) -> tuple[int, int]:
    """Return how much of the article a body has, and its tags. A summary must be more than twice as long as the content to be it."""
    letters = len("".join(title_of_body(body).split()))
    return (letters + _PICTURE * body.count("<img")) * (1 if is_summary else 2), body.count("<")


def _is_label(summary: str, title: str) -> bool:
    """Return True if a summary is a line that quotes the title: `@ann made a new post: "Three eggs"` (GoToSocial)."""
    text = title_of_body(summary)
    return bool(title) and text.endswith((f'"{title}"', f"“{title}”"))


def _related(entry: Any) -> Iterator[Media]:
    """Yield the pages that an entry is about, which other formats of its own text are not."""
    for link in entry.get("links") or ():
        url, title = str(link.get("href") or ""), str(link.get("title") or "")
        if link.get("rel") in ("related", "via") and url and title.lower() not in _FORMATS:
            yield Media(url, title=title or url)


def _body(detail: Any, *, is_atom: bool) -> str:
    """Return a body as HTML. Atom says what it is; in RSS it is plain text or HTML."""
    text = str(detail.get("value") or "")
    if is_atom and detail.get("type") == "text/plain":
        return body_of_text(text)
    return body_of_html(text)


def _line(holder: Any, key: str, *, is_atom: bool) -> str:
    """Return a title as plain text in one line."""
    text = str(holder.get(key) or "")
    if is_atom and (holder.get(f"{key}_detail") or {}).get("type") == "text/plain":
        return title_of_text(text)
    return title_of_html(text)


def _link(entry: Any) -> str:
    """Return the URL of an entry's page: the original of a redirect, else its first alternate link, else its permalink."""
    pages = [
        link.get("href") or ""
        for link in entry.get("links") or ()
        if link.get("rel") == "alternate" and "html" in (link.get("type") or "html")
    ]
    guid = str(entry.get("id") or "")
    is_url = guid.startswith(("http:", "https:")) or (
        "/" in guid and ":" not in guid
    )  # tag:, urn: and others are not
    permalink = str(entry.get("link") or "") if is_url or not entry.get("guidislink") else ""
    originals = (str(value) for key, value in entry.items() if key.endswith("_origlink") and value)
    url = next(originals, "") or next(filter(None, pages), permalink)
    return guid if _REDIRECTS.match(url) and is_url else url


def _tag(tag: Any) -> str:
    return " ".join(str(tag.get("label") or tag.get("term") or "").split())
