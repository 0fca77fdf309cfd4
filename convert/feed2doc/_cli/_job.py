"""Turning command-line options into a job."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feed2doc import _formats
from feed2doc._cli._app import print_error
from feed2doc._files.named_files import read_text
from feed2doc._files.user_dirs import user_folder
from feed2doc._formats import ReadOptions, Writer
from feed2doc._locale.zones import check_zone
from feed2doc._templating import replaceable_templates
from feed2doc.batch.item import STDIN
from feed2doc.batch.job import (
    COVERED,
    Images,
    Job,
    Look,
    PictureSettings,
    Reading,
    Target,
    default_images,
    device_options,
    prepared,
)
from feed2doc.batch.limits import Limits, size_in_bytes
from feed2doc.errors import UsageError

if TYPE_CHECKING:
    from feed2doc.pictures.profiles import Profile

# The options that set the fields of a format's options, where their names differ.
_OPTION_OF = {
    "variant": "--pdf-variant",
    "engine": "--pdf-engine",
    "links": "--no-link-list",
    "arguments": "-O pandoc-arg",
    "timeout": "-O pandoc-timeout",
    "indent": "-O json-indent",
    "text": "-O jsonl-text",
}
_STDOUT = ("/dev/stdout", "/dev/fd/1")
# The fields that command-line parameters set, where their names differ.
_FIELD_OF = {"pdf_variant": "variant", "pdf_engine": "engine", "no_link_list": "links"}
_PARAMETERS = (
    "look",
    "page",
    "font",
    "pdf_variant",
    "pdf_engine",
    "front_matter",
    "notes",
    "width",
    "reference_doc",
)


def job_of(given: Mapping[str, Any], *, from_config: Collection[str] = (), **fixed: Any) -> Job:
    """Return the job for the parameters of a command. `fixed` gives fields of the job that are already known.

    Raise UsageError, OptionError or UnknownFormatError if the job cannot be done. An option that applies to none of the
    formats is an error, unless it was set `from_config`: then it is ignored.
    """
    output = str(given.get("output") or "")
    output = STDIN if output in _STDOUT else output  # or the path that is printed would follow the content
    writers = _writers(given["formats"], output, given["device"])
    settings = PictureSettings(
        folders=folders("--image-dir", given["image_dir"]),
        offline=given["offline"],
        allow_hosts=given["allow_host"],
        device=given["device"],
    )
    covered = any(writer.name in COVERED for writer in writers)
    look = Look(
        cover="auto" if "cover" in from_config and not covered else given["cover"],
        links=given["links"],
        template_dirs=_template_dirs(given["template_dir"]),
    )
    options = _options(given, writers, from_config)
    fixed = {
        "output": output,
        "folder": str(given.get("output_dir") or "."),
        "name": given["pattern"],
    } | fixed
    job = Job(
        targets=tuple(_target(writer, options, given["images"], settings) for writer in writers),
        reading=reading_of(given),
        pictures=settings,
        look=look,
        strict=given["strict"],
        checked=given["check"],
        quiet=given["quiet"],
        limits=Limits(seconds=given["item_timeout"], memory=size_in_bytes(given["item_memory"])),
        **fixed,
    )
    return prepared(job, (lambda message: None) if job.quiet else print_error)


def reading_of(given: Mapping[str, Any]) -> Reading:
    """Return the reading settings for the parameters of a command. Raise OptionError if its time zone is unknown."""
    if given["timezone"]:
        check_zone(given["timezone"])
    return Reading(
        format=given["read_format"],
        options=ReadOptions(base_url=given["base_url"], timezone=given["timezone"]),
        site_dirs=site_dirs(given["site_rules"]),
        transforms=given.get("transform", ()),
        display_timezone=given.get("display_timezone", ""),
    )


def folders(option: str, names: Sequence[str]) -> tuple[Path, ...]:
    """Return the folders that an option names. Raise UsageError if one of them is not a folder, or cannot be read."""
    for name in names:
        try:
            next(Path(name).iterdir(), None)
        except (FileNotFoundError, NotADirectoryError) as error:
            hint = ": name the folder that contains it" if isinstance(error, NotADirectoryError) else ""
            raise UsageError(f"{option} {name}: not a folder{hint}") from error
        except OSError as error:
            raise UsageError(f"{option} {name}: cannot be read: {error.strerror}") from error
    return tuple(map(Path, names))


def site_dirs(names: Sequence[str]) -> tuple[Path, ...]:
    """Return the folders with site rules: those named, then `sites` in the user's configuration folder if it exists."""
    named = folders("--site-rules", names)
    for folder in named:
        if not any(folder.glob("*.toml")):
            print_error(f"--site-rules {folder}: has no effect: there is no .toml file in it")
    own = user_folder("config") / "sites"
    return (*named, *((own,) if own.is_dir() else ()))


def _template_dirs(names: Sequence[str]) -> tuple[Path, ...]:
    """Return the folders with the user's templates. Report those that replace none."""
    named = folders("--template-dir", names)
    for folder in named:
        if not any((folder / template).is_file() for template in replaceable_templates()):
            print_error(
                f"--template-dir {folder}: has no effect: no file in it is named as in `feed2doc templates list`"
            )
    return named


def _writers(formats: Sequence[str], output: str, device: Profile | None) -> list[Writer[Any]]:
    """Return the writers of the formats without duplicates.

    Without formats, the extension of the output decides, then the device.
    """
    if not formats and output and (ending := _formats.format_of_file(Path(output))):
        formats = (ending,)
    if not formats and device and device.to:
        formats = (device.to,)
    if not formats:
        raise UsageError("no output format: add --to FORMAT, such as --to epub (see `feed2doc formats`)")
    for name in formats:
        if "," in name:
            each = " ".join(f"--to {part.strip()}" for part in name.split(","))
            raise UsageError(f"--to {name}: takes one format, and may be repeated: {each}")
    return list({(w := _formats.writer(name)).name: w for name in formats}.values())


def _target(
    writer: Writer[Any], options: Mapping[str, Any], images: Images | None, settings: PictureSettings
) -> Target:
    given = {name: value for name, value in options.items() if _has_option(writer, name, options)}
    if images == "link" and "images" in writer.option_names:
        given["images"] = "link"
    given = device_options(writer, settings.device) | given
    return Target(
        writer.name, writer.options_from(given) if given else None, images or default_images(writer)
    )


def _options(
    given: Mapping[str, Any], writers: Sequence[Writer[Any]], from_config: Collection[str]
) -> dict[str, Any]:
    """Return the options set for formats, by field name. Raise UsageError if one applies to none of the formats."""
    options = {_FIELD_OF.get(name, name): given.get(name) for name in _PARAMETERS}
    options = {name: value for name, value in options.items() if value not in ("", None)}
    if given.get("no_link_list"):
        options["links"] = False
    options |= _named(given.get("named", ()))
    if given.get("css"):
        options["css"] = ""
    lenient = {_FIELD_OF.get(name, name) for name in from_config}
    for name in list(options):
        if any(_has_option(writer, name, options) for writer in writers):
            continue
        if name not in lenient:
            option = _OPTION_OF.get(name, f"--{name.replace('_', '-')}")
            by = " with typst" if name == "css" and options.get("engine") == "typst" else ""
            unfit = ", ".join(writer.name for writer in writers)
            raise UsageError(f"{option} does not apply to {unfit}{by}, but to {_formats_with(name, options)}")
        del options[name]
    if "css" in options:
        options["css"] = _text_of(given["css"])
    return options


def _formats_with(name: str, options: Mapping[str, Any]) -> str:
    """Return the names of the formats that have an option."""
    writers = map(_formats.writer, _formats.builtin_names("writer"))
    return ", ".join(w.name for w in writers if _has_option(w, name, options)) or "pandoc's formats"


def _has_option(writer: Writer[Any], name: str, options: Mapping[str, Any]) -> bool:
    """Return True if the format has an option of this name. PDFs laid out by Typst have no CSS."""
    by_typst = writer.name == "pdf" and options.get("engine") == "typst"
    return name in writer.option_names and not (name == "css" and by_typst)


def _named(assignments: Sequence[str]) -> dict[str, Any]:
    """Return the options set by `-O NAME=VALUE`, by field name. Raise UsageError if one is wrong."""
    options: dict[str, Any] = {}
    for assignment in assignments:
        name, _, value = assignment.partition("=")
        try:
            match name:
                case "pandoc-arg":
                    options["arguments"] = (*options.get("arguments", ()), value)
                case "pandoc-timeout":
                    options["timeout"] = float(value)
                case "json-indent":
                    options["indent"] = int(value)
                case "jsonl-text":
                    options["text"] = {"true": True, "false": False}[value]
                case _:
                    known = "pandoc-arg, pandoc-timeout, json-indent, jsonl-text"
                    raise UsageError(f"-O {assignment}: unknown option {name!r}: choose from {known}")
        except (ValueError, KeyError) as error:
            raise UsageError(f"-O {assignment}: {value!r} is not a valid value") from error
    return options


def _text_of(css: str) -> str:
    try:
        return read_text(Path(css))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise UsageError(f"--css {css}: cannot be read: {reason}") from error
