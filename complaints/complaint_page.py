"""What a complaint's page shows: clocks, what may be done next, its parts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.models import Case
from core import clock
from core.workdays import Calendar, days_left
from offices.models import User
from offices.working_calendar import working_calendar

from . import permissions as may
from .enums import AnswerStatus, ComplaintState, Finding, Particular
from .leadership import stand_ins_for
from .models import Complaint, ComplaintLink

STATE_KINDS: dict[str, str] = {
    ComplaintState.RECEIVED: "soon",
    ComplaintState.INCOMPLETE: "calm",
    ComplaintState.REGISTERED: "mine",
    ComplaintState.CONSIDERED: "mine",
    ComplaintState.ANSWERED: "in-time",
    ComplaintState.WITHDRAWN: "calm",
    ComplaintState.PASSED_ON: "calm",
}
FINDING_KINDS: dict[str, str] = {
    Finding.UPHELD: "late",
    Finding.PARTLY: "soon",
    Finding.NOT_UPHELD: "in-time",
    Finding.BEYOND: "calm",
}
# A registration is "soon" from the afternoon of its last day.
AFTERNOON = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Clock:
    """The arguments of the clock component (core.templatetags.clocks)."""

    label: str
    due: dt.date
    days_left: int
    amber: dt.date | dt.datetime | None
    started: dt.date | dt.datetime | None
    stopped: dt.date | dt.datetime | None
    is_provisional: bool


def registration_clock_of(complaint: Complaint, calendar: Calendar) -> Clock:
    """Stopped by registration, or by the book that keeps an incomplete paper."""
    due = complaint.registration_due_on
    return Clock(
        _("Registration"),
        due,
        days_left(clock.today(), due, calendar),
        clock.midnight(due) + AFTERNOON,
        complaint.received_at,
        complaint.registered_on or complaint.kept_at,
        complaint.registration_is_provisional,
    )


def answer_clock_of(complaint: Complaint, calendar: Calendar) -> Clock | None:
    """None before registration."""
    if complaint.answer_due_on is None or complaint.state == ComplaintState.PASSED_ON:
        return None
    answer = may.answer_of(complaint)
    sent = answer.sent_on if answer else None
    return Clock(
        _("Answer"),
        complaint.answer_due_on,
        days_left(clock.today(), complaint.answer_due_on, calendar),
        complaint.answer_soon_on,
        complaint.registered_on,
        sent or complaint.withdrawn_on,
        complaint.answer_is_provisional,
    )


def clock_of(complaint: Complaint, calendar: Calendar) -> Clock | None:
    """The one clock that counts now, for a line of a list; none where it is finished."""
    if complaint.waits_for_registration:
        return registration_clock_of(complaint, calendar)
    return answer_clock_of(complaint, calendar) if complaint.is_open else None


def clocks_of(complaint: Complaint) -> list[Clock]:
    calendar = working_calendar()
    found = [registration_clock_of(complaint, calendar), answer_clock_of(complaint, calendar)]
    return [one for one in found if one is not None]


def missing_in_words(complaint: Complaint) -> str:
    return ", ".join(str(Particular(name).label) for name in complaint.missing)


def page_of(complaint: Complaint, user: User) -> dict[str, Any]:
    """Everything that the page of a complaint is given."""
    answer = may.answer_of(complaint)
    points = complaint.points.prefetch_related("files__file")
    forwardings = list(complaint.forwardings.select_related("office", "acknowledged_by"))
    for forwarding in forwardings:
        forwarding.complaint = complaint
    measures = list(complaint.measures.select_related("checked_by"))
    return {
        **strip_of(complaint),
        "answer": answer,
        "missing": missing_in_words(complaint),
        "points": [(point, FINDING_KINDS.get(point.finding, "")) for point in points],
        "forwardings": [(f, may.can_acknowledge_forwarding(user, f)) for f in forwardings],
        "turns": complaint.turns.select_related("person", "set_by"),
        "explanations": complaint.explanations.select_related("person", "asked_by"),
        "measures": [(m, _may_check(user, m, complaint)) for m in measures],
        "appeals": complaint.appeals.select_related("recorded_by"),
        "links": links_of(complaint, user),
        "case": complaint.case,
        "opens_case": _opens_case(complaint, user),
        "conflicts": complaint.conflicts.filter(ended_at=None).select_related("user"),
        "may": what_may_be_done(complaint, user),
        "today": clock.today(),
    }


def strip_of(complaint: Complaint) -> dict[str, Any]:
    """The head of every page of a complaint."""
    return {
        "complaint": complaint,
        "clocks": clocks_of(complaint),
        "state_kind": STATE_KINDS[complaint.state],
        "stands_in": _stands_in(complaint),
    }


def _stands_in(complaint: Complaint) -> str:
    """Who does the work while the considering person is away; empty otherwise."""
    person = complaint.considered_by
    if person is None or not complaint.is_open:
        return ""
    return stand_ins_for([person]).get(person.pk, "")


def what_may_be_done(complaint: Complaint, user: User) -> dict[str, bool]:
    answer = may.answer_of(complaint)
    return {
        "register": may.can_register_complaint(user, complaint),
        "set": may.can_set_considering(user, complaint),
        "consider": may.can_consider_complaint(user, complaint),
        "ask": may.can_ask_explanation(user, complaint),
        "approve": may.can_approve_answer(user, complaint),
        "send_back": may.can_return_answer(user, complaint),
        "sign": may.can_sign_answer(user, complaint),
        "send": may.can_send_answer(user, complaint),
        "preview": answer is not None and answer.status != AnswerStatus.SENT,
        "appeal": may.can_record_appeal(user, complaint),
        "withdraw": may.can_withdraw_complaint(user, complaint),
        "link": may.can_link_complaints(user, complaint),
        "note_case": may.can_note_case(user, complaint),
        "danger": may.can_tell_danger(user, complaint),
        "receipt": may.can_issue_receipt(user, complaint),
        "city_hall": may.can_record_city_hall(user, complaint),
    }


def links_of(complaint: Complaint, user: User) -> list[tuple[Complaint, str]]:
    """The joined complaints that the reader may see."""
    pairs = ComplaintLink.objects.filter(Q(one=complaint) | Q(other=complaint))
    kinds = {
        pair.other_id if pair.one_id == complaint.pk else pair.one_id: pair.get_kind_display()
        for pair in pairs
    }
    if not kinds:
        return []
    seen = Complaint.objects.visible_to(user).filter(pk__in=kinds)
    return [(other, kinds[other.pk]) for other in seen]


def _may_check(user: User, measure: Any, complaint: Complaint) -> bool:
    measure.complaint = complaint
    return may.can_check_measure(user, measure)


def _opens_case(complaint: Complaint, user: User) -> bool:
    """Its number is shown to who sees the complaint, the way into it only to who may see the case."""
    if complaint.case_id is None:
        return False
    return Case.objects.visible_to(user).filter(pk=complaint.case_id).exists()
