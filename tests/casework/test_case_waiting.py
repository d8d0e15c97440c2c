"""What waits about cases: for the head and the worker whose it is, and for nobody else."""

import datetime as dt

import pytest

from casework.enums import BasisKind, CaseStage
from core import clock
from offices.waiting import Urgency, waiting_for
from tests.builders import make_case, make_caseworker, make_head, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def lenin():
    return make_office("lenin")


def lines(user):
    return [(str(line.text), line.number, line.urgency) for line in waiting_for(user)]


def test_new_case_waits_for_its_head_until_it_is_assigned(lenin):
    head, stranger = make_head(lenin), make_head(make_office("oktyabr"))
    case = make_case(lenin)
    strangers = make_case(stranger.memberships.first().office)
    assert [(n, u) for _, n, u in lines(head)] == [(case.number, Urgency.CALM)]
    assert [n for _, n, _ in lines(stranger)] == [strangers.number]
    case.assigned_at = clock.now()
    case.save()
    assert lines(head) == []


def test_case_whose_worker_has_left_is_late_at_once(lenin):
    head, worker = make_head(lenin), make_caseworker(lenin)
    case = make_case(lenin, worker, assigned_at=clock.now())
    assert lines(head) == []
    membership = worker.memberships.get()
    membership.ends_on = clock.today() - dt.timedelta(days=1)
    membership.save()
    assert [(n, u) for _, n, u in lines(head)] == [(case.number, Urgency.LATE)]
    case.stage, case.closed_on = CaseStage.CLOSED, clock.today()
    case.save()
    assert lines(head) == []


@pytest.mark.parametrize(
    ("days", "urgency"), [(-1, Urgency.LATE), (0, Urgency.SOON), (2, Urgency.SOON), (3, None)]
)
def test_awaited_basis_comes_up_as_its_day_nears(lenin, days, urgency):
    head, worker, other = make_head(lenin), make_caseworker(lenin), make_caseworker(lenin)
    case = make_case(
        lenin,
        worker,
        assigned_at=clock.now(),
        basis_kind=BasisKind.AWAITED,
        basis_awaited_until=clock.today() + dt.timedelta(days=days),
        basis_allowed_by=head,
        basis_word_confirmed_at=clock.now(),
    )
    expected = [(case.number, urgency)] if urgency else []
    assert [(n, u) for _, n, u in lines(worker)] == expected
    numbered = [(n, u) for _, n, u in lines(head) if n]
    assert numbered == expected  # what is late with others is a line without a number
    assert lines(other) == []


def test_word_waits_for_the_head_who_gave_it(lenin):
    head, deputy = make_head(lenin), make_head(lenin)
    make_case(
        lenin,
        assigned_at=clock.now(),
        basis_kind=BasisKind.AWAITED,
        basis_awaited_until=clock.today() + dt.timedelta(days=9),
        basis_allowed_by=head,
    )
    assert [u for _, _, u in lines(head)] == [Urgency.SOON]
    assert lines(deputy) == []
