"""Options shared by several commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feed2doc._cli._app import files, folders, print_error
from feed2doc._cli._config import choose_profile, use_table
from feed2doc._cli._config_file import Config
from feed2doc._cli._values import (
    Count,
    Seconds,
    complete_covers,
    complete_formats,
    complete_looks,
    complete_profiles,
)
from feed2doc.aligning import FORMS
from feed2doc.batch.job import IMAGES
from feed2doc.transforms import GROUPS, LINKS, ORDERS
from feed2doc.writers import ENGINES, FRONT_MATTERS, NOTES

if TYPE_CHECKING:
    pass

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


_BUNDLE = (
    click.option("--bundle", "one_book", is_flag=True, help="Combine all inputs into one book."),
    click.option(
        "--title",
        metavar="TITLE",
        help="Set the title, which also identifies the book when it is rebuilt.",
    ),
    click.option(
        "--group-by",
        type=click.Choice(GROUPS),
        help="Group the articles of the book by source or day [default: source].",
    ),
    click.option("--order", type=click.Choice(ORDERS), help="Sort the articles [default: newest]."),
)

_NEWSPAPER = (
    click.option(
        "--minutes",
        type=Count(30),
        metavar="N",
        help="Print as much as can be read in N minutes, 0 for no limit [default: 30].",
    ),
    click.option(
        "--section",
        "sections",
        multiple=True,
        metavar="NAME=SOURCE,...[:SHARE%]",
        help="Print articles of these publications, hosts or tags in a section of the newspaper, with at most this share of"
        " the minutes; may be repeated, in order [default: one per publication].",
    ),
    click.option("--changes", is_flag=True, help="Show what changed in articles that were edited."),
)

edition_option = click.option(
    "--edition",
    "newspaper",
    is_flag=True,
    is_eager=True,
    callback=use_table("edition"),
    help="Make the book a newspaper, with the settings of [edition] in feed2doc.toml.",
)

bilingual_option = click.option(
    "--bilingual",
    type=click.Choice(FORMS),
    help="Print translations with their originals below, beside or in notes, if the book has both.",
)

_STYLE = (
    click.option(
        "--cover",
        default="auto",
        metavar="auto|lead|text|FILE|none",
        shell_complete=complete_covers,
        help="Make a cover from the lead image, text or an image file [default: auto, for bundles].",
    ),
    click.option(
        "--links",
        type=click.Choice(LINKS),
        default="inline",
        help="Keep links inline, move them to footnotes, or strip them.",
    ),
    click.option(
        "--display-timezone",
        default="",
        metavar="ZONE",
        help="Show times in this zone, such as Europe/Berlin [default: the article's].",
    ),
    click.option(
        "--transform",
        multiple=True,
        metavar="NAME",
        help="Apply a transform from a plugin (see `feed2doc formats`); may be repeated.",
    ),
    click.option(
        "--look",
        default="",
        metavar="NAME|FILE",
        shell_complete=complete_looks,
        help="Use a look: classic, modern, newspaper, or your own from a TOML file [default: classic].",
    ),
    click.option(
        "--css",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Add a style sheet after the built-in one.",
    ),
    click.option(
        "--template-dir",
        multiple=True,
        metavar="DIR",
        shell_complete=folders,
        help="Use the templates in this folder; may be repeated.",
    ),
)

_PDF = (
    click.option(
        "--page",
        default="",
        metavar="SIZE",
        help="Set the page size of PDF and Typst: a3 to a6, b5, letter, legal, or 120x160mm [default: the profile's, or a4].",
    ),
    click.option(
        "--font",
        default="",
        metavar="NAME|FILE",
        shell_complete=files,
        help="Use this font family in PDF and Typst; a font file works for PDF only.",
    ),
    click.option(
        "--pdf-variant",
        default="",
        metavar="NAME",
        help="Choose pdf/ua-1 (accessible), pdf/a-2a or pdf/a-3a (archiving), or none [default: pdf/ua-1].",
    ),
    click.option(
        "--pdf-engine",
        type=click.Choice(ENGINES),
        help="Lay out PDFs with WeasyPrint (supports CSS) or Typst (faster) [default: typst if Pango is missing].",
    ),
)

_TEXT = (
    click.option(
        "--front-matter",
        type=click.Choice(FRONT_MATTERS),
        help="Choose the YAML keys of Markdown: pandoc's, Obsidian's or Hugo's [default: plain].",
    ),
    click.option(
        "--notes",
        type=click.Choice(NOTES),
        help="Write Markdown notes as a list at the end or as [^1] footnotes [default: list].",
    ),
    click.option(
        "--width",
        type=Count(78),
        metavar="COLUMNS",
        help="Wrap plain text at this width, 0 for no wrapping [default: 78].",
    ),
    click.option(
        "--no-link-list", is_flag=True, help="Omit the numbers and the list of links in plain text."
    ),
    click.option(
        "--reference-doc",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Take the styles for docx, odt or pptx from this file.",
    ),
    click.option(
        "-O",
        "named",
        multiple=True,
        metavar="NAME=VALUE",
        help="Set an option of a format: pandoc-arg, pandoc-timeout, json-indent or jsonl-text; may be repeated.",
    ),
)

_RUN = (
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
    click.option(
        "-j",
        "--jobs",
        type=Count(4),
        default=0,
        metavar="N",
        help="Use N processes for many inputs [default: one per core].",
    ),
    click.option("--force", is_flag=True, help="Convert everything, even if it has not changed."),
    click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails."),
    click.option(
        "--report",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Write one line of JSON per input to this file.",
    ),
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
    click.option("-q", "--quiet", is_flag=True, help="Print only errors."),
)


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


def _with(options: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    """Return a decorator that adds these options to a command."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def limit_options(seconds: float, memory: str) -> Callable[[F], F]:
    """Return a decorator that adds the limits of items to a command, with these defaults."""
    return _with(
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


output_options = _with(_OUTPUT)
picture_options = _with(_PICTURES)
reading_options = _with(_READING)
newspaper_options = _with(_NEWSPAPER)
bundle_options = _with((*_BUNDLE, edition_option, *_NEWSPAPER, bilingual_option))
style_options = _with(_STYLE)
pdf_options = _with(_PDF)
text_options = _with(_TEXT)
run_options = _with(_RUN)
cluster_options = _with(_CLUSTER)
