"""Plugins that a test installs for the commands that it runs."""

import os
from pathlib import Path

# A format that ends its process, as the system does when memory is short, for one item.
PLUGIN = """
import os, signal
from dataclasses import dataclass
from feed2doc import Writer
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlyOptions:
    pass
def deadly(book, options, env):
    if "17" in book.documents[0].url:
        os.kill(os.getpid(), signal.SIGKILL)
    return book.title.encode()
WRITER = Writer(name="deadly", extension="deadly", media_type="text/plain", options=DeadlyOptions, write=deadly)
"""


def with_plugin(folder: Path, kind: str, name: str, text: str) -> str:
    """The PYTHONPATH on which a reader or writer of this name is installed."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[feed2doc.{kind}s]\n{name} = {name}_plugin:{kind.upper()}\n")
    (folder / f"{name}_plugin.py").write_text(text)
    return os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
