"""Changing who a person is: what is mended, what is refused in words, and two people at once."""

import datetime as dt
import re
import uuid

import pytest

from casework.enums import BirthPrecision, Relation
from casework.models import Child, Person
from core import clock
from core.drafts import keep_draft
from core.models import Draft
from tests import builders as make
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case(mother=make.make_person("Төлөгөнова", "Жаңыл", sex="female"))


@pytest.fixture
def child(case):
    return case.child_places.get().person


def mother_of(case):
    return case.family.members.get(relation=Relation.MOTHER).person


def typed(person, **more):
    """The person's form as it stands, with ``more`` typed into it."""
    return {
        "surname": person.surname,
        "given_name": person.given_name,
        "sex": person.sex,
        "birth": person.birth.typed,
        "document_kind": person.document_kind,
        "record_version": person.version,
        "submission_key": str(uuid.uuid4()),
        **more,
    }


def edit_url(person):
    return f"/people/{person.pk}/edit/"


def errors_of(answer):
    return re.findall(
        r'class="invalid-feedback"[^>]*>\s*(?:<[^>]+>\s*)*([^<]+)', answer.content.decode()
    )


def test_a_change_is_saved_mended_and_put_down_to_who_made_it(sign_in, case, child):
    answer = sign_in(case.responsible).post(
        edit_url(child),
        typed(child, surname="  Aсанбек   уулу ", given_name="Ѳсөн", pin="2 1403 2017 00123", birth="2017"),
    )  # fmt: skip
    assert (answer.status_code, answer.url) == (302, f"/children/{child.pk}/")
    child.refresh_from_db()
    assert (child.surname, child.given_name, child.pin) == (
        "Асанбек уулу",
        "Өсөн",
        "21403201700123",
    )
    assert (child.birth_precision, child.birth_year, child.birth_on) == ("year", 2017, None)
    assert child.version == 1
    assert child.history.latest().history_user == case.responsible


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("surname", "А" * 101),
        ("surname", "Асан\0бек"),
        ("given_name", "Үсөн1"),
        ("given_name", "<script>"),
        ("birth", "31.02.2017"),
        ("birth", "14.03.2127"),
        ("birth", "01.01.1899"),
        ("birth", "1850"),
        ("birth", "999"),
        ("birth", "качандыр"),
        ("birth", "9" * 10_000),
        ("pin", "123"),
        ("pin", "2140320170012३"),
        ("pin", "21403201700123\0"),
        ("sex", "чоочун"),
        ("language", "xx"),
        ("document_issued_on", "32.13.2020"),
        ("document_issued_on", "01.01.2099"),
        ("document_number", "1" * 31),
        ("note", "а\0б"),
        ("record_version", "беш"),
    ],
)
def test_a_bad_input_is_refused_in_words_and_kept_in_its_field(sign_in, case, child, field, text):
    answer = sign_in(case.responsible).post(edit_url(child), typed(child, **{field: text}))
    assert answer.status_code == 200
    assert "data-error-summary" in answer.content.decode()
    assert list(answer.context["form"].errors) == [field]
    assert Person.objects.get(pk=child.pk).version == 0


def test_nobody_is_left_without_name_and_description(sign_in, case, child):
    client = sign_in(case.responsible)
    answer = client.post(edit_url(child), typed(child, surname="", given_name=""))
    assert list(answer.context["form"].errors) == ["given_name"]
    answer = client.post(
        edit_url(child), typed(child, surname="", given_name="", description="Базардагы бала, көк куртка")
    )  # fmt: skip
    assert answer.status_code == 302
    child.refresh_from_db()
    assert str(child) == "Базардагы бала, көк куртка"


def test_an_age_by_estimate_that_nobody_touched_is_not_estimated_anew(sign_in, case, child):
    child.birth_precision, child.birth_on = BirthPrecision.ESTIMATED, None
    child.estimated_age, child.estimated_on = 4, dt.date(2024, 5, 1)
    child.save()
    client = sign_in(case.responsible)
    client.post(edit_url(child), typed(child, note="башка нерсе"))
    child.refresh_from_db()
    assert (child.note, child.estimated_age, child.estimated_on) == ("башка нерсе", 4, dt.date(2024, 5, 1))  # fmt: skip
    client.post(edit_url(child), typed(child, birth="7 жаш"))
    child.refresh_from_db()
    assert (child.estimated_age, child.estimated_on) == (7, clock.today())


def test_a_second_writer_is_told_who_changed_what_and_loses_nothing(sign_in, case, child):
    head = make.make_head(case.office, surname="Бөрүбаева", given_name="Нур")
    mine, other = typed(child, given_name="Үсөнбек"), typed(child, patronymic="Асанович", surname="Асанбеков")  # fmt: skip
    assert sign_in(head).post(edit_url(child), other).status_code == 302
    answer = sign_in(case.responsible).post(edit_url(child), mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [w for w in ("Бөрүбаева Нур", "Асанбек уулу → Асанбеков", "— → Асанович", 'value="Үсөнбек"') if w not in page] == []  # fmt: skip
    child.refresh_from_db()
    assert (child.given_name, child.surname, child.version) == ("Үсөн", "Асанбеков", 1)
    shown = answer.context["form"]
    sent_again = {name: shown[name].value() or "" for name in shown.fields}
    again = sign_in(case.responsible).post(edit_url(child), sent_again)
    child.refresh_from_db()
    assert (again.status_code, child.version) == (302, 2)
    assert str(child) == "Асанбеков Үсөнбек Асанович"


def test_what_both_writers_touched_stays_as_the_second_typed_it(sign_in, case, child):
    mine, other = typed(child, surname="Бир", birth="2016"), typed(child, surname="Эки", birth="9 жаш", note="белги")  # fmt: skip
    sign_in(make.make_head(case.office)).post(edit_url(child), other)
    form = sign_in(case.responsible).post(edit_url(child), mine).context["form"]
    assert [form[name].value() for name in ("surname", "birth", "note", "record_version")] == ["Бир", "2016", "белги", "1"]  # fmt: skip


def test_a_form_without_its_version_is_not_saved(sign_in, case, child):
    answer = sign_in(case.responsible).post(edit_url(child), typed(child, record_version=""))
    assert answer.status_code == 200
    assert Person.objects.get(pk=child.pk).version == 0


def test_what_was_typed_comes_back_from_the_draft_and_goes_with_the_saving(sign_in, case, child):
    key = f"person:{child.pk}"
    keep_draft(case.responsible, key, {k: [str(v)] for k, v in typed(child, given_name="Үсөнбек").items()})  # fmt: skip
    client = sign_in(case.responsible)
    page = client.get(edit_url(child)).content.decode()
    assert 'value="Үсөнбек"' in page
    client.post(edit_url(child), typed(child, given_name="Үсөнбек"))
    assert not Draft.objects.filter(user=case.responsible, key=key).exists()


def child_form(child, **more):
    kept = Child.objects.get(pk=child.pk)
    return {"attendance": kept.attendance, "record_version": kept.version, **more}


def test_childs_circumstances_are_changed(sign_in, case, child):
    school = make.make_organisation()
    url, mother = f"/children/{child.pk}/edit/", mother_of(case)
    answer = sign_in(case.responsible).post(
        url,
        child_form(child, school=str(school.pk), school_class="3-В", attendance="not", representative=str(mother.pk), representative_capacity="mother", health_notes="Астма"),
    )  # fmt: skip
    assert (answer.status_code, answer.url) == (302, f"/children/{child.pk}/")
    kept = Child.objects.get(pk=child.pk)
    assert (kept.school, kept.school_class, kept.representative, kept.health_notes, kept.version) == (school, "3-В", mother, "Астма", 1)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("representative", "stranger"),
        ("representative", "not-a-uuid\0"),
        ("school", "5b1c6a0e-6d0f-4c1b-9d55-0f6f2a1f7c11"),
        ("school", "\0"),
        ("attendance", "sometimes"),
        ("birth_certificate", "К" * 31),
        ("birth_certificate_on", "01.01.2030"),
        ("health_notes", "\0"),
    ],
)
def test_childs_form_refuses_what_cannot_be(sign_in, case, child, field, value):
    if value == "stranger":
        value = str(make.make_case().child_places.get().person.pk)
    answer = sign_in(case.responsible).post(
        f"/children/{child.pk}/edit/", child_form(child, **{field: value})
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]


def test_representative_needs_a_capacity_and_is_chosen_within_the_family(sign_in, case, child):
    make.make_case(make.make_office("oktyabr"), mother=make.make_person("Чоочун", "Эне"))
    client = sign_in(case.responsible)
    url = f"/children/{child.pk}/edit/"
    answer = client.post(url, child_form(child, representative=str(mother_of(case).pk)))
    assert list(answer.context["form"].errors) == ["representative_capacity"]
    offered = {c[0] for c in client.get(url).context["form"].fields["representative"].choices}
    assert {getattr(c, "value", c) for c in offered} == {"", mother_of(case).pk}


def test_a_member_of_another_family_of_theirs_is_not_offered(sign_in, case, child):
    """Somebody else's family whose member shares nothing with the child stays out of the choices."""
    member = people.make_member(make.make_case(case.office, case.responsible).family)
    page = sign_in(case.responsible).get(f"/children/{child.pk}/edit/").content.decode()
    assert str(member.person_id) not in page
