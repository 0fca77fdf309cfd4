"""Checking that a process still runs, on every system."""

from __future__ import annotations

import contextlib
import os

# https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getexitcodeprocess
_QUERY_LIMITED_INFORMATION, _INVALID_PARAMETER, _STILL_ACTIVE = 0x1000, 87, 259


def is_running(process: int) -> bool:
    """Return True if there is a process with this number, or if that cannot be determined."""
    if not hasattr(os, "getpgid"):
        return _is_running_on_windows(process)
    try:
        os.getpgid(process)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    # A killed process is still listed until its parent has asked for its end, which in a container may be never.
    with contextlib.suppress(OSError), open(f"/proc/{process}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    return True


def _is_running_on_windows(process: int) -> bool:
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.OpenProcess.restype = ctypes.c_void_p  # a handle is a pointer
    handle = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, process))
    if not handle:
        return bool(ctypes.get_last_error() != _INVALID_PARAMETER)  # type: ignore[attr-defined]
    try:
        code = ctypes.c_ulong()
        return not kernel.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value == _STILL_ACTIVE
    finally:
        kernel.CloseHandle(handle)
