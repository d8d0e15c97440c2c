"""What a machine does to the two commands: `drills.py [--junitxml FILE]`.

Needs root for the drills of the ordinary user (a passing account is made and removed); without it those are left out.
Standard library only. Each drill goes on where the one before it stopped, as a person's day does.
"""

import argparse
import concurrent.futures
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml
from collections.abc import Callable
from pathlib import Path

from place import Place, Run

# Seconds. A quiet machine needs two minutes, packages and demo city included; a loaded one many more.
FIRST_START = 900
SECOND_START = 45  # a quiet machine needs two
STOP = 60
USER = "jardam-drill"
Result = tuple[str, float, str]  # name, seconds, what went wrong
ENTER = "from offices.models import User; User.objects.create_user({0!r}, 'a-drill-password-1'); print('kept')"
ASK = "from offices.models import User; print(User.objects.filter(username={0!r}).count())"


class Day:
    """The drills of one person at one place, in order."""

    def __init__(self, place: Place):
        self.place = place
        self.run: Run | None = None

    def start(self, seconds: float) -> float:
        self.run = Run(self.place)
        taken = self.run.wait_for(f"http://127.0.0.1:{self.place.port}", seconds)
        health = self.place.health()
        assert health == "ok", health
        return taken

    def first_start(self) -> None:
        self.place.clone()
        rights = {folder: folder.stat() for folder in self.place.folder.parents}
        print(f"    first start: {self.start(FIRST_START):.0f} s")
        for folder, before in rights.items():
            now = folder.stat()
            assert (now.st_mode, now.st_uid, now.st_gid) == (
                before.st_mode,
                before.st_uid,
                before.st_gid,
            ), folder
        assert self.run is not None
        accounts = self.place.python(ASK.format("head.city"))
        if accounts == "1":
            self.run.wait_for("jardam-demo-2026", 5)

    def ctrl_c(self) -> None:
        assert self.place.python(ENTER.format("before.ctrl-c")) == "kept"
        sockets = self.place.socket_folders()
        assert len(sockets) == 1, sockets
        self.run.press_ctrl_c()
        self.run.wait(STOP)
        # What is left is said by name: a database that goes on is the fault that this drill is for.
        assert self.place.is_quiet(1), self.place.processes()
        assert not sockets[0].exists(), sockets

    def second_start(self) -> None:
        taken = self.start(SECOND_START)
        print(f"    second start: {taken:.1f} s")
        assert self.place.python(ASK.format("before.ctrl-c")) == "1"

    def busy_port(self) -> None:
        done = self.place.say("make", "run", f"PORT={self.place.port}", seconds=30)
        lines = [line for line in done.stdout.splitlines() if not line.startswith("make: ***")]
        expected = (
            f"Port {self.place.port} is busy: stop what uses it, or choose another, "
            f"make run PORT={self.place.port + 1}"
        )
        assert (done.returncode != 0, lines) == (True, [expected]), done.stdout
        assert self.place.health() == "ok"

    def kill_everything(self) -> None:
        assert self.place.python(ENTER.format("before.kill-9")) == "kept"
        self.place.kill_everything()
        self.run.reap()
        assert self.place.is_quiet(STOP), self.place.processes()
        self.start(SECOND_START + 15)
        assert self.place.python(ASK.format("before.kill-9")) == "1"

    def kill_the_web_alone(self) -> None:
        """The launcher dies: the web and the database go by themselves, and nothing is in the way of a new start."""
        self.place.kill_everything(only="config.launch.commands run")
        self.run.reap()
        assert self.place.is_quiet(STOP), self.place.processes()
        self.start(SECOND_START)

    def kill_the_database_alone(self) -> None:
        """The server is killed under a running web: the next person who asks gets it back."""
        self.place.kill_everything(only="bin/postgres -D")
        deadline = time.monotonic() + STOP
        while self.place.health() != "ok":
            assert time.monotonic() < deadline, self.place.health()
            time.sleep(0.5)
        assert self.place.python(ASK.format("before.kill-9")) == "1"

    def close_the_terminal(self) -> None:
        self.run.close_terminal()
        self.run.reap()
        assert self.place.is_quiet(STOP), self.place.processes()
        self.start(SECOND_START)

    def stale_pid_file(self) -> None:
        """After a kill the number in postmaster.pid may belong to some other program by now."""
        self.place.kill_everything()
        self.run.reap()
        assert self.place.is_quiet(STOP), self.place.processes()
        pid_file = self.place.folder / "var" / "postgres" / "run" / "data" / "postmaster.pid"
        stranger = subprocess.Popen(["sleep", "300"], cwd="/")
        try:
            lines = pid_file.read_text().splitlines()
            pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
            self.start(SECOND_START + 15)
        finally:
            stranger.kill()
            stranger.wait()

    def drills(self) -> list[Callable[[], None]]:
        whole = [
            self.first_start,
            self.busy_port,
            self.ctrl_c,
            self.second_start,
            self.kill_everything,
        ]
        if self.place.user is None:
            whole += [
                self.kill_the_web_alone,
                self.kill_the_database_alone,
                self.close_the_terminal,
                self.stale_pid_file,
            ]
        else:
            whole.append(self.missing_library)
        return [*whole, self.ctrl_c_at_last]

    def ctrl_c_at_last(self) -> None:
        self.run.press_ctrl_c()
        self.run.wait(STOP)
        assert self.place.is_quiet(1), self.place.processes()

    def missing_library(self) -> None:
        """For the ordinary user: one line that says what to install."""
        library = library_path("libharfbuzz-subset.so.0")
        hide = [
            "unshare",
            "--mount",
            "--",
            "sh",
            "-c",
            f'mount --bind /dev/null {library} && exec "$@"',
            "sh",
        ]
        done = subprocess.run(
            [*hide, *self.place.command("make", "run", "PORT=1024")],
            cwd=self.place.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        lines = [
            line
            for line in (done.stdout + done.stderr).splitlines()
            if not line.startswith("make: ***")
        ]
        assert lines == ["Missing on this machine: sudo apt-get install -y libharfbuzz-subset0"], (
            lines
        )


def library_path(name: str) -> str:
    shown = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True
    ).stdout
    path = next(
        line.split("=>")[1].strip() for line in shown.splitlines() if line.split()[:1] == [name]
    )
    return str(Path(path).resolve())


def free_port() -> int:
    """A port whose follower is free as well, so that the advice about a busy one holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def day_of_root(root: Path) -> list[Result]:
    """As whoever runs the drills, which in CI is root."""
    who = "root" if os.geteuid() == 0 else "ordinary user"
    return hold(Day(Place(root / "Жардам ишке" / "папка проекта", free_port())), who)


def day_of_a_user(root: Path) -> list[Result]:
    """As an ordinary user, made for the occasion."""
    home = root / "үй жумушу"
    subprocess.run(["userdel", USER], capture_output=True, check=False)
    subprocess.run(["useradd", "--no-create-home", "--home-dir", home, USER], check=True)
    home.mkdir()
    shutil.chown(home, USER, USER)
    try:
        return hold(Day(Place(home / "Жардам көчүрмө", free_port(), USER)), "ordinary user")
    finally:
        subprocess.run(["userdel", USER], capture_output=True, check=False)


def hold(day: Day, who: str) -> list[Result]:
    """All drills of a day; after a failed one the rest have nothing to stand on, and fail with it."""
    results: list[Result] = []
    broken = ""
    try:
        for drill in day.drills():
            name, began = f"{drill.__name__} as {who}", time.monotonic()
            if not broken:
                try:
                    drill()
                except Exception as error:  # a drill may fail in any way, and others still count
                    broken = f"{type(error).__name__}: {error}"
                    print(day.run.output if day.run else "", flush=True)
            taken = time.monotonic() - began
            results.append((name, taken, broken))
            verdict = "FAILED" if broken else "passed"
            print(f"{verdict}  {name}  {taken:.1f} s  {broken}", flush=True)
    finally:
        day.place.remove()
    return results


def write_report(path: Path, results: list[Result]) -> None:
    suite = xml.Element("testsuite", name="drills", tests=str(len(results)))
    for name, seconds, trouble in results:
        case = xml.SubElement(suite, "testcase", classname="drills", name=name)
        case.set("time", f"{seconds:.1f}")
        if trouble:
            xml.SubElement(case, "failure").text = trouble
    xml.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--junitxml", type=Path)
    wanted = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="drills-"))
    root.chmod(0o755)
    days = [day_of_root, day_of_a_user] if os.geteuid() == 0 else [day_of_root]
    try:
        with concurrent.futures.ProcessPoolExecutor(len(days)) as pool:
            held = [pool.submit(day, root) for day in days]
            results = [result for day in held for result in day.result()]
    finally:
        shutil.rmtree(root, ignore_errors=True)
    if wanted.junitxml:
        write_report(wanted.junitxml, results)
    return 1 if any(trouble for _name, _seconds, trouble in results) else 0


if __name__ == "__main__":
    sys.exit(main())
