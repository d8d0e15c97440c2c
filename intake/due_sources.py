"""Planned visits of cases, for the register of dates (casework.tasks). My day says those of today itself."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate, TruncTime
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.tasks import Due, Source, as_due, register_source
from offices.models import User

from .enums import VisitOutcome
from .models import Visit


def register() -> None:
    register_source(
        Source("visit", visits_due, visit_words, visit_url, has_own_lines=True, kind=visit_words)
    )


def visits_due(user: User) -> QuerySet[Any]:
    """For each who goes, in each case that it is about."""
    rows = Visit.objects.visible_to(user).filter(outcome=VisitOutcome.PLANNED)
    return as_due(
        rows.exclude(children=None),
        "visit",
        on=TruncDate("planned_at"),
        at=TruncTime("planned_at"),
        who="staff",
        case="children__case",
    )


def visit_words(due: Due) -> str:
    if due.is_late:
        return _("Was this visit made? Write it up, or call it off")
    return _("A visit to make")


def visit_url(due: Due) -> str:
    return reverse("visits:visit", args=[due.pk])
