"""Fingerprints of everything that shapes an output apart from its input, and version tags of files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from feed2doc import _formats
from feed2doc._plugins import versions
from feed2doc._templating import shipped_templates
from feed2doc.batch.job import COVERED, Job
from feed2doc.batch.limits import Limits
from feed2doc.batch.storage import digest_of, version_tag

_PACKAGE = Path(__file__).parents[2]


def of_formats(job: Job) -> dict[str, bytes]:
    """Return a fingerprint (SHA-256) for each format of the job, by name.

    While it is the same, equal inputs give equal outputs. It covers the options, the versions of Python, of feed2doc
    and of its dependencies, and the sizes and times of all files that are named or are in searched folders: site rules,
    templates, fonts.
    """
    import hashlib

    # These options decide where files are saved or what is reported, not what is in the files.
    same = msgspec.structs.replace(
        job, targets=(), output="", folder="", quiet=False, checked=False, dry=False, limits=Limits()
    )
    common = _encoded(
        (
            same,
            sys.version,
            os.environ.get("SOURCE_DATE_EPOCH", ""),
            sorted(_packages()),
            sorted(_tags([_PACKAGE, shipped_templates(), *job.reading.site_dirs, *job.look.template_dirs])),
            sorted(_tags(_named(job))),
        )
    )
    found = {}
    for target in job.targets:
        writer = target.writer
        own: list[object] = [writer.name, target]
        if writer.name in COVERED:
            from feed2doc.fonts.faces import folders

            own += _folder_tags(folders())
        # Asking for the other formats imports their module.
        is_builtin = writer.name in _formats.builtin_names("writer")
        if not is_builtin and writer.name in _formats.family_names("writer"):
            import shutil

            own += sorted(_tags([Path(shutil.which("pandoc") or "")]))
        found[writer.name] = hashlib.sha256(common + _encoded(own)).digest()
    return found


def of_files(job: Job) -> str:
    """Return a fingerprint of the content of all files that are named or are in searched folders.

    It depends only on the content, so it is the same on another machine and for files with other times.
    """
    import hashlib

    found = []
    for folder in (*job.reading.site_dirs, *job.look.template_dirs, *_named(job)):
        files = sorted(path for path, _ in _tags([folder]))
        found.append([(os.path.relpath(path, folder), digest_of(path)) for path in files])
    return hashlib.sha256(msgspec.json.encode(found)).hexdigest()


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=repr)  # the options of a plugin may be of any type


def _packages() -> set[str]:
    """Return the installed packages with their versions, as the names of their metadata folders: any may shape an output."""
    found = set(versions())
    for folder in sys.path:
        try:
            names = os.listdir(folder) if folder else []
        except OSError:
            continue
        found |= {name for name in names if name.endswith((".dist-info", ".egg-info"))}
    return found


def _named(job: Job) -> Iterator[Path]:
    """Yield the files that the options name. A font may be a family, which is not a file."""
    yield Path(job.look.cover)
    for target in job.targets:
        for name in ("font", "look", "reference_doc"):
            yield Path(getattr(target.options, name, ""))
        for argument in getattr(target.options, "arguments", ()):
            # An argument for pandoc may name a file: --lua-filter=FILE, -LFILE.
            file = argument.partition("=")[2] if argument.startswith("--") else argument[2:]
            if os.path.isfile(file):
                yield Path(file)


def _tags(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield the files with these names and the files in these folders, with their version tags."""
    for path in paths:
        if path.name and path.is_file():
            yield str(path), version_tag(str(path))
        for top, folders, files in os.walk(path) if path.name else ():
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in files:
                file = os.path.join(top, name)
                yield file, version_tag(file)


def _folder_tags(roots: Iterable[Path]) -> list[str]:
    """Return the folders below these with their times, which change when a file is added or removed."""
    return sorted(f"{top} {version_tag(top)}" for root in roots for top, _, _ in os.walk(root))
