"""The rail's counts are kept for a moment: fresh after one's own step, and never those of another standing."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from offices.enums import Role
from reports.counts import KEPT_SECONDS
from tests import builders as make

pytestmark = pytest.mark.django_db
SOON, LATER = (dt.timedelta(seconds=KEPT_SECONDS + n) for n in (-2, 1))


@pytest.fixture
def lenin():
    return make.make_office("lenin")


@pytest.fixture
def head(lenin):
    return make.make_head(lenin)


def on_the_rail(client, entry="cases:list"):
    """What the rail says waits behind ``entry``; None where it has no such entry."""
    shown = client.get("/reports/rail/").context_data["navigation"]
    return {e.name: e.count for e in shown}.get(entry)


def asked_by(client):
    with CaptureQueriesContext(connection) as questions:
        client.get("/reports/rail/")
    return [q["sql"] for q in questions if "casework_" in q["sql"]]


def test_counts_are_those_of_my_day_and_are_asked_for_once(sign_in, head, lenin):
    make.make_case(lenin)
    client = sign_in(head)
    assert on_the_rail(client) == on_the_rail(client, "reports:my_day") == 1
    with clock.advanced_by(LATER):
        assert asked_by(client) != []
        assert asked_by(client) == []


def test_my_day_counts_for_its_own_rail(sign_in, head, lenin):
    make.make_case(lenin)
    client = sign_in(head)
    client.get("/")
    assert asked_by(client) == []
    assert on_the_rail(client) == 1
    make.make_case(lenin)
    client.get("/")
    assert on_the_rail(client) == 2


def test_what_others_do_is_counted_a_moment_later(sign_in, head, lenin):
    client = sign_in(head)
    assert on_the_rail(client) == 0
    make.make_case(lenin)
    with clock.advanced_by(SOON):
        assert on_the_rail(client) == 0
    with clock.advanced_by(LATER):
        assert on_the_rail(client) == 1


def test_ones_own_step_is_counted_at_once(sign_in, head, lenin):
    client, other = sign_in(head), sign_in(make.make_head(lenin))
    assert on_the_rail(client) == on_the_rail(other) == 0
    make.make_case(lenin)
    client.post(reverse("core:save_draft"), headers={"X-Automatic": "1"})
    client.post(reverse("cases:assign", args=[uuid4()]))
    assert on_the_rail(client) == 0  # nobody has done anything
    client.post("/cases/new/")
    assert on_the_rail(client) == 1
    assert on_the_rail(other) == 0


def test_counts_of_a_lost_role_are_not_shown(sign_in, head, lenin):
    make.make_case(lenin)
    make.make_membership(head, Role.OPERATOR, lenin)
    client = sign_in(head)
    assert on_the_rail(client) == 1
    led = head.memberships.get(role=Role.HEAD)
    led.ends_on = clock.today() - dt.timedelta(days=1)
    led.save()
    assert on_the_rail(client) == 0
