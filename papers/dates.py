"""Dates and ages as official papers write them, in each language (domain.md 6.1 of the research; not Django's own formats)."""

import datetime as dt
from dataclasses import dataclass

from core.templatetags.dates import day as short_date
from core.templatetags.dates import long_day, paper_day

__all__ = ["Age", "age_on", "ky_date", "ky_date_of", "ru_date", "short_date"]


def ky_date(day: dt.date) -> str:
    """«2026-жылдын 22-ноябры»."""
    return long_day(day, "ky")


def ky_date_of(day: dt.date) -> str:
    """Before a noun, "of the date": «2026-жылдын 22-ноябрындагы»."""
    return ky_date(day) + ("ндеги" if day.month == 4 else "ндагы")


def ru_date(day: dt.date) -> str:
    """«22» ноября 2026 года."""
    return paper_day(day, "ru")


@dataclass(frozen=True)
class Age:
    """Full years, and the full months over them (0–11)."""

    years: int
    months: int

    @property
    def ky(self) -> str:
        """«9 жаш 8 ай»; nouns stay singular after a number."""
        parts = [f"{n} {word}" for n, word in ((self.years, "жаш"), (self.months, "ай")) if n]
        return " ".join(parts) or "бир айга чейин"

    @property
    def ru(self) -> str:
        """«9 лет 8 месяцев»."""
        years = f"{self.years} {_ru_plural(self.years, 'год', 'года', 'лет')}"
        months = f"{self.months} {_ru_plural(self.months, 'месяц', 'месяца', 'месяцев')}"
        parts = [text for n, text in ((self.years, years), (self.months, months)) if n]
        return " ".join(parts) or "меньше месяца"


def age_on(birth: dt.date, on: dt.date) -> Age:
    """The age on a day; a month is full on its day of birth. ``ValueError`` for a birth after that day."""
    if birth > on:
        raise ValueError("Born after the day that the age is asked for.")
    months = (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)
    return Age(*divmod(months, 12))


def _ru_plural(n: int, one: str, few: str, many: str) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return one
    return few if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else many
