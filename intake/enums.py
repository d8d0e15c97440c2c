"""The fixed vocabularies of intake."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitorStatus(models.TextChoices):
    """Where a visitor of the reception stands."""

    WAITING = "waiting", pgettext_lazy("visitor", "Waiting")
    CALLED = "called", pgettext_lazy("visitor", "Called in")
    RUNNING = "running", pgettext_lazy("visitor", "Being received")
    ENDED = "ended", pgettext_lazy("visitor", "Received")
    LEFT = "left", pgettext_lazy("visitor", "Left")
    UNSERVED = "unserved", pgettext_lazy("visitor", "Not received that day")


class VisitorOutcome(models.TextChoices):
    """What a reception came to."""

    CONSULTATION = "consultation", _("Consultation given")
    INFORMATION = "information", _("Information given")
    APPLICATION = "application", _("An application is made")
    CASE = "case", _("About a case that is open")
    ELSEWHERE = "elsewhere", _("Sent to another body")


class VisitPurpose(models.TextChoices):
    SIGNAL = "signal", pgettext_lazy("visit", "To look into a report")
    ASSESSMENT = "assessment", pgettext_lazy("visit", "For an assessment")
    PLAN = "plan", pgettext_lazy("visit", "About the work plan")
    MONITORING = "monitoring", pgettext_lazy("visit", "To see how things go")
    OTHER = "other", pgettext_lazy("visit", "Another purpose")


class VisitOutcome(models.TextChoices):
    """How a visit went; not being let in, and nobody at home, are results like any other."""

    PLANNED = "planned", pgettext_lazy("visit", "Planned")
    MET = "met", pgettext_lazy("visit", "The family was met")
    NOT_LET_IN = "not_let_in", pgettext_lazy("visit", "Not let in")
    NOBODY_HOME = "nobody_home", pgettext_lazy("visit", "Nobody at home")
    NOT_FOUND = "not_found", pgettext_lazy("visit", "The family does not live there")
    CANCELLED = "cancelled", pgettext_lazy("visit", "Called off")


class Condition(models.TextChoices):
    """How one side of the living conditions was found."""

    GOOD = "good", pgettext_lazy("condition", "In order")
    POOR = "poor", pgettext_lazy("condition", "Wanting")
    BAD = "bad", pgettext_lazy("condition", "Bad")
    UNSEEN = "", pgettext_lazy("condition", "Not seen")
