"""From the words of the command line to the options of the formats, and to folders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from feed2doc._files.user_dirs import user_folder
from feed2doc._formats import Writer
from feed2doc.batch.pictures import Pictures
from feed2doc.errors import UsageError

# The option that asks for a field of a format's options, where it is called otherwise.
_OPTION_OF = {
    "variant": "--pdf-variant",
    "engine": "--pdf-engine",
    "links": "--no-link-list",
    "arguments": "-O pandoc-arg",
    "timeout": "-O pandoc-timeout",
    "indent": "-O json-indent",
    "text": "-O jsonl-text",
}


def folders(option: str, named: Sequence[str]) -> tuple[Path, ...]:
    """The folders that an option names; UsageError for one that is none."""
    for name in named:
        if not Path(name).is_dir():
            raise UsageError(f"{option} {name}: is no folder")
    return tuple(map(Path, named))


def site_dirs(named: Sequence[str]) -> tuple[Path, ...]:
    """The folders of site rules: those named, then `sites` in the user's own configuration, if it is there."""
    own = user_folder("config") / "sites"
    return (*folders("--site-rules", named), *((own,) if own.is_dir() else ()))


def asked_of_writers(
    writers: Sequence[Writer[Any]],
    pictures: Pictures,
    *,
    css: str,
    named: Sequence[str],
    lenient: Collection[str] = (),
    **given: Any,
) -> dict[str, Any]:
    """What was asked of the formats, by the names of their options' fields: what is `given`, `named` and the profile's.

    Raises UsageError for what none of the formats has, and leaves that out if it is among the `lenient` ones: what a
    configuration sets is for the formats that have it.
    """
    asked = {name: value for name, value in given.items() if value not in ("", None)} | _named(named)
    for name in [*asked, *(["css"] if css else [])]:
        if any(has_place(name, writer, asked) for writer in writers):
            continue
        if name not in lenient:
            option = _OPTION_OF.get(name, f"--{name.replace('_', '-')}")
            by = " by typst" if asked.get("engine") == "typst" else ""
            raise UsageError(f"{option} has no place in {', '.join(w.name for w in writers)}{by}")
        asked.pop(name, None)
        css = "" if name == "css" else css
    if css:
        asked["css"] = _text_of(css)
    if pictures.mode == "link":
        asked["images"] = "link"
    if pictures.device:
        asked = {"page": pictures.device.page, "paragraphs": pictures.device.paragraphs} | asked
    return asked


def has_place(name: str, writer: Writer[Any], asked: Mapping[str, Any]) -> bool:
    """Whether the format has a field of this name; a PDF by Typst has no CSS."""
    by_typst = writer.name == "pdf" and asked.get("engine") == "typst"
    return name in writer.option_names and not (name == "css" and by_typst)


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
