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


class SignalChannel(models.TextChoices):
    """How a danger was signalled. Only a call to the trust line has the hour of clause 7."""

    PHONE = "phone", _("Trust line")
    COMPLAINT = "complaint", _("A complaint")
    LETTER = "letter", _("A letter")
    OTHER = "other", pgettext_lazy("signal", "In another way")


class CallNature(models.TextChoices):
    """A silent call may be a child: blank ones are kept, counted apart and looked through."""

    REAL = "real", pgettext_lazy("call", "Real")
    BLANK = "blank", pgettext_lazy("call", "Silent")
    PRANK = "prank", pgettext_lazy("call", "Prank")


class CallerKind(models.TextChoices):
    """Who calls, as the report of the national trust line tells callers apart; unknown is an answer."""

    UNKNOWN = "unknown", pgettext_lazy("caller", "Anonymous, unknown")
    WOMAN = "woman", pgettext_lazy("caller", "Woman")
    MAN = "man", pgettext_lazy("caller", "Man")
    GIRL = "girl", pgettext_lazy("caller", "Girl")
    BOY = "boy", pgettext_lazy("caller", "Boy")


class CallOutcome(models.TextChoices):
    CONSULTATION = "consultation", _("Consultation given")
    PASSED = "passed", pgettext_lazy("call", "Passed on")
    VISIT = "visit", _("Visited, with findings")
    NOTHING_FOUND = "nothing_found", pgettext_lazy("call", "Visited, nothing found")


class PassedTo(models.TextChoices):
    OFFICE = "office", _("Another office")
    POLICE = "police", _("Police (102)")
    AMBULANCE = "ambulance", _("Ambulance (103)")
    OTHER = "other", pgettext_lazy("passed", "Somebody else")


class Companion(models.TextChoices):
    """Who is asked to come along."""

    POLICE = "police", _("Police (102)")
    AMBULANCE = "ambulance", _("Ambulance (103)")
    OTHER = "other", pgettext_lazy("passed", "Somebody else")


class AlarmChannel(models.TextChoices):
    PAGE = "page", _("Notice in the product")
    EMAIL = "email", _("E-mail")
    SMS = "sms", pgettext_lazy("channel", "SMS")


class ApplicationStatus(models.TextChoices):
    """How far an application is. Refusal has one way only: proposed by one, confirmed by another (clause 16)."""

    REGISTERED = "registered", pgettext_lazy("application", "Registered")
    RETURNED = "returned", pgettext_lazy("application", "Refusal returned, to decide anew")
    ELIGIBLE = "eligible", pgettext_lazy("application", "Eligible, the case is to be opened")
    PROPOSED = "proposed", pgettext_lazy("application", "Refusal proposed")
    OPENED = "opened", pgettext_lazy("application", "Eligible, the case is open")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn by the applicant")


class AgeBand(models.TextChoices):
    """As coarse as a check for discrimination by age needs (clause 14)."""

    UNDER_18 = "under_18", _("Under 18")
    FROM_18 = "18_29", _("18–29")
    FROM_30 = "30_44", _("30–44")
    FROM_45 = "45_59", _("45–59")
    FROM_60 = "60", _("60 and older")


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
