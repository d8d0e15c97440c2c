"""``manage.py watch_orders``: tell of protection orders about to run out. Run it each morning; running it twice tells nobody twice."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.services.expiring_orders import tell_of_expiring_orders


class Command(BaseCommand):
    help = "Tells the worker and the lawyer of protection orders that run out within a week, once each."

    def handle(self, *args: Any, **options: Any) -> None:
        told = tell_of_expiring_orders()
        if told and options["verbosity"] > 1:
            self.stdout.write(f"Told: {told}.")
