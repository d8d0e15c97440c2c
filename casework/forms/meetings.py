"""Forms of a meeting: planning it, and writing up what was held."""

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, FormPage, Row, Section
from core.saving import KeptForm

from ..enums import MeetingKind, MeetingStatus
from ..models import Case, Meeting, Person
from ..services.episodes import people_of
from ..services.meetings import Plan, Record, limit_minutes, meeting_kinds
from .episodes import PersonChoices
from .times import TypedTimeField

LONGEST_TEXT = 20_000


class _WithPeople(KeptForm):
    """What both forms ask: who of the family, who else, where."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=MeetingKind.choices, widget=forms.RadioSelect
    )
    with_whom = PersonChoices(
        label=gettext_lazy("Who of the family"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others_present = forms.CharField(
        label=gettext_lazy("Others present"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )

    def __init__(
        self, *args: Any, case: Case, cancel_url: str, help_kind: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.kinds = meeting_kinds(help_kind)
        self.fields["with_whom"].queryset = people_of(case)  # type: ignore[attr-defined]  # a ModelChoiceField
        kind = self.fields["kind"]
        kind.choices = [(k.value, k.label) for k in self.kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.initial.setdefault("kind", self.kinds[-1].value)
        if len(self.kinds) == 1:
            kind.widget = forms.HiddenInput()

    def _people(self) -> tuple[Person, ...]:
        return tuple(self.cleaned_data["with_whom"])


class PlanForm(_WithPeople):
    """An appointment. Where it overlaps another one the form says so once, and is saved when it is sent again."""

    day = TypedDateField(label=gettext_lazy("Day"), expects="future")
    at = TypedTimeField(label=gettext_lazy("Time"))
    planned_minutes = forms.IntegerField(
        label=gettext_lazy("Length, minutes"), min_value=5, max_value=240, initial=30
    )
    overlap_is_fine = forms.BooleanField(
        label=gettext_lazy("Keep this time all the same"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overlapping: list[Meeting] = []

    def find_overlaps(self, others: Any) -> bool:
        """Whether the time is free of ``others`` (the specialist's own meetings) or kept all the same."""
        plan = self.plan()
        self.overlapping = list(
            others.overlapping(plan.planned_at, plan.planned_minutes).order_by("planned_at")
        )
        if not self.overlapping or self.cleaned_data["overlap_is_fine"]:
            return True
        self.add_error(
            "overlap_is_fine", _("You have another meeting at this time: %s.") % self._taken()
        )
        return False

    def _taken(self) -> str:
        spans = [
            f"{clock.local(m.planned_at):%H:%M}–{clock.local(m.planned_until):%H:%M}"
            for m in self.overlapping
            if m.planned_at and m.planned_until
        ]
        return ", ".join(spans)

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            kind=said["kind"],
            planned_at=_moment(said["day"], said["at"]),
            planned_minutes=said["planned_minutes"],
            place=said["place"],
            with_whom=self._people(),
            others_present=said["others_present"],
        )

    @property
    def helper(self) -> FormPage:
        asks = ["overlap_is_fine"] if self.is_bound and "overlap_is_fine" in self.errors else []
        return FormPage(
            self,
            "kind",
            Row("day", "at", "planned_minutes"),
            *asks,
            "with_whom",
            Fold(_("Place, others"), "place", "others_present"),
            save=_("Save the time"),
            cancel_url=self.cancel_url,
        )


class RecordForm(_WithPeople):
    """What is written of a meeting: while it runs only the words, afterwards also the times.

    ``meeting`` is the one that is written up, None for one that nobody planned. Times are typed to the minute; where
    they are left as the clock took them, its seconds stay.
    """

    day = TypedDateField(label=gettext_lazy("Day"), expects="past", allow_future=False)
    began = TypedTimeField(label=gettext_lazy("Began"))
    ended = TypedTimeField(label=gettext_lazy("Ended"))
    overrun_reason = forms.CharField(
        label=gettext_lazy("Why it ran over"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2, **WITH_LETTERS}),
    )
    work_done = forms.CharField(
        label=gettext_lazy("What was done"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 6, **WITH_LETTERS}),
        help_text=gettext_lazy(
            "The responsible worker and the head of the case's office read this. What is for you alone goes into the "
            "private note."
        ),
    )
    next_step = forms.CharField(
        label=gettext_lazy("Next step"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 2, **WITH_LETTERS}),
    )

    def __init__(
        self, data: Any = None, *args: Any, meeting: Meeting | None, **kwargs: Any
    ) -> None:
        known = _known_times(meeting)
        if data is not None:
            data = data.copy()
            for name, value in known.items():
                data.setdefault(name, value)
        super().__init__(data, *args, **kwargs)
        self.meeting = meeting
        for name, value in known.items():
            self.initial.setdefault(name, value)
        if meeting is not None:
            del self.fields["kind"]
        if self.is_running:
            for name in ("day", "began", "ended", "overrun_reason"):
                del self.fields[name]
        elif meeting is not None and not meeting.is_consultation:
            del self.fields["overrun_reason"]

    @property
    def is_running(self) -> bool:
        return self.meeting is not None and self.meeting.status == MeetingStatus.RUNNING

    @property
    def has_run_over(self) -> bool:
        """Whether the clock already says that the limit was passed, so that the reason is asked first."""
        return self.meeting is not None and self.meeting.has_run_over(clock.now())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "overrun_reason" in said and {"day", "began", "ended"} <= said.keys():
            self._ask_why_it_ran_over(self.record())
        return said

    def _ask_why_it_ran_over(self, record: Record) -> None:
        kind = self.meeting.kind if self.meeting else self.cleaned_data.get("kind", "")
        limit = limit_minutes(self.meeting, kind, record.began_at)
        lasted = record.ended_at - record.began_at
        if limit is None or record.overrun_reason or lasted <= dt.timedelta(minutes=limit):
            return
        words = _(
            "The consultation lasted %(lasted)s minutes, longer than %(limit)s: say why, in a few words."
        )
        minutes = int(lasted.total_seconds() // 60)
        self.add_error("overrun_reason", words % {"lasted": minutes, "limit": limit})

    def record(self) -> Record:
        said = self.cleaned_data
        began, ended = _moment(said["day"], said["began"]), _moment(said["day"], said["ended"])
        if ended <= began and said["ended"] < said["began"]:
            ended += dt.timedelta(days=1)  # past midnight; a slip is caught by the longest length
        return Record(
            began_at=self._exact(began, "began_at"),
            ended_at=self._exact(ended, "ended_at"),
            with_whom=self._people(),
            others_present=said["others_present"],
            place=said["place"],
            work_done=said["work_done"],
            next_step=said["next_step"],
            overrun_reason=said.get("overrun_reason", ""),
        )

    def _exact(self, typed: dt.datetime, name: str) -> dt.datetime:
        kept: dt.datetime | None = getattr(self.meeting, name, None)
        if kept is not None and kept.replace(second=0, microsecond=0) == typed:
            return kept
        return typed

    @property
    def helper(self) -> FormPage:
        written = ["work_done", "next_step"]
        people: list[Any] = ["with_whom", Fold(_("Place, others"), "place", "others_present")]
        if self.is_running:
            page = FormPage(self, *written, *people, cancel_url=self.cancel_url)
            page.form_tag = False
            page.layout.pop()
            return page
        times = [Row("day", "began", "ended")]
        if self.meeting is None:
            times = ["kind", *times]  # type: ignore[list-item]  # crispy takes names and parts alike
        why: list[Any] = ["overrun_reason"] if "overrun_reason" in self.fields else []
        first, later = (why, []) if self.has_run_over else ([], why)
        folded = [Fold(_("Longer than the standard allows?"), *later)] if later else []
        page = FormPage(
            self,
            *first,
            *written,
            *people,
            Section(_("When it was"), *times, *folded),
            save=_("Save as held"),
            cancel_url=self.cancel_url,
        )
        if self.meeting is not None:
            page.form_action = reverse("episodes:record", args=[self.meeting.pk])
        return page


def _known_times(meeting: Meeting | None) -> dict[str, str]:
    """The times that the clock or the plan gives, as they stand in the form's boxes."""
    if meeting is None:
        return {"day": f"{clock.today():%d.%m.%Y}"}
    begins = meeting.began_at or meeting.planned_at
    if begins is None or meeting.status == MeetingStatus.RUNNING:
        return {}
    ends = meeting.ended_at or meeting.planned_until
    known = {"day": f"{clock.local(begins):%d.%m.%Y}", "began": f"{clock.local(begins):%H:%M}"}
    if ends is not None:
        known["ended"] = f"{clock.local(ends):%H:%M}"
    return known


def _moment(day: dt.date, at: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, at))
