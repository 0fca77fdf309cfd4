"""Lines of the page around an article: `5 min read`, `Edit this page`, `View all posts by Ann Ba`."""

from __future__ import annotations

from urllib.parse import urlsplit

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.credits.typed import ENDS, links_of
from feed2doc.readers._article.furniture.own_lines import is_way_to
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._rules.lookup import Rules

_LONGEST_ROW, _MOST_PIECES = 160, 8
_SIGNS = frozenset("|·•‧")
_BETWEEN = pattern(r"\s{0,9}[|·•‧]\s{0,9}")


def without_first_page_lines(blocks: m.Blocks, headline: str, rules: Rules, account: Account) -> m.Blocks:
    """Return the blocks without lines of the page above the text."""
    at = 0
    while at + 1 < len(blocks):
        block = blocks[at]
        if not isinstance(block, m.Paragraph) or not (
            is_page_line(block.content, rules) or is_way_to(block.content, headline)
        ):
            break
        account.remove(block.content, "words: junk", text=m.plain_text(block.content))
        at += 1
    return blocks[at:]


def is_page_line(line: m.Inlines, rules: Rules) -> bool:
    """Return True for a count, a button that is all of its line, a row of links with one of them, and a link to other articles."""
    text = m.plain_text(line).rstrip(ENDS)
    if rules.words.find("count", text) is not None:
        return True
    links = list(links_of(line))
    if links and is_button(text, rules):
        return _letters(text) == _letters_of(links)
    if len(links) > 1 and _are_of_post(links):
        return False
    is_row = _is_row(text, links, rules)
    if links and (is_row or ("©" in text and len(text) <= _LONGEST_ROW)):  # `Quay Post © 2025 – Unsubscribe`
        pieces = (*(m.plain_text(link.content) for link in links), *_BETWEEN.split(text))
        return any(rules.words.find("junk", piece) for piece in pieces)
    return (
        bool(links)
        and is_archive(text, rules)
        and any(_is_archive_address(link.url, rules) for link in links)
    )


def _is_row(text: str, links: list[m.Link], rules: Rules) -> bool:
    """Return True for a row of links. One to a place in the article itself is text by now: `Permalink | Comments`."""
    if len(links) > 1 and _letters(text) == _letters_of(links):
        return True
    if len(text) > _LONGEST_ROW or _SIGNS.isdisjoint(text):
        return False
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    words = {m.plain_text(link.content).strip() for link in links}
    return 1 < len(pieces) <= _MOST_PIECES and all(
        piece in words or rules.words.find("junk", piece) is not None for piece in pieces
    )


def _are_of_post(links: list[m.Link]) -> bool:
    """Return True for links in brackets to several sites, of which one is what a post is about: `[link] [comments]`."""
    words = [m.plain_text(link.content).strip() for link in links]
    are_in_brackets = all(each[:1] == "[" and each[-1:] == "]" for each in words)
    return are_in_brackets and len({urlsplit(link.url).netloc for link in links}) > 1


def is_archive(text: str, rules: Rules) -> bool:
    """Return True for the words of a link to other articles of an author, a category or a tag: `Posts by Ann Ba`."""
    return rules.words.find("archive", text) is not None


def is_button(text: str, rules: Rules) -> bool:
    """Return True for the words of a button: `Skip to content`."""
    return rules.words.find("button", text) is not None


def leads_to_archive(link: m.Link, rules: Rules) -> bool:
    """Return True for a link to other articles of an author, by its words and its address."""
    text = m.plain_text(link.content).rstrip(ENDS)
    return (is_archive(text, rules) or is_button(text, rules)) and _is_archive_address(link.url, rules)


def _is_archive_address(url: str, rules: Rules) -> bool:
    return any(rules.search(key, url) is not None for key in ("archive_url", "author_url"))


def _letters_of(links: list[m.Link]) -> int:
    return sum(_letters(m.plain_text(link.content)) for link in links)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
