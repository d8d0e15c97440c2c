"""Numbers: one gapless series per office, journal and year, whatever happens around."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from core.errors import DomainError
from papers.models import Journal, JournalIndex, NumberSeries
from papers.numbers import index_of, take_number
from tests.builders import make_centre, make_office

DAY = dt.date(2026, 11, 23)
WORKERS, EACH = 40, 5


def take(office, journal=Journal.CONCLUSION, on=DAY):
    with transaction.atomic():
        return take_number(office, journal, on=on)


@pytest.mark.django_db
def test_number_is_index_sequence_and_year():
    office = make_office(index="04")
    JournalIndex.objects.create(office=office, journal=Journal.CONCLUSION, index="04-К")

    assert [take(office) for _ in range(3)] == ["04-К-0001/26", "04-К-0002/26", "04-К-0003/26"]


@pytest.mark.django_db
def test_number_grows_past_four_digits():
    office = make_office(index="04")
    NumberSeries.objects.create(
        office=office, journal=Journal.CASE, year=2026, index="04", last=9999
    )

    assert take(office, Journal.CASE) == "04-10000/26"


@pytest.mark.django_db
def test_every_office_journal_and_year_counts_for_itself():
    lenin, centre = make_office(index="04"), make_centre(index="06")
    take(lenin), take(lenin)

    assert take(lenin, Journal.CASE) == "04.1-0001/26"
    assert take(centre) == "06.3-0001/26"
    assert take(lenin, on=dt.date(2027, 1, 1)) == "04.3-0001/27"
    assert take(lenin) == "04.3-0003/26"


@pytest.mark.django_db
def test_index_falls_back_to_one_that_no_other_journal_has():
    offices = [make_office(index="04"), make_centre(index="04.3")]

    indexes = [index_of(office, journal) for office in offices for journal in Journal]

    assert len(set(indexes)) == len(indexes) == 2 * len(Journal)


@pytest.mark.django_db
def test_a_new_index_counts_from_the_next_year():
    office = make_office(index="04")
    take(office)
    JournalIndex.objects.create(office=office, journal=Journal.CONCLUSION, index="44")

    assert take(office) == "04.3-0002/26"
    assert take(office, on=dt.date(2027, 1, 11)) == "44-0001/27"


@pytest.mark.django_db
def test_an_index_handed_to_another_journal_repeats_no_number():
    lenin, centre = make_office(index="04"), make_centre(index="06")
    own = JournalIndex.objects.create(office=lenin, journal=Journal.CONCLUSION, index="44")
    take(lenin)
    own.delete()
    JournalIndex.objects.create(office=centre, journal=Journal.CONCLUSION, index="44")

    with pytest.raises(DomainError):
        take(centre)
    assert list(NumberSeries.objects.values_list("office", "last")) == [(lenin.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_number_is_refused_outside_a_transaction():
    office = make_office()

    with pytest.raises(transaction.TransactionManagementError):
        take_number(office, Journal.CASE, on=DAY)
    assert not NumberSeries.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_number_of_a_rolled_back_transaction_is_given_again():
    office = make_office(index="04")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert take_number(office, Journal.CASE, on=DAY) == "04.1-0001/26"
        raise ZeroDivisionError

    assert take(office, Journal.CASE) == "04.1-0001/26"


@pytest.mark.django_db(transaction=True)
def test_numbers_neither_collide_nor_skip_when_everybody_registers_at_once():
    office = make_office(index="04")
    together = threading.Barrier(WORKERS)

    def register(worker):
        try:
            connection.ensure_connection()
            together.wait(timeout=60)
            return [register_once(worker, turn) for turn in range(EACH)]
        finally:
            connection.close()

    def register_once(worker, turn):
        if (worker + turn) % 3 == 0:
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                take_number(office, Journal.CONCLUSION, on=DAY)
                raise ZeroDivisionError
        return take(office)

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = [number for numbers in pool.map(register, range(WORKERS)) for number in numbers]

    assert sorted(taken) == [f"04.3-{n:04d}/26" for n in range(1, WORKERS * EACH + 1)]
