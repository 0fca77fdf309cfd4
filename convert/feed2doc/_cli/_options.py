"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feed2doc import covers
from feed2doc._cli._app import files, folders
from feed2doc._cli._config import choose_profile, profile_names
from feed2doc.batch.job import IMAGES
from feed2doc.transforms import GROUPS, LINKS, ORDERS
from feed2doc.writers import ENGINES, FRONT_MATTERS, NOTES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


def _formats(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from feed2doc import _formats

    names = {*_formats.names("writer"), *_formats.ALIASES}
    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


def _covers(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    kinds = [CompletionItem(kind) for kind in covers.MODES if kind.startswith(incomplete)]
    return [*files(ctx, parameter, incomplete), *kinds]  # bash forgets what came before files


def _profiles(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in profile_names() if name.startswith(incomplete)]


format_option = click.option(
    "--to",
    "formats",
    multiple=True,
    metavar="FORMAT",
    shell_complete=_formats,
    help="Output format; may be repeated.",
)

_READING = (
    click.option(
        "--from", "read_format", default="", metavar="FORMAT", help="Input format; else the content tells."
    ),
    click.option("--base-url", default="", metavar="URL", help="What relative addresses are relative to."),
    click.option(
        "--timezone", default="", metavar="ZONE", help="Zone of times that state none, as Asia/Shanghai."
    ),
    click.option(
        "--site-rules",
        multiple=True,
        metavar="DIR",
        shell_complete=folders,
        help="Folder with site rules of yours; may be repeated.",
    ),
)

_PICTURES = (
    click.option(
        "--images",
        type=click.Choice(IMAGES),
        help="Pictures inside the output, by their addresses, none, or the first alone [default: as the format has them].",
    ),
    click.option(
        "--image-dir",
        multiple=True,
        metavar="DIR",
        shell_complete=folders,
        help="Folder with archived pictures; may be repeated.",
    ),
    click.option(
        "--offline", is_flag=True, help="Fetch nothing; pictures that are not at hand become links."
    ),
    click.option(
        "--allow-host", multiple=True, metavar="HOST", help="Fetch from this host though it is no public one."
    ),
    click.option(
        "--profile",
        "device",
        default="",
        metavar="NAME",
        is_eager=True,
        callback=choose_profile,
        shell_complete=_profiles,
        help="Device: kobo, kindle, koreader, apple, tablet, print, or a profile of the configuration.",
    ),
)


_BUNDLE = (
    click.option("--bundle", "one_book", is_flag=True, help="Make one book of all inputs."),
    click.option(
        "--title", metavar="T", help="The book's title, by which it is known when it is made again."
    ),
    click.option(
        "--group-by",
        type=click.Choice(GROUPS),
        help="Parts of the book: a source each, a day each, or none [default: source].",
    ),
    click.option("--order", type=click.Choice(ORDERS), help="Order of the articles [default: newest]."),
)

_STYLE = (
    click.option(
        "--cover",
        default="auto",
        metavar="auto|lead|text|FILE|none",
        shell_complete=_covers,
        help="Cover of a book: the lead picture, text, a picture of yours [default: auto, for bundles].",
    ),
    click.option(
        "--links",
        type=click.Choice(LINKS),
        default="inline",
        help="Links in the text, in footnotes with their addresses, or away.",
    ),
    click.option(
        "--transform",
        multiple=True,
        metavar="NAME",
        help="Change each article by what another package brings (see `feed2doc formats`); may be repeated.",
    ),
    click.option(
        "--css",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Style that comes after the format's own.",
    ),
    click.option(
        "--template-dir",
        multiple=True,
        metavar="DIR",
        shell_complete=folders,
        help="Folder with templates of yours, epub/style.css and such; may be repeated.",
    ),
)

_PDF = (
    click.option(
        "--page",
        default="",
        metavar="SIZE",
        help="Page of PDF and Typst: a4, letter, a5, 120x160mm [default: the profile's, a4].",
    ),
    click.option(
        "--font",
        default="",
        metavar="NAME|FILE",
        shell_complete=files,
        help="Font of PDF and Typst: a family, or for PDF a font file.",
    ),
    click.option(
        "--pdf-variant",
        default="",
        metavar="NAME",
        help="pdf/ua-1 for screen readers, pdf/a-2a or pdf/a-3a for archives, none [default: pdf/ua-1].",
    ),
    click.option(
        "--pdf-engine",
        type=click.Choice(ENGINES),
        help="What lays out a PDF: WeasyPrint, for CSS, or Typst, faster and without Pango [default: weasyprint].",
    ),
)

_TEXT = (
    click.option(
        "--front-matter",
        type=click.Choice(FRONT_MATTERS),
        help="YAML before the Markdown, in the keys of pandoc, Obsidian or Hugo [default: plain].",
    ),
    click.option(
        "--notes",
        type=click.Choice(NOTES),
        help="Notes of Markdown as a list at the end, or as [^1] [default: list].",
    ),
    click.option(
        "--width", type=int, metavar="COLUMNS", help="Width of text, 0 for no wrapping [default: 78]."
    ),
    click.option("--no-link-list", is_flag=True, help="No numbers and no list of links in text."),
    click.option(
        "--reference-doc",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="docx, odt or pptx whose styles the output has.",
    ),
    click.option(
        "-O",
        "named",
        multiple=True,
        metavar="NAME=VALUE",
        help="pandoc-arg=--toc (may be repeated), pandoc-timeout=SECONDS, json-indent=N, jsonl-text=false.",
    ),
)

_RUN = (
    click.option(
        "--strict", is_flag=True, help="Exit 5, and write nothing, if anything of an item was lost."
    ),
    click.option(
        "--check", is_flag=True, help="Read each file back, and exit 5 if it lacks a text of its item."
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="Processes for many inputs [default: as many as cores].",
    ),
    click.option("--force", is_flag=True, help="Convert also what has not changed since it was converted."),
    click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails."),
    click.option(
        "--report",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Write how each input went, a line of JSON each.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
)


_CLUSTER = (
    click.option(
        "--shard",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="JSON Lines of N inputs each in compressed files, part-00000.jsonl.zst and so on.",
    ),
    click.option(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="Convert on the Dask cluster of this scheduler, tcp://HOST:8786, or on one made here: local.",
    ),
)


def _with(options: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    """A decorator that gives a command these options."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


picture_options = _with(_PICTURES)
reading_options = _with(_READING)
bundle_options = _with(_BUNDLE)
style_options = _with(_STYLE)
pdf_options = _with(_PDF)
text_options = _with(_TEXT)
run_options = _with(_RUN)
cluster_options = _with(_CLUSTER)
