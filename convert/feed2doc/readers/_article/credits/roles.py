"""The roles of lines at the end of an article: credits, biographies, signatures, or text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.biographies import (
    LONGEST,
    begins_with_author,
    biography_of,
    introduced_in,
    is_biography,
    is_in_story,
    is_named,
    name_of_portrait,
    states_birth,
)
from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.unlabelled_names import is_other_credit
from feed2doc.readers._article.credits.signatures import is_signature, signed_by
from feed2doc.readers._article.credits.typed import (
    ENDS,
    cut_line,
    is_role_of_person,
    links_of,
    says_what_one_does,
)
from feed2doc.readers._article.furniture.letter_lines import letter_rule
from feed2doc.readers._article.furniture.page_lines import is_page_line
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_names

_ADDRESS = pattern(r"[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{2,20}")
_BEFORE_ADDRESS = " /|｜·"
_ASKS = frozenset("?？")
_MOST_NAMES = 16


class Place(Struct, frozen=True):
    """Where a line is: the blocks above its paragraph, and the lines of the paragraph down to it.

    `is_above_credits` means that a line of the same paragraph below it is a credit, `is_set_apart` that it is in italics or above other credits, `is_box` that its paragraph is a short one in italics or a quotation,
    `is_apart` that a rule, a quotation or a list sets its paragraph apart, `is_line` that the paragraph has other lines, and
    `is_last` that no text is below it.
    """

    blocks: m.Blocks
    lines: Sequence[m.Inlines]
    is_above_credits: bool
    is_set_apart: bool
    is_box: bool
    is_apart: bool
    is_line: bool
    is_last: bool

    @property
    def above(self) -> m.Blocks:
        """Return all text above the line."""
        return (*self.blocks, *map(m.Paragraph, self.lines[:-1]))


def role_at_end(line: m.Inlines, rules: Rules, byline: str, place: Place) -> str | None:
    """Return the role of a line at the end of an article, "junk" for one to leave out, or None if it is text."""
    text = m.plain_text(line)
    if (role := credit_of(line, rules, byline, set_apart=place.is_set_apart)) is not None:
        return role
    if letter_rule(line, rules):
        return "junk"
    person = biography_of(text, rules.words) if place.is_box else ""
    if person and not is_in_story(person, text, place.blocks):
        return "author-bio"
    if place.is_line and rules.junk(text):
        return "junk"
    if place.is_above_credits and is_other_credit(text):
        return "contributor"
    if len(place.lines) == 1 and place.blocks and _says_who(text, place.blocks[-1], rules):
        return "author-bio"
    if author := begins_with_author(text, byline):
        if states_birth(text, author, rules.words):
            return "author-bio"
        is_bio = is_biography(text, author, rules.words, set_apart=place.is_apart)
        is_named_above = is_bio and is_named(author, place.above)
        if is_named_above and place.is_apart:  # as in an introduction
            is_named_above = not is_biography(text, author, rules.words, set_apart=False)
        return "author-bio" if is_bio and not is_named_above else None
    if not place.is_last:
        return None
    if signed_by(text, rules.words):
        is_signed = is_signature(text, byline, place.above, rules.words)
        return "byline" if is_signed and not _is_announced(text, place.above, rules) else None
    portrayed = name_of_portrait(place.blocks[-1]) if place.blocks else ""
    if (
        portrayed
        and text.casefold().startswith(f"{portrayed} ")
        and not is_named(text[: len(portrayed)], place.above)
    ):
        return "author-bio"
    person = introduced_in(text, rules.words) if place.blocks and not byline else ""
    return "author-bio" if person and not is_named(person.split()[-1], place.above) else None


def _is_announced(name: str, above: m.Blocks, rules: Rules) -> bool:
    """Return True for a name below a line that asks for names, but not for that of the author: `Guests:`, not `Text by:`."""
    for block in islice(reversed(above), _MOST_NAMES):
        said = m.plain_text(block.content).rstrip() if isinstance(block, m.Paragraph) else ""
        if said.endswith((":", "：")):
            found = rules.credit(f"{said} {name}")
            return found is None or found[0].role != "byline"
        if not are_names(said):
            break
    return False


def _says_who(text: str, above: m.Block, rules: Rules) -> bool:
    """Return True for a line on what the person does whom a bold line or heading above it names: `**作者：林海**`, `海港大学教授。`"""
    match above:
        case m.Paragraph((m.Strong(content),)) | m.Heading(content=content) if (
            len(text) <= LONGEST and text.rstrip()[-1:] not in _ASKS
        ):
            found = rules.credit(m.plain_text(content))
            person = (found[1].groupdict().get("person") if found else "") or ""
            return bool(person) and are_names(person) and says_what_one_does(text, rules)
    return False


def credit_of(line: m.Inlines, rules: Rules, byline: str, *, set_apart: bool) -> str | None:
    """Return the role of a line by the words of the trade, or None if it is text.

    A line that a weak rule matches, or no rule, is a biography if it names an author.
    """
    text = m.plain_text(line)
    if "@" in text and _ADDRESS.fullmatch(text.strip(_BEFORE_ADDRESS)):
        return "author-bio"
    if is_page_line(line, rules):
        return "junk"
    found = rules.credit(text.rstrip(ENDS))
    parts = cut_line(line, rules)
    if found is None and len(parts) > 1:
        found = rules.credit(m.plain_text(parts[0]).rstrip(ENDS))
        if found is None:  # an author without a label, before other credits
            return "byline"
    if found is None:
        return "author-bio" if set_apart and _names_author(text, byline) else None
    rule, match, _ = found
    if rule.role == "author-bio" and text.rstrip()[-1:] in _ASKS:  # `作者是谁？`
        return None
    if rule.weak and rule.role == "junk":
        return rule.role if any(links_of(line)) else None
    if not rule.weak or set_apart or len(parts) > 1 or is_role_of_person(found):
        return rule.role
    return rule.role if _names_author(match["person"] or "", byline) else None


def _names_author(text: str, byline: str) -> bool:
    text = text.casefold()
    names = (name.casefold() for name in printed_names(byline) if len(name) > 1)
    return any(name in text and not _is_of(text, name) for name in names)


def _is_of(text: str, name: str) -> bool:
    """Return True if a text begins with a longer word than a name, or with what the person has: `Otto Bergs Sohn`."""
    after = text.removeprefix(name)[:1]
    return (
        len(text) > len(name)
        and text.startswith(name)
        and name.isascii()
        and (after.isalnum() or after in "'’")
    )
