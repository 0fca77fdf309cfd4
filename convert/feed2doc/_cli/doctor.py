"""`feed2doc doctor`: show what is installed, what is missing, and how to install it."""

from __future__ import annotations

import shutil
from itertools import groupby
from typing import TYPE_CHECKING

import click
import msgspec

from feed2doc._cli._json import shown_json
from feed2doc._text.plain import printable
from feed2doc.doctor import examine
from feed2doc.doctor.finding import Check, found
from feed2doc.doctor.install_commands import name_of_system, shown
from feed2doc.errors import MissingDependencyError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_WIDEST = 100
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
    from rich.console import Console

    console = Console(width=min(_WIDEST, shutil.get_terminal_size().columns), highlight=False)
    table = _table()
    table.add_row(*_cells(found("system", "system", name_of_system())))
    for group, members in groupby(findings, key=lambda finding: finding.group):
        rows = list(members)
        if group == "packages":
            there = [finding for finding in rows if finding.state == "ok"]
            rows = [_together(there), *(finding for finding in rows if finding.state != "ok")]
        for row in rows:
            table.add_row(*_cells(row))
    console.print(table)
    _print_remedies(console, [finding for finding in findings if finding.state != "ok"], every=every)


def _table() -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _together(there: list[Check]) -> Check:
    """Return one row for all installed packages."""
    return found("packages", "packages", ", ".join(f"{each.name} {each.detail}" for each in there))


def _cells(finding: Check) -> tuple[Text, str, Text]:
    from rich.text import Text

    name = f"{finding.name} font" if finding.group == "fonts" else finding.name
    detail = f"{finding.detail} ({finding.need})" if finding.need else finding.detail
    return Text(finding.state, style=_STYLES[finding.state]), name, Text(printable(detail))


def _print_remedies(console: Console, problems: list[Check], *, every: bool) -> None:
    """Print how to install each missing dependency. Those that one command installs are listed together."""
    from rich.text import Text

    remedies: dict[tuple[str, ...], list[str]] = {}
    for finding in problems:
        if lines := tuple(shown(finding.remedies, every=every)):
            remedies.setdefault(lines, []).append(finding.name)
    for lines, names in remedies.items():
        console.print(Text(f"\n{', '.join(names)}:"), soft_wrap=True)
        for line in lines:
            console.print(Text(f"  {line}"), soft_wrap=True)
