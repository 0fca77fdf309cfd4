"""Links inside the article's own page, and the permalinks of its headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import normalize_url
from feed2doc.readers._html.parse import words_of, words_of_few
from feed2doc.readers._html.urls import resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption", "legend")
_OTHERS = ("p", "li")
# The script of a link in place of a fragment, as in the notes of Wikidot.
_SCROLLING = pattern(r"(?:scroll|move)To(?:Reference|Element)?\('#?([\w.:-]{1,80})'\)")
# The texts of permalinks: symbols, nothing at all (an icon), and words for screen readers.
_SYMBOL = pattern(r"[#¶§🔗⚓∞⌗🖇\ufe0e\ufe0f\u200b\u200c\u200d\u2060\xad\s]*")
_WORDS = pattern(
    r"(?:perma)?link|anchor|(?:direct |copy |permanent )?link (?:to|for)\b.*|copy link|perma(?:nent )?link(?: (?:to|for)\b.*)?",
    re.I,
)
# Classes of words for screen readers.
_FOR_READERS = pattern(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|off-?screen)(?:\s|$)"
)
_LONGEST_SIGN, _LONGEST_BUTTON = 3, 100
# The place of the comments below an article, the length of a line with a link to them, and signs that end a sentence, as it does not.
_COMMENTS = pattern(r"#(?i:comments?|respond|reply|comment-?form|disqus_thread|postcomment)")
_LINES = frozenset({"p", "div", "footer"})
_LONGEST_COMMENTS_LINE, _SENTENCE_ENDS = 60, frozenset(".!?。！？:：…")
_BLOCKS, _CELLS = (
    ("p", "div", "section", "footer", "header", "nav", "ul", "body"),
    ("li", "td", "th", "dd", "blockquote"),
)
# Targets that are not part of the text: its beginning, the top of the page, the comments.
_PARTS_OF_PAGE = pattern(
    r"#(?:[\w-]{0,30}(?:top|content|main|primary|skip|respond|comment)[\w-]{0,30}|more-\d{1,12})?", re.I
)
# Signs that lead to the top of the page.
_UPWARDS = frozenset("↑⬆⇧⇑▲△⤴⏫🔝^\ufe0e\ufe0f")
# Classes of permalinks (Sphinx, AnchorJS, Docusaurus, VuePress, rehype, GitHub), and those that other links have as well.
_CLASSES = frozenset(
    [
        "headerlink",
        "anchorjs-link",
        "hash-link",
        "header-anchor",
        "heading-anchor",
        "heading-link",
        "headline-link",
    ]
)
_VAGUE_CLASSES = frozenset(
    ["anchor", "anchor-link", "permalink", "octicon-link", "direct-link", "deep-link", "self-link"]
)


def settle_links(index: Index, url: str, base: str) -> list[_Element]:
    """Make links to the article's own page that have a fragment, or are around pictures, fragments only.

    Return the links with a fragment, to any page. Headings that are links to themselves do not count.
    """
    with_fragment: list[_Element] = []
    holders, page = _Holders(), ""
    for link in index.named.get("[onclick]", ()):
        found = _SCROLLING.search(link.get("onclick") or "") if link.tag == "a" else None
        if found is not None and f"#{found[1]}" in index.names:
            link.set("href", f"#{found[1]}")
    for link in index.named.get("a", ()):
        href = link.get("href") or ""
        if href[:1] != "#" and ("#" in href or (href and _has_picture(link))):
            page = page or normalize_url(url)
            if page and normalize_url(resolve(href, base) or "") == page:
                href = "#" + href.partition("#")[2]
                link.set("href", href)
        if "#" not in href:
            continue
        if href[:1] == "#" and _is_all_of_heading(link, holders):
            del link.attrib["href"]
        else:
            with_fragment.append(link)
    return with_fragment


def _is_all_of_heading(link: _Element, holders: _Holders) -> bool:
    """Return True for a heading that is a link to itself, as in mdBook: `<h2 id="a"><a href="#a">Words</a></h2>`."""
    heading = link.getparent()
    return (
        heading is not None
        and heading.tag in _HEADINGS
        and holders.is_target(heading, link)
        and holders.words(heading) == words_of(link)
    )


def permalinks_in(links: Iterable[_Element], notes: Container[_Element]) -> dict[_Element, str]:
    """Return those of the links with a fragment that headings have to themselves, and the rule.

    `notes` are links to footnotes.
    """
    holders = _Holders()
    return {link: "html: permalink" for link in links if link not in notes and _is_permalink(link, holders)}


def is_permalink_sign(text: str) -> bool:
    """Return True if a link has nothing but one of the signs of permalinks: `¶`, `#`, `🔗`."""
    return bool(text) and _SYMBOL.fullmatch(text) is not None


def signs_of_article(index: Index, url: str, base: str) -> dict[_Element, str]:
    """Return the links of nothing but a sign that lead to the article itself, or say so, and the rule."""
    found: dict[_Element, str] = {}
    for link in index.named.get("a", ()):
        sign = (link.text or "").strip()
        if 0 < len(sign) <= _LONGEST_SIGN and not len(link) and not any(map(str.isalnum, sign)):
            says_so = not (link.tail or "").strip() and (
                _WORDS.fullmatch(link.get("title") or "") or "bookmark" in (link.get("rel") or "").split()
            )
            href = link.get("href") or "#"
            page = normalize_url(resolve(href, base) or "") if "#" not in href else ""
            if says_so or (page and page == normalize_url(url)):
                found[link] = "html: permalink"
    return found


def buttons_in(links: Iterable[_Element], is_button: Callable[[str], bool]) -> dict[_Element, str]:
    """Return the links to a part of the page, and to none of the text, that are the words of a button alone in
    their block, and the short lines with a link to the comments below the article: `Posted by Ann | 7 comments`."""
    found: dict[_Element, str] = {}
    for link in links:
        href = link.get("href") or ""
        if not _PARTS_OF_PAGE.fullmatch(href):
            continue
        words = words_of_few(link)
        is_arrow = 0 < len(words) <= _LONGEST_SIGN and _UPWARDS.issuperset(words)
        if is_arrow or (0 < len(words) <= _LONGEST_BUTTON and is_button(words)):
            block = next(link.iterancestors(*_HEADINGS, *_CELLS, *_BLOCKS), None)
            if block is None or (block.tag in _BLOCKS and words_of_few(block) == words):
                found[link] = "words: junk"
                continue
        if len(words) > 0 and _COMMENTS.fullmatch(href):
            line = next(link.iterancestors(*_HEADINGS, *_CELLS, *_BLOCKS), None)
            if line is not None and line.tag in _LINES and not _has_picture(line):
                text = words_of_few(line)
                if 0 < len(text) <= _LONGEST_COMMENTS_LINE and text[-1] not in _SENTENCE_ENDS:
                    found[line] = "html: comments"
    return found


def _has_picture(link: _Element) -> bool:
    return len(link) > 0 and next(link.iter("img"), None) is not None


class _Holders:
    """The words and names of the elements around links, which may have thousands of them."""

    def __init__(self) -> None:
        self._words: dict[_Element, str] = {}
        self._names: dict[_Element, frozenset[str | None]] = {}

    def words(self, holder: _Element) -> str:
        if holder not in self._words:
            self._words[holder] = words_of(holder)
        return self._words[holder]

    def is_target(self, holder: _Element, link: _Element) -> bool:
        """Return True if the link leads to this element or to one in it."""
        if holder not in self._names:
            self._names[holder] = frozenset(
                name for each in holder.iter() for name in (each.get("id"), each.get("name"))
            )
        return (link.get("href") or "").partition("#")[2] in self._names[holder]


def _is_permalink(link: _Element, holders: _Holders) -> bool:
    classes = frozenset((link.get("class") or "").split())
    is_known, is_vague = not classes.isdisjoint(_CLASSES), not classes.isdisjoint(_VAGUE_CLASSES)
    is_own = (link.get("href") or "").startswith("#")
    is_named = "permalink" in (link.get("class") or "").lower()
    if not (is_own or is_known or is_vague or is_named) or _has_picture(link):
        return False
    text = words_of(link)
    is_symbol = _SYMBOL.fullmatch(text) is not None
    holder = next(link.iterancestors(*_HEADINGS), None)
    if holder is not None and len(link) and not is_symbol:
        is_symbol = holders.is_target(holder, link) and _is_symbol_with_words(link)
    if holder is None:
        holder = next(link.iterancestors(*_OTHERS), None)
        if holder is None and is_known:  # of program text or a formula
            holder = link.getparent()
        is_permalink = (
            is_symbol and bool(text) and (is_known or is_vague or _is_own_sign(holder, link, text, holders))
        )
    else:
        is_word = _WORDS.fullmatch(text) is not None
        is_permalink = is_known or is_symbol or (is_word and (is_vague or holders.is_target(holder, link)))
    return holder is not None and is_permalink and holders.words(holder) != text


def _is_symbol_with_words(link: _Element) -> bool:
    """Return True if the only words of a link are for screen readers, next to a sign or not."""
    said = "".join(words_of(each) for each in link if _FOR_READERS.search(each.get("class") or ""))
    rest = words_of(link).replace(said, "", 1)
    return bool(said) and _SYMBOL.fullmatch(rest) is not None


def _is_own_sign(holder: _Element | None, link: _Element, text: str, holders: _Holders) -> bool:
    """Return True if a sign at an end of a paragraph leads to it: by the name of its class, or by its fragment."""
    words = holders.words(holder) if holder is not None else ""
    if holder is None or not (words.endswith(text) or words.startswith(text)) or words.count(text) > 1:
        return False
    if "permalink" in (link.get("class") or "").lower():
        return True
    fragment = (link.get("href") or "").partition("#")[2]
    return bool(fragment) and fragment in (holder.get("id"), link.get("id"), link.get("name"))
