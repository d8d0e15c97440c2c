"""The private folder that the server's socket lies in.

It cannot lie in the project: a socket's path has at most 107 bytes, and a project may lie deep under Cyrillic names.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

PREFIX = "jardam-"
_MARK = "embedded"
_PLACE = "/tmp"
_LONGEST = 107 - len("/.s.PGSQL.5432")


def prepare(record: Path, data: Path, uid: int, gid: int) -> Path:
    """The folder written down in `record` if it is still ours, else a new one, written down there."""
    folder = recorded(record)
    if folder is None or not _is_ours(folder, data, uid):
        folder = _make(data, uid, gid)
        record.write_text(str(folder), encoding="utf-8")
    return folder


def recorded(record: Path) -> Path | None:
    try:
        return Path(record.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def remove(record: Path) -> None:
    """Remove the folder and the note of it."""
    folder = recorded(record)
    if folder is not None and is_embedded(str(folder)):
        shutil.rmtree(folder, ignore_errors=True)
    record.unlink(missing_ok=True)


def is_embedded(host: str) -> bool:
    """Whether a connection's host is the socket of an embedded server, this checkout's or another's."""
    return host.startswith("/") and (Path(host) / _MARK).is_file()


def _make(data: Path, uid: int, gid: int) -> Path:
    place = _PLACE if os.access(_PLACE, os.W_OK | os.X_OK) else tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    if len(os.fsencode(folder)) > _LONGEST:
        folder.rmdir()
        raise OSError(f"{place} is too long a path for a socket")
    (folder / _MARK).write_text(os.path.realpath(data), encoding="utf-8")
    if (uid, gid) != (os.geteuid(), os.getegid()):
        os.chown(folder, uid, gid)
    return folder


def _is_ours(folder: Path, data: Path, uid: int) -> bool:
    """A real folder, nobody else's, shut to others, and made for this data folder and not for a copy of the project."""
    try:
        facts = folder.lstat()
        made_for = (folder / _MARK).read_text(encoding="utf-8")
    except OSError:
        return False
    private = stat.S_ISDIR(facts.st_mode) and facts.st_uid == uid and not facts.st_mode & 0o077
    return private and made_for == os.path.realpath(data)
