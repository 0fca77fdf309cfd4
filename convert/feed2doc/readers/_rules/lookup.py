"""The rules for one article: those of its site and publishing systems, merged with the generic ones.

Lists are concatenated, the site's entries first. Single values of the site override the generic ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from feed2doc._text.folding import letters_of
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.class_words import Words
from feed2doc.readers._rules.finders import Known, finder_of
from feed2doc.readers._rules.link_rules import LinkRules
from feed2doc.readers._rules.schema import (
    GROUPS,
    PATTERNS,
    SELECTED,
    CreditRule,
    GalleryRule,
    PlayerRule,
    SiteRule,
    TimeRule,
    WordsRule,
)
from feed2doc.readers._rules.selectors import Index, Selector, selector
from feed2doc.readers._rules.words.lexicon import Lexicon, credit_in, lexicon

if TYPE_CHECKING:
    from lxml.etree import _Element

# Between links in a row: `View online | Unsubscribe`.
_BUTTONS = pattern(r"(?:(?<!\s)\s+)?[|｜·•/]\s*|(?<!\s)\s+[–—-]\s+|,\s+|[】\]]\s*(?=[【\[])")
_BUTTON = pattern(r"[|｜·•/–—,【\[-]")
_LONGEST_ROW = 160
# The length of a recording after the words of its button: `Listen to this article 04:12`.
_CLOCK = pattern(r"\s{0,3}[·•|–-]?\s{0,3}\d{1,2}:\d\d$")
_MOST_WORDS = 8
# Signs around the words of a link to the rest of an article.
_AROUND_MORE = ' .…\u00a0»›>→▶►"“”„'

# A selector: its key, its number among those of the key, and the name of its rule.
_Row = tuple[str, int, Selector, str]


class Rules:
    """The merged rules of several files, the site's own first and `generic.toml` last."""

    def __init__(self, files: tuple[SiteRule, ...], languages: tuple[str, ...] = ()) -> None:
        self.files = files
        self.name: str = files[0].name
        self._languages = languages
        self._variants: dict[tuple[str, ...], Rules] = {languages: self}
        self._settings: dict[str, str] = {}
        self._with_systems: dict[tuple[SiteRule, ...], Rules] = {}
        self.bold_headings: bool = any(file.bold_headings for file in files)
        self.header_row: bool = any(file.header_row for file in files)
        self.one_author: bool = any(file.one_author for file in files)
        self.feed_subtitle: bool = any(file.feed_subtitle for file in files)
        self.only_article: bool = any(file.only_article for file in files)
        self.tex: bool = any(file.tex for file in files)

    def with_systems(self, systems: tuple[SiteRule, ...]) -> Rules:
        """Return these rules with those of publishing systems, which come after the site's own."""
        if not systems:
            return self
        if systems not in self._with_systems:
            self._with_systems[systems] = Rules((*self.files[:-1], *systems, self.files[-1]))
        return self._with_systems[systems]

    def in_languages(self, languages: tuple[str, ...]) -> Rules:
        """Return these rules with the words of these languages."""
        if languages not in self._variants:
            self._variants[languages] = Rules(self.files, languages)
        return self._variants[languages]

    @cached_property
    def words(self) -> Lexicon:
        """The words of the languages."""
        return lexicon(self._languages)

    @cached_property
    def times(self) -> list[tuple[TimeRule, str]]:
        """The rules that locate the time, each with its name."""
        return [(t, f"{file.name}: time {t.select!r}") for file in self.files for t in file.time]

    @cached_property
    def players(self) -> list[tuple[Selector, PlayerRule, str]]:
        """The rules for players, each with its selector and name."""
        rules = ((file.name, rule) for file in self.files for rule in file.player)
        return [(selector(rule.select), rule, f"{name}: player {rule.select!r}") for name, rule in rules]

    @cached_property
    def stated(self) -> list[tuple[Selector, WordsRule | GalleryRule]]:
        """The rules for words and pictures in attributes, each with its selector."""
        rules: list[WordsRule | GalleryRule] = []
        for file in self.files:
            rules += (*file.words, *file.gallery)
        return [(selector(rule.select), rule) for rule in rules]

    @cached_property
    def _selectors(self) -> dict[str, list[tuple[Selector, str]]]:
        return {
            key: [(selector(css), f"{f.name}: {key} {css!r}") for f in self.files for css in getattr(f, key)]
            for key in SELECTED
        }

    @cached_property
    def _by_name(self) -> dict[str, list[_Row]]:
        """The selectors of all keys by a name that they need, which is "" if they need none."""
        named: dict[str, list[_Row]] = defaultdict(list)
        for key, rows in self._selectors.items():
            for number, (css, reason) in enumerate(rows):
                # Classes and attributes are rarer than elements.
                name = max(css.needs, key=lambda need: (need[0] in ".#[", need), default="")
                named[name].append((key, number, css, reason))
        return named

    def _rows_in(self, index: Index) -> dict[str, list[_Row]]:
        """Return the selectors of each key that may match in a tree, in order. One search for the names serves all keys."""
        if (rows := index.found.get(self)) is None:
            rows = index.found[self] = defaultdict(list)
            named = self._by_name
            for name in ("", *(named.keys() & index.names)):
                for row in named.get(name, ()):
                    if row[2].needs <= index.names:
                        rows[row[0]].append(row)
            for each in rows.values():
                each.sort(key=_number_of)
        return rows

    @cached_property
    def _patterns(self) -> dict[str, list[Known]]:
        return {
            key: [
                Known(pattern(p), f"{f.name}: {key} {p!r}", f.shipped)
                for f in self.files
                for p in getattr(f, key)
            ]
            for key in PATTERNS
        }

    @cached_property
    def _credits(self) -> list[tuple[CreditRule, Known]]:
        return [
            (credit, Known(pattern(credit.text), f"{f.name}: credit {credit.text!r}", f.shipped))
            for f in self.files
            for credit in f.credit
        ]

    @cached_property
    def _finders(self) -> dict[str, Callable[[str], Sequence[int]]]:
        return {key: finder_of(rows) for key, rows in self._patterns.items()}

    @cached_property
    def _credits_in(self) -> Callable[[str], Sequence[int]]:
        return finder_of([known for _, known in self._credits])

    def junk(self, text: str, *, certain: bool = False) -> str:
        """Return the name of the rule by which a paragraph with this text is not part of the article, or "".

        With `certain`, words that sentences also begin with do not count.
        """
        if self._dropped_texts(text) and (found := self.search("drop_text", text)):
            return found[1]
        beginnings = self._junk_beginnings
        if (beginnings is not None and text[:1] not in beginnings) or self.only_article:
            return ""
        if text[-1:].isdecimal() and text[:1].isdecimal():  # a cell of a table; a count has a word
            return ""
        if not self.words.may_begin("junk", text):
            return ""
        said = self.words.find("junk", text, weak=not certain)
        if said is None and text[-3:-2] == ":" and (clock := _CLOCK.search(text)) is not None:
            said = self.words.find("junk", text[: clock.start()])
        if said is None and len(text) <= _LONGEST_ROW:
            signs = _BUTTON.search(text) is not None
            parts = _BUTTONS.split(text) if signs else text.split()
            parts = [part for part in parts if any(map(str.isalpha, part))]  # others are counts
            is_row = len(parts) > 1 and (signs or len(parts) <= _MOST_WORDS)
            first = self.words.find("junk", parts[0]) if is_row else None
            if first is not None and all(map(self._is_furniture, parts[1:])):
                said = first
        return said.reason if said else ""

    def closing(self, text: str, title: str = "") -> str:
        """Return the name of the rule by which a line says where the article (with this headline) appeared, or ""."""
        if title and (len(text) > len(title) + _LONGEST_ROW or letters_of(title) not in letters_of(text)):
            return ""
        found = self.words.find("closing", text)
        if found is None or (title and letters_of(found.match["title"]) != letters_of(title)):
            return ""
        return found.reason

    def more(self, text: str) -> str:
        """Return the name of the rule by which a link's text says that it leads to the rest of an article, or ""."""
        found = self.words.find("more", text.strip(_AROUND_MORE))
        return found.reason if found else ""

    def _is_furniture(self, part: str) -> bool:
        """Return True if this part of a row is a button, or says who has the rights, as below letters."""
        if self.words.find("junk", part):
            return True
        return (found := credit_in(self.words, part)) is not None and found.rule.role == "rights"

    def rest(self, text: str) -> tuple[int, int] | None:
        """Return the place of the part of a dropped paragraph that the group `rest` of its pattern keeps, if it has one."""
        found = self.search("drop_text", text) if self._dropped_texts(text) else None
        return found[0].span("rest") if found and found[0].groupdict().get("rest") else None

    def sharing(self, href: str) -> str:
        """Return the name of the rule by which a link shares the page on a network or asks for a donation, or ""."""
        return self._share_links.find(href)

    def badge(self, href: str) -> str:
        """Return the name of the rule by which a link without words is a button with a picture, or ""."""
        return self._badge_links.find(href)

    def inviting(self, href: str) -> str:
        """Return the name of the rule by which a link leads to a form to subscribe or to a channel, or ""."""
        return self._invitation_links.find(href)

    def podcast(self, href: str) -> str:
        """Return the name of the rule by which a link leads to a directory of podcasts, or ""."""
        return self._podcast_links.find(href)

    def account(self, href: str) -> str:
        """Return the part of a link to a post that is the same for all posts of its account, or ""."""
        return href.partition("&")[0].partition("//")[2] if self._account_links.find(href) else ""

    @cached_property
    def asking(self) -> frozenset[str]:
        """The names of the rules for links that ask for a donation."""
        return frozenset(
            f"{file.name}: donation_links {url!r}" for file in self.files for url in file.donation_links
        )

    @cached_property
    def _share_links(self) -> LinkRules:
        return LinkRules(self.files, ("share_links", "donation_links"))

    @cached_property
    def _badge_links(self) -> LinkRules:
        return LinkRules(self.files, ("badge_links",))

    @cached_property
    def _invitation_links(self) -> LinkRules:
        return LinkRules(self.files, ("invitation_links",))

    @cached_property
    def _podcast_links(self) -> LinkRules:
        return LinkRules(self.files, ("podcast_links",))

    @cached_property
    def _account_links(self) -> LinkRules:
        return LinkRules(self.files, ("account_links",))

    @cached_property
    def _junk_beginnings(self) -> Container[str] | None:
        """The first characters of texts that the words for junk may match, as those of most texts are not, or None if any may."""
        return self.words.beginnings("junk")

    @cached_property
    def _dropped_texts(self) -> Callable[[str], Sequence[int]]:
        return self._finders["drop_text"]

    def setting(self, key: str) -> str:
        """Return the first non-empty value of a key with a single value, or ""."""
        if key not in self._settings:
            values = (str(getattr(file, key)) for file in self.files)
            self._settings[key] = next(filter(None, values), "")
        return self._settings[key]

    def keys_in(self, index: Index) -> Container[str]:
        """Return the keys with selectors that may match in a tree."""
        return self._rows_in(index).keys()

    def select(self, key: str, index: Index) -> dict[_Element, str]:
        """Return the elements matched by the selectors of this key, each with the name of its rule."""
        found: dict[_Element, str] = {}
        for _, _, css, reason in self._rows_in(index).get(key, ()):
            for element in css.of(index):
                found.setdefault(element, reason)
        return found

    def worded(self, kind: str, index: Index) -> dict[_Element, str]:
        """Return the elements whose names have a word of this kind, each with the name of its rule."""
        if (marked := index.found.get(Words)) is None:
            marked = index.found[Words] = self._class_words.marked(index)
        return cast("dict[_Element, str]", marked.get(kind, {}))

    def named(self, kind: str, element: _Element) -> str:
        """Return the name of the rule by which a whole class or the id of an element is a word of this kind, or ""."""
        names = (*(element.get("class") or "").split(), *(element.get("id") or "").split())
        found = (self._class_words.whole(name).get(kind) for name in names)
        return next(filter(None, found), "")

    @cached_property
    def _class_words(self) -> Words:
        return Words((file.name, file.class_words) for file in self.files)

    def search(self, key: str, text: str) -> tuple[re.Match[str], str] | None:
        """Return the first match of this key's patterns in a text and the name of its rule, or None.

        If the key needs a group, it is not empty in the match.
        """
        for number in self._finders[key](text):
            known = self._patterns[key][number]
            if (found := known.search(text)) and (key not in GROUPS or found[GROUPS[key]]):
                return found, known.reason
        return None

    @cached_property
    def names_authors(self) -> bool:
        """True if a rule of the site says which credit lines name the authors."""
        return any(rule.role == "byline" for rule, _ in self._credits)

    def credit(self, text: str) -> tuple[CreditRule, re.Match[str], str] | None:
        """Return the first credit rule that matches this line, its match, and the rule's name, or None."""
        for number in self._credits_in(text):
            rule, known = self._credits[number]
            if found := known.search(text):
                return rule, found, known.reason
        if said := credit_in(self.words, text):
            return CreditRule(said.rule.role, "", said.rule.weak), said.match, said.reason
        return None


def _number_of(row: _Row) -> int:
    return row[1]
