"""Fingerprints: of all that shapes an output but its input, and of files, to tell whether they may have changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from feed2doc import _formats
from feed2doc._plugins import versions
from feed2doc._templating import shipped_templates
from feed2doc.batch.delivery import Delivery
from feed2doc.batch.recipe import Recipe, Run
from feed2doc.batch.storage import digest_of, stamp
from feed2doc.batch.writing import COVERED

_PACKAGE = Path(__file__).parents[2]


def of_formats(recipe: Recipe, run: Run) -> dict[str, bytes]:
    """A fingerprint (SHA-256) for each format of the recipe, by name: equal as long as equal inputs make equal outputs.

    It holds the options, the versions of Python, of feed2doc and of what it stands on, and the sizes and times of all
    files that were named or lie in folders that are searched: site rules, templates, styles, fonts.
    """
    import hashlib

    asked = msgspec.structs.replace(
        recipe,
        formats=(),
        output="",
        output_dir="",
        quiet=False,
        check=False,
        delivery=Delivery(),
        lenient=frozenset(),
    )
    common = msgspec.json.encode(
        (
            asked,
            sys.version,
            os.environ.get("SOURCE_DATE_EPOCH", ""),
            sorted(packages()),
            sorted(_stamps([_PACKAGE, shipped_templates(), *run.site_dirs, *run.template_dirs])),
            sorted(_stamps(_named(recipe))),
            repr(run.writing.pictures.profile()),
        )
    )
    found = {}
    for writer in run.writing.writers:
        own: list[object] = [writer.name]
        if writer.name == "pdf" or writer.name in COVERED:
            from feed2doc.fonts.faces import folders

            own += _folder_stamps(folders())
        if writer.name in _formats.family_names("writer"):
            import shutil

            own += sorted(_stamps([Path(shutil.which("pandoc") or "")]))
        found[writer.name] = hashlib.sha256(common + msgspec.json.encode(own)).digest()
    return found


def of_files(recipe: Recipe, run: Run) -> str:
    """A fingerprint of the content of all files that were named or lie in folders that are searched, in that order.

    It is the same on another machine, or for files of other times, as long as they are the same.
    """
    import hashlib

    found = []
    for folder in (*run.site_dirs, *run.template_dirs, *_named(recipe)):
        files = sorted(path for path, _ in _stamps([folder]))
        found.append([(os.path.relpath(path, folder), digest_of(path)) for path in files])
    return hashlib.sha256(msgspec.json.encode(found)).hexdigest()


def packages() -> set[str]:
    """The packages that are installed, with their versions, by the names of their folders: any may shape an output."""
    found = set(versions())
    for folder in sys.path:
        try:
            names = os.listdir(folder) if folder else []
        except OSError:
            continue
        found |= {name for name in names if name.endswith((".dist-info", ".egg-info"))}
    return found


def _named(recipe: Recipe) -> Iterator[Path]:
    """The files that were named; what names none, such as a font's family, is none."""
    yield from map(Path, (recipe.css, recipe.reference_doc, recipe.font, recipe.cover))
    for option in recipe.named:
        _, _, value = option.partition("=")
        # An argument of pandoc's may name a file: --lua-filter=FILE, -LFILE.
        name = value.partition("=")[2] if value.startswith("--") else value[2:]
        if os.path.isfile(name):
            yield Path(name)


def _stamps(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The files of these names and in these folders, with their stamps."""
    for path in paths:
        if path.name and path.is_file():
            yield str(path), stamp(str(path))
        for top, folders, files in os.walk(path) if path.name else ():
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in files:
                file = os.path.join(top, name)
                yield file, stamp(file)


def _folder_stamps(roots: Iterable[Path]) -> list[str]:
    """The folders in these with their times, which change when a file is added to them or taken away."""
    return sorted(f"{top} {stamp(top)}" for root in roots for top, _, _ in os.walk(root))
