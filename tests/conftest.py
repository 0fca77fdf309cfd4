"""The tests' set-up. `--update-golden` rewrites the expected outputs instead of comparing with them."""

import gc
import itertools
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from feed2doc._files.temporary import new_folder
from feed2doc.model import Document
from feed2doc.readers._blocks.account import Account
from hypothesis import HealthCheck, Phase, settings
from PIL import Image

from tests.command import ITEM
from tests.pdf_pictures import difference

# Looking for cycles as often as Python does by default took a sixth of the time of the tests.
gc.set_threshold(20_000, 20, 20)

# However busy the machine is, no example is too slow; a test that hangs is ended by pytest-timeout.
settings.register_profile("feed2doc", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("feed2doc")
# `--hypothesis-profile=found` shows a failure as it was found, because shrinking it takes minutes.
settings.register_profile(
    "found", settings.get_profile("feed2doc"), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)

# The folders of a user: a record of outputs, caches and a configuration.
FOLDERS = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
_HOME = new_folder()
_numbers = itertools.count()
os.mkdir(f"{_HOME}/templates")


def _use_new_folders() -> None:
    """Use new folders. They share the compiled templates, which take a tenth of a second to make."""
    home = f"{_HOME}/{next(_numbers)}"
    os.environ.update({name: f"{home}/{name.split('_')[1].lower()}" for name in FOLDERS})
    os.makedirs(f"{home}/cache/feed2doc")
    os.symlink(f"{_HOME}/templates", f"{home}/cache/feed2doc/templates")


_use_new_folders()  # for fixtures that several tests share

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden from what is written now"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Expected outputs are written by the tests that compare with them; the others need not run for it."""
    if config.getoption("--update-golden"):
        items[:] = [
            item for item in items if {"golden", "golden_picture"} & set(getattr(item, "fixturenames", ()))
        ]


def pytest_collection_finish() -> None:
    """Let the garbage collector leave out the nine thousand tests."""
    gc.collect()
    gc.freeze()


def pytest_configure() -> None:
    # Tests that run in the background of a shell ignore Ctrl-C, and the commands that they start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """Return a folder with three items."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(ITEM.format(n=n))
    return folder


@pytest.fixture(autouse=True)
def _folders() -> None:
    """Give each test its own folders of a user: of the cache, with compiled templates, and others that do not exist yet."""
    _use_new_folders()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of this name."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.is_file(), f"{path.name} is missing: make golden, then read it"
        assert text == path.read_text("utf-8")

    return compare


# How different pictures may look, on average and in one place: as much as another minor version of a font makes them.
MEAN_DIFFERENCE, LARGEST_DIFFERENCE = 0.006, 0.08


@pytest.fixture
def golden_picture(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str, Image.Image], None]:
    """Compares a grey picture with the golden picture of this name, by how it looks."""

    def compare(name: str, picture: Image.Image) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            picture.save(path, optimize=True)
        assert path.is_file(), f"{path.name} is missing: make golden, then look at it"
        old = Image.open(path)
        picture.save(tmp_path / path.name)
        seen = f"is not as in {path}: see {tmp_path / path.name}; if it should be so, make golden"
        assert picture.size == old.size, f"the number of pages {seen}"
        mean, most = difference(picture, old)
        assert mean <= MEAN_DIFFERENCE and most <= LARGEST_DIFFERENCE, (
            f"{mean:.3f}, {most:.3f}: a page {seen}"
        )

    return compare


@pytest.fixture(autouse=True)
def _audited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Audit every article that a test reads in this process, and fail if anything in it is lost."""
    settle = Account.settle

    def audited(account: Account, document: Document) -> None:
        env = account.env
        before, env.audit = len(env.diagnostics), True
        settle(account, document)
        assert [d for d in env.diagnostics[before:] if d.rule == "account"] == []

    monkeypatch.setattr(Account, "settle", audited)
