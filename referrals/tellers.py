"""What referrals tell to the timeline of a case and of a child."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.happenings import Asked, Happening, on_day, register_teller
from offices.models import User

from .enums import FeedbackStatus, OutgoingStatus
from .models import Feedback, IncomingReferral, OutgoingReferral


def register() -> None:
    for teller in (of_incoming, of_feedback, of_outgoing):
        register_teller("referral", gettext_lazy("Referrals"), teller)


def of_incoming(user: User, asked: Asked) -> Iterator[Happening]:
    """By what the family was referred. It is the case's, never one child's."""
    if asked.person is not None:
        return
    rows = IncomingReferral.objects.visible_to(user).filter(case__in=asked.cases)
    for row in rows.select_related("organisation", "registered_by"):
        said = _("Referral came: %(number)s") % {"number": row.number}
        url, by = row.get_absolute_url(), row.registered_by.short_name
        yield Happening(row.registered_at, said, url, by, row.sender, "referral")


def of_feedback(user: User, asked: Asked) -> Iterator[Happening]:
    """What whoever referred was told."""
    if asked.person is not None:
        return
    rows = Feedback.objects.visible_to(user).filter(referral__case__in=asked.cases)
    for row in rows.filter(status=FeedbackStatus.SENT).select_related("referral", "sent_by"):
        if row.sent_on:
            said = _("Whoever referred was answered: %(what)s") % {
                "what": row.get_outcome_display()
            }
            by = row.sent_by.short_name if row.sent_by else ""
            at, url = on_day(row.sent_on), row.get_absolute_url()
            yield Happening(at, said, url, by, icon="referral", has_hour=False)


def of_outgoing(user: User, asked: Asked) -> Iterator[Happening]:
    """Asked for, declined, sent, answered, ended without a reply."""
    rows = OutgoingReferral.objects.visible_to(user).filter(case__in=asked.cases)
    if asked.person is not None:
        rows = rows.filter(people=asked.person)
    people = ("organisation", "requested_by", "decided_by", "sent_by", "reply_by")
    for row in rows.select_related(*people):
        asks = _("Referral to another body asked for")
        url, by = row.get_absolute_url(), row.requested_by.short_name
        yield Happening(row.requested_at, asks, url, by, row.to_whom, "referral")
        if row.status == OutgoingStatus.DECLINED and row.decided_at:
            by, why = _by(row.decided_by), row.decision_reason
            yield Happening(row.decided_at, _("The referral was not released"), url, by, why)
        yield from _sent(row, url)


def _sent(row: OutgoingReferral, url: str) -> Iterator[Happening]:
    number = {"number": row.number}
    if row.sent_on:
        said, by = _("Referral sent: %(number)s") % number, _by(row.sent_by)
        yield Happening(on_day(row.sent_on), said, url, by, row.to_whom, "referral", has_hour=False)
    if row.replied_on:
        said, by = _("Reply to the referral %(number)s") % number, _by(row.reply_by)
        text = " · ".join(part for part in (row.get_result_display(), row.reply_text) if part)
        yield Happening(on_day(row.replied_on), said, url, by, text, "referral", has_hour=False)
    if row.closed_on:
        said, why = _("Referral ended without a reply: %(number)s") % number, row.closed_reason
        yield Happening(on_day(row.closed_on), said, url, text=why, has_hour=False)


def _by(user: User | None) -> str:
    return user.short_name if user is not None else ""
