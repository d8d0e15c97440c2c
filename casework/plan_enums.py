"""The fixed vocabularies of assessments and plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Deadline(models.TextChoices):
    """What a case is due to have by an office's own setting; none of it is law."""

    INITIAL = "initial", _("Initial assessment")
    COMPREHENSIVE = "comprehensive", _("Comprehensive assessment")
    PLAN = "plan", _("Plan")


class AssessmentKind(models.TextChoices):
    INITIAL = "initial", _("Initial assessment")
    COMPREHENSIVE = "comprehensive", _("Comprehensive assessment")


class AssessmentStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("assessment", "Draft")
    FINISHED = "finished", pgettext_lazy("assessment", "Finished, waits for the head")
    RETURNED = "returned", pgettext_lazy("assessment", "Returned")
    APPROVED = "approved", pgettext_lazy("assessment", "Approved")


class Danger(models.TextChoices):
    """Whether a child is in danger now."""

    YES = "yes", pgettext_lazy("danger", "Yes")
    NO = "no", pgettext_lazy("danger", "No")
    UNKNOWN = "unknown", pgettext_lazy("danger", "Not known")


class Heard(models.TextChoices):
    """Whether the child was seen and heard alone."""

    YES = "yes", pgettext_lazy("heard", "Yes, seen and heard alone")
    SEEN = "seen", pgettext_lazy("heard", "Seen, but not heard alone")
    NO = "no", pgettext_lazy("heard", "Not seen")
    UNKNOWN = "unknown", pgettext_lazy("heard", "Not said")


class Score(models.IntegerChoices):
    """How things stand in one domain; no score at all is "not assessed"."""

    NONE = 0, pgettext_lazy("score", "No concern")
    SOME = 1, pgettext_lazy("score", "Some concern")
    SERIOUS = 2, pgettext_lazy("score", "Serious concern")
    SEVERE = 3, pgettext_lazy("score", "Harm, or danger of harm")


class PlanKind(models.TextChoices):
    FAMILY = "family", _("Family work plan")
    CHILD = "child", _("Child protection plan")


class PlanStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Waits for the head")
    APPROVED = "approved", pgettext_lazy("plan", "In force")
    REPLACED = "replaced", pgettext_lazy("plan", "Replaced by a newer version")
    DROPPED = "dropped", pgettext_lazy("plan", "Thrown away")


class ExecutorKind(models.TextChoices):
    """Who carries out a measure."""

    WORKER = "worker", _("Worker of the office or the Centre")
    ORGANISATION = "organisation", pgettext_lazy("executor", "Organisation")
    RELATIVE = "relative", pgettext_lazy("executor", "Somebody of the family")
    OTHER = "other", pgettext_lazy("executor", "Somebody else, in words")


class MeasureStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("measure", "Not begun")
    RUNNING = "running", pgettext_lazy("measure", "In progress")
    DONE = "done", pgettext_lazy("measure", "Done")
    DROPPED = "dropped", pgettext_lazy("measure", "Given up")
