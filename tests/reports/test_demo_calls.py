"""The calls of the demo city: of every kind, some open, and somebody on duty."""

import pytest
from django.core.management import call_command

from core import clock
from intake.models import DutyShift, HotlineCall
from offices.models import User
from offices.waiting import waiting_for
from reports.demo.calls import load_calls
from reports.demo.staff import load_staff

pytestmark = pytest.mark.django_db


def test_calls_are_of_every_kind_and_some_stand_open_tonight():
    call_command("reference", verbosity=0)
    load_staff()
    load_calls(120)
    calls = HotlineCall.objects.all()
    assert {c.nature for c in calls} == {"real", "blank", "prank"}
    assert {c.outcome for c in calls} == {"", "consultation", "passed", "visit", "nothing_found"}
    late = [c for c in calls if c.is_past_due(c.ended_at or clock.now()) and c.on_site_at]
    assert late and all(c.late_reason for c in late)
    assert HotlineCall.objects.open().count() == 6
    lead = HotlineCall.objects.filter(joined__isnull=False, office__code="sverdlov").get()
    assert lead.applications.get().is_basis_awaited
    for office in ("sverdlov", "lenin"):
        numbers = HotlineCall.objects.filter(office__code=office).order_by("received_at", "number")
        assert list(numbers.values_list("number", flat=True)) == sorted(
            numbers.values_list("number", flat=True), key=lambda n: (n[-2:], n)
        )
    assert DutyShift.objects.filter(office__code="sverdlov").count() == 15
    operator = User.objects.get(username="operator.sverdlov")
    assert [line for line in waiting_for(operator) if line.rail == "calls:board"]
