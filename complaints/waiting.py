"""What waits for somebody about complaints: to register, acknowledge, set, consider, approve, sign, send, check, explain."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting, saying
from offices.waiting_lines import Found, KeptLines, Lines, lines_kept

from .complaint_page import AFTERNOON
from .enums import OPEN_STATES, AnswerStatus, ComplaintState
from .models import Complaint, Explanation, Forwarding, Measure
from .models.querysets import ComplaintQuerySet
from .permissions import considers, leads

_LIST = "complaints:list"
SHOWN = 20
# Who may be asked to consider a complaint.
_CONSIDERING = (Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.REGISTRAR, Role.HEAD, Role.CITY_HEAD)  # fmt: skip


def complaints_waiting_for(user: User) -> Iterable[Waiting | KeptLines]:
    """At most four queries beside the common one; none for who only may be asked for an explanation."""
    own = standing(user)
    yield from _plain(user)
    if own.has(Role.HEAD, Role.CITY_HEAD):
        yield from _for_leaders(user)
    if own.has(*_CONSIDERING):
        yield from _to_check(user)


@lines_kept
def _plain(user: User) -> Iterable[Lines]:
    """What needs no look at the complaint itself."""
    own = standing(user)
    if not own.has():
        return
    if own.has(Role.REGISTRAR):
        kept = Complaint.objects.registered_by(user)
        received = kept.to_register()
        yield Lines(received, _to_register, at="received_at", number="number", detail="registration_due_on")  # fmt: skip
        signed = kept.filter(state=ComplaintState.CONSIDERED, answer__status=AnswerStatus.SIGNED)
        yield _answering(signed, _("A signed answer waits to be sent"), "send")
    if own.has(*_CONSIDERING):
        mine = Complaint.objects.considered_for(user).to_consider()
        unfinished = mine.filter(Q(answer=None) | Q(answer__submitted_at=None))
        yield _answering(unfinished, _("A complaint waits for you to consider it"), "complaint")
    asked = Explanation.objects.filter(person=user, given_at=None)
    words = _("The leadership asks you for an explanation")
    yield Lines(asked, saying(words, "complaints:explain"), at="asked_at", number="")


def _to_register(found: Found) -> Waiting:
    by = dt.date.fromisoformat(found.detail)
    soon = clock.now() >= clock.midnight(by) + AFTERNOON
    words = _("A complaint waits to be registered")
    return _dated(words, "register", found.pk, found.number, by, soon)


def _answering(rows: ComplaintQuerySet, words: Promise, page: str) -> Lines:
    """Registered complaints, whose answer's clock runs."""

    def say(found: Found) -> Waiting:
        soon = bool(found.detail) and dt.date.fromisoformat(found.detail) <= clock.today()
        return _dated(words, page, found.pk, found.number, found.on, soon)

    return Lines(rows, say, on="answer_due_on", number="number", detail="answer_soon_on")


def _line(text: str | Promise, complaint: Complaint, page: str = "complaint") -> Waiting:
    """A line with the complaint's own day and urgency."""
    soon = _is_soon(complaint)
    return _dated(text, page, complaint.pk, complaint.number, complaint.due_on, soon)


def _dated(
    text: str | Promise, page: str, pk: object, number: str, due_on: dt.date | None, soon: bool
) -> Waiting:
    late = due_on is not None and due_on < clock.today()
    urgency = Urgency.LATE if late else Urgency.SOON if soon else Urgency.IN_TIME
    return Waiting(
        text,
        reverse(f"complaints:{page}", args=[pk]),
        Section.RUNNING_OUT if late or soon else Section.WAITING_FOR_ME,
        urgency,
        number=number,
        due_on=due_on,
        rail=_LIST,
    )


def _is_soon(complaint: Complaint) -> bool:
    """A registration from the afternoon of its last day; an answer from the day that was stored."""
    if complaint.waits_for_registration:
        return clock.now() >= clock.midnight(complaint.registration_due_on) + AFTERNOON
    return complaint.answer_soon_on is not None and complaint.answer_soon_on <= clock.today()


def _for_leaders(user: User) -> Iterable[Waiting]:
    own, today = standing(user), clock.today()
    led = Complaint.objects.led_by(user)
    offices = own.offices(Role.HEAD, Role.CITY_HEAD)
    unread = Forwarding.objects.filter(
        acknowledged_at=None, office__in=offices, complaint__in=led.open()
    )
    for forwarding in unread.select_related("complaint").order_by("forwarded_at")[:SHOWN]:
        yield _line(_("A complaint was forwarded to you: acknowledge it"), forwarding.complaint)
    late_unregistered = led.to_register().filter(registration_due_on__lt=today)
    steps = Q(pk__in=late_unregistered.values("pk")) | Q(state__in=OPEN_STATES)
    rows = led.filter(steps).select_related("answer").order_by(F("answer_due_on").asc(nulls_first=True))  # fmt: skip
    for complaint in rows[: SHOWN * 3]:
        words = _leader_words(complaint, user, today)
        if words is not None:
            yield _line(words[0], complaint, words[1])


def _leader_words(
    complaint: Complaint, user: User, today: dt.date
) -> tuple[str | Promise, str] | None:
    """What the leadership has to do, or to know, about one complaint; None for nothing today."""
    if complaint.waits_for_registration:
        return _("Received long ago and not registered"), "complaint"
    answer = getattr(complaint, "answer", None)
    if complaint.state == ComplaintState.REGISTERED:
        return _("Say who considers a complaint"), "considering"
    if answer is not None and answer.status == AnswerStatus.APPROVED:
        return _("An answer waits for your signature"), "sign"
    if answer is not None and answer.status == AnswerStatus.DRAFT and answer.submitted_at:
        return _("An answer waits for your approval"), "complaint"
    if complaint.is_overdue(today) and complaint.considered_by_id != user.pk:
        return _("A complaint is past its day"), "complaint"
    return None


def _to_check(user: User) -> Iterable[Waiting]:
    today = clock.today()
    seen = Complaint.objects.visible_to(user)
    due = (
        Measure.objects.to_check(today)
        .filter(complaint__in=seen)
        .select_related("complaint__about_office")
    )
    for measure in due.order_by("due_on")[:SHOWN]:
        if not (considers(user, measure.complaint) or leads(user, measure.complaint)):
            continue
        is_late = measure.due_on < today
        yield Waiting(
            _("Was the measure carried out? Check it"),
            reverse("complaints:check", args=[measure.complaint_id, measure.pk]),
            urgency=Urgency.LATE if is_late else Urgency.SOON,
            number=measure.complaint.number,
            due_on=measure.due_on,
            rail=_LIST,
        )
