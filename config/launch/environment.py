"""The project's own Python environment in .venv, made from a hashed lock. Standard library only."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from config.launch import locks
from config.launch.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / ".venv"
PYTHON = FOLDER / "bin" / "python"
_STAMP = FOLDER / "installed-lock"

# Each lock and those that contain all of it: an environment made from one of these serves as well.
ENOUGH = {"trial": ("trial", "dev"), "dev": ("dev",)}


def prepare(lock: str) -> None:
    """Have .venv with everything in requirements/<lock>.txt; does nothing when that is already so."""
    with locks.alone(_lock_file()):
        if not _is_installed(lock):
            _install(lock)


def _install(lock: str) -> None:
    print(
        f"Preparing the environment in .venv from requirements/{lock}.txt (the first time this takes minutes) …",
        flush=True,
    )
    if not _has_pip():
        _run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], "Making .venv failed")
    _STAMP.unlink(missing_ok=True)
    requirements = PROJECT / "requirements" / f"{lock}.txt"
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--root-user-action=ignore",
    ]
    _run([*command, "--require-hashes", "-r", str(requirements)], "Installing the packages failed")
    _STAMP.write_text(_digest(lock) + "\n", encoding="utf-8")


def _is_installed(lock: str) -> bool:
    if not PYTHON.exists() or not _STAMP.exists():
        return False
    installed = _STAMP.read_text(encoding="utf-8").strip()
    return installed in [_digest(name) for name in ENOUGH[lock]]


def _lock_file() -> Path:
    """One at a time: `make run` and `make test` may be started together."""
    folder = PROJECT / "var"
    folder.mkdir(exist_ok=True)
    return folder / "environment.lock"


def _digest(lock: str) -> str:
    return hashlib.sha256((PROJECT / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()


def _has_pip() -> bool:
    """Also False for an environment whose Python has gone from the machine, or that was half made."""
    try:
        done = subprocess.run(
            [str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _run(command: list[str], what: str) -> None:
    done = subprocess.run(
        command,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Trouble(f"{what}: {' '.join(lines[-2:]) if lines else 'no reason was given'}")
