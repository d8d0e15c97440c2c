"""What `make run`, `make test`, `make check` and `make lock` do once the environment is there.

And `python -m config.launch.commands tool pg_dump …`: a program of the embedded PostgreSQL, on this checkout's database.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from config.launch import database, serve, server, system
from config.launch.cluster import OWNER, PROJECT
from config.launch.trouble import Trouble, exit_code_of

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("djlint", "templates", "--lint", "--quiet"),
)
LOCKS = {"base": (), "trial": ("trial",), "dev": ("trial", "dev")}


def run(_words: list[str]) -> int:
    return serve.serve(system.port())


def test(words: list[str]) -> int:
    """The whole suite, or what `words` name; the embedded database has stopped when it returns."""
    if database.from_environment() is None:
        database.TEST.ensure_running()
    try:
        return _python("pytest", "-n", "2", "--dist", "worksteal", *words)
    finally:
        database.TEST.release(wait=True)


def check(_words: list[str]) -> int:
    failed = [check[0] for check in CHECKS if _python(*check) != 0]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def lock(_words: list[str]) -> int:
    """Pin all requirements anew. The files must hold no address and no machine's path, hence the bare output."""
    if shutil.which("uv") is None:
        raise Trouble("make lock needs uv: pip install uv")
    for name, extras in LOCKS.items():
        command = [
            "uv",
            "pip",
            "compile",
            "pyproject.toml",
            "--universal",
            "--generate-hashes",
            "--quiet",
        ]
        command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
        command += ["--python-version", "3.11", "--output-file", f"requirements/{name}.txt"]
        command += [word for extra in extras for word in ("--extra", extra)]
        if (
            subprocess.run(command, cwd=PROJECT, stdout=subprocess.DEVNULL, check=False).returncode
            != 0
        ):
            return 1
    return 0


def tool(words: list[str]) -> int:
    """psql, pg_dump, pg_restore …: connected to the embedded database, which runs meanwhile."""
    programs = sorted(path.name for path in server.binaries().iterdir())
    if not words or words[0] not in programs:
        raise Trouble(f"Name one of: {', '.join(programs)}.")
    try:
        host = str(database.RUN.ensure_running())
        environment = {**os.environ, "PGHOST": host, "PGUSER": OWNER, "PGDATABASE": OWNER}
        program = [str(server.binaries() / words[0]), *words[1:]]
        return subprocess.run(program, env=environment, check=False).returncode
    finally:
        database.RUN.release(wait=True)


def _python(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", *words], cwd=PROJECT, check=False).returncode


COMMANDS = {"run": run, "test": test, "check": check, "lock": lock, "tool": tool}


def main(words: list[str]) -> int:
    return COMMANDS[words[0]](words[1:])


if __name__ == "__main__":
    sys.exit(exit_code_of(lambda: main(sys.argv[1:])))
