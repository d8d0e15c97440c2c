"""Ways to reach a member of staff outside the product. No client's data ever leaves by them: a number and a link.

``settings.STAFF_CHANNELS`` names one class for each way. Another provider (of SMS, say) is a class with the two methods
of :class:`Channel`, named there; see docs/operations.md.
"""

import functools
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

from .models import User


class Channel(Protocol):
    """One way to reach somebody. ``send`` raises where it failed, so that it is tried again."""

    def reaches(self, user: User) -> bool:
        """Whether ``user`` can be reached this way at all."""
        ...

    def send(self, user: User, subject: str, text: str) -> None: ...


class Email:
    """By the mail server of the settings, to whoever has an address."""

    def reaches(self, user: User) -> bool:
        return bool(user.email)

    def send(self, user: User, subject: str, text: str) -> None:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])


class SmsNotConfigured:
    """No provider of SMS is set up: nobody is reached, and nothing is kept of it."""

    def reaches(self, user: User) -> bool:
        return False

    def send(self, user: User, subject: str, text: str) -> None:
        raise NotImplementedError("Name a provider of SMS in settings.STAFF_CHANNELS.")


def channels() -> dict[str, Channel]:
    """The ways that are set up, by name: "email", "sms"."""
    return {name: _made(path) for name, path in settings.STAFF_CHANNELS.items()}


@functools.cache
def _made(path: str) -> Channel:
    made: Channel = import_string(path)()
    return made
