"""The options of a newspaper, and the book that they ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from feed2doc.batch.job import Job
from feed2doc.errors import UsageError

if TYPE_CHECKING:
    from feed2doc.env import Env
    from feed2doc.model import Book, Document
    from feed2doc.newspaper.selection import EditionSection

_MINUTES = 30


def newspaper(given: Mapping[str, Any]) -> Callable[[Sequence[Document], Env], Book]:
    """Return a function that makes a newspaper of articles, with the options of a command."""
    from feed2doc.newspaper.edition import edition

    minutes = _MINUTES if given["minutes"] is None else given["minutes"]
    sections = tuple(map(_section, given["sections"]))

    def make(documents: Sequence[Document], env: Env) -> Book:
        return edition(
            documents,
            minutes=minutes,
            title=given["title"] or "",
            sections=sections,
            changes=given["changes"],
            bilingual=given["bilingual"],
        )

    return make


def in_columns(job: Job) -> Job:
    """Return the job with its PDFs in columns."""
    targets = tuple(
        msgspec.structs.replace(
            target, options=msgspec.structs.replace(target.options or target.writer.options(), columns=True)
        )
        if "columns" in target.writer.option_names
        else target
        for target in job.targets
    )
    return msgspec.structs.replace(job, targets=targets)


def _section(text: str) -> EditionSection:
    """Return the section that an option describes. Raise UsageError if it is not one."""
    from feed2doc.newspaper.selection import EditionSection

    found = re.fullmatch(r"([^=]{1,80})=([^:]{1,2000}?)(?::(\d{1,3})%)?", text.strip())
    if not found or int(found[3] or 0) > 100:
        raise UsageError(
            f"--section {text}: expected NAME=SOURCE,SOURCE:SHARE%, such as World=bbc.com,dw.com:40%"
        )
    sources = tuple(each.strip() for each in found[2].split(",") if each.strip())
    return EditionSection(found[1].strip(), sources, int(found[3] or 0) / 100)
