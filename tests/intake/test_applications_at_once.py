"""Two hundred registrations at the same moment: numbers 1 … 200, once each, no gap after what was taken back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from core import clock
from intake.models import Application
from intake.services.applications import register_application
from tests import builders as make
from tests.intake import application_builders as apply

WORKERS, EACH = 40, 5


@pytest.mark.django_db(transaction=True)
def test_applications_registered_at_once_are_numbered_without_a_gap():
    office = make.make_office(index="04")
    make.make_standard()
    worker = make.make_caseworker(office)
    new = apply.what_is_said(office)
    together = threading.Barrier(WORKERS)

    def register(place):
        try:
            connection.ensure_connection()
            together.wait(timeout=60)
            for turn in range(EACH):
                register_once(place, turn)
        finally:
            connection.close()

    def register_once(place, turn):
        if (place + turn) % 3 == 0:
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                register_application(new, actor=worker)
                raise ZeroDivisionError
        register_application(new, actor=worker)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(register, range(WORKERS)))

    year = clock.today().year % 100
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert numbers == [f"04.2-{n:04d}/{year}" for n in range(1, WORKERS * EACH + 1)]
