"""`feed2doc doctor`: show what is installed, what is missing, and how to install it."""

from __future__ import annotations

import textwrap
from itertools import groupby

import click
import msgspec

from feed2doc._cli._json import shown_json
from feed2doc._cli._screen import columns, echo, styled
from feed2doc._text.plain import printable
from feed2doc.doctor import examine
from feed2doc.doctor.finding import Check, found
from feed2doc.doctor.install_commands import name_of_system, shown
from feed2doc.errors import MissingDependencyError

_NARROWEST, _WIDEST = 60, 100
_STYLES = {"ok": "green", "missing": "bold red", "optional": "yellow"}


@click.command("doctor", short_help="Show what is installed and what is missing.")
@click.option("--network", is_flag=True, help="Test whether example.com can be reached.")
@click.option("--all-systems", is_flag=True, help="Show the commands for other systems too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(network: bool, all_systems: bool, as_json: bool) -> int:
    """Show which dependencies are installed, and how to install the others.

    Optional ones are needed only for some formats, scripts or checks. Exits with 4 if a required one is missing.
    """
    findings = list(examine(network=network))
    if as_json:
        result = {"system": name_of_system(), "findings": findings, "ok": not _is_ill(findings)}
        print(shown_json(msgspec.to_builtins(result), indent=2))
    else:
        _print(findings, every=all_systems)
    return MissingDependencyError.exit_code if _is_ill(findings) else 0


def _is_ill(findings: list[Check]) -> bool:
    return any(finding.state == "missing" for finding in findings)


def _print(findings: list[Check], *, every: bool) -> None:
    rows = [found("system", "system", name_of_system())]
    for group, members in groupby(findings, key=lambda finding: finding.group):
        of_group = list(members)
        if group == "packages":
            rows.append(_together([finding for finding in of_group if finding.state == "ok"]))
            of_group = [finding for finding in of_group if finding.state != "ok"]
        rows += of_group
    _print_table(rows)
    _print_remedies([finding for finding in findings if finding.state != "ok"], every=every)


def _together(there: list[Check]) -> Check:
    """Return one row for all installed packages."""
    return found("packages", "packages", ", ".join(f"{each.name} {each.detail}" for each in there))


def _print_table(rows: list[Check]) -> None:
    names = [f"{each.name} font" if each.group == "fonts" else each.name for each in rows]
    state_width, name_width = max(map(len, _STYLES)), max(map(len, names))
    before = state_width + name_width + 4
    for each, name in zip(rows, names, strict=True):
        detail = printable(f"{each.detail} ({each.need})" if each.need else each.detail)
        room = columns(_NARROWEST, _WIDEST) - before
        first, *more = textwrap.wrap(detail, room, break_on_hyphens=False) or [""]
        state = styled(each.state, _STYLES[each.state]) + " " * (state_width - len(each.state))
        echo(f"{state}  {name:{name_width}}  {first}")
        for line in more:
            echo(" " * before + line)


def _print_remedies(problems: list[Check], *, every: bool) -> None:
    """Print how to install each missing dependency. Those that one command installs are listed together."""
    remedies: dict[tuple[str, ...], list[str]] = {}
    for finding in problems:
        if lines := tuple(shown(finding.remedies, every=every)):
            remedies.setdefault(lines, []).append(finding.name)
    for lines, names in remedies.items():
        echo(f"\n{', '.join(names)}:")
        for line in lines:
            echo(f"  {line}")
