"""`feed2doc formats`: list the formats that can be read and written."""

from __future__ import annotations

import json
from textwrap import fill

import click

from feed2doc import _formats, _plugins
from feed2doc._cli._app import print_error
from feed2doc.errors import PluginError
from feed2doc.model import json_schema


@click.command("formats", short_help="List input and output formats.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the document model instead.")
def command(schema: bool) -> None:
    """List the formats that feed2doc can read and write."""
    if schema:
        print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
        return
    aliases = {name: alias for alias, name in _formats.ALIASES.items()}
    for kind, title in (("reader", "read"), ("writer", "write")):
        print(f"{title}:")
        families = _formats.family_names(kind)
        for name in _formats.names(kind):
            if name in families:
                continue
            try:
                found = _formats.reader(name) if kind == "reader" else _formats.writer(name)
            except PluginError as error:
                print_error(str(error))
                continue
            shown = f"{name} ({aliases[name]})" if kind == "writer" and name in aliases else name
            print(f"  {shown:16} {found.description}")
        if families:
            print(
                fill(f"by pandoc: {', '.join(families)}", 78, initial_indent="  ", subsequent_indent="    ")
            )
    _print_added()


def _print_added() -> None:
    """Print the transforms and site rules that plugins add."""
    from feed2doc.transforms.plugins import transform

    if _plugins.plugins("transforms"):
        print("transform, with --transform:")
    for name in sorted(_plugins.plugins("transforms")):
        try:
            print(f"  {name:16} {transform(name).description}")
        except PluginError as error:
            print_error(str(error))
    _plugins.site_folders()
    for message in _plugins.broken_sites():
        print_error(message)
    if sites := sorted(_plugins.plugins("sites")):
        print(f"site rules of: {', '.join(sites)}")
