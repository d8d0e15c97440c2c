"""A complaint's way from the counter to the answer and the appeal, as scenario 3 tells it, by the services."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from complaints.enums import ComplaintState, Finding
from complaints.leadership import may_be_given
from complaints.models import Complaint
from complaints.papers import ANSWER, answer_paper, from_snapshot, to_snapshot
from complaints.services import afterwards, answers, considering, receiving
from core import clock
from core.errors import DomainError
from offices.models import Membership
from papers.models import NumberSeries
from papers.rendering import render
from tests import builders as make

from . import builders as b

pytestmark = pytest.mark.django_db
RECEIVED = b.moment("2025-12-30 17:20")


@pytest.fixture(autouse=True)
def in_plain_words():
    """The refusals as the code has them."""
    with translation.override("en"):
        yield


@pytest.fixture
def city():
    return b.City()


def at(text):
    return clock.moved_to(b.moment(text))


def fresh(complaint):
    return Complaint.objects.get(pk=complaint.pk)


def test_scenario_three_over_new_year(city):
    with at("2025-12-30 17:20"):
        complaint = b.receive(city, received_at=RECEIVED)
        assert complaint.registration_due_on == dt.date(2025, 12, 31)
    with at("2025-12-31 10:00"):
        complaint = b.register(city, complaint)
    assert complaint.number.endswith("-0001/25")
    assert complaint.answer_due_on == dt.date(2026, 1, 29)
    assert not complaint.answer_is_provisional
    assert [f.office for f in complaint.forwardings.all()] == [city.city, city.oktyabr]
    with at("2026-01-12 09:00"):
        complaint = b.sign(city, b.consider(city, complaint))
    with at("2026-01-27 12:00"):
        complaint = b.send(city, complaint)
    assert complaint.state == ComplaintState.ANSWERED
    answer = complaint.answer
    assert (answer.sent_on, answer.late_reason) == (dt.date(2026, 1, 27), "")
    assert bytes(answer.paper.pdf)[:4] == b"%PDF"
    with at("2026-02-05 11:00"):
        step = afterwards.record_appeal(
            fresh(complaint),
            body="city_hall",
            filed_on=dt.date(2026, 2, 5),
            actor=city.city_registrar,
        )
    assert step.outcome == "pending"


def test_the_second_paper_is_kept_in_the_book_and_can_be_completed(city):
    lacks = {"is_signed": False, "complainant_address": ""}
    with at("2025-12-30 17:30"):
        paper = b.receive(city, received_at=RECEIVED, **lacks)
        handed = b.handed_in(city, received_at=RECEIVED, **lacks)
        with pytest.raises(DomainError, match="Home address, Signature"):
            receiving.register_complaint(paper, handed, b.POINTS, seen=0, actor=city.city_registrar)
        kept = receiving.keep_incomplete(
            fresh(paper), handed, b.POINTS, note="Позвонили.", seen=0, actor=city.city_registrar
        )
    assert kept.state == ComplaintState.INCOMPLETE
    assert kept.missing == ["complainant_address", "is_signed"]
    assert (kept.number, kept.answer_due_on) == ("", None)
    assert kept.book_number.endswith("-0001/25")
    with at("2026-01-20 10:00"):
        whole = b.register(city, kept, received_at=RECEIVED)
    assert whole.answer_due_on == dt.date(2026, 2, 9)
    assert whole.registered_on == dt.date(2026, 1, 20)


@pytest.mark.parametrize(
    "lacks",
    [
        {"complainant_name": ""},
        {"complainant_address": " "},
        {"complainant_phone": ""},
        {"substance": ""},
        {"is_signed": False},
        {"dated_on": None},
    ],
)
def test_each_of_the_six_particulars_is_needed(city, lacks):
    paper = b.receive(city, **lacks)
    with pytest.raises(DomainError):
        b.register(city, paper, **lacks)
    assert fresh(paper).state == ComplaintState.RECEIVED
    assert not NumberSeries.objects.filter(journal="complaint").exists()


def test_a_paper_with_nothing_missing_is_not_put_aside(city):
    paper = b.receive(city)
    with pytest.raises(DomainError, match="Nothing is missing"):
        receiving.keep_incomplete(
            paper,
            b.handed_in(city, received_at=paper.received_at),
            note="x",
            seen=0,
            actor=city.city_registrar,
        )


def test_the_office_s_own_registrar_numbers_in_the_own_journal(city):
    paper = b.receive(city, actor=city.operator)
    complaint = b.register(city, paper, actor=city.registrar)
    assert complaint.registered_office == city.oktyabr
    other = b.register(city, b.receive(city, actor=city.operator), actor=city.city_registrar)
    assert other.registered_office == city.oktyabr.__class__.objects.get(code="city")
    assert complaint.number.split("-")[0] != other.number.split("-")[0]


def test_who_is_no_registrar_registers_nothing(city):
    paper = b.receive(city, actor=city.operator)
    stranger = make.make_user("registrar", make.make_office("lenin"))
    for actor in (city.operator, city.head, city.city_head, stranger):
        with pytest.raises(PermissionDenied):
            b.register(city, paper, actor=actor)


def test_about_a_head_it_goes_to_the_city_alone_and_no_worker_below_considers_it(city):
    complaint = b.register(city, about_person=city.head)
    assert [f.office for f in complaint.forwardings.all()] == [city.city]
    for person in (city.head, city.worker, city.colleague):
        with pytest.raises(DomainError):
            considering.set_considering(complaint, person, actor=city.city_head)
    done = considering.set_considering(complaint, city.city_head, actor=city.city_head)
    assert done.considered_by == city.city_head


def offered(complaint, actor):
    return set(may_be_given(Complaint.objects.get(pk=complaint.pk), actor))


def test_about_whoever_acts_as_head_today_it_is_the_city_s(city):
    """The deputy of an absent head; the day after the leave they are a worker again."""
    make.make_stand_in(city.head.memberships.get(), city.worker)
    complaint = b.register(city)
    assert complaint.level == "city"
    assert [f.office for f in complaint.forwardings.all()] == [city.city]
    assert not Complaint.objects.visible_to(city.head).filter(pk=complaint.pk).exists()


def test_nobody_is_offered_whom_it_is_about_nor_anybody_below_them(city):
    """About a head; about the head of another office than the one that is named; about who became acting head since."""
    lawyer = make.make_user("lawyer", city.city)
    both = make.make_caseworker(city.oktyabr)
    Membership.objects.create(user=both, office=city.city, role="lawyer", starts_on=dt.date(2024, 1, 1))  # fmt: skip
    people = {city.city_head, city.city_registrar, lawyer}
    about_head = b.register(city, about_person=city.head)
    assert offered(about_head, city.city_head) == people
    misplaced = b.register(city, about_office=city.city, about_person=city.head)
    assert offered(misplaced, city.city_head) == people
    about_worker = b.register(city)
    own = {city.registrar, city.head, city.colleague, both}
    assert offered(about_worker, city.head) == own
    make.make_stand_in(city.head.memberships.get(), city.worker)
    assert offered(about_worker, city.head) == {city.head}
    assert offered(about_worker, city.city_head) == people | {city.head}


def test_about_the_city_s_head_it_is_city_hall_s(city):
    complaint = b.register(city, about_office=city.city, about_person=city.city_head)
    assert complaint.state == ComplaintState.PASSED_ON
    assert [f.office for f in complaint.forwardings.all()] == [None]
    with pytest.raises(PermissionDenied):
        considering.set_considering(complaint, city.city_registrar, actor=city.city_head)


def test_about_the_centre_it_goes_to_the_city_and_the_centre(city):
    centre = make.make_centre()
    complaint = b.register(city, about_office=centre, about_person=None)
    assert [f.office for f in complaint.forwardings.all()] == [city.city, centre]


def test_whom_it_is_about_never_considers_it(city):
    complaint = b.register(city)
    with pytest.raises(DomainError, match="never considered by the person"):
        considering.set_considering(complaint, city.worker, actor=city.head)


def test_another_person_takes_over_with_a_reason_and_the_trail_stays(city):
    complaint = b.consider(city)
    with pytest.raises(DomainError, match="Say why"):
        considering.set_considering(complaint, city.colleague, actor=city.head)
    done = considering.set_considering(
        fresh(complaint), city.colleague, reason="өргүү", actor=city.head
    )
    assert [t.person for t in done.turns.all()] == [city.head, city.colleague]
    assert [t.ended_at is None for t in done.turns.all()] == [False, True]


def test_a_conflict_of_interest_takes_it_away_and_shuts_out(city):
    complaint = b.consider(city, person=city.colleague)
    considering.declare_conflict(complaint, city.colleague, reason="тууганы", actor=city.colleague)
    done = fresh(complaint)
    assert (done.state, done.considered_by) == (ComplaintState.REGISTERED, None)
    assert not Complaint.objects.visible_to(city.colleague).exists()
    with pytest.raises(DomainError, match="may not consider"):
        considering.set_considering(done, city.colleague, actor=city.head)


def test_the_leadership_alone_lets_somebody_see_it_again(city):
    complaint = b.consider(city, person=city.colleague)
    tie = considering.declare_conflict(complaint, city.colleague, "тууганы", actor=city.colleague)
    with pytest.raises(DomainError, match="shut out already"):
        considering.declare_conflict(fresh(complaint), city.colleague, "x", actor=city.head)
    with pytest.raises(PermissionDenied):
        considering.end_conflict(tie.pk, fresh(complaint), actor=city.registrar)
    considering.end_conflict(tie.pk, fresh(complaint), actor=city.head)
    assert fresh(complaint).considered_by is None
    with pytest.raises(DomainError, match="not shut out"):
        considering.end_conflict(tie.pk, fresh(complaint), actor=city.head)
    considering.set_considering(fresh(complaint), city.colleague, actor=city.head)
    assert Complaint.objects.visible_to(city.colleague).get() == complaint


def test_nothing_is_approved_before_every_point_has_its_finding(city):
    complaint = b.consider(city)
    with pytest.raises(DomainError, match="point: 1, 2"):
        b.write(complaint)
    b.find(complaint, Finding.PARTLY)
    answer = b.write(complaint)
    assert answer.submitted_at is not None


def test_the_answer_speaks_kyrgyz_and_the_complaint_s_own_language(city):
    complaint = b.consider(city)
    b.find(complaint)
    with pytest.raises(DomainError, match="in Kyrgyz"):
        b.write(complaint, text_ky="")
    with pytest.raises(DomainError, match="language of the complaint"):
        b.write(complaint, text_ru="")


def test_a_third_language_may_be_answered_in_russian_where_it_cannot_be_helped(city):
    complaint = b.consider(city, language="other", other_language="өзбекче")
    b.find(complaint)
    with pytest.raises(DomainError, match="language of the complaint"):
        b.write(complaint, text_ru="")
    answer = b.write(complaint, text_ru="", text_other="Javob")
    assert answer.submitted_at
    signed = from_snapshot(to_snapshot(answer_paper(answer)))
    assert signed.extra_appeal == answer_paper(answer).extra_appeal
    ky, ru = signed.extra_appeal
    assert ("мэриясына" in ky, "мэрию" in ru) == (True, True)
    assert ky in render(ANSWER, signed).html.partition("Javob")[2]
    answer = fresh(complaint).answer
    assert b.write(complaint, seen=answer.version).submitted_at


def test_sent_late_it_asks_why(city):
    with at("2026-02-02 10:00"):
        complaint = b.sign(city)
    with at("2026-03-02 10:00"):
        with pytest.raises(DomainError, match="say why"):
            b.send(city, complaint)
        sent = b.send(city, fresh(complaint), late_reason="Адис ооруп калды.")
    assert sent.answer.late_reason == "Адис ооруп калды."


def test_the_letter_says_in_each_language_how_to_appeal(city):
    complaint = b.sign(city)
    said = [str(text["sections"][-1]["text"]) for text in fresh(complaint).answer.snapshot["texts"]]
    assert len(said) == 2 and "сотко" in said[0] and "в суд" in said[1]


def test_a_finished_draft_is_not_signed_before_it_is_approved(city):
    complaint = b.consider(city, person=city.colleague)
    b.find(complaint)
    b.write(complaint)
    with pytest.raises(PermissionDenied):
        answers.sign_answer(fresh(complaint), seen=answers.answer_digest(fresh(complaint).answer), actor=city.head)  # fmt: skip
    answers.approve_answer(fresh(complaint), actor=city.head)
    seen = answers.answer_digest(fresh(complaint).answer)
    assert answers.sign_answer(fresh(complaint), seen=seen, actor=city.head).signed_by == city.head


def test_a_letter_is_not_sent_before_its_signature_nor_on_a_day_to_come(city):
    with at("2026-02-02 10:00"):
        complaint = b.sign(city)
        for day in (dt.date(2026, 2, 1), dt.date(2026, 2, 3)):
            with pytest.raises(DomainError, match="between the day"):
                b.send(city, fresh(complaint), sent_on=day)


def test_what_was_signed_is_what_is_sent(city):
    complaint = b.sign(city)
    answer = complaint.answer
    answer.snapshot["texts"][0]["title"] = "Башка"
    answer.save()
    with pytest.raises(DomainError, match="seal"):
        b.send(city, fresh(complaint))


def test_a_returned_answer_loses_approval_and_signature(city):
    complaint = b.sign(city)
    answers.return_answer(complaint, remark="Мөөнөттү жазыңыз.", actor=city.head)
    answer = fresh(complaint).answer
    assert (answer.status, answer.signed_by, answer.text_sha256) == ("draft", None, "")
    with pytest.raises(PermissionDenied):
        b.send(city, fresh(complaint))


def test_a_measure_is_checked_once_with_what_was_seen(city):
    complaint = b.consider(city)
    measure = considering.set_measure(
        complaint, text="Нускама", who="Жетекчи", due_on=clock.today(), actor=city.head
    )
    with pytest.raises(DomainError, match="what was seen"):
        considering.check_measure(measure, done_on=clock.today(), result=" ", actor=city.head)
    done = considering.check_measure(
        measure, done_on=clock.today(), result="Өткөрүлдү", actor=city.head
    )
    assert done.checked_by == city.head
    with pytest.raises(DomainError, match="already"):
        considering.check_measure(measure, done_on=None, result="Жок", actor=city.head)


def test_an_explanation_is_given_by_the_asked_person_once(city):
    complaint = b.consider(city)
    asked = considering.ask_explanation(
        complaint, city.worker, question="Справканы эмнеге сурадыңыз?", actor=city.head
    )
    with pytest.raises(PermissionDenied):
        considering.give_explanation(asked, text="Мен эмес", actor=city.colleague)
    considering.give_explanation(asked, text="Адат боюнча", actor=city.worker)
    with pytest.raises(DomainError, match="already"):
        considering.give_explanation(asked, text="Башкача", actor=city.worker)
    assert not Complaint.objects.visible_to(city.worker).exists()


def test_it_is_withdrawn_until_the_answer_is_signed(city):
    complaint = b.register(city)
    done = afterwards.withdraw_complaint(
        complaint, on=clock.today(), note="Жазуу жүзүндө", actor=city.registrar
    )
    assert done.state == ComplaintState.WITHDRAWN
    signed = b.sign(city)
    with pytest.raises(PermissionDenied):
        afterwards.withdraw_complaint(signed, on=clock.today(), note="x", actor=city.registrar)


def test_an_appeal_is_no_older_than_the_complaint_and_decided_after_it(city):
    complaint = b.send(city)
    today = clock.today()
    with pytest.raises(DomainError, match="older"):
        afterwards.record_appeal(
            complaint, body="court", filed_on=today - dt.timedelta(days=9), actor=city.registrar
        )
    step = afterwards.record_appeal(complaint, body="court", filed_on=today, actor=city.registrar)
    done = afterwards.record_outcome(
        step, outcome="partly", decided_on=today, followed="Кайра каралды", actor=city.registrar
    )
    assert (done.outcome, done.followed) == ("partly", "Кайра каралды")


def test_linked_complaints_must_both_be_known(city):
    complaint = b.register(city)
    other = b.register(city)
    hidden = b.register(city, about_office=make.make_office("lenin"), about_person=None)
    with pytest.raises(DomainError, match="known to you"):
        afterwards.link_complaints(complaint, hidden.number, kind="same_person", actor=city.head)
    link = afterwards.link_complaints(complaint, other.number, kind="same_person", actor=city.head)
    assert (link.one, link.other) == (complaint, other)
    with pytest.raises(DomainError, match="already"):
        afterwards.link_complaints(other, complaint.number, kind="same_matter", actor=city.head)


def test_a_case_is_noted_only_by_who_may_know_of_it(city):
    complaint = b.register(city)
    case, elsewhere = make.make_case(city.oktyabr), make.make_case(make.make_office("lenin"))
    with pytest.raises(DomainError, match="known to you"):
        afterwards.note_case(complaint, elsewhere.number, actor=city.head)
    for actor in (city.registrar, city.city_registrar, city.city_head):
        with pytest.raises(PermissionDenied):
            afterwards.note_case(complaint, case.number, actor=actor)
    assert afterwards.note_case(complaint, case.number, actor=city.head).case == case
