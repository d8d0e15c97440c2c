"""The family tree: who stands where, what is joined to what, and who learns of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.enums import Relation, Sex
from casework.family_page import families_for, family_page
from casework.family_tree import CELL, FamilyTree, family_tree, tree_of
from casework.models import FamilyMember, Person
from tests.builders import make_case, make_caseworker, make_child, make_family, make_person


def member(relation, surname="Асанов", sex=Sex.MALE, **fields):
    """A member who stands in no database."""
    person = Person(surname=surname, given_name="А", sex=sex, **fields)
    return FamilyMember(person=person, relation=relation)


def row_of(tree: FamilyTree, *members_named):
    return {sign.y for sign in tree.signs if sign.words[0] in members_named}


def test_tree_sets_generations_under_one_another():
    tree = family_tree(
        [
            member(Relation.CHILD, "Бала"),
            member(Relation.MOTHER, "Эне", Sex.FEMALE),
            member(Relation.GRANDMOTHER, "Чоң эне", Sex.FEMALE),
            member(Relation.OTHER, "Кошуна", Sex.UNKNOWN),
        ],
        set(),
    )
    rows = [row_of(tree, name) for name in ("Чоң эне", "Эне", "Бала", "Кошуна")]
    assert [len(row) for row in rows] == [1, 1, 1, 1]
    assert rows == sorted(rows, key=min)
    assert [sign.shape for sign in tree.signs] == ["circle", "circle", "square", "diamond"]


def test_couple_stands_side_by_side_and_children_hang_between():
    father, mother = member(Relation.FATHER, "Ата"), member(Relation.MOTHER, "Эне", Sex.FEMALE)
    eldest = member(Relation.CHILD, "Улуу", birth_on=dt.date(2010, 1, 1), birth_precision="exact")
    youngest = member(Relation.CHILD, "Кичүү", birth_year=2015, birth_precision="year")
    tree = family_tree([youngest, mother, father, eldest], {eldest.person_id})
    ata, ene, uluu, kichuu = tree.signs
    assert [sign.words[0] for sign in tree.signs] == ["Ата", "Эне", "Улуу", "Кичүү"]
    assert ene.x - ata.x == CELL
    assert [sign.is_concerned for sign in tree.signs] == [False, False, True, False]
    couple = tree.strokes[0]
    assert (couple.y1, couple.y2, couple.is_loose) == (ata.y, ata.y, False)
    descent = tree.strokes[1]
    assert (descent.x1, descent.y1) == ((ata.x + ene.x) // 2, ata.y)
    assert {stroke.x2 for stroke in tree.strokes[3:]} == {uluu.x, kichuu.x}


def test_descent_from_somebody_in_place_of_parents_is_a_loose_line():
    tree = family_tree([member(Relation.GUARDIAN), member(Relation.CHILD)], set())
    assert [stroke.is_loose for stroke in tree.strokes] == [True] * 3


def test_who_left_stands_with_a_broken_edge():
    father = member(Relation.FATHER, "Ата")
    father.to_on = dt.date(2025, 1, 1)
    tree = family_tree([father, member(Relation.CHILD, "Бала")], set())
    assert {sign.words[0]: sign.has_left for sign in tree.signs} == {"Ата": True, "Бала": False}


def test_one_person_is_no_tree():
    assert family_tree([member(Relation.CHILD)], set()) is None


@given(st.lists(st.sampled_from(Relation.values), min_size=2, max_size=20))
def test_everybody_has_a_place_of_their_own_on_the_sheet(relations):
    tree = family_tree([member(relation, f"А{n}") for n, relation in enumerate(relations)], set())
    assert len({(sign.x, sign.y) for sign in tree.signs}) == len(relations)
    assert all(sign.left >= 0 and sign.x + sign.half <= tree.width for sign in tree.signs)
    assert all(sign.lines[-1][0] <= tree.height for sign in tree.signs)
    ends = [(s.x1, s.y1, s.x2, s.y2) for s in tree.strokes]
    assert all(0 <= x <= tree.width for x1, _y1, x2, _y2 in ends for x in (x1, x2))
    assert all(0 <= y <= tree.height for _x1, y1, _x2, y2 in ends for y in (y1, y2))


@pytest.mark.django_db
def test_case_of_another_office_marks_no_child():
    """Two offices have a case in one family: each marks the children of its own."""
    worker = make_caseworker()
    mine, theirs = make_child("Бирөө"), make_child("Экинчи")
    family = make_family(mine, theirs, mother=make_person("Эне", "А", sex=Sex.FEMALE))
    make_case(responsible=worker, child=mine, family=family)
    make_case(child=theirs, family=family)
    page = family_page(families_for(worker).get(pk=family.pk), worker)
    marked = {s.words[0]: s.is_concerned for s in tree_of(page, worker).signs}
    assert marked == {"Эне": False, "Бирөө": True, "Экинчи": False}


@pytest.mark.django_db
def test_family_page_draws_the_tree_beside_the_list(sign_in):
    worker = make_caseworker()
    case = make_case(responsible=worker, mother=make_person("Төлөгөнова", "Ж", sex=Sex.FEMALE))
    page = sign_in(worker).get(case.family.get_absolute_url()).content.decode()
    drawing = page[page.index("<svg xmlns") :]
    drawing = drawing[: drawing.index("</svg>")]
    assert drawing.count("<text") == 7 and "Төлөгөнова" in drawing
    assert page.count("Төлөгөнова") == 2
