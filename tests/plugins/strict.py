"""What must not pass unseen: a template variable that nobody gave."""

import threading

import pytest
from django.conf import settings
from django.template.base import FilterExpression, Variable, VariableDoesNotExist

# Templates of libraries lean on Django's silence; ours may not.
_OURS = str(settings.BASE_DIR / "templates")
_FORGIVING = {"default", "default_if_none"}
_missing = threading.local()


class UndefinedInTemplate(AssertionError):
    pass


def _remembering(resolve):
    def resolve_variable(self, context):
        try:
            return resolve(self, context)
        except VariableDoesNotExist:
            _missing.variable = self
            raise

    return resolve_variable


def _complaining(resolve):
    def resolve_expression(self, context, ignore_failures=False):
        if not self.is_var:
            return resolve(self, context, ignore_failures)
        _missing.variable = None
        value = resolve(self, context, ignore_failures)
        if _missing.variable is not self.var:
            return value
        forgiven = ignore_failures or any(f.__name__ in _FORGIVING for f, _ in self.filters[:1])
        if not forgiven:
            template = context.render_context.template
            if template and str(template.origin.name).startswith(_OURS):
                raise UndefinedInTemplate(f"{template.name}: {{{{ {self.token} }}}}")
        return value

    return resolve_expression


@pytest.fixture(autouse=True)
def _strict_templates(monkeypatch):
    """An undefined variable that one of our templates prints fails the test; ``{% if missing %}`` and ``|default`` may ask."""
    monkeypatch.setattr(Variable, "resolve", _remembering(Variable.resolve))
    monkeypatch.setattr(FilterExpression, "resolve", _complaining(FilterExpression.resolve))
