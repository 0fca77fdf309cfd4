"""`feed2doc stories`: find which articles tell the same story."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from feed2doc._cli._app import files, print_error
from feed2doc._cli._documents import documents_of
from feed2doc._cli._job import site_dirs
from feed2doc._cli._json import shown_json
from feed2doc._cli._options import reading_options
from feed2doc._cli._screen import columns, echo, styled, truncated
from feed2doc._formats import ReadOptions
from feed2doc._text.plain import printable
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Document, source_of
from feed2doc.newspaper.stories import Story
from feed2doc.newspaper.stories import stories as stories_of

_NARROWEST, _WIDEST = 60, 160


@click.command("stories", short_help="Find articles that tell the same story.")
@click.argument("inputs", nargs=-1, required=True, metavar="FOLDER...", shell_complete=files)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the groups of paths.")
def command(
    inputs: tuple[str, ...],
    read_format: str,
    base_url: str,
    timezone: str,
    site_rules: tuple[str, ...],
    as_json: bool,
) -> int:
    """Find which articles of the FOLDERs, files or feeds are about the same event, and which are one text.

    Prints each story that several articles tell: the fullest first, then the others, and what they share. The JSON has the
    groups as `same`, and those of one text, reprinted or edited, as `edition`. Paths are relative to a single folder.
    """
    options = ReadOptions(base_url=base_url, timezone=timezone)
    env = Env(site_dirs=site_dirs(site_rules))
    failures: list[ReadError] = []
    named = list(documents_of(inputs, read_format, options, env, failures))
    if not named and len(failures) == 1:
        raise failures[0]
    for failure in failures:
        print_error(str(failure))
    if not named:
        return 1
    code = 1 if failures else 0
    found = stories_of(document for _, document in named)
    if as_json:
        folder = inputs[0] if len(inputs) == 1 and os.path.isdir(inputs[0]) else ""
        names = [_name(path, folder) for path, _ in named]
        same = [[names[n] for n in story.articles] for story in found if len(story.articles) > 1]
        editions = [[names[n] for n in edition] for story in found for edition in story.editions]
        print(shown_json({"same": same, "edition": editions}))
        return code
    width = columns(_NARROWEST, _WIDEST)
    documents = [document for _, document in named]
    for story in found:
        if len(story.articles) > 1:
            _print(story, documents, width)
    several = sum(len(story.articles) > 1 for story in found)
    echo(
        styled(
            f"{len(documents)} articles, {len(found)} stories, {several} of them told more than once", "dim"
        )
    )
    return code


def _name(path: str, folder: str) -> str:
    return os.path.splitext(os.path.relpath(path, folder))[0].replace(os.sep, "/") if folder else path


def _print(story: Story, documents: Sequence[Document], width: int) -> None:
    echo(styled(truncated(_title(documents[story.articles[0]]), width), "bold"))
    for reason in story.reasons:
        echo(f"  {truncated(_title(documents[reason.article]), width - 2)}")
        echo(styled(f"    {truncated(printable(reason.text), width - 4)}", "dim"))


def _title(document: Document) -> str:
    return printable(f"{document.headline or '(no headline)'} · {source_of(document)}")
