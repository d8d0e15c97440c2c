"""Two who do the same at the same moment: one case, one number, one record."""

import threading

import pytest
from django.db import connections
from django.test import Client

from casework.models import Case, Person
from papers.models import NumberSeries
from tests import builders as make
from tests.casework.test_cases_pages import AIYM, OPEN, typed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """What each job gave; all begin together, each on a connection of its own."""
    start, answers = threading.Barrier(len(jobs)), [None] * len(jobs)

    def work(place, job):
        start.wait(10)
        try:
            answers[place] = job()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n, job)) for n, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def browser(user):
    client = Client()
    client.force_login(user, backend="offices.backends.StaffBackend")
    return client


def test_double_click_opens_one_case():
    make.make_standard()
    worker = make.make_caseworker(make.make_office("lenin"))
    sent, browsers = typed([AIYM]), [browser(worker) for _ in range(4)]

    answers = at_once(*(lambda b=b: b.post(OPEN, sent) for b in browsers))

    case = Case.objects.get()
    assert [a["Location"] for a in answers] == [case.get_absolute_url()] * 4
    assert (Person.objects.count(), NumberSeries.objects.get().last) == (1, 1)


def test_cases_opened_at_once_neither_share_nor_skip_a_number():
    make.make_standard()
    office = make.make_office("lenin")
    browsers = [browser(make.make_caseworker(office)) for _ in range(5)]

    at_once(*(lambda b=b: b.post(OPEN, typed([AIYM])) for b in browsers))

    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert [number.split("-")[1][:4] for number in numbers] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
    ]


def test_two_who_change_the_summary_at_once_do_not_overwrite_each_other():
    case = make.make_case()
    head = make.make_head(case.office)
    sent = {"identified_by": "raid", "risk_level": "low", "record_version": case.version}

    answers = at_once(
        *(
            lambda user=user, text=text: browser(user).post(
                f"/cases/{case.pk}/change/", sent | {"reason": text}
            )
            for user, text in ((case.responsible, "Биринчи"), (head, "Экинчи"))
        )
    )

    assert sorted(a.status_code for a in answers) == [200, 302]
    case.refresh_from_db()
    assert case.version == 1
