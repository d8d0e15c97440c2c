"""Adding and correcting organisations and whom to ask for in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import names
from core.errors import DomainError
from core.saving import claim_version
from offices.models import Organisation, OrganisationContact, User

from ..permissions import can_keep_organisations

FACTS = ("kind", "name_ky", "name_ru", "district", "address", "phone", "email", "signatory")


@dataclass(frozen=True)
class ContactFacts:
    """A person to ask for; ``record`` is the one it corrects."""

    name: str
    position: str = ""
    phone: str = ""
    is_active: bool = True
    record: OrganisationContact | None = None


@transaction.atomic
def add_organisation(
    facts: dict[str, Any], *, contacts: Iterable[ContactFacts] = (), actor: User
) -> Organisation:
    """A new entry. ``facts`` are those of :data:`FACTS`; one name is enough, the other repeats it."""
    if not can_keep_organisations(actor):
        raise PermissionDenied
    organisation = Organisation()
    _write(organisation, facts, contacts)
    return organisation


@transaction.atomic
def correct_organisation(
    organisation: Organisation,
    facts: dict[str, Any],
    *,
    contacts: Iterable[ContactFacts] = (),
    seen: int | None,
    actor: User,
) -> Organisation:
    """Mend an entry; ``facts`` may also say whether it is still offered (``is_active``)."""
    found = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not can_keep_organisations(actor):
        raise PermissionDenied
    if found.merged_into_id is not None:
        raise DomainError(_("This entry was merged into another one: correct that one."))
    claim_version(found, seen)
    _write(found, facts, contacts)
    return found


def _write(
    organisation: Organisation, facts: dict[str, Any], contacts: Iterable[ContactFacts]
) -> None:
    for name in (*FACTS, "is_active"):
        if name in facts:
            setattr(organisation, name, facts[name])
    ky, ru = names.clean(organisation.name_ky), names.clean(organisation.name_ru)
    if not ky and not ru:
        raise DomainError(_("Give the organisation a name."))
    organisation.name_ky, organisation.name_ru = ky or ru, ru or ky
    organisation.save()
    for contact in contacts:
        record = contact.record or OrganisationContact(organisation=organisation)
        if record.organisation_id != organisation.pk:
            raise DomainError(_("This person belongs to another organisation."))
        record.name, record.position = contact.name.strip(), contact.position.strip()
        record.phone, record.is_active = contact.phone.strip(), contact.is_active
        record.save()
