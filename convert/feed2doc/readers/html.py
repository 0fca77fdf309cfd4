"""The reader of HTML pages and fragments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc.env import Env
from feed2doc.model import Document
from feed2doc.readers._article.build import read_article
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._blocks.account import drop_around
from feed2doc.readers._html.bases import base_of_page
from feed2doc.readers._html.container import article_in, is_page
from feed2doc.readers._html.decode import decode
from feed2doc.readers._html.parse import parse_html, words_of

# A heading inside one of these elements is not the headline of the page.
_NOT_THE_PAGES = ("blockquote", "li", "td", "th", "dd", "aside", "figure", "nav")


def _accepts(data: bytes) -> bool:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return bool(
        re.match(rb"<(?:!doctype html|!--|html|head|body|[a-z][a-z0-9]*[\s>/])", start)
    ) and not re.match(rb"<(?:\?xml|rss|feed|rdf:rdf)\b", start)


def read_html(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """Yield the article of a page, its `article` or `main` element or else its body, or that of a fragment."""
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
    page, root = root, article_in(root) if is_page(text) else next(root.iter("body"), root)
    drop_around(root, page, env)
    for heading in headings:
        if words_of(heading) == known.headline:
            heading.tag = "template"  # the headline is in the Document; the text after the element is kept
            break
    yield read_article(root, known, source, env)


READER = Reader(name="html", accepts=_accepts, read=read_html, description="an HTML page or fragment")
