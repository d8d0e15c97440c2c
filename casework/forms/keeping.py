"""Forms of who holds a case: the sealed door, a transfer, a hand-over, two records brought together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import TypedDateField
from core.layout import WITH_LETTERS
from core.saving import KeptForm
from offices.models import Office, User

from ..births import Birth
from ..enums import BirthPrecision
from ..models import Person
from .cases import WorkerChoice, one_line

LONGEST_SUMMARY = 10_000


def several_lines(label: Any, length: int, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        widget=forms.Textarea({**WITH_LETTERS, "rows": rows}),
        **kwargs,
    )


class SealedDoorForm(KeptForm):
    """The exact number, and why it cannot wait."""

    number = forms.CharField(
        label=_("Number of the case"),
        max_length=30,
        help_text=_("The whole number, as it stands on the papers."),
    )
    reason = several_lines(
        _("Why it cannot wait"),
        500,
        help_text=_(
            "A sentence, without names. The responsible worker, the head and the auditor read it."
        ),
    )


class OfferTransferForm(KeptForm):
    to_office = forms.ModelChoiceField(
        Office.objects.none(), label=_("To which office"), empty_label="—"
    )
    reason = one_line(_("Why"), 500)
    summary = several_lines(
        _("What the next office must know"),
        LONGEST_SUMMARY,
        8,
        help_text=_("Its head reads this with the children's names before deciding."),
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_office"].queryset = offices  # type: ignore[attr-defined]  # a ModelChoiceField


class YesOrNoForm(KeptForm):
    """An answer to what somebody asks; a no says why."""

    YES: Any = _("Accept")
    NO: Any = _("Refuse")

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=pgettext_lazy("offer", "Why not"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [("yes", self.YES), ("no", self.NO)]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def says_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("answer") == "no" and not said.get("reason"):
            self.add_error("reason", _("Say why."))
        return said


class AnswerTransferForm(YesOrNoForm):
    """Accepted with the name of who answers for it, or refused."""

    YES, NO = _("Take the case over"), _("Refuse")

    worker = WorkerChoice(
        User.objects.none(),
        label=_("Who answers for the case"),
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    field_order = ["answer", "worker", "reason"]

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("answer") == "yes" and not said.get("worker"):
            self.add_error("worker", _("Say who will answer for the case."))
        return said


class OfferHandOverForm(KeptForm):
    to = WorkerChoice(
        User.objects.none(), label=_("To whom"), widget=forms.RadioSelect, empty_label=None
    )
    summary = several_lines(
        _("What the next worker must know"),
        LONGEST_SUMMARY,
        8,
        help_text=_(
            "What was done, what is promised and by when, whom to call, what to beware of."
        ),
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = workers  # type: ignore[attr-defined]  # a ModelChoiceField


class AnswerHandOverForm(YesOrNoForm):
    YES, NO = _("Take the case"), _("Refuse")


class AnswerMergeForm(YesOrNoForm):
    YES, NO = _("One person: bring the files together"), _("Not one person")


class AnswerPartingForm(KeptForm):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("yes", _("Two persons: part the files again")),
            ("no", _("One person: leave the files together")),
        ],
        widget=forms.RadioSelect,
    )


class LikelyPerson(forms.ModelChoiceField):
    """Another record in one line."""

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(part for part in (obj.full_name, obj.age_in_words) if part)


class BringTogetherForm(KeptForm):
    """One of the records that the head sees; or what the person is called in a file known elsewhere."""

    other = LikelyPerson(
        Person.objects.none(),
        label=_("A record that you see"),
        widget=forms.RadioSelect,
        required=False,
        empty_label=_("A file of another office, known elsewhere"),
    )
    surname = forms.CharField(
        label=_("Surname in that file"),
        max_length=100,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    given_name = forms.CharField(
        label=_("Given name in that file"),
        max_length=100,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    born_on = TypedDateField(
        label=_("Birth date"), required=False, expects="past", allow_future=False
    )
    pin = forms.CharField(label=pgettext_lazy("merge", "PIN"), max_length=14, required=False)
    reason = one_line(
        _("Why they are one person"),
        500,
        help_text=_(
            "The head of the other office reads this, with the name, birth date, sex and PIN of your record."
        ),
    )

    def __init__(self, *args: Any, likely: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = likely  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        pin = said.get("pin") or ""
        if pin and not (pin.isascii() and pin.isdigit() and len(pin) == 14):
            self.add_error("pin", _("A PIN has 14 digits."))
        named = said.get("surname") and said.get("given_name") and said.get("born_on")
        if not said.get("other") and not named and not pin:
            self.add_error(
                None,
                _(
                    "A file elsewhere is found by the surname, given name and birth date together, or by the PIN."
                ),
            )
        return said

    def birth(self) -> Birth:
        on = self.cleaned_data["born_on"]
        return Birth(BirthPrecision.EXACT, on=on) if on else Birth()
