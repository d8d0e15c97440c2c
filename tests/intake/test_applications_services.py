"""Applications: registered, decided by clause 3 alone, opened with everything carried over, refused by two."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from casework.enums import BasisKind, IdentifiedBy
from casework.models import Case
from casework.services.new_case import Basis, Identification, KnownChild
from core import clock
from core.errors import DomainError
from intake.enums import ApplicationStatus
from intake.models import Application, EligibilityDecision
from intake.services.applications import (
    change_application,
    declare_application_conflict,
    end_application_conflict,
    receive_application_basis,
    register_application,
    withdraw_application,
)
from intake.services.eligibility import (
    Finding,
    confirm_refusal,
    find_eligible,
    give_receipt,
    open_case_from,
    propose_refusal,
    return_refusal,
)
from intake.services.new_application import Applicant, NewApplication
from offices.waiting import Urgency, waiting_for
from papers.models import IssuedPaper
from referrals.models import IncomingReferral
from referrals.services.conflicts import declare_referral_conflict, end_referral_conflict
from tests import builders as make
from tests.casework import people_builders as people
from tests.intake import application_builders as apply
from tests.referrals import builders as refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.make_office("lenin", index="04")


@pytest.fixture
def worker(office):
    return make.make_caseworker(office)


@pytest.fixture
def head(office):
    return make.make_head(office)


def test_everybody_of_the_office_registers_and_nobody_else(office):
    for role in ("operator", "caseworker", "head"):
        apply.make_application(office, make.make_user(role, office))
    for stranger in (
        make.make_psychologist(office),
        make.make_user("registrar", office),
        make.make_caseworker(make.make_office("oktyabr")),
    ):
        with pytest.raises(DomainError):
            apply.make_application(office, stranger)
    assert sorted(Application.objects.values_list("number", flat=True)) == [
        "04.2-0001/26",
        "04.2-0002/26",
        "04.2-0003/26",
    ]


def test_the_least_is_how_found_and_the_basis(office, worker):
    make.make_standard()
    new = NewApplication(office, Identification(IdentifiedBy.HOTLINE), Basis(BasisKind.APPLICATION))
    application = register_application(new, actor=worker)
    assert (application.status, application.people.count()) == ("registered", 0)


def test_basis_is_awaited_only_by_a_heads_word_until_a_day(office, worker, head):
    today = dt.date(2026, 11, 30)
    for bad in (
        Basis(BasisKind.AWAITED),
        Basis(BasisKind.AWAITED, awaited_until=today, allowed_by=worker),
        Basis(BasisKind.COURT),
    ):
        with pytest.raises(DomainError):
            apply.make_application(office, worker, basis=bad)
    until = clock.today() + dt.timedelta(days=3)
    word = Basis(BasisKind.AWAITED, awaited_until=until, allowed_by=head)
    application = apply.make_application(office, worker, basis=word)
    assert application.is_basis_awaited
    assert head.notices.filter(kind="application_word_named").count() == 1
    receive_application_basis(
        application,
        Basis(BasisKind.INTERNAL_AFFAIRS, text="ИИББ", number="12/3-4410"),
        actor=worker,
        seen_version=0,
    )
    application.refresh_from_db()
    assert (application.basis_kind, application.is_basis_awaited) == ("internal_affairs", False)
    assert application.basis_allowed_by == head


def test_awaited_document_reminds_before_its_day_and_after(office, worker, head):
    day = clock.today() + dt.timedelta(days=5)
    awaited = Basis(BasisKind.AWAITED, awaited_until=day, allowed_by=head)
    application = apply.make_application(office, worker, basis=awaited)
    url = f"{application.get_absolute_url()}basis/"

    def reminded(user):
        return [line.urgency for line in waiting_for(user) if line.url == url]

    for days, urgency in ((0, []), (3, [Urgency.SOON]), (5, [Urgency.SOON]), (6, [Urgency.LATE])):
        with clock.advanced_by(dt.timedelta(days=days)):
            assert (reminded(worker), reminded(head)) == (urgency, urgency), days


def test_eligible_application_opens_one_case_with_everything(office, worker):
    application = apply.make_application(office, worker)
    category = apply.make_category()
    find_eligible(
        application,
        Finding(facts_ky="Факт", categories=(category,), risk_level="high"),
        actor=worker,
    )
    case = open_case_from(application, actor=worker)
    child, mother = (
        case.child_places.get().person,
        case.family.members.get(relation="mother").person,
    )
    assert (child.full_name, child.child.school_class) == ("Асанбек уулу Үсөн", "3-Б")
    assert [p.number for p in mother.phones.all()] == ["0555 12 34 56"]
    assert [a.street for a in child.addresses.all()] == ["Мөңгүлүү"]
    assert (case.identified_by, case.basis_kind, case.reason, case.risk_level) == (
        "self", "application", "Ата-эненин чыры", "high",
    )  # fmt: skip
    assert (list(case.categories.all()), case.responsible) == ([category], worker)
    assert case.application == application
    with pytest.raises(DomainError):
        open_case_from(application, actor=worker)
    assert Case.objects.count() == 1


def test_known_person_gets_no_second_record(office, worker):
    known = make.make_case(office, worker).child_places.get().person
    application = apply.make_eligible(apply.make_application(office, worker), worker)
    row = application.people.get(relation="child")
    case = open_case_from(application, records={row.pk: known}, actor=worker)
    assert case.child_places.get().person == known


@pytest.mark.parametrize("channel", IdentifiedBy.values)
def test_no_channel_decides(office, worker, head, channel):
    said = Identification(channel, text="Мекеме")
    opened = apply.make_application(office, worker, identification=said)
    apply.make_eligible(opened, worker)
    proposed = apply.make_proposed(
        apply.make_application(office, worker, identification=said), worker
    )
    assert (opened.status, proposed.status) == ("eligible", "proposed")


def test_eligibility_needs_facts_and_a_kind_of_situation(office, worker):
    application = apply.make_application(office, worker)
    for finding in (Finding(facts_ky="Факт"), Finding(categories=(apply.make_category(),))):
        with pytest.raises(DomainError):
            find_eligible(application, finding, actor=worker)
    for finding in (Finding(facts_ky="Факт"), Finding(facts_ru="Факт"), Finding(" ", " ")):
        with pytest.raises(DomainError):
            propose_refusal(application, finding, actor=worker)
    assert not EligibilityDecision.objects.exists()


def test_operator_decides_nothing(office, worker):
    operator = make.make_user("operator", office)
    application = apply.make_application(office, operator)
    for step in (find_eligible, propose_refusal):
        with pytest.raises(DomainError):
            step(application, apply.FACTS, actor=operator)


def test_refusal_is_confirmed_by_the_head_and_never_by_who_proposed(office, worker, head):
    application = apply.make_proposed(apply.make_application(office, worker), worker)
    assert head.notices.filter(kind="refusal_proposed").exists()
    for wrong in (
        worker,
        make.make_caseworker(office),
        make.make_head(make.make_office("oktyabr")),
    ):
        with pytest.raises(DomainError):
            confirm_refusal(application, actor=wrong)
    confirm_refusal(application, actor=head)
    application.refresh_from_db()
    assert (application.status, application.notice.number) == ("refused", "04.4-0001/26")
    assert bytes(application.notice.pdf).startswith(b"%PDF")
    with pytest.raises(DomainError):
        confirm_refusal(application, actor=head)


def test_head_who_proposed_needs_the_deputy(office, head):
    application = apply.make_proposed(apply.make_application(office, head), head)
    with pytest.raises(DomainError):
        confirm_refusal(application, actor=head)
    with pytest.raises(DomainError):
        return_refusal(application, "Ой", actor=head)
    deputy = make.make_caseworker(office)
    make.make_stand_in(head.memberships.get(), deputy)
    confirm_refusal(application, actor=deputy)
    application.refresh_from_db()
    assert application.status == "refused"


def test_returned_refusal_is_decided_anew_and_the_first_is_kept(office, worker, head):
    application = apply.make_proposed(apply.make_application(office, worker), worker)
    return_refusal(application, "Үйүнө барып көрүңүз", actor=head)
    application.refresh_from_db()
    assert (application.status, worker.notices.filter(kind="refusal_returned").count()) == (
        "returned",
        1,
    )
    case = apply.make_opened(application, worker)
    assert (case.application, application.decisions.count()) == (application, 2)


def test_withdrawn_is_not_refused_and_one_can_apply_again(office, worker):
    application = apply.make_application(office, worker)
    with pytest.raises(DomainError):
        withdraw_application(application, " ", actor=worker)
    withdraw_application(application, "Энеси телефон чалды", actor=worker)
    application.refresh_from_db()
    assert (application.status, application.notice) == ("withdrawn", None)
    with pytest.raises(DomainError):
        propose_refusal(application, apply.FACTS, actor=worker)
    assert apply.make_application(office, worker).status == "registered"


def test_receipt_is_laid_out_once(office, worker):
    application = give_receipt(apply.make_application(office, worker), actor=worker)
    again = give_receipt(application, actor=worker)
    assert (IssuedPaper.objects.count(), again.receipt.number) == (1, application.number)


def test_facts_with_a_hidden_phone_do_not_go_on_the_notice(office, worker):
    child = make.make_child()
    case = make.make_case(office, worker, child=child)
    people.make_hidden(
        people.make_phone(child, number="0555 12 34 56"), child, set_by=case.responsible
    )
    application = apply.make_application(office, worker)
    said = Finding("Телефону 0555123456", "Телефон 0555 12-34-56")
    with pytest.raises(DomainError):
        propose_refusal(application, said, actor=worker)


def test_change_keeps_who_was_left_out(office, worker):
    application = apply.make_application(office, worker)
    new = apply.what_is_said(office, children=(KnownChild(description="Кыз, 7 жашта"),), adults=())
    change_application(application, new, actor=worker, seen_version=0)
    left = {row.full_name for row in application.people.filter(is_left_out=True)}
    stay = {row.full_name for row in application.people.filter(is_left_out=False)}
    assert (left, stay) == ({"Асанбек уулу Үсөн", "Төлөгөнова Жаңыл"}, {"Кыз, 7 жашта"})
    with pytest.raises(DomainError):
        change_application(application, new, actor=worker, seen_version=0)


def test_conflict_shuts_out_of_the_application(office, worker, head):
    application = apply.make_application(office, worker)
    declare_application_conflict(application, worker, "тууганы", actor=worker)
    declare_application_conflict(application, head, "кошуна", actor=head)
    for shut in (worker, head):
        assert not Application.objects.visible_to(shut).exists()
        with pytest.raises(DomainError):
            find_eligible(application, apply.FACTS, actor=shut)


def test_only_the_head_lets_in_again_who_was_shut_out(office, worker, head):
    application = apply.make_application(office, worker)
    tie = declare_application_conflict(application, worker, "тууганы", actor=worker)
    for actor in (
        worker,
        make.make_caseworker(office),
        make.make_head(make.make_office("oktyabr")),
    ):
        with pytest.raises(DomainError):
            end_application_conflict(tie.pk, application, actor=actor)
    end_application_conflict(tie.pk, application, actor=head)
    assert Application.objects.visible_to(worker).get() == application
    with pytest.raises(DomainError):
        end_application_conflict(tie.pk, application, actor=head)


def test_ties_follow_from_the_referral_to_the_application_and_the_case(office, worker, head):
    """Whoever is shut out of one is shut out of the others (clause 10), and let in only as long as nothing else shuts."""
    cousin, neighbour = make.make_caseworker(office), make.make_caseworker(office)
    referral = refer.make_incoming(worker)
    application = apply.make_application(office, worker)
    application.referral = referral
    application.save()
    records = IncomingReferral, Application
    tie = declare_referral_conflict(referral, cousin, "тууганы", actor=head)
    assert [kind.objects.visible_to(cousin).count() for kind in records] == [0, 0]
    declare_application_conflict(application, neighbour, "кошуна", actor=neighbour)
    assert [kind.objects.visible_to(neighbour).count() for kind in records] == [0, 0]
    case = open_case_from(apply.make_eligible(application, worker), actor=worker)
    for shut in (cousin, neighbour):
        assert not Case.objects.visible_to(shut).filter(pk=case.pk).exists()
    end_referral_conflict(tie.pk, referral, actor=head)
    assert [kind.objects.visible_to(cousin).count() for kind in records] == [0, 0]
    assert [kind.objects.visible_to(worker).count() for kind in records] == [1, 1]


@pytest.mark.parametrize("table", ["application", "applicationperson", "eligibilitydecision"])
def test_nothing_is_deleted_by_any_path(office, worker, table):
    apply.make_proposed(apply.make_application(office, worker), worker)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM intake_{table}")


def test_database_refuses_a_refusal_that_nobody_else_confirmed(office, worker, head):
    application = apply.make_proposed(apply.make_application(office, worker), worker)
    notice = give_receipt(application, actor=worker).receipt
    application.status, application.notice = ApplicationStatus.REFUSED, notice
    with pytest.raises(DatabaseError), transaction.atomic():
        application.save()
    decision = application.decisions.get()
    decision.confirmed_by = worker
    with pytest.raises(DatabaseError), transaction.atomic():
        decision.save()


def test_after_the_case_only_its_readers_read_the_application(office, worker, head):
    colleague = make.make_caseworker(office)
    application = apply.make_application(office, worker, applicant=Applicant(name="Кошуна"))
    assert Application.objects.content_visible_to(colleague).exists()
    case = apply.make_opened(application, worker)
    assert Application.objects.visible_to(colleague).exists()
    assert not Application.objects.content_visible_to(colleague).exists()
    assert Application.objects.content_visible_to(head).exists()
    case.is_restricted = True
    case.save()
    assert not Application.objects.visible_to(colleague).exists()


def test_undecided_ones_stand_in_the_order_in_which_they_came(office, worker):
    came, day = {}, clock.midnight(clock.today())
    for hour in (15, 9):
        with clock.moved_to(day + dt.timedelta(hours=hour)):
            came[hour] = apply.make_application(office, worker).get_absolute_url()
    with clock.moved_to(day + dt.timedelta(hours=16)):
        said = [line.url for line in waiting_for(worker)]
    assert said == [came[9], came[15]]
