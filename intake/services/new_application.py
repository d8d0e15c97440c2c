"""What is known when somebody applies, as plain facts: the office's screen, a channel and the demo city say it so."""

from dataclasses import dataclass, field

from casework.services.new_case import (
    Basis,
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
)
from offices.models import Office

from ..carrying import Carried


@dataclass(frozen=True)
class Applicant:
    """Who applies, where it is none of the family's adults; and, if they wish to say, what clause 14 is checked by."""

    name: str = ""
    relation: str = ""
    address: str = ""
    phone: str = ""
    language: str = ""
    needs: str = ""
    sex: str = ""
    age: str = ""
    citizenship: str = ""
    disability: str = ""


@dataclass(frozen=True)
class AppliedChild(KnownChild):
    """A child as the application names it; ``row`` is its row, where it stands there already."""

    row: int | None = None


@dataclass(frozen=True)
class AppliedAdult(KnownAdult):
    row: int | None = None
    is_applicant: bool = False


@dataclass(frozen=True)
class NewApplication:
    """All that is known on the day. Nothing is demanded but how the family was found and the basis (clauses 3, 12)."""

    office: Office
    identification: Identification
    basis: Basis
    children: tuple[KnownChild, ...] = ()
    adults: tuple[KnownAdult, ...] = ()
    applicant: Applicant = field(default_factory=Applicant)
    actual_address: KnownAddress = field(default_factory=KnownAddress)
    registered_address: KnownAddress = field(default_factory=KnownAddress)
    reason: str = ""


def begun_with(carried: Carried, *, basis: Basis) -> NewApplication:
    """An application that says what the channel knows, on ``basis`` where the channel brought no document."""
    return NewApplication(
        office=carried.office,
        identification=carried.identification,
        basis=carried.basis or basis,
        children=carried.children,
        adults=carried.adults,
        actual_address=carried.actual_address,
        registered_address=carried.registered_address,
        reason=carried.reason,
    )
