"""`feed2doc explain`: show how an item was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from feed2doc._cli._app import files
from feed2doc._cli._documents import documents_of
from feed2doc._cli._job import site_dirs
from feed2doc._cli._json import shown_json
from feed2doc._cli._options import reading_options
from feed2doc._cli._screen import columns, echo, styled, truncated
from feed2doc._formats import ReadOptions, reader
from feed2doc._text.plain import printable
from feed2doc._text.wrap import width_of
from feed2doc.batch.item import Item, load_item
from feed2doc.env import Diagnostic, Env, Trace
from feed2doc.explanation import Explained, Explanation, explained
from feed2doc.model import Document
from feed2doc.readers.inputs import reader_of

_NARROWEST, _WIDEST = 60, 160


@click.command("explain", short_help="Show how an item was read, and why.")
@click.argument("item", metavar="ITEM", shell_complete=files)
@click.argument("other", required=False, metavar="[OTHER]", shell_complete=files)
@reading_options
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, one object per article, or per story with OTHER."
)
@click.option("--full", is_flag=True, help="Print texts in full instead of truncating them.")
def command(
    item: str,
    other: str | None,
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

    With OTHER, says whether both tell the same story, and why.
    """
    env = Env(site_dirs=site_dirs(site_rules), trace=Trace(), audit=True)
    if other:
        options = ReadOptions(base_url=base_url, timezone=timezone)
        documents = [document for _, document in documents_of((item, other), read_format, options, env)]
        _compare(documents, as_json=as_json)
        return 0
    source = load_item(Item(item))
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


def _compare(documents: Sequence[Document], *, as_json: bool) -> None:
    """Print which of the articles tell the same story, and why."""
    from feed2doc.newspaper.stories import stories

    headlines = [document.headline for document in documents]
    for story in stories(documents):
        reasons = [{"article": headlines[each.article], "reason": each.text} for each in story.reasons]
        if as_json:
            print(shown_json({"story": headlines[story.articles[0]], "others": reasons}))
            continue
        echo(styled(printable(headlines[story.articles[0]]), "bold"))
        for each in reasons:
            echo(f"  {printable(each['article'])}: {printable(each['reason'])}")


def _print(explained: Explanation, *, full: bool) -> None:
    headline = next((f.text for f in explained.fields if f.kind == "headline"), "")
    echo(styled(printable(headline) or "(no headline)", "bold"))
    named = {
        styled("fields", "bold cyan"): explained.fields,
        styled("body", "bold cyan"): explained.body,
        styled("credits", "bold cyan"): explained.credits,
        styled("dropped", "bold yellow"): [_as_part(each) for each in explained.dropped],
        styled("noticed", "bold magenta"): [_as_part(each) for each in explained.noticed],
    }
    branches = [(title, parts) for title, parts in named.items() if parts]
    width = columns(_NARROWEST, _WIDEST)
    for (title, parts), (branch, below) in zip(branches, _guides("", len(branches)), strict=True):
        echo(f"{styled(branch, 'dim')}{title}")
        for line in _lines(parts, below, 0 if full else width):
            echo(line)
    if not full:
        echo(styled("To see texts and rules in full: --full", "dim"))


def _as_part(diagnostic: Diagnostic) -> Explained:
    text = " ".join(f"{diagnostic.message} {diagnostic.text}".split())
    return Explained("loss" if diagnostic.kind == "loss" else "", text, diagnostic.rule)


def _guides(above: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield the lines of a tree that lead to each branch, and those that go on below it."""
    for number in range(1, count + 1):
        yield (f"{above}├── ", f"{above}│   ") if number < count else (f"{above}└── ", f"{above}    ")


def _lines(parts: Sequence[Explained], above: str, width: int) -> Iterator[str]:
    """Yield the parts, and those in them, as the branches of a tree."""
    for part, (branch, below) in zip(parts, _guides(above, len(parts)), strict=True):
        yield styled(branch, "dim") + _line(part, width and width - len(branch))
        yield from _lines(part.parts, below, width)


def _line(part: Explained, room: int) -> str:
    """Return a part as one line: its kind and text on the left, its rule on the right. In full if `room` is 0."""
    is_named = part.element and f"html: {part.element}" != part.rule
    why = printable(f"{part.rule} <{part.element}>" if is_named else part.rule)
    words = printable(f" {part.text}" if part.kind and part.text else part.text)
    gap = 2
    if room:
        why = truncated(why, room * 3 // 5)
        taken = width_of(part.kind) + width_of(why)
        words = truncated(words, max(8, room - taken - 2))
        gap = max(2, room - taken - width_of(words))
    return f"{styled(part.kind, 'cyan')}{words}" + (f"{' ' * gap}{styled(why, 'dim')}" if why else "")
