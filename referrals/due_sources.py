"""Replies that are due to outgoing referrals, for the register of dates (casework.tasks). My day says them itself."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.tasks import Due, Source, as_due, register_source
from offices.models import User

from .models import OutgoingReferral


def register() -> None:
    for code, rows in (("reply", replies_due), ("reply_of_case", replies_due_in_cases)):
        register_source(
            Source(code, rows, reply_words, reply_url, has_own_lines=True, kind=reply_words)
        )


def replies_due(user: User) -> QuerySet[Any]:
    """For whoever asked for the referral."""
    return _replies(user, "reply", "requested_by")


def replies_due_in_cases(user: User) -> QuerySet[Any]:
    """The same for who answers for the case."""
    return _replies(user, "reply_of_case", "case__responsible")


def _replies(user: User, source: str, who: str) -> QuerySet[Any]:
    rows = OutgoingReferral.objects.visible_to(user).awaiting_reply()
    return as_due(rows.exclude(reply_due_on=None), source, on="reply_due_on", who=who)


def reply_words(due: Due) -> str:
    if due.is_late:
        return _("A reply to an outgoing referral is overdue")
    return _("A reply to an outgoing referral is due")


def reply_url(due: Due) -> str:
    return reverse("referrals:outgoing_referral", args=[due.pk])
