"""What a run does with each item, as one value that can be sent to another process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec

from feed2doc import _formats
from feed2doc._formats import ReadOptions, Writer
from feed2doc.batch import limits, storage
from feed2doc.batch.limits import Limits
from feed2doc.covers import is_wanted
from feed2doc.env import Env
from feed2doc.errors import UsageError
from feed2doc.transforms import Links

if TYPE_CHECKING:
    from feed2doc.pictures.profiles import Profile

Images = Literal["embed", "link", "none", "lead"]
IMAGES: tuple[Images, ...] = get_args(Images)
# The formats that have a cover.
COVERED = frozenset(["epub", "kepub", "pdf"])


class Target(msgspec.Struct, frozen=True):
    """A format to write, its options (None for the defaults), and how it includes pictures."""

    format: str
    options: msgspec.Struct | None = None
    images: Images = "embed"

    @property
    def writer(self) -> Writer[Any]:
        """The writer of the format."""
        return _formats.writer(self.format)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How items are read. Without a `format`, it is detected from the content. Times are shown in the `display_timezone`."""

    format: str = ""
    options: ReadOptions = ReadOptions()
    site_dirs: tuple[Path, ...] = ()
    transforms: tuple[str, ...] = ()
    display_timezone: str = ""


class PictureSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where pictures come from, and the device that they are resized for."""

    folders: tuple[Path, ...] = ()
    offline: bool = False
    allow_hosts: tuple[str, ...] = ()
    device: Profile | None = None


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How books look, apart from the options of their formats."""

    cover: str = "auto"
    links: Links = "inline"
    template_dirs: tuple[Path, ...] = ()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """How items are read and what is written.

    Files are written to the path `output`, or into `folder` under names generated from the articles by the pattern
    `name`. With `strict`, losing content is a failure; with `checked`, every file is read back. With `quiet`, only
    failures are reported. A `dry` run only reports which files it would write. With `digests`, results have SHA-256
    digests, for the state and reports; a single item needs none, and importing hashlib takes 3 ms. With `limits`, items
    are converted in worker processes, which can be ended.
    """

    targets: tuple[Target, ...]
    output: str = ""
    folder: str = "."
    name: str = ""
    reading: Reading = Reading()
    pictures: PictureSettings = PictureSettings()
    look: Look = Look()
    strict: bool = False
    checked: bool = False
    quiet: bool = False
    dry: bool = False
    digests: bool = True
    limits: Limits = Limits()

    @property
    def audits(self) -> bool:
        """True if reading has to prove that it lost nothing."""
        return self.strict or self.checked

    def path_of(self, writer: Writer[Any], file_name: Callable[[str], str]) -> str:
        """Return the path of a file in a format; `file_name` returns its name for the extension of the format."""
        if not self.output:
            return storage.joined(self.folder, file_name(writer.extension))
        if len(self.targets) == 1:
            return self.output
        endings = sorted((f".{each.writer.extension}" for each in self.targets), key=len, reverse=True)
        stem = next((self.output.removesuffix(e) for e in endings if self.output.endswith(e)), self.output)
        return f"{stem}.{writer.extension}"


def prepared(job: Job, warn: Callable[[str], None]) -> Job:
    """Return the job with what depends on the machine decided. `warn` is called with what the user should know of that.

    Raise UsageError, OptionError or MissingDependencyError, before anything is read, if the job cannot be run.
    """
    from feed2doc.transforms.plugins import transform

    if job.reading.format:
        _formats.reader(job.reading.format)
    for name in job.reading.transforms:
        transform(name)
    if job.reading.display_timezone:
        from feed2doc._locale.zones import check_zone

        check_zone(job.reading.display_timezone)
    if job.name:
        from feed2doc._files.names import check_pattern

        check_pattern(job.name)
    limits.check(job.limits)
    storage.check(job.output or job.folder)
    writers = [target.writer for target in job.targets]
    by_ending: dict[str, str] = {}
    for writer in writers:
        if writers.count(writer) > 1:
            raise UsageError(f"the format {writer.name} is given twice: give it once, with its options")
        if (other := by_ending.setdefault(writer.extension, writer.name)) != writer.name:
            raise UsageError(
                f"{other} and {writer.name} both write .{writer.extension} files: convert to each in a separate run,"
                " with its own --output-dir"
            )
    targets = tuple(_prepared(target, job.look, warn) for target in job.targets)
    if job.checked and any(writer.name == "pdf" for writer in writers):
        from feed2doc.checking.extraction import pdftotext

        pdftotext()
    if is_wanted(job.look.cover, 1):
        _check_cover(job.look, writers)
    return msgspec.structs.replace(job, targets=targets)


def _prepared(target: Target, look: Look, warn: Callable[[str], None]) -> Target:
    options = target.writer.check(target.options)
    if target.writer.require is None:
        return target
    env = Env(template_dirs=look.template_dirs)
    decided = target.writer.require(options, env)  # which fails here rather than for each input
    for diagnostic in env.diagnostics:
        warn(diagnostic.message)
    return target if decided == options else msgspec.structs.replace(target, options=decided)


def _check_cover(look: Look, writers: list[Writer[Any]]) -> None:
    """Raise UsageError if no format has a cover, or there is none of this kind."""
    if not any(writer.name in COVERED for writer in writers):
        unfit = ", ".join(writer.name for writer in writers)
        raise UsageError(f"--cover does not apply to {unfit}, but to {', '.join(sorted(COVERED))}")
    from feed2doc.covers.cover import check_mode

    check_mode(look.cover)


def default_images(writer: Writer[Any]) -> Images:
    """Return how a format includes pictures by default."""
    return "embed" if writer.pictures else "none" if writer.name == "text" else "link"


def device_options(writer: Writer[Any], device: Profile | None) -> dict[str, Any]:
    """Return the options of a format whose defaults come from the device's profile."""
    names = ("page", "paragraphs") if device else ()
    return {name: getattr(device, name) for name in names if name in writer.option_names}
