"""The options of Markdown."""

from typing import ClassVar

from feed2doc._formats import Options
from feed2doc.writers import FrontMatter, Notes


class Markdown(Options, frozen=True, kw_only=True):
    """The options of Markdown.

    `front_matter` is the YAML before the text: "plain", with the keys that pandoc knows too, "obsidian", "hugo", or "none".
    `notes` writes footnotes as a "list" at the end, which is CommonMark, or as "footnotes" (`[^1]`), which GitHub,
    Obsidian and pandoc know. Raise OptionError for other values.
    """

    __module__ = "feed2doc"
    format: ClassVar[str] = "markdown"
    front_matter: FrontMatter = "plain"
    notes: Notes = "list"
