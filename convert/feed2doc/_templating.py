"""Jinja2 templates, searched first in the user's template folders, then in the shipped ones."""

from __future__ import annotations

import functools
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feed2doc._files.named_files import read_text
from feed2doc._files.user_dirs import user_folder
from feed2doc._text.xml import xml_safe
from feed2doc.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket


@functools.cache
def shipped_templates() -> Path:
    """Return the folder of the shipped templates, in a wheel or a checkout. Raise TemplateError if it is missing."""
    package = Path(__file__).parent
    checkout = package.parent.parent
    for folder, proof in (
        (package / "templates", package),
        (checkout / "templates", checkout / "pyproject.toml"),
    ):
        if folder.is_dir() and proof.exists():
            return folder
    raise TemplateError(f"{package}: the shipped templates are missing: reinstall feed2doc")


def replaceable_templates() -> list[str]:
    """Return the names of the shipped templates that a user may replace, which those of the server's pages are not."""
    root = shipped_templates()
    names = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return sorted(name for name in names if not name.startswith("shelf/"))


def render(name: str, template_dirs: tuple[Path, ...], **context: Any) -> str:
    """Return the template `name` (such as "epub/chapter.xhtml") rendered with `context`.

    All values except `Markup` are escaped for XML, and characters that XML does not allow are removed. Raise TemplateError,
    which names the file and line, for any exception in it: templates are the user's own code.
    """
    try:
        return xml_safe(_environment(template_dirs).get_template(name).render(context))
    except Exception as error:
        raise TemplateError(f"template {_place(error) or name}: {_problem(error)}") from error


def _place(error: Exception) -> str:
    """Return the file of a template and the line where an exception was raised, or "" if it was in none."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)  # those of templates have their names and lines
    place = next((each for each in reversed(frames) if not each.filename.endswith((".py", ">"))), None)
    return f"{place.filename}, line {place.lineno}" if place is not None else ""


def _problem(error: Exception) -> str:
    from jinja2 import TemplateNotFound

    missing = isinstance(error, TemplateNotFound)
    return f"there is no template {error}" if missing else str(error) or type(error).__name__


def source_of(name: str, template_dirs: tuple[Path, ...]) -> str:
    """Return the source of template `name`, for a format whose templates are written in its own language.

    Raise TemplateError, which names the file, if it cannot be read.
    """
    path = next(
        (path for folder in template_dirs if (path := folder / name).is_file()), shipped_templates() / name
    )
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise TemplateError(f"template {path}: cannot be read: {reason}") from error


@functools.cache
def _environment(template_dirs: tuple[Path, ...]) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

    shipped = FileSystemLoader(shipped_templates())
    environment = Environment(
        # "!shipped/epub/page.xhtml" is the shipped template, so that a template with the same name can extend it.
        loader=ChoiceLoader([FileSystemLoader(template_dirs), shipped, PrefixLoader({"!shipped": shipped})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled_templates(),
    )
    environment.globals.update(em=_em, pt=_pt)  # in a third of the time of macros
    return environment


def _em(length: float, size: float = 1) -> str:
    """Return a length, a multiple of the text's size, in ems of an element of another size."""
    return f"{length / size:.4g}em" if length else "0"


def _pt(width: float) -> str:
    """Return a width in points."""
    return f"{width:.4g}pt" if width else "0"


def _compiled_templates() -> BytecodeCache | None:
    """Return a cache of compiled templates in the user's cache folder, which saves 15 ms, or None if it cannot be created.

    The cache is specific to this installation of Jinja2 and this module. An entry is valid as long as the template's text is
    unchanged. Entries that cannot be read or written are ignored.
    """
    import jinja2

    class Kept(jinja2.FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            with suppress(Exception):  # a corrupt file may raise anything
                super().load_bytecode(bucket)

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    try:
        made_by = "-".join(f"{os.stat(module).st_mtime_ns:x}" for module in (jinja2.__file__, __file__))
        folder = user_folder("cache") / "templates" / made_by
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # the folder cannot be created, or the user has no home folder
        return None
    return Kept(str(folder), "%s")
