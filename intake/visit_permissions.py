"""Who may do what with a visit. A visit that a predicate is asked about has come through ``Visit.objects.visible_to``."""

from casework.models import Case
from casework.permissions import can_change_case
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from .models import Visit, VisitChild
from .models.visits import VISITING

# Who may find visits of theirs in the list.
LISTED = (Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)


def can_make_visit(user: User, office: Office) -> bool:
    """Before there is a case: operators, caseworkers and the head, each for their own office."""
    return office.pk in standing(user).offices(*VISITING)


def can_visit_case(user: User, case: Case) -> bool:
    """Whoever works the case in full, while it is open."""
    return can_change_case(user, case)


def can_change_visit(user: User, visit: Visit) -> bool:
    """Whoever reads it, until its act is issued: then the text is locked."""
    return not visit.has_act


def can_cancel_visit(user: User, visit: Visit) -> bool:
    return visit.outcome == "planned"


def can_issue_act(user: User, visit: Visit) -> bool:
    """Of a visit that was made, by who reads every part of it."""
    return visit.is_held and not visit.has_act and reads_whole(user, visit)


def can_attach_visit(user: User, visit: Visit) -> bool:
    """A visit made before there was a case goes into one that the person works."""
    return not visit.has_act and not parts_of(visit)


_PARTS = "_all_parts"


def parts_of(visit: Visit) -> list[VisitChild]:
    """Every part, asked once for this object of the visit."""
    known: list[VisitChild] | None = visit.__dict__.get(_PARTS)
    if known is None:
        known = list(visit.children.select_related("person", "case"))
        visit.__dict__[_PARTS] = known
    return known


def forget_parts(visit: Visit) -> None:
    """They have changed: ask again next time."""
    visit.__dict__.pop(_PARTS, None)


def parts_for(user: User, visit: Visit) -> list[VisitChild]:
    """The parts that ``user`` reads: all of a visit that they made, else of the cases that they work in full."""
    parts = parts_of(visit)
    if any(went.pk == user.pk for went in visit.staff.all()):
        return parts
    cases = {part.case_id for part in parts}
    full = set(Case.objects.full_visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    return [part for part in parts if part.case_id in full]


def reads_whole(user: User, visit: Visit) -> bool:
    """Whether nothing of the visit is kept from ``user``: the act is one paper for all its children."""
    return len(parts_for(user, visit)) == len(parts_of(visit))
