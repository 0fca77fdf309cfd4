"""The reader of HTML pages and fragments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc.env import Env
from feed2doc.model import Document
from feed2doc.readers._article.build import read_article
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._article.opening import page_facts
from feed2doc.readers._blocks.account import drop_around, drop_from_page
from feed2doc.readers._blocks.notes.footnotes import bring_notes
from feed2doc.readers._facts.header_outside import bring_header
from feed2doc.readers._facts.named_article import named_article
from feed2doc.readers._facts.title import leave_headings, read_title
from feed2doc.readers._html.bases import base_of_page
from feed2doc.readers._html.container import article_in, is_page
from feed2doc.readers._html.decode import decode
from feed2doc.readers._html.parse import parse_html
from feed2doc.readers._html.text_column import around_text
from feed2doc.readers._rules.sites import rules_for
from feed2doc.readers._rules.words.lexicon import languages_in


def _accepts(data: bytes) -> bool:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return bool(
        re.match(rb"<(?:!doctype html|!--|html|head|body|[a-z][a-z0-9]*[\s>/])", start)
    ) and not re.match(rb"<(?:\?xml|rss|feed|rdf:rdf)\b", start)


def read_html(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """Yield the article of a page (its `article` or `main` element or else its body) or of a fragment."""
    text = decode(source, env)
    page = parse_html(text, source.name)
    is_whole = is_page(text)
    facts = page_facts(page, env)
    if is_whole:
        named = named_article(page, facts)
        root = article_in(page) if named is None else named
        bring_header(root, page, facts)
        if root.tag == "body":
            url = facts.value("url") or options.base_url
            for each, rule in around_text(root, url, partial(rules_for(url, env.site_dirs).named, "around")):
                drop_from_page(each, rule, env)
    else:
        root = next(page.iter("body"), page)
    read_title(page, root, facts)
    known = Metadata(
        base=base_of_page(page, facts.value("url") or options.base_url),
        source_format="html",
        generator=next(
            (m.get("content") or "" for m in page.iter("meta") if m.get("name") == "generator"), ""
        ),
        untitled=not is_whole,
        options=options,
    )
    bring_notes(root, page, rules_for("").in_languages(languages_in("", facts.value("language"))))
    if root is not page:
        drop_around(root, page, env)
    leave_headings(root, facts, env)
    yield read_article(root, known, source, env, facts)


READER = Reader(name="html", accepts=_accepts, read=read_html, description="an HTML page or fragment")
