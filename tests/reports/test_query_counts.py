"""How often the main pages ask the database: as often for fifty rows as for one, and not often."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.enums import Relation
from casework.models import Conclusion, PlanGoal
from casework.services.deadlines import start_deadlines
from core import clock
from tests import builders as make
from tests.casework import people_builders as people
from tests.casework.plan_builders import make_assessment, make_measure, make_plan

MANY = 50
LIST, RECORD = 12, 20
FORM = 24  # a form of rows looks up who may be chosen in them
HISTORY = 37  # one question for each kind of record that has a history
TIMELINE = 47  # one question for each kind of happening


def grow(case, rows):
    """``rows`` more of all that hangs on a case and on its child."""
    child = case.child_places.first().person
    goal = PlanGoal.objects.get(plan__case=case)
    for n in range(rows):
        make_assessment(case, scores={f"domain{rows}{n}": 2}, status="finished")
        make_measure(goal, order=n)
        member = people.make_member(case.family, Relation.RELATIVE, make.make_person(f"Т{n}"))
        people.make_hidden(
            people.make_phone(member.person, number=f"0555 10 {n:02d} {rows:02d}"), child, set_by=case.responsible
        )  # fmt: skip
        people.make_consent(case, given_by=member.person)
        make.make_safety_alert(case)
        episode = make.make_episode(case)
        make.make_meeting(episode)
        Conclusion.objects.create(
            episode=episode, author=episode.specialist, status="signed", number=f"05-{rows}{n:03d}/26", signed_at=clock.now()
        )  # fmt: skip
        make.make_case(case.office, case.responsible, child=child, family=case.family)
        child.birth_on = dt.date(2017, 3, 14) - dt.timedelta(days=n + rows)
        child.save()


def asked_by(client, path):
    """What the page asks, the entry into the read log included."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return [q["sql"] for q in asked if q["sql"].startswith(("SELECT", "INSERT", "UPDATE", "WITH"))]


PAGES = {
    "/cases/?per_page=50": LIST,
    "/episodes/?per_page=50": LIST,
    "/releases/?per_page=50": LIST,
    "/cases/{case}/": RECORD,
    "/cases/{case}/family/": RECORD,
    "/cases/{case}/timeline/": TIMELINE,
    "/children/{child}/timeline/": TIMELINE,
    "/cases/{case}/assessments/": RECORD,
    "/cases/{case}/plan/": RECORD,
    "/plans/{plan}/": RECORD,
    "/plans/{plan}/goals/{goal}/": FORM,
    "/assessments/{assessment}/": RECORD,
    "/cases/{case}/episodes/": RECORD,
    "/cases/{case}/papers/": RECORD,
    "/cases/{case}/releases/": RECORD,
    "/cases/{case}/history/": HISTORY,
    "/children/{child}/": RECORD,
    "/families/{family}/": RECORD,
}


@pytest.fixture(scope="module")
def asked(standing_still):
    """What each page asks with one row of everything, and with fifty."""
    with standing_still():
        case = _case()
        places = {
            "case": case.pk,
            "child": case.child_places.get().person_id,
            "family": case.family_id,
            "plan": case.plans.get().pk,
            "goal": PlanGoal.objects.get(plan__case=case).pk,
            "assessment": case.assessments.get().pk,
        }
        client = Client()
        client.force_login(case.responsible, backend="offices.backends.StaffBackend")
        counted = []
        for rows in (1, MANY - 1):
            grow(case, rows)
            counted.append({page: asked_by(client, page.format(**places)) for page in PAGES})
        yield counted


def _case():
    found = make.make_case(mother=make.make_person("Төлөгөнова", "Жаңыл", sex="female"))
    make_plan(found)
    make_assessment(found, scores={"safety": 2}, status="finished")
    start_deadlines(found)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_as_often_for_fifty_rows_as_for_one(asked, page):
    few, many = (counted[page] for counted in asked)
    assert len(many) == len(few)
    assert len(few) <= PAGES[page], "\n".join(few)
