"""What a person may do with people, families and their consents. docs/permissions.md has the table.

Whoever a predicate is asked about has come through ``visible_to``. Two depths: who they are (for the holder of an
episode: names, birth, documents, contacts, language, who belongs to the family), and all that is kept (for whoever works
a case of theirs in full: also health, school life, how the family lives, the history of it all).
"""

from offices.models import User

from .models import Case, Consent, Family, HiddenFact, Person
from .permissions import can_read_case, can_work_case, works_with_case

_FULL = "_reads_full_by_reader"

# What the history tells to those who read only who a person is.
IDENTITY_FIELDS = frozenset(
    {"surname", "given_name", "patronymic", "other_spellings", "description", "sex", "pin"}
    | {"birth_precision", "birth_on", "birth_year", "estimated_age", "estimated_on"}
    | {"document_kind", "document_series", "document_number", "document_issuer"}
    | {"document_issued_on", "citizenship", "language", "communication_needs"}
)


def reads_person_fully(user: User, person: Person) -> bool:
    """Health, school life, what is hidden and why, and the whole history: for whoever works a case of theirs in full."""
    return _reads_fully(user, person, Person.objects.full_visible_to(user))


def reads_family_fully(user: User, family: Family) -> bool:
    """How the family lives, beside who belongs to it."""
    return _reads_fully(user, family, Family.objects.full_visible_to(user))


def _reads_fully(user: User, record: Person | Family, found: "object") -> bool:
    """From ``with_depth_for`` where the row carries it; else one query, remembered on this object."""
    settled = getattr(record, "reads_full", None)
    if settled is not None:
        return bool(settled)
    known: dict[object, bool] = record.__dict__.setdefault(_FULL, {})
    if user.pk not in known:
        known[user.pk] = found.filter(pk=record.pk).exists()  # type: ignore[attr-defined]  # a queryset
    return known[user.pk]


def can_change_person(user: User, person: Person) -> bool:
    """Names, papers, addresses, phones, what is hidden: for whoever works a case of theirs in full."""
    return reads_person_fully(user, person)


def can_hide_facts(user: User, person: Person) -> bool:
    return reads_person_fully(user, person)


def can_lift_hidden_fact(user: User, fact: HiddenFact) -> bool:
    """Whoever may hide, and sees everybody from whom it is hidden: what another office hid too stays hidden."""
    seen = Person.objects.visible_to(user).values("pk")
    whole = not fact.hidden_from.exclude(pk__in=seen).exists()
    return whole and can_hide_facts(user, fact.thing.person)


def can_change_family(user: User, family: Family) -> bool:
    return reads_family_fully(user, family)


def can_record_consent(user: User, case: Case) -> bool:
    """Whoever works with the case, the psychologist and the lawyer too: they are there when it is given."""
    return works_with_case(user, case)


def can_change_consent(user: User, consent: Consent) -> bool:
    """Whoever recorded it, while they work with the case, and whoever works the case in full."""
    mine = consent.recorded_by_id == user.pk and can_read_case(user, consent.case)
    return mine or can_work_case(user, consent.case)


def can_withdraw_consent(user: User, consent: Consent) -> bool:
    """Everybody who works with the case: a withdrawal is told to whoever is there."""
    return can_record_consent(user, consent.case)
