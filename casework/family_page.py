"""A family as its page shows it: by generation, those who left apart, and what deserves a second look."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.models import User

from . import people_permissions as may
from .enums import Relation
from .models import Case, Family, FamilyMember, Person, Phone
from .person_page import mark_hidden
from .warnings import Member, about_members

_ELDERS = {Relation.GRANDMOTHER, Relation.GRANDFATHER}
_PARENTS = {
    Relation.MOTHER,
    Relation.FATHER,
    Relation.STEPMOTHER,
    Relation.STEPFATHER,
    Relation.GUARDIAN,
    Relation.TRUSTEE,
    Relation.FOSTER_PARENT,
}
_YOUNG = {Relation.CHILD, Relation.SISTER, Relation.BROTHER}
GENERATIONS: tuple[tuple[str | Promise, set[Relation] | None], ...] = (
    (gettext_lazy("Grandparents"), _ELDERS),
    (gettext_lazy("Parents and those in their place"), _PARENTS),
    (gettext_lazy("Children"), _YOUNG),
    (gettext_lazy("Others"), None),
)


@dataclass
class Generation:
    """A row of the family: its name and who belongs to it."""

    label: str | Promise
    members: list[FamilyMember] = field(default_factory=list)


@dataclass
class FamilyPage:
    family: Family
    full: bool
    generations: list[Generation]
    left: list[FamilyMember]
    cases: list[Case]
    remarks: list[str]


def families_for(user: User) -> QuerySet[Family]:
    """The entrance to every page of a family, with the depth settled and the members at hand."""
    members = FamilyMember.objects.select_related("person__child").order_by("person__sort_key")
    return (
        Family.objects.visible_to(user)
        .with_depth_for(user)
        .prefetch_related(Prefetch("members", members))
    )


def family_page(family: Family, user: User) -> FamilyPage:
    """``family`` comes from :func:`families_for`. Beside it its phones, and its cases that the reader may know to be its."""
    cases = Case.objects.named_for(user).filter(family=family)
    members = list(family.members.all())
    _hang_phones(members, user)
    now = [m for m in members if m.to_on is None]
    full = may.reads_family_fully(user, family)
    return FamilyPage(
        family=family,
        full=full,
        generations=generations(now),
        left=[m for m in members if m.to_on is not None],
        cases=list(cases.select_related("office", "responsible")),
        remarks=remarks_on(now),
    )


def _hang_phones(members: list[FamilyMember], user: User) -> None:
    """Set ``phones`` on each member: those in use, with what is hidden marked."""
    found = list(Phone.objects.filter(person__in=[m.person_id for m in members], is_current=True))
    mark_hidden([*found], user)
    for member in members:
        member.__dict__["phones"] = [p for p in found if p.person_id == member.person_id]


def generations(members: list[FamilyMember]) -> list[Generation]:
    """Those who belong to the family now, the eldest first; empty generations are left out."""
    rows = [Generation(label) for label, _relations in GENERATIONS]
    for member in members:
        rows[place_of(member)].members.append(member)
    return [row for row in rows if row.members]


def place_of(member: FamilyMember) -> int:
    """The generation of ``GENERATIONS`` that a member stands in."""
    for place, (_label, relations) in enumerate(GENERATIONS):
        if relations is None or member.relation in relations:
            return place
    raise AssertionError("the last generation takes everybody")


def remarks_on(members: list[FamilyMember]) -> list[str]:
    """What looks wrong about those who belong to the family now, and whether nobody cares for its children."""
    found = about_members(Member.of(m.person, m.relation) for m in members)
    has_children = any(m.relation == Relation.CHILD for m in members)
    if has_children and not any(m.is_carer for m in members):
        found.append(_("Nobody is written down as caring for the children."))
    return found


def said_of(person: Any) -> str:
    """A known person in one line, as the choice «is it them?» needs: name, age, cases."""
    known: Person = person
    cases = [place.case.number for place in getattr(known, "known_places", [])]
    return ", ".join([known.full_name, *filter(None, [known.age_in_words]), *cases])
