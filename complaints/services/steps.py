"""What every step of a complaint shares: the locked row, and telling those who may see it."""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.errors import DomainError
from offices.enums import Role
from offices.models import Membership, StandIn, User
from offices.notices import tell
from offices.standing import people_in

from ..enums import Level
from ..leadership import city_office
from ..models import Complaint
from ..permissions import considers


def locked(
    complaint: Complaint, actor: User, allows: Callable[[User, Complaint], bool]
) -> Complaint:
    """The row for changing. PermissionDenied for who may not see or do it; DomainError where it has moved on meanwhile."""
    rows = Complaint.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related(
        "about_office", "received_office", "registered_office", "standard", "answer", "considered_by"
    )  # fmt: skip
    found = related.filter(pk=complaint.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if found.state != complaint.state or found.version != complaint.version:
            raise DomainError(_("This complaint is not in that state any more. Look at it again."))
        raise PermissionDenied
    return found


def saved(complaint: Complaint) -> Complaint:
    complaint.version += 1
    complaint.save()
    return complaint


def leaders_of(complaint: Complaint) -> list[User]:
    """The leadership that answers for it: the office's heads where it is not about one, and the city's."""
    if complaint.level == Level.CITY_HALL:
        return []
    leaders = people_in(city_office().pk, Role.CITY_HEAD)
    if complaint.level == Level.OFFICE and complaint.about_office_id:
        leaders += people_in(complaint.about_office_id, Role.HEAD)
    return leaders


def nearest_leaders_of(complaint: Complaint) -> list[User]:
    """The heads of the office where it is not about one, else the city's."""
    if complaint.level == Level.OFFICE and complaint.about_office_id:
        return people_in(complaint.about_office_id, Role.HEAD)
    return leaders_of(complaint)


def considering_people(complaint: Complaint) -> list[User]:
    """Who considers it, and whoever stands in for them today; nobody where it is not given yet."""
    person = complaint.considered_by
    if person is None:
        return []
    held = Membership.objects.active().filter(user=person)
    covered = StandIn.objects.active().filter(membership__in=held)
    stand_ins = User.objects.filter(is_active=True, standing_in__in=covered).distinct()
    return [person, *(other for other in stand_ins if considers(other, complaint))]


def registrars_of(complaint: Complaint) -> list[User]:
    """Who keeps its papers: the registrars of the office that registered it."""
    office = complaint.registered_office_id or complaint.received_office_id
    return people_in(office, Role.REGISTRAR) or people_in(city_office().pk, Role.REGISTRAR)


def tell_readers(people: Iterable[User], kind: str, complaint: Complaint, *, by: User) -> None:
    """Tell those of ``people`` who may see it: never whom it is about, nor who declared a conflict."""
    shut = set(complaint.conflicts.filter(ended_at=None).values_list("user", flat=True))
    shut.add(complaint.about_person_id)  # type: ignore[arg-type]  # None names nobody
    readers = [person for person in people if person.pk not in shut]
    tell(readers, kind, by=by, number=complaint.number, url=complaint.get_absolute_url())
