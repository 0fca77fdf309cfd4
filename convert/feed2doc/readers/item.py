"""The archived feed item: a stamp comment, `[headline](url)`, a rule of dashes, then the feed's HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from msgspec import Struct

from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Document
from feed2doc.readers._article.build import read_article
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._html.decode import decode
from feed2doc.readers._html.parse import parse_html

# A headline may hold brackets and line breaks, an address parentheses; the rule below it ends the matter.
_HEAD = pattern(
    r"\n\[(?P<headline>[^\n]*(?:\n(?![-=]{3})[^\n]*){0,5}?)\]"
    r"\((?P<url>(?:(?!\]\()[^\n])*)\)[ \t]*\n[-=]{3,}[ \t]*$",
    re.M,
)
_STAMP = pattern(r"<!--\s*(\d{9,16})\s*-->")
_FRONT_MATTER = pattern(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.S)
_DATE_LINE = pattern(r"\A\s*日期[：:][ \t]*([^\n]+)\n")
_USUAL = pattern(rb"\s*(?:<!--\d{9,16}-->\s*)?\[[^\n]{1,999}\]\([^\n]+\)\r?\n------")
_START = pattern(rb"^\[[^\n]{0,4096}(?:\n[^\n]{0,4096}){0,5}?\]\([^\n]*\)[ \t]*\r?\n[-=]{3,}[ \t\r]*$", re.M)


class _Item(Struct, frozen=True):
    """One item of a file: its parts as they stand there."""

    headline: str
    url: str
    body: str
    stamp: str


def _accepts(data: bytes) -> bool:
    return _USUAL.match(data) is not None or _START.search(data[:65536]) is not None


def read_item(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """The Documents of an item file, most often one. Raises ReadError or LimitError, which names the file."""
    text = xml_safe(decode(source, env)).lstrip("\ufeff")
    front, text = _front_matter(text, env)
    items = list(_split(text))
    if not items:
        raise ReadError(f"{source.name}: no `[headline](url)` line over a rule of dashes in it")
    for item in items:
        yield _document(item, front, source, options, env)


def _split(text: str) -> Iterator[_Item]:
    """Cut a file into its items. If it starts with a stamp, stamps lead their item, else they follow it."""
    text = "\n" + text
    heads = list(_HEAD.finditer(text))
    leading = _STAMP.match(text.lstrip()) is not None
    for i, head in enumerate(heads):
        before = text[heads[i - 1].end() if i else 0 : head.start()]
        after = text[head.end() : heads[i + 1].start() if i + 1 < len(heads) else len(text)]
        stamps = _STAMP.findall(before)[-1:] if leading else _edge_stamps(after)
        if leading and i + 1 < len(heads):
            after = re.sub(r"<!--\s*\d{9,16}\s*-->\s*\Z", "", after)
        yield _Item(head["headline"], head["url"], after, stamps[-1] if stamps else "")


def _edge_stamps(after: str) -> list[str]:
    found = re.search(r"<!--\s*(\d{9,16})\s*-->\s*\Z", after)
    return [found[1]] if found else []


def _document(item: _Item, front: dict[str, Any], source: Source, options: ReadOptions, env: Env) -> Document:
    body, dated = item.body, ""
    if body.lstrip().startswith("日期") and (line := _DATE_LINE.match(body)):
        body, dated = body[line.end() :], _rfc822(line[1])
    known = Metadata(
        headline=_headline(item.headline),
        url=item.url.strip(),
        archived=_moment(item.stamp, env),
        written_time=dated or " ".join(_strings(front.get("date"))),
        byline=", ".join(_strings(front.get("author"))),
        tags=tuple(_strings(front.get("tags"))),
        source_format="item",
        options=options,
    )
    if not body.strip():
        raise ReadError(f"{source.name}: a headline and nothing below it")
    return read_article(parse_html(body, source.name), known, source, env)


def _headline(text: str) -> str:
    """The headline with entities resolved (feeds escape them twice), escapes and line breaks taken out."""
    if "&" in text:
        import html

        text = html.unescape(html.unescape(text))
    return " ".join(re.sub(r"\\([\[\]()\\*_`])", r"\1", text).split())


def _moment(stamp: str, env: Env) -> datetime | None:
    """The moment of an epoch stamp in milliseconds (or, with ten digits or fewer, seconds)."""
    if not stamp:
        return None
    seconds = int(stamp) / (1000 if len(stamp) > 10 else 1)
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        env.note("notice", "the stamp is no moment that a calendar has", rule="stamp", text=stamp)
        return None


def _rfc822(text: str) -> str:
    """A date of RFC 822 in the ISO form, or the text as it is."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text.strip()).isoformat()
    except (ValueError, TypeError):
        return text.strip()


def _front_matter(text: str, env: Env) -> tuple[dict[str, Any], str]:
    """The values of a YAML front matter, and the text after it."""
    found = _FRONT_MATTER.match(text) if text.startswith("---") else None
    if not found:
        return {}, text
    import yaml

    try:
        values = yaml.load(found[1], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError) as error:
        env.note("notice", f"front matter that is no YAML: {str(error).splitlines()[0]}", rule="front matter")
        values = None
    return (values if isinstance(values, dict) else {}), text[found.end() :]


def _strings(value: Any) -> list[str]:
    """The value, or those of a list. What is inside them is no name: by YAML's aliases a few lines can be of any size."""
    values = value if isinstance(value, list) else [value]
    return [text for v in values if isinstance(v, str | int | float | date) and (text := str(v).strip())]


READER = Reader(name="item", accepts=_accepts, read=read_item, description="an archived feed item")
