"""The reader of archived feed items: a timestamp comment, `[headline](url)`, a line of dashes, then the feed's HTML.

Archives of pages have front matter with the headline and URL instead, then the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Document
from feed2doc.readers._article.build import read_article
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._facts.front_matter import front_matter
from feed2doc.readers._html.decode import decode
from feed2doc.readers._html.parse import parse_safe_html

# A headline may contain brackets and line breaks, a URL parentheses. The line of dashes below makes the match unambiguous.
_HEAD = pattern(
    r"\n\[(?P<headline>[^\n]*(?:\n(?![-=]{3})[^\n]*){0,5}?)\]"
    r"\((?P<url>[^\n\]]*(?:\](?!\()[^\n\]]*)*)\)[ \t]*\n[-=]{3,}[ \t]*$",
    re.M,
)
_RAISED = pattern(r"</(?:su[bp]|s|del|(?:\w{1,9}:)?math)>")
# The same at the start of a file, as Markdown may have it: with blank lines, as a heading or bold.
_LOOSE_HEAD = pattern(
    r"\s*(?:<!--[^<>]{1,40}-->\s*)?(?:#\s)?(?:\*\*)?\[(?P<headline>[^\n]{1,999})\]\((?P<url>[^\n]{1,2000})\)(?:\*\*)?[ \t]*\n"
    r"(?:[ \t]*\n){0,2}[-=]{3,}[ \t]*$",
    re.M,
)
# Milliseconds or seconds since 1970, or a time in ISO 8601.
_STAMPED = r"\d{9,16}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]{0,10}(?:Z|[+-]\d\d:?\d\d)?"
_STAMP = pattern(rf"<!--\s*({_STAMPED})\s*-->")
_LAST_STAMP = pattern(rf"<!--\s*({_STAMPED})\s*-->\s*\Z")
# The title after a URL in Markdown, and the angle brackets around one.
_TITLE = pattern(r"(?<!\s)\s{1,99}(?:\"[^\"]{0,500}\"|'[^']{0,500}')$")
_DATE_LINE = pattern(r"\A\s*日期[：:][ \t]*+([^\n]*)\n")
_USUAL = pattern(rb"\s*(?:<!--\d{9,16}-->\s*)?\[[^\n]{1,999}\]\([^\n]{1,2000}\)\r?\n------")
_START = pattern(
    rb"\n\[[^\n]{0,4096}(?:\n(?![-=]{3})[^\n]{0,4096}){0,5}?"
    rb"\]\([^\n\]]*(?:\](?!\()[^\n\]]*)*\)[ \t]*\r?\n[-=]{3,}[ \t\r]*$",
    re.M,
)
# Front matter with the URL of a page, above its HTML, and the keys of the URL.
_FRONT = pattern(
    rb"\s*---[ \t]*\r?\n(?:[^\n]{0,2000}\n){0,40}?(?:from|link|url):[ \t]*[\"']?https?://[^\n]{1,2000}\n"
    rb"(?:[^\n]{0,2000}\n){0,40}?---[ \t]*\r?\n\s*<[A-Za-z!]"
)
_URL_KEYS = ("from", "link", "url")


class _Item(Struct, frozen=True):
    """The unprocessed parts of one item in a file."""

    headline: str
    url: str
    body: str
    stamp: str


def _accepts(data: bytes) -> bool:
    return (
        _USUAL.match(data) is not None
        or _START.search(b"\n" + data[:65536]) is not None
        or _LOOSE_HEAD.match(data[:4096].decode("utf-8", "replace").replace("\r\n", "\n")) is not None
        or _FRONT.match(data[:65536]) is not None
    )


def read_item(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """Yield the articles of an item file, usually one. Raise ReadError or LimitError, which name the file."""
    text = xml_safe(decode(source, env)).lstrip("\ufeff")
    front, text = front_matter(text, env)
    items = list(_split(text)) or list(_of_front_matter(front, text))
    if not items:
        raise ReadError(f"{source.name}: no `[headline](url)` line above a line of dashes")
    start = text.find(f"[{items[0].headline}](") if items[0].body is not text else 0
    if above := " ".join(_STAMP.sub("", text[:start]).split()):
        env.note(
            "dropped",
            "text above the first headline",
            rule="item",
            text=above,
            characters=len(above.replace(" ", "")),
        )
    for item in items:
        yield _document(item, front, source, options, env)


def _split(text: str) -> Iterator[_Item]:
    """Yield the items of a file. If it starts with a timestamp, timestamps precede their items, else they follow them."""
    text = "\n" + text
    heads: list[re.Match[str]] = []
    end = 0
    while (start := text.find("\n[", end)) >= 0 and (head := _HEAD.search(text, start)) is not None:
        heads.append(head)
        end = head.end()
    if not heads and (head := _LOOSE_HEAD.match(text)) is not None:
        heads.append(head)
    leading = _STAMP.match(text.lstrip()) is not None
    for i, head in enumerate(heads):
        before = text[heads[i - 1].end() if i else 0 : head.start()]
        after = text[head.end() : heads[i + 1].start() if i + 1 < len(heads) else len(text)]
        stamps = _STAMP.findall(before)[-1:] if leading else _edge_stamps(after)
        if leading and i + 1 < len(heads):
            after = _LAST_STAMP.sub("", after)
        yield _Item(head["headline"], head["url"], after, stamps[-1] if stamps else "")


def _of_front_matter(front: Mapping[str, list[str]], text: str) -> Iterator[_Item]:
    """Yield the page below front matter that states its headline and URL."""
    headline = " ".join(_strings(front.get("title", ())))
    stated = (value for key in _URL_KEYS for value in _strings(front.get(key, ())))
    url = next((value for value in stated if value.startswith(("http://", "https://"))), "")
    if headline and url and text.lstrip()[:1] == "<":
        yield _Item(headline, url, text, "")


def _edge_stamps(after: str) -> list[str]:
    found = _LAST_STAMP.search(after)
    return [found[1]] if found else []


def _document(
    item: _Item, front: Mapping[str, list[str]], source: Source, options: ReadOptions, env: Env
) -> Document:
    body, dated = item.body, ""
    if body.lstrip().startswith("日期") and (line := _DATE_LINE.match(body)):
        body, dated = body[line.end() :], line[1].strip()
    if "<" not in body:  # plain text, or HTML that was escaped
        from feed2doc.readers._feed.text import body_of_html

        body = body_of_html(body)
    archived = _moment(item.stamp, env)
    authors, tags = _strings(front.get("author", ())), _strings(front.get("tags", ()))
    # Archives write the name of the feed as a tag and as a category, and as the author if the feed names none.
    filed = {*tags} & {*_strings(front.get("categories", ()))}
    # The feed of a person on a platform has the author's name: `https://medium.com/@annba/the-quay`.
    is_feed = bool(authors) and {*authors} <= filed and "/@" not in item.url
    is_filed = len(tags) == len(filed) == 1 and tags != authors
    publication = authors if is_feed else tags if is_filed else ()
    known = Metadata(
        headline=_headline(item.headline),
        url=_address(item.url),
        archived=archived,
        written_time=dated or _date(front, archived),
        authors=() if is_feed else tuple(authors),
        publication=", ".join(publication),
        tags=tuple(tags),
        source_format="item",
        untitled=True,
        options=options,
    )
    return read_article(parse_safe_html(body, source.name), known, source, env)


def _date(front: Mapping[str, list[str]], archived: datetime | None) -> str:
    """Return the date of the front matter, or "" if it only repeats the timestamp, which is the time of archiving."""
    written = " ".join(_strings(front.get("date", ())))
    found = parse_time(written) if written and archived else None
    if found is None or archived is None:
        return written
    apart = abs(found.value.replace(tzinfo=found.value.tzinfo or UTC) - archived)
    return "" if found.has_time and apart < timedelta(seconds=1) else written


def _headline(text: str) -> str:
    """Return the headline with entities resolved, and without backslashes and line breaks."""
    text = re.sub(r"\\([\[\]()\\*_`])", r"\1", _unescaped(text))
    if _RAISED.search(text):
        from feed2doc.readers._feed.text import title_of_html

        return title_of_html(text)
    return " ".join(text.split())


def _unescaped(text: str) -> str:
    """Return the text with entities resolved. Feeds escape them twice."""
    if "&" not in text:
        return text
    import html

    return html.unescape(html.unescape(text))


def _address(url: str) -> str:
    """Return the URL in a link of Markdown, which may be escaped, in angle brackets and before a title."""
    url = url.strip().replace("&amp;", "&")
    url = _TITLE.sub("", url) if url[-1:] in ("'", '"') else url
    return url[1:-1] if url[:1] == "<" and url[-1:] == ">" else url


def _moment(stamp: str, env: Env) -> datetime | None:
    """Return the time of an epoch timestamp in milliseconds (in seconds if it has ten digits or fewer), or of one in ISO 8601."""
    if not stamp:
        return None
    if not stamp.isdigit():
        stated = parse_time(stamp)
        return stated.value.replace(tzinfo=stated.value.tzinfo or UTC).astimezone(UTC) if stated else None
    seconds = int(stamp) / (1000 if len(stamp) > 10 else 1)
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        env.note("notice", "the timestamp is out of range", rule="stamp", text=stamp)
        return None


def _strings(values: Sequence[str]) -> list[str]:
    """Return the values with entities resolved, without the empty ones."""
    return [text for value in values if (text := _unescaped(value).strip())]


READER = Reader(name="item", accepts=_accepts, read=read_item, description="an archived feed item")
