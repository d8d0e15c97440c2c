"""The small chart: each domain from one assessment to the next, and the same in a table."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.assessment_chart import FOOT, RISE, chart_until, charts_of
from casework.models import AssessmentScore
from core import clock
from tests import builders as make
from tests.casework.plan_builders import make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case()


def assessed(case, days_ago, scores, **fields):
    fields.setdefault("status", "approved")
    with clock.advanced_by(dt.timedelta(days=-days_ago)):
        return make_assessment(case, scores=scores, **fields)


def drawn(chart):
    return {s.domain.code: [(d.score, d.is_bad) for d in s.dots] for s in chart.strips}


def test_dots_rise_with_the_score_from_the_oldest_to_the_newest(case):
    assessed(case, 60, {"safety": 3, "care": 1})
    assessed(case, 30, {"safety": 2})
    last = assessed(case, 1, {"safety": 0, "care": 2})
    chart = chart_until(last)
    assert drawn(chart) == {
        "safety": [(3, True), (2, True), (0, False)],
        "care": [(1, False), (2, True)],
    }
    safety, care = sorted(chart.strips, key=lambda strip: -len(strip.dots))
    assert [dot.y for dot in safety.dots] == [FOOT - 3 * RISE, FOOT - 2 * RISE, FOOT]
    assert [dot.x for dot in safety.dots] == sorted({dot.x for dot in safety.dots})
    assert (len(safety.lines), len(care.lines)) == (2, 0)  # nothing joins what was not assessed
    assert [cell and cell.score for cell in care.cells] == [1, None, 2]
    assert (safety.change, care.change) == ("better", "worse")


def test_chart_of_an_earlier_one_knows_nothing_of_later_ones(case):
    first = assessed(case, 60, {"safety": 3})
    assessed(case, 30, {"safety": 1})
    assert not chart_until(first).is_worth_drawing


def test_returned_drafts_corrected_and_those_of_others_are_not_drawn(case):
    child = case.child_places.get().person
    wrong = assessed(case, 60, {"safety": 3})
    assessed(case, 59, {"safety": 2}, replaces=wrong)
    assessed(case, 40, {"safety": 3}, status="returned")
    assessed(case, 20, {"safety": 3}, status="draft")
    assessed(case, 10, {"safety": 3}, person=child)
    assessed(case, 1, {"safety": 1})
    (chart,) = charts_of(case.pk)
    assert drawn(chart) == {"safety": [(2, True), (1, False)]}


def test_pages_show_it_with_the_table_for_who_does_not_see(case, sign_in):
    assessed(case, 30, {"safety": 3})
    last = assessed(case, 1, {"safety": 1})
    client = sign_in(case.responsible)
    for path in (last.get_absolute_url(), f"/cases/{case.pk}/assessments/"):
        page = client.get(path).content.decode()
        chart = page[page.index('class="domain-chart"') :]
        assert 'role="img" aria-label=' in chart
        assert re.findall(r"<text [^>]*>(\d)</text>", chart) == ["3", "1"]
        table = chart[chart.index("<table") :]
        assert [score in table for score in ("3 · ", "1 · ")] == [True, True]
        assert "style=" not in chart[: chart.index("</figure>")]


def test_many_assessments_are_asked_for_as_often_as_two(case):
    def asked():
        with CaptureQueriesContext(connection) as found:
            charts_of(case.pk)
        return len(found)

    for n in range(2):
        assessed(case, 90 - n, {"safety": n})
    few = asked()
    for n in range(40):
        assessed(case, 80 - n, {f"domain{n}": 2, "safety": 1})
    assert AssessmentScore.objects.count() > 80
    assert asked() == few == 2
