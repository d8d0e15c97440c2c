"""History of records by django-simple-history, on the product's own clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords as UpstreamRecords

from . import clock

_actor: ContextVar[Any] = ContextVar("actor", default=None)


@contextmanager
def acting_as(user: Any) -> Iterator[None]:
    """Within the block, changes made outside a web request are put down to ``user``."""
    token = _actor.set(user)
    try:
        yield
    finally:
        _actor.reset(token)


class HistoricalRecords(UpstreamRecords):
    """A record's history: who and when, by ``core.clock``, so that moved time moves it too."""

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        if hasattr(instance, "_history_date"):
            super().create_historical_record(instance, history_type, using)
            return
        instance._history_date = clock.now()  # type: ignore[attr-defined]  # upstream's own hook
        try:
            super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date  # type: ignore[attr-defined]  # upstream's own hook

    def get_history_user(self, instance: models.Model) -> Any:
        return _actor.get() or super().get_history_user(instance)
