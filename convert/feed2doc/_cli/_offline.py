"""Commands with the option `--offline`."""

from __future__ import annotations

from typing import Any

import click

from feed2doc._text.secrets import masked
from feed2doc.batch.storage import on_network
from feed2doc.errors import UsageError


class OfflineCommand(click.Command):
    """A command that does not run offline if an input or the output is on the network."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raise UsageError if it is to be offline, and a name is that of something on the network."""
        if ctx.params.get("offline"):
            arguments = [str(each.name) for each in self.params if isinstance(each, click.Argument)]
            for value in filter(None, map(ctx.params.get, (*arguments, "output", "output_dir"))):
                if url := on_network([value] if isinstance(value, str) else value):
                    raise UsageError(f"{masked(url)}: is on the network: download it, or leave out --offline")
        return super().invoke(ctx)
