"""Transforms from plugins: each changes an article or drops it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from feed2doc import _plugins
from feed2doc._own_process import step
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, PluginError, UsageError
from feed2doc.model import Document


class Transform(msgspec.Struct, frozen=True, kw_only=True):
    """A change to an article between reader and writer.

    `apply` returns the changed article, or None to drop it; it notes in the Env any content that it removes.
    """

    name: str
    apply: Callable[[Document, Env], Document | None]
    description: str = ""


def transform(name: str) -> Transform:
    """Return the transform with this name. Raise UsageError if there is none, and PluginError if it does not load."""
    if name not in _plugins.plugins("transforms"):
        known = ", ".join(sorted(_plugins.plugins("transforms"))) or "none; other packages bring them"
        raise UsageError(f"--transform {name}: no such transform; available: {known}")
    found: Transform = _plugins.load("transforms", name, Transform)
    return found


def transformed(document: Document, transforms: tuple[Transform, ...], env: Env) -> Document | None:
    """Return the article after these transforms, in order, or None if one drops it.

    Raise PluginError, which names the transform, if one fails.
    """
    for each in transforms:
        step(f"applying the transform {each.name}")
        try:
            changed = each.apply(document, env)
        except (Feed2docError, MemoryError):
            raise
        except Exception as error:
            raise PluginError(f"transform {each.name!r}: {type(error).__name__}: {error}") from error
        if changed is None:
            env.note(
                "dropped", f"dropped by the transform {each.name}", rule=each.name, text=document.headline
            )
            return None
        if not isinstance(changed, Document):
            raise PluginError(f"transform {each.name!r}: returned {type(changed).__name__}, not a Document")
        document = changed
    return document
