"""The beginning of reading: the facts that are stated about an article, the rules that apply to it, and the index of its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._own_process import step
from feed2doc._plugins import broken_sites
from feed2doc._text.urls import host_of
from feed2doc.env import Env
from feed2doc.readers._article.language_choice import languages_of
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._facts.json_ld import read_json_ld
from feed2doc.readers._facts.meta import read_meta
from feed2doc.readers._html.links import settle_links
from feed2doc.readers._html.parse import without_wrappers
from feed2doc.readers._html.urls import resolve
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index
from feed2doc.readers._rules.sites import rules_for
from feed2doc.readers._rules.stated_words import settle_words
from feed2doc.readers._rules.systems import systems_in

if TYPE_CHECKING:
    from lxml.etree import _Element


class Opened(Struct, frozen=True):
    """An article whose rules are known, but whose text is not read yet.

    `url` is its address, and `base` the one that its links are relative to. `linked` are the links to places in a page.
    """

    known: Metadata
    env: Env
    url: str
    base: str
    facts: Facts
    rules: Rules
    index: Index
    linked: list[_Element]
    account: Account

    @property
    def root(self) -> _Element:
        """The element with the article."""
        return self.index.root


def open_article(root: _Element, known: Metadata, env: Env, page: Facts | None) -> Opened:
    """Return the article of this tree with its facts, rules and account.

    `page` are the facts that the page around the tree states. By default, they are read from the tree.
    """
    facts = known.facts()
    facts.update(page_facts(root, env) if page is None else page)
    url = resolve(facts.value("url"), "") or known.options.base_url
    base = known.base or url
    rules = rules_for(url, env.site_dirs, known.generator)
    step(f"applying the rules of {rules.name}")
    for message in broken_sites():
        env.note("notice", message, rule="plugins")
    for name in ("publication", "language"):
        facts.add(name, rules.setting(name), "site rule", f"{rules.name}: {name}")
    root = without_wrappers(root)
    if env.trace is not None:
        from copy import deepcopy

        env.trace.tree = deepcopy(root)
    index = Index.of(root)  # it keeps the elements alive, or lxml would recreate each one on every access
    linked = settle_links(index, url, base)
    systems = systems_in(index, known.generator, env.site_dirs, tuple(map(host_of, known.feeds)))
    rules = rules.with_systems(systems)
    if rules.tex:
        from feed2doc.readers._html.tex_text import settle_tex

        settle_tex(index.root, facts)
    index = settle_words(index, rules)
    account = Account(index, env)
    rules = rules.in_languages(languages_of(root, facts, url, rules, account.edges))
    return Opened(known, env, url, base, facts, rules, index, linked, account)


def page_facts(root: _Element, env: Env) -> Facts:
    """Return the facts that the JSON-LD and the `meta` elements of a tree state."""
    facts = Facts()
    read_json_ld(root, facts, env)
    read_meta(root, facts)
    return facts
