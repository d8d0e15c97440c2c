"""Outgoing referrals: released by the head on a ground, without what is hidden; sent, reminded of, replied."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from casework.enums import ReleaseForm
from casework.models import Release
from core import clock
from core.errors import DomainError
from offices.waiting_lines import ask_together
from referrals.models import OutgoingReferral
from referrals.referral_papers import outgoing_paper
from referrals.services.outgoing import (
    ask_outgoing,
    close_outgoing,
    decline_outgoing,
    hidden_in,
    note_reply,
    release_outgoing,
    send_outgoing,
)
from referrals.waiting import referrals_waiting_for
from tests import builders as make
from tests.casework import people_builders as people

from . import builders as refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return make.make_caseworker(make.make_office("lenin"))


@pytest.fixture
def head(worker):
    return make.make_head(worker.memberships.get().office)


@pytest.fixture
def case(worker):
    return make.make_case(responsible=worker, mother=make.make_person("Төлөгөнова", "Жаңыл"))


def test_it_goes_out_by_the_head_numbered_and_in_the_register(case, worker, head):
    referral = refer.make_outgoing(case, worker)
    with pytest.raises(PermissionDenied):
        release_outgoing(referral, ground=referral.ground, actor=worker)
    referral = release_outgoing(referral, ground=referral.ground, actor=head)
    release = Release.objects.get()
    assert (release.form, release.case, release.number, release.ground) == (
        ReleaseForm.REFERRAL, case, referral.number, referral.ground,
    )  # fmt: skip
    assert referral.number.startswith(f"{case.office.index}.4-")
    assert (referral.paper.kind, referral.paper.number) == ("referral_out", referral.number)
    assert bytes(referral.paper.pdf).startswith(b"%PDF")
    with pytest.raises(DomainError):
        release_outgoing(_stale(referral), ground=referral.ground, actor=head)


def _stale(referral):
    old = OutgoingReferral.objects.get(pk=referral.pk)
    old.status = "asked"
    return old


def test_declined_referral_has_a_reason_and_no_number(case, worker, head):
    referral = refer.make_outgoing(case, worker)
    with pytest.raises(DomainError):
        decline_outgoing(referral, reason="", actor=head)
    referral = decline_outgoing(referral, reason="Макулдук жок", actor=head)
    assert (referral.status, referral.number, Release.objects.count()) == ("declined", "", 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": None},
        {"purpose_ky": " "},
        {"people": ()},
        {"reply_due_on": dt.date(2020, 1, 1)},
    ],
)
def test_what_is_missing_is_said(case, worker, wrong):
    facts = refer.outgoing_facts(case)
    with pytest.raises(DomainError):
        ask_outgoing(case, type(facts)(**{**vars(facts), **wrong}), actor=worker)


def test_somebody_elses_people_and_consents_are_refused(case, worker):
    stranger = make.make_case(make.make_office("oktyabr"))
    for wrong in (
        {"people": (stranger.child_places.get().person,)},
        {"consent": people.make_consent(stranger)},
    ):
        with pytest.raises(DomainError):
            ask_outgoing(case, refer.outgoing_facts(case, **wrong), actor=worker)
    with pytest.raises(PermissionDenied):
        ask_outgoing(stranger, refer.outgoing_facts(stranger), actor=worker)


def test_who_reads_it(case, worker, head):
    helper = make.make_psychologist()
    make.make_episode(case, helper)
    other_helper = make.make_psychologist()
    make.make_episode(case, other_helper)
    own, asked = refer.make_outgoing(case, worker), refer.make_outgoing(case, helper)
    office = case.office
    rows = {
        "worker": (worker, {own, asked}),
        "head": (head, {own, asked}),
        "helper": (helper, {asked}),
        "other helper": (other_helper, set()),
        "colleague": (make.make_caseworker(office), set()),
        "operator": (make.make_user("operator", office), set()),
        "auditor": (make.make_user("auditor", office), set()),
        "stranger": (make.make_head(make.make_office("oktyabr")), set()),
    }
    found = {n: set(OutgoingReferral.objects.visible_to(u)) for n, (u, _) in rows.items()}
    assert found == {name: should for name, (_, should) in rows.items()}
    case.conflicts.create(user=helper, reason="тууганы", declared_by=worker)
    assert not OutgoingReferral.objects.visible_to(helper).exists()


def test_hidden_facts_are_never_printed_and_spelt_ones_need_the_heads_reason(case, worker, head):
    child = case.child_places.get().person
    mother = case.family.members.get(relation="mother").person
    hidden = people.make_phone(mother, number="0555 98 76 54")
    people.make_phone(mother, number="0700 11 22 33")
    people.make_hidden(hidden, child, set_by=worker)
    silent = refer.make_outgoing(case, worker, with_contacts=True)
    said = repr(outgoing_paper(silent))
    assert ("0555 98 76 54" in said, "0700 11 22 33" in said) == (False, True)
    spelt = refer.make_outgoing(case, worker, shared_ky="Энесинин телефону: 0555987654")
    assert [fact.phone for fact in hidden_in(spelt)] == [hidden]
    with pytest.raises(DomainError):
        release_outgoing(spelt, ground=spelt.ground, actor=head)
    released = release_outgoing(
        spelt, ground=spelt.ground, hidden_facts_reason="Дарыгер чалышы керек", actor=head
    )
    assert Release.objects.get().hidden_facts_reason == released.hidden_facts_reason


def test_unsafe_phones_are_not_printed(case, worker):
    mother = case.family.members.get(relation="mother").person
    people.make_phone(mother, number="0312 65 43 21", is_safe=False)
    referral = refer.make_outgoing(case, worker, with_contacts=True)
    assert "65 43 21" not in repr(outgoing_paper(referral))


def test_sent_and_replied_between_their_days(case, worker, head):
    referral = refer.make_outgoing(case, worker, head=head)
    today = clock.today()
    for wrong in (today - dt.timedelta(days=1), today + dt.timedelta(days=1)):
        with pytest.raises(DomainError):
            send_outgoing(referral, how="post", on=wrong, actor=worker)
    referral = send_outgoing(referral, how="post", on=today, actor=worker)
    with pytest.raises(DomainError):
        note_reply(referral, on=today - dt.timedelta(days=1), result="helped", actor=worker)
    scan = refer.make_scan(worker)
    referral = note_reply(
        referral, on=today, result="helped", text="Кабыл алынды", scans=[scan], actor=worker
    )
    assert (referral.status, referral.files.get().attachment) == ("replied", scan)
    referral.release.refresh_from_db()
    assert referral.release.handed_on == today
    with pytest.raises(PermissionDenied):
        close_outgoing(referral, reason="Жооп келбеди", actor=worker)


def test_reminders_of_replies_due(case, worker, head):
    today = clock.today()
    due = today + dt.timedelta(days=20)
    referral = refer.make_outgoing(case, worker, head=head, reply_due_on=due)
    assert [str(line.number) for line in ask_together(referrals_waiting_for(worker))] == [
        referral.number
    ]
    send_outgoing(referral, how="post", on=today, actor=worker)
    assert (
        ask_together(referrals_waiting_for(worker)),
        ask_together(referrals_waiting_for(head)),
    ) == ([], [])
    with clock.moved_to(clock.midnight(due)):
        assert [line.urgency for line in ask_together(referrals_waiting_for(worker))] == ["soon"]
        assert ask_together(referrals_waiting_for(head)) == []
    with clock.moved_to(clock.midnight(due + dt.timedelta(days=1))):
        for user in (worker, head):
            assert [
                (line.urgency, line.due_on) for line in ask_together(referrals_waiting_for(user))
            ] == [("late", due)]
        overdue = OutgoingReferral.objects.overdue(clock.today())
        assert [r.is_overdue(clock.today()) for r in overdue] == [True]
        close_outgoing(referral, reason="Жооп келбеди", actor=worker)
        assert ask_together(referrals_waiting_for(head)) == []


def test_request_waits_for_the_head(case, worker, head):
    refer.make_outgoing(case, worker)
    assert [line.number for line in ask_together(referrals_waiting_for(head))] == [case.number]
    assert ask_together(referrals_waiting_for(worker)) == []


def test_what_is_to_be_sent_stands_by_the_day_of_the_reply(case, worker, head):
    days = [clock.today() + dt.timedelta(days=n) for n in (20, 6, 13)]
    made = {day: refer.make_outgoing(case, worker, head=head, reply_due_on=day) for day in days}
    said = [line.number for line in ask_together(referrals_waiting_for(worker))]
    assert said == [made[day].number for day in sorted(days)]
