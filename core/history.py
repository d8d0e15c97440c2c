"""History of records by django-simple-history, on the product's own clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import models
from simple_history.manager import HistoryManager
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


class _OneClassManager(HistoryManager):
    """Upstream makes a class of managers anew whenever a record's history is asked for, and at each save: here once."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class HistoricalRecords(UpstreamRecords):
    """A record's history: who and when, by ``core.clock``, so that moved time moves it too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("history_manager", _OneClassManager)
        super().__init__(*args, **kwargs)

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
