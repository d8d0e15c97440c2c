"""``manage.py demo``: build the demo city once, the same every time. Refused in production."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.models import Case
from reports.demo.bodies import load_bodies
from reports.demo.calls import COUNT, load_calls
from reports.demo.city import load_families
from reports.demo.complaints import COUNT as COMPLAINTS
from reports.demo.complaints import load_complaints
from reports.demo.referrals import load_referrals
from reports.demo.staff import PEOPLE, load_staff

# How many calls a small city for a test has.
FEW_CALLS = 20
FEW_COMPLAINTS = 60


class Command(BaseCommand):
    help = "Builds the demo city: six offices, staff for every role, four hundred families."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--families", type=int, help="how many families (all by default)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demo city is for trying the product, never for production.")
        if Case.objects.exists():
            raise CommandError(
                "There are cases already; the demo city begins in an empty database."
            )
        call_command("reference", verbosity=0, stdout=self.stdout)
        load_staff()
        load_bodies()
        families = load_families(options["families"])
        load_referrals()
        whole = options["families"] is None
        load_complaints(COMPLAINTS if whole else FEW_COMPLAINTS)
        calls = load_calls(COUNT if options["families"] is None else FEW_CALLS)
        self.stdout.write(
            f"The demo city: {families} families, {calls} calls, {len(PEOPLE)} members of staff."
        )
