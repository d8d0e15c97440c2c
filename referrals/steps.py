"""How an outgoing referral went, step by step."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from .enums import OutgoingStatus
from .models import OutgoingReferral


def steps_of(referral: OutgoingReferral) -> list[dict[str, Any]]:
    """The timeline's entries, the newest first."""
    declined = referral.status == OutgoingStatus.DECLINED
    decided = _("Not released") if declined else _("Released by the head")
    found = [
        _step(referral.requested_at, _("Asked for"), referral.requested_by),
        _step(referral.decided_at, decided, referral.decided_by, referral.decision_reason),
        _step(referral.sent_on, _("Sent"), referral.sent_by, referral.get_sent_how_display()),
        _step(referral.replied_on, _("The reply came"), referral.reply_by),
        _step(referral.closed_on, _("Ended without a reply"), None, referral.closed_reason),
    ]
    return [step for step in reversed(found) if step["at"]]


def _step(at: Any, title: str, by: Any, text: Any = "") -> dict[str, Any]:
    return {
        "at": at,
        "is_day": not isinstance(at, dt.datetime),
        "title": title,
        "by": by or "",
        "text": str(text),
        "icon": "",
        "url": "",
    }
