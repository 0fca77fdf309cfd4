"""What the tests of the command line share."""

from pathlib import Path

import pytest

from tests.command import ITEM


@pytest.fixture
def item(tmp_path: Path) -> Path:
    """Return an item."""
    path = tmp_path / "item.txt"
    path.write_text(ITEM.format(n=1))
    return path
