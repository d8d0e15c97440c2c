"""File locks that the system releases when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05


def open_lock(path: Path) -> int:
    """A descriptor on the lock file, which belongs to whoever the folder belongs to."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


def take(descriptor: int, *, shared: bool = False, seconds: float = 0) -> bool:
    """Lock, waiting up to `seconds`; False when somebody else holds it all the while."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE)
        else:
            return True


def take_when_free(descriptor: int) -> None:
    """Lock for oneself alone, however long it takes."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock for oneself alone. Looking does not disturb others who look."""
    descriptor = open_lock(path)
    try:
        return not take(descriptor, shared=True)
    finally:
        os.close(descriptor)


def is_shared(path: Path) -> bool:
    """Whether one or more hold the lock shared, as opposed to nobody or one alone."""
    descriptor = open_lock(path)
    try:
        return not take(descriptor) and take(descriptor, shared=True)
    finally:
        os.close(descriptor)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock for oneself during the block."""
    descriptor = open_lock(path)
    try:
        take_when_free(descriptor)
        yield
    finally:
        os.close(descriptor)
