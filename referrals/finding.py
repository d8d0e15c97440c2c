"""Referrals and answers by their number, for the one search box."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.search import MOST_SHOWN
from casework.search_rooms import FoundPaper
from offices.models import User

from .models import Feedback, IncomingReferral, OutgoingReferral


def referrals_numbered(condition: Q, user: User) -> list[FoundPaper]:
    """Incoming and outgoing referrals; an incoming one also by the number of the answer to it."""
    incoming = IncomingReferral.objects.visible_to(user)
    answers = Feedback.objects.visible_to(user).filter(condition)
    outgoing = OutgoingReferral.objects.visible_to(user).filter(condition)
    return [
        *(
            FoundPaper(found, found.number, found.get_absolute_url(), _("Incoming referral"))
            for found in incoming.filter(condition)[:MOST_SHOWN]
        ),
        *(
            FoundPaper(
                found.referral,
                found.number,
                found.get_absolute_url(),
                _("Answer to whoever referred"),
            )
            for found in answers.select_related("referral")[:MOST_SHOWN]
        ),
        *(
            FoundPaper(found, found.number, found.get_absolute_url(), _("Outgoing referral"))
            for found in outgoing[:MOST_SHOWN]
        ),
    ]
