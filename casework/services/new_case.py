"""What is known when a case opens, as plain facts: whoever opens one (a caseworker's screen, intake, the demo city) says it so."""

import datetime as dt
from dataclasses import dataclass, field

from offices.models import District, Mtu, Office, Organisation, User
from papers.models import Attachment

from ..births import Birth
from ..enums import Attendance, BasisKind, IdentifiedBy, Relation, RiskLevel, Sex
from ..models import Person, SituationCategory


@dataclass(frozen=True)
class KnownPhone:
    number: str
    is_safe: bool = True
    safe_hours: str = ""
    note: str = ""


@dataclass(frozen=True)
class KnownAddress:
    """A place: by its parts, or in ``text``; empty where nothing is known of it."""

    district: District | None = None
    mtu: Mtu | None = None
    settlement: str = ""
    street: str = ""
    street_kind: str = ""
    house: str = ""
    flat: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        parts = (self.settlement, self.street, self.house, self.flat, self.text)
        return self.district is not None or any(parts)


@dataclass(frozen=True)
class KnownPerson:
    """An adult or a child: ``record`` where they are already known, else what a new record will say."""

    record: Person | None = None
    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    description: str = ""
    sex: str = Sex.UNKNOWN
    birth: Birth = field(default_factory=Birth)
    pin: str = ""
    language: str = ""
    citizenship: str = ""
    communication_needs: str = ""
    phones: tuple[KnownPhone, ...] = ()


@dataclass(frozen=True)
class KnownChild(KnownPerson):
    """A child of the family; the case need not concern every one of them (``is_concerned``)."""

    is_concerned: bool = True
    school: Organisation | None = None
    school_text: str = ""
    school_class: str = ""
    attendance: str = Attendance.UNKNOWN
    birth_certificate: str = ""


@dataclass(frozen=True)
class KnownAdult(KnownPerson):
    """A grown member of the family, by what they are to its children."""

    relation: str = Relation.OTHER
    relation_text: str = ""
    lives_together: bool | None = True
    is_carer: bool = False


@dataclass(frozen=True)
class Identification:
    """Clause 3: how the family was identified."""

    kind: str = IdentifiedBy.SELF
    organisation: Organisation | None = None
    text: str = ""
    number: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class Basis:
    """Clause 12: the one document, or that it is awaited until a day on a head's word."""

    kind: str = BasisKind.APPLICATION
    organisation: Organisation | None = None
    text: str = ""
    number: str = ""
    on: dt.date | None = None
    signatory: str = ""
    scan: Attachment | None = None
    awaited_until: dt.date | None = None
    allowed_by: User | None = None
    word_on: dt.date | None = None


@dataclass(frozen=True)
class NewCase:
    """All that is known on the day. The least is one child, known by a description alone."""

    office: Office
    children: tuple[KnownChild, ...]
    identification: Identification
    basis: Basis
    adults: tuple[KnownAdult, ...] = ()
    actual_address: KnownAddress = field(default_factory=KnownAddress)
    registered_address: KnownAddress = field(default_factory=KnownAddress)
    reason: str = ""
    categories: tuple[SituationCategory, ...] = ()
    risk_level: str = RiskLevel.UNKNOWN
    responsible: User | None = None
