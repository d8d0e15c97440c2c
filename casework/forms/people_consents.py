"""Consents: who gave one, in what capacity, when, to what; or the ground without one."""

from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, Row

from ..enums import Capacity
from ..models import Consent
from .records import RecordForm

ORAL, WRITTEN, GROUND = "oral", "written", "ground"
WAYS = [
    (ORAL, _("Consent was given orally")),
    (WRITTEN, _("Consent was given in writing")),
    (GROUND, _("No consent is needed, on a ground in the law")),
]


class ConsentForm(RecordForm):
    """``people`` may have given it; ``cases`` are those that it may be about."""

    way = forms.ChoiceField(label=_("What was given"), choices=WAYS, widget=forms.RadioSelect)
    case = forms.ModelChoiceField(None, label=_("In which case"), empty_label=None)
    given_by = forms.ModelChoiceField(None, label=_("Who gave it"), required=False, empty_label="—")
    capacity = forms.ChoiceField(
        label=_("In what capacity"), required=False, choices=[("", "—"), *Capacity.choices]
    )
    given_on = TypedDateField(
        label=_("Given on"), required=False, expects="past", allow_future=False
    )
    written_on = TypedDateField(
        label=_("Paper of"),
        required=False,
        expects="past",
        allow_future=False,
        help_text=_("The date of the paper; leave it empty where it is the same day."),
    )
    to_help = forms.BooleanField(label=_("To the help"), required=False, initial=True)
    to_data = forms.BooleanField(
        label=_("To the handling of personal data"), required=False, initial=True
    )
    scope = forms.CharField(
        label=_("Scope"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=_(
            "What exactly, where it is less than everything: only the talks, not the school."
        ),
    )
    ground_without = forms.CharField(
        label=_("Ground in the law"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=_("For example: danger to the child's life or health; decision of a court."),
    )

    def __init__(
        self, *args: Any, people: Any, cases: Any, consent: Consent | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if consent is not None:
            self.initial = {**self.shown_of(consent), **self.initial}
        self.fields["given_by"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        case: Any = self.fields["case"]
        case.queryset = cases
        if consent is not None:
            del self.fields["case"]
        elif len(cases) == 1:
            case.initial, case.widget = cases[0].pk, forms.HiddenInput()

    def shown_of(self, record: Any) -> dict[str, Any]:
        way = GROUND if record.given_on is None else WRITTEN if record.written_on else ORAL
        return {**super().shown_of(record), "way": way}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("way") == GROUND:
            if not said.get("ground_without"):
                self.add_error("ground_without", _("Say on what ground no consent is needed."))
        elif said.get("way"):
            self._check_given(said)
        return said

    def _check_given(self, said: dict[str, Any]) -> None:
        if not said.get("given_on") and "given_on" not in self.errors:
            self.add_error("given_on", _("Say when it was given."))
        if not said.get("capacity"):
            self.add_error("capacity", _("Say in what capacity the consent was given."))
        if not (said.get("to_help") or said.get("to_data")):
            self.add_error("to_help", _("Say to what the consent is given."))
        given, written = said.get("given_on"), said.get("written_on")
        if given and written and written < given:
            self.add_error(
                "written_on", _("The paper cannot be older than the word: check both days.")
            )

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said["way"] == GROUND:
            return {
                "given_on": None,
                "ground_without": said["ground_without"],
                "scope": said["scope"],
                "to_help": said["to_help"],
                "to_data": said["to_data"],
            }
        names = ("given_by", "capacity", "given_on", "to_help", "to_data", "scope")
        written = said["written_on"] or said["given_on"]
        return {
            **{name: said[name] for name in names},
            "written_on": written if said["way"] == WRITTEN else None,
            "ground_without": "",
        }

    def parts(self) -> list[Any]:
        return [
            *(["case"] if "case" in self.fields else []),
            "way",
            Row(
                Field("given_by", wrapper_class="if-given"),
                Field("capacity", wrapper_class="if-given"),
            ),
            Row(
                Field("given_on", wrapper_class="field-date if-given"),
                Field("written_on", wrapper_class="field-date if-written"),
            ),
            "to_help",
            "to_data",
            Field("ground_without", wrapper_class="if-ground"),
            Fold(_("Scope"), "scope"),
        ]


class WrittenForm(RecordForm):
    """The day on which an oral consent was put on paper."""

    save = _("Confirmed in writing")

    on = TypedDateField(label=_("Date of the paper"), expects="past", allow_future=False)

    def parts(self) -> list[Any]:
        return [Field("on", wrapper_class="field-date")]


class WithdrawForm(RecordForm):
    """The day on which a consent was taken back, and how."""

    save = _("Withdraw")

    on = TypedDateField(label=_("Withdrawn on"), expects="past", allow_future=False)
    note = forms.CharField(
        label=_("How it was withdrawn"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )

    def parts(self) -> list[Any]:
        return [Field("on", wrapper_class="field-date"), "note"]
