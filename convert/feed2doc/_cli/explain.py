"""`feed2doc explain`: show how an item was read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from feed2doc._api import reader_of
from feed2doc._cli._app import files
from feed2doc._cli._job import site_dirs
from feed2doc._cli._json import shown_json
from feed2doc._cli._options import reading_options
from feed2doc._formats import ReadOptions, reader
from feed2doc._text.plain import printable
from feed2doc.batch.item import Item, load_item
from feed2doc.env import Diagnostic, Env, Trace
from feed2doc.explanation import Explained, Explanation, explained

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

_NARROWEST, _WIDEST = 60, 160


@click.command("explain", short_help="Show how an item was read, and why.")
@click.argument("item", metavar="ITEM", shell_complete=files)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object per article.")
@click.option("--full", is_flag=True, help="Print texts in full instead of truncating them.")
def command(
    item: str,
    read_format: str,
    base_url: str,
    timezone: str,
    site_rules: tuple[str, ...],
    as_json: bool,
    full: bool,
) -> int:
    """Show how ITEM was read: each part with the rule that applied, and what was left out and why.

    Rules are shown as `file: key 'value'`: cn.nytimes.com stands for sites/cn.nytimes.com.toml, and html for the default
    meaning of an element. To add rules of your own, see docs/site-rules.md.
    """
    source = load_item(Item(item))
    env = Env(site_dirs=site_dirs(site_rules), trace=Trace(), audit=True)
    chosen = reader(read_format) if read_format else reader_of(source)
    for document in chosen.read(source, ReadOptions(base_url=base_url, timezone=timezone), env):
        found = explained(document, env)
        if as_json:
            print(shown_json(found.as_json()))
        else:
            _print(found, full=full)
        env.diagnostics.clear()
        env.trace = Trace()
    return 0


def _print(explained: Explanation, *, full: bool) -> None:
    from rich.console import Console

    width = min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size().columns))
    console = Console(width=width, highlight=False, soft_wrap=full)
    headline = next((f.text for f in explained.fields if f.kind == "headline"), "")
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text(printable(headline) or "(no headline)", style="bold"), guide_style="dim")
    for title, parts in (
        ("fields", explained.fields),
        ("body", explained.body),
        ("credits", explained.credits),
    ):
        if parts:
            branch = tree.add(Text(title, style="bold cyan"))
            for part in parts:
                _grow(branch, part, console, depth=2, full=full)
    for title, kind, style in (
        ("dropped", explained.dropped, "yellow"),
        ("noticed", explained.noticed, "magenta"),
    ):
        if kind:
            branch = tree.add(Text(title, style=f"bold {style}"))
            for diagnostic in kind:
                _grow(branch, _as_part(diagnostic), console, depth=2, full=full)
    console.print(tree)
    if not full:
        console.print(Text("To see texts and rules in full: --full", style="dim"))


def _as_part(diagnostic: Diagnostic) -> Explained:
    text = " ".join(f"{diagnostic.message} {diagnostic.text}".split())
    return Explained("loss" if diagnostic.kind == "loss" else "", text, diagnostic.rule)


def _grow(tree: Tree, part: Explained, console: Console, *, depth: int, full: bool) -> None:
    """Add a part as one line: its kind and text on the left, its rule on the right."""
    from rich.text import Text

    room = console.width - 4 * depth
    why = (
        f"{part.rule} <{part.element}>"
        if part.element and f"html: {part.element}" != part.rule
        else part.rule
    )
    left, right = Text(part.kind, style="cyan"), Text(printable(why), style="dim")
    words = Text(printable(f" {part.text}" if part.kind and part.text else part.text))
    if not full:
        right.truncate(room * 3 // 5, overflow="ellipsis")
        words.truncate(max(8, room - left.cell_len - right.cell_len - 2), overflow="ellipsis")
    line = left + words
    gap = max(2, room - line.cell_len - right.cell_len) if why else 0
    branch = tree.add(line + Text(" " * (2 if full else gap)) + right)
    for inner in part.parts:
        _grow(branch, inner, console, depth=depth + 1, full=full)
