"""Convert archived full-text feed items, and feeds, to EPUB, PDF, Markdown, text, HTML and JSON.

import feed2doc
doc = feed2doc.read("item.txt")
text = feed2doc.write(doc, "markdown")
feed2doc.save(doc, "item.epub")
feed2doc.convert("item.txt", "item.pdf")
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feed2doc import model
    from feed2doc._api import check, convert, explain, formats, read, read_all, save, write
    from feed2doc._formats import Reader, ReadOptions, Source, Writer
    from feed2doc.aligning.alignment import Alignment, align
    from feed2doc.aligning.bilingual import pair
    from feed2doc.assets import Assets, Picture
    from feed2doc.covers.cover import with_cover
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
    from feed2doc.learning import learn
    from feed2doc.model import Book, Document, Part, figures, texts_of, walk
    from feed2doc.newspaper.edition import edition
    from feed2doc.newspaper.selection import EditionSection
    from feed2doc.newspaper.stories import Story, stories
    from feed2doc.pictures.fetcher import Fetcher
    from feed2doc.pictures.gather import gather
    from feed2doc.pictures.profiles import profile
    from feed2doc.syncing import sync
    from feed2doc.transforms.bundle import bundle
    from feed2doc.transforms.plugins import Transform
    from feed2doc.writers.epub.options import Epub, Kepub
    from feed2doc.writers.html import Html
    from feed2doc.writers.json import Json
    from feed2doc.writers.jsonl import Jsonl
    from feed2doc.writers.markdown.options import Markdown
    from feed2doc.writers.pandoc.options import Pandoc
    from feed2doc.writers.pdf.options import Pdf
    from feed2doc.writers.text.options import PlainText
    from feed2doc.writers.typst.options import Typst

__version__ = "0.9.0"

# The module that defines each public name; it is imported when the name is first used.
_MODULE_OF = {
    "Alignment": "aligning.alignment",
    "Assets": "assets",
    "Book": "model",
    "Diagnostic": "env",
    "Document": "model",
    "EditionSection": "newspaper.selection",
    "EmptyFeedError": "errors",
    "Env": "env",
    "Epub": "writers.epub.options",
    "Feed2docError": "errors",
    "Fetcher": "pictures.fetcher",
    "Html": "writers.html",
    "Json": "writers.json",
    "Jsonl": "writers.jsonl",
    "Kepub": "writers.epub.options",
    "LimitError": "errors",
    "Markdown": "writers.markdown.options",
    "MissingDependencyError": "errors",
    "OptionError": "errors",
    "Pandoc": "writers.pandoc.options",
    "Part": "model",
    "Pdf": "writers.pdf.options",
    "Picture": "assets",
    "PlainText": "writers.text.options",
    "PluginError": "errors",
    "ReadError": "errors",
    "ReadOptions": "_formats",
    "Reader": "_formats",
    "SiteRuleError": "errors",
    "Source": "_formats",
    "Story": "newspaper.stories",
    "StrictError": "errors",
    "TemplateError": "errors",
    "Trace": "env",
    "Transform": "transforms.plugins",
    "Typst": "writers.typst.options",
    "UnknownFormatError": "errors",
    "UsageError": "errors",
    "WriteError": "errors",
    "Writer": "_formats",
    "align": "aligning.alignment",
    "bundle": "transforms.bundle",
    "check": "_api",
    "convert": "_api",
    "edition": "newspaper.edition",
    "explain": "_api",
    "figures": "model",
    "formats": "_api",
    "gather": "pictures.gather",
    "learn": "learning",
    "pair": "aligning.bilingual",
    "profile": "pictures.profiles",
    "read": "_api",
    "read_all": "_api",
    "save": "_api",
    "stories": "newspaper.stories",
    "sync": "syncing",
    "texts_of": "model",
    "walk": "model",
    "with_cover": "covers.cover",
    "write": "_api",
}

__all__ = [
    "Alignment",
    "Assets",
    "Book",
    "Diagnostic",
    "Document",
    "EditionSection",
    "EmptyFeedError",
    "Env",
    "Epub",
    "Feed2docError",
    "Fetcher",
    "Html",
    "Json",
    "Jsonl",
    "Kepub",
    "LimitError",
    "Markdown",
    "MissingDependencyError",
    "OptionError",
    "Pandoc",
    "Part",
    "Pdf",
    "Picture",
    "PlainText",
    "PluginError",
    "ReadError",
    "ReadOptions",
    "Reader",
    "SiteRuleError",
    "Source",
    "Story",
    "StrictError",
    "TemplateError",
    "Trace",
    "Transform",
    "Typst",
    "UnknownFormatError",
    "UsageError",
    "WriteError",
    "Writer",
    "align",
    "bundle",
    "check",
    "convert",
    "edition",
    "explain",
    "figures",
    "formats",
    "gather",
    "learn",
    "model",
    "pair",
    "profile",
    "read",
    "read_all",
    "save",
    "stories",
    "sync",
    "texts_of",
    "walk",
    "with_cover",
    "write",
]

if not TYPE_CHECKING:  # with a `__getattr__`, type checkers would accept any name

    def __getattr__(name: str) -> object:
        """Import a public name or module on first use."""
        from importlib import import_module

        if name in _MODULE_OF:
            globals()[name] = getattr(import_module(f"feed2doc.{_MODULE_OF[name]}"), name)
            return globals()[name]
        if name in ("assets", "env", "errors", "model"):
            return import_module(f"feed2doc.{name}")
        raise AttributeError(f"module 'feed2doc' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return __all__
