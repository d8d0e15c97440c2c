"""What a head is shown of two records that may be of one person: enough to decide, and no more."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from offices.models import User

from . import keeping_permissions as may
from .keeping_enums import MergeStatus
from .models import Case, Person, PersonMerge
from .person_page import cases_of


@dataclass
class Side:
    """One of the two records as its reader sees it; ``is_seen``: whether its page may be opened."""

    title: str
    person: Person
    is_seen: bool


@dataclass
class MergePage:
    merge: PersonMerge
    sides: list[Side] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    can_withdraw: bool = False
    can_part: bool = False
    is_asked: bool = False


def merge_page(merge: PersonMerge, user: User) -> MergePage:
    """Their own record to each head; that of who proposed to the other head while they decide; both to who sees both."""
    seen = set(
        Person.objects.visible_to(user)
        .filter(pk__in=[merge.ours_id, merge.theirs_id])
        .values_list("pk", flat=True)
    )
    answers = may.can_answer_merge(user, merge)
    page = MergePage(
        merge,
        can_withdraw=may.can_withdraw_merge(user, merge),
        can_part=may.can_ask_parting(user, merge),
        is_asked=answers or may.can_answer_parting(user, merge),
    )
    for person, title in (
        (merge.ours, _("Record of the office that asks")),
        (merge.theirs, _("Record of the office that is asked")),
    ):
        decides = person.pk == merge.ours_id and answers
        if person.pk in seen or decides:
            page.sides.append(Side(title, person, person.pk in seen))
            page.cases += cases_of(person, user) if person.pk in seen else []
    if merge.status == MergeStatus.PROPOSED and len(page.sides) == 2:
        page.remarks = _differences(merge.ours, merge.theirs)
    return page


def _differences(one: Person, other: Person) -> list[str]:
    """What speaks against one person: said, never a bar."""
    found = []
    if one.pin and other.pin and one.pin != other.pin:
        found.append(_("The PINs differ."))
    if one.birth_on and other.birth_on and one.birth_on != other.birth_on:
        found.append(_("The birth dates differ."))
    if {one.sex, other.sex} == {"male", "female"}:
        found.append(_("The sex differs."))
    return found
