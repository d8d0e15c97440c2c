"""Each test runs as a request does: with room on the interpreter's stack."""

from functools import partial

import pytest

from core.stack import in_room


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    pyfuncitem.obj = partial(in_room, pyfuncitem.obj)
