"""The account of an article: all text, pictures and embeds of its HTML are in the Document, dropped by a rule, or a loss.

Everything that goes into the Document, or is left out of it, passes a method of the account, which only collects it.
`settle` compares the sums at the end. Only if they differ is the difference searched for, and reported as a loss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc.env import Env, Kind
from feed2doc.readers._blocks.counting import (
    address_of,
    addresses_of,
    texts_in,
    texts_of,
    visible,
)
from feed2doc.readers._blocks.elements import MEDIA, SILENT, VOID, block_of
from feed2doc.readers._html.parse import raw_text_of
from feed2doc.readers._rules.selectors import Index, describe

if TYPE_CHECKING:
    from lxml.etree import _Element

# Dashes before an attribution. Writers set their own.
_DASHES = frozenset("—–―-‐‑~－─")
_PUNCTUATION = " :：|｜/／·•,，、-—–()（）[]【】"
_LONGEST, _LONGEST_SHOWN = 500, 60
_SAMPLE = 500
_MOST_PICTURES = 20
_WITHOUT_PICTURES = (m.Text, m.LineBreak)


class Account:
    """The text and media of one tree, and where they went.

    `moved` are the elements whose content is read elsewhere, as notes are; they do not count as part of the elements around
    them.
    """

    def __init__(self, index: Index, env: Env) -> None:
        self._root, self.env = index.root, env
        self.text = raw_text_of(index.root)
        self._media = [element for tag in MEDIA for element in index.named.get(tag, ())]
        self._met: set[_Element] = set()
        self._shown: list[m.Figure | m.Embed] = []
        self._kept: list[str] = []
        self._left: list[str] = []
        self._gained: list[str] = []
        self._removed: list[object] = []
        self.moved: frozenset[_Element] = frozenset()
        self.keep = self._kept.append
        """Count text of the source that goes into the Document."""

    def leave(self, text: str) -> None:
        """Count text between elements that is not part of the article, such as the label of a byline."""
        self._left.append(text)

    @property
    def edges(self) -> str:
        """The beginning and the end of the text, which may be in the language of the archive."""
        return self.text[:_SAMPLE] + self.text[_SAMPLE:][-_SAMPLE // 2 :]

    def is_all(self, text: str) -> bool:
        """Return True if the article has no other text than this, which was the last to be kept."""
        if len(self._kept) > 1 and self._kept[0].strip():
            return False
        return len(visible(text)) == self._size

    @cached_property
    def _size(self) -> int:
        return len(visible(self.text))

    def gain(self, text: str) -> None:
        """Count text that the Document has in addition to the text of the source: alternative texts in a line."""
        self._gained.append(text)

    def show(self, element: _Element, node: m.Figure | m.Embed) -> None:
        """Count a picture or embed that goes into the Document."""
        self._met.add(element)
        self._shown.append(node)

    def enter(self, element: _Element) -> None:
        """Count an embed whose content is read instead of it."""
        self._met.add(element)

    def hide(self, element: _Element) -> str:
        """Count an element that is not part of the article, such as a script, and return its text."""
        if element.tag in VOID:  # its content is read after it
            self._met.add(element)
            return ""
        inside = raw_text_of(element)
        if self.moved:
            inside = "".join(text for _, text in texts_in(element, self.moved.__contains__))
        self._left.append(inside)
        self._met.add(element)
        if self._media and len(element):
            self._met.update(element.iter(*MEDIA))
        return inside

    def drop(
        self, element: _Element, rule: str, message: str = "junk", *, kind: Kind = "dropped", text: str = ""
    ) -> None:
        """Count an element that the rule drops, and note it. `text` is shown if the element has no text."""
        inside = " ".join(self.hide(element).split())
        count = len(inside) - inside.count(" ")
        self.env.note(kind, message, rule=rule, text=inside[:_LONGEST] or text, characters=count)
        if self._media and len(element):
            self._note_pictures(
                ((each.get("src") or "").strip() for each in element.iter(*MEDIA)), rule, kind
            )

    def _note_pictures(self, found: Iterable[str], rule: str, kind: Kind = "dropped") -> None:
        """Note pictures and embeds in what is left out by their addresses, one by one up to a number."""
        addresses = [each for each in dict.fromkeys(found) if each and not each.startswith("data:")]
        for address in addresses[:_MOST_PICTURES]:
            self.env.note(kind, "picture or embed in what is left out", rule=rule, text=address)
        if (others := len(addresses) - _MOST_PICTURES) > 0:
            self.env.note(kind, f"{others} more pictures and embeds in what is left out", rule=rule)

    def take(self, text: str, facts: Iterable[str], rule: str) -> None:
        """Note what a line of the header has in addition to these facts, such as labels. Its element is hidden later."""
        rest = " ".join(text.split())
        for fact in filter(None, facts):
            rest = rest.replace(fact, "", 1)
        if rest := rest.strip(_PUNCTUATION):
            self.env.note("dropped", "header", rule=rule, text=rest, characters=len(visible(rest)))

    def remove(self, part: object, rule: str, message: str = "junk", *, text: str) -> None:
        """Count a part of the Document, already kept, that the rule removes again, and note it."""
        self.ignore(part)
        self.env.note("dropped", message, rule=rule, text=text, characters=len(visible(text)))
        if self._media and not _is_text(part):
            self._note_pictures((each for each in addresses_of(part) if each != text), rule)

    def ignore(self, part: object) -> None:
        """Count a part of the Document, already kept, that is not needed, such as the label of a credit."""
        self._removed.append(part)

    def settle(self, document: m.Document) -> None:
        """Compare the sums and note what is lost. An audit also searches the Document for all that was kept."""
        came = "".join("".join([self.text, *self._gained]).split())
        went = "".join("".join(self._kept + self._left).split())
        if len(came) != len(went) and (difference := len(visible(came)) - len(visible(went))):
            self._report(difference, self._sources(), visible(went))
        for element in self._media:
            if element not in self._met:
                self._lose(f"<{describe(element)}>", element.get("src") or "")
        if self.env.audit:
            self._audit(document)

    def _audit(self, document: m.Document) -> None:
        there = (document, *self._removed)
        found = visible("".join(texts_of(there)))
        lost = Counter(visible("".join(self._kept))) - Counter(found)
        if number := sum(n for character, n in lost.items() if character not in _DASHES):
            self._report(number, (("the Document", text) for text in self._kept), found)
        for address in (Counter(map(address_of, self._shown)) - Counter(addresses_of(there))).elements():
            self._lose("picture or embed", address)

    def _report(self, number: int, pieces: Iterable[tuple[str, str]], found: str) -> None:
        """Note the pieces that were not found, or only their number of characters if each occurs somewhere."""
        if number < 0:
            self.env.note("notice", f"{-number} characters of the text are repeated", rule="account")
            return
        lost = [(place, text) for place, text in pieces if visible(text) not in found]
        for place, text in lost:
            self._lose(f"text of {place}", text)
        if not lost:
            self.env.note(
                "loss", f"{number} characters of the text were lost", rule="account", characters=number
            )

    def _lose(self, what: str, text: str) -> None:
        text = " ".join(text.split())
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
        message = f"{what} was lost: {shown}" if text else f"{what} was lost"
        self.env.note("loss", message, rule="account", text=text, characters=len(visible(text)))

    def _sources(self) -> Iterator[tuple[str, str]]:
        """Yield the texts of the source, each with the block that it is in."""
        for owner, text in texts_in(self._root):
            block = block_of(owner)
            yield f"<{describe(owner if block is None else block)}>", text


def _is_text(part: object) -> bool:
    """Return True if a part of the Document is only text and links, as most lines are that are left out."""
    line = part.content if isinstance(part, m.Paragraph | m.Heading) else part
    if not isinstance(line, tuple):
        return isinstance(line, m.Text)
    return all(
        isinstance(each, _WITHOUT_PICTURES) or (isinstance(each, m.Link) and _is_text(each.content))
        for each in line
    )


def drop_around(article: _Element, page: _Element, env: Env) -> None:
    """Note the text that the page has around its article."""
    if article is not page:
        around = texts_in(page, lambda each: each is article or each.tag in SILENT)
        _note_around([text for _, text in around], f"html: {article.tag}", env)


def drop_from_page(element: _Element, rule: str, env: Env) -> None:
    """Empty an element that is around the text of a page by this rule, and note its text."""
    texts = [text for _, text in texts_in(element, lambda each: each.tag in SILENT)]
    _note_around(texts, rule, env)
    after = element.tail
    element.clear()
    element.tail = after


def _note_around(texts: Iterable[str], rule: str, env: Env) -> None:
    if text := " ".join(" ".join(texts).split()):
        env.note(
            "dropped", "around the article", rule=rule, text=text[:_LONGEST], characters=len(visible(text))
        )
