"""The time of a sync, which a wrong clock does not change by much.

What `keep` removes does not come back, so a clock that has jumped is not trusted before it has gone on for a day: until
then, the time of the sync before the jump counts.
"""

from __future__ import annotations

from msgspec.structs import replace

from feed2doc.batch.state.sources import Visit

_DAY = 24 * 3600.0


def checked(visit: Visit, now: float, keep: float) -> Visit:
    """Return the visit with the times of a sync at this time.

    `last` is what the clock said, `trusted` the time that counts, and `jump` when the clock was first ahead by a day, or by
    as long as files are kept, or behind.
    """
    longest = min(_DAY, keep or _DAY)
    trusted, jump = visit.trusted, visit.jump
    if not visit.last or 0 <= now - trusted <= longest:
        trusted, jump = now, 0.0
    elif not jump or now < visit.last:
        jump = now
    elif (
        now - visit.last > longest and jump > trusted
    ):  # time has gone on from the jump before, so it was right
        trusted, jump = jump, now
    elif now - visit.last > longest:
        jump = now
    elif now - jump >= longest:
        trusted, jump = now, 0.0
    return replace(visit, last=now, trusted=trusted, jump=jump)
