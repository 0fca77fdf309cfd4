"""Compile the TOML files that feed2doc ships into `compiled.json`, for wheels and for editable installs."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Write `convert/feed2doc/compiled.json`, which git ignores and the wheel lists as an artifact."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        source = Path(self.root, "convert")
        sys.path.insert(0, str(source))
        from feed2doc._compiled_data import joined
        from feed2doc.looks import compiled_looks
        from feed2doc.readers._rules.compile import compiled_rules

        compiled = source / "feed2doc" / "compiled.json"
        content = joined(compiled_rules() | compiled_looks())
        # A file that is written again counts as changed: runs next to the build would convert everything again.
        if compiled.is_file() and compiled.read_bytes() == content:
            return
        # Another process may be reading the file, so it is replaced at once.
        temporary = compiled.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_bytes(content)
        temporary.replace(compiled)
