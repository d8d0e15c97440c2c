"""What a call hands on to an application: the family and what the team found, never who called or what they said."""

from casework.enums import IdentifiedBy, Relation
from casework.services.new_case import Identification, KnownAddress, KnownAdult, KnownChild
from core import clock

from .carrying import Carried
from .models import CallPerson, HotlineCall


def carried_from(call: HotlineCall) -> Carried:
    """The facts of the whole event, whichever of its calls is asked."""
    lead = call.joined_to or call
    event = HotlineCall.objects.filter(pk=lead.pk) | HotlineCall.objects.filter(joined_to=lead)
    people = CallPerson.objects.filter(call__in=event)
    return Carried(
        office=lead.office,
        identification=Identification(
            kind=IdentifiedBy.HOTLINE,
            number=lead.number,
            on=clock.local(lead.clock_from).date(),
        ),
        children=tuple(_child(person) for person in people if person.is_child),
        adults=tuple(_adult(person) for person in people if not person.is_child),
        actual_address=_address(lead),
        reason="\n".join(text for text in (lead.findings, lead.action_taken) if text),
    )


def _address(lead: HotlineCall) -> KnownAddress:
    """Where the team found the family; none where they wrote none, for ``where`` is the caller's wording."""
    if not lead.found_address:
        return KnownAddress()
    return KnownAddress(district=lead.district, text=lead.found_address)


def _child(person: CallPerson) -> KnownChild:
    return KnownChild(
        surname=person.surname,
        given_name=person.given_name,
        description=person.description,
        sex=person.sex,
        birth=person.birth,
    )


def _adult(person: CallPerson) -> KnownAdult:
    return KnownAdult(
        surname=person.surname,
        given_name=person.given_name,
        description=person.description,
        sex=person.sex,
        birth=person.birth,
        relation=person.relation or Relation.OTHER,
    )
