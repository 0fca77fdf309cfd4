"""CommonMark 0.31 with GFM tables and strikethrough, unwrapped; it parses back to the same words.

The only raw tags are `sub sup ruby rt rp strong em` (https://spec.commonmark.org/0.31.2/).
"""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._formats import Writer
from feed2doc._locale.dates import display_time
from feed2doc._locale.labels import labels
from feed2doc._text.plain import clean
from feed2doc.env import Env
from feed2doc.writers._shared.bylines import byline_text
from feed2doc.writers._shared.facts import title_of
from feed2doc.writers._shared.front_pages import parts_of
from feed2doc.writers.markdown.blocks import Written, blocks_of, figure_of, list_of, prefixed, text_of
from feed2doc.writers.markdown.escapes import at_line_start, escape, resolve_dollars, target
from feed2doc.writers.markdown.frontmatter import front_matter
from feed2doc.writers.markdown.inlines import RenderContext, heading_line, line_of
from feed2doc.writers.markdown.options import Markdown


def write_markdown(book: m.Book, options: Markdown, env: Env) -> bytes:
    """Return the book as Markdown; an article's headline is heading 1 unless it is in the front matter.

    For several articles the title is heading 1, unless it is in the front matter, and the contents follow; parts and
    articles are headings below that.
    """
    matter = options.front_matter != "none"
    texts = [front_matter(book, options.front_matter)] if matter else []
    several = len(book.documents) > 1
    level = 0 if matter else 1
    contents: list[str] = []
    if several:
        title, *contents = _title_and_contents(book, level)
        texts += [title] if level else []
    notes = 0
    for part in parts_of(book):
        if not part.front:
            texts += contents
            contents = []
        if part.title and several:
            texts.append(f"{'#' * (level + 1)} {heading_line((m.Text(part.title),), RenderContext({}))}\n")
        for document in part.documents:
            page = _page(document, options, notes)
            below = level + (2 if part.title else 1) if several else 1
            texts.append(_document(document, page, below, titled=matter and not several, several=several))
            notes += len(page.notes)
    return resolve_dollars("\n".join(texts)).encode("utf-8")


def _title_and_contents(book: m.Book, level: int) -> list[str]:
    """Return the book's title, and if it has contents, a list of the articles with their beginnings.

    After a front page, the list has only their minutes.
    """
    from feed2doc.writers._shared.contents.entries import are_compact, needs_contents, rows_of
    from feed2doc.writers._shared.facts import book_title, language_of

    title = f"# {heading_line((m.Text(book_title(book)),), RenderContext({}))}\n"
    if not needs_contents(book):
        return [title]
    language, page = language_of(book), RenderContext({})
    is_compact = are_compact(book)
    blocks = [f"{'#' * (level + 1)} {labels(language)['contents']}"]
    for part in parts_of(book):
        if part.front:
            continue
        if part.title:
            blocks.append(line_of((m.Strong((m.Text(part.title),)),), page))
        listed = []
        for row in rows_of(part.title, "", [(document, "") for document in part.documents], language).rows:
            lines: list[m.Inline] = [m.Strong((m.Text(row.title),)), m.LineBreak(), m.Text(row.facts)]
            lines += [m.LineBreak(), m.Text(row.summary)] if row.summary else []
            if is_compact:
                lines = [m.Text(f"{row.title} · {row.minutes}")]
            listed.append("- " + prefixed(line_of(tuple(lines), page), "  ").lstrip(" "))
        blocks += ["\n".join(listed)] if is_compact else listed
    return [title, "\n\n".join(blocks) + "\n"]


def _page(document: m.Document, options: Markdown, before: int) -> RenderContext:
    """Return the context of an article; its footnote numbers continue after the `before` notes of earlier articles."""
    page = RenderContext(labels(document.language), for_hugo=options.front_matter == "hugo")
    if options.notes == "footnotes":
        page.mark = lambda number: f"[^{before + number}]"
    return page


def _document(document: m.Document, page: RenderContext, level: int, *, titled: bool, several: bool) -> str:
    """Return an article with its headline at this level.

    `titled` says that the front matter has the headline, where Hugo, Obsidian and pandoc look for it; they would show a
    heading with the same words as a second title (markdownlint MD025).
    """
    blocks = []
    if not titled and (document.headline or several):  # several articles need a heading each
        headline = heading_line((m.Text(title_of(document)),), page)
        blocks.append(f"{'#' * level} {headline}")
    facts = (byline_text(document), display_time(document), document.publication)
    if line := " · ".join(escape(clean(fact)) for fact in facts if fact):
        blocks.append(at_line_start(line))
    if document.url:
        blocks.append(f"[{escape(page.words['source'], True)}]({target(document.url)})")
    if document.standfirst:
        blocks.append(line_of((m.Strong(document.standfirst),), page))
    if document.lead:
        blocks += figure_of(document.lead, page)
    body: m.Blocks = ()  # of sections without a heading between them, whose lists must not run into each other
    for section in document.sections:
        if section.heading and (heading := heading_line(section.heading, page)):
            blocks += [text for text, _ in blocks_of(body, page)]
            body = ()
            blocks.append(f"{'#' * min(section.level + level, 6)} {heading}")
        body += section.blocks
    blocks += [text for text, _ in blocks_of(body, page)]
    if document.credits:
        blocks += ["---", *(line_of(credit.text, page) for credit in document.credits)]
    if document.original_url and all(c.role != "original" for c in document.credits):
        blocks.append(f"[{escape(page.words['original'], True)}]({target(document.original_url)})")
    blocks += _notes(page, level)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _notes(page: RenderContext, level: int) -> list[str]:
    """Return the notes of the page: a list with a heading, or footnotes, which need no heading."""
    rows: list[Written] = []
    while len(rows) < len(page.notes):  # a note may contain notes
        rows.append(blocks_of(page.notes[len(rows)], page))
    if not rows:
        return []
    if page.mark(1).startswith("<"):
        return [f"{'#' * (level + 1)} {page.words['notes']}", list_of(rows, start=1)]
    return [
        f"{page.mark(number)}: {prefixed(text_of(row), '    ').lstrip(' ')}"
        for number, row in enumerate(rows, 1)
    ]


WRITER = Writer(
    name="markdown",
    extension="md",
    media_type="text/markdown",
    options=Markdown,
    write=write_markdown,
    text=True,
    description="CommonMark with tables and YAML front matter",
)
