"""`feed2doc check`: verify that an output has the whole text of its items."""

from __future__ import annotations

from itertools import groupby

import click
import msgspec

from feed2doc._cli._app import as_line, files
from feed2doc._cli._documents import documents_of
from feed2doc._cli._job import site_dirs
from feed2doc._cli._json import shown_json
from feed2doc._cli._options import reading_options
from feed2doc._cli._screen import columns, echo, styled, truncated
from feed2doc._formats import ReadOptions
from feed2doc._locale.dates import in_zone
from feed2doc._locale.zones import check_zone
from feed2doc._text.plain import printable
from feed2doc.batch.item import Item, load_item
from feed2doc.checking.comparison import proof
from feed2doc.checking.findings import Comparison, Discrepancy
from feed2doc.checking.validators import Verdict, verdicts
from feed2doc.env import Diagnostic, Env
from feed2doc.errors import StrictError, UsageError

_NARROWEST, _WIDEST = 60, 160


@click.command("check", short_help="Check that an output is complete.")
@click.argument("output", metavar="OUTPUT", shell_complete=files)
@click.option(
    "--against",
    multiple=True,
    metavar="ITEM",
    shell_complete=files,
    help="Compare with this file, folder or glob; may be repeated.",
)
@reading_options
@click.option(
    "--display-timezone",
    default="",
    metavar="ZONE",
    help="Expect times in this zone, as OUTPUT was written with.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    output: str,
    against: tuple[str, ...],
    read_format: str,
    base_url: str,
    timezone: str,
    site_rules: tuple[str, ...],
    display_timezone: str,
    as_json: bool,
) -> int:
    """Check that OUTPUT contains the whole text of the items it was made from, in order.

    Prints the share of words found, each text that is missing, and what was lost when the items were read. Also runs
    EPUBCheck and Ace on an EPUB, and checks that the fonts of a PDF are embedded. Exits with 5 if anything is missing or wrong.
    """
    if not against:
        raise UsageError(
            "--against is missing: name the item that OUTPUT was made from, as in --against item.txt"
        )
    given = load_item(Item(output))
    options = ReadOptions(base_url=base_url, timezone=timezone)
    env = Env(site_dirs=site_dirs(site_rules), audit=True)
    documents = [document for _, document in documents_of(against, read_format, options, env)]
    losses = [diagnostic for diagnostic in env.diagnostics if diagnostic.kind == "loss"]
    if display_timezone:
        check_zone(display_timezone)
        documents = [in_zone(document, display_timezone) for document in documents]
    if len(documents) > 1:  # a bundle merges duplicates, too
        from feed2doc.transforms.duplicates import merged

        documents = merged(documents, Env())
    comparison = proof(given.data, output, documents)
    validators = verdicts(given.data)
    ok = not losses and not comparison.findings and not any(verdict.errors for verdict in validators)
    if as_json:
        result = {
            "output": output,
            "ok": ok,
            "percentage": comparison.percentage,
            "losses": [{"message": each.message, "text": each.text} for each in losses],
            "validators": validators,
        }
        print(shown_json(msgspec.to_builtins(comparison) | msgspec.to_builtins(result)))
    else:
        _print(output, comparison, losses, validators, several=len(documents) > 1)
    return 0 if ok else StrictError.exit_code


def _print(
    output: str,
    comparison: Comparison,
    losses: list[Diagnostic],
    validators: list[Verdict],
    *,
    several: bool,
) -> None:
    echo(styled(as_line(f"{output}: {comparison.sum}"), "bold red" if comparison.findings else "green"))
    for headline, findings in groupby(comparison.findings, key=lambda finding: finding.headline):
        if several:
            _print_line(headline or "(no headline)", "bold")
        for finding in findings:
            _print_finding(finding)
    for loss in losses:
        _print_line(f"lost in reading: {loss.message}", "red")
    if comparison.unread_words:
        words = f"{comparison.unread_words:,} words"
        _print_line(f"not checked: {words} in scripts that cannot be extracted from a PDF", "yellow")
    for verdict in validators:
        if verdict.skipped:
            echo(styled(as_line(f"{verdict.by}: not checked: {verdict.skipped}"), "yellow"))
            continue
        count = f"{len(verdict.errors)} errors, {len(verdict.warnings)} warnings"
        _print_line(f"{verdict.by}: {count}", "bold red" if verdict.errors else "green")
        for message in (*verdict.errors, *verdict.warnings):
            _print_line(f"  {message}")


def _print_finding(finding: Discrepancy) -> None:
    lost = f"“{finding.lost}” of “{finding.text}”" if finding.fault == "cut" else finding.text
    fault = f"  {finding.fault:12}"
    text = printable(f"  {finding.where}: {lost}")
    echo(styled(fault, "red") + truncated(text, columns(_NARROWEST, _WIDEST) - len(fault)))


def _print_line(text: str, style: str = "") -> None:
    """Print one line, truncated to the width."""
    echo(styled(truncated(printable(text), columns(_NARROWEST, _WIDEST)), style))
