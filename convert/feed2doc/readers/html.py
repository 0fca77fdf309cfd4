"""HTML to a Document: the article inside an item or a page, with its header, sections and credits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feed2doc._registry import Reader, ReadOptions, Source
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Document, Figure, Inlines, plain_text
from feed2doc.readers import _header
from feed2doc.readers._addresses import resolve
from feed2doc.readers._builder import Builder
from feed2doc.readers._bylines import split_byline
from feed2doc.readers._credits import lines_of, split_tail, type_credits
from feed2doc.readers._decode import decode
from feed2doc.readers._language import detect_language
from feed2doc.readers._media import LAZY
from feed2doc.readers._sections import bold_to_headings, into_sections, without_edge_rules
from feed2doc.readers._sites import SiteRule, rule_for, select
from feed2doc.readers._tree import parse_html, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an article before its HTML is read: from an item's envelope, a feed's entry."""

    headline: str = ""
    url: str = ""
    guid: str = ""
    archived: datetime | None = None
    written_time: str = ""
    byline: str = ""
    language: str = ""
    publication: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    source_format: str = "html"
    options: ReadOptions = field(default_factory=ReadOptions)


def read_article(root: _Element, known: Known, source: Source, env: Env) -> Document:
    """The Document of this tree. Raises ReadError if there is nothing in it to read."""
    base = resolve(known.url, "") or known.options.base_url
    rule = rule_for(base, env.site_dirs)
    dropped = rule.select(root, "drop")
    for element in dropped:
        env.note("dropped", "junk", rule=f"{rule.name}: drop", text=words_of(element)[:500])
    header = _header.take_header(root, rule, set(dropped), known.written_time)
    builder = Builder(
        env,
        base,
        skipped={*dropped, *header.taken},
        captions=set(rule.select(root, "caption")),
        credits_=set(rule.select(root, "credits")),
        drop_text=lambda content: _junk(content, rule),
    )
    blocks = without_edge_rules(builder.build(root))
    blocks, tail = split_tail(blocks, rule)
    lines = [*tail, *lines_of(builder.apart)]
    if rule.bold_headings:
        blocks = bold_to_headings(blocks)
    lead = blocks[0] if blocks and isinstance(blocks[0], Figure) else None
    if not blocks and not lines:
        raise ReadError(f"{source.name}: {_nothing(known)}")
    sections = into_sections(blocks[1:] if lead else without_edge_rules(blocks))
    byline_text = header.byline or known.byline
    credits_, byline = type_credits(lines, rule, lambda texts: split_byline(byline_text, texts))
    language = rule.language or known.language or _language(root, known)
    published, has_time = _header.published(
        header, rule, known.archived, language, base, known.options.timezone, env
    )
    _find_local_pictures(root, base, source, env)
    return Document(
        id=known.guid or base or _hash(root),
        headline=known.headline,
        url=base,
        byline=byline,
        byline_text=byline_text,
        published=published,
        published_has_time=has_time,
        published_text=header.time_text,
        archived=known.archived,
        language=language,
        publication=known.publication or rule.publication,
        summary=known.summary,
        tags=known.tags,
        lead=lead,
        sections=sections,
        credits=credits_,
        original_url=next((c.url for c in credits_ if c.role == "original"), ""),
        source_format=known.source_format,
    )


def _nothing(known: Known) -> str:
    return "a headline and nothing below it" if known.headline else "nothing in it to read"


def _junk(content: Inlines, rule: SiteRule) -> str:
    found = rule.dropped_by(plain_text(content))
    return f"{rule.name}: drop_text {found}" if found else ""


def _hash(root: _Element) -> str:
    return "sha256:" + hashlib.sha256(words_of(root).encode()).hexdigest()[:32]


def _language(root: _Element, known: Known) -> str:
    stated = (root.get("lang") or "").strip()
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", stated):
        return stated
    return detect_language(f"{known.headline} {words_of(root)}", urlsplit(known.url).hostname or "")


def _find_local_pictures(root: _Element, base: str, source: Source, env: Env) -> None:
    """Give the asset store those pictures of the item that lie beside it; never from above its folder."""
    if source.folder is None:
        return
    folder = source.folder.resolve()
    named = [
        (element.get(name) or "").strip()
        for element in root.iter("img", "video")
        for name in ("src", "poster", *LAZY)
    ]
    for src in named:
        if not src or ":" in src.split("/")[0] or src.startswith(("/", "\\")):
            continue
        path = (folder / src).resolve()
        if path.is_relative_to(folder) and path.is_file() and (url := resolve(src, base)):
            env.assets.add_file(url, path)


def _accepts(data: bytes) -> bool:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return bool(
        re.match(rb"<(?:!doctype html|!--|html|head|body|[a-z][a-z0-9]*[\s>/])", start)
    ) and not re.match(rb"<(?:\?xml|rss|feed|rdf:rdf)\b", start)


def read_html(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """The one article of an HTML page or fragment: its one `article` or `main`, else its body."""
    root = parse_html(decode(source, env), source.name)
    meta = {
        (m.get("property") or m.get("name") or "").lower(): m.get("content") or "" for m in root.iter("meta")
    }
    titles = [*root.iter("h1"), *root.iter("title")]
    canonical = [link.get("href") or "" for link in select(root, "link[rel=canonical]")]
    known = Known(
        headline=" ".join((meta.get("og:title") or (words_of(titles[0]) if titles else "")).split()),
        url=next((u for u in (*canonical, meta.get("og:url"), options.base_url) if u), ""),
        written_time=meta.get("article:published_time", ""),
        byline=meta.get("author", ""),
        language=(root.get("lang") or "").strip(),
        publication=meta.get("og:site_name", ""),
        summary=meta.get("description", ""),
        source_format="html",
        options=options,
    )
    for tag in ("article", "main", "body"):
        found = list(root.iter(tag))
        if len(found) == 1:
            root = found[0]
            break
    for heading in list(root.iter("h1")):
        if words_of(heading) == known.headline:
            heading.tag = "template"  # the Document has it as its headline; what follows it stays
            break
    yield read_article(root, known, source, env)


READER = Reader(name="html", accepts=_accepts, read=read_html, description="an HTML page or fragment")
