"""The fixed vocabularies of legal and social help: accompaniments, orders, drafted documents, statements, tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enums import EpisodeKind


class AccompanimentKind(models.TextChoices):
    """Clause 5: in court, and in medical, education and social-development organisations."""

    COURT = "court", _("Accompaniment in court")
    MEDICAL = "medical", _("To a medical organisation")
    EDUCATION = "education", _("To an education organisation")
    SOCIAL = "social", _("To a social-development organisation")


KINDS_OF = {
    EpisodeKind.LEGAL: (AccompanimentKind.COURT,),
    EpisodeKind.SOCIAL: (
        AccompanimentKind.MEDICAL,
        AccompanimentKind.EDUCATION,
        AccompanimentKind.SOCIAL,
    ),
}


class AccompanimentStatus(models.TextChoices):
    """A hearing that was put off has not been held; the other two are clause 5's result."""

    PLANNED = "planned", pgettext_lazy("accompaniment", "Planned")
    HELD = "held", pgettext_lazy("accompaniment", "Held")
    PUT_OFF = "put_off", pgettext_lazy("accompaniment", "Put off")
    DECIDED = "decided", pgettext_lazy("accompaniment", "Decided")
    CANCELLED = "cancelled", pgettext_lazy("accompaniment", "Called off")


# What went on: what stands on a statement. And what counts as the result of clause 5.
RECORDED = (AccompanimentStatus.HELD, AccompanimentStatus.PUT_OFF, AccompanimentStatus.DECIDED)
RESULTS = (AccompanimentStatus.HELD, AccompanimentStatus.DECIDED)


class CourtRole(models.TextChoices):
    """As what the lawyer stands beside the family in court."""

    REPRESENTATIVE = "representative", pgettext_lazy("court role", "Representative")
    SUPPORT = "support", pgettext_lazy("court role", "Support person")
    GUARDIANSHIP = "guardianship", pgettext_lazy("court role", "For the guardianship authority")
    OBSERVER = "observer", pgettext_lazy("court role", "Present without a role")


class DraftedKind(models.TextChoices):
    """What a lawyer drafts for a family."""

    CLAIM = "claim", _("Statement of claim")
    APPLICATION = "application", pgettext_lazy("drafted", "Application")
    PETITION = "petition", pgettext_lazy("drafted", "Petition")
    COMPLAINT = "complaint", pgettext_lazy("drafted", "Complaint")
    OBJECTION = "objection", pgettext_lazy("drafted", "Objection")
    POWER = "power", _("Power of attorney")
    AGREEMENT = "agreement", pgettext_lazy("drafted", "Agreement")
    LETTER = "letter", pgettext_lazy("drafted", "Letter, request")
    OTHER = "other", pgettext_lazy("drafted", "Other document")


class StatementStatus(models.TextChoices):
    SIGNED = "signed", pgettext_lazy("statement", "Signed, waits for the head")
    RETURNED = "returned", pgettext_lazy("statement", "Returned")
    ISSUED = "issued", pgettext_lazy("statement", "Issued")


class TaskStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "To be done")
    DONE = "done", pgettext_lazy("task", "Done")
    CANCELLED = "cancelled", pgettext_lazy("task", "Not needed any more")
