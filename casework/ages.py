"""Ages: what is known of a birth, how old that makes somebody on a day, and how it is said."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import ngettext

from .enums import BirthPrecision

# Until this age months are said too: they matter for a child and only clutter for an adult.
MONTHS_SAID_BELOW = 18


@dataclass(frozen=True)
class Birth:
    """A birth as it is known: the day, only the year, an age estimated on a day, or nothing."""

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
        if self.is_exact and self.on:
            return max(0, full_months(self.on, day) // 12)
        if self.precision == BirthPrecision.YEAR and self.year:
            return max(0, day.year - self.year)
        if self.precision == BirthPrecision.ESTIMATED and self.age is not None:
            since = self.estimated_on or day
            return max(0, self.age + full_months(since, day) // 12)
        return None

    def years_of_birth(self) -> tuple[int, int] | None:
        """The earliest and the latest year in which the person can have been born; None where nothing is known."""
        if self.is_exact and self.on:
            return self.on.year, self.on.year
        if self.precision == BirthPrecision.YEAR and self.year:
            return self.year, self.year
        if self.precision == BirthPrecision.ESTIMATED and self.age is not None:
            middle = (self.estimated_on or dt.date.max).year - self.age
            return (middle - 2, middle + 1) if self.estimated_on else None
        return None

    def age_in_words(self, day: dt.date) -> str:
        """The age on ``day`` as it is said: «9 жаш 8 ай», «8 ай», «12 күн», «34 жаш», «≈ 7 жаш»; "" where nothing is known."""
        age = self.age_on(day)
        if age is None:
            return ""
        if not self.is_exact or self.on is None:
            return f"≈ {_years(age)}"
        if age >= MONTHS_SAID_BELOW:
            return _years(age)
        months = max(0, full_months(self.on, day)) % 12
        if age == 0 and months == 0:
            return _days(max(0, (day - self.on).days))
        said = [_years(age)] if age else []
        return " ".join(said + ([_months(months)] if months else []))


def full_months(since: dt.date, until: dt.date) -> int:
    """Whole months from ``since`` to ``until``; who is born on the 31st is a month older on the 1st where there is no 31st."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)


def _years(number: int) -> str:
    return ngettext("%(number)d year", "%(number)d years", number) % {"number": number}


def _months(number: int) -> str:
    return ngettext("%(number)d month", "%(number)d months", number) % {"number": number}


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
