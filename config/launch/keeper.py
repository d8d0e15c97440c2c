"""The process that keeps one embedded server: starts it, waits until nobody uses it, stops it.

`python -m config.launch.keeper HOME durable|fast` returns when the server answers; what keeps it goes on in the
background. On failure it prints one line and returns 1. Only Cluster.ensure_running calls it, under `start.lock`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import BinaryIO

import psycopg2

from config.launch import identity, locks, processes, server, socket_folder
from config.launch.cluster import OWNER, Cluster
from config.launch.trouble import Trouble

START_SECONDS = 300  # replaying the log after a power cut may take its time
LOG_BYTES = 1_000_000
_PAUSE = 0.05


def main(home: Path, durable: bool) -> int:
    """Leave the keeper in the background and return once it has said how the start went."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as starter:
            _keep(Cluster(home, durable), starter)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as keeper:
        words = keeper.readline().strip()
    if words == "ready":
        return 0
    print(words or f"The embedded database did not start: see {home / 'log'}.")
    return 1


def _keep(cluster: Cluster, starter: BinaryIO) -> None:
    os.setsid()
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, lambda _number, _frame: stop.set())
    if not locks.take(locks.open_lock(cluster.keeper_lock), seconds=2):
        return _say(starter, "ready")
    try:
        postmaster = _bring_up(cluster)
    except (Trouble, OSError, psycopg2.Error) as trouble:
        processes.stop_postgres(cluster.data)
        socket_folder.remove(cluster.socket_record, cluster.data)
        return _say(starter, " ".join(str(trouble).split()))
    _say(starter, "ready")
    _wait_for_the_end(cluster, postmaster, stop)
    _bring_down(cluster, postmaster)


def _say(starter: BinaryIO, words: str) -> None:
    """Tell the starter how it went, and let its pipes go: it waits until they are closed."""
    starter.write(words.encode() + b"\n")
    starter.close()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


def _bring_up(cluster: Cluster) -> subprocess.Popen[bytes]:
    """A server that answers, with the application's role and database in it."""
    try:
        return _start(cluster)
    except Trouble:
        if cluster.durable or not cluster.data.exists():
            raise
        # A test cluster is not written safely: after a power cut it may be broken, and nothing in it is missed.
        processes.stop_postgres(cluster.data)
        shutil.rmtree(cluster.data)
        return _start(cluster)


def _start(cluster: Cluster) -> subprocess.Popen[bytes]:
    who = identity.choose(cluster.home, server.binaries())
    _clear_leftovers(cluster.data)
    _give(cluster, who)
    if not cluster.data.exists():
        server.make_data(cluster.data, who, cluster.durable)
    server.check_version(cluster.data)
    folder = socket_folder.prepare(cluster.socket_record, cluster.data, who.uid, who.gid)
    options = server.DURABLE if cluster.durable else server.FAST
    with cluster.log.open("ab") as log:
        if log.tell() > LOG_BYTES:
            log.truncate(0)
        postmaster = server.start(cluster.data, folder, who, options, log)
    _wait_until_it_answers(cluster, folder, postmaster)
    _ensure_owner(folder)
    return postmaster


def _clear_leftovers(data: Path) -> None:
    """A server that outlived its keeper is stopped, and a pid file whose number now is somebody else's is removed."""
    processes.stop_postgres(data)
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if processes.is_alive(pid):
        pid_file.unlink()


def _give(cluster: Cluster, who: identity.Identity) -> None:
    """As root: let the files belong to whom the server runs as, when they were made under another identity."""
    owners = {path.stat().st_uid for path in (cluster.home, cluster.data) if path.exists()}
    if os.geteuid() != 0 or owners == {who.uid}:
        return
    for path in (cluster.home, *cluster.home.rglob("*")):
        os.chown(path, who.uid, who.gid, follow_symlinks=False)


def _wait_until_it_answers(
    cluster: Cluster, folder: Path, postmaster: subprocess.Popen[bytes]
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while postmaster.poll() is None and time.monotonic() < deadline:
        if _data_of_who_answers(folder) == os.path.realpath(cluster.data):
            return
        time.sleep(_PAUSE)
    raise Trouble(
        f"The embedded database did not start: {_last_line(cluster.log)} (more in {cluster.log})"
    )


def _data_of_who_answers(folder: Path) -> str | None:
    try:
        connection = _connect(folder)
    except psycopg2.OperationalError:
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            return os.path.realpath(cursor.fetchone()[0])
    finally:
        connection.close()


def _ensure_owner(folder: Path) -> None:
    connection = _connect(folder)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OWNER])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {OWNER} OWNER {OWNER}")
    finally:
        connection.close()


def _connect(folder: Path) -> psycopg2.extensions.connection:
    return psycopg2.connect(
        host=str(folder),
        port=server.PORT,
        user=server.SUPERUSER,
        dbname="postgres",
        connect_timeout=10,
    )


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    telling = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line] or lines
    return telling[-1] if telling else "it said nothing"


def _wait_for_the_end(
    cluster: Cluster, postmaster: subprocess.Popen[bytes], stop: threading.Event
) -> None:
    """Return when the last user has gone, the server has ended by itself, or a signal came."""

    def wait_for_users() -> None:
        locks.take_when_free(locks.open_lock(cluster.users_lock))
        stop.set()

    def wait_for_server() -> None:
        postmaster.wait()
        stop.set()

    for wait in (wait_for_users, wait_for_server):
        threading.Thread(target=wait, daemon=True).start()
    stop.wait()


def _bring_down(cluster: Cluster, postmaster: subprocess.Popen[bytes]) -> None:
    processes.stop_postgres(cluster.data)
    postmaster.wait()
    socket_folder.remove(cluster.socket_record, cluster.data)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] == "durable"))
