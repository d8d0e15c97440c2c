"""When somebody was born, as far as anybody knows: a day, a year, an age by estimate, or nothing. All are answers."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import NotADay, read_day

from .ages import exact_age_in_words, full_months, years_in_words
from .enums import BirthPrecision

OLDEST = 120
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_AGE = re.compile(r"~?\s*([0-9]{1,3})\s*(?:жаш(?:та|ар)?|лет|год|года|years?|г\.?)?")
_FULL_DAY = re.compile(r".*[0-9]{4}.*|[0-9]{8}|[0-9]{1,2}[./ -][0-9]{1,2}[./ -][0-9]{2}")


@dataclass(frozen=True)
class Birth:
    """What is known of a birth, in the shape of Person's fields. ``age`` counts from ``estimated_on``."""

    precision: str = BirthPrecision.UNKNOWN
    on: dt.date | None = None
    year: int | None = None
    age: int | None = None
    estimated_on: dt.date | None = None

    @property
    def is_exact(self) -> bool:
        return self.precision == BirthPrecision.EXACT and self.on is not None

    def age_on(self, day: dt.date) -> int | None:
        """Full years on ``day``, never below 0: exact, or by the year or the estimate (then ± 1); None where nothing is known."""
        if self.precision == BirthPrecision.EXACT and self.on:
            return max(0, full_months(self.on, day) // 12)
        if self.precision == BirthPrecision.YEAR and self.year:
            return max(0, day.year - self.year)
        if self.precision == BirthPrecision.ESTIMATED and self.age is not None:
            return max(0, self.age + full_months(self.estimated_on or day, day) // 12)
        return None

    def age_in_words(self, day: dt.date) -> str:
        """The age on ``day`` as it is said: «9 жаш 8 ай», «≈ 7 жаш» where it is not exact; "" where nothing is known."""
        if self.precision == BirthPrecision.EXACT and self.on:
            return exact_age_in_words(self.on, day)
        age = self.age_on(day)
        return "" if age is None else f"≈ {years_in_words(age)}"

    @property
    def typed(self) -> str:
        """As it would be typed into :class:`BirthField`."""
        if self.precision == BirthPrecision.EXACT and self.on:
            return self.on.strftime("%d.%m.%Y")
        if self.precision == BirthPrecision.YEAR and self.year:
            return str(self.year)
        if self.precision == BirthPrecision.ESTIMATED and self.age is not None:
            return str(self.age)
        return ""

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "birth_precision": self.precision,
            "birth_on": self.on,
            "birth_year": self.year,
            "estimated_age": self.age,
            "estimated_on": self.estimated_on,
        }

    @property
    def earliest_year(self) -> int | None:
        """The earliest year that it allows; None where nothing is known."""
        return _years(self, -1)

    @property
    def latest_year(self) -> int | None:
        return _years(self, 0)


def _years(birth: Birth, slack: int) -> int | None:
    if birth.on is not None:
        return birth.on.year
    if birth.year is not None:
        return birth.year
    if birth.age is not None and birth.estimated_on is not None:
        return birth.estimated_on.year - birth.age + slack
    return None


def read_birth(text: str, *, today: dt.date) -> Birth:
    """«14.03.2017» is a day, «2017» a year, «7» or «7 жаш» an age by estimate of today.

    Raises :class:`core.fields.NotADay` with the code "invalid", "no_such_day", "future" or "too_early".
    """
    said = text.strip().casefold()
    if not said:
        return Birth()
    if _YEAR.fullmatch(said):
        return _checked(Birth(BirthPrecision.YEAR, year=int(said)), int(said) > today.year)
    if found := _AGE.fullmatch(said):
        age = int(found[1])
        if age > OLDEST:
            raise NotADay("invalid")
        return Birth(BirthPrecision.ESTIMATED, age=age, estimated_on=today)
    if not _FULL_DAY.fullmatch(said):
        raise NotADay("invalid")
    day = read_day(said, today=today, expects="past")
    return _checked(Birth(BirthPrecision.EXACT, on=day), day > today)


def _checked(birth: Birth, lies_ahead: bool) -> Birth:
    if lies_ahead:
        raise NotADay("future")
    if (birth.earliest_year or 0) < 1900:
        raise NotADay("too_early")
    return birth


class BirthField(forms.CharField):
    """One box for a birth date, a year or an age; gives a :class:`Birth`, the unknown one where it is empty."""

    default_error_messages = {
        "invalid": _("Type the birth date like 14.03.2017, or the year, or the age: 7."),
        "no_such_day": _("There is no such day: check the day and the month."),
        "future": _("This cannot be in the future."),
        "too_early": _("This is too long ago: check the year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("label", _("Birth date, year or age"))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.typed if isinstance(value, Birth) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """An age by estimate that comes back as it was shown is not estimated anew."""
        shown = initial.typed if isinstance(initial, Birth) else initial or ""
        return str(data or "").strip() != str(shown)

    def clean(self, value: Any) -> Birth:
        text = super().clean(value)
        try:
            return read_birth(text, today=clock.today())
        except NotADay as error:
            raise ValidationError(self.error_messages[error.code], code=error.code) from None
