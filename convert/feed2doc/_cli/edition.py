"""`feed2doc edition`: make a newspaper that can be read in some minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click
import msgspec

from feed2doc._cli._app import files
from feed2doc._cli._book import convert_to_book
from feed2doc._cli._config import configurable, configured_in
from feed2doc._cli._grouping import GroupedCommand
from feed2doc._cli._job import job_of
from feed2doc._cli._options import (
    bilingual_option,
    format_option,
    limit_options,
    output_options,
    pdf_options,
    picture_options,
    reading_options,
    run_options,
    style_options,
    text_options,
)
from feed2doc._cli._progress import Progress
from feed2doc._cli._values import Count
from feed2doc.aligning import Form
from feed2doc.batch.item import find_items, outside
from feed2doc.batch.job import Job
from feed2doc.batch.storage import normalised
from feed2doc.env import Env
from feed2doc.errors import UsageError
from feed2doc.model import Book, Document
from feed2doc.newspaper.edition import edition as edition_of
from feed2doc.newspaper.selection import EditionSection


@configurable
@click.command("edition", cls=GroupedCommand, short_help="Make a newspaper for the minutes that you have.")
@click.argument("sources", nargs=-1, metavar="SOURCE...", shell_complete=files)
@format_option
@output_options
@click.option(
    "--minutes",
    type=Count(30),
    default=30,
    metavar="N",
    help="Print as much as can be read in N minutes, 0 for no limit [default: 30].",
)
@click.option("--title", default="", metavar="TITLE", help="Set the title.")
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="NAME=SOURCE,...[:SHARE%]",
    help="Print articles of these publications, hosts or tags in a section, with at most this share of the minutes; may be"
    " repeated, in order [default: one per publication].",
)
@click.option("--changes", is_flag=True, help="Show what changed in articles that were edited.")
@bilingual_option
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@run_options
@limit_options(0, "0")
def command(
    sources: tuple[str, ...],
    minutes: int,
    title: str,
    sections: tuple[str, ...],
    changes: bool,
    bilingual: Form | None,
    jobs: int,
    force: bool,
    fail_fast: bool,
    report: str,
    **given: Any,
) -> int:
    """Make a newspaper of the articles of SOURCEs: folders, items and feed files.

    \b
      feed2doc edition archive/ --minutes 30 --to epub

    Tells each story once, and chooses whole articles, those that most sources report first. The rest are briefs with links; the
    last page says what was left out, and why.
    """
    if not sources:
        raise UsageError("no source: name a folder or file, as in `feed2doc edition archive/ --to epub`")
    given |= {name: normalised(given[name]) for name in ("output", "output_dir")}
    job = _in_columns(job_of(given | {"pattern": ""}, from_config=configured_in(click.get_current_context())))
    parsed = tuple(map(_section, sections))
    progress = Progress(lambda: 0, quiet=job.quiet)
    inputs = tuple(map(normalised, sources))
    items = outside(find_items(inputs), inputs, job.folder, job.output)

    def make(documents: Sequence[Document], env: Env) -> Book:
        return edition_of(
            documents, minutes=minutes, title=title, sections=parsed, changes=changes, bilingual=bilingual
        )

    return convert_to_book(items, job, make, progress, several=True, fail_fast=fail_fast, report=report)


def _section(text: str) -> EditionSection:
    """Return the section that an option describes. Raise UsageError if it is not one."""
    found = re.fullmatch(r"([^=]{1,80})=([^:]{1,2000}?)(?::(\d{1,3})%)?", text.strip())
    if not found or int(found[3] or 0) > 100:
        raise UsageError(
            f"--section {text}: expected NAME=SOURCE,SOURCE:SHARE%, such as World=bbc.com,dw.com:40%"
        )
    sources = tuple(each.strip() for each in found[2].split(",") if each.strip())
    return EditionSection(found[1].strip(), sources, int(found[3] or 0) / 100)


def _in_columns(job: Job) -> Job:
    """Return the job with its PDFs in columns."""
    targets = tuple(
        msgspec.structs.replace(
            target, options=msgspec.structs.replace(target.options or target.writer.options(), columns=True)
        )
        if "columns" in target.writer.option_names
        else target
        for target in job.targets
    )
    return msgspec.structs.replace(job, targets=targets)
