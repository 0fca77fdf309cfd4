"""Jinja2, set up once: the user's template folders first, then the shipped ones."""

from __future__ import annotations

import functools
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feed2doc._files.user_dirs import user_folder
from feed2doc._text.xml import xml_safe
from feed2doc.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket


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
        return xml_safe(_environment(template_dirs).get_template(name).render(context))
    except Exception as error:
        raise TemplateError(f"template {name}: {error or type(error).__name__}") from error


def source_of(name: str, template_dirs: tuple[Path, ...]) -> str:
    """The text of template `name` as it stands, for a format whose templates are programs in its own language.

    Raises TemplateError, which names the file, if it cannot be read.
    """
    path = next(
        (path for folder in template_dirs if (path := folder / name).is_file()), shipped_templates() / name
    )
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise TemplateError(f"template {path}: cannot be read: {reason}") from error


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
        bytecode_cache=_compiled_templates(),
    )


def _compiled_templates() -> BytecodeCache | None:
    """What Jinja2 made of the templates in earlier runs, which takes it 15 ms, in the user's cache folder.

    It counts for this installation of Jinja2 and this module, and for a template as long as its text is the same. It is
    done without where it cannot be read or written.
    """
    import jinja2

    class Kept(jinja2.FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            with suppress(Exception):  # a damaged file has many
                super().load_bytecode(bucket)

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    try:
        made_by = "-".join(f"{os.stat(module).st_mtime_ns:x}" for module in (jinja2.__file__, __file__))
        folder = user_folder("cache") / "templates" / made_by
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no place for it, or nobody's home
        return None
    return Kept(str(folder), "%s")
