"""Transforms that other packages bring: from an article to an article, or to none."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from feed2doc import _plugins
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, PluginError, UsageError
from feed2doc.model import Document


class Transform(msgspec.Struct, frozen=True, kw_only=True):
    """A change to an article on its way from reader to writer.

    `apply` gives the article as it is to be, or None if it is to be left out; what it loses of it, it notes in the Env.
    """

    name: str
    apply: Callable[[Document, Env], Document | None]
    description: str = ""


def transform(name: str) -> Transform:
    """The transform of this name; UsageError if there is none, PluginError if it does not load."""
    if name not in _plugins.plugins("transforms"):
        known = ", ".join(sorted(_plugins.plugins("transforms"))) or "none; other packages bring them"
        raise UsageError(f"--transform {name}: there is no such transform: there are {known}")
    found: Transform = _plugins.load("transforms", name, Transform)
    return found


def transformed(document: Document, transforms: tuple[Transform, ...], env: Env) -> Document | None:
    """The article after these, in their order; None if one leaves it out. PluginError, which names it, if one fails."""
    for each in transforms:
        try:
            changed = each.apply(document, env)
        except Feed2docError:
            raise
        except Exception as error:
            raise PluginError(f"transform {each.name!r}: {type(error).__name__}: {error}") from error
        if changed is None:
            env.note(
                "dropped", f"left out by the transform {each.name}", rule=each.name, text=document.headline
            )
            return None
        if not isinstance(changed, Document):
            raise PluginError(f"transform {each.name!r}: gave {type(changed).__name__}, not a Document")
        document = changed
    return document
