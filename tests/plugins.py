"""Plugins that a test installs for the commands that it runs."""

import faulthandler
import os
import threading
from pathlib import Path

from feed2doc import _own_process
from feed2doc.batch.workers.watch import Watch

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

# A transform that hangs at articles of slow.example.
WAITING = """
from feed2doc import Transform
from tests.plugins import hang
def apply(document, env):
    if "slow.example" in document.url:
        hang()
    return document
TRANSFORM = Transform(name="waiting", apply=apply)
"""

# A transform with which reading hangs at articles of slow.example, in any process that has it.
READING = """
from feed2doc import Transform
from feed2doc.readers._article import opening
from tests.plugins import hang
rules_for = opening.rules_for
def hanging(url, *more):
    if "slow.example" in url:
        hang()
    return rules_for(url, *more)
opening.rules_for = hanging
TRANSFORM = Transform(name="reading", apply=lambda document, env: document)
"""


def hang() -> None:
    """Wait for ever in a worker. The time of its item, however long its limit is, is over at once."""
    watch = getattr(_own_process.on_step, "__self__", None)
    assert isinstance(watch, Watch)
    faulthandler.dump_traceback_later(0.01, exit=True, file=watch._log)
    threading.Event().wait()


def with_plugin(folder: Path, kind: str, name: str, text: str) -> str:
    """The PYTHONPATH on which a reader or writer of this name is installed."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[feed2doc.{kind}s]\n{name} = {name}_plugin:{kind.upper()}\n")
    (folder / f"{name}_plugin.py").write_text(text)
    checkout = Path(__file__).parent.parent
    return os.pathsep.join([str(folder), str(checkout), os.environ.get("PYTHONPATH", "")])
