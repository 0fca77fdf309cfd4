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
from feed2doc.batch.job import COVERED, Job
from feed2doc.batch.storage import digest_of, version_tag

_PACKAGE = Path(__file__).parents[2]


def of_formats(job: Job) -> dict[str, bytes]:
    """Return a fingerprint (SHA-256) for each format of the job, by name: equal inputs give equal outputs while it is equal.

    It covers the options, the versions of Python, of feed2doc and of its dependencies, and the sizes and times of all files
    that were named or are in folders that are searched: site rules, templates, fonts.
    """
    import hashlib

    # Options that decide where files go or what is reported, not what is in them.
    same = msgspec.structs.replace(
        job, targets=(), output="", folder="", quiet=False, checked=False, dry=False
    )
    common = _encoded(
        (
            same,
            sys.version,
            os.environ.get("SOURCE_DATE_EPOCH", ""),
            sorted(packages()),
            sorted(_tags([_PACKAGE, shipped_templates(), *job.reading.site_dirs, *job.look.template_dirs])),
            sorted(_tags(_named(job))),
        )
    )
    found = {}
    for target in job.targets:
        writer = target.writer
        own: list[object] = [writer.name, target]
        if writer.name == "pdf" or writer.name in COVERED:
            from feed2doc.fonts.faces import folders

            own += _folder_tags(folders())
        if writer.name in _formats.family_names("writer"):
            import shutil

            own += sorted(_tags([Path(shutil.which("pandoc") or "")]))
        found[writer.name] = hashlib.sha256(common + _encoded(own)).digest()
    return found


def of_files(job: Job) -> str:
    """Return a fingerprint of the content of all files that were named or are in folders that are searched.

    It is the same on another machine, or for files of other times, as long as their content is the same.
    """
    import hashlib

    found = []
    for folder in (*job.reading.site_dirs, *job.look.template_dirs, *_named(job)):
        files = sorted(path for path, _ in _tags([folder]))
        found.append([(os.path.relpath(path, folder), digest_of(path)) for path in files])
    return hashlib.sha256(msgspec.json.encode(found)).hexdigest()


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=repr)  # a plugin's options may be of any kind


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


def _named(job: Job) -> Iterator[Path]:
    """Yield the files that the options name; a font may be a family, which is not a file."""
    yield Path(job.look.cover)
    for target in job.targets:
        for name in ("font", "reference_doc"):
            yield Path(getattr(target.options, name, ""))
        for argument in getattr(target.options, "arguments", ()):
            # An argument of pandoc may name a file: --lua-filter=FILE, -LFILE.
            file = argument.partition("=")[2] if argument.startswith("--") else argument[2:]
            if os.path.isfile(file):
                yield Path(file)


def _tags(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The files of these names and in these folders, with their version tags."""
    for path in paths:
        if path.name and path.is_file():
            yield str(path), version_tag(str(path))
        for top, folders, files in os.walk(path) if path.name else ():
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in files:
                file = os.path.join(top, name)
                yield file, version_tag(file)


def _folder_tags(roots: Iterable[Path]) -> list[str]:
    """The folders in these with their times, which change when a file is added to them or taken away."""
    return sorted(f"{top} {version_tag(top)}" for root in roots for top, _, _ in os.walk(root))
