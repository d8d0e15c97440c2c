"""The private folder that the server's socket lies in.

It cannot lie in the project: a socket's path has at most 107 bytes, and a project may lie deep under Cyrillic names.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "jardam-"
_MARK = "embedded"
_PLACE = "/tmp"
_LONGEST = 107 - len("/.s.PGSQL.5432")


def prepare(record: Path, data: Path, uid: int, gid: int) -> Path:
    """A new folder, written down in `record`.

    Always new: in one that a killed server left, a lock names a process number that may be another's by now.
    """
    remove(record, data)
    folder = _make(data, uid, gid)
    record.write_text(str(folder), encoding="utf-8")
    return folder


def recorded(record: Path) -> Path | None:
    try:
        return Path(record.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def remove(record: Path, data: Path) -> None:
    """Remove the folder and the note of it; not one that is the original's, when the project is a copy."""
    folder = recorded(record)
    if folder is not None and _is_for(folder, data):
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


def _is_for(folder: Path, data: Path) -> bool:
    try:
        return (folder / _MARK).read_text(encoding="utf-8") == os.path.realpath(data)
    except OSError:
        return False
