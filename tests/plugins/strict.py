"""What must not pass unseen: a template variable that nobody gave."""

import sys

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression

# Templates of libraries lean on Django's silence; ours may not.
OURS = str(settings.BASE_DIR / "templates")
_FORGIVING = {"default", "default_if_none"}


class UndefinedInTemplate(AssertionError):
    pass


class _Complaint(str):
    """What Django prints for a missing variable: it asks this for its truth then, and only then, so that the rest costs nothing."""

    __slots__ = ()

    def __bool__(self):
        asked_by = sys._getframe(1).f_locals
        expression = asked_by.get("self")
        if isinstance(expression, FilterExpression):
            _complain(expression, asked_by["context"].render_context.template)
        return False


def _complain(expression, template):
    forgiven = any(f.__name__ in _FORGIVING for f, _ in expression.filters[:1])
    if template and not forgiven and str(template.origin.name).startswith(OURS):
        raise UndefinedInTemplate(f"{template.name}: {{{{ {expression.token} }}}}")


@pytest.fixture(autouse=True)
def _strict_templates(monkeypatch):
    """An undefined variable that one of our templates prints fails the test; ``{% if missing %}`` and ``|default`` may ask."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Complaint())
