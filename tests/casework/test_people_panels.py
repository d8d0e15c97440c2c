"""The family and history tabs of a case's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.enums import Relation
from tests import builders as make
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = make.make_case(mother=make.make_person("Төлөгөнова", "Жаңыл", sex="female"))
    case.family.housing = "Ижара үй"
    case.family.save()
    return case


def test_family_tab_shows_relations_to_all_and_the_rest_to_who_works_the_case(sign_in, case):
    url = f"/cases/{case.pk}/family/"
    helper = sign_in(make.make_episode(case).specialist).get(url).content.decode()
    worker = sign_in(case.responsible).get(url).content.decode()
    assert ["Төлөгөнова Жаңыл" in page for page in (helper, worker)] == [True, True]
    assert ["Ижара үй" in page for page in (helper, worker)] == [False, True]
    assert [f"/families/{case.family_id}/members/new/" in p for p in (helper, worker)] == [False, True]  # fmt: skip


def test_family_tab_asks_for_the_consent_that_is_missing(sign_in, case):
    client, url = sign_in(case.responsible), f"/cases/{case.pk}/family/"
    ask = f"/people/{case.child_places.get().person.pk}/consents/new/"
    assert ask in client.get(url).content.decode()
    people.make_consent(case)
    page = client.get(url).content.decode()
    assert (ask in page, "оозеки, кагазы жок" in page) == (False, True)


def test_history_tab_tells_who_changed_the_case(sign_in, case):
    head = make.make_head(case.office, surname="Бөрүбаева", given_name="Нур")
    sign_in(head).post(f"/families/{case.family_id}/edit/", {"housing": "Өз үйү", "record_version": 0})  # fmt: skip
    page = sign_in(case.responsible).get(f"/cases/{case.pk}/history/").content.decode()
    assert [w for w in ("Бөрүбаева Нур", "Ижара үй", "Өз үйү") if w not in page] == []
    assert sign_in(make.make_episode(case).specialist).get(f"/cases/{case.pk}/history/").status_code == 403  # fmt: skip


@pytest.mark.parametrize("tab", ["family", "history"])
def test_tabs_ask_as_often_for_many_rows(sign_in, case, tab):
    client, counts = sign_in(case.responsible), []
    for rows in (1, 3):
        for n in range(rows):
            member = people.make_member(case.family, Relation.RELATIVE, make.make_person(f"Т{n}"))
            people.make_hidden(people.make_phone(member.person), case.child_places.get().person, set_by=case.responsible)  # fmt: skip
            people.make_consent(case, given_by=member.person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/cases/{case.pk}/{tab}/").status_code == 200
        counts.append(sum(q["sql"].startswith(("SELECT", "INSERT")) for q in asked))
    assert counts[0] == counts[1]
