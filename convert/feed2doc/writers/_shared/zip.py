"""A zip file whose bytes depend on its contents alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

# The first moment that a zip entry can have; entries of today would make every run different.
_MOMENT = (1980, 1, 1, 0, 0, 0)

Content = bytes  # the class below has a method of that name


class StableZip:
    """Collects entries; `bytes` has `mimetype` first and stored, the others by name, all with the same stamp.

    Source: https://www.w3.org/TR/epub-33/#sec-zip-container-mime
    """

    def __init__(self) -> None:
        self._entries: dict[str, Content | Callable[[], Content]] = {}

    def writestr(
        self, name: str, data: str | Content | Callable[[], Content], compress_type: int | None = None
    ) -> None:
        """Add an entry (the method that EbookLib calls); what is given as a function is read when it is written."""
        self._entries[name] = data.encode("utf-8") if isinstance(data, str) else data

    def bytes(self) -> bytes:
        """The whole file."""
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
