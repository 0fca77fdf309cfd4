"""Learning the rules of a site from a folder with many of its articles."""

from __future__ import annotations

import os

import msgspec

from feed2doc.env import Env
from feed2doc.errors import ReadError, expect
from feed2doc.learning import facts, figures, junk, text
from feed2doc.learning.articles import Article, articles_in
from feed2doc.learning.proposal import FEWEST, Proposal
from feed2doc.learning.verification import confirmed
from feed2doc.learning.writing import toml_of
from feed2doc.readers._rules.lookup import rules_for
from feed2doc.readers._rules.schema import SiteRule

# What may drop text is learned from each half of the articles and verified on the other.
_DROPPING = (junk.texts, junk.boxes, junk.pictures)
_KEEPING = (*facts.PROPOSERS, *figures.PROPOSERS, *text.PROPOSERS)


class Learned(msgspec.Struct, frozen=True):
    """The rules learned for one host. `toml` is the text of a rule file."""

    host: str
    articles: int
    rules: int
    toml: str


def learn(folder: str | os.PathLike[str], *, env: Env | None = None) -> tuple[Learned, ...]:
    """Return the rules of each site whose articles are in a folder, sorted by host.

    Only what feed2doc does not know without them is learned: text that recurs and is not part of the articles, and where
    byline, time, captions and credits are. Each half of the articles verifies what the other half says is not part of an
    article. The same articles give the same rules. Raise ReadError if no article in the folder has a URL.
    """
    expect("env", env, Env, type(None))
    own = env or Env()
    found = articles_in(os.fspath(folder), own)
    if not found:
        raise ReadError(f"{os.fspath(folder)}: no feed items found whose URL names a host")
    return tuple(_learned(host, articles, own) for host, articles in found.items())


def _learned(host: str, articles: list[Article], env: Env) -> Learned:
    rules: list[Proposal] = []
    if len(articles) >= 2 * FEWEST:
        rules = [rule for propose in _KEEPING for rule in propose(articles)] + confirmed(_DROPPING, articles)
    own = _own_file(articles[0].document.url)
    hosts = [host.removeprefix("www.")]
    return Learned(host, len(articles), len(rules), toml_of(host, len(articles), hosts, own, rules))


def _own_file(url: str) -> SiteRule | None:
    """Return feed2doc's own rules for a site, which a file of the user's replaces."""
    file = rules_for(url).files[0]
    return None if file.name == "generic" else file
