"""How far each relation to a case lets a person read."""

import pytest

from casework.models import Case
from casework.permissions import Depth, depth_of, remember_depth
from core import clock
from offices.enums import Role
from tests import builders as make

pytestmark = pytest.mark.django_db


def settled_depth(user, case):
    """The same question asked through the list's annotation."""
    row = Case.objects.visible_to(user).with_depth_for(user).filter(pk=case.pk).first()
    return Depth.NONE if row is None else depth_of(user, remember_depth(user, row))


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("responsible", Depth.FULL),
        ("head", Depth.FULL),
        ("stand_in", Depth.FULL),
        ("specialist", Depth.CONTENT),
        ("colleague", Depth.CARD),
        ("operator", Depth.CARD),
        ("registrar", Depth.NONE),
        ("other_office", Depth.NONE),
        ("other_head", Depth.NONE),
        ("administrator", Depth.NONE),
        ("shut_out_head", Depth.NONE),
        ("left_responsible", Depth.NONE),
        ("left_specialist", Depth.NONE),
    ],
)
def test_depth_by_relation(relation, expected):
    lenin, oktyabr = make.make_office("lenin"), make.make_office("oktyabr")
    worker = make.make_caseworker(lenin)
    case = make.make_case(lenin, worker)
    user = PEOPLE[relation](case, lenin, oktyabr)

    assert (depth_of(user, case), settled_depth(user, case)) == (expected, expected)


def stand_in(case, lenin, oktyabr):
    user = make.make_caseworker(lenin)
    make.make_stand_in(case.responsible.memberships.get(), user)
    return user


def specialist(case, lenin, oktyabr):
    return make.make_episode(case).specialist


def shut_out_head(case, lenin, oktyabr):
    user = make.make_head(lenin)
    case.conflicts.create(user=user, reason="тууган", declared_by=user)
    return user


def moved_away(user):
    """The person's work of yesterday is over; the same role goes on in another office."""
    yesterday = clock.today().replace(year=clock.today().year - 1)
    membership = user.memberships.get()
    membership.ends_on = yesterday
    membership.save()
    make.make_membership(user, membership.role, make.make_office("sverdlov"))
    return user


def other_office(case, lenin, oktyabr):
    user = make.make_caseworker(oktyabr)
    make.make_case(oktyabr, user)
    return user


PEOPLE = {
    "responsible": lambda case, lenin, oktyabr: case.responsible,
    "head": lambda case, lenin, oktyabr: make.make_head(lenin),
    "stand_in": stand_in,
    "specialist": specialist,
    "colleague": lambda case, lenin, oktyabr: make.make_caseworker(lenin),
    "operator": lambda case, lenin, oktyabr: make.make_user(Role.OPERATOR, lenin),
    "registrar": lambda case, lenin, oktyabr: make.make_user(Role.REGISTRAR, lenin),
    "other_office": other_office,
    "other_head": lambda case, lenin, oktyabr: make.make_head(oktyabr),
    "administrator": lambda case, lenin, oktyabr: make.make_user(
        Role.ADMINISTRATOR, lenin, is_superuser=True
    ),
    "shut_out_head": shut_out_head,
    "left_responsible": lambda case, lenin, oktyabr: moved_away(case.responsible),
    "left_specialist": lambda case, lenin, oktyabr: moved_away(specialist(case, lenin, oktyabr)),
}
