"""What intake tells to the timeline: the application with which a case began, and the visits to the family.

Never of a call: who reported a family stays there.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.happenings import Asked, Happening, register_teller
from casework.models import Case
from offices.models import User

from .enums import VisitOutcome
from .models import Application, EligibilityDecision, Visit, VisitChild


def register() -> None:
    register_teller("application", gettext_lazy("Application"), of_applications)
    register_teller("visit", gettext_lazy("Visits"), of_visits)


def of_applications(user: User, asked: Asked) -> Iterator[Happening]:
    """Registered, and decided. It is the case's, never one child's."""
    if asked.person is not None:
        return
    read = Application.objects.content_visible_to(user).filter(case__in=asked.cases)
    for row in read.select_related("registered_by"):
        said = _("Application registered: %(number)s") % {"number": row.number}
        url, by = row.get_absolute_url(), row.registered_by.short_name
        yield Happening(row.registered_at, said, url, by, icon="intake")
    decided = EligibilityDecision.objects.filter(application__in=read)
    for step in decided.select_related("application", "decided_by"):
        said = _("Found eligible") if step.is_eligible else _("Refusal proposed")
        url, by = step.application.get_absolute_url(), step.decided_by.short_name
        yield Happening(step.decided_at, said, url, by, _said(step, "facts"), "intake")


def of_visits(user: User, asked: Asked) -> Iterator[Happening]:
    """Visits that were made or called off, with what was found; of a child also their own part, where it is read."""
    parts = VisitChild.objects.filter(case__in=asked.cases)
    if asked.person is not None:
        parts = parts.filter(person=asked.person)
    rows = Visit.objects.visible_to(user).filter(children__in=parts).distinct()
    own = _own_parts(user, asked)
    for visit in rows.exclude(outcome=VisitOutcome.PLANNED).prefetch_related("staff"):
        if visit.at is None:
            continue
        said = _("Visit: %(outcome)s") % {"outcome": visit.get_outcome_display()}
        by = ", ".join(person.short_name for person in visit.staff.all())
        told = [visit.cancelled_reason, _said(visit, "found"), own.get(visit.pk, "")]
        text = " · ".join(part for part in told if part)
        yield Happening(visit.at, said, visit.get_absolute_url(), by, text, "family")


def _own_parts(user: User, asked: Asked) -> dict[object, str]:
    """What visits say of the one child, by visit; a part is read with its own case, and by who made the visit."""
    if asked.person is None:
        return {}
    read = Q(case__in=Case.objects.full_visible_to(user)) | Q(visit__in=user.visits.all())
    parts = VisitChild.objects.filter(person=asked.person, case__in=asked.cases)
    return {part.visit_id: _said(part, "text") for part in parts.filter(read)}


def _said(row: object, field: str) -> str:
    """The words in the reader's language, else in the other one."""
    ky, ru = getattr(row, f"{field}_ky"), getattr(row, f"{field}_ru")
    first, second = (ru, ky) if get_language() == "ru" else (ky, ru)
    return str(first or second)
