"""The time of a sync, which a wrong clock does not change by much.

What `keep` removes does not come back, so a clock that has jumped ahead is not trusted before it has gone on for a day:
until then, the time of the sync before the jump counts.
"""

from __future__ import annotations

from msgspec.structs import replace

from feed2doc.batch.state.sources import Visit

_DAY = 24 * 3600.0


def checked(visit: Visit, now: float, keep: float) -> Visit:
    """Return the visit with the times of a sync at this time.

    `last` is what the clock said, `trusted` the time that counts, and `jump` when the clock was first ahead by a day, or by
    as long as files are kept.
    """
    longest = min(_DAY, keep or _DAY)
    if not visit.last or now < visit.last:  # the first sync, or the clock was ahead
        return replace(visit, last=now, trusted=now, jump=0.0)
    trusted, jump = visit.trusted, visit.jump
    if jump and now - jump >= longest:
        trusted, jump = jump, 0.0
    if now - visit.last > longest:
        jump = now
    elif not jump:
        trusted = now
    return replace(visit, last=now, trusted=trusted, jump=jump)
