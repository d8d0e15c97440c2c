"""``manage.py sweep_files``: remove files of savings that failed and of forms that were given up; run it once a day."""

import datetime as dt
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone

from core import clock
from core.models import Draft
from papers.models import Attachment

# A saving lasts seconds; a day leaves no doubt that nobody is about to name the file.
_AGE = dt.timedelta(days=1)
# A form is taken up again days later, not months; while a draft names the file, it waits however long.
GIVEN_UP_AFTER = 30


@transaction.atomic
def forget_given_up(days: int) -> int:
    """Take away attachments that for ``days`` no record, none of its earlier states and no draft has named; how many.

    They were chosen in a form that nobody saved. Their files go as those that no attachment names.
    """
    # The earlier of both clocks: a drill that moves the product's must not make files old.
    before = min(clock.now(), timezone.now()) - dt.timedelta(days=days)
    old = Attachment.objects.filter(uploaded_at__lt=before)
    for relation in _relations():
        named = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        old = old.filter(~Exists(named))
    drafts = Draft.objects.annotate(text=Cast("payload", models.TextField()))
    kept = drafts.filter(text__contains=Cast(OuterRef("pk"), models.TextField()))
    found = list(old.filter(~Exists(kept)).select_for_update())
    for attachment in found:
        attachment.delete()
    return len(found)


def _relations() -> list[Any]:
    """Every link to an attachment, from records and from their histories."""
    fields = Attachment._meta.get_fields(include_hidden=True)
    return [f for f in fields if f.auto_created and not f.concrete and f.is_relation]


def forsaken_files() -> list[str]:
    """Stored files of attachments that no attachment names, older than a day by the machine's clock."""
    rows = Attachment.objects.values_list("original", "shown", "thumbnail")
    named = {name for row in rows for name in row}
    # The age of a file is the machine's own: a drill that moves the product's clock must not make files old.
    before = timezone.now() - _AGE
    found = []
    for field in ("original", "shown", "thumbnail"):
        folder = str(Attachment._meta.get_field(field).upload_to)  # type: ignore[union-attr]  # a FileField
        names = [folder + name for name in _held_in(folder)]
        found += [n for n in names if n not in named and _changed(n) < before]
    return found


def _held_in(folder: str) -> list[str]:
    """The names in ``folder``; none where it is not there yet (a bucket has no folders of its own)."""
    try:
        return list(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def _changed(name: str) -> dt.datetime:
    return default_storage.get_modified_time(name)


class Command(BaseCommand):
    help = "Removes attachments of forms that were given up, and stored files that belong to no attachment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=GIVEN_UP_AFTER, help="since the upload")

    def handle(self, *args: Any, **options: Any) -> None:
        given_up = forget_given_up(max(1, options["days"]))
        self.stdout.write(f"{given_up} attachments of forms given up.")
        names = forsaken_files()
        for name in names:
            default_storage.delete(name)
        self.stdout.write(f"{len(names)} files removed.")
