"""Jinja2, set up once: the user's template folders first, then the shipped ones."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feed2doc._xml import legal
from feed2doc.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment


@functools.cache
def shipped_templates() -> Path:
    """The folder of the templates that feed2doc ships, in a wheel or in a checkout; TemplateError if gone."""
    package = Path(__file__).parent
    checkout = package.parent.parent
    for folder, proof in (
        (package / "templates", package),
        (checkout / "templates", checkout / "pyproject.toml"),
    ):
        if folder.is_dir() and proof.exists():
            return folder
    raise TemplateError(f"the templates of feed2doc are missing from {package}: install it again")


def render(name: str, template_dirs: tuple[Path, ...], **context: Any) -> str:
    """The text of template `name` (such as "epub/chapter.xhtml") filled with `context`.

    Everything is escaped for XML but `Markup` values; characters that XML has no place for are left out. Raises
    TemplateError, which names the template, for whatever goes wrong in it: templates are programs of the user's.
    """
    try:
        return legal(_environment(template_dirs).get_template(name).render(context))
    except Exception as error:
        raise TemplateError(f"template {name}: {error or type(error).__name__}") from error


@functools.cache
def _environment(template_dirs: tuple[Path, ...]) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

    shipped = FileSystemLoader(shipped_templates())
    return Environment(
        # "!shipped/epub/page.xhtml" is the shipped one, for a template of the same name to extend.
        loader=ChoiceLoader([FileSystemLoader(template_dirs), shipped, PrefixLoader({"!shipped": shipped})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
