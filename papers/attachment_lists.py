"""Several files on one record: the record's room says which by a model of its own, everything else is here.

    class VisitFile(AttachedFile):
        record = models.ForeignKey(Visit, models.PROTECT, related_name="files")
        history = HistoricalRecords()

Its form takes them by :class:`papers.forms.FilesPart`, its pages show and add them by
:class:`papers.attachment_desk.FileDesk` and ``components/attachments.html``.
"""

import uuid
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.errors import DomainError
from offices.models import User

from .models import Attachment

MOST_FILES = 50


class AttachedFileQuerySet(models.QuerySet[Any]):
    def shown(self) -> Self:
        """Those not taken off the record, with what a list shows of them."""
        return self.filter(removed_at=None).select_related("attachment", "added_by")


class AttachedFile(models.Model):
    """One file on a record. Taken off it is not shown any more; the sealed original stays.

    Whoever may read the record may read it: it is served only through the record's own entrance.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+")
    note = models.CharField(gettext_lazy("What it is"), max_length=200, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(
        gettext_lazy("Why it is taken off"), max_length=300, blank=True
    )

    # The record that the file is on; each room's model has it.
    record: Any
    objects = AttachedFileQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.note or self.attachment.name


File = TypeVar("File", bound=AttachedFile)


@transaction.atomic
def add_files(
    model: type[File],
    record: models.Model,
    kept: Iterable[Attachment],
    *,
    actor: User,
    note: str = "",
) -> list[File]:
    """Put files that have been kept (``papers.attachments.attach``) on ``record``, whose room has checked who may.

    Raises ``DomainError`` where the record would hold too many.
    """
    kept = list(kept)
    files: Any = model._default_manager  # every model of files has a record of its own kind
    held = files.filter(record=record, removed_at=None).count()
    if held + len(kept) > MOST_FILES:
        raise DomainError(
            _("A record holds at most %(most)d files. Put several pages into one file.")
            % {"most": MOST_FILES}
        )
    now = clock.now()
    return [
        files.create(
            record=record, attachment=file, note=note.strip(), added_by=actor, added_at=now
        )
        for file in kept
    ]


@transaction.atomic
def take_off(file: File, *, reason: str, actor: User) -> File:
    """Show the file no more, with the reason; its original stays sealed. The caller has checked who may."""
    files: Any = type(file)._default_manager
    found: File = files.select_for_update(of=("self",)).get(pk=file.pk)
    if found.removed_at is not None:
        raise DomainError(_("The file has been taken off already."))
    if not reason.strip():
        raise DomainError(_("Say why the file is taken off."))
    found.removed_by, found.removed_at, found.removed_reason = actor, clock.now(), reason.strip()
    found.save()
    return found
