"""Days and moments as people type them: 22.11.2026, 22.11, 2026-11-22, «бүгүн»; what they mean, or what to do."""

import datetime as dt
import re
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock

Expects = Literal["past", "future", "any"]

# Nobody whom the offices meet was born before it; an earlier year is a slip of the finger.
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2199, 12, 31)

_WORDS = {
    "бүгүн": 0,
    "бугун": 0,
    "сегодня": 0,
    "today": 0,
    "кечээ": -1,
    "кече": -1,
    "вчера": -1,
    "yesterday": -1,
    "эртең": 1,
    "эртен": 1,
    "завтра": 1,
    "tomorrow": 1,
}
_NOW = {"азыр", "сейчас", "now"}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_TYPED = re.compile(r"([0-9]{1,2})[./,\- ]+([0-9]{1,2})(?:[./,\- ]+([0-9]{4}|[0-9]{2}))?[.]?")
_SOLID = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:[.][0-9]+)?)?")
_DOTTED_TIME = re.compile(r"([0-9]{1,2})[.]([0-9]{2})")
_YEAR_MARK = re.compile(r"\s*(?:ж|г|жыл|года?)\.?$")
_AGES = {"past": (-99, 0), "future": (0, 99), "any": (-80, 19)}


class NotADay(ValueError):
    """The text is no day of the calendar. ``code`` is "invalid" (another shape) or "no_such_day"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_day(text: str, *, today: dt.date, expects: Expects = "any") -> dt.date:
    """The day that ``text`` names. Raises :class:`NotADay`.

    A year left out is this one, or its neighbour where the day would else lie on the wrong side of ``expects``; a year
    of two digits is the nearest that ``expects`` allows (for "any": from 80 years ago to 19 ahead).
    """
    said = _YEAR_MARK.sub("", text.strip().casefold())
    if said in _WORDS:
        return today + dt.timedelta(days=_WORDS[said])
    if found := _ISO.fullmatch(said):
        return _day(*(int(part) for part in found.groups()))
    found = _SOLID.fullmatch(said) or _TYPED.fullmatch(said)
    if found is None:
        raise NotADay("invalid")
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year is None:
        return _nearest(day, month, today, expects)
    if len(year) == 4:
        return _day(int(year), month, day)
    return _day(_full_year(int(year), today, expects), month, day)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise NotADay("no_such_day") from None


def _nearest(day: int, month: int, today: dt.date, expects: Expects) -> dt.date:
    """The day without a year; 29 February goes to the nearest leap year on the expected side."""
    step = -1 if expects == "past" else 1
    for years in range(9):
        try:
            found = dt.date(today.year + step * years, month, day)
        except ValueError:
            continue
        if (expects == "past" and found > today) or (expects == "future" and found < today):
            continue
        return found
    raise NotADay("no_such_day")


def _full_year(short: int, today: dt.date, expects: Expects) -> int:
    first = today.year + _AGES[expects][0]
    return first + (short - first) % 100


def read_moment(text: str, *, now: dt.datetime, expects: Expects = "any") -> dt.datetime:
    """The moment that ``text`` names in the time zone of ``now`` (aware): a day and a time, or a time of today.

    Raises :class:`NotADay`, also for «10.11» alone, which may be a day or a time.
    """
    said = text.strip().casefold()
    if said in _NOW:
        return now.replace(second=0, microsecond=0)
    if _ISO.match(said):
        said = said.replace("t", " ", 1)
    head, _space, tail = said.rpartition(" ")
    found = _TIME.fullmatch(tail) or (_DOTTED_TIME.fullmatch(tail) if head else None)
    if found is None:
        raise NotADay("invalid")
    day = read_day(head, today=now.date(), expects=expects) if head else now.date()
    try:
        return dt.datetime.combine(day, dt.time(int(found[1]), int(found[2]), tzinfo=now.tzinfo))
    except ValueError:
        raise NotADay("no_such_time") from None


class TypedInput(forms.TextInput):
    """A text input for a day; the page's script puts a picker beside it by ``data-typed``."""

    def __init__(self, typed: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "data-typed": typed, **(attrs or {})})


class _Typed(forms.Field):
    """What the two fields share: the expected side of today, and the bounds."""

    kind = ""
    default_error_messages = {
        "no_such_day": _("There is no such day: check the day and the month."),
        "no_such_time": _("There is no such time: check the hours and the minutes."),
        "future": _("This cannot be in the future."),
        "too_early": _("This is too long ago: check the year."),
        "too_late": _("This is too far ahead: check the year."),
    }

    def __init__(
        self,
        *,
        expects: Expects = "any",
        allow_future: bool = True,
        earliest: dt.date = EARLIEST,
        latest: dt.date = LATEST,
        **kwargs: Any,
    ) -> None:
        self.expects, self.allow_future = expects, allow_future
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("widget", TypedInput(self.kind, {"data-expects": self.expects}))
        super().__init__(**kwargs)

    def _checked(self, day: dt.date) -> None:
        if day < self.earliest:
            raise ValidationError(self.error_messages["too_early"], code="too_early")
        if day > self.latest:
            raise ValidationError(self.error_messages["too_late"], code="too_late")

    def _refuse(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class TypedDateField(_Typed):
    """A day as people type it; gives a ``date``. ``expects`` says on which side of today a day without a year lies.

    ``allow_future=False`` refuses days after today (births, documents already issued).
    """

    kind = "date"
    default_error_messages = {"invalid": _("Type the date like this: 22.11.2026 or 22.11.")}

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            day = read_day(text, today=clock.today(), expects=self.expects)
        except NotADay as error:
            raise self._refuse(error.code) from None
        self._checked(day)
        if not self.allow_future and day > clock.today():
            raise self._refuse("future")
        return day

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d.%m.%Y") if isinstance(value, dt.date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class TypedDateTimeField(_Typed):
    """A moment as people type it: «22.11.2026 14:30», «22.11 14:30», «14:30» of today, «азыр»; gives an aware ``datetime``."""

    kind = "moment"
    default_error_messages = {
        "invalid": _("Type the date and the time like this: 22.11.2026 14:30; of today just 14:30.")
    }

    def to_python(self, value: Any) -> dt.datetime | None:
        if isinstance(value, dt.datetime):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        now = clock.local(clock.now())
        try:
            moment = read_moment(text, now=now, expects=self.expects)
        except NotADay as error:
            raise self._refuse(error.code) from None
        self._checked(moment.date())
        if not self.allow_future and moment > clock.now() + dt.timedelta(minutes=1):
            raise self._refuse("future")
        return moment

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            local = clock.local(value) if timezone.is_aware(value) else value
            return local.strftime("%d.%m.%Y %H:%M")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A moment is shown to the minute, so its seconds are no change."""
        try:
            new = self.to_python(data)
        except ValidationError:
            return True
        return self.prepare_value(new) != self.prepare_value(initial)
