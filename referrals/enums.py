"""The fixed vocabularies of referrals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FeedbackOutcome(models.TextChoices):
    """All that whoever referred is told."""

    RECEIVED = "received", pgettext_lazy("feedback", "Received")
    TAKEN_UP = "taken_up", pgettext_lazy("feedback", "Taken up")
    REFUSED = "refused", pgettext_lazy("feedback", "Not taken up")


class FeedbackStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("feedback", "Waits for the head")
    GRANTED = "granted", pgettext_lazy("feedback", "Released, not sent yet")
    SENT = "sent", pgettext_lazy("feedback", "Sent")
    DECLINED = "declined", pgettext_lazy("feedback", "Not released")


class OutgoingStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("outgoing referral", "Waits for the head")
    DECLINED = "declined", pgettext_lazy("outgoing referral", "Not released")
    RELEASED = "released", pgettext_lazy("outgoing referral", "Released, not sent yet")
    SENT = "sent", pgettext_lazy("outgoing referral", "Sent, the reply is awaited")
    REPLIED = "replied", pgettext_lazy("outgoing referral", "Replied")
    CLOSED = "closed", pgettext_lazy("outgoing referral", "Ended without a reply")


class SentHow(models.TextChoices):
    BY_HAND = "by_hand", _("By hand")
    COURIER = "courier", _("By messenger")
    POST = "post", _("By post")
    EMAIL = "email", _("By e-mail")
    OTHER = "other", pgettext_lazy("sending", "Otherwise")


class ReplyResult(models.TextChoices):
    """What came of an outgoing referral."""

    HELPED = "helped", pgettext_lazy("reply", "Help is given")
    PARTLY = "partly", pgettext_lazy("reply", "Help is given in part")
    DECLINED = "declined", pgettext_lazy("reply", "Help is declined")
    INFORMED = "informed", pgettext_lazy("reply", "Only information came")
