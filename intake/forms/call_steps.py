"""Short forms of what is done about a call: each asks for little, and begins with now."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import clock
from core.fields import TypedDateTimeField
from core.layout import WITH_LETTERS, FormPage
from core.saving import KeptForm
from core.templatetags.dates import when as said_when
from offices.models import Office, User

from ..enums import CallOutcome, Companion, PassedTo
from ..models import HotlineCall


def words(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    return forms.CharField(
        label=label, max_length=length, widget=forms.TextInput(WITH_LETTERS), **kwargs
    )


def long_words(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    return forms.CharField(
        label=label,
        max_length=5000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": rows}),
        **kwargs,
    )


def when(label: Any, **kwargs: Any) -> TypedDateTimeField:
    """A moment that has been; empty is now."""
    kwargs.setdefault("help_text", gettext_lazy("Empty: now."))
    return TypedDateTimeField(
        label=label, expects="past", allow_future=False, required=False, **kwargs
    )


class CallStepForm(KeptForm):
    """A step of one call, with its way back."""

    save = gettext_lazy("Save")

    def __init__(self, *args: Any, call: HotlineCall, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.cancel_url = call, cancel_url or call.get_absolute_url()

    @property
    def helper(self) -> FormPage:
        shown = [n for n, f in self.fields.items() if not isinstance(f.widget, forms.HiddenInput)]
        return FormPage(self, *shown, save=str(self.save), cancel_url=self.cancel_url)


class SendForm(CallStepForm):
    """Who goes, and when they went."""

    save = gettext_lazy("Send the team")
    team = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who goes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    team_text = words(gettext_lazy("Who else goes, car"), 200)
    at = when(gettext_lazy("When they left"))

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = staff

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("team") and not said.get("team_text"):
            self.add_error("team", _("Say who goes."))
        return said


class AlongForm(CallStepForm):
    """Who was rung to come along."""

    who = forms.ChoiceField(
        label=pgettext_lazy("call", "Who"), choices=Companion.choices, widget=forms.RadioSelect
    )
    number = words(
        gettext_lazy("Number rung, who answered"),
        200,
        help_text=gettext_lazy("As: 102, duty officer Asanov."),
    )
    at = when(gettext_lazy("When rung"))


class ArriveForm(CallStepForm):
    """A team is on site."""

    save = gettext_lazy("On site")
    at = when(gettext_lazy("When they were on site"))
    whose = words(
        gettext_lazy("Whose team"), 200, help_text=gettext_lazy("Empty: ours. Else: police patrol.")
    )
    late_reason = words(gettext_lazy("Why it took longer"), 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.call.is_past_due(self.call.on_site_at or clock.now()):
            self.fields["late_reason"].help_text = _("Only where it took longer than the hour.")


class TimesForm(CallStepForm):
    """A wrong touch put right."""

    sent_at = when(pgettext_lazy("call", "Sent"), help_text=gettext_lazy("Empty: not yet."))
    on_site_at = when(gettext_lazy("On site"), help_text=gettext_lazy("Empty: not yet."))
    late_reason = words(gettext_lazy("Why it took longer"), 500)


class FindingsForm(CallStepForm):
    """What the team found; the people stand in rows below."""

    findings = long_words(gettext_lazy("What was found"), 5, required=True)
    action_taken = long_words(gettext_lazy("What was done on the spot"))
    found_address = words(
        gettext_lazy("Address as found"),
        300,
        help_text=gettext_lazy("It goes into the application; what the caller said does not."),
    )
    late_reason = words(gettext_lazy("Why it took longer"), 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.call.is_past_due(clock.now()):
            del self.fields["late_reason"]


class PassForm(CallStepForm):
    """To whom the call is passed, and when."""

    save = gettext_lazy("Pass the call on")
    to = forms.ChoiceField(
        label=gettext_lazy("To whom"), choices=PassedTo.choices, widget=forms.RadioSelect
    )
    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=gettext_lazy("To which office"),
        required=False,
        empty_label="—",
    )
    text = words(
        gettext_lazy("To whom, how"),
        300,
        help_text=gettext_lazy("Who took it, by which phone or paper."),
    )
    at = when(gettext_lazy("When passed"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(is_active=True).exclude(
            pk=self.call.office_id
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("to") == PassedTo.OFFICE and not said.get("office"):
            self.add_error("office", _("Say to which other office the call is passed."))
        if said.get("to") == PassedTo.OTHER and not said.get("text"):
            self.add_error("text", _("Say to whom the call is passed."))
        return said


class EndForm(CallStepForm):
    """How the call ended."""

    save = gettext_lazy("End the call")
    outcome = forms.ChoiceField(
        label=gettext_lazy("How it ended"), choices=CallOutcome.choices, widget=forms.RadioSelect
    )
    text = long_words(gettext_lazy("In words"), 2)
    late_reason = words(gettext_lazy("Why it took longer"), 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.call.is_past_due(clock.now()) or self.call.late_reason:
            del self.fields["late_reason"]


class CallChoice(forms.ModelChoiceField):
    """A call by its number, moment and place."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} · {said_when(obj.received_at)} · {obj.where}"


class JoinForm(CallStepForm):
    """Which other open call is about the same event."""

    save = gettext_lazy("Join the calls")
    other = CallChoice(
        HotlineCall.objects.none(),
        label=gettext_lazy("The other call about the same event"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others


class PartForm(CallStepForm):
    """Nothing is asked but that it is meant."""

    save = gettext_lazy("Part the calls")


class ReopenForm(CallStepForm):
    save = gettext_lazy("Open again")
    why = words(gettext_lazy("Why"), 300, required=True)


class LookThroughForm(KeptForm):
    """The calls of earlier days that the head ticks as looked through."""

    calls = forms.ModelMultipleChoiceField(HotlineCall.objects.none())

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calls"].queryset = waiting
