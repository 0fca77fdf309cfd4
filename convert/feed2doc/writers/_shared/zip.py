"""A zip file whose bytes depend only on its contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

# The earliest time that a zip entry can have; the current time would make every run different.
_MOMENT = (1980, 1, 1, 0, 0, 0)

Content = bytes  # an alias, because the class below has a method named `bytes`


class StableZip:
    """A zip file in memory. `bytes` puts `mimetype` first and stores it; the others follow by name, all with the same time.

    Source: https://www.w3.org/TR/epub-33/#sec-zip-container-mime
    """

    def __init__(self) -> None:
        self._entries: dict[str, Content | Callable[[], Content]] = {}

    def writestr(
        self, name: str, data: str | Content | Callable[[], Content], compress_type: int | None = None
    ) -> None:
        """Add an entry (the method that EbookLib calls). If the content is a function, it is called when the file is written."""
        self._entries[name] = data.encode("utf-8") if isinstance(data, str) else data

    def bytes(self) -> bytes:
        """Return the whole file."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name in sorted(self._entries, key=lambda name: (name != "mimetype", name)):
                info = zipfile.ZipInfo(name, _MOMENT)
                info.create_system = 3
                info.external_attr = 0o644 << 16
                stored = name == "mimetype" or name.endswith((".jpg", ".png", ".gif", ".webp"))
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                entry = self._entries[name]
                file.writestr(info, entry() if callable(entry) else entry)
        return buffer.getvalue()
