"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from feed2doc._cli._pictures import MODES, Pictures
from feed2doc._registry import Writer
from feed2doc.errors import UsageError
from feed2doc.transforms import bundling, links

F = TypeVar("F", bound=Callable[..., Any])

_READING = (
    click.option(
        "--from", "read_format", default="", metavar="FORMAT", help="Input format; else the content tells."
    ),
    click.option("--base-url", default="", metavar="URL", help="What relative addresses are relative to."),
    click.option(
        "--timezone", default="", metavar="ZONE", help="Zone of times that state none, as Asia/Shanghai."
    ),
    click.option(
        "--site-rules", multiple=True, metavar="DIR", help="Folder with site rules of yours; may be repeated."
    ),
)

_PICTURES = (
    click.option(
        "--images",
        type=click.Choice(MODES),
        help="Pictures inside the output, by their addresses, none, or the first alone [default: as the format has them].",
    ),
    click.option(
        "--image-dir", multiple=True, metavar="DIR", help="Folder with archived pictures; may be repeated."
    ),
    click.option(
        "--offline", is_flag=True, help="Fetch nothing; pictures that are not at hand become links."
    ),
    click.option(
        "--allow-host", multiple=True, metavar="HOST", help="Fetch from this host though it is no public one."
    ),
    click.option(
        "--profile", default="", metavar="NAME", help="Device: kobo, kindle, koreader, apple, tablet, print."
    ),
)


_BUNDLE = (
    click.option("--bundle", "one_book", is_flag=True, help="Make one book of all inputs."),
    click.option(
        "--title", metavar="T", help="The book's title, by which it is known when it is made again."
    ),
    click.option(
        "--group-by",
        type=click.Choice(bundling.GROUPS),
        help="Parts of the book: a source each, a day each, or none [default: source].",
    ),
    click.option(
        "--order", type=click.Choice(bundling.ORDERS), help="Order of the articles [default: newest]."
    ),
)

_STYLE = (
    click.option(
        "--cover",
        default="auto",
        metavar="auto|lead|text|FILE|none",
        help="Cover of a book: the lead picture, text, a picture of yours [default: auto, for bundles].",
    ),
    click.option(
        "--links",
        type=click.Choice(links.MODES),
        default="inline",
        help="Links in the text, in footnotes with their addresses, or away.",
    ),
    click.option("--css", default="", metavar="FILE", help="Style that comes after the format's own."),
    click.option(
        "--template-dir",
        multiple=True,
        metavar="DIR",
        help="Folder with templates of yours, epub/style.css and such; may be repeated.",
    ),
)

_PDF = (
    click.option(
        "--page",
        default="",
        metavar="SIZE",
        help="PDF page: a4, letter, a5, 120x160mm [default: the profile's, a4].",
    ),
    click.option("--font", default="", metavar="NAME|FILE", help="Font of the PDF: a family or a font file."),
    click.option(
        "--pdf-variant",
        default="",
        metavar="NAME",
        help="pdf/ua-1 for screen readers, pdf/a-2a or pdf/a-3a for archives, none [default: pdf/ua-1].",
    ),
)

_TEXT = (
    click.option(
        "--front-matter",
        type=click.Choice(("plain", "obsidian", "hugo", "none")),
        help="YAML before the Markdown, in the keys of pandoc, Obsidian or Hugo [default: plain].",
    ),
    click.option(
        "--notes",
        type=click.Choice(("list", "footnotes")),
        help="Notes of Markdown as a list at the end, or as [^1] [default: list].",
    ),
    click.option(
        "--width", type=int, metavar="COLUMNS", help="Width of text, 0 for no wrapping [default: 78]."
    ),
    click.option("--no-link-list", is_flag=True, help="No numbers and no list of links in text."),
    click.option(
        "--reference-doc", default="", metavar="FILE", help="docx, odt or pptx whose styles the output has."
    ),
    click.option(
        "-O",
        "named",
        multiple=True,
        metavar="NAME=VALUE",
        help="pandoc-arg=--toc (may be repeated), pandoc-timeout=SECONDS, json-indent=N, jsonl-text=false.",
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


def folders(option: str, named: Sequence[str]) -> tuple[Path, ...]:
    """The folders that an option names; UsageError for one that is none."""
    for name in named:
        if not Path(name).is_dir():
            raise UsageError(f"{option} {name}: is no folder")
    return tuple(map(Path, named))


def site_dirs(named: Sequence[str]) -> tuple[Path, ...]:
    """The folders of site rules: those named, then `sites` in the user's own configuration, if it is there."""
    from platformdirs import user_config_path

    own = user_config_path("feed2doc", appauthor=False) / "sites"
    return (*folders("--site-rules", named), *((own,) if own.is_dir() else ()))


# The option that asks for a field of a format's options, where it is called otherwise.
_OPTION_OF = {
    "variant": "--pdf-variant",
    "links": "--no-link-list",
    "arguments": "-O pandoc-arg",
    "timeout": "-O pandoc-timeout",
    "indent": "-O json-indent",
    "text": "-O jsonl-text",
}


def asked_of_writers(
    writers: Sequence[Writer[Any]], pictures: Pictures, *, css: str, named: Sequence[str], **given: Any
) -> dict[str, Any]:
    """What was asked of the formats, by the names of their options' fields: what is `given`, `named` and the profile's.

    Raises UsageError for what none of the formats has.
    """
    asked = {name: value for name, value in given.items() if value not in ("", None)} | _named(named)
    for name in [*asked, *(["css"] if css else [])]:
        if not any(name in writer.option_names for writer in writers):
            option = _OPTION_OF.get(name, f"--{name.replace('_', '-')}")
            raise UsageError(f"{option} has no place in {', '.join(w.name for w in writers)}")
    if css:
        asked["css"] = _text_of(css)
    if pictures.mode == "link":
        asked["images"] = "link"
    if pictures.profile_name:
        profile = pictures.profile()
        asked = {"page": profile.page, "paragraphs": profile.paragraphs} | asked
    return asked


def _named(options: Sequence[str]) -> dict[str, Any]:
    """What `-O NAME=VALUE` asks for, by the names of the fields."""
    asked: dict[str, Any] = {}
    for option in options:
        name, _, value = option.partition("=")
        try:
            match name:
                case "pandoc-arg":
                    asked["arguments"] = (*asked.get("arguments", ()), value)
                case "pandoc-timeout":
                    asked["timeout"] = float(value)
                case "json-indent":
                    asked["indent"] = int(value)
                case "jsonl-text":
                    asked["text"] = {"true": True, "false": False}[value]
                case _:
                    known = "pandoc-arg, pandoc-timeout, json-indent, jsonl-text"
                    raise UsageError(f"-O {option}: there is no {name!r}: there are {known}")
        except (ValueError, KeyError) as error:
            raise UsageError(f"-O {option}: {value!r} is no value for it") from error
    return asked


def _text_of(css: str) -> str:
    try:
        return Path(css).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise UsageError(f"--css {css}: cannot be read: {reason}") from error
