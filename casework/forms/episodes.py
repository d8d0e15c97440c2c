"""Forms of an episode: asking, deciding, handing over, ending."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.layout import WITH_LETTERS, FormPage
from core.saving import KeptForm
from offices.models import Membership, Office, User

from ..enums import EpisodeKind
from ..models import Case, Episode, Person
from ..models.episodes import HELPING_ROLE, OFFERED_KINDS
from ..services.episodes import people_of, specialists_for
from ..workload import Load


class PersonChoice(forms.ModelChoiceField):
    """One of the family, with the age beside the name."""

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]  # Django's is wider
        return ", ".join(part for part in (person.full_name, person.age_in_words) if part)


class PersonChoices(forms.ModelMultipleChoiceField):
    """Several of the family."""

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]  # Django's is wider
        return ", ".join(part for part in (person.full_name, person.age_in_words) if part)


class RequestForm(KeptForm):
    """For whom, what is asked, and of whom: an office, or one specialist of it."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of help"), widget=forms.RadioSelect)
    person = PersonChoice(
        label=gettext_lazy("For whom"),
        queryset=Person.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    request = forms.CharField(
        label=gettext_lazy("What is asked"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6, **WITH_LETTERS}),
        help_text=gettext_lazy(
            "What worries you and what should be found out. The head of the office that is asked reads this, the name, "
            "the age and the safety alerts, and nothing else of the case."
        ),
    )
    asked = forms.ChoiceField(
        label=gettext_lazy("Who is asked"),
        help_text=gettext_lazy("The office's head decides and names the specialist."),
    )

    def __init__(self, *args: Any, case: Case, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        kinds = (EpisodeKind(kind),) if kind else OFFERED_KINDS
        self.fields["kind"].choices = [(k.value, k.label) for k in kinds]  # type: ignore[attr-defined]  # a ChoiceField
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = kinds[0].value
        self.fields["person"].queryset = people_of(case)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["asked"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "—"),
            *_offices_and_specialists(kinds, case),
        ]

    def clean_asked(self) -> tuple[Office, User | None]:
        """The office and, where one was wished for, the specialist."""
        office_id, _colon, user_id = self.cleaned_data["asked"].partition(":")
        office = Office.objects.get(pk=office_id)
        return office, User.objects.get(pk=user_id) if user_id else None

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "kind",
            "person",
            "request",
            "asked",
            save=_("Ask for help"),
            cancel_url=self.case.get_absolute_url(),
        )


def _offices_and_specialists(
    kinds: tuple[EpisodeKind, ...], case: Case
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped choices: each office that helps, then its specialists by name; the centre's and the own office's alike."""
    shut = case.conflicts.filter(ended_at=None).values("user")
    members = (
        Membership.objects.active()
        .filter(
            role__in=[HELPING_ROLE[k] for k in kinds], user__is_active=True, office__is_active=True
        )
        .exclude(user__in=shut)
        .select_related("office", "user")
        .order_by("office__index", "user__surname", "user__given_name")
    )
    groups: dict[Office, dict[str, str]] = {}
    for member in members:
        office = groups.setdefault(member.office, {str(member.office_id): _("Any specialist")})
        name = member.user.full_name
        office[f"{member.office_id}:{member.user_id}"] = (
            f"{name} · {member.get_role_display()}" if len(kinds) > 1 else name
        )
    return [(office.name, list(chosen.items())) for office, chosen in groups.items()]


class SpecialistChoice(forms.ModelChoiceField):
    """A specialist with what they carry already."""

    loads: dict[Any, Load] = {}

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]  # Django's is wider
        load = self.loads.get(user.pk, Load())
        episodes = ngettext("%(count)d in progress", "%(count)d in progress", load.episodes)
        meetings = ngettext(
            "%(count)d meeting in the next 7 days",
            "%(count)d meetings in the next 7 days",
            load.meetings,
        )
        carried = [episodes % {"count": load.episodes}, meetings % {"count": load.meetings}]
        return f"{user.full_name} · {' · '.join(carried)}"


class SpecialistForm(KeptForm):
    """Who of the office gives the help. ``loads`` says what each carries."""

    specialist = SpecialistChoice(
        label=gettext_lazy("Specialist"),
        queryset=User.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, episode: Episode, loads: dict[Any, Load], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.episode = episode
        field = self.fields["specialist"]
        offered = specialists_for(episode.kind, episode.office, episode.case)
        field.queryset = offered.exclude(pk=episode.specialist_id)  # type: ignore[attr-defined]  # a ModelChoiceField
        field.loads = loads  # type: ignore[attr-defined]  # ours
        field.initial = episode.asked_specialist_id

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "specialist",
            save=_("Accept and assign"),
            cancel_url=self.episode.get_absolute_url(),
        )


class HandOverForm(SpecialistForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is handed over"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "specialist",
            "reason",
            save=_("Hand over"),
            cancel_url=self.episode.get_absolute_url(),
        )


class ReasonForm(KeptForm):
    """A step that asks only why."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea({"rows": 3, **WITH_LETTERS}))

    def __init__(
        self,
        *args: Any,
        label: str,
        save: str,
        cancel_url: str,
        help_text: str = "",
        longest: int = 500,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text = label, help_text
        field.max_length = longest  # type: ignore[attr-defined]  # a CharField
        field.widget.attrs["maxlength"] = longest
        self.save, self.cancel_url, self.longest = save, cancel_url, longest

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) > self.longest:
            raise ValidationError(_("This is too long: shorten it."))
        return reason

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "reason", save=self.save, cancel_url=self.cancel_url)


class StepForm(KeptForm):
    """A step that asks nothing."""

    def __init__(self, *args: Any, save: str, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.save, self.cancel_url = save, cancel_url

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "submission_key", save=self.save, cancel_url=self.cancel_url)
