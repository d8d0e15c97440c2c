"""`python3 -m config.launch run|test|check|lock`: what make calls, with the system's Python.

Prepares the machine and .venv, then hands over to config.launch.commands inside .venv.
"""

from __future__ import annotations

import os
import sys

from config.launch import environment, system
from config.launch.trouble import Trouble, exit_code_of

LOCKS = {"run": "trial", "test": "dev", "check": "dev", "lock": "dev"}


def main(words: list[str]) -> int:
    system.require_python()
    if not words or words[0] not in LOCKS:
        raise Trouble(f"Say one of: {', '.join(LOCKS)}.")
    if words[0] == "run":
        system.require_free_port(system.port())
    system.require_packages()
    environment.prepare(LOCKS[words[0]])
    sys.stdout.flush()
    os.chdir(environment.PROJECT)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "config.launch.commands", *words])


if __name__ == "__main__":
    sys.exit(exit_code_of(lambda: main(sys.argv[1:])))
