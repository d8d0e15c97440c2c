"""A time of the day as people type it: 14:30, 14.30, 1430, 14."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_SHAPES = (
    re.compile(r"([0-9]{1,2})[:.,\- ]([0-9]{2})(?::[0-9]{2})?"),
    re.compile(r"([0-9]{1,2})([0-9]{2})"),
    re.compile(r"([0-9]{1,2})()"),
)


def read_time(text: str) -> dt.time:
    """The time that ``text`` names, to the minute. Raises ValueError."""
    said = text.strip()
    for shape in _SHAPES:
        if found := shape.fullmatch(said):
            return dt.time(int(found[1]), int(found[2] or 0))
    raise ValueError(text)


class TypedTimeField(forms.Field):
    """Gives a ``time``; a whole hour may be typed alone."""

    default_error_messages = {"invalid": _("Type the time like this: 14:30.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "numeric", "maxlength": 8}
        kwargs.setdefault("widget", forms.TextInput(attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, dt.time):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_time(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, dt.time) else value
