"""What the machine has to bring: Python's venv, the libraries that print papers, a browser for the browser tests.

Standard library only: it runs before anything is installed. As root what is missing is installed with apt-get;
otherwise one line says what to type.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys

from config.launch.trouble import Trouble

OLDEST_PYTHON = (3, 11)
# Debian's Chromium, first without the parts that draw for a screen: a third less work for the processor.
CHROMIUMS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")

# What WeasyPrint opens at run time, and the Debian package that brings it.
LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def require_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:2])
        raise Trouble(
            f"Python 3.11 or newer is needed, this is {found}: make PYTHON=/path/to/a/newer/python3 …"
        )


def require_packages() -> None:
    """Have what the environment and the papers need. Raises Trouble where it may not be installed from here."""
    missing = missing_packages()
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Trouble(f"Missing on this machine: sudo apt-get install -y {' '.join(missing)}")
    install(missing)
    importlib.invalidate_caches()
    still = missing_packages()
    if still:
        raise Trouble(
            f"apt-get did not bring {' '.join(still)}: install them by hand, then try again."
        )


def missing_packages() -> list[str]:
    missing = [package for library, package in LIBRARIES.items() if not _opens(library)]
    if not _has_venv():
        version = ".".join(str(part) for part in sys.version_info[:2])
        missing.append(
            "python3-venv" if sys.executable == "/usr/bin/python3" else f"python{version}-venv"
        )
    return missing


def install(packages: list[str]) -> None:
    """apt-get, without questions. Raises Trouble with its last words when it fails."""
    print(f"Installing {' '.join(packages)} …", flush=True)
    _apt_get("update")
    _apt_get("install", "-y", "--no-install-recommends", *packages)


def chromium() -> str | None:
    """The browser for the browser tests: CHROMIUM if set, else Debian's, None when there is none."""
    named = os.environ.get("CHROMIUM")
    paths = CHROMIUMS if named is None else (named,)
    return next((path for path in paths if os.access(path, os.X_OK)), None)


def port() -> int:
    """Where to serve: PORT, or 8000."""
    words = os.environ.get("PORT") or "8000"
    if not words.isdigit() or not 0 < int(words) < 65536:
        raise Trouble(
            f"PORT={words} is no port: choose a number from 1024 to 65535, make run PORT=8001"
        )
    return int(words)


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        # As the web server does it: connections that are just ending are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Trouble(
                f"Port {port} is not allowed to this user: choose one above 1023, make run PORT=8001"
            ) from None
        except OSError:
            raise Trouble(
                f"Port {port} is busy: stop what uses it, or choose another, make run PORT={port + 1}"
            ) from None


def _apt_get(*words: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", *words]
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        words_of_apt = " ".join(done.stderr.split())[-300:]
        raise Trouble(f"{' '.join(command)} failed: {words_of_apt}")


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_venv() -> bool:
    return all(importlib.util.find_spec(module) is not None for module in ("venv", "ensurepip"))
