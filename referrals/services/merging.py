"""Two entries of the same organisation become one: every link moves, record by record, with its history.

The links are found in the registry of models, so that one of a later room moves too. What histories say stays as it
was then. There is no way back: afterwards nobody can tell which record meant which entry.
"""

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from offices.models import Organisation, User

from ..permissions import can_merge_organisation


def links_to_organisations() -> list["models.ForeignKey[models.Model, models.Model]"]:
    """Every foreign key of the project to an organisation, but for those of histories."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if _is_history(model):
            continue
        found += [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.related_model is Organisation
        ]
    return found


def _is_history(model: type[models.Model]) -> bool:
    """A history of records, or of the many to many that they name."""
    names = {field.name for field in model._meta.get_fields()}
    return hasattr(model, "history_object") or "m2m_history_id" in names


@transaction.atomic
def merge_organisation(
    duplicate: Organisation, *, into: Organisation, actor: User
) -> dict[str, int]:
    """Move every link from ``duplicate`` to ``into``; the entry stays as its alias, found by its own name as before.

    Returns how many records moved, by the name of their model. What ``into`` does not say (district, address, phone,
    e-mail, signatory) it takes over. Raises ``DomainError`` for two entries that cannot be one.
    """
    if not can_merge_organisation(actor, duplicate):
        raise PermissionDenied
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    both = {row.pk: row for row in rows.filter(pk__in=[duplicate.pk, into.pk])}
    if len(both) != 2:
        raise DomainError(_("Choose another entry to merge this one into."))
    gone, kept = both[duplicate.pk], both[into.pk]
    if gone.merged_into_id is not None or kept.merged_into_id is not None:
        raise DomainError(_("One of the entries was merged already. Look at the list again."))
    moved: dict[str, int] = {}
    for field in links_to_organisations():
        count = sum(1 for record in _linked(field, gone) if _moved(record, field, kept, gone))
        if count:
            moved[field.model._meta.label] = moved.get(field.model._meta.label, 0) + count
    _take_over(gone, kept)
    gone.is_active, gone.merged_into = False, kept
    gone.version += 1
    gone.save()
    return moved


def _linked(
    field: "models.ForeignKey[models.Model, models.Model]", organisation: Organisation
) -> Iterator[models.Model]:
    """The records that name it by ``field``, locked, in a fixed order."""
    rows = field.model._base_manager.filter(**{field.name: organisation.pk})
    return iter(list(rows.select_for_update(of=("self",)).order_by("pk")))


def _moved(
    record: models.Model,
    field: "models.ForeignKey[models.Model, models.Model]",
    kept: Organisation,
    gone: Organisation,
) -> bool:
    """Save ``record`` with its link moved. A form that somebody has open on it is told of the change."""
    if isinstance(owner_model := record._meta.auto_created, type):
        return _moved_among_many(record, owner_model, kept, gone)
    setattr(record, field.attname, kept.pk)
    if isinstance(getattr(record, "version", None), int):
        record.version += 1  # type: ignore[attr-defined]  # only versioned records
    record.save()
    return True


def _moved_among_many(
    record: models.Model,
    owner_model: type[models.Model],
    kept: Organisation,
    gone: Organisation,
) -> bool:
    """Of a record that names several: by its own field, so that its history says so, and once where it named both."""
    many = next(
        field
        for field in owner_model._meta.local_many_to_many
        if field.remote_field.through is type(record)
    )
    named = getattr(getattr(record, many.m2m_field_name()), many.name)
    named.remove(gone)
    named.add(kept)
    return True


def _take_over(gone: Organisation, kept: Organisation) -> None:
    for name in ("district_id", "address", "phone", "email", "signatory"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    kept.is_confirmed = kept.is_confirmed or gone.is_confirmed
    kept.version += 1
    kept.save()
