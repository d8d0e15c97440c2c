"""Forms of how a case ends: the request, the head's decision, a follow-up, reopening; and the access report."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS
from core.saving import KeptForm
from offices.models import User

from ..access_lines import Reader
from ..enums import Capacity, RiskLevel
from ..keeping_enums import Answer, Found, GoalsMet, Naming
from ..models import ClosingReason, Person
from ..services.closing import Ending
from .cases import WorkerChoice, one_line
from .keeping import YesOrNoForm, several_lines
from .releases import offered_grounds


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Answer.choices, widget=forms.RadioSelect, required=False
    )


class AskClosingForm(KeptForm):
    """All that a closing says; few fields must be filled."""

    reason = forms.ModelChoiceField(
        ClosingReason.objects.filter(is_active=True),
        label=_("Reason of closing"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason_text = forms.CharField(
        label=_("Reason, in words"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    goals = forms.ChoiceField(
        label=_("Goals of the plan"), choices=GoalsMet.choices, widget=forms.RadioSelect
    )
    goals_text = several_lines(_("What was reached, what was not"), 5000, required=False)
    risk_now = forms.ChoiceField(
        label=_("Risk now"), choices=RiskLevel.choices, widget=forms.RadioSelect
    )
    child_opinion = several_lines(_("What the child says"), 5000, 2, required=False)
    parents_opinion = several_lines(_("What the parents say"), 5000, 2, required=False)
    was_polite = _answer(_("Was the staff polite?"))
    was_in_time = _answer(_("Did the help come in time?"))
    was_useful = _answer(_("Did the help meet what you expected?"))
    is_declined = forms.BooleanField(label=_("The family did not wish to answer"), required=False)
    follower = WorkerChoice(
        User.objects.none(),
        label=_("Who follows up"),
        help_text=_("They answer for the closed case."),
        empty_label=None,
    )
    months = forms.TypedMultipleChoiceField(
        label=_("Follow-ups after, months"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workers: Any, months: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follower"].queryset = workers  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["months"].choices = [(n, str(n)) for n in months]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["months"].initial = months

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        answered = all(said.get(name) for name in ("was_polite", "was_in_time", "was_useful"))
        if not said.get("is_declined") and not answered:
            self.add_error(
                "is_declined",
                _("Write down the family's three answers, or that they did not wish to answer."),
            )
        reason = said.get("reason")
        if reason is not None and reason.asks_words and not said.get("reason_text"):
            self.add_error("reason_text", _("This reason must be explained in words."))
        return said

    def ending(self) -> Ending:
        """What was said, for the service."""
        said = self.cleaned_data
        fields = {f.name: said[f.name] for f in dataclasses.fields(Ending) if f.name != "months"}
        if said["is_declined"]:
            fields |= {"was_polite": "", "was_in_time": "", "was_useful": ""}
        return Ending(**fields, months=tuple(said["months"]))


class DecideClosingForm(YesOrNoForm):
    YES, NO = (
        _("Close the case and issue the statement"),
        _("Return it: there is still something to do"),
    )


class FollowUpForm(KeptForm):
    made_on = TypedDateField(label=_("Made on"), expects="past", allow_future=False)
    found = forms.ChoiceField(
        label=_("What was found"), choices=Found.choices, widget=forms.RadioSelect
    )
    text = several_lines(_("In words"), 5000, 4)


class ReopenForm(KeptForm):
    reason = one_line(_("Why"), 500)
    worker = WorkerChoice(
        User.objects.none(),
        label=_("Who answers for the case"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]  # a ModelChoiceField


class AccessReportForm(KeptForm):
    """Whose file, for whom, which days, why that is safe; and how each reader is named."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Whose file"), empty_label=None)
    made_for = forms.ModelChoiceField(Person.objects.none(), label=_("For whom"), empty_label="—")
    capacity = forms.ChoiceField(
        label=_("In what capacity"), choices=[("", "—"), *Capacity.choices]
    )
    since = TypedDateField(label=_("From"), expects="past", allow_future=False)
    until = TypedDateField(label=_("To"), expects="past", allow_future=False)
    ground = forms.ModelChoiceField(
        offered_grounds(), label=_("Legal ground"), empty_label=_("Not chosen")
    )
    is_safe_because = several_lines(
        _("Why it is safe to give it"),
        500,
        2,
        help_text=_("Whether somebody could be found or harmed by it, and why not."),
    )
    names_staff = forms.BooleanField(label=_("Print the names of the staff too"), required=False)

    def __init__(
        self, *args: Any, children: Any, people: Any, readers: list[Reader], cautious: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = children  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["made_for"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["until"].initial = clock.today()
        self.readers = readers
        for reader in readers:
            hides = cautious and not reader.is_ours
            self.fields[f"naming-{reader.key}"] = forms.ChoiceField(
                label=_("How to name: %(who)s") % {"who": reader.user.short_name},
                choices=Naming.choices,
                initial=Naming.POSITION if hides else Naming.OFFICE,
            )

    def naming(self) -> dict[str, str]:
        return {r.key: self.cleaned_data[f"naming-{r.key}"] for r in self.readers}
