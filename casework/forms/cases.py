"""Short forms of a case's life: each asks for little."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateTimeField
from core.layout import WITH_LETTERS
from core.saving import KeptForm
from offices.forms.choices import StaffChoice, named_with_offices
from offices.models import User

from ..enums import NoticeBody
from ..models import Case, Person


def one_line(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    """A line of words that must be said."""
    return forms.CharField(
        label=label, max_length=length, widget=forms.TextInput(WITH_LETTERS), **kwargs
    )


class ExportForm(forms.Form):
    """Why a list leaves the product."""

    reason = one_line(
        _("What for"),
        300,
        help_text=_("It stands in the read log beside your name."),
    )


class ReasonForm(KeptForm):
    """Why something is done."""

    reason = one_line(_("Why"), 300)


class SimpleForm(KeptForm):
    """Nothing is asked but that it is meant."""


class WordForm(KeptForm):
    """Whether the head stands by the word."""

    answer = forms.ChoiceField(
        label=_("Help began without a document, on the head's word"),
        choices=[
            ("confirm", _("Confirm: help goes on until the document comes")),
            ("withdraw", _("Withdraw: the document is due at once")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why the word is withdrawn"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("answer") == "withdraw" and not said.get("reason"):
            self.add_error("reason", _("Say why."))
        return said


class WorkerChoice(forms.ModelChoiceField):
    """A worker with the number of open cases they hold."""

    def label_from_instance(self, obj: Any) -> str:
        load = _("open cases: %(count)d") % {"count": obj.load}
        return f"{obj.full_name} · {load}"


class AssignForm(KeptForm):
    worker = WorkerChoice(
        User.objects.none(),
        label=_("Who answers for the case"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]  # a ModelChoiceField


class ConflictForm(KeptForm):
    """Whose tie it is: one's own, or a worker's whom the head names."""

    worker = StaffChoice(label=_("Whose tie it is"), empty_label=None)
    reason = one_line(
        _("What the tie is"),
        300,
        help_text=_("Relative, neighbour, friend, person complained about."),
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = named_with_offices(workers)  # type: ignore[attr-defined]  # a ModelChoiceField


class AlertForm(KeptForm):
    text = forms.CharField(
        label=_("What the danger is"),
        max_length=2000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 3}),
        help_text=_("One or two sentences. Whoever works with the case sees them at once."),
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who is in danger"),
        required=False,
        empty_label=_("All children of the case"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(case_places__case=case)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class NoticeForm(KeptForm):
    """A notice of the danger that was given."""

    body = forms.ChoiceField(label=_("To whom"), choices=[("", "—"), *NoticeBody.choices])
    recipient = forms.CharField(
        label=_("Who took it"),
        max_length=200,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    given_at = TypedDateTimeField(label=_("When"), expects="past", allow_future=False)
    note = forms.CharField(
        label=_("How, number"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=_("By phone, in writing; the number of the letter."),
    )
