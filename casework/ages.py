"""How old somebody is, and how it is said: «9 жаш 8 ай», «≈ 7 жаш»."""

import datetime as dt

from django.utils.translation import ngettext

# Until this age months are said too: they matter for a child and only clutter for an adult.
MONTHS_SAID_BELOW = 18


def full_months(since: dt.date, until: dt.date) -> int:
    """Whole months from ``since`` to ``until``; who is born on the 31st is a month older on the 1st where there is no 31st."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)


def exact_age_in_words(born_on: dt.date, day: dt.date) -> str:
    """«9 жаш 8 ай», «8 ай», «12 күн», «34 жаш»: as fine as the age asks for."""
    years, months = divmod(max(0, full_months(born_on, day)), 12)
    if years >= MONTHS_SAID_BELOW:
        return years_in_words(years)
    if years == 0 and months == 0:
        days = max(0, (day - born_on).days)
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    said = [years_in_words(years)] if years else []
    if months:
        said.append(ngettext("%(number)d month", "%(number)d months", months) % {"number": months})
    return " ".join(said)


def years_in_words(years: int) -> str:
    return ngettext("%(number)d year", "%(number)d years", years) % {"number": years}
