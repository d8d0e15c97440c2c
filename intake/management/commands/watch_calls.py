"""``manage.py watch_calls``: tell of calls to which nobody was sent. Run it every minute; running it twice tells nobody twice."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection

from intake.services.alarms import sound_alarms


class Command(BaseCommand):
    help = "Sounds the alarm of calls to which nobody was sent: a notice, an e-mail, once each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, at this pace")

    def handle(self, *args: Any, **options: Any) -> None:
        pace = options["every"]
        while True:
            try:
                told = sound_alarms()
            except OperationalError:
                # The database is away for a moment; one that is away for good shows in /healthz.
                if not pace:
                    raise
            else:
                if told and options["verbosity"] > 1:
                    self.stdout.write(f"Told: {told}.")
            if not pace:
                return
            connection.close()
            time.sleep(pace)
