"""Short forms of an application's life: the decision, the head's answer, the confirmation before a case opens."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.enums import BasisKind, IdentifiedBy, RiskLevel
from casework.forms.cases import one_line
from casework.models import Person, SituationCategory
from casework.services.new_case import KnownPerson
from core.fields import TypedDateField
from core.layout import WITH_LETTERS
from core.saving import KeptForm, QuietForm
from offices.models import Office

from ..enums import ApplicationStatus
from ..services.eligibility import Finding


class DecisionForm(KeptForm):
    """Whether the family is in a difficult life situation (clause 3), and on what facts."""

    is_eligible = forms.ChoiceField(
        label=_("Is the family in a difficult life situation?"),
        choices=[
            ("yes", _("Yes: help is given, a case is opened")),
            ("no", _("No: refusal is proposed to the head")),
        ],
        widget=forms.RadioSelect,
        help_text=_("This alone decides (clause 3): not by whom the family was found, and no missing paper."),
    )  # fmt: skip
    categories = forms.ModelMultipleChoiceField(
        SituationCategory.objects.none(),
        label=_("Kind of situation"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    risk_level = forms.ChoiceField(
        label=_("Risk"),
        required=False,
        choices=RiskLevel.choices,
        initial=RiskLevel.UNKNOWN,
        widget=forms.RadioSelect,
    )
    facts_ky = forms.CharField(
        label=_("Facts, in Kyrgyz"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 6}),
    )
    facts_ru = forms.CharField(
        label=_("Facts, in Russian"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = SituationCategory.objects.filter(is_active=True)
        self.fields["categories"].queryset = offered  # type: ignore[attr-defined]  # a ModelMultipleChoiceField

    @property
    def finds_eligible(self) -> bool:
        return bool(self.cleaned_data["is_eligible"] == "yes")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("is_eligible") == "yes":
            if not said.get("categories"):
                self.add_error("categories", _("Say of which kind the situation is."))
            if not said.get("facts_ky") and not said.get("facts_ru"):
                self.add_error("facts_ky", _("Write down the facts on which you decide."))
        elif said.get("is_eligible") == "no":
            for field in ("facts_ky", "facts_ru"):
                if not said.get(field):
                    self.add_error(field, _("The facts stand on the notice in both languages."))
        return said

    def finding(self) -> Finding:
        said = self.cleaned_data
        return Finding(
            said["facts_ky"],
            said["facts_ru"],
            tuple(said["categories"]),
            said["risk_level"] or RiskLevel.UNKNOWN,
        )


class SettleForm(KeptForm):
    """The head's answer to a proposed refusal."""

    answer = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            ("confirm", _("Confirm: the notice is made and cannot be taken back")),
            ("return", _("Return: it is decided anew")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why it is returned"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("answer") == "return" and not said.get("reason"):
            self.add_error("reason", _("Say why you return it."))
        return said


class WithdrawForm(KeptForm):
    words = one_line(
        _("Who withdrew it, how, why"),
        500,
        help_text=_("This is not a refusal: they can apply again any day."),
    )


class ConfirmForm(KeptForm):
    """Before a case opens from an application: the remarks that were seen."""

    seen_remarks = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ConfirmRow(QuietForm):
    """One person of the application: somebody known already, or a new record."""

    known_as = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    alike: list[Person] = []
    record: Person | None = None

    def __init__(self, *args: Any, known: KnownPerson, row: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.row = known, row
        if known.record is not None:
            self.fields["known_as"].initial = str(known.record.pk)

    def facts(self) -> KnownPerson:
        return replace(self.known, record=self.record)


class PeriodForm(forms.Form):
    """Of which days, office, state, basis and channel the journal is shown."""

    first = TypedDateField(label=_("From"), required=False, expects="past")
    last = TypedDateField(label=_("To"), required=False, expects="past")
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), required=False, empty_label="—"
    )
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", "—"), *ApplicationStatus.choices]
    )
    basis_kind = forms.ChoiceField(
        label=_("Basis document"), required=False, choices=[("", "—"), *BasisKind.choices]
    )
    identified_by = forms.ChoiceField(
        label=_("How identified"), required=False, choices=[("", "—"), *IdentifiedBy.choices]
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(offices) < 2:
            del self.fields["office"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("This day is before the first one."))
        return said
