"""Options of books: bundles and newspapers, looks, PDF and text formats."""

from __future__ import annotations

import click

from feed2doc._cli._app import files, folders
from feed2doc._cli._config import use_table
from feed2doc._cli._options import with_options
from feed2doc._cli._values import (
    Count,
    complete_covers,
    complete_looks,
)
from feed2doc.aligning import FORMS
from feed2doc.transforms import GROUPS, LINKS, ORDERS
from feed2doc.writers import ENGINES, FRONT_MATTERS, NOTES

_BUNDLE = (
    click.option("--bundle", "one_book", is_flag=True, help="Combine all inputs into one book."),
    click.option(
        "--title",
        metavar="TITLE",
        help="Set the title, which also identifies the book when it is rebuilt.",
    ),
    click.option(
        "--group-by",
        type=click.Choice(GROUPS),
        help="Group the articles of the book by source or day [default: source].",
    ),
    click.option("--order", type=click.Choice(ORDERS), help="Sort the articles [default: newest]."),
)

_NEWSPAPER = (
    click.option(
        "--minutes",
        type=Count(30),
        metavar="N",
        help="Print as much as can be read in N minutes, 0 for no limit [default: 30].",
    ),
    click.option(
        "--section",
        "sections",
        multiple=True,
        metavar="NAME=SOURCE,...[:SHARE%]",
        help="Print articles of these publications, hosts or tags in a section of the newspaper, with at most this share of"
        " the minutes; may be repeated, in order [default: one per publication].",
    ),
    click.option("--changes", is_flag=True, help="Show what changed in articles that were edited."),
)

edition_option = click.option(
    "--edition",
    "newspaper",
    is_flag=True,
    is_eager=True,
    callback=use_table("edition"),
    help="Make the book a newspaper, with the settings of [edition] in feed2doc.toml.",
)

bilingual_option = click.option(
    "--bilingual",
    type=click.Choice(FORMS),
    help="Print translations with their originals below, beside or in notes, if the book has both.",
)

_STYLE = (
    click.option(
        "--cover",
        default="auto",
        metavar="auto|lead|text|FILE|none",
        shell_complete=complete_covers,
        help="Make a cover from the lead image, text or an image file [default: auto, for bundles].",
    ),
    click.option(
        "--links",
        type=click.Choice(LINKS),
        default="inline",
        help="Keep links inline, move them to footnotes, or strip them.",
    ),
    click.option(
        "--display-timezone",
        default="",
        metavar="ZONE",
        help="Show times in this zone, such as Europe/Berlin [default: the article's].",
    ),
    click.option(
        "--transform",
        multiple=True,
        metavar="NAME",
        help="Apply a transform from a plugin (see `feed2doc formats`); may be repeated.",
    ),
    click.option(
        "--look",
        default="",
        metavar="NAME|FILE",
        shell_complete=complete_looks,
        help="Use a look: classic, modern, newspaper, or your own from a TOML file [default: classic].",
    ),
    click.option(
        "--css",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Add a style sheet after the built-in one.",
    ),
    click.option(
        "--template-dir",
        multiple=True,
        metavar="DIR",
        shell_complete=folders,
        help="Use the templates in this folder; may be repeated.",
    ),
)

_PDF = (
    click.option(
        "--page",
        default="",
        metavar="SIZE",
        help="Set the page size of PDF and Typst: a3 to a6, b5, letter, legal, or 120x160mm [default: the profile's, or a4].",
    ),
    click.option(
        "--font",
        default="",
        metavar="NAME|FILE",
        shell_complete=files,
        help="Use this font family in PDF and Typst; a font file works for PDF only.",
    ),
    click.option(
        "--pdf-variant",
        default="",
        metavar="NAME",
        help="Choose pdf/ua-1 (accessible), pdf/a-2a or pdf/a-3a (archiving), or none [default: pdf/ua-1].",
    ),
    click.option(
        "--pdf-engine",
        type=click.Choice(ENGINES),
        help="Lay out PDFs with WeasyPrint (supports CSS) or Typst (faster) [default: typst if Pango is missing].",
    ),
)

_TEXT = (
    click.option(
        "--front-matter",
        type=click.Choice(FRONT_MATTERS),
        help="Choose the YAML keys of Markdown: pandoc's, Obsidian's or Hugo's [default: plain].",
    ),
    click.option(
        "--notes",
        type=click.Choice(NOTES),
        help="Write Markdown notes as a list at the end or as [^1] footnotes [default: list].",
    ),
    click.option(
        "--width",
        type=Count(78),
        metavar="COLUMNS",
        help="Wrap plain text at this width, 0 for no wrapping [default: 78].",
    ),
    click.option(
        "--no-link-list", is_flag=True, help="Omit the numbers and the list of links in plain text."
    ),
    click.option(
        "--reference-doc",
        default="",
        metavar="FILE",
        shell_complete=files,
        help="Take the styles for docx, odt or pptx from this file.",
    ),
    click.option(
        "-O",
        "named",
        multiple=True,
        metavar="NAME=VALUE",
        help="Set an option of a format: pandoc-arg, pandoc-timeout, json-indent or jsonl-text; may be repeated.",
    ),
)

newspaper_options = with_options(_NEWSPAPER)
bundle_options = with_options((*_BUNDLE, edition_option, *_NEWSPAPER, bilingual_option))
style_options = with_options(_STYLE)
pdf_options = with_options(_PDF)
text_options = with_options(_TEXT)
