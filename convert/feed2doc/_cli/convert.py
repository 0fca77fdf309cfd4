"""`feed2doc convert`: convert feed items to files."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing, nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from feed2doc._cli._app import files, print_error
from feed2doc._cli._book import check_found, convert_to_book, state_of_folder
from feed2doc._cli._book_options import bundle_options, pdf_options, style_options, text_options
from feed2doc._cli._config import configurable, configured_in
from feed2doc._cli._grouping import GroupedCommand
from feed2doc._cli._job import job_of
from feed2doc._cli._newspaper import in_columns, newspaper
from feed2doc._cli._options import (
    cluster_options,
    format_option,
    limit_options,
    name_option,
    output_options,
    picture_options,
    reading_options,
    run_options,
)
from feed2doc._cli._progress import Progress, write_out
from feed2doc._cli._run import report_all
from feed2doc._formats import ALIASES, format_of_file, names
from feed2doc.batch.item import ENDINGS, STDIN, Item, find_items, outside
from feed2doc.batch.job import Job
from feed2doc.batch.limits import Limits
from feed2doc.batch.run import Run
from feed2doc.batch.storage import is_of_process, is_url, normalised, remove
from feed2doc.batch.store import FileStore, Stdout
from feed2doc.errors import Feed2docError, ReadError, UsageError
from feed2doc.transforms import GroupBy, Order

if TYPE_CHECKING:
    from feed2doc.aligning import Form
    from feed2doc.batch.shards import Shards
    from feed2doc.batch.state.incremental import Incremental
    from feed2doc.env import Env
    from feed2doc.model import Book, Document


@configurable
@click.command("convert", cls=GroupedCommand, short_help="Convert items, feeds and pages (the default).")
@click.argument("inputs", nargs=-1, metavar="INPUT...", shell_complete=files)
@format_option
@output_options
@name_option
@bundle_options
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@run_options
@limit_options(0, "0")
@cluster_options
def command(
    inputs: tuple[str, ...],
    jobs: int,
    force: bool,
    fail_fast: bool,
    report: str,
    scheduler: str,
    shard: int,
    **given: Any,
) -> int:
    """Convert items, feeds (RSS, Atom, JSON Feed) and HTML pages. INPUT is a file, a folder, a glob, a storage URL such as
    s3://BUCKET/FOLDER, or - for standard input.

    \b
      feed2doc item.txt --to epub
      feed2doc feed.xml --to epub --to pdf --output-dir books
      feed2doc archive/ --bundle --title Morning -o morning.epub

    Prints the path of each file written. Without -o, files are named after their article, and bundles after their title.
    """
    if not inputs:
        raise UsageError("no input: name a file or folder, as in `feed2doc item.txt --to epub`")
    configured = configured_in(click.get_current_context())
    inputs = tuple(map(normalised, inputs))
    _check_output_file(given["output"])
    if not given["output"]:
        _check_for_output(inputs, given["formats"])
    given |= {name: normalised(given[name]) for name in ("output", "output_dir")}
    try:
        job = job_of(given, from_config=configured)
    except Feed2docError:
        _check_inputs(inputs)
        raise
    bundle = _asked_for_bundle(given, configured)
    found = outside(find_items(inputs), inputs, job.folder, job.output)
    first = list(islice(found, 2))
    items: Iterable[Item] = chain(first, found)
    shards = _shards(items, shard, job, bundle=bundle, configured=configured)
    several = shards is not None or len(first) > 1
    _check_output(job, bundle=bundle, several=several)
    if job.name and "pattern" not in configured and (bundle or shards or job.output):
        raise UsageError("--name applies to one file per article, not to -o, --bundle or --shard")
    progress = Progress(lambda: _count(inputs), quiet=job.quiet)
    if bundle:
        if scheduler and "scheduler" not in configured:
            raise UsageError("--scheduler does not apply to --bundle: one process builds the book")
        make = newspaper(given) if given["newspaper"] else _bundling(given)
        return convert_to_book(
            items,
            in_columns(job) if given["newspaper"] else job,
            make,
            progress,
            several=several,
            fail_fast=fail_fast,
            report=report,
        )
    job = _with_limits(job, inputs, scheduler, configured)
    if reason := _reason_for_one_process(inputs, job):
        if scheduler and "scheduler" not in configured:
            raise UsageError(f"--scheduler does not apply: {reason}")
        jobs = 1
    # A folder with a single item is recorded too: its output must not become an input of the next run.
    recorded = several or (bool(first) and first[0].found and not job.output)
    incremental = _incremental(job, force) if recorded else None
    with closing(incremental) if incremental else nullcontext():
        run = _run_of(
            job,
            incremental,
            progress,
            jobs=jobs,
            scheduler=scheduler if several and not reason else "",
            reported=bool(report),
        )
        report_all(run.results(shards or items, fail_fast=fail_fast), progress, report)
        if shards and incremental:
            _remove_beyond(shards, incremental, job.quiet)
    check_found(progress)
    if several or progress.is_slow:
        progress.sum()
    return progress.exit_code(several=several)


def _run_of(
    job: Job,
    incremental: Incremental | None,
    progress: Progress,
    *,
    jobs: int,
    scheduler: str,
    reported: bool,
) -> Run:
    """Return the run that converts each item by itself. Digests of outputs are needed for the record and the report alone."""
    if not incremental and not reported:
        job = msgspec.structs.replace(job, digests=False)
    store = Stdout(write_out) if job.output == STDIN else FileStore(job.digests, named=bool(job.output))
    return Run(
        job,
        store,
        jobs=jobs,
        scheduler=scheduler,
        incremental=incremental,
        progress=progress.pictures,
        warn=print_error,
    )


def _bundling(given: Mapping[str, Any]) -> Callable[[Sequence[Document], Env], Book]:
    """Return a function that makes the book of these articles, with the options of bundles."""
    from feed2doc.batch.bundle import book_of

    order: Order = given["order"] or "newest"
    group_by: GroupBy = given["group_by"] or "source"
    bilingual: Form | None = given["bilingual"]

    def make(documents: Sequence[Document], env: Env) -> Book:
        if bilingual:
            from feed2doc.aligning.bilingual import with_originals

            documents = with_originals(documents, bilingual)
        return book_of(documents, env, title=given["title"] or "", group_by=group_by, order=order)

    return make


def _incremental(job: Job, force: bool) -> Incremental | None:
    """Return an object that skips up-to-date inputs, or None if its state cannot be opened; then all are converted."""
    from feed2doc.batch.state.fingerprints import of_formats
    from feed2doc.batch.state.incremental import Incremental

    state = state_of_folder(job)
    return Incremental(state, of_formats(job), force=force, folder=job.folder) if state else None


def _count(inputs: tuple[str, ...]) -> int:
    """Return the number of inputs, or 0 for remote storage, which may have millions that take long to count."""
    return 0 if any(map(is_url, inputs)) else sum(1 for _ in find_items(inputs))


def _shards(
    items: Iterable[Item], size: int, job: Job, *, bundle: bool, configured: Collection[str]
) -> Shards | None:
    """Return the items as shards, or None if `size` is 0."""
    if not size:
        return None
    from feed2doc.batch import shards

    try:
        if bundle:
            raise UsageError("--shard and --bundle cannot be combined")
        shards.check([target.format for target in job.targets], job.output)
    except UsageError:
        if "shard" in configured:
            return None
        raise
    return shards.Shards(items, size, job.folder)


def _remove_beyond(shards: Shards, incremental: Incremental, quiet: bool) -> None:
    """Remove surplus shards of an earlier run. Their inputs are in other shards now, or gone."""
    for path in [output.path for output in incremental.files() if shards.is_beyond(output.path)]:
        remove(path)
        incremental.delete(path)
        if not quiet:
            print_error(f"removed {path}")


def _asked_for_bundle(given: dict[str, Any], configured: Collection[str]) -> bool:
    """Return True if all items go into one book. Otherwise raise UsageError for options that need one."""

    def has(*names: str) -> bool:
        return any(given[n] not in (None, False, ()) and n not in configured for n in names)

    if not given["one_book"] and has("title", "group_by", "order", "bilingual", "newspaper"):
        raise UsageError(
            "--title, --group-by, --order, --bilingual and --edition apply to one book of all inputs: add --bundle"
        )
    if given["newspaper"] and has("group_by", "order"):
        raise UsageError("--group-by and --order do not apply to --edition: use --section")
    if not given["newspaper"] and has("minutes", "sections", "changes"):
        raise UsageError("--minutes, --section and --changes apply to a newspaper: add --bundle --edition")
    return bool(given["one_book"])


def _check_inputs(inputs: tuple[str, ...]) -> None:
    """Raise ReadError if none of the inputs exists: that is the first thing to correct, whatever else is wrong."""
    from glob import glob

    if not any(name == STDIN or is_url(name) or os.path.exists(name) or glob(name) for name in inputs):
        where = "" if os.path.isabs(inputs[0]) else f" in {os.getcwd()}"
        raise ReadError(f"{inputs[0]}: no such file or folder{where}")


def _check_for_output(inputs: tuple[str, ...], formats: Sequence[str]) -> None:
    """Raise UsageError if the last of several inputs is meant as the output, or a format lacks its --to.

    With --to, a missing file that could be an input is reported when it is read.
    """
    for name in inputs if formats else ():
        if not os.path.exists(name) and _is_format(name):
            raise UsageError(f"{name}: no such file: to write this format, too, add --to {name}")
    *others, last = inputs
    is_input, exists = last.lower().endswith(ENDINGS), os.path.exists(last)
    is_output = not (exists or is_input) if formats else not (exists and is_input)
    if others and is_output and not is_url(last) and _is_format(format_of_file(Path(last))):
        raise UsageError(f"{last}: no such input: to write it, use -o {last}")


def _is_format(name: str) -> bool:
    return name.lower() in {*names("writer"), *ALIASES}


def _check_output_file(name: str) -> None:
    """Raise UsageError if -o names a folder."""
    if name.endswith(("/", os.sep)) or os.path.isdir(name):
        raise UsageError(f"-o {name}: is a folder: use --output-dir {name}")


def _check_output(job: Job, *, bundle: bool, several: bool) -> None:
    """Raise UsageError if -o names one file but several would be written."""
    if not job.output or (bundle and job.output != STDIN):
        return
    if len(job.targets) > 1:
        raise UsageError("-o names one file, but there are several formats: use --output-dir")
    if several and not bundle:
        raise UsageError("-o names one file, but there are several inputs: use --output-dir or --bundle")


def _with_limits(job: Job, inputs: tuple[str, ...], scheduler: str, configured: Collection[str]) -> Job:
    """Return the job, without limits from a configuration file where they do not apply. Raise UsageError for other ones."""
    if not job.limits or not (scheduler or is_of_process(job.folder) or any(map(is_of_process, inputs))):
        return job
    limits = {"item_timeout": job.limits.seconds, "item_memory": job.limits.memory}
    if any(limit and name not in configured for name, limit in limits.items()):
        where = "--scheduler: limit its workers" if scheduler else "memory://"
        raise UsageError(f"--item-timeout and --item-memory do not apply to {where}")
    return msgspec.structs.replace(job, limits=Limits())


def _reason_for_one_process(inputs: tuple[str, ...], job: Job) -> str:
    """Return why the run needs to stay in this process, or "" if it does not."""
    if STDIN in inputs:
        return "only this process can read standard input"
    if any(map(is_of_process, (*inputs, job.folder))):
        return "only this process can access memory://"
    return ""
