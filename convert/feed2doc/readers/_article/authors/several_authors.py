"""Authors of whom each has an element of their own in the header: `<li>Ann Ba, Editor</li><li>Otto Berg, Reporter</li>`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.unlabelled_names import are_people
from feed2doc.readers._article.header.taken import Taken
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_full_names


def with_all_authors(lines: Sequence[Taken], rules: Rules) -> list[Taken]:
    """Return the lines of a header, the first that names an author with the names of all whom the same markup names below it."""
    named = [taken for taken in lines if taken.line.byline and not taken.line.guessed]
    if len(named) < 2:
        return list(lines)
    first, *others = named
    names = {name.casefold(): name for name in printed_names(first.line.byline)}
    count = len(names)
    for taken in others:
        is_same = (taken.rule, taken.element) == (first.rule, first.element)
        if is_same and _are_authors(taken.line.byline, rules):
            for name in printed_names(taken.line.byline):
                names.setdefault(name.casefold(), name)
    if len(names) == count:
        return list(lines)
    joined = replace(first, line=replace(first.line, byline=", ".join(names.values())))
    return [joined if taken is first else taken for taken in lines]


def _are_authors(names: str, rules: Rules) -> bool:
    """Return True for full names, and not a paper or a desk below the author."""
    is_known = any(rules.words.find(kind, names) for kind in ("organisation", "byline-title", "nobody"))
    return not is_known and (are_people(names) or are_full_names(names))
