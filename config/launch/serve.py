"""`make run`: bring the database up to date, load the demo city once, serve, and leave nothing running behind."""

from __future__ import annotations

import hashlib
import http.client
import os
import select
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from config.launch import database, messages, system
from config.launch.cluster import PROJECT

_STOP_SECONDS = 15
_PAUSE = 0.1
_LOOK_UP = 1.0


class _Stop(BaseException):
    """A signal asked for the end."""


def serve(port: int) -> int:
    """Serve until a signal comes. Returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _raise_stop)
    try:
        if database.from_environment() is None:
            database.RUN.ensure_running()
        messages.compile_all()
        has_demo = _prepare()
        system.require_free_port(port)
        return _serve_web(port, has_demo)
    except _Stop:
        return 0
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        database.RUN.release(wait=True)


def _raise_stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


def _prepare() -> bool:
    """Bring database and static files up to date; True when the demo accounts are there."""
    import django
    from django.db import connections

    django.setup()
    _collect_static()
    has_demo = _prepare_database()
    connections.close_all()
    return has_demo


def _prepare_database() -> bool:
    """Migrate, and load the demo city if nobody is in the database yet."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command, get_commands
    from django.db import transaction

    call_command("migrate", interactive=False, verbosity=0)
    people = get_user_model()._default_manager
    if settings.DEMO_ALLOWED and "demo" in get_commands() and not people.exists():
        print("Building the demo city (once) …", flush=True)
        # All or nothing: a start that is broken off halfway begins again the next time.
        with transaction.atomic():
            call_command("demo")
    return settings.DEMO_ALLOWED and people.filter(username="head.city").exists()


def _collect_static() -> None:
    """Gather, hash and compress the static files when any of them has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static-collected")
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    if stamp.exists() and root.is_dir() and stamp.read_text() == digest.hexdigest():
        return
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def _serve_web(port: int, has_demo: bool) -> int:
    # A session of its own: Ctrl-C comes to us, and we end the web before the database.
    command = [
        "setpriv",
        "--pdeathsig",
        "TERM",
        "--",
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
    ]
    command += [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--threads",
        "8",
        "--log-level",
        "warning",
    ]
    command += ["--graceful-timeout", "5", "--no-control-socket"]
    web = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.DEVNULL, start_new_session=True)
    watch = subprocess.Popen(
        [*command[:4], sys.executable, "manage.py", "watch_calls", "--every", "60"],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while web.poll() is None and not _answers(port):
            time.sleep(_PAUSE)
        if web.poll() is None:
            _greet(port, has_demo)
        return _wait(web)
    finally:
        _end(watch)
        _end(web)


def _wait(web: subprocess.Popen[bytes]) -> int:
    """Until the web ends. Raises _Stop when the terminal is gone: make, whose session it is, hears of it and tells nobody."""
    terminal = select.poll()
    if sys.stdin is not None and sys.stdin.isatty():
        terminal.register(sys.stdin, 0)  # a hang-up is told in any case
    while not terminal.poll(0):
        try:
            return web.wait(_LOOK_UP)
        except subprocess.TimeoutExpired:
            continue
    raise _Stop


def _answers(port: int) -> bool:
    """Whether a worker has answered, with whatever; that the port is open only means that one is on its way."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError as answer:
        answer.close()
    except (OSError, http.client.HTTPException):
        return False
    return True


def _greet(port: int, has_demo: bool) -> None:
    print(f"\nЖардам: http://127.0.0.1:{port}   (Ctrl-C stops it)", flush=True)
    if has_demo:
        from reports.demo.staff import PASSWORD, PEOPLE

        print(f"Demo accounts, all with the password {PASSWORD}:", flush=True)
        for line in account_lines([person[0] for person in PEOPLE]):
            print(f"    {line}", flush=True)


def account_lines(names: list[str]) -> list[str]:
    """The accounts in few words: those that the same offices have share a line."""
    offices: dict[str, list[str]] = {}
    for name in names:
        who, _dot, office = name.partition(".")
        offices.setdefault(who, []).append(f".{office}" if office else "")
    alike: dict[str, list[str]] = {}
    for who, where in offices.items():
        alike.setdefault(" ".join(where), []).append(who)
    return [f"{', '.join(whos)}  {where}".strip() for where, whos in alike.items()]


def _end(web: subprocess.Popen[bytes]) -> None:
    web.terminate()
    try:
        web.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        web.kill()
        web.wait()
