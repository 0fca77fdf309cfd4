"""What a run was asked for, in one value that can be sent to another process, and the run that it makes."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from feed2doc import _formats
from feed2doc._formats import ReadOptions, Writer
from feed2doc.batch.delivery import Delivery
from feed2doc.batch.options import asked_of_writers, folders, site_dirs
from feed2doc.batch.pictures import Pictures
from feed2doc.batch.writing import COVERED, Writing
from feed2doc.env import Env
from feed2doc.errors import UsageError
from feed2doc.transforms import Links
from feed2doc.transforms.plugins import Transform, transform

if TYPE_CHECKING:
    from feed2doc.pictures.profiles import Profile


# The fields of writers' options that are called otherwise than the command line's.
_FIELDS = {"pdf_variant": "variant", "pdf_engine": "engine", "no_link_list": "links"}


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How inputs are read and what is made of them, in the words of the command line's options.

    The `lenient` ones of them are set by a configuration, and count only for formats that they have a place in.
    """

    formats: tuple[str, ...]
    output: str = ""
    output_dir: str = "."
    cover: str = "auto"
    links: Links = "inline"
    css: str = ""
    template_dir: tuple[str, ...] = ()
    page: str = ""
    font: str = ""
    pdf_variant: str = ""
    pdf_engine: str | None = None
    front_matter: str | None = None
    notes: str | None = None
    width: int | None = None
    no_link_list: bool = False
    reference_doc: str = ""
    named: tuple[str, ...] = ()
    read_format: str = ""
    base_url: str = ""
    timezone: str = ""
    site_rules: tuple[str, ...] = ()
    transform: tuple[str, ...] = ()
    images: str | None = None
    image_dir: tuple[str, ...] = ()
    offline: bool = False
    allow_host: tuple[str, ...] = ()
    device: Profile | None = None
    strict: bool = False
    check: bool = False
    quiet: bool = False
    delivery: Delivery = Delivery()
    lenient: frozenset[str] = frozenset()


def recipe_of(given: Mapping[str, Any], **more: Any) -> Recipe:
    """The recipe of a command's options, which may have others beside."""
    return Recipe(**{name: given[name] for name in Recipe.__struct_fields__ if name in given}, **more)


class Run(msgspec.Struct):
    """A recipe made ready: its writers and their options, its folders, its fetcher of pictures."""

    writing: Writing
    read_format: str
    options: ReadOptions
    site_dirs: tuple[Path, ...]
    template_dirs: tuple[Path, ...]
    transforms: tuple[Transform, ...] = ()

    def env(self) -> Env:
        """Fresh surroundings."""
        return Env(site_dirs=self.site_dirs, template_dirs=self.template_dirs)


def run_of(recipe: Recipe) -> Run:
    """The run of a recipe. UsageError, OptionError or UnknownFormatError for what cannot be, before anything is read."""
    if recipe.read_format:
        _formats.reader(recipe.read_format)
    pictures = Pictures(
        recipe.images or "",
        tuple(map(Path, recipe.image_dir)),
        recipe.offline,
        recipe.allow_host,
        recipe.device,
    )
    pictures.check()
    writers = _writers(recipe.formats, recipe.output)
    covered = any(writer.name in COVERED for writer in writers)
    writing = Writing(
        writers,
        recipe.output,
        recipe.output_dir,
        pictures,
        cover="auto" if "cover" in recipe.lenient and not covered else recipe.cover,
        links=recipe.links,
        strict=recipe.strict,
        checked=recipe.check,
        quiet=recipe.quiet,
        delivery=recipe.delivery,
        asked=_asked(recipe, writers, pictures),
    )
    writing.check()
    return Run(
        writing,
        recipe.read_format,
        ReadOptions(base_url=recipe.base_url, timezone=recipe.timezone),
        site_dirs(recipe.site_rules),
        folders("--template-dir", recipe.template_dir),
        tuple(map(transform, recipe.transform)),
    )


@functools.cache
def workers_run(recipe: Recipe) -> Run:
    """The run of a recipe in a worker process, which has it as long as it lives."""
    return run_of(recipe)


def _asked(recipe: Recipe, writers: list[Writer[Any]], pictures: Pictures) -> dict[str, Any]:
    return asked_of_writers(
        writers,
        pictures,
        css=recipe.css,
        named=recipe.named,
        lenient={_FIELDS.get(name, name) for name in recipe.lenient},
        page=recipe.page,
        font=recipe.font,
        variant=recipe.pdf_variant,
        engine=recipe.pdf_engine,
        front_matter=recipe.front_matter,
        notes=recipe.notes,
        width=recipe.width,
        # Where links are only their words, a list of them would lead nowhere.
        links=False if recipe.no_link_list else None,
        reference_doc=recipe.reference_doc,
    )


def _writers(formats: Sequence[str], output: str) -> list[Writer[Any]]:
    """The writers asked for, each once; with no --to the one that the output's ending names."""
    if not formats and output and (ending := _formats.format_of_file(Path(output))):
        formats = (ending,)
    if not formats:
        raise UsageError("no output format: add --to FORMAT, such as --to epub (see `feed2doc formats`)")
    return list({(w := _formats.writer(name)).name: w for name in formats}.values())
