"""`feed2doc edition`: make a newspaper that can be read in some minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

import click

from feed2doc._cli._app import files
from feed2doc._cli._book import convert_to_book
from feed2doc._cli._book_options import (
    bilingual_option,
    newspaper_options,
    pdf_options,
    style_options,
    text_options,
)
from feed2doc._cli._config import configurable, configured_in
from feed2doc._cli._grouping import GroupedCommand
from feed2doc._cli._job import job_of
from feed2doc._cli._newspaper import in_columns, newspaper
from feed2doc._cli._options import (
    book_run_options,
    format_option,
    limit_options,
    output_options,
    picture_options,
    reading_options,
)
from feed2doc._cli._progress import Progress
from feed2doc.batch.item import Item, find_items, outside
from feed2doc.batch.job import Job
from feed2doc.batch.result import Result
from feed2doc.batch.storage import normalised
from feed2doc.errors import UsageError
from feed2doc.syncing.feeds import feed_item, is_feed_url


@configurable
@click.command("edition", cls=GroupedCommand, short_help="Make a newspaper for the minutes that you have.")
@click.argument("sources", nargs=-1, metavar="SOURCE...", shell_complete=files)
@format_option
@output_options
@click.option("--title", default="", metavar="TITLE", help="Set the title.")
@newspaper_options
@bilingual_option
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@book_run_options
@limit_options(0, "0")
def command(
    sources: tuple[str, ...],
    fail_fast: bool,
    report: str,
    **given: Any,
) -> int:
    """Make a newspaper of the articles of SOURCEs: folders, items, feed files and URLs of feeds.

    \b
      feed2doc edition archive/ --minutes 30 --to epub

    Tells each story once, and chooses whole articles, those that most sources report first. The rest are briefs with links; the
    last page says what was left out, and why.
    """
    if not sources:
        raise UsageError(
            "no source: name a folder, a file or the URL of a feed, as in `feed2doc edition archive/ --to epub`"
        )
    given |= {name: normalised(given[name]) for name in ("output", "output_dir")}
    job = job_of(given | {"pattern": ""}, from_config=configured_in(click.get_current_context()))
    items = _items(tuple(map(normalised, sources)), job)
    first = list(islice(items, 2))
    return convert_to_book(
        chain(first, items),
        in_columns(job),
        newspaper(given),
        Progress(lambda: 0, quiet=job.quiet),
        several=len(first) > 1,
        fail_fast=fail_fast,
        report=report,
    )


def _items(sources: Sequence[str], job: Job) -> Iterator[Item | Result]:
    """Yield the items of files and folders, and the feeds at URLs, in the order of the sources."""
    for source in sources:
        if is_feed_url(source):
            yield feed_item(source, job.pictures.allow_hosts)
        else:
            yield from outside(find_items([source]), sources, job.folder, job.output)
