"""Two registrars press Register at the same moment: two numbers, no gap, whatever they press."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from complaints.models import Complaint
from core.errors import DomainError

from . import builders as b

RACES = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_races_of_two_registrars_leave_a_gapless_unique_series():
    city = b.City()
    papers = [b.receive(city) for _ in range(2 * RACES)]
    together = threading.Barrier(2)

    def registrar(turn):
        try:
            connection.ensure_connection()
            taken = []
            for race in range(RACES):
                together.wait(timeout=60)
                taken.append(b.register(city, papers[2 * race + turn]).number)
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = [number for numbers in pool.map(registrar, range(2)) for number in numbers]
    index, year = taken[0].split("-")[0], taken[0].split("/")[1]
    assert sorted(taken) == [f"{index}-{n:04d}/{year}" for n in range(1, 2 * RACES + 1)]


@pytest.mark.django_db(transaction=True)
def test_the_same_paper_registered_by_both_gets_one_number():
    city = b.City()
    paper = b.receive(city)
    together = threading.Barrier(2)

    def registrar(_turn):
        try:
            connection.ensure_connection()
            together.wait(timeout=60)
            return b.register(city, Complaint.objects.get(pk=paper.pk)).number
        except (DomainError, PermissionDenied):
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(registrar, range(2)))
    assert sorted(taken)[0] == "" and sorted(taken)[1].split("-")[1].startswith("0001/")
