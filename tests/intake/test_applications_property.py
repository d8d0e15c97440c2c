"""Whatever is done with applications in whatever order by whomever: refused only by two, nothing deleted, one case each."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import Case
from core.errors import DomainError
from intake.models import Application, ApplicationPerson, EligibilityDecision
from intake.services import applications as life
from intake.services import eligibility as verdict
from papers.models import IssuedPaper
from tests import builders as make
from tests.intake import application_builders as apply

pytestmark = pytest.mark.django_db

STEPS = {
    "eligible": lambda a, by: verdict.find_eligible(
        a, verdict.Finding("Факт", "", (apply.make_category(),)), actor=by
    ),
    "propose": lambda a, by: verdict.propose_refusal(a, apply.FACTS, actor=by),
    "propose without facts": lambda a, by: verdict.propose_refusal(
        a, verdict.Finding(" ", "Факт"), actor=by
    ),
    "confirm": lambda a, by: verdict.confirm_refusal(a, actor=by),
    "return": lambda a, by: verdict.return_refusal(a, "Дагы карагыла", actor=by),
    "open": lambda a, by: verdict.open_case_from(a, actor=by),
    "withdraw": lambda a, by: life.withdraw_application(a, "Энеси чалды", actor=by),
    "change": lambda a, by: life.change_application(
        a, apply.what_is_said(a.office, adults=()), actor=by, seen_version=a.version
    ),
    "receipt": lambda a, by: None,
}
PEOPLE = ("operator", "worker", "other worker", "head", "deputy", "stranger")


@pytest.fixture
def people(db):
    office = make.make_office("lenin")
    head = make.make_head(office)
    deputy = make.make_caseworker(office)
    make.make_stand_in(head.memberships.get(), deputy)
    return {
        "operator": make.make_user("operator", office),
        "worker": make.make_caseworker(office),
        "other worker": make.make_caseworker(office),
        "head": head,
        "deputy": deputy,
        "stranger": make.make_head(make.make_office("oktyabr")),
    }


def held(application):
    """What must be true after any step."""
    application.refresh_from_db()
    if application.status == "refused":
        decision = application.decisions.get(is_eligible=False, confirmed_at__isnull=False)
        assert decision.confirmed_by_id not in (None, decision.decided_by_id)
        assert decision.facts_ky.strip() and decision.facts_ru.strip()
        assert application.notice.number
    assert (application.notice_id is not None) == (application.status == "refused")
    assert (application.case_id is not None) == (application.status == "opened")
    assert Case.objects.filter(application=application).count() <= 1


# Each example has an application of its own; the people stay.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(PEOPLE)), max_size=9)
)
def test_no_way_leads_to_a_refusal_but_by_two(people, steps):
    application = apply.make_application(
        people["worker"].memberships.get().office, people["worker"]
    )
    cases = Case.objects.count()
    for name, person in steps:
        kept = [m.objects.count() for m in (Application, ApplicationPerson, EligibilityDecision)]
        before = application.status
        try:
            STEPS[name](application, people[person])
        except DomainError:
            application.refresh_from_db()
            assert application.status == before
        held(application)
        now = [m.objects.count() for m in (Application, ApplicationPerson, EligibilityDecision)]
        assert all(a <= b for a, b in zip(kept, now, strict=True))
        if before in ("refused", "opened", "withdrawn"):
            assert application.status == before
    assert Case.objects.count() - cases == (application.status == "opened")
    assert IssuedPaper.objects.filter(pk=application.notice_id).count() == (
        application.status == "refused"
    )
