"""Incoming referrals: registered with a number, carried on without typing, settled; answered by the head's word alone."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from casework.enums import ReleaseForm
from casework.models import Release
from core import clock
from core.errors import DomainError
from offices.models import Notice
from offices.waiting_lines import ask_together
from papers.models import NumberSeries
from referrals import uptake
from referrals.models import IncomingReferral
from referrals.services.feedback import decline_feedback, grant_feedback, send_feedback
from referrals.services.incoming import (
    ReferralFacts,
    correct_referral,
    note_case,
    register_referral,
    reopen_referral,
    settle_referral,
)
from referrals.waiting import referrals_waiting_for
from tests import builders as make

from . import builders as refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.make_office("lenin")


@pytest.fixture
def operator(office):
    return make.make_user("operator", office)


@pytest.fixture
def registry():
    """The hook as it was, whatever a test registers."""
    before = list(uptake._known)
    yield
    uptake._known[:] = before


def test_numbers_run_in_the_journal_of_incoming_referrals(operator, office):
    numbers = [refer.make_incoming(operator).number for _ in range(2)]
    year = f"{clock.today().year % 100:02d}"
    assert numbers == [f"{office.index}.8-0001/{year}", f"{office.index}.8-0002/{year}"]


def test_refused_registration_takes_no_number(operator, office):
    with pytest.raises(DomainError):
        register_referral(ReferralFacts("education", clock.today()), office=office, actor=operator)
    with pytest.raises(DomainError):
        refer.make_incoming(operator, received_on=clock.today() + dt.timedelta(days=1))
    assert not NumberSeries.objects.filter(journal="incoming").exists()


@pytest.mark.parametrize("role", ["psychologist", "lawyer", "registrar", "city_head", "auditor"])
def test_others_register_nothing(role, office):
    with pytest.raises(PermissionDenied):
        refer.make_incoming(make.make_user(role, office))


def test_what_the_paper_says_is_carried_on(operator):
    school = make.make_organisation()
    scan = refer.make_scan(operator)
    referral = refer.make_incoming(
        operator, organisation=school, scans=[scan], signatory="Асанова А.", document_on=dt.date(2026, 11, 20),
        address_text="Ак-Орго, Мөңгүлүү 34-а",
    )  # fmt: skip
    assert referral.known_children() == (refer.CHILD,)
    assert referral.known_adults() == (refer.MOTHER,)
    basis, found = referral.basis(), referral.identification()
    assert (basis.kind, basis.organisation, basis.number, basis.on) == (
        "education", school, "01-12/84", dt.date(2026, 11, 20),
    )  # fmt: skip
    assert (basis.signatory, basis.scan) == ("Асанова А.", scan)
    assert (found.kind, found.organisation, found.on) == (
        "education", school, dt.date(2026, 11, 20),
    )  # fmt: skip
    assert referral.actual_address().text == "Ак-Орго, Мөңгүлүү 34-а"


@pytest.mark.parametrize(
    ("kind", "channel", "document"),
    [
        ("education", "education", "education"),
        ("health", "health", None),
        ("commission", "commission", None),
        ("court", "other_body", "court"),
        ("ngo", "other_body", "ngo"),
        ("internal_affairs", "internal_affairs", "internal_affairs"),
        ("territorial", "other_body", "territorial"),
        ("other", "other_body", None),
    ],
)
def test_sender_settles_channel_and_document(operator, kind, channel, document):
    referral = refer.make_incoming(operator, sender_text="Кимдир бирөө", sender_kind=kind)
    basis = referral.basis()
    assert (referral.identification().kind, basis and basis.kind) == (channel, document)


def test_document_that_was_chosen_goes_before_the_kind_of_sender(operator):
    referral = refer.make_incoming(
        operator, sender_text="Оорукана", sender_kind="health", basis_kind="municipal"
    )
    assert referral.basis().kind == "municipal"


def test_correcting_keeps_the_number_and_the_history(operator):
    referral = refer.make_incoming(operator)
    facts = ReferralFacts("court", clock.today(), sender_text="Район соту")
    args = {"children": (), "adults": (refer.MOTHER,), "actor": operator}
    again = correct_referral(referral, facts, seen=referral.version, **args)
    assert (again.number, again.sender, again.known_children()) == (
        referral.number,
        "Район соту",
        (),
    )
    assert referral.history.count() == 2
    with pytest.raises(DomainError):
        correct_referral(referral, facts, seen=referral.version, **args)


def test_own_office_sees_and_a_case_decides_further(operator, office):
    referral = refer.make_incoming(operator)
    caseworker, head = make.make_caseworker(office), make.make_head(office)
    worker = make.make_caseworker(office)
    others = [
        make.make_user("psychologist", office),
        make.make_user("registrar", office),
        make.make_caseworker(make.make_office("oktyabr")),
        make.make_user("administrator", office),
        make.make_user("auditor", office),
    ]
    refer.make_incoming(others[2])

    def seen_by(user):
        return referral in IncomingReferral.objects.visible_to(user)

    everybody = (operator, caseworker, worker, head)
    assert [seen_by(u) for u in everybody] == [True] * 4
    assert [seen_by(u) for u in others] == [False] * 5
    case = make.make_case(office, worker)
    note_case(referral, case, actor=worker)
    assert [seen_by(u) for u in everybody] == [True] * 4
    case.is_restricted = True
    case.save()
    assert [seen_by(u) for u in everybody] == [False, False, True, True]
    case.conflicts.create(user=head, reason="тууганы", declared_by=worker)
    assert seen_by(head) is False


def test_case_of_another_office_is_no_outcome(operator):
    referral = refer.make_incoming(operator)
    with pytest.raises(DomainError):
        note_case(referral, make.make_case(make.make_office("oktyabr")), actor=operator)


def test_unsettled_ones_stand_out_until_an_application_a_case_or_a_word(operator, office, registry):
    worker = make.make_caseworker(office)
    new, applied, with_case, settled = (refer.make_incoming(operator) for _ in range(4))
    note_case(with_case, make.make_case(office, worker), actor=worker)
    settle_referral(settled, reason="Иши ачык", actor=worker)
    known = uptake.Taken("Арыз", "02-0001/26")
    uptake.register_uptake(
        uptake.Uptake(
            taken_up=lambda: Q(pk=applied.pk),
            of=lambda user, referrals: {applied.pk: known},
            begin_url=lambda user, referral: "/apply/",
        )
    )
    unsettled = IncomingReferral.objects.visible_to(operator).unsettled()
    assert list(unsettled) == [new]
    lines = ask_together(referrals_waiting_for(operator))
    assert [(line.count, line.urgency) for line in lines] == [(1, "calm")]
    with clock.advanced_by(dt.timedelta(days=2)):
        assert [line.urgency for line in ask_together(referrals_waiting_for(operator))] == ["soon"]
    reopen_referral(settled, actor=worker)
    assert set(unsettled.all()) == {new, settled}


def test_operator_does_not_settle_and_a_reason_is_asked(operator, office):
    referral = refer.make_incoming(operator)
    with pytest.raises(PermissionDenied):
        settle_referral(referral, reason="Иши ачык", actor=operator)
    worker = make.make_caseworker(office)
    with pytest.raises(DomainError):
        settle_referral(referral, reason="  ", actor=worker)
    settle_referral(referral, reason="Иши ачык", actor=worker)
    with pytest.raises(DomainError):
        settle_referral(referral, reason="Дагы", actor=worker)


def test_answer_goes_out_by_the_head_alone_and_stands_in_the_register(operator, office):
    head, auditor = make.make_head(office), make.make_user("auditor", office)
    referral = refer.make_incoming(operator)
    feedback = refer.make_feedback(referral, operator)
    assert [n.kind for n in Notice.objects.filter(user=head)] == ["feedback_asked"]
    with pytest.raises(PermissionDenied):
        grant_feedback(feedback, ground=refer.make_ground(), actor=operator)
    with pytest.raises(DomainError):
        refer.make_feedback(referral, operator)
    feedback = grant_feedback(feedback, ground=refer.make_ground(), actor=head)
    release = Release.objects.registered_for(auditor).get()
    assert (release.form, release.number, release.case, release.office, release.recipient) == (
        ReleaseForm.FEEDBACK, feedback.number, None, office, referral.organisation,
    )  # fmt: skip
    assert feedback.number.startswith(f"{office.index}.4-0001/")
    sent = send_feedback(feedback, how="post", on=clock.today(), actor=operator)
    release.refresh_from_db()
    assert (sent.status, release.handed_on) == ("sent", clock.today())
    assert list(Release.objects.visible_to(make.make_head(make.make_office("oktyabr")))) == []


def test_answer_names_nobody(operator, office):
    feedback = refer.make_feedback(
        refer.make_incoming(operator), operator, head=make.make_head(office)
    )
    from referrals.referral_papers import feedback_paper

    paper = feedback_paper(feedback, number="1", head=feedback.decided_by, on=clock.today())
    said = repr(paper)
    for word in ("Асанбек", "Үсөн", "Төлөгөнова", "0555"):
        assert word not in said
    assert feedback.paper.kind == "referral_feedback"


def test_declined_answer_says_why_and_takes_no_number(operator, office):
    head = make.make_head(office)
    feedback = refer.make_feedback(refer.make_incoming(operator), operator)
    with pytest.raises(DomainError):
        decline_feedback(feedback, reason=" ", actor=head)
    declined = decline_feedback(feedback, reason="Эрте", actor=head)
    assert (declined.status, declined.number, Release.objects.count()) == ("declined", "", 0)
    refer.make_feedback(declined.referral, operator)


def test_case_of_the_referral_takes_its_answers_along(operator, office):
    worker = make.make_caseworker(office)
    referral = refer.make_incoming(operator)
    feedback = refer.make_feedback(referral, operator, head=make.make_head(office))
    case = make.make_case(office, worker, is_restricted=True)
    note_case(referral, case, actor=worker)
    feedback.release.refresh_from_db()
    assert feedback.release.case == case
    assert list(Release.objects.visible_to(make.make_caseworker(office))) == []
