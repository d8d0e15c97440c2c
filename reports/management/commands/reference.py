"""``manage.py reference``: load the lists that an installation begins with. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from casework.reference import load_casework_lists
from intake.reception_lists import load_reception_lists
from intake.reference import load_call_topics
from offices.reference import load_offices, load_standard


class Command(BaseCommand):
    help = "Loads offices, the standard and the reference lists; keeps what was changed by hand."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        load_offices()
        load_standard()
        load_casework_lists()
        load_call_topics()
        load_reception_lists()
        self.stdout.write("Reference lists are in place.")
