"""The demo city: always the same, for every role something to look at, refused where it must not be."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from casework.models import (
    AccessReport,
    Case,
    Closing,
    Conclusion,
    FollowUp,
    HandOver,
    Measure,
    Meeting,
    Person,
    PersonMerge,
    Plan,
    ProtectionOrder,
    Release,
    Reopening,
    SealedOpening,
    Transfer,
)
from casework.models.legal import REMINDS_BEFORE
from core import clock
from offices.models import Membership, StandIn, User
from offices.waiting import waiting_for
from referrals.models import IncomingReferral, OutgoingReferral
from reports.demo.assessments import COMES_SO_FAR, MOST_PAPERS, STILL_OPEN, latest_in_help
from reports.demo.families import COUNT, LAST_DAY, plan_families
from reports.demo.staff import FORMER, PEOPLE
from reports.demo.two_files import families_of_two_files

pytestmark = pytest.mark.django_db


def test_city_is_described_the_same_every_time():
    assert plan_families() == plan_families()
    assert len(plan_families()) == COUNT


@pytest.fixture(scope="module")
def small_city(standing_still):
    """Built once: nobody of these tests changes it."""
    with standing_still(), override_settings(DEMO_ALLOWED=True):
        call_command("demo", families=40, verbosity=0)
        yield


def test_small_city_has_its_offices_staff_and_cases(small_city):
    assert Case.objects.count() == 40 + len(families_of_two_files())
    # And one who has left.
    assert User.objects.filter(is_demo=True).count() == len(PEOPLE) + 1
    for office in ("lenin", "oktyabr", "pervomay", "sverdlov", "centre"):
        workers = Membership.objects.filter(office__code=office, role="caseworker")
        assert workers.count() >= 2, office
    numbers = list(Case.objects.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)


def test_names_are_of_many_kinds():
    people = [p for f in plan_families() for p in (*f.children, *f.adults)]
    surnames = " ".join(p.name.surname for p in people)
    for form in ("уулу", "кызы", "тегин", "Петров", "Рахимов", "Машанло", "Ким"):
        assert form in surnames, form
    assert any(not p.name.patronymic for p in people)
    assert any(not p.pin for p in people)
    assert {p.precision for p in people} == {"exact", "year", "estimated", "unknown"}


def test_no_two_children_of_a_family_have_one_name():
    for family in plan_families():
        names = [child.name.given for child in family.children if child.name.given]
        assert len(set(names)) == len(names), names


def test_stages_are_all_there():
    assert {f.stage for f in plan_families()} == {"opened", "assessment", "plan", "help", "closed"}
    assert sum(f.has_conclusion for f in plan_families()) > 10


def test_city_begins_only_in_an_empty_database(small_city):
    with pytest.raises(CommandError, match="cases already"):
        call_command("demo", families=1, verbosity=0)


def test_city_is_refused_where_demos_are_not_allowed(settings):
    settings.DEMO_ALLOWED, before = False, Person.objects.count()
    with pytest.raises(CommandError, match="never for production"):
        call_command("demo", verbosity=0)
    assert Person.objects.count() == before


def test_head_of_the_centre_finds_something_to_do(small_city):
    head = User.objects.get(username="head.centre")
    assert Meeting.objects.exists() and Conclusion.objects.filter(status="signed").exists()
    assert [line for line in waiting_for(head) if line.rail == "conclusions:desk"]


def test_referrals_came_in_went_out_and_some_wait(small_city):
    assert IncomingReferral.objects.filter(case__isnull=False).exists()
    assert IncomingReferral.objects.unsettled().count() == 4
    # A small city has few cases to refer from: how many states they reach follows from which are open.
    states = set(OutgoingReferral.objects.values_list("status", flat=True))
    assert "sent" in states and states <= {"sent", "replied", "asked", "declined"}
    assert Release.objects.filter(form__in=["referral", "feedback"]).count() <= 3


def test_cases_are_kept_and_some_are_closed(small_city):
    """And no measure of years ago stands late in a head's list."""
    assert Closing.objects.filter(status="approved").exists() and FollowUp.objects.exists()
    assert Transfer.objects.filter(status="offered").count() == 1
    assert HandOver.objects.filter(status="offered").count() == 1
    assert Reopening.objects.count() == 1
    assert set(Release.objects.values_list("form", flat=True)) >= {"summary", "access"}
    assert SealedOpening.objects.get().user.username == "head.pervomay"
    measures = Measure.objects.of_plans_in_force()
    assert measures.exists()
    assert not measures.unfinished().filter(due_on__lt=LAST_DAY - STILL_OPEN).exists()


def test_two_files_of_one_girl_are_together_and_an_older_one_waits(small_city):
    """Of the same girl in two districts, each head having said so; and the file of scenario 2 that nobody has asked about."""
    merge = PersonMerge.objects.get()
    assert (merge.status, merge.proposed_by.username, merge.decided_by.username) == (
        "agreed",
        "head.sverdlov",
        "head.oktyabr",
    )
    assert merge.ours.given_name == merge.theirs.given_name and merge.ours.pin
    old = Case.objects.get(child_places__person__surname="Ибрагимова")
    assert (old.office.code, old.opened_at.year, old.stage) == ("oktyabr", 2024, "closed")


def test_one_case_has_moved_and_another_is_restricted(small_city):
    moved = Transfer.objects.get(status="accepted")
    assert (moved.to_office.code, moved.case.office.code) == ("pervomay", "pervomay")
    assert moved.from_office.code != "pervomay"
    assert moved.case.responsible.username == "caseworker2.pervomay"
    assert Case.objects.filter(is_restricted=True).exists()


def test_commission_has_agreed_to_a_plan(small_city):
    plan = Plan.objects.get(agreed_on__isnull=False)
    approved_on = clock.local(plan.approved_at).date()
    assert plan.agreed_number == "46" and plan.agreed_on < LAST_DAY
    assert dt.timedelta(0) < plan.agreed_on - approved_on < dt.timedelta(days=30)
    assert plan.paper.replaces_id


def test_plans_in_force_are_of_the_latest_cases_in_help(small_city):
    """A review that nobody made for years would be believed by nobody."""
    families = plan_families()
    days = [f.opened_at.date() for f in families if f.index in latest_in_help(families)]
    assert len(days) == MOST_PAPERS == Case.objects.filter(plans__status="approved").count()
    assert LAST_DAY - dt.timedelta(days=180) < min(days) <= max(days) < LAST_DAY - COMES_SO_FAR


def test_one_is_on_leave_and_one_has_left_a_case_behind(small_city):
    assert StandIn.objects.active(LAST_DAY).count() == 1
    former = User.objects.get(username=FORMER[0])
    left = Case.objects.get(responsible=former)
    assert left in Case.objects.forsaken() and former.memberships.get().ends_on < LAST_DAY
    head = User.objects.get(username=f"head.{left.office.code}")
    assert Case.objects.held_by(head).filter(pk=left.pk).exists()


def test_an_order_runs_out_soon_and_a_follow_up_is_due(small_city):
    soon = ProtectionOrder.objects.in_force().filter(
        expires_on__range=(LAST_DAY, LAST_DAY + REMINDS_BEFORE)
    )
    assert soon.filter(episode__status="active", episode__case__responsible__isnull=False).exists()
    assert FollowUp.objects.due().filter(due_on__lte=LAST_DAY).exists()


def test_releases_are_granted_and_refused(small_city):
    decided = set(Release.objects.values_list("form", "status"))
    assert decided >= {("summary", "granted"), ("access", "granted"), ("full", "refused")}
    assert AccessReport.objects.count() == 1
