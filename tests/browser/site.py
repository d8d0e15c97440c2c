"""A real server for the browser tests: its own process, so that it can be killed and its clock moved."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

READY_SECONDS = 60


class Site:
    """One gunicorn on loopback against the database of the tests."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.clock_file = folder / "clock"
        self.log = folder / "server.log"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "JARDAM_CLOCK_FILE": str(self.clock_file),
            "JARDAM_FILES": str(folder / "files"),
        }
        self.moment: dt.datetime | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and return once the port answers."""
        words = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "6"]
        words += ["--workers", "1", "--log-level", "warning", "--no-control-socket"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + READY_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.1)

    def anew(self) -> None:
        """Ready for another test, whatever the last one did to it."""
        self.moment = None
        self.clock_file.unlink(missing_ok=True)
        if self.process is None or self.process.poll() is not None:
            self.start()
        self.log.write_bytes(b"")

    def kill(self) -> None:
        """As a power cut: no goodbye to anybody."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGKILL)

    def at(self, moment: str) -> None:
        """Move the server's clock to ``moment`` of Bishkek, as «2026-11-23 09:10»; it runs on from there."""
        self.moment = target = timezone.make_aware(dt.datetime.fromisoformat(moment))
        # Renamed into place: a request that reads meanwhile must not find half a file.
        written = self.clock_file.with_suffix(".new")
        written.write_text(str((target - timezone.now()).total_seconds()))
        written.rename(self.clock_file)

    def _signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait()
            # A worker that dies a moment after its master would pass for the next server's.
            end = time.monotonic() + READY_SECONDS
            while self._answers() and time.monotonic() < end:
                time.sleep(0.05)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
