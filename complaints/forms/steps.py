"""The short forms of a complaint's steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, FormPage
from core.saving import KeptForm
from offices.models import User
from papers.fields import AttachmentField

from ..enums import AnswerChannel, AppealBody, AppealOutcome, Finding, LinkKind
from ..models import Complaint
from .paper import LONGEST_TEXT, StaffField


def long_text(label: Any, length: int = 2000, **kwargs: Any) -> forms.CharField:
    rows = kwargs.pop("rows", 3)
    widget = forms.Textarea({"rows": rows, **WITH_LETTERS})
    return forms.CharField(label=label, max_length=length, widget=widget, **kwargs)


class StepForm(KeptForm):
    """One step of one complaint: its fields, its button, the way back."""

    save = pgettext_lazy("button", "Save")

    def __init__(
        self, *args: Any, complaint: Complaint, actor: User, cancel_url: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.complaint, self.actor = complaint, actor
        self.cancel_url = cancel_url or complaint.get_absolute_url()
        self.fit()

    def fit(self) -> None:
        """Offer what this complaint and this person allow."""

    @property
    def said(self) -> dict[str, Any]:
        """What the step's service takes."""
        machinery = set(KeptForm.base_fields)
        return {name: value for name, value in self.cleaned_data.items() if name not in machinery}

    @property
    def helper(self) -> FormPage:
        return FormPage(self, save=str(self.save), cancel_url=self.cancel_url)


class ConsideringForm(StepForm):
    save = _("Give it to this person")
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Who considers it"), empty_label=_("Not chosen")
    )
    reason = forms.CharField(
        label=_("Why another person"), max_length=300, widget=forms.TextInput(WITH_LETTERS)
    )

    def fit(self) -> None:
        from ..leadership import may_be_given

        people = [p.pk for p in may_be_given(self.complaint, self.actor)]
        offered = User.objects.filter(pk__in=people).exclude(pk=self.complaint.considered_by_id)
        self.fields["person"].queryset = offered.order_by("surname", "given_name")  # type: ignore[attr-defined]  # a choice field
        if self.complaint.considered_by_id is None and not self.complaint.turns.exists():
            del self.fields["reason"]


class FindingForm(StepForm):
    save = _("Write down the finding")
    finding = forms.ChoiceField(
        label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect
    )
    evidence = long_text(_("What it rests on"), LONGEST_TEXT, rows=5)
    file = AttachmentField(label=_("Paper or photograph"), required=False)


class MeasureForm(StepForm):
    save = _("Add the measure")
    text = long_text(_("Measure"), 500, rows=2)
    who = forms.CharField(
        label=_("Who carries it out"), max_length=200, widget=forms.TextInput(WITH_LETTERS)
    )
    due_on = TypedDateField(label=_("By when"), expects="future")


class CheckForm(StepForm):
    save = _("Write down what was seen")
    done_on = TypedDateField(
        label=_("Carried out on"),
        help_text=_("Leave it empty where it was not carried out."),
        expects="past",
        allow_future=False,
        required=False,
    )
    result = long_text(_("What was seen"), 500)


class AskForm(StepForm):
    save = _("Ask for the explanation")
    person = StaffField(label=_("Who is asked"), empty_label=_("Not chosen"))
    question = long_text(
        _("Points put to the person"),
        rows=5,
        help_text=_("The person sees these words and nothing else: do not write who complains."),
    )

    def fit(self) -> None:
        self.fields["person"].offer_everybody()  # type: ignore[attr-defined]  # a StaffField


class ExplanationForm(StepForm):
    save = _("Give the explanation")
    text = long_text(_("Explanation"), LONGEST_TEXT, rows=8)


class DangerForm(StepForm):
    save = _("Tell intake at once")
    what = long_text(_("What the danger is"))
    where = forms.CharField(
        label=_("Where the child is"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )


class RemarkForm(StepForm):
    save = _("Send back to be mended")
    remark = long_text(_("What is to be mended"), 500)


class SendForm(StepForm):
    save = _("Send and issue the paper")
    channel = forms.ChoiceField(label=_("How it was sent"), choices=AnswerChannel.choices)
    sent_on = TypedDateField(label=_("Sent on"), expects="past", allow_future=False)
    late_reason = long_text(_("Why it was sent late"), 500, required=False)

    def fit(self) -> None:
        self.initial.setdefault("sent_on", clock.today())
        if not self.complaint.is_overdue(clock.today()):
            del self.fields["late_reason"]


class AppealForm(StepForm):
    save = _("Write down the appeal")
    body = forms.ChoiceField(label=_("Where to"), choices=AppealBody.choices)
    filed_on = TypedDateField(label=_("Filed on"), expects="past", allow_future=False)
    reference = forms.CharField(label=_("Their number"), max_length=60, required=False)


class OutcomeForm(StepForm):
    save = _("Write down the outcome")
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[c for c in AppealOutcome.choices if c[0] != AppealOutcome.PENDING],
    )
    decided_on = TypedDateField(label=_("Decided on"), expects="past", allow_future=False)
    followed = long_text(_("What followed"), required=False)


class WithdrawalForm(StepForm):
    save = _("Write down the withdrawal")
    on = TypedDateField(label=_("Withdrawn on"), expects="past", allow_future=False)
    note = long_text(_("How it was withdrawn"), 500)

    def fit(self) -> None:
        self.initial.setdefault("on", clock.today())


class CityHallForm(StepForm):
    note = long_text(_("What City Hall said"), 500)


class LinkForm(StepForm):
    save = _("Join the complaints")
    number = forms.CharField(label=_("Number of the other complaint"), max_length=30)
    kind = forms.ChoiceField(label=_("What joins them"), choices=LinkKind.choices)


class CaseForm(StepForm):
    number = forms.CharField(
        label=_("Number of the case"),
        help_text=_("Only a case that you may know of. Nobody gets into the case by this."),
        max_length=30,
        required=False,
    )
