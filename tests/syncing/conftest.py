"""What the tests of syncing share."""

from pathlib import Path

import pytest


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    """Return a folder that does not exist yet, on a device."""
    folder = tmp_path / "device" / "news"
    folder.parent.mkdir()
    return folder
