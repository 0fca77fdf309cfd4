"""Verification of rules on articles that they were not learned from: they must not drop words of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from feed2doc.learning import junk
from feed2doc.learning.articles import Article, halves
from feed2doc.learning.proposal import FEWEST, Proposal, examples_of
from feed2doc.learning.selecting import Selected
from feed2doc.readers.inspection import selector, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

Propose = Callable[[Sequence[Article]], Iterator[Proposal]]


def confirmed(proposers: Iterable[Propose], articles: Sequence[Article]) -> list[Proposal]:
    """Return the rules that are learned from one half of the articles and verified on the other half."""
    recurring = _recurring(articles)
    first, second = halves(articles)
    found: dict[str, Proposal] = {}
    for seen, unseen in ((first, second), (second, first)):
        for propose in proposers:
            for rule in propose(seen):
                if rule.name not in found and _is_verified(rule, unseen, articles, recurring):
                    found[rule.name] = _counted(rule, articles)
    return _without_covered([rule for rule in found.values() if rule.count >= FEWEST], articles)


def _recurring(articles: Iterable[Article]) -> set[str]:
    """Return the passages that occur in several articles."""
    count: Counter[str] = Counter()
    for article in articles:
        count.update({passage.key for passage in article.passages})
    return {key for key, number in count.items() if number > 1}


def _is_verified(
    rule: Proposal, unseen: Sequence[Article], articles: Sequence[Article], recurring: set[str]
) -> bool:
    """Return True if the rule matches in unseen articles, and there and elsewhere only what is not part of an article."""
    if rule.key == "drop_text":
        matched = [key for article in unseen for key, _ in _matching(str(rule.value), article)]
        return bool(matched) and recurring.issuperset(matched)
    if not any(_selected(rule, article) for article in unseen):
        return False
    if str(rule.value).startswith("img["):
        return True
    return junk.is_junk([each for article in articles for each in _selected(rule, article)])


def _matching(pattern: str, article: Article) -> list[tuple[str, str]]:
    """Return the passages that a pattern drops, each with its key."""
    return [(p.key, p.text) for p in article.passages if p.kind != "heading" and re.search(pattern, p.text)]


def _selected(rule: Proposal, article: Article) -> list[Selected]:
    found = selector(str(rule.value)).of(article.index)
    return [Selected(article, e, words_of(e)) for e in found if e not in article.dropped]


def _counted(rule: Proposal, articles: Sequence[Article]) -> Proposal:
    """Return the rule with the evidence of all articles."""
    texts: list[str] = []
    count = 0
    for article in articles:
        if rule.key == "drop_text":
            found = [text for _, text in _matching(str(rule.value), article)]
        else:
            found = [each.text or article.document.headline for each in _selected(rule, article)]
        count += bool(found)
        texts += found
    return msgspec.structs.replace(rule, count=count, examples=examples_of(texts))


def _without_covered(rules: list[Proposal], articles: Sequence[Article]) -> list[Proposal]:
    """Return the rules without those that drop only what is inside the elements that another one drops."""
    roots = [
        {e.element for a in articles for e in _selected(rule, a)} if rule.key == "drop" else set()
        for rule in rules
    ]
    inside = [{inner for element in own for inner in element.iter()} for own in roots]
    kept: list[Proposal] = []
    for at, rule in enumerate(rules):
        others = [n for n in range(len(rules)) if n != at and (roots[at] != roots[n] or n < at)]
        if rule.key == "drop":
            covered = any(roots[at] <= inside[n] for n in others)
        else:
            covered = any(_covers_texts(roots[n], rule, articles) for n in others)
        if not covered:
            kept.append(rule)
    return kept


def _covers_texts(roots: set[_Element], rule: Proposal, articles: Sequence[Article]) -> bool:
    """Return True if the texts that a pattern drops are all in these elements."""
    around: Counter[str] = Counter(words_of(inner) for element in roots for inner in element.iter())
    return bool(roots) and all(
        " ".join(text.split()) in around for a in articles for _, text in _matching(str(rule.value), a)
    )
