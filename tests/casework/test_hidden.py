"""No paper carries a hidden fact without the head's reasoned choice, nor a text that spells one."""

import pytest

from casework.enums import AddressKind, Relation
from casework.hidden import hidden_facts_of, is_hidden, may_print, mentioned_in, printable
from casework.models import Address, FamilyMember, HiddenFact, Phone
from core import clock
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    mother = make.make_person("Төлөгөнова", "Жаңыл", sex="female")
    case = make.make_case(mother=mother)
    stepfather = make.make_person("Ким", "Сергей")
    FamilyMember.objects.create(family=case.family, person=stepfather, relation=Relation.STEPFATHER)
    return case


def person_of(case, relation):
    return case.family.members.get(relation=relation).person


def hide(case, thing, relation=Relation.STEPFATHER):
    kind = "phone" if isinstance(thing, Phone) else "address"
    fact = HiddenFact.objects.create(**{kind: thing}, set_by=case.responsible)
    fact.hidden_from.add(person_of(case, relation))
    return fact


def new_phone(case, number="0700 11 22 33"):
    return Phone.objects.create(person=person_of(case, Relation.MOTHER), number=number)


def new_address(case, **parts):
    parts = parts or {"street": "Мөңгүлүү", "house": "34-а"}
    mother = person_of(case, Relation.MOTHER)
    return Address.objects.create(person=mother, kind=AddressKind.ACTUAL, **parts)


def test_paper_carries_what_is_not_hidden(case):
    open_phone, hidden_phone = new_phone(case, "0555 12 34 56"), new_phone(case)
    fact = hide(case, hidden_phone)
    assert printable([open_phone, hidden_phone]) == [open_phone]
    assert not may_print(hidden_phone, reason="  ")
    assert may_print(hidden_phone, reason="Соттун талабы")
    fact.lifted_at = clock.now()
    fact.save()
    assert not is_hidden(Phone.objects.get(pk=hidden_phone.pk))


def test_hidden_facts_are_those_of_the_case_alone(case):
    mine = hide(case, new_phone(case))
    left = case.family.members.get(relation=Relation.STEPFATHER)
    left.to_on = clock.today()
    left.save()
    his = hide(case, Address.objects.create(person=left.person, kind="actual", text="Ош"), "mother")
    other = make.make_case(mother=make.make_person("Бөлөк", "Эне"))
    FamilyMember.objects.create(
        family=other.family, person=make.make_person(), relation="stepfather"
    )
    hide(other, new_phone(other))
    lifted = hide(case, new_phone(case, "0777 00 00 01"))
    HiddenFact.objects.filter(pk=lifted.pk).update(lifted_at=clock.now())
    assert list(hidden_facts_of(case)) == [mine, his]


@pytest.mark.parametrize(
    ("text", "is_mentioned"),
    [
        ("Апасынын жаңы номери 0700 11 22 33, кечинде чалуу.", True),
        ("тел. +996(700)112233", True),
        ("0700-112-233", True),
        ("номер 11-22-33", True),
        ("Апасынын номери 0555 12 34 56.", False),
        ("2017-жылдын 14-марты, 3-Б классы", False),
        ("", False),
    ],
)
def test_a_hidden_number_is_found_in_a_text(case, text, is_mentioned):
    fact = hide(case, new_phone(case))
    assert mentioned_in(["Башка сөз", text], [fact]) == ([fact] if is_mentioned else [])


@pytest.mark.parametrize(
    ("text", "is_mentioned"),
    [
        ("Азыр Мөңгүлүү көчөсү, 34-а дарегинде жашайт.", True),
        ("живёт: ул. МОНГУЛУУ, д. 34-а", True),
        ("ул. Монгулуу 34 а", True),
        ("Мөңгүлүү көчөсү, 35", False),
        ("Мөңгүлүү деген айылдан", False),
    ],
)
def test_a_hidden_address_is_found_in_a_text(case, text, is_mentioned):
    fact = hide(case, new_address(case))
    assert mentioned_in([text], [fact]) == ([fact] if is_mentioned else [])


def test_an_address_without_a_house_is_found_by_its_words(case):
    fact = hide(case, new_address(case, text="Таежесинин үйү, Каракол"))
    assert mentioned_in(["Азыр таежесинин үйү Каракол шаарында"], [fact]) == [fact]
    assert mentioned_in(["Каракол шаарында"], [fact]) == []
