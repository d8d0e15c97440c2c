"""What looks wrong about people and deserves a second look: remarks in words, never a reason to refuse.

Pure functions of what is known; whoever shows them decides where. Wrong and doubled PINs exist (domain.md 4.1), and a
child's papers may say anything, so nothing here is an error.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from core import clock
from core.fields import EARLIEST, LATEST

from .ages import full_months
from .births import Birth
from .enums import BirthPrecision, Relation, Sex

YOUNGEST_PARENT, OLDEST_MOTHER, YOUNGEST_GRANDPARENT = 12, 60, 24
OF_AGE = 18
_PIN_SEX = {"1": Sex.FEMALE, "2": Sex.MALE}
_MOTHERS = {Relation.MOTHER}
_PARENTS = {Relation.MOTHER, Relation.FATHER}
_GRANDPARENTS = {Relation.GRANDMOTHER, Relation.GRANDFATHER}
_MUST_BE_OF_AGE = {Relation.GUARDIAN, Relation.TRUSTEE, Relation.FOSTER_PARENT}
# What a place in a family says of somebody's sex.
SEX_OF = {
    **dict.fromkeys(
        (
            Relation.MOTHER,
            Relation.STEPMOTHER,
            Relation.GRANDMOTHER,
            Relation.SISTER,
            Relation.AUNT,
        ),
        Sex.FEMALE,
    ),
    **dict.fromkeys(
        (
            Relation.FATHER,
            Relation.STEPFATHER,
            Relation.GRANDFATHER,
            Relation.BROTHER,
            Relation.UNCLE,
        ),
        Sex.MALE,
    ),
}


class Described(Protocol):
    """Anybody of whom these facts are known or not: a Person, or what is typed of one."""

    @property
    def surname(self) -> str: ...

    @property
    def given_name(self) -> str: ...

    @property
    def patronymic(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def sex(self) -> str: ...

    @property
    def pin(self) -> str: ...

    @property
    def birth(self) -> Birth: ...


class Related(Described, Protocol):
    """Somebody with a place in a family."""

    @property
    def relation(self) -> str: ...


@dataclass(frozen=True)
class Member:
    """A place in a family, as far as a remark needs it."""

    name: str
    relation: str
    sex: str = Sex.UNKNOWN
    birth: Birth = field(default_factory=Birth)

    @classmethod
    def of(cls, known: Described, relation: str) -> "Member":
        return cls(called(known), relation, known.sex, known.birth)


def called(known: Described) -> str:
    """How somebody is named in a remark."""
    named = " ".join(p for p in (known.surname, known.given_name, known.patronymic) if p)
    return named or known.description or _("Name not known")


def about_person(known: Described) -> list[str]:
    """Where the PIN disagrees with itself, the sex or the birth date."""
    return [f"{called(known)}: {remark}" for remark in about_pin(known.pin, known.sex, known.birth)]


def about_pin(pin: str, sex: str, birth: Birth) -> list[str]:
    """Remarks on a PIN of 14 digits beside what else is known; none for an empty one or one of another length."""
    if len(pin) != 14:
        return []
    found = []
    said_sex = _PIN_SEX.get(pin[0])
    if said_sex is None:
        found.append(_("The PIN usually begins with 1 (female) or 2 (male): check it."))
    elif sex in _PIN_SEX.values() and sex != said_sex:
        found.append(_("The first digit of the PIN says another sex: check both."))
    born = pin_birth(pin)
    if born is None:
        found.append(_("The PIN holds no birth date in its digits 2 to 9: check it."))
    elif (birth.on and birth.is_exact and birth.on != born) or (
        birth.precision == BirthPrecision.YEAR and birth.year != born.year
    ):
        found.append(
            _("The PIN says the birth date %(date)s: check both.")
            % {"date": born.strftime("%d.%m.%Y")}
        )
    return found


def pin_birth(pin: str) -> dt.date | None:
    """The birth date that stands in a PIN (digits 2 to 9, DDMMYYYY); None where there is none."""
    try:
        born = dt.date(int(pin[5:9]), int(pin[3:5]), int(pin[1:3]))
    except ValueError:
        return None
    return born if EARLIEST <= born <= LATEST else None


def about_family(children: Iterable[Described], adults: Iterable[Related]) -> list[str]:
    """Remarks on a family as it is being written down."""
    members = [Member.of(child, Relation.CHILD) for child in children]
    return about_members([*members, *(Member.of(adult, adult.relation) for adult in adults)])


def about_members(members: Iterable[Member]) -> list[str]:
    """Remarks on those who belong to a family now: ages that cannot be, relations that disagree with the sex, two mothers."""
    people = list(members)
    children = [m for m in people if m.relation == Relation.CHILD]
    found = [remark for member in people for remark in _about_one(member)]
    for adult in people:
        for child in children:
            found += _about_pair(adult, child)
    found += _about_doubles(people)
    return found


def _about_one(member: Member) -> Iterator[str]:
    expected = SEX_OF.get(Relation(member.relation)) if member.relation else None
    if expected and member.sex in _PIN_SEX.values() and member.sex != expected:
        yield _("%(name)s: the relation and the sex disagree.") % {"name": member.name}
    age = member.birth.age_on(clock.today())
    if age is None:
        return
    if member.relation == Relation.CHILD and age >= OF_AGE:
        yield _("%(name)s is written down as a child and is 18 or older.") % {"name": member.name}
    if member.relation in _MUST_BE_OF_AGE and age < OF_AGE:
        yield _("%(name)s is younger than 18 and cannot be a guardian.") % {"name": member.name}


def _about_pair(adult: Member, child: Member) -> list[str]:
    """Where their births cannot both be right."""
    gap = years_between(adult.birth, child.birth)
    names = {"adult": adult.name, "child": child.name}
    if gap is None or adult.relation not in _PARENTS | _GRANDPARENTS:
        return []
    most, least = gap
    if most < 0 or (most == 0 and _is_older(child.birth, adult.birth)):
        if adult.relation in _MOTHERS:
            return [_("%(child)s is older than the mother, %(adult)s: check both dates.") % names]
        return [_("%(child)s is older than %(adult)s: check both dates.") % names]
    youngest = YOUNGEST_PARENT if adult.relation in _PARENTS else YOUNGEST_GRANDPARENT
    if most < youngest:
        return [
            _("%(adult)s would have been %(age)d at the birth of %(child)s: check both dates.")
            % {**names, "age": most}
        ]
    if adult.relation in _MOTHERS and least > OLDEST_MOTHER:
        return [
            _("%(adult)s would have been %(age)d at the birth of %(child)s: check both dates.")
            % {**names, "age": least}
        ]
    return []


def years_between(elder: Birth, younger: Birth) -> tuple[int, int] | None:
    """The most and the least years by which ``elder`` can be older; negative where younger; None where nothing is known."""
    if elder.on and younger.on and elder.is_exact and younger.is_exact:
        years = full_months(elder.on, younger.on) // 12
        return years, years
    if None in (elder.earliest_year, elder.latest_year, younger.earliest_year, younger.latest_year):
        return None
    return (
        younger.latest_year - elder.earliest_year,  # type: ignore[operator]  # none is None here
        younger.earliest_year - elder.latest_year,  # type: ignore[operator]  # none is None here
    )


def _is_older(one: Birth, other: Birth) -> bool:
    return one.is_exact and other.is_exact and bool(one.on and other.on and one.on <= other.on)


def _about_doubles(people: list[Member]) -> list[str]:
    found = []
    mothers = [m.name for m in people if m.relation == Relation.MOTHER]
    fathers = [m.name for m in people if m.relation == Relation.FATHER]
    if len(mothers) > 1:
        found.append(_("Two mothers are written down: %(names)s.") % {"names": ", ".join(mothers)})
    if len(fathers) > 1:
        found.append(_("Two fathers are written down: %(names)s.") % {"names": ", ".join(fathers)})
    return found
