"""Consent: oral then written, withdrawn, or the ground without one; the psychologist may record it too."""

import datetime as dt
import uuid

import pytest

from casework.enums import Relation
from casework.models import Consent
from tests import builders as make
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case(mother=make.make_person("Төлөгөнова", "Жаңыл", sex="female"))


@pytest.fixture
def child(case):
    return case.child_places.get().person


def oral(of, **more):
    mother = of.family.members.get(relation=Relation.MOTHER).person
    return {"way": "oral", "case": str(of.pk), "given_by": str(mother.pk), "capacity": "mother", "given_on": "20.11.2026", "to_help": "on", "to_data": "on", "submission_key": str(uuid.uuid4()), **more}  # fmt: skip


def test_oral_by_the_psychologist_then_written(sign_in, case, child):
    psychologist = make.make_episode(case).specialist
    client = sign_in(psychologist)
    url = f"/people/{child.pk}/consents/new/"
    sent = oral(case)
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    consent = Consent.objects.get()
    assert (consent.recorded_by, consent.is_written, consent.written_on, consent.case) == (psychologist, False, None, case)  # fmt: skip
    early = client.post(f"/people/consents/{consent.pk}/written/", {"on": "19.11.2026", "record_version": 0})  # fmt: skip
    done = client.post(f"/people/consents/{consent.pk}/written/", {"on": "22.11.2026", "record_version": 0})  # fmt: skip
    consent.refresh_from_db()
    assert (early.status_code, done.status_code) == (200, 302)
    assert (consent.given_on, consent.written_on, consent.is_written) == (dt.date(2026, 11, 20), dt.date(2026, 11, 22), True)  # fmt: skip


def test_in_writing_from_the_first_day(sign_in, case, child):
    client = sign_in(case.responsible)
    assert client.post(f"/people/{child.pk}/consents/new/", oral(case, way="written")).status_code == 302  # fmt: skip
    assert Consent.objects.get().written_on == dt.date(2026, 11, 20)


def test_a_ground_instead_of_consent(sign_in, case, child):
    client = sign_in(case.responsible)
    sent = {"way": "ground", "case": str(case.pk), "ground_without": "Баланын өмүрүнө коркунуч"}
    assert client.post(f"/people/{child.pk}/consents/new/", sent).status_code == 302
    consent = Consent.objects.get()
    assert (consent.is_ground, consent.given_by, consent.capacity) == (True, None, "")


def test_withdrawal(sign_in, case, child):
    consent = people.make_consent(case)
    client = sign_in(make.make_episode(case).specialist)
    url = f"/people/consents/{consent.pk}/withdraw/"
    early = client.post(url, {"on": "01.11.2026", "record_version": 0})
    done = client.post(url, {"on": "22.11.2026", "note": "телефон менен", "record_version": 0})
    again = client.post(url, {"on": "22.11.2026", "record_version": 1})
    consent.refresh_from_db()
    assert [a.status_code for a in (early, done, again)] == [200, 302, 200]
    assert (consent.withdrawn_on, consent.withdrawal_note) == (dt.date(2026, 11, 22), "телефон менен")  # fmt: skip
    written = client.post(f"/people/consents/{consent.pk}/written/", {"on": "22.11.2026", "record_version": 1})  # fmt: skip
    assert written.status_code == 200


def test_a_correction_by_who_recorded_it_only(sign_in, case, child):
    mine, other = make.make_episode(case).specialist, make.make_episode(case).specialist
    consent = people.make_consent(case, recorded_by=mine)
    url = f"/people/consents/{consent.pk}/"
    assert sign_in(other).get(url).status_code == 403
    shown = sign_in(mine).get(url).context["form"]
    assert (shown["way"].value(), shown["given_on"].value()) == ("oral", "20.11.2026")
    assert sign_in(mine).post(url, {**oral(case, capacity="guardian"), "record_version": 0}).status_code == 302  # fmt: skip
    consent.refresh_from_db()
    assert (consent.capacity, consent.version) == ("guardian", 1)


def test_two_correct_a_consent_at_once(sign_in, case, child):
    consent = people.make_consent(case)
    url = f"/people/consents/{consent.pk}/"
    sign_in(make.make_head(case.office)).post(url, {**oral(case, given_by="", scope="Аңгемелерге гана"), "record_version": 0})  # fmt: skip
    sent = oral(case, given_by="", way="written", written_on="22.11.2026")
    form = sign_in(case.responsible).post(url, {**sent, "record_version": 0}).context["form"]
    assert [form[n].value() for n in ("way", "scope", "written_on")] == ["written", "Аңгемелерге гана", "22.11.2026"]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"way": ""}, ["way"]),
        ({"way": "telepathy"}, ["way"]),
        ({"way": "ground"}, ["ground_without"]),
        ({"given_on": ""}, ["given_on"]),
        ({"given_on": "22.11.2027"}, ["given_on"]),
        ({"way": "written", "written_on": "19.11.2026"}, ["written_on"]),
        ({"capacity": ""}, ["capacity"]),
        ({"to_help": "", "to_data": ""}, ["to_help"]),
        ({"scope": "ү" * 501}, ["scope"]),
        ({"given_by": "stranger"}, ["given_by"]),
        ({"given_by": "\0"}, ["given_by"]),
        ({"case": "other"}, ["case"]),
        ({"case": "x"}, ["case"]),
    ],
)
def test_a_consent_that_cannot_be_is_refused_in_words(sign_in, case, child, typed, fields):
    other = make.make_case(make.make_office("oktyabr"))
    known = {"stranger": str(other.child_places.get().person.pk), "other": str(other.pk)}
    sent = oral(case, **{k: known.get(v, v) for k, v in typed.items()})
    answer = sign_in(case.responsible).post(f"/people/{child.pk}/consents/new/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, fields)
    assert not Consent.objects.exists()


def test_another_offices_consent_has_no_page(sign_in, case):
    consent = people.make_consent(make.make_case(make.make_office("oktyabr"), child=case.child_places.get().person, family=case.family))  # fmt: skip
    client = sign_in(case.responsible)
    for step in ("", "written/", "withdraw/"):
        assert client.get(f"/people/consents/{consent.pk}/{step}").status_code == 404
