"""The words of keeping a case: handing it on, closing it, following up, bringing records together."""

from django.db import models
from django.utils.translation import pgettext_lazy


class OfferStatus(models.TextChoices):
    """Of a transfer to another office, and of a hand-over to a colleague."""

    OFFERED = "offered", pgettext_lazy("offer", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted")
    REFUSED = "refused", pgettext_lazy("offer", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Taken back")


class ClosingStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("closing", "Waiting for the head")
    APPROVED = "approved", pgettext_lazy("closing", "Approved")
    RETURNED = "returned", pgettext_lazy("closing", "Returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("closing", "Taken back")


class GoalsMet(models.TextChoices):
    YES = "yes", pgettext_lazy("goals", "Reached")
    PARTLY = "partly", pgettext_lazy("goals", "Partly reached")
    NO = "no", pgettext_lazy("goals", "Not reached")
    NONE = "none", pgettext_lazy("goals", "There was no plan")


class Answer(models.TextChoices):
    """An answer to one of the three questions of clause 14."""

    YES = "yes", pgettext_lazy("satisfaction", "Yes")
    PARTLY = "partly", pgettext_lazy("satisfaction", "Partly")
    NO = "no", pgettext_lazy("satisfaction", "No")


class FollowUpStatus(models.TextChoices):
    DUE = "due", pgettext_lazy("follow-up", "To be made")
    DONE = "done", pgettext_lazy("follow-up", "Made")
    DROPPED = "dropped", pgettext_lazy("follow-up", "Not needed, the case was reopened")


class Found(models.TextChoices):
    """What a follow-up found."""

    WELL = "well", pgettext_lazy("found", "The family manages")
    WATCH = "watch", pgettext_lazy("found", "There are difficulties, no danger")
    BAD = "bad", pgettext_lazy("found", "It is bad again, or there is danger")
    ABSENT = "absent", pgettext_lazy("found", "The family was not found")


class MergeStatus(models.TextChoices):
    """Of the word that two records are of one person."""

    PROPOSED = "proposed", pgettext_lazy("merge", "Waiting for the other head")
    AGREED = "agreed", pgettext_lazy("merge", "Brought together")
    REFUSED = "refused", pgettext_lazy("merge", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("merge", "Taken back")
    PARTED = "parted", pgettext_lazy("merge", "Parted again")


class Naming(models.TextChoices):
    """How a line of an access report says who read."""

    OFFICE = "office", pgettext_lazy("access report", "Position and office")
    POSITION = "position", pgettext_lazy("access report", "Position without the office")
