"""My day and the rail: what is mine, nobody else's; counts on the rail; a constant number of queries."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.enums import Role
from offices.models import ReadLog
from reports.navigation import ENTRIES
from tests.builders import (
    make_case,
    make_caseworker,
    make_centre,
    make_child,
    make_episode,
    make_head,
    make_office,
    make_psychologist,
    make_user,
)

pytestmark = pytest.mark.django_db


def page(client, user, path="/"):
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_caseworker_sees_the_cases_they_hold_and_no_colleagues(client):
    lenin = make_office("lenin")
    worker, colleague = make_caseworker(lenin), make_caseworker(lenin)
    mine = make_case(responsible=worker, child=make_child("Болот кызы", "Айым"))
    theirs = make_case(responsible=colleague, child=make_child("Темир уулу", "Эмир"))
    shown = page(client, worker)
    assert mine.number in shown and "Болот кызы Айым" in shown
    assert theirs.number not in shown and "Темир уулу" not in shown
    assert f"case:{mine.pk}" in ReadLog.objects.get().subjects


def test_psychologist_sees_own_help_only(client):
    centre = make_centre()
    psychologist, other = make_psychologist(centre), make_psychologist(centre)
    mine = make_episode(make_case(child=make_child("Болот кызы", "Айым")), psychologist)
    theirs = make_episode(make_case(child=make_child("Темир уулу", "Эмир")), other)
    shown = page(client, psychologist)
    assert str(mine.pk) in shown and str(theirs.pk) not in shown
    assert "Темир уулу" not in shown


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.REGISTRAR])
def test_others_see_no_clients_name_on_their_day(client, role):
    lenin = make_office("lenin")
    make_case(lenin, child=make_child("Болот кызы", "Айым"))
    assert "Болот кызы" not in page(client, make_user(role, lenin))


def test_rail_counts_what_waits_behind_each_entry(client):
    lenin = make_office("lenin")
    head = make_head(lenin)
    make_case(lenin)
    make_case(lenin)
    client.force_login(head)
    answer = client.get("/reports/rail/", headers={"HX-Current-URL": "http://testserver/cases/"})
    entries = {e.name: (e.count, e.is_current) for e in answer.context_data["navigation"]}
    assert entries["reports:my_day"] == (2, False)
    assert entries["cases:list"] == (2, True)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "reports:my_day"),
        ("/intake/calls/new/", "calls:board"),
        ("/referrals/", "calls:board"),
        ("/referrals/organisations/", "calls:board"),
        ("/referrals/outgoing/", "releases:register"),
        ("/accounts/settings/", None),
    ],
)
def test_rail_says_to_which_part_a_page_belongs(client, path, name):
    client.force_login(make_head(make_office("lenin")))
    headers = {"HX-Current-URL": f"http://testserver{path}"}
    rail = client.get("/reports/rail/", headers=headers).context_data["navigation"]
    assert [entry.name for entry in rail if entry.is_current] == ([name] if name else [])


def test_rail_leads_each_role_only_where_it_may_go(client):
    lenin = make_office("lenin")
    names = {}
    for role in (Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.HEAD, Role.AUDITOR):
        client.force_login(make_user(role, lenin))
        navigation = client.get("/reports/rail/").context_data["navigation"]
        names[role] = [entry.name for entry in navigation]
        for entry in navigation:
            assert client.get(entry.url).status_code == 200, (role, entry.name)
    entries = ["reports:my_day", "calls:board", "cases:list", "complaints:handed_in"]
    assert names[Role.OPERATOR] == entries


def test_no_key_is_given_twice():
    """After ``g`` each letter leads to one place, whatever roles one has and whatever the page adds to the rail."""
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    on_pages = [key for t in templates for key in re.findall(r'data-go="(\w)"', t.read_text())]
    keys = [entry.key for entry in ENTRIES] + on_pages
    assert set("nbpdi") <= set(keys)
    assert [key for key, times in Counter(keys).items() if times > 1] == []


@pytest.mark.parametrize(
    ("role", "most"),
    [
        (Role.HEAD, 32),
        (Role.CASEWORKER, 33),
        (Role.PSYCHOLOGIST, 24),
        (Role.OPERATOR, 21),
        (Role.AUDITOR, 16),
    ],
)
def test_my_day_asks_the_same_number_of_questions_for_one_case_and_for_many(sign_in, role, most):
    """Of each role only its own; the plain questions of all rooms together are one (offices.waiting_lines).

    The last five keep the counts, so that the rail of the page and of the next ones asks nothing (reports.counts).
    """
    lenin = make_office("lenin")
    user = make_user(role, lenin)
    client, asked = sign_in(user), []
    for rows in (1, 6):
        for _ in range(rows):
            make_episode(make_case(lenin, user if role == Role.CASEWORKER else None), user)
        client.get("/")
        with CaptureQueriesContext(connection) as questions:
            client.get("/")
        asked.append(len(questions))
    assert asked == [most] * 2
