"""The one way in which the launcher says that it cannot go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


class Trouble(Exception):
    """Something that a person has to mend; the text is one line that says what to do."""


def exit_code_of(work: Callable[[], int]) -> int | str:
    """What to give to sys.exit: the code that `work` returns, or the line that says why it could not."""
    try:
        return work()
    except Trouble as trouble:
        return str(trouble)
    except PermissionError as refused:
        project = Path(__file__).resolve().parents[2]
        return f"{refused.filename} belongs to somebody else: sudo chown -R $(id -u) '{project}'"
    except KeyboardInterrupt:
        return 130
