"""Days and moments as people here write them. Plain functions, so that papers and messages may call them too."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock

register = template.Library()

# domain.md 6.1: the month with the possessive of a date («22-ноябры»), and the Russian genitive.
_MONTHS_KY = [
    "январы",
    "февралы",
    "марты",
    "апрели",
    "майы",
    "июну",
    "июлу",
    "августу",
    "сентябры",
    "октябры",
    "ноябры",
    "декабры",
]
_MONTHS_RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


def _as_date(value: dt.date | dt.datetime) -> dt.date:
    """The calendar day in Bishkek of a moment; a date is itself."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """22.11.2026; nothing for None."""
    return _as_date(value).strftime("%d.%m.%Y") if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """22.11.2026 14:32 on Bishkek's clock; nothing for None."""
    return timezone.localtime(value).strftime("%d.%m.%Y %H:%M") if value else ""


@register.filter
def hour(value: dt.datetime | dt.time | None) -> str:
    """14:32; nothing for None."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return value.strftime("%H:%M")


@register.filter
def when(value: dt.datetime | None) -> str:
    """A moment near today by its word («бүгүн 14:32»), else the full one; nothing for None."""
    if not value:
        return ""
    words = {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}
    word = words.get((clock.today() - _as_date(value)).days)
    return f"{word} {hour(value)}" if word else moment(value)


@register.filter
def long_day(value: dt.date | dt.datetime | None, language: str | None = None) -> str:
    """«2026-жылдын 22-ноябры» or «22 ноября 2026 года», in the page's language unless one is named."""
    if not value:
        return ""
    on = _as_date(value)
    if (language or get_language()) == "ru":
        return f"{on.day} {_MONTHS_RU[on.month - 1]} {on.year} года"
    return f"{on.year}-жылдын {on.day}-{_MONTHS_KY[on.month - 1]}"


@register.filter
def paper_day(value: dt.date | dt.datetime | None, language: str | None = None) -> str:
    """As on an official paper: Russian puts the day in quotation marks, «22» ноября 2026 года."""
    if not value:
        return ""
    on = _as_date(value)
    if (language or get_language()) == "ru":
        return f"«{on.day:02d}» {_MONTHS_RU[on.month - 1]} {on.year} года"
    return long_day(on, "ky")
