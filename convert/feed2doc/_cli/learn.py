"""`feed2doc learn`: write the rules of a site from a folder with its articles."""

from __future__ import annotations

import os
from pathlib import Path

import click

from feed2doc._cli._app import files, folders, print_error
from feed2doc._cli._job import site_dirs
from feed2doc._files.atomic import save
from feed2doc.env import Env
from feed2doc.errors import ReadError, UsageError
from feed2doc.learning import FEWEST_ARTICLES, Learned, learn

_STDOUT = "-"


@click.command("learn", short_help="Write site rules from a folder of articles.")
@click.argument("folder", metavar="FOLDER", shell_complete=folders)
@click.option(
    "-o",
    "--output",
    default=_STDOUT,
    metavar="FILE",
    shell_complete=files,
    help="Write to FILE, or to DIR/ with one file per site [default: stdout].",
)
@click.option(
    "--site-rules",
    multiple=True,
    metavar="DIR",
    shell_complete=folders,
    help="Learn only what the site rules in this folder do not say; may be repeated.",
)
def command(folder: str, output: str, site_rules: tuple[str, ...]) -> int:
    """Write the rules of a site, from a FOLDER with many of its articles.

    Finds what recurs and is not part of the articles, such as promotion, and where byline, time, captions and credits are.
    Read the rules and the examples in their comments, then use the file with --site-rules. At least six articles are
    needed, thirty are a good number.
    """
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: not a folder: name one with many articles of a site")
    env = Env(site_dirs=site_dirs(site_rules))
    found = learn(folder, env=env)
    for diagnostic in env.diagnostics:
        print_error(diagnostic.message)
    enough = [each for each in found if each.articles >= FEWEST_ARTICLES]
    for each in enough:
        _report(each)
    if few := [each.host for each in found if each not in enough]:
        hosts = few[0] if len(few) == 1 else f"{len(few)} sites"
        print_error(
            f"{folder}: too few articles of {hosts} (at least {FEWEST_ARTICLES} are needed): add more"
        )
    learned = [each for each in enough if each.rules]
    if output.endswith(("/", os.sep)) or os.path.isdir(output):
        paths = [Path(output, f"{each.host}.toml") for each in learned]
    elif len(learned) > 1:
        hosts = ", ".join(each.host for each in learned)
        raise UsageError(f"{folder}: has articles of several sites ({hosts}): use -o DIR/ for a file each")
    else:
        paths = [Path(output)]
    for path, each in zip(paths, learned, strict=False):
        if output == _STDOUT:
            print(each.toml, end="")
        else:
            save(path, each.toml.encode())
            print(path)
    return 0 if enough else ReadError.exit_code


def _report(found: Learned) -> None:
    """Print how much was learned to stderr, or why nothing was, and what to do."""
    if found.rules:
        print_error(f"{found.host}: {len(found.rules)} rules from {found.articles} articles")
    else:
        print_error(
            f"{found.host}: no rules to write, as nothing recurs: `feed2doc explain ITEM` shows faults"
        )
