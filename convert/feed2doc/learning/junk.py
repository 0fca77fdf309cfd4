"""Text that recurs in the articles of a source and is not part of them: promotion, lists of other articles, pictures of the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feed2doc._text.urls import host_of
from feed2doc.learning.articles import Article, Passage
from feed2doc.learning.patterns import pattern_of
from feed2doc.learning.proposal import FEWEST, FEWEST_IN_HALF, Proposal, examples_of
from feed2doc.learning.selecting import Selected, candidates, is_at_picture, quoted, recurring, spread
from feed2doc.readers.inspection import is_block, parse_time, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# The share of a text that must be in links, for promotion and for lists of other articles.
_WITH_LINKS, _ALL_LINKED = 0.15, 0.85
# The share of a box among the words of an article above which it is not a box.
_LARGEST_BOX = 0.4
_SHARE_OF_ARTICLES = 0.1
# Editors use the same picture for several articles, but not for most of them.
_SHARE_WITH_PICTURE = 0.5
_MOST_LABELS, _LONGEST_LABEL = 3, 30
_MARKERS = ("form", "input", "button")


def texts(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the paragraphs with links that are the same in several articles, except for numbers and the headline."""
    found: dict[str, list[tuple[Article, Passage]]] = defaultdict(list)
    for article in articles:
        for passage in {p.key: p for p in article.passages if _is_promotion(article, p)}.values():
            found[passage.key].append((article, passage))
    for key, rows in found.items():
        if len(rows) >= _fewest(rows[0], articles) and any(map(str.isalpha, key.replace("\0", ""))):
            value = f"^{pattern_of(key)}$"
            yield Proposal("drop_text", value, len(rows), examples_of(p.text for _, p in rows))


def _fewest(row: tuple[Article, Passage], articles: Sequence[Article]) -> float:
    """Return how many articles must have the passage: more, if it is a link to another article of the site."""
    article, passage = row
    is_own = any(host_of(url) == host_of(article.document.url) for url in passage.links)
    return max(FEWEST_IN_HALF, (_SHARE_OF_ARTICLES if is_own else _SHARE_OF_ARTICLES / 2) * len(articles))


def _is_promotion(article: Article, passage: Passage) -> bool:
    if passage.kind == "heading" or passage.linked < _WITH_LINKS or not _is_anonymous(article, passage.text):
        return False
    return passage.key != "\0"


def _is_anonymous(article: Article, text: str) -> bool:
    """Return True if the text neither is a time nor names an author, whose biography is part of the article."""
    document = article.document
    known = [person.name for person in document.byline] + [credit.person for credit in document.credits]
    folded = text.casefold()
    return not parse_time(text) and not any(name and name.casefold() in folded for name in known)


def boxes(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the elements whose text recurs, or that are lists of links to other articles."""
    for name, selected in candidates(articles, FEWEST_IN_HALF):
        if is_junk(selected):
            yield Proposal("drop", name)


def is_junk(selected: Sequence[Selected]) -> bool:
    """Return True if all these elements have text that recurs, or are lists of links below a recurring title."""
    with_text = [each for each in selected if each.text]
    if spread(with_text) >= FEWEST_IN_HALF and _are_labels(with_text):
        return True
    if spread(with_text) < FEWEST_IN_HALF or any(map(_may_be_article, selected)):
        return False
    again = recurring(with_text)
    if all(each.key in again for each in with_text):
        return _is_promoting(with_text)
    return all(each.key in again or _is_list_of_links(each, with_text) for each in with_text)


def _are_labels(selected: Sequence[Selected]) -> bool:
    """Return True if these are a few words before other text of a picture, such as `Image caption` for screen readers."""
    again = recurring(selected)
    return len(again) <= _MOST_LABELS and all(
        each.key in again and len(each.text) <= _LONGEST_LABEL and _is_before_text(each.element)
        for each in selected
    )


def _is_before_text(element: _Element) -> bool:
    after = element.getnext()
    beside = after is not None and not (element.tail or "").strip() and bool(words_of(after))
    return beside and is_at_picture(element)


def _may_be_article(each: Selected) -> bool:
    element = each.element
    if len(each.text) > _LARGEST_BOX * len(each.article.text):
        return True
    if not is_block(element) and _is_in_sentence(element):
        return True
    if not _is_anonymous(each.article, each.text):
        return True
    return next(element.iter("img", "video", "figcaption", "iframe", "table", "pre"), None) is not None


def _is_in_sentence(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and words_of(parent) != words_of(element)


def _is_promoting(selected: Sequence[Selected]) -> bool:
    """Return True if the recurring texts are promotion: with links or forms."""
    return all(_linked(each.element) > _WITH_LINKS or _has_form(each.element) for each in selected)


def _has_form(element: _Element) -> bool:
    return next(element.iter(*_MARKERS), None) is not None


def _linked(element: _Element) -> float:
    whole = len(words_of(element))
    links = [element] if element.tag == "a" else element.iter("a")
    return sum(len(words_of(link)) for link in links) / whole if whole else 0.0


def _is_list_of_links(each: Selected, others: Sequence[Selected]) -> bool:
    links = [link for link in each.element.iter("a") if words_of(link)]
    titles = Counter(line for other in others for line in {_title_of(other.element)})
    title = _title_of(each.element)
    bare = len(each.text) - len(title)
    linked = sum(len(words_of(link)) for link in links)
    has_title = bool(title) and titles[title] > len(others) / 2
    return bool(links) and linked >= _ALL_LINKED * bare and (has_title or len(links) > 2)


def _title_of(element: _Element) -> str:
    """Return the text of an element before its first link."""
    link = next(element.iter("a"), None)
    if link is None:
        return ""
    whole, first = words_of(element), words_of(link)
    return whole[: whole.find(first)].strip() if first and first in whole else ""


def pictures(articles: Sequence[Article]) -> Iterator[Proposal]:
    """Propose the pictures without a caption that are the same in several articles: logos, and icons of topics."""
    found: dict[str, list[Article]] = defaultdict(list)
    captioned: set[str] = set()
    for article in articles:
        shown = {figure.image.src for figure in article.figures if figure.image and not figure.caption}
        captioned |= {figure.image.src for figure in article.figures if figure.image and figure.caption}
        for source in dict.fromkeys(e.get("src") or "" for e in article.index.named.get("img", ())):
            if source in shown:
                found[source].append(article)
    fewest = max(FEWEST, _SHARE_WITH_PICTURE * len(articles))
    for source, rows in found.items():
        if len(rows) >= fewest and source not in captioned and not source.startswith("data:"):
            headlines = (article.document.headline for article in rows)
            yield Proposal("drop", f"img[src={quoted(source)}]", len(rows), examples_of(headlines))
