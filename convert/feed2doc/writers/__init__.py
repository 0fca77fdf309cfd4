"""Writers: one module an output format, each with a `WRITER`.

What can be chosen of some formats stands here, for the command line to offer before any of them is loaded.
"""

from typing import Literal, get_args

PdfEngine = Literal["weasyprint", "typst"]
FrontMatter = Literal["plain", "obsidian", "hugo", "none"]
Notes = Literal["list", "footnotes"]
Paragraphs = Literal["language", "indent", "space"]

ENGINES: tuple[PdfEngine, ...] = get_args(PdfEngine)
FRONT_MATTERS: tuple[FrontMatter, ...] = get_args(FrontMatter)
NOTES: tuple[Notes, ...] = get_args(Notes)
