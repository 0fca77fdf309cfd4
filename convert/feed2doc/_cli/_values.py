"""The values of options: their types, and how a shell completes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from feed2doc import covers
from feed2doc._cli._app import files
from feed2doc._cli._config import profile_names

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Count(click.types.IntParamType):
    """An integer of at least 0, such as the `example`. Unlike click's IntRange it does not show `[x>=0]` in the help."""

    def __init__(self, example: int) -> None:
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a number such as {self.example}", param, ctx)
        if number < 0:
            self.fail(f"{number} is less than 0.", param, ctx)
        return number


class Seconds(click.types.FloatParamType):
    """A number of seconds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            return float(value)
        except ValueError:
            self.fail(f"{value!r} is not a number of seconds such as 60", param, ctx)


def complete_formats(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from feed2doc import _formats

    names = {*_formats.names("writer"), *_formats.ALIASES}
    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


def complete_covers(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    kinds = [CompletionItem(kind) for kind in covers.MODES if kind.startswith(incomplete)]
    return [*files(ctx, parameter, incomplete), *kinds]  # bash ignores what precedes an item of type file


def complete_profiles(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in profile_names() if name.startswith(incomplete)]


def complete_looks(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from feed2doc.looks import shipped_looks

    looks = [CompletionItem(name) for name in shipped_looks() if name.startswith(incomplete)]
    return [*files(ctx, parameter, incomplete), *looks]
