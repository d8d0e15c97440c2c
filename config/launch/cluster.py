"""An embedded PostgreSQL cluster as its users see it: ask for it, and it runs for as long as anybody uses it.

Who uses a cluster holds a shared lock on `users.lock`. A keeper process (config.launch.keeper) starts the server, waits
until it gets that lock for itself alone, which is when the last user has gone however it went, and stops the server.
The keeper holds `keeper.lock` while it lives, so a server without a keeper is known for a leftover of a kill.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.launch import locks, socket_folder
from config.launch.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[2]
OWNER = "jardam"  # the role and the database that the application uses; not a superuser, as in production
_WAIT_FOR_STOP = 60
_PAUSE = 0.05


@dataclass
class Cluster:
    """One cluster under `home`. `durable` False trades safety against power cuts for speed: for tests only."""

    home: Path
    durable: bool = True
    _use: int | None = field(default=None, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def users_lock(self) -> Path:
        return self.home / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.home / "keeper.lock"

    @property
    def socket_record(self) -> Path:
        return self.home / "socket"

    def ensure_running(self) -> Path:
        """Start the server unless it runs, keep it running until `release` or this process's end.

        Returns the folder of its socket. Raises Trouble with one line when it cannot be had.
        """
        self._make_home()
        with self._guard, locks.alone(self.home / "start.lock"):
            if self._use is None:
                self._use = self._enter()
            if not locks.is_held(self.keeper_lock):
                self._start_keeper()
        folder = socket_folder.recorded(self.socket_record)
        if folder is None:
            raise Trouble(
                f"The embedded database has lost {self.socket_record}: stop what uses it and start again."
            )
        return folder

    def release(self, wait: bool = False) -> None:
        """Say that this process needs the server no longer; with `wait`, return when it has stopped.

        With other users present the server goes on, and nothing is waited for.
        """
        if self._use is None:
            return
        os.close(self._use)
        self._use = None
        if wait:
            self._wait_until_stopped()

    def url(self, database: str = OWNER) -> str:
        """The address for DATABASE_URL, with the server running."""
        host = str(self.ensure_running()).replace("/", "%2F")
        return f"postgresql://{OWNER}@{host}/{database}"

    def _make_home(self) -> None:
        if self.home.is_dir():
            return
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        project = PROJECT.stat()
        if os.geteuid() == 0 and project.st_uid != 0 and self.home.is_relative_to(PROJECT):
            # Root in somebody's checkout: what is made here stays usable by its owner.
            os.chown(self.home, project.st_uid, project.st_gid)

    def _enter(self) -> int:
        descriptor = locks.open_lock(self.users_lock)
        if not locks.take(descriptor, shared=True, seconds=_WAIT_FOR_STOP):
            os.close(descriptor)
            raise Trouble(
                f"The embedded database is still stopping after {_WAIT_FOR_STOP} seconds: see {self.log}."
            )
        return descriptor

    def _start_keeper(self) -> None:
        command = [sys.executable, "-m", "config.launch.keeper", str(self.home)]
        command += ["durable" if self.durable else "fast"]
        done = subprocess.run(
            command,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            words = (done.stdout.strip() or done.stderr.strip()).splitlines()
            raise Trouble(
                words[-1] if words else f"The embedded database did not start: see {self.log}."
            )

    def _wait_until_stopped(self) -> None:
        while locks.is_held(self.keeper_lock) and not locks.is_shared(self.users_lock):
            time.sleep(_PAUSE)
