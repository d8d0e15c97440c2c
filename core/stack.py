"""Room on the interpreter's own stack.

CPython lays the frames of Python's functions into pieces of 16 KB, asks the operating system for another piece when one
is full and gives it back as soon as the call returns. A request is a hundred calls deep: whatever it repeats across such
an edge pays two system calls and four page faults each time (some six hundred of each in an ordinary page, a sixth of
its time). A frame that asks for much at once gets a large piece, and what it calls finds its place in the rest of it.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

_WORDS = 70_000
"""What the frame asks for, of 8 bytes each; the piece is the next power of two, and is touched only where it is used."""

P = ParamSpec("P")
T = TypeVar("T")


def in_room(call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``call``; the frames of all that it calls lie side by side."""
    return call(*args, **kwargs)


in_room.__code__ = in_room.__code__.replace(co_stacksize=_WORDS)
