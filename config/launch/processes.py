"""Which processes a data folder has, and how to end them. Linux only: reads /proc."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

POLITE_SECONDS = 30
BRISK_SECONDS = 5
_PAUSE = 0.05


def working_in(folder: Path) -> list[int]:
    """The processes whose working directory is `folder`: a postmaster and every one of its children."""
    wanted = os.path.realpath(folder)
    return [pid for pid in _all() if _working_directory(pid) == wanted]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def stop_postgres(data: Path) -> None:
    """End every server process of `data`: first a fast shutdown, then harder. Returns when none is left."""
    if _end(data, signal.SIGINT, POLITE_SECONDS, only_eldest=True):
        return
    if _end(data, signal.SIGQUIT, BRISK_SECONDS):
        return
    _end(data, signal.SIGKILL, BRISK_SECONDS)


def _end(data: Path, sign: signal.Signals, seconds: float, only_eldest: bool = False) -> bool:
    """Send `sign` and wait until nothing works in `data` any more; True when nothing does."""
    pids = working_in(data)
    for pid in _eldest(pids) if only_eldest else pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
    deadline = time.monotonic() + seconds
    while working_in(data):
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True


def _eldest(pids: list[int]) -> list[int]:
    """Those whose parent is not among them: the postmaster, or children whose postmaster was killed."""
    return [pid for pid in pids if _parent(pid) not in pids]


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _working_directory(pid: int) -> str | None:
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return None


def _parent(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(stat.rpartition(")")[2].split()[1])
