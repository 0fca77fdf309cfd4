"""Tagged PDF (PDF/UA-1) with outline, running heads and fonts for the language, by WeasyPrint or Typst."""

from __future__ import annotations

from feed2doc._formats import Writer
from feed2doc.env import Env
from feed2doc.model import Book
from feed2doc.writers.pdf._engine import with_engine
from feed2doc.writers.pdf._long_words import with_broken_words
from feed2doc.writers.pdf._marks import with_few_marks
from feed2doc.writers.pdf._opening import with_openings
from feed2doc.writers.pdf.options import Pdf


def write_pdf(book: Book, options: Pdf, env: Env) -> bytes:
    """Return the book as a tagged PDF. Characters that no installed font has are noted as a loss, and so are marks beyond 30
    on a letter.

    Raise MissingDependencyError, which says what to install, if the engine is missing, and OptionError if a font is missing.
    """
    options = with_engine(options, env)
    book = with_openings(with_broken_words(with_few_marks(book, env)), options, env)
    if options.engine == "typst":
        from feed2doc.writers.pdf._typst import by_typst

        return by_typst(book, options, env)
    from feed2doc.writers.pdf._weasyprint import by_weasyprint

    return by_weasyprint(book, options, env)


WRITER = Writer(
    name="pdf",
    extension="pdf",
    media_type="application/pdf",
    options=Pdf,
    write=write_pdf,
    pictures=True,
    description="tagged PDF for paper and screen",
    require=with_engine,
)
