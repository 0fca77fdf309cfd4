"""Which times may be those of an article, by the times that its feed and its archive state."""

from __future__ import annotations

from datetime import datetime, timedelta

from feed2doc.readers._article.header.line import HeaderLine
from feed2doc.readers._article.times.parsing import Written, parse_time
from feed2doc.readers._facts.facts import Facts

# A time in the header belongs to another thing if it is further from the time that a feed states.
_SAME_ARTICLE = timedelta(days=3)
# How long after the timestamp of the archive the date of an issue may be. A later one is of an event.
_LATEST = timedelta(days=40)
_DAY = timedelta(days=1)


class ArticleTimes:
    """The times of one article, compared without their zones, which many lines do not state."""

    def __init__(self, facts: Facts, archived: datetime | None) -> None:
        self._facts = facts
        self._archived = archived.replace(tzinfo=None) if archived is not None else None

    def is_far(self, time: Written) -> bool:
        """Return True if a time is days away from the one that the feed states, or after the article was archived."""
        moment = time.value.replace(tzinfo=None)
        if self._archived is not None and moment - self._archived > _LATEST:
            return True
        known = next((f for f in self._facts.all("published") if f.source in ("item", "feed")), None)
        written = parse_time(known.value) if known is not None else None
        return written is not None and abs(moment - written.value.replace(tzinfo=None)) > _SAME_ARTICLE

    def is_of_another(self, line: HeaderLine) -> bool:
        """Return True if a line only has a time that is far, as in a diary."""
        return line.time is not None and not line.byline and self.is_far(line.time)

    def is_near_archived(self, time: Written) -> bool:
        """Return True if a time is that of the archive's timestamp, but for its zone."""
        return self._archived is not None and abs(time.value.replace(tzinfo=None) - self._archived) < _DAY
