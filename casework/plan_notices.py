"""What is told of assessments and plans, in words that stand before the number of the case."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

PLAN_NOTICES = {
    "assessment_finished": _("An assessment is finished and waits for your word"),
    "assessment_approved": _("The head approved an assessment"),
    "assessment_returned": _("The head returned an assessment: read why and correct it"),
    "plan_submitted": _("A plan waits for your approval"),
    "plan_returned": _("A plan came back: read why and mend it"),
    "plan_approved": _("The head approved a plan"),
    "plan_agreed": _("The Commission agreed to a plan"),
}


def register_kinds() -> None:
    for kind, words in PLAN_NOTICES.items():
        register_kind(kind, words)
