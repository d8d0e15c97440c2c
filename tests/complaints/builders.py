"""Builders of complaints for tests: each goes the way of the services, with a believable paper."""

import datetime as dt
import itertools

from django.utils import timezone

from complaints.enums import Channel, ComplaintLanguage, Finding
from complaints.models import Answer, AppealStep, BookEntry, Complaint, Explanation, Measure, Point
from complaints.services import answers, considering, receiving
from core import clock
from offices.enums import OfficeKind, Role
from tests import builders as make

_serial = itertools.count(1)


def moment(text):
    """A moment of Bishkek: «2025-12-30 17:20»."""
    return timezone.make_aware(dt.datetime.fromisoformat(text))


class City:
    """The city's department and one district, with whoever a complaint passes through."""

    def __init__(self):
        make.make_standard()
        self.city = make.make_office("city", OfficeKind.CITY)
        self.oktyabr = make.make_office("oktyabr")
        self.city_registrar = make.make_user(Role.REGISTRAR, self.city)
        self.city_head = make.make_user(Role.CITY_HEAD, self.city)
        self.registrar = make.make_user(Role.REGISTRAR, self.oktyabr)
        self.head = make.make_head(self.oktyabr)
        self.worker = make.make_caseworker(self.oktyabr)
        self.colleague = make.make_caseworker(self.oktyabr)
        self.operator = make.make_user(Role.OPERATOR, self.oktyabr)


def handed_in(city=None, **fields):
    """A whole paper, in Russian, about Oktyabr's worker; what it lacks is said by its field."""
    fields.setdefault("received_at", clock.now() - dt.timedelta(minutes=30))
    fields.setdefault("channel", Channel.POST)
    fields.setdefault("language", ComplaintLanguage.RUSSIAN)
    fields.setdefault("complainant_name", "Рахимов Алишер Ўктам ўғли")
    fields.setdefault("complainant_address", "Бишкек, ул. Токомбаева, 1А, кв. 12")
    fields.setdefault("complainant_phone", "+996 700 00 11 22")
    fields.setdefault("substance", "Заставили ждать два часа и потребовали лишнюю справку.")
    fields.setdefault("is_signed", True)
    fields.setdefault("dated_on", clock.local(fields["received_at"]).date() - dt.timedelta(days=1))
    if city is not None:
        fields.setdefault("about_office", city.oktyabr)
        fields.setdefault("about_person", city.worker)
    return receiving.HandedIn(**fields)


POINTS = ("Не пропустили без очереди.", "Потребовали справку, которой нет в стандарте.")


def receive(city, *, actor=None, office=None, **fields):
    actor = actor or city.city_registrar
    office = office or actor.memberships.get().office
    return receiving.log_receipt(handed_in(city, **fields), office=office, actor=actor)


def register(city, complaint=None, *, actor=None, points=POINTS, **fields):
    complaint = complaint or receive(city, **fields)
    fields.setdefault("received_at", complaint.received_at)
    return receiving.register_complaint(
        complaint,
        handed_in(city, **fields),
        points,
        seen=complaint.version,
        actor=actor or city.city_registrar,
    )


def consider(city, complaint=None, *, person=None, **fields):
    complaint = complaint or register(city, **fields)
    leader = city.head if complaint.level == "office" else city.city_head
    return considering.set_considering(complaint, person or leader, actor=leader)


def find(complaint, finding=Finding.UPHELD):
    for point in complaint.points.all():
        considering.record_finding(
            point, finding=finding, evidence="Очередь так и велась.", actor=complaint.considered_by
        )


def write(complaint, *, is_finished=True, seen=None, **texts):
    texts.setdefault("text_ky", "Даттанууңуз каралды. Кечирим сурайбыз.")
    texts.setdefault("text_ru", "Ваша жалоба рассмотрена. Приносим извинения.")
    return answers.write_answer(
        complaint, **texts, seen=seen, is_finished=is_finished, actor=complaint.considered_by
    )


def sign(city, complaint=None, **fields):
    """Found, written, approved and signed by the leadership concerned."""
    complaint = complaint or consider(city, **fields)
    find(complaint)
    write(complaint)
    leader = city.head if complaint.level == "office" else city.city_head
    complaint = Complaint.objects.get(pk=complaint.pk)
    answers.approve_answer(complaint, actor=leader)
    complaint = Complaint.objects.get(pk=complaint.pk)
    answer = answers.sign_answer(
        complaint, seen=answers.answer_digest(complaint.answer), actor=leader
    )
    return answer.complaint


def send(city, complaint=None, **fields):
    complaint = complaint or sign(city)
    fields.setdefault("channel", "registered_post")
    fields.setdefault("sent_on", clock.today())
    return answers.send_answer(complaint, **fields, actor=city.city_registrar).complaint


def make_complaint(office=None, state="considered", *, answer=None, **fields):
    """A complaint put into its state at once, for tests of who sees it; ``answer`` is the status of its answer."""
    n = next(_serial)
    office = office or make.make_office()
    today = clock.today()
    registrar = fields.pop("registrar", None) or make.make_user(Role.REGISTRAR, office)
    fields.setdefault("received_at", clock.now() - dt.timedelta(hours=2))
    fields.setdefault("complainant_name", "Арызчыев Асан")
    if state not in ("received", "incomplete"):
        fields.setdefault("number", f"T.6-{n:04d}/26")
        fields |= {"registered_office": office, "registered_by": registrar}
        fields |= {"registered_at": clock.now(), "registered_on": today}
        fields.setdefault("answer_due_on", today + dt.timedelta(days=20))
        fields.setdefault("answer_soon_on", today + dt.timedelta(days=14))
    if state == "incomplete":
        fields |= {"kept_at": clock.now(), "kept_by": registrar, "incomplete_note": "Чалдык"}
    if state in ("considered", "answered"):
        fields.setdefault("considered_by", make.make_head(office))
    complaint = Complaint.objects.create(
        state=state,
        received_office=fields.pop("received_office", office),
        received_by=fields.pop("received_by", registrar),
        about_office=fields.pop("about_office", office),
        channel=Channel.POST,
        language=fields.pop("language", ComplaintLanguage.RUSSIAN),
        complainant_address="Бишкек",
        complainant_phone="0700 00 11 22",
        substance="Эки саат күттүрдү",
        is_signed=True,
        dated_on=today - dt.timedelta(days=2),
        registration_due_on=fields.pop("registration_due_on", today + dt.timedelta(days=1)),
        standard=make.make_standard(),
        **fields,
    )
    Point.objects.create(complaint=complaint, position=1, text="Кезексиз өткөргөн жок")
    if answer:
        make_answer(complaint, answer)
    return complaint


def make_answer(complaint, status="draft"):
    """An answer in any state before it is sent."""
    by = complaint.considered_by
    fields = {"text_ky": "Каралды", "text_ru": "Рассмотрена", "submitted_at": clock.now()}
    if status != "draft":
        fields |= {"approved_by": by, "approved_at": clock.now()}
    if status == "signed":
        fields |= {"signed_by": by, "signed_at": clock.now(), "text_sha256": "0" * 64}
    return Answer.objects.create(complaint=complaint, status=status, written_by=by, **fields)


def make_measure(complaint, **fields):
    fields.setdefault("due_on", clock.today())
    fields.setdefault("text", "Нускама өткөрүү")
    return Measure.objects.create(
        complaint=complaint,
        who="Жетекчи",
        set_by=complaint.considered_by,
        set_at=clock.now(),
        **fields,
    )


def make_explanation(complaint, person, question="Эмне үчүн маалымкат сурадыңыз?"):
    return Explanation.objects.create(
        complaint=complaint,
        person=person,
        question=question,
        asked_by=complaint.considered_by,
        asked_at=clock.now(),
    )


def make_appeal(complaint, **fields):
    fields.setdefault("filed_on", clock.today())
    return AppealStep.objects.create(
        complaint=complaint,
        body="city_hall",
        recorded_by=complaint.registered_by,
        recorded_at=clock.now(),
        **fields,
    )


def make_entry(office=None, kind="complaint", **fields):
    """An entry of an office's book, put in at once."""
    n = next(_serial)
    office = office or make.make_office()
    fields.setdefault("entered_by", make.make_user(Role.OPERATOR, office))
    fields.setdefault("text", "Эки саат күттүм")
    fields.setdefault("written_on", clock.today() - dt.timedelta(days=1))
    return BookEntry.objects.create(
        office=office, kind=kind, number=f"T.10-{n:04d}/26", entered_at=clock.now(), **fields
    )


def shut_out(complaint, user):
    """A declared conflict of interest."""
    return considering.declare_conflict(complaint, user, reason="тууганы", actor=user)


def consider_again(complaint, person, city):
    """Given to another by the head of the office."""
    complaint = Complaint.objects.get(pk=complaint.pk)
    return considering.set_considering(complaint, person, reason="Өргүүдө", actor=city.head)
