"""Rule files as TOML, with the evidence of each rule as a comment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from feed2doc.learning.proposal import Proposal
from feed2doc.readers.inspection import SiteRule

_ORDER = tuple(SiteRule.__struct_fields__)


def toml_of(source: str, articles: int, known: SiteRule, rules: Sequence[Proposal]) -> str:
    """Return the text of a rule file: what the rules of the site said before, then what was learned."""
    lines = [
        f"# {source}: learned from {articles} articles by `feed2doc learn`.",
        "# Each rule has the number of articles that show it, and examples.",
        "",
        f"hosts = [{', '.join(map(_string, known.hosts))}]",
    ]
    values: dict[str, Any] = dict(_known(known))
    for key in _ORDER:
        learned = [rule for rule in rules if rule.key == key]
        if not learned and key not in values:
            continue
        lines.append("")
        if key not in values and not _is_list(key):
            lines += [*_evidence(learned[0], articles), f"{key} = {_value(learned[0].value)}"]
        elif not _is_list(key):
            lines.append(f"{key} = {_value(values[key])}")
        else:
            lines.append(f"{key} = [")
            lines += [f"    {_value(value)}," for value in values.get(key, ())]
            for rule in learned:
                lines += [f"    {line}" for line in _evidence(rule, articles)]
                lines.append(f"    {_value(rule.value)},")
            lines.append("]")
    return "\n".join(lines) + "\n"


def _known(known: SiteRule) -> Iterable[tuple[str, object]]:
    plain = msgspec.to_builtins(known)
    default = msgspec.to_builtins(SiteRule())
    for key, value in plain.items():
        if key not in ("hosts", "generator", "name", "shipped") and value != default[key]:
            yield key, value


def _is_list(key: str) -> bool:
    return isinstance(getattr(SiteRule(), key), tuple)


def _evidence(rule: Proposal, articles: int) -> list[str]:
    shown = [f"#   {example}" for example in map(_printable, rule.examples)]
    return [f"# in {rule.count} of {articles} articles{':' if shown else ''}", *shown]


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        value = dict(value)
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(f"{k} = {_value(v)}" for k, v in value.items() if v is not False and v != "")
            + " }"
        )
    return _string(str(value))


def _string(text: str) -> str:
    """Return a TOML string: literal if there is a backslash and nothing forbids it, so that patterns stay readable."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
