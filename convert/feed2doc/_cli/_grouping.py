"""The groups that `--help` shows options in, and commands that show them and can be configured."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from feed2doc._cli._app import print_error
from feed2doc._cli._config import PREFIX, load
from feed2doc._cli._config_file import ConfigError
from feed2doc._cli._file_command import FileCommand
from feed2doc._cli._usage import check_dashes

# The headings of `--help`, and the parameters under each. Parameters that are not named here come under "Other".
_HEADINGS = {
    "Input": ("read_format", "base_url", "timezone", "site_rules", "transform"),
    "Output": ("formats", "output", "output_dir", "dest", "pattern", "keep", "shard"),
    "Books": (
        "one_book",
        "period",
        "title",
        "newspaper",
        "minutes",
        "sections",
        "changes",
        "bilingual",
        "group_by",
        "order",
        "cover",
    ),
    "Pictures": ("images", "image_dir", "offline", "allow_host", "device"),
    "Look": (
        "look",
        "links",
        "display_timezone",
        "css",
        "template_dir",
        "page",
        "font",
        "pdf_engine",
        "pdf_variant",
    ),
    "Text formats": ("front_matter", "notes", "width", "no_link_list", "reference_doc", "named"),
    "Runs": (
        "dry_run",
        "strict",
        "check",
        "force",
        "fail_fast",
        "jobs",
        "item_timeout",
        "item_memory",
        "scheduler",
        "report",
        "config",
        "verbose",
        "quiet",
    ),
}


class GroupedCommand(FileCommand):
    """A command that can be configured, and shows its options under several headings."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the configuration and the arguments. Name the command in the error of an option without its value."""
        check_dashes(self, args)
        try:
            if not ctx.resilient_parsing and ctx.obj is None:
                self._configure(ctx, args)
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx
            raise

    def _configure(self, ctx: click.Context, args: list[str]) -> None:
        """Make the configuration the defaults of the command, and say what in it is not obeyed."""
        named = os.environ.get(f"{PREFIX}CONFIG", "")
        if any(each.startswith("--config") for each in args):
            named = self.make_parser(ctx).parse_args(list(args))[0].get("config", named)
        asks_for_help = not set(args).isdisjoint(ctx.help_option_names)
        try:
            ctx.obj = config = load(named)
        except ConfigError:
            if asks_for_help:  # which may say what is wrong
                return
            raise
        ctx.default_map = config.default_map()[str(self.name)]
        if not asks_for_help:
            for warning in config.warnings([str(self.name)]):
                print_error(warning)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one list of options per heading."""
        for heading, options in grouped(self, ctx):
            if records := [record for option in options if (record := option.get_help_record(ctx))]:
                with formatter.section(heading):
                    formatter.write_dl(records, col_max=27)


def grouped(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, list[click.Option]]]:
    """Yield the headings of the help, each with the command's options under it."""
    left = {str(each.name): each for each in command.get_params(ctx) if isinstance(each, click.Option)}
    for heading, names in _HEADINGS.items():
        yield heading, [left.pop(name) for name in names if name in left]
    yield "Other", list(left.values())
