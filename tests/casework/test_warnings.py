"""Remarks on people: pure functions of what is known."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from casework.births import Birth
from casework.enums import BirthPrecision, Relation, Sex
from casework.services.new_case import KnownAdult, KnownChild
from casework.warnings import (
    Member,
    about_family,
    about_members,
    about_person,
    about_pin,
    pin_birth,
    years_between,
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def born(*day):
    return Birth(BirthPrecision.EXACT, on=dt.date(*day))


def year(number):
    return Birth(BirthPrecision.YEAR, year=number)


def about(age, on=dt.date(2026, 11, 22)):
    return Birth(BirthPrecision.ESTIMATED, age=age, estimated_on=on)


BOY = born(2017, 3, 14)


@pytest.mark.parametrize(
    ("pin", "sex", "birth", "found"),
    [
        ("", Sex.MALE, BOY, []),
        ("21403201700123", Sex.MALE, BOY, []),
        ("21403201700123", Sex.UNKNOWN, Birth(), []),
        ("21403201700123", Sex.MALE, year(2017), []),
        ("21403201700123", Sex.MALE, about(9), []),
        ("11403201700123", Sex.MALE, BOY, ["The first digit of the PIN says another sex: check both."]),
        ("31403201700123", Sex.MALE, BOY, ["The PIN usually begins with 1 (female) or 2 (male): check it."]),
        ("21503201700123", Sex.MALE, BOY, ["The PIN says the birth date 15.03.2017: check both."]),
        ("21503201600123", Sex.MALE, year(2017), ["The PIN says the birth date 15.03.2016: check both."]),
        ("23113201700123", Sex.MALE, BOY, ["The PIN holds no birth date in its digits 2 to 9: check it."]),
    ],
)  # fmt: skip
def test_pin_is_compared_with_what_else_is_known(pin, sex, birth, found):
    assert about_pin(pin, sex, birth) == found


@given(st.text(alphabet="0123456789", min_size=14, max_size=14))
def test_any_fourteen_digits_are_a_pin(pin):
    about_pin(pin, Sex.FEMALE, BOY)
    read = pin_birth(pin)
    assert read is None or read.strftime("%d%m%Y") == pin[1:9]


def test_person_is_named_in_the_remark():
    child = KnownChild(given_name="Үсөн", sex=Sex.FEMALE, birth=BOY, pin="21403201700123")
    assert about_person(child) == ["Үсөн: The first digit of the PIN says another sex: check both."]


@pytest.mark.parametrize(
    ("relation", "adult", "child", "found"),
    [
        (Relation.MOTHER, born(1991, 5, 1), BOY, []),
        (Relation.MOTHER, born(2018, 1, 1), BOY, ["К is older than the mother, А: check both dates."]),
        (Relation.MOTHER, born(2017, 6, 1), BOY, ["К is older than the mother, А: check both dates."]),
        (Relation.FATHER, year(2018), BOY, ["К is older than А: check both dates."]),
        (Relation.MOTHER, born(2007, 1, 1), BOY, ["А would have been 10 at the birth of К: check both dates."]),
        (Relation.MOTHER, year(2006), year(2017), ["А would have been 11 at the birth of К: check both dates."]),
        (Relation.MOTHER, born(1950, 1, 1), BOY, ["А would have been 67 at the birth of К: check both dates."]),
        (Relation.FATHER, born(1950, 1, 1), BOY, []),
        (Relation.GRANDMOTHER, born(1995, 1, 1), BOY, ["А would have been 22 at the birth of К: check both dates."]),
        (Relation.GRANDMOTHER, born(1960, 1, 1), BOY, []),
        (Relation.STEPFATHER, born(2005, 1, 1), BOY, []),
        (Relation.MOTHER, Birth(), BOY, []),
        (Relation.MOTHER, about(21), about(9), []),
        (Relation.MOTHER, about(17), about(9), ["А would have been 9 at the birth of К: check both dates."]),
    ],
)  # fmt: skip
def test_ages_that_cannot_be(relation, adult, child, found):
    members = [Member("К", Relation.CHILD, birth=child), Member("А", relation, birth=adult)]
    assert about_members(members) == found


def test_relation_and_sex_disagree():
    assert about_members([Member("А", Relation.MOTHER, Sex.MALE)]) == [
        "А: the relation and the sex disagree."
    ]
    assert about_members([Member("А", Relation.MOTHER, Sex.UNKNOWN)]) == []


def test_two_mothers_and_ages_of_their_own():
    found = about_members(
        [
            Member("А", Relation.MOTHER),
            Member("Б", Relation.MOTHER),
            Member("В", Relation.CHILD, birth=about(19)),
            Member("Г", Relation.GUARDIAN, birth=about(16)),
        ]
    )
    assert found == [
        "В is written down as a child and is 18 or older.",
        "Г is younger than 18 and cannot be a guardian.",
        "Two mothers are written down: А, Б.",
    ]


def test_family_that_is_being_written_down():
    child = KnownChild(given_name="Үсөн", birth=BOY)
    mother = KnownAdult(given_name="Жаңыл", birth=born(2018, 1, 1), relation=Relation.MOTHER)
    assert about_family([child], [mother]) == [
        "Үсөн is older than the mother, Жаңыл: check both dates."
    ]


exact = st.dates(dt.date(1930, 1, 1), dt.date(2026, 1, 1)).map(
    lambda d: Birth(BirthPrecision.EXACT, on=d)
)
births = st.one_of(
    exact,
    st.integers(1930, 2026).map(year),
    st.integers(0, 90).map(about),
    st.just(Birth()),
)  # fmt: skip


@given(births, births)
def test_years_between_is_a_range_or_unknown(one, other):
    gap = years_between(one, other)
    if gap is None:
        assert Birth() in (one, other)
    else:
        assert gap[0] >= gap[1]


@given(exact, exact)
def test_exact_births_have_one_gap_and_never_a_false_alarm(one, other):
    most, least = years_between(one, other)
    assert most == least
    remarks = about_members([Member("К", "child", birth=other), Member("А", "mother", birth=one)])
    is_fine = 12 <= most <= 60
    assert [r for r in remarks if "check both" in r] == [] if is_fine else remarks != []
