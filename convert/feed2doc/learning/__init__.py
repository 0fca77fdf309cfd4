"""Learning the rules of a site from a folder with many of its articles."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from feed2doc._files.temporary import temporary_folder
from feed2doc.env import Env
from feed2doc.errors import ReadError, expect
from feed2doc.learning import facts, figures, junk, text
from feed2doc.learning.articles import Article, articles_in
from feed2doc.learning.proposal import FEWEST, Proposal
from feed2doc.learning.verification import confirmed
from feed2doc.learning.writing import toml_of
from feed2doc.readers.inspection import SiteRule, rules_for

# What may drop text is learned from each half of the articles and verified on the other.
_DROPPING = (junk.texts, junk.boxes, junk.pictures)
_KEEPING = (*facts.PROPOSERS, *figures.PROPOSERS, *text.PROPOSERS)
# Once promotion is gone and a byline is out of the text, the next round finds what they were in front of.
_MOST_ROUNDS = 4
FEWEST_ARTICLES = 2 * FEWEST
"""The number of articles of a site below which nothing is learned."""


class Learned(msgspec.Struct, frozen=True):
    """The rules learned for one host, each with its evidence. `toml` is the text of a rule file with them."""

    host: str
    articles: int
    rules: tuple[Proposal, ...]
    toml: str


def learn(folder: str | os.PathLike[str], *, env: Env | None = None) -> tuple[Learned, ...]:
    """Return the rules of each site whose articles are in a folder, sorted by host.

    Only what feed2doc does not know without them is learned: text that recurs and is not part of the articles, and where
    byline, time, captions and credits are. Each half of the articles verifies what the other half says is not part of an
    article. The same articles give the same rules. Raise ReadError if no article in the folder has a URL.
    """
    expect("env", env, Env, type(None))
    own = env or Env()
    name = os.fspath(folder)
    found = articles_in(name, own)
    if not found:
        raise ReadError(f"{name}: no feed items found whose URL names a host")
    learned = {host: _learned(host, articles, [], own) for host, articles in found.items()}
    with temporary_folder() as above:
        for number in range(_MOST_ROUNDS - 1):
            rules = Path(above, str(number))
            rules.mkdir()
            for host, each in learned.items():
                (rules / f"{host}.toml").write_text(each.toml, "utf-8")
            again = articles_in(
                name, msgspec.structs.replace(own, site_dirs=(rules, *own.site_dirs), diagnostics=[])
            )
            before = learned
            learned = {
                host: _learned(host, articles, before[host].rules, own) for host, articles in again.items()
            }
            if learned == before:
                break
    return tuple(learned.values())


def _learned(host: str, articles: list[Article], before: Sequence[Proposal], env: Env) -> Learned:
    """Return the rules that were learned before and those that these articles, read with them, show."""
    rules = list(before)
    if len(articles) >= FEWEST_ARTICLES:
        names = {rule.name for rule in rules}
        found = [rule for rule in confirmed(_DROPPING, articles) if rule.name not in names]
        if not found:
            found = [rule for propose in _KEEPING for rule in propose(articles) if rule.name not in names]
        rules += found
    known = rules_for(articles[0].document.url, env.site_dirs).files[0]  # which the new file replaces
    if not known.hosts:
        known = SiteRule(hosts=(host.removeprefix("www."),))
    return Learned(host, len(articles), tuple(rules), toml_of(host, len(articles), known, rules))
