"""Header lines of names without a label: bylines, or people whom the text is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.unlabelled_names import names_subject
from feed2doc.readers._article.header.elements import is_in_list
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._article.header.units import Unit

# More lines of names without a label are a list of people.
_MOST = 3


class GuessedBylines:
    """The lines of names without a label in one tree, which are counted."""

    def __init__(self, root: _Element, facts: Facts, rules: Rules) -> None:
        self._root = root
        self._facts = facts
        self._rules = rules
        self._count = 0

    @property
    def are_list(self) -> bool:
        """Return True if there are so many that they are a list of people."""
        return self._count > _MOST

    def has_authors(self, unit: Unit, text: str, names: str) -> bool:
        """Return True if a line is a byline: no other author is stated, and the text is not about these people."""
        self._count += 1
        if self.are_list or is_in_list(unit):
            return False
        if author := self._facts.value("byline").casefold():
            return any(name.casefold() in author for name in printed_names(names))
        written = f"{words_of(self._root)} {self._facts.value('headline')}"
        return not names_subject(names, text, written, self._rules.words)
