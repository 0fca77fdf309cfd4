"""Regular expressions compiled on first use.

An article needs only a few of them, and compiling one takes as long as searching a page of text with it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import AnyStr, Generic, cast


def pattern(source: AnyStr, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled on first use. A syntax error in it is raised only then."""
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))


class _Pattern(Generic[AnyStr]):
    """A lazy `re.Pattern`. Its methods are cached in the instance, so they are as fast as the pattern's own."""

    def __init__(self, source: AnyStr, flags: re.RegexFlag) -> None:
        self.pattern: AnyStr = source
        self.flags = flags

    _compiled = cached_property(lambda self: re.compile(self.pattern, self.flags))
    match = cached_property(lambda self: self._compiled.match)
    fullmatch = cached_property(lambda self: self._compiled.fullmatch)
    search = cached_property(lambda self: self._compiled.search)
    findall = cached_property(lambda self: self._compiled.findall)
    finditer = cached_property(lambda self: self._compiled.finditer)
    split = cached_property(lambda self: self._compiled.split)
    sub = cached_property(lambda self: self._compiled.sub)
    subn = cached_property(lambda self: self._compiled.subn)
