"""A proposed rule and its evidence."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 60
# How many articles must show a rule, in all and in the half that it was learned from.
FEWEST, FEWEST_IN_HALF = 3, 2


class Proposal(msgspec.Struct, frozen=True):
    """One value of a key of a site rule, the number of articles that show it, and examples from them."""

    key: str
    value: str | bool | tuple[tuple[str, str], ...]
    count: int = 0
    examples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name by which readers refer to this rule, without the name of its file."""
        value = dict(self.value).get("text", "") if isinstance(self.value, tuple) else self.value
        return f"{self.key} {value!r}"


def examples_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the first different texts, shortened to one line each."""
    shown = (" ".join(text.split()) for text in texts)
    found = dict.fromkeys(
        text if len(text) <= _LONGEST_EXAMPLE else f"{text[: _LONGEST_EXAMPLE - 1]}…"
        for text in shown
        if text
    )
    return tuple(found)[:MOST_EXAMPLES]
