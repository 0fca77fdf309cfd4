"""Options shared by several commands: what is read and written, and how a run goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from feed2doc._cli._app import files, folders, print_error
from feed2doc._cli._config import choose_profile
from feed2doc._cli._config_file import Config
from feed2doc._cli._values import (
    Count,
    Seconds,
    complete_formats,
    complete_profiles,
)
from feed2doc.batch.job import IMAGES

F = TypeVar("F", bound=Callable[..., Any])


def _print_files(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        config = ctx.find_object(Config) or Config()
        print_error(f"obeyed: {', '.join(map(str, config.files)) or 'no configuration file'}")


format_option = click.option(
    "-t",
    "--to",
    "formats",
    multiple=True,
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="Write this format (see `feed2doc formats`); may be repeated.",
)

name_option = click.option(
    "--name",
    "pattern",
    default="",
    metavar="PATTERN",
    help="Name files by this pattern of {date} {time} {headline} {slug} {id} {publication} {byline} {language}"
    " [default: {date}-{slug}-{id}]. If {id} is missing, -{id} is added.",
)

allow_host = click.option(
    "--allow-host",
    multiple=True,
    metavar="HOST",
    help="Fetch from this host even if it is not public; may be repeated.",
)

_OUTPUT = (
    click.option(
        "-o",
        "--output",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Write to this file, or to standard output with -.",
    ),
    click.option(
        "--output-dir",
        default=".",
        metavar="DIR",
        shell_complete=folders,
        help="Write into this folder [default: the current one].",
    ),
)

_READING = (
    click.option(
        "-f",
        "--from",
        "read_format",
        default="",
        metavar="FORMAT",
        help="Read this format instead of detecting it.",
    ),
    click.option("--base-url", default="", metavar="URL", help="Resolve relative links against this URL."),
    click.option(
        "--timezone",
        default="",
        metavar="ZONE",
        help="Assume this zone for times without one, such as Asia/Shanghai.",
    ),
    click.option(
        "--site-rules",
        multiple=True,
        metavar="DIR",
        shell_complete=folders,
        help="Use the site rules in this folder; may be repeated.",
    ),
)

_PICTURES = (
    click.option(
        "--images",
        type=click.Choice(IMAGES),
        help="Embed images, link to them, omit them, or keep only the lead image [default: depends on the format].",
    ),
    click.option(
        "--image-dir",
        multiple=True,
        metavar="DIR",
        shell_complete=folders,
        help="Look for archived images in this folder; may be repeated.",
    ),
    click.option("--offline", is_flag=True, help="Use no network: missing images become links; URLs fail."),
    allow_host,
    click.option(
        "--profile",
        "device",
        default="",
        metavar="NAME",
        is_eager=True,
        callback=choose_profile,
        shell_complete=complete_profiles,
        help="Optimize for a device: kobo, kindle, koreader, apple, tablet, print, default, or a profile in feed2doc.toml.",
    ),
)

_WHOLE = (
    click.option(
        "--strict",
        is_flag=True,
        help="Exit with 5, without writing the item, if any of it would be lost.",
    ),
    click.option(
        "--check",
        is_flag=True,
        help="Read each file back, and exit with 5 if it lacks any text of its item.",
    ),
)

_MANY = (
    click.option(
        "-j",
        "--jobs",
        type=Count(4),
        default=0,
        metavar="N",
        help="Use N processes for many inputs, at most 16 per core [default: one per core].",
    ),
    click.option("--force", is_flag=True, help="Convert everything, even if it has not changed."),
)

_fail_fast_option = click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails.")

_REPORT = (
    click.option(
        "--report",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Write one line of JSON per input to this file.",
    ),
)

_CONFIGURATION = (
    click.option(
        "--config",
        metavar="FILE",
        expose_value=False,
        shell_complete=files,
        help="Obey this file instead of a feed2doc.toml in this folder or above.",
    ),
    click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_print_files,
        help="Name the configuration files that are obeyed.",
    ),
)

_quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print only errors.")


_CLUSTER = (
    click.option(
        "--shard",
        type=Count(1000),
        default=0,
        metavar="N",
        help="Write compressed JSON Lines with N inputs per file (part-00000.jsonl.zst ...).",
    ),
    click.option(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="Convert on the Dask cluster at tcp://HOST:8786, or start one here with `local`.",
    ),
)


def with_options(options: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    """Return a decorator that adds these options to a command."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def limit_options(seconds: float, memory: str) -> Callable[[F], F]:
    """Return a decorator that adds the limits of items to a command, with these defaults."""
    return with_options(
        (
            click.option(
                "--item-timeout",
                type=Seconds(),
                default=seconds,
                metavar="SECONDS",
                help=f"Fail an article that takes longer; 0 for no limit [default: {seconds:g}].",
            ),
            click.option(
                "--item-memory",
                default=memory,
                metavar="SIZE",
                help=f"Fail an article that needs more memory than this, such as 2G; 0 for no limit [default: {memory}].",
            ),
        )
    )


output_options = with_options(_OUTPUT)
picture_options = with_options(_PICTURES)
reading_options = with_options(_READING)
pair_run_options = with_options((*_WHOLE, *_REPORT, _quiet_option))
book_run_options = with_options((*_WHOLE, _fail_fast_option, *_REPORT, *_CONFIGURATION, _quiet_option))
run_options = with_options((*_WHOLE, *_MANY, _fail_fast_option, *_REPORT, *_CONFIGURATION, _quiet_option))
cluster_options = with_options(_CLUSTER)
