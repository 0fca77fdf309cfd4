"""The reference page, generated from the commands and the errors. `make golden` writes it to docs/reference.md."""

from __future__ import annotations

import html
from collections.abc import Iterator

import click
import msgspec
from feed2doc import errors
from feed2doc._cli._app import app
from feed2doc._cli._config import PREFIX
from feed2doc._cli._grouping import GroupedCommand, grouped
from feed2doc.looks import DEFAULT, look_of
from feed2doc.looks.tokens import Look
from feed2doc.pictures.profiles import Profile

HEAD = f"""# Reference

This page, `feed2doc COMMAND --help` and the man pages are generated from the code. The [configuration](configuration.md) key of an
option of `convert` or `sync` is its long name without `--`; its environment variable is `{PREFIX}` and the key in capitals, with `_`
for `-`.
"""
CODES = {
    0: "Success.",
    1: "Several inputs, and some or all of them failed.",
    2: "Wrong usage, option, configuration, template, site rule or plugin.",
    3: "The only input cannot be read, or exceeds a limit.",
    4: "A dependency is missing; the message says how to install it.",
    5: "With `--strict`, something was lost; with `check` or `--check`, an output is incomplete.",
    6: "The output cannot be written.",
    130: "Interrupted by Ctrl-C.",
}
_KEYS = {
    "to": "output format if none is given",
    "longest_side": "longest side of a picture, in pixels",
    "grey": "convert pictures to grey",
    "quality": "quality of JPEG pictures",
    "formats": "picture formats that the device supports",
    "transparency": "whether the device supports transparent pictures",
    "book_mib": "the most that all pictures of a book may take together, in MiB",
    "page": "page size of PDFs, in the format of `--page`",
    "paragraphs": "`indent`, `space`, or `language` (by the language of the article)",
}


def page() -> str:
    """Return the whole page."""
    top = click.Context(app, info_name="feed2doc", **app.context_settings)
    parts = [HEAD, *_commands(app, top, {}), _profiles(), _looks(), _codes()]
    return "\n".join(parts)


def _commands(group: click.Group, ctx: click.Context, convert: dict[str, str]) -> Iterator[str]:
    """Yield a section per command, `convert` first. `convert` has the help of its options, which others may share."""
    names = group.list_commands(ctx)
    for name in sorted(names, key=lambda name: (name != "convert", name)):
        command = group.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=ctx)
        yield _section(command, inner, convert)
        if isinstance(command, click.Group):
            yield from _commands(command, inner, convert)


def _section(command: click.Command, ctx: click.Context, convert: dict[str, str]) -> str:
    """Return the section of a command: how it is called, its help, and its options under the headings of `--help`."""
    lines = [f"## {ctx.command_path}", ""]
    if arguments := [each for each in command.params if isinstance(each, click.Argument)]:
        usage = " ".join(["[OPTIONS]", *(each.make_metavar(ctx) for each in arguments)])
        lines += [f"`{ctx.command_path} {usage}`", ""]
    lines += [f"{_paragraph(paragraph)}\n" for paragraph in (command.help or "").split("\n\n")]
    rows: list[str] = []
    shared: set[str] = set()
    for heading, options in grouped(command, ctx):
        own = []
        for option in (each for each in options if each in command.params):  # not --help
            name, text = option.get_help_record(ctx) or ("", "")
            long = max(option.opts, key=len)
            if command.name == "convert":
                convert[long] = text
            elif convert.get(long) == text:
                shared.add(long)
                continue
            own.append(f"| {_code(name)} | {_cell(text)} |")
        if own and isinstance(command, GroupedCommand):
            rows.append(f"| **{heading}** | |")
        rows += own
    if rows:
        lines += ["| option | |", "|---|---|", *rows, ""]
    if shared:
        own_names = {max(option.opts, key=len) for option in command.params}
        lines += [f"Same as for `convert`: {_shared(shared, convert.keys() - own_names, list(convert))}.", ""]
    return "\n".join(lines)


def _shared(names: set[str], missing: set[str], order: list[str]) -> str:
    """Return the options that a command shares with `convert`, or those that it does not have if they are fewer."""
    few, start = (names, "") if len(names) <= len(missing) else (missing, "all other options, except ")
    return start + ", ".join(f"`{name}`" for name in order if name in few)


def _profiles() -> str:
    """Return the keys of a profile's device."""
    rows = [
        f"| `{field.encode_name}` | {_KEYS[field.name]} | `{_shown(field.default)}` |"
        for field in msgspec.structs.fields(Profile)
    ]
    text = "A table `[profile.NAME]` may set all keys above; `[profile.NAME.device]` sets:\n"
    return "\n".join(["## Profiles", "", text, "| key | meaning | default |", "|---|---|---|", *rows, ""])


def _looks() -> str:
    """Return the tokens of a look, with their values in the default one."""
    rows = []
    for table in msgspec.structs.fields(Look):
        values = getattr(look_of(DEFAULT, "html"), table.name)
        tokens = (f"`{name} = {_shown(getattr(values, name))}`" for name in values.__struct_fields__)
        about = "The same on dark screens." if table.name == "dark" else table.type.__doc__
        rows.append(f"| `[{table.name}]` | {about} | {', '.join(tokens)} |")
    text = (
        "The tokens of a [look](templates.md#your-own-look), with the values of `classic` in HTML. Sizes and spaces are multiples"
        " of the size of the text, lines are in points.\n"
    )
    return "\n".join(["## Looks", "", text, "| table | of | tokens |", "|---|---|---|", *rows, ""])


def _codes() -> str:
    """Return the exit codes, with the errors of the library that have them."""
    found: dict[int, list[str]] = {}
    for value in vars(errors).values():
        if (
            isinstance(value, type)
            and issubclass(value, errors.Feed2docError)
            and value is not errors.Feed2docError
        ):
            found.setdefault(value.exit_code, []).append(f"`{value.__name__}`")
    unknown = found.keys() - CODES.keys()
    assert not unknown, f"say in CODES what these exit codes mean: {sorted(unknown)}"
    rows = [f"| {code} | {meaning} | {', '.join(found.get(code, []))} |" for code, meaning in CODES.items()]
    return "\n".join(["## Exit codes", "", "| exit code | meaning | errors |", "|---|---|---|", *rows, ""])


def _paragraph(text: str) -> str:
    """Return a paragraph of a help text: in one line, or as program text where click keeps its lines.

    Examples are in a block of their own, which the tests of the documentation run.
    """
    lines = text.strip().splitlines()
    if lines and lines[0] == "\b":
        programs = [line.strip() for line in lines[1:]]
        if all(line.startswith("feed2doc ") for line in programs):
            return "\n".join(["```sh", *programs, "```"])
        return "\n".join(f"    {line}" for line in programs)
    return " ".join(text.split())


def _cell(text: str) -> str:
    """Return a text as one line of Markdown."""
    return " ".join(text.split())


def _code(text: str) -> str:
    """Return a text as program text in a table's cell, in which a bar would end the cell even between backticks."""
    bare = _cell(text)
    return f"<code>{html.escape(bare).replace('|', '&#124;')}</code>" if "|" in bare else f"`{bare}`"


def _shown(value: object) -> str:
    """Return a default as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
