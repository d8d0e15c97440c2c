"""What Django's list of common passwords does not know."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_CHARACTERS = 6
# Words that everybody here would try first.
_LOCAL = ("jardam", "жардам", "bishkek", "бишкек", "kyrgyzstan", "кыргызстан", "password", "пароль")


class PoorPasswordValidator:
    """Refuses a few characters repeated, and the words that everybody here would try first."""

    def validate(self, password: str, user: Any = None) -> None:
        folded = password.casefold()
        if len(set(folded)) < FEWEST_CHARACTERS or any(word in folded for word in _LOCAL):
            raise ValidationError(
                _("This password is too easy to guess. Take three or four words of your own."),
                code="password_too_poor",
            )

    def get_help_text(self) -> str:
        return _("Not a few characters repeated, and not the name of the product or the city.")
