"""Whatever is pressed in whatever order: no answer without registration, a person and a signature; no clock skipped or moved."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.enums import AnswerStatus, ComplaintState
from complaints.models import BookEntry, Complaint
from complaints.services import afterwards, answers, book, considering, receiving
from core import clock
from core.errors import DomainError

from . import builders as b

pytestmark = pytest.mark.django_db
START = b.moment("2026-03-16 10:00")


def now(complaint):
    return Complaint.objects.get(pk=complaint.pk)


def keep(city, complaint):
    handed = b.handed_in(city, received_at=complaint.received_at, is_signed=False)
    receiving.keep_incomplete(complaint, handed, note="Чалдык", seen=complaint.version, actor=city.city_registrar)  # fmt: skip


def approve(city, complaint):
    answers.approve_answer(complaint, actor=city.head)


def sign(city, complaint):
    answer = getattr(complaint, "answer", None)
    seen = answers.answer_digest(answer) if answer else ""
    answers.sign_answer(complaint, seen=seen, actor=city.head)


def write(city, complaint):
    answer = getattr(complaint, "answer", None)
    answers.write_answer(complaint, text_ky="Жооп", text_ru="Ответ", seen=answer.version if answer else None, is_finished=True, actor=complaint.considered_by or city.head)  # fmt: skip


def find(city, complaint):
    for point in complaint.points.all():
        considering.record_finding(point, finding="upheld", evidence="x", actor=complaint.considered_by or city.head)  # fmt: skip


STEPS = {
    "register": lambda city, c: b.register(city, c),
    "keep": keep,
    "consider": lambda city, c: considering.set_considering(c, city.head, actor=city.head),
    "another": lambda city, c: considering.set_considering(c, city.colleague, reason="x", actor=city.head),
    "accused": lambda city, c: considering.set_considering(c, city.worker, reason="x", actor=city.head),
    "conflict": lambda city, c: considering.declare_conflict(c, city.colleague, reason="x", actor=city.colleague),
    "find": find,
    "write": write,
    "approve": approve,
    "sign": sign,
    "return": lambda city, c: answers.return_answer(c, remark="x", actor=city.head),
    "send": lambda city, c: answers.send_answer(c, channel="post", sent_on=clock.today(), late_reason="x", actor=city.registrar),
    "withdraw": lambda city, c: afterwards.withdraw_complaint(c, on=clock.today(), note="x", actor=city.registrar),
    "wait": None,
}  # fmt: skip
# Steps that lead on are pressed more often, so that many paths get far.
PRESSED = st.lists(
    st.sampled_from([*STEPS, "register", "consider", "find", "write", "approve", "sign", "send"]),
    max_size=16,
)


@settings(max_examples=20)
@given(steps=PRESSED, tail=st.booleans())
def test_no_path_skips_registration_a_person_or_a_signature(steps, tail):
    if tail:
        steps = [*steps, "register", "consider", "find", "write", "approve", "sign", "send"]
    with transaction.atomic():
        walk(steps)
        transaction.set_rollback(True)


BOOK_STEPS = {
    "carry": lambda city, e: book.make_complaint(e, b.handed_in(city), actor=city.registrar),
    "settle": lambda city, e: book.settle_entry(e, outcome="answered", done="x", done_on=clock.today(), seen=e.version, actor=city.head),
    "mend": lambda city, e: book.change_entry(e, kind="complaint", text="x", written_on=clock.today(), seen=e.version, actor=city.operator),
    "strange": lambda city, e: book.make_complaint(e, b.handed_in(city), actor=city.operator),
}  # fmt: skip
FROM_BOOK = st.lists(
    st.sampled_from([*BOOK_STEPS, "carry", *STEPS, "register", "consider", "find", "write", "approve", "sign", "send"]),
    max_size=16,
)  # fmt: skip


@settings(max_examples=15)
@given(steps=FROM_BOOK, tail=st.booleans())
def test_no_path_from_the_book_skips_them_either(steps, tail):
    """An entry becomes one complaint at most, which then goes the whole way; one that was settled becomes none."""
    if tail:
        steps = ["carry", *steps, "register", "consider", "find", "write", "approve", "sign", "send"]  # fmt: skip
    with transaction.atomic():
        walk_from_book(steps)
        transaction.set_rollback(True)


def walk_from_book(steps):
    with clock.moved_to(START):
        city = b.City()
        entry = book.write_entry(office=city.oktyabr, kind="complaint", text="Күттүм", written_on=clock.today(), actor=city.operator)  # fmt: skip
    days, due = 0, {}
    for step in steps:
        days += step == "wait"
        with clock.moved_to(START + dt.timedelta(days=days, minutes=31)):
            entry = BookEntry.objects.get(pk=entry.pk)
            if step in BOOK_STEPS:
                press(step, city, entry, BOOK_STEPS)
            elif entry.complaint:
                press(step, city, now(entry.complaint))
            check_entry(entry.pk, due)


def check_entry(pk, due):
    entry = BookEntry.objects.get(pk=pk)
    made = list(Complaint.objects.all())
    assert made == ([entry.complaint] if entry.complaint else [])
    assert (entry.outcome == "received") == bool(made)
    if made:
        assert not entry.done and entry.done_by is None
        assert made[0].received_office_id == entry.office_id
        check(made[0], due)


def walk(steps):
    days = 0
    with clock.moved_to(START):
        city = b.City()
        complaint = b.receive(city)
    due = {}
    for step in steps:
        days += step == "wait"
        with clock.moved_to(START + dt.timedelta(days=days, minutes=1)):
            press(step, city, now(complaint))
            check(now(complaint), due)


def press(step, city, record, steps=STEPS):
    if steps[step] is None:
        return
    try:
        with transaction.atomic():
            steps[step](city, record)
    except (DomainError, PermissionDenied):
        pass


def check(complaint, due):
    """What holds after every step."""
    dates = (complaint.answer_due_on, complaint.answer_soon_on, complaint.standard_id)
    if complaint.registered_at:
        assert due.setdefault("answer", dates) == dates
        assert complaint.number and not complaint.missing
    else:
        assert dates[:2] == (None, None) and not complaint.number
    assert due.setdefault("registration", complaint.registration_due_on) == complaint.registration_due_on  # fmt: skip
    assert complaint.considered_by_id is None or complaint.considered_by_id != complaint.about_person_id  # fmt: skip
    if complaint.state == ComplaintState.ANSWERED:
        answer = complaint.answer
        assert complaint.registered_at and complaint.considered_by and complaint.answer_due_on
        assert answer.status == AnswerStatus.SENT and answer.signed_by and answer.text_sha256
        assert answer.approved_by and answer.approved_at
        assert answer.number and answer.paper and all(p.finding for p in complaint.points.all())
        assert complaint.turns.filter(ended_at=None).count() == 1
