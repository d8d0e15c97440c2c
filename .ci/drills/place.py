"""A fresh clone of the project, the person who runs it, and the processes that belong to it."""

import contextlib
import os
import pty
import select
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CTRL_C = b"\x03"
REAP = 90  # seconds; a launcher that stops its web and its database needs two


class Place:
    """One checkout under `folder`, run by `user` (None: by whoever runs the drills) on `port`."""

    def __init__(self, folder: Path, port: int, user: str | None = None):
        self.folder, self.port, self.user = folder, port, user

    def clone(self) -> None:
        """A clean clone of what is committed."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "clone", "-q", "--no-local", PROJECT, self.folder], check=True)
        if self.user:
            subprocess.run(["chown", "-R", f"{self.user}:", self.folder], check=True)

    def command(self, *words: str) -> list[str]:
        if self.user is None:
            return list(words)
        kept = [
            f"{k}={v}"
            for k, v in os.environ.items()
            if k.startswith("PIP_") or "proxy" in k.lower()
        ]
        plain = [
            "env",
            "-i",
            f"HOME={self.folder.parent}",
            "PATH=/usr/local/bin:/usr/bin:/bin",
            "TERM=dumb",
            *kept,
        ]
        return ["runuser", "-u", self.user, "--", *plain, *words]

    def say(self, *words: str, seconds: int = 120) -> subprocess.CompletedProcess[str]:
        """Run a command there to its end, its output in one text."""
        return subprocess.run(
            self.command(*words),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
        )

    def python(self, statement: str) -> str:
        """What a statement in Django's shell prints, with the same database as the server's."""
        done = self.say(
            ".venv/bin/python", "manage.py", "shell", "--no-imports", "-v", "0", "-c", statement
        )
        if done.returncode != 0:
            raise AssertionError(done.stdout)
        return done.stdout.strip()

    def processes(self) -> dict[int, str]:
        """The live processes that name this folder in their command, or work in it: number and command."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            with contextlib.suppress(OSError):
                words = (
                    (entry / "cmdline")
                    .read_bytes()
                    .replace(b"\0", b" ")
                    .decode(errors="replace")
                    .strip()
                )
                where = str((entry / "cwd").readlink())
                if words and (str(self.folder) in words or Path(where).is_relative_to(self.folder)):
                    found[int(entry.name)] = words
        return found

    def kill_everything(self, only: str = "") -> None:
        """kill -9 to every process of this place, or to those whose command contains `only`."""
        for number, words in self.processes().items():
            if only in words:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)

    def is_quiet(self, seconds: float) -> bool:
        """Whether no process of this place is left within `seconds`."""
        deadline = time.monotonic() + seconds
        while self.processes():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)
        return True

    def health(self) -> str:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/healthz", timeout=30
            ) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            return str(error)

    def socket_folders(self) -> list[Path]:
        """Where its database listens: none or one."""
        record = self.folder / "var" / "postgres" / "run" / "socket"
        return [Path(record.read_text())] if record.exists() else []

    def remove(self) -> None:
        self.kill_everything()
        for folder in self.socket_folders():
            shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


class Run:
    """`make run` in a terminal of its own, as a person has it."""

    def __init__(self, place: Place):
        self.place = place
        self.output = ""
        self.began = time.monotonic()
        self.number, self.terminal = pty.fork()
        if self.number == 0:
            # As a login shell would: whoever runs the drills may have been told not to mind a hang-up, and passes it on.
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os.chdir(place.folder)
            words = place.command("make", "run", f"PORT={place.port}")
            os.execvp(words[0], words)

    def wait_for(self, text: str, seconds: float) -> float:
        """The seconds from the start until `text` was shown. AssertionError with what was shown otherwise."""
        deadline = time.monotonic() + seconds
        while text not in self.output:
            if time.monotonic() > deadline or not self._read(deadline):
                raise AssertionError(
                    f"“{text}” was not shown within {seconds:.0f} s, but:\n{self.output}"
                )
        return time.monotonic() - self.began

    def press_ctrl_c(self) -> None:
        os.write(self.terminal, CTRL_C)

    def wait(self, seconds: float) -> None:
        """Until `make` has ended."""
        deadline = time.monotonic() + seconds
        while self._read(deadline):
            if time.monotonic() > deadline:
                raise AssertionError(f"make run did not end within {seconds:.0f} s:\n{self.output}")
        self.reap()

    def reap(self, seconds: float = REAP) -> None:
        """Until `make` is gone. AssertionError where it outlives ``seconds``; it is killed then, so that nothing waits on."""
        deadline = time.monotonic() + seconds
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(self.number, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(self.number, signal.SIGKILL)
                    raise AssertionError(f"make run was still there after {seconds:.0f} s")
                time.sleep(0.05)
        self.close_terminal()

    def close_terminal(self) -> None:
        """Once: by a second time the number may be another file's."""
        if self.terminal >= 0:
            os.close(self.terminal)
            self.terminal = -1

    def _read(self, deadline: float) -> bool:
        """Take what the terminal shows; False when the other side has gone."""
        ready, _, _ = select.select(
            [self.terminal], [], [], max(0.0, min(1.0, deadline - time.monotonic()))
        )
        if not ready:
            return True
        try:
            piece = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.output += piece.decode(errors="replace")
        return bool(piece)
