"""What the fields of nodes may have in them: times, URLs, roles and alignments, and the limits of every document."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

SCHEMA_VERSION = 2
"""The version of the JSON format. It increases when readers of the old format can no longer read the new one."""

MAX_NESTING = 64
"""The maximum nesting depth of nodes. Readers merge deeper nodes into their parents."""

LINK_SCHEMES = ("http", "https", "mailto", "tel", "ftp")
"""The URL schemes allowed in links. A URL without a scheme is relative and is kept as written in the source."""

_DAY = (
    r"(?!0000)\d{4}-(?:(?:0[13578]|1[02])-(?:[0-2]\d|3[01])|(?:0[469]|11)-(?:[0-2]\d|30)|02-[0-2]\d)(?<!00)"
)
_MOMENT = rf"^{_DAY}T(?:[01]\d|2[0-3])(?::[0-5]\d){{2}}(?:\.\d{{1,6}})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$"
Time = Annotated[datetime, Meta(tz=True, extra_json_schema={"pattern": _MOMENT})]
"""A date and time with a time zone; never naive."""

Url = Annotated[str, Meta(pattern=r"^(?:(?:https?|mailto|tel|ftp):|(?![A-Za-z][A-Za-z0-9+.\-]*:))")]
"""A URL with one of `LINK_SCHEMES`, or a relative URL."""

ImageUrl = Annotated[str, Meta(pattern=r"^(?:(?:https?|ftp):|data:image/|(?![A-Za-z][A-Za-z0-9+.\-]*:))")]
"""The URL of a picture. A `data:image/...` URL has the picture itself."""

Role = Literal[
    "author-bio", "contributor", "translator", "editor", "photographer", "original", "rights", "note"
]
"""The role of a credit: a contributor, the original article, or the rights; `note` is any other credit."""

Align = Literal["", "left", "center", "right"]
