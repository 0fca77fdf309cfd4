"""The choice of the engine that lays out a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feed2doc.env import Env
from feed2doc.errors import MissingDependencyError

if TYPE_CHECKING:
    from feed2doc.writers.pdf.options import Pdf

_TYPST_TEMPLATE = "typst/template.typ"


def with_engine(options: Pdf, env: Env) -> Pdf:
    """Return the options with an engine that is installed: WeasyPrint or, without Pango, Typst, which is noted.

    Raise MissingDependencyError if the engine is not installed, or if the options or templates need WeasyPrint.
    """
    from msgspec.structs import replace

    from feed2doc.writers.pdf._weasyprint import check_installed
    from feed2doc.writers.typst.compiler import load

    if options.engine == "typst":
        load()
        return options
    try:
        check_installed()
        return options if options.engine == "weasyprint" else replace(options, engine="weasyprint")
    except MissingDependencyError as error:
        if options.engine == "weasyprint":
            raise
        if needing := ", ".join(_needing_weasyprint(options, env)):
            raise MissingDependencyError(
                f"{needing}: applies to WeasyPrint only, which lacks the Pango library: {_how_to_install_pango()}."
                " Or leave it out, and Typst lays out the PDF"
            ) from error
        try:
            load()
        except MissingDependencyError:
            raise error from None
    env.note(
        "notice",
        f"PDF: laid out by Typst, because WeasyPrint lacks the Pango library: {_how_to_install_pango()}",
        rule="pdf",
    )
    return replace(options, engine="typst")


def _needing_weasyprint(options: Pdf, env: Env) -> Iterator[str]:
    """Yield the CSS and the templates of the user that Typst cannot apply, unless there is one for Typst as well."""
    if options.css:
        yield "--css"
    for folder in env.template_dirs:
        if not (folder / _TYPST_TEMPLATE).is_file():
            yield from map(str, sorted((folder / "pdf").glob("*.*")))


def _how_to_install_pango() -> str:
    from feed2doc.doctor.install_commands import how_to_install

    return how_to_install("pango")
