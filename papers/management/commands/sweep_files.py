"""``manage.py sweep_files``: remove files that were kept for a saving that then failed; run it once a day."""

import datetime as dt
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from papers.models import Attachment

# A saving lasts seconds; a day leaves no doubt that nobody is about to name the file.
_AGE = dt.timedelta(days=1)


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
    help = "Removes stored files that belong to no attachment."

    def handle(self, *args: Any, **options: Any) -> None:
        names = forsaken_files()
        for name in names:
            default_storage.delete(name)
        self.stdout.write(f"{len(names)} files removed.")
