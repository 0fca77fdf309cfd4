"""`feed2doc pair`: show a translation with its original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from feed2doc._cli._app import files
from feed2doc._cli._book import convert_to_book
from feed2doc._cli._book_options import pdf_options, style_options, text_options
from feed2doc._cli._documents import documents_of
from feed2doc._cli._file_command import FileCommand
from feed2doc._cli._job import job_of, site_dirs
from feed2doc._cli._json import shown_json
from feed2doc._cli._options import (
    format_option,
    limit_options,
    output_options,
    pair_run_options,
    picture_options,
    reading_options,
)
from feed2doc._cli._progress import Progress
from feed2doc._cli._screen import echo, styled
from feed2doc._formats import ReadOptions
from feed2doc._text.plain import printable
from feed2doc.aligning import FORMS, Form
from feed2doc.aligning.alignment import Alignment, align
from feed2doc.aligning.bilingual import pair as paired
from feed2doc.aligning.units import Unit, units_of
from feed2doc.batch.item import find_items
from feed2doc.env import Env
from feed2doc.errors import ReadError, UsageError
from feed2doc.model import Book, Document


@click.command("pair", cls=FileCommand, short_help="Show a translation with its original.")
@click.argument("a", metavar="ORIGINAL", shell_complete=files)
@click.argument("b", metavar="TRANSLATION", shell_complete=files)
@format_option
@output_options
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default="below",
    help="Show the original below each paragraph, beside it in a table, or in notes [default: below].",
)
@click.option("--json", "as_json", is_flag=True, help="Print which parts belong together, as JSON.")
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@pair_run_options
@limit_options(0, "0")
def command(
    a: str,
    b: str,
    form: Form,
    as_json: bool,
    report: str,
    **given: Any,
) -> int:
    """Align a TRANSLATION with its ORIGINAL, and write both as one article, or print which paragraphs belong together.

    \b
      feed2doc pair original.txt translation.txt
      feed2doc pair original.txt translation.txt -o article.epub --form notes
    """
    if given["formats"] or given["output"]:
        if as_json:
            raise UsageError("--json prints the alignment: leave out --to and -o")
        job = job_of(given | {"pattern": ""})
        progress = Progress(lambda: 0, quiet=job.quiet)

        def make(documents: Sequence[Document], env: Env) -> Book:
            return Book.of(paired(*_both(documents), form=form))

        return convert_to_book(
            find_items((a, b)), job, make, progress, several=False, fail_fast=True, report=report
        )
    options = ReadOptions(base_url=given["base_url"], timezone=given["timezone"])
    env = Env(site_dirs=site_dirs(given["site_rules"]))
    found = documents_of((a, b), given["read_format"], options, env)
    documents = _both([document for _, document in found])
    alignment = align(*documents)
    if as_json:
        print(shown_json({"groups": alignment.groups}))
    else:
        _print(alignment, *map(units_of, documents))
    return 0


def _both(documents: Sequence[Document]) -> tuple[Document, Document]:
    if len(documents) != 2:
        raise ReadError(f"expected two articles, an original and its translation, found {len(documents)}")
    return documents[0], documents[1]


def _print(alignment: Alignment, a: Sequence[Unit], b: Sequence[Unit]) -> None:
    """Print the parts of the translation with those of the original below them, then what is in no pair."""
    for left, right in alignment.groups:
        for number in right:
            echo(_line(b[number], number))
        for number in left:
            echo(styled(f"    {_line(a[number], number)}", "cyan"))
    for title, units, rest in (
        ("only in the original", a, alignment.unpaired[0]),
        ("only in the translation", b, alignment.unpaired[1]),
    ):
        if rest:
            echo(styled(title, "bold yellow"))
            for number in rest:
                echo(f"    {_line(units[number], number)}")


def _line(unit: Unit, number: int) -> str:
    text = " ".join(printable(unit.text).split())
    return f"{number:3} {text or f'({unit.kind})'}"
