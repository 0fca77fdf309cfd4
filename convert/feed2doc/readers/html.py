"""The reader of HTML pages and fragments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.model import Document
from feed2doc.readers._article.build import read_article
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._blocks.account import drop_around
from feed2doc.readers._html.bases import base_of_page
from feed2doc.readers._html.decode import decode
from feed2doc.readers._html.parse import parse_html, words_of

_PAGE = pattern(r"<(?:!doctype|html|head|body)\b", re.I)
# A heading inside one of these elements is not the headline of the page.
_NOT_THE_PAGES = ("blockquote", "li", "td", "th", "dd", "aside", "figure", "nav")


def _accepts(data: bytes) -> bool:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return bool(
        re.match(rb"<(?:!doctype html|!--|html|head|body|[a-z][a-z0-9]*[\s>/])", start)
    ) and not re.match(rb"<(?:\?xml|rss|feed|rdf:rdf)\b", start)


def read_html(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """Yield the article of a page, its only `article` or `main` element or else its body, or that of a whole fragment."""
    text = decode(source, env)
    root = parse_html(text, source.name)
    facts = [
        ((m.get("property") or m.get("name") or "").lower(), m.get("content") or "")
        for m in root.iter("meta")
    ]
    meta = dict(reversed(facts))
    headings = [h for h in root.iter("h1") if next(h.iterancestors(*_NOT_THE_PAGES), None) is None]
    titles = [*headings, *root.iter("title")]
    canonical = [link.get("href") or "" for link in root.iter("link") if link.get("rel") == "canonical"]
    url = next((u for u in (*canonical, meta.get("og:url"), options.base_url) if u), "")
    known = Metadata(
        headline=" ".join((meta.get("og:title") or (words_of(titles[0]) if titles else "")).split()),
        url=url,
        base=base_of_page(root, url),
        written_time=meta.get("article:published_time", ""),
        written_update=meta.get("article:modified_time", ""),
        byline=meta.get("author", ""),
        language=(root.get("lang") or "").strip(),
        publication=meta.get("og:site_name", ""),
        summary=meta.get("description") or meta.get("og:description", ""),
        tags=tuple(dict.fromkeys(value for name, value in facts if name == "article:tag" and value)),
        generator=meta.get("generator", ""),
        source_format="html",
        options=options,
    )
    # A fragment has no navigation around its text.
    for tag in ("article", "main", "body") if _PAGE.search(text) else ("body",):
        found = list(root.iter(tag))
        if len(found) == 1:
            drop_around(found[0], root, env)
            root = found[0]
            break
    for heading in headings:
        if words_of(heading) == known.headline:
            heading.tag = "template"  # the headline is in the Document; the text after the element is kept
            break
    yield read_article(root, known, source, env)


READER = Reader(name="html", accepts=_accepts, read=read_html, description="an HTML page or fragment")
