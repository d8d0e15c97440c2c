"""Forms of an accompaniment: planning or recording one, and writing down how it went."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, FormPage, Row, Section
from core.saving import KeptForm
from offices.enums import OrganisationKind
from offices.models import Organisation

from ..accompaniment_enums import KINDS_OF, AccompanimentKind, AccompanimentStatus, CourtRole
from ..enums import EpisodeKind
from ..models import Accompaniment, Episode, Person
from ..services.accompaniments import Outcome, Way
from ..services.episodes import people_of
from .episodes import PersonChoices
from .times import TypedTimeField

LONGEST_TEXT = 20_000
# Where one goes with a family: courts for legal help, all bodies that help for social.
_PLACES = {
    EpisodeKind.LEGAL: (OrganisationKind.COURT,),
    EpisodeKind.SOCIAL: (
        OrganisationKind.HEALTH,
        OrganisationKind.EDUCATION,
        OrganisationKind.SOCIAL,
        OrganisationKind.MUNICIPAL,
        OrganisationKind.NGO,
        OrganisationKind.OTHER,
    ),
}


class FileChoices(forms.ModelMultipleChoiceField):
    """In whose files it is written, by the child's name."""

    def label_from_instance(self, episode: Episode) -> str:  # type: ignore[override]  # Django's is wider
        return ", ".join(p for p in (episode.person.full_name, episode.person.age_in_words) if p)


class _WithOutcome(KeptForm):
    """How it went and when it goes on."""

    status = forms.ChoiceField(label=gettext_lazy("How it went"), widget=forms.RadioSelect)
    result = forms.CharField(
        label=gettext_lazy("Result"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 4, **WITH_LETTERS}),
    )
    next_step = forms.CharField(
        label=gettext_lazy("Next step"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 2, **WITH_LETTERS}),
    )
    next_day = TypedDateField(
        label=gettext_lazy("Next day"),
        required=False,
        expects="future",
        help_text=gettext_lazy("It is planned at once, in the same place, for the same children."),
    )
    next_at = TypedTimeField(label=gettext_lazy("Time"), required=False)

    def offer_statuses(self, *, in_court: bool) -> None:
        planned, held = AccompanimentStatus.PLANNED, AccompanimentStatus.HELD
        offered = [held]
        if in_court:
            offered += [AccompanimentStatus.PUT_OFF, AccompanimentStatus.DECIDED]
        field = self.fields["status"]
        choices: list[tuple[str, Any]] = [(s.value, s.label) for s in offered]
        if not field.required:
            choices.insert(0, (planned.value, _("It is still to come")))
        field.choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def outcome(self) -> Outcome:
        said = self.cleaned_data
        return Outcome(
            status=said["status"],
            result=said["result"],
            next_step=said["next_step"],
            next_on=said["next_day"],
            next_at=said["next_at"] if said["next_day"] else None,
        )


class OutcomeForm(_WithOutcome):
    """What happened: short enough for the corridor of a court."""

    def __init__(self, *args: Any, accompaniment: Accompaniment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accompaniment = accompaniment
        self.offer_statuses(in_court=accompaniment.is_in_court)
        if not accompaniment.is_in_court:
            self.initial.setdefault("status", AccompanimentStatus.HELD)
        if accompaniment.is_in_court:
            self.fields["next_day"].label = _("Next hearing")

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "status",
            "result",
            Row("next_day", "next_at"),
            "next_step",
            save=_("Save"),
            cancel_url=self.accompaniment.get_absolute_url(),
        )


class AccompanimentForm(_WithOutcome):
    """Where to, what for, when, with whom; and where it has been already, how it went.

    ``files`` are the episodes in whose files it may be written: the tick boxes stand there where there are several.
    """

    files = FileChoices(  # type: ignore[assignment]  # a field; Django keeps what is sent apart
        label=gettext_lazy("In whose files"),
        queryset=Episode.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Written once, it stands in the file of every child ticked."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"), widget=forms.RadioSelect, required=False
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation"),
        required=False,
        empty_label="—",
    )
    organisation_text = forms.CharField(
        label=gettext_lazy("In words, where it is not in the list"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"), max_length=300, widget=forms.TextInput(WITH_LETTERS)
    )
    court_number = forms.CharField(
        label=gettext_lazy("Number of the case in court"), max_length=60, required=False
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role in court"), choices=CourtRole.choices, required=False
    )
    day = TypedDateField(label=gettext_lazy("Day"), expects="future")
    at = TypedTimeField(label=gettext_lazy("Time"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Room, judge, doctor"),
        max_length=200,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    with_whom = PersonChoices(
        label=gettext_lazy("Who of the family goes"),
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

    def __init__(
        self, *args: Any, episode: Episode, files: Any, is_change: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.episode, self.is_change = episode, is_change
        self.is_court = episode.kind == EpisodeKind.LEGAL
        self.candidates = list(files)
        self._offer()
        self.fields["status"].required = False
        self.offer_statuses(in_court=self.is_court)
        self.initial.setdefault("status", AccompanimentStatus.PLANNED)
        if is_change:
            for name in ("status", "result", "next_step", "next_day", "next_at"):
                del self.fields[name]
        elif self._says_outcome():
            self.fields["day"].expects = "past"  # type: ignore[attr-defined]  # a TypedDateField

    def _offer(self) -> None:
        fields: dict[str, Any] = self.fields
        kind = EpisodeKind(self.episode.kind)
        fields["files"].queryset = Episode.objects.filter(
            pk__in=[e.pk for e in self.candidates]
        ).select_related("person")
        self.initial.setdefault("files", [self.episode.pk])
        if len(self.candidates) < 2:
            del fields["files"]
        fields["organisation"].queryset = Organisation.objects.filter(
            is_active=True, kind__in=_PLACES[kind]
        )
        fields["with_whom"].queryset = people_of(self.episode.case)
        if self.is_court:
            fields["organisation"].label = _("Court")
            fields["purpose"].label = _("Subject of the hearing")
            fields["place"].label = _("Room, judge")
            del fields["kind"]
        else:
            fields["kind"].choices = [(k.value, k.label) for k in KINDS_OF[kind]]
            fields["kind"].required = True
            fields["place"].label = _("Room, doctor, teacher")
            del fields["court_number"], fields["role"]

    def _says_outcome(self) -> bool:
        said = self.data.get("status", "") if self.is_bound else ""
        return said not in ("", AccompanimentStatus.PLANNED)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        nowhere = not said.get("organisation") and not said.get("organisation_text")
        if nowhere and not {"organisation", "organisation_text"} & set(self.errors):
            self.add_error(
                "organisation_text", _("Say where to: choose from the list or write it in words.")
            )
        return said

    def chosen(self) -> list[Episode]:
        """In whose files it is written."""
        return list(self.cleaned_data["files"]) if "files" in self.fields else self.candidates[:1]

    def way(self) -> Way:
        said = self.cleaned_data
        return Way(
            kind=AccompanimentKind.COURT if self.is_court else said["kind"],
            on=said["day"],
            at=said["at"],
            purpose=said["purpose"],
            organisation=said["organisation"],
            organisation_text=said["organisation_text"],
            court_number=said.get("court_number", ""),
            role=said.get("role", ""),
            place=said["place"],
            with_whom=tuple(said["with_whom"]),
            others_present=said["others_present"],
        )

    def outcome_if_said(self) -> Outcome | None:
        """None where it is still to come."""
        said = self.cleaned_data
        status = said.get("status") or AccompanimentStatus.PLANNED
        written = any(said.get(name) for name in ("result", "next_step", "next_day"))
        if status == AccompanimentStatus.PLANNED and not written:
            return None
        return self.outcome()

    @property
    def helper(self) -> FormPage:
        there = self.fields
        court = [n for n in ("court_number", "role") if n in there]
        parts: list[Any] = [n for n in ("files", "kind") if n in there]
        parts += [Row("day", "at"), "organisation", "organisation_text", "purpose"]
        if court:
            parts.append(Row(*court))
        parts.append(Fold(_("Who goes, room"), "with_whom", "others_present", "place"))
        if "status" in there:
            parts.append(
                Section(
                    _("How it went"), "status", "result", Row("next_day", "next_at"), "next_step"
                )
            )
        return FormPage(self, *parts, save=_("Save"), cancel_url=self.episode.get_absolute_url())


def known_way(accompaniment: Accompaniment) -> dict[str, Any]:
    """What a planned one says, for the form that changes it."""
    return {
        "files": [e.pk for e in accompaniment.episodes.all()],
        "kind": accompaniment.kind,
        "organisation": accompaniment.organisation_id,
        "organisation_text": accompaniment.organisation_text,
        "purpose": accompaniment.purpose,
        "court_number": accompaniment.court_number,
        "role": accompaniment.role,
        "day": accompaniment.on,
        "at": accompaniment.at,
        "place": accompaniment.place,
        "with_whom": [person.pk for person in accompaniment.with_whom.all()],
        "others_present": accompaniment.others_present,
    }


def known_outcome(
    accompaniment: Accompaniment, following: Accompaniment | None
) -> dict[str, dt.date | dt.time | str | None]:
    """What was written of one already, for the form that mends it."""
    if not accompaniment.is_recorded:
        return {}
    return {
        "status": accompaniment.status,
        "result": accompaniment.result,
        "next_step": accompaniment.next_step,
        "next_day": following.on if following else None,
        "next_at": following.at if following else None,
    }
