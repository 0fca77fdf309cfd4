"""The table of header facts: what each source calls a fact, and which source takes precedence.

docs/header-facts.md lists the same, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping

# The sources, in order of precedence.
SOURCES = (
    "command line",
    "site rule",
    "item",
    "feed",
    "JSON-LD",
    "meta",
    "markup",
    "credits",
    "guess",
)

# The names of a fact in each source, the most reliable name first. In `meta`, these are the names and properties of `meta`
# elements, `link[...]` for links and `html[lang]`; in `markup`, the `itemprop` of invisible elements and keys of the site
# rules, whose selectors apply only to the header. Sources: https://schema.org/Article, https://ogp.me,
# https://www.dublincore.org/specifications/dublin-core/dcmi-terms/, https://docs.parse.ly/metatags,
# https://scholar.google.com/intl/en/scholar/inclusion.html, https://microformats.org/wiki/h-entry
FACTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "headline": {
        "item": ("headline line",),
        "feed": ("title",),
        "JSON-LD": ("headline", "name"),
        "meta": (
            "og:title",
            "twitter:title",
            "parsely-title",
            "sailthru.title",
            "citation_title",
            "dc.title",
            "dcterms.title",
        ),
        "markup": ("headline", "h1"),
        "guess": ("title element", "first words", "date"),
    },
    "url": {
        "item": ("headline line",),
        "feed": ("link",),
        "JSON-LD": ("url", "mainEntityOfPage"),
        "meta": ("link[canonical]", "og:url", "parsely-link"),
    },
    "byline": {
        "site rule": ("byline", "byline_in_text", "header", "byline_in_headline"),
        "item": ("author",),
        "feed": ("author",),
        "JSON-LD": ("author", "creator"),
        "meta": (
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "citation_author",
            "dc.creator",
            "dcterms.creator",
            "byl",
        ),
        "markup": ("author", "header_byline", "byline_label"),
        "credits": ("credit",),
        "guess": ("common names",),
    },
    "published": {
        "site rule": ("time", "header"),
        "item": ("date",),
        "feed": ("published",),
        "JSON-LD": ("datePublished", "dateCreated", "uploadDate"),
        "meta": (
            "article:published_time",
            "parsely-pub-date",
            "sailthru.date",
            "citation_publication_date",
            "datepublished",
            "pubdate",
            "publish-date",
            "publishdate",
            "date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.created",
            "dcterms.date",
        ),
        "markup": ("datePublished", "header_time", "time_label"),
        "guess": ("time of an update", "archive timestamp"),
    },
    "updated": {
        "feed": ("updated",),
        "JSON-LD": ("dateModified",),
        "meta": ("article:modified_time", "og:updated_time", "lastmod", "last-modified", "dcterms.modified"),
        "markup": ("dateModified", "update_label"),
    },
    "language": {
        "site rule": ("language",),
        "feed": ("language",),
        "JSON-LD": ("inLanguage",),
        "meta": ("html[lang]", "content-language", "dc.language", "dcterms.language", "og:locale"),
        "guess": ("characters of the text",),
    },
    "publication": {
        "site rule": ("publication",),
        "item": ("author", "tags"),
        "feed": ("source", "feed title"),
        "JSON-LD": ("publisher", "isPartOf"),
        "meta": (
            "og:site_name",
            "citation_journal_title",
            "dc.publisher",
            "dcterms.publisher",
            "application-name",
        ),
        "guess": ("title element",),
    },
    "summary": {
        "feed": ("summary",),
        "JSON-LD": ("description",),
        "meta": ("description", "og:description", "twitter:description", "dc.description"),
    },
    "tags": {
        "item": ("tags",),
        "feed": ("category",),
        "JSON-LD": ("keywords",),
        "meta": ("article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "keywords"),
        "markup": ("tags",),
    },
    "original_url": {
        "credits": ("original",),
    },
}
