"""What Windows does differently, on any system: its functions are replaced where feed2doc calls them."""

import ctypes
import os
import signal
import socket
import sys
from types import TracebackType
from typing import Any
from unittest import mock

import cffi  # type: ignore[import-untyped]
import pytest
from feed2doc._files.processes import is_running
from feed2doc.batch.storage import is_url
from feed2doc.batch.workers import groups
from feed2doc.doctor import pango
from feed2doc.shelf.serving.server import _bound


class Kernel:
    """The functions of kernel32 that tell of a process: `code` is its exit code, or None if there is no such process."""

    def __init__(self, code: int | None, error: int = 0) -> None:
        self.code, self.error, self.open = code, error, 0
        self.OpenProcess = mock.Mock(side_effect=self.handle)

    def handle(self, access: int, inherit: bool, process: int) -> int | None:
        self.open += self.code is not None
        return None if self.code is None else 7

    def GetExitCodeProcess(self, handle: ctypes.c_void_p, code: Any) -> int:  # noqa: N802
        assert handle.value == 7 and self.code is not None
        code._obj.value = self.code
        return 1

    def CloseHandle(self, handle: ctypes.c_void_p) -> None:  # noqa: N802
        self.open -= 1


@pytest.mark.parametrize(
    ("code", "error", "runs"),
    [(259, 0, True), (0, 0, False), (1, 0, False), (None, 87, False), (None, 5, True)],  # 5: access is denied
)
def test_ended_processes_are_known(
    code: int | None, error: int, runs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = Kernel(code, error)
    monkeypatch.delattr(os, "getpgid")
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: error, raising=False)
    assert is_running(4711) == runs and kernel.open == 0


class Added:
    """A folder that Windows searches for libraries, until it is closed."""

    def __init__(self, folder: str, there: set[str]) -> None:
        self.folder, self.there = folder, there

    def __enter__(self) -> None:
        self.there.add(self.folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.there.remove(self.folder)


@pytest.mark.parametrize("has_pango", [True, False])
def test_pango_is_found_where_weasyprint_looks(has_pango: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    msys = r"C:\msys64\mingw64\bin"
    folders: set[str] = set()

    def add(folder: str) -> Added:
        if folder != msys:
            raise FileNotFoundError(folder)
        return Added(folder, folders)

    class Windows:
        def dlopen(self, name: str, flags: int) -> None:
            there = has_pango or "pango" not in name
            if not (there and name.endswith(".dll") and msys in folders and flags == 0x1000):
                raise OSError(name)

    monkeypatch.setattr(os, "add_dll_directory", add, raising=False)
    monkeypatch.setattr(cffi, "FFI", Windows)
    if has_pango:
        pango.check_libraries()
    else:
        with pytest.raises(OSError, match=r"pango-1\.0"):
            pango.check_libraries()
    assert not folders


@pytest.mark.parametrize("name", [r"C:\news\item.txt", "c:/news/item.txt", r"\\server\share\item.txt"])
def test_a_drive_is_not_the_scheme_of_an_address(name: str) -> None:
    assert not is_url(name)


@pytest.mark.parametrize(("platform", "shared"), [("win32", False), ("linux", True)])
def test_a_port_is_that_of_one_server(platform: str, shared: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with _bound("127.0.0.1", 0) as listener:
        assert bool(listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)) == shared


def test_workers_do_without_groups_of_processes_and_masks_of_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    for holder, name in (
        *((os, name) for name in ("setpgid", "killpg")),
        *((signal, name) for name in ("pthread_sigmask", "SIGHUP", "SIGTTOU", "SIGKILL")),
    ):
        monkeypatch.delattr(holder, name, raising=False)
    handled: dict[int, Any] = {}
    monkeypatch.setattr(signal, "signal", handled.__setitem__)
    with groups.holding_back_signals():
        groups.lead_group()
        groups.take_signals()
    groups.kill_group(os.getpid())
    assert handled == {signal.SIGINT: signal.SIG_IGN, signal.SIGTERM: signal.SIG_DFL}
