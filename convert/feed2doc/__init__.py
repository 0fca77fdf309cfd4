"""feed2doc: archived full-text feed items to EPUB, PDF, Markdown, text, HTML and JSON.

import feed2doc
doc = feed2doc.read("item.txt")
feed2doc.write(doc, "markdown")
feed2doc.convert("item.txt", to="epub", output="item.epub")
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feed2doc._api import convert, read, read_all, write
    from feed2doc._formats import Reader, ReadOptions, Source, Writer
    from feed2doc.assets import Assets, Picture
    from feed2doc.env import Diagnostic, Env, Trace
    from feed2doc.errors import (
        EmptyFeedError,
        Feed2docError,
        LimitError,
        MissingDependencyError,
        OptionError,
        PluginError,
        ReadError,
        SiteRuleError,
        StrictError,
        TemplateError,
        UnknownFormatError,
        UsageError,
        WriteError,
    )
    from feed2doc.model import Book, Document, Part, texts_of, walk
    from feed2doc.transforms.bundle import bundle
    from feed2doc.transforms.plugins import Transform

__version__ = "0.1.0"

__all__ = [
    "Assets",
    "Book",
    "Diagnostic",
    "Document",
    "EmptyFeedError",
    "Env",
    "Feed2docError",
    "LimitError",
    "MissingDependencyError",
    "OptionError",
    "Part",
    "Picture",
    "PluginError",
    "ReadError",
    "ReadOptions",
    "Reader",
    "SiteRuleError",
    "Source",
    "StrictError",
    "TemplateError",
    "Trace",
    "Transform",
    "UnknownFormatError",
    "UsageError",
    "WriteError",
    "Writer",
    "bundle",
    "convert",
    "read",
    "read_all",
    "texts_of",
    "walk",
    "write",
]

# The modules that have them, the quickest to load first.
_MODULES = (
    "errors",
    "model",
    "assets",
    "env",
    "_formats",
    "_api",
    "transforms.bundle",
    "transforms.plugins",
)

if not TYPE_CHECKING:  # for which every name would be one

    def __getattr__(name: str) -> object:
        """A public name or module, loaded when it is asked for: the command line asks for few."""
        from importlib import import_module

        if name in _MODULES:
            return import_module(f"feed2doc.{name}")
        if name in __all__:
            for module in _MODULES:
                if hasattr(found := import_module(f"feed2doc.{module}"), name):
                    globals()[name] = getattr(found, name)
                    return globals()[name]
        raise AttributeError(f"module 'feed2doc' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
