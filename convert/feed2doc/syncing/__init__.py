"""Syncing a folder with its sources."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from feed2doc.batch.job import PictureSettings, Target
    from feed2doc.syncing.run import Plan


class Synced(Struct, frozen=True):
    """The result of a sync: the files that it wrote and removed, and what failed, one line per source or article."""

    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    failures: tuple[str, ...]


def sync(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    dest: str | os.PathLike[str],
    *,
    format: str | Struct | Iterable[str | Struct] = "epub",
    device: str = "",
    keep: timedelta | None = None,
    daily: bool | str = False,
    name: str = "",
    display_timezone: str = "",
    offline: bool = False,
    force: bool = False,
    dry_run: bool = False,
    item_timeout: float = 0,
    item_memory: int = 0,
) -> Synced:
    """Write what is new or changed in the sources since the last time into a folder, as `feed2doc sync` does.

    This is the one call that fetches by itself: sources that are addresses of feeds, and pictures; nothing if `offline`.

    Args:
        sources: Addresses of feeds, feed files, items or folders of items.
        dest: The folder, which only `sync` with the same sources should write to.
        format: One or several formats, by name or as options (`Epub`).
        device: The name of a device's profile (`profile`), for the size of pictures and pages.
        keep: Remove what was written longer ago than this.
        daily: Make one book per day instead of one per article; a str is the title of the books.
        name: Name files by this pattern, such as "{date} {headline}"; not with `daily`.
        display_timezone: Show times in this zone (IANA name) instead of the article's.
        force: Write all again, also what was deleted from the folder.
        dry_run: Do nothing; the result says what would be done.
        item_timeout: Fail an article that takes more seconds than this; 0 for no limit. With a limit, articles are converted
            in a worker process (multiprocessing), which can be ended.
        item_memory: Fail an article that needs more bytes of memory than this; 0 for no limit.

    Raises:
        UsageError: An argument is wrong.
        OptionError: The pattern is not valid, or the zone or the device is unknown.
        WriteError: The folder cannot be written to, or another sync is using it.
    """
    from feed2doc.batch.job import Job, PictureSettings, Reading
    from feed2doc.batch.limits import Limits
    from feed2doc.errors import UsageError, expect
    from feed2doc.pictures.profiles import profile
    from feed2doc.syncing.run import Plan

    given = _checked(sources, dest, offline=offline)
    expect("keep", keep, timedelta, type(None))
    expect("item_timeout", item_timeout, int, float)
    expect("item_memory", item_memory, int)
    if keep is not None and keep <= timedelta(0):
        raise UsageError(f"keep={keep!r}: pass a time longer than zero, or None to keep all files")
    if name and daily:
        raise UsageError(f"name={name!r}: applies to one file per article, not to daily books")
    settings = PictureSettings(offline=offline, device=profile(device) if device else None)
    job = Job(
        targets=_targets(format, settings),
        folder=os.fspath(dest),
        name=name,
        reading=Reading(display_timezone=display_timezone),
        pictures=settings,
        dry=dry_run,
        limits=Limits(seconds=item_timeout, memory=item_memory),
    )
    plan = Plan(
        job=job,
        sources=given,
        keep=int(keep.total_seconds()) if keep else 0,
        daily=bool(daily),
        title=daily if isinstance(daily, str) else "",
        force=force,
    )
    return _synced(plan)


def _checked(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    dest: str | os.PathLike[str],
    *,
    offline: bool,
) -> tuple[str, ...]:
    """Return the sources. Raise UsageError if one of them or the destination is wrong, or is on the network while `offline`."""
    from feed2doc._text.secrets import masked
    from feed2doc.batch.storage import is_url, on_network
    from feed2doc.errors import UsageError, expect

    expect("sources", sources, str, os.PathLike, Iterable)
    given = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    for source in given:
        expect("sources", source, str, os.PathLike)
    expect("dest", dest, str, os.PathLike)
    found = tuple(os.fspath(each) for each in given)
    if offline and (url := on_network(found)):
        raise UsageError(f"{masked(url)}: is on the network: download it, or leave out offline=True")
    if is_url(os.fspath(dest)):
        raise UsageError(f"dest={os.fspath(dest)!r}: is a URL: pass a folder")
    return found


def _targets(format: str | Struct | Iterable[str | Struct], settings: PictureSettings) -> tuple[Target, ...]:
    """Return the formats with their options, which the device of the settings may add to. Raise UsageError if one is wrong."""
    from feed2doc import _formats
    from feed2doc.batch.job import Target, default_images, device_options
    from feed2doc.errors import UsageError, expect

    expect("format", format, str, Struct, Iterable)
    formats = [format] if isinstance(format, str | Struct) else list(format)
    if not formats:
        raise UsageError("format: is empty: name at least one format")
    targets: list[Target] = []
    for each in formats:
        expect("format", each, str, Struct)
        writer = _formats.writer(each if isinstance(each, str) else getattr(each, "format", ""))
        by_device = device_options(writer, settings.device)
        options = each if isinstance(each, Struct) else writer.options_from(by_device) if by_device else None
        images = "link" if getattr(options, "images", "") == "link" else default_images(writer)
        targets.append(Target(writer.name, options, images))
    return tuple(targets)


def _synced(plan: Plan) -> Synced:
    """Run a sync, and return what it did."""
    from feed2doc.syncing.run import Removed, started

    written: list[Path] = []
    removed: list[Path] = []
    failures: list[str] = []
    with started(plan) as run:
        for event in run.events():
            if isinstance(event, Removed):
                removed.append(Path(event.path))
                continue
            for result in event:
                if result.status != "unchanged":
                    written += [Path(o.path) for o in result.outputs if o.written and not o.companion]
                    failures += [failure.message for failure in result.failures]
    return Synced(tuple(written), tuple(removed), tuple(failures))


sync.__module__ = "feed2doc"
