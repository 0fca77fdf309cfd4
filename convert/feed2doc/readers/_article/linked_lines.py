"""Lines around an article that are links of its page: `Edit this page`, `View all posts by Ann Ba`."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.credits import ENDS, links_of
from feed2doc.readers._rules.lookup import Rules

# Addresses of categories, tags, archives and pages of them. Rules have those of authors.
_ARCHIVE = pattern(
    r"[/?&](?:categor(?:y|ies|ia|ias|ie)|kategorie|cat|tags?|etiquetas?|topics?|archives?|author|writers?|page|paged)[/=][^/\s]"
)


def is_linked_line(line: m.Inlines, rules: Rules) -> bool:
    """Return True if a line with links is none of the text."""
    links = list(links_of(line))
    text = m.plain_text(line).rstrip(ENDS) if links else ""
    if not text:
        return False
    if rules.words.find("button", text) is not None:
        return _letters(text) == sum(_letters(m.plain_text(link.content)) for link in links)
    return is_archive(text, rules) and any(_is_archive_address(link.url, rules) for link in links)


def is_archive(text: str, rules: Rules) -> bool:
    """Return True for the words of a link to other articles of an author, a category or a tag: `Posts by Ann Ba`."""
    return rules.words.find("archive", text) is not None


def leads_to_archive(link: m.Link, rules: Rules) -> bool:
    """Return True for a link to other articles of an author, by its words and its address."""
    text = m.plain_text(link.content).rstrip(ENDS)
    return (is_archive(text, rules) or is_button(text, rules)) and _is_archive_address(link.url, rules)


def is_button(text: str, rules: Rules) -> bool:
    """Return True for the words of a button: `Skip to content`."""
    return rules.words.find("button", text) is not None


def _is_archive_address(url: str, rules: Rules) -> bool:
    return _ARCHIVE.search(url) is not None or rules.search("author_url", url) is not None


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
