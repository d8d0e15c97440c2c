"""Forms of releases: the request, the extract, the decision, the handing out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, FormPage, Pair, Row
from core.saving import KeptForm
from offices.models import Organisation

from ..enums import ReleaseForm
from ..models import LegalGround
from .conclusions import PasswordForm

# Outgoing referrals and answers to whoever referred are asked for on pages of their own.
OF_CONCLUSIONS = [(form.value, form.label) for form in (ReleaseForm.FULL, ReleaseForm.EXTRACT)]


def offered_grounds() -> Any:
    return LegalGround.objects.filter(is_active=True)


class AskReleaseForm(KeptForm):
    """To whom, at whose request, on what ground, what for, in full or as an extract."""

    ASKED = (
        "recipient",
        "recipient_text",
        "request_number",
        "request_on",
        "ground",
        "purpose",
    )

    what = forms.ChoiceField(
        label=_("What goes out"), choices=OF_CONCLUSIONS, widget=forms.RadioSelect
    )
    recipient = forms.ModelChoiceField(
        Organisation.objects.filter(is_active=True),
        label=_("To which organisation"),
        required=False,
        empty_label=_("Not in the list"),
    )
    recipient_text = forms.CharField(
        label=_("To whom, in words"),
        help_text=_("A person, a department, or an organisation that is not in the list."),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    request_number = forms.CharField(label=_("Request number"), max_length=60, required=False)
    request_on = TypedDateField(
        label=_("Request date"), expects="past", allow_future=False, required=False
    )
    ground = forms.ModelChoiceField(
        LegalGround.objects.none(), label=_("Legal ground"), empty_label=_("Not chosen")
    )
    purpose = forms.CharField(
        label=_("What for, exactly what"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].queryset = offered_grounds()
        self.cancel_url = cancel_url

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "what",
            "recipient",
            "recipient_text",
            Row("request_number", "request_on"),
            "ground",
            "purpose",
            save=str(_("Ask for the release")),
            cancel_url=self.cancel_url,
        )

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if not sent.get("recipient") and not sent.get("recipient_text"):
            self.add_error("recipient_text", _("Say to whom the paper goes."))
        return sent


class ExtractForm(KeptForm, PasswordForm):
    """The text of the extract, and the examiner's password under it."""

    extract_ky = forms.CharField(
        label=_("Text of the extract, in Kyrgyz"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 14, "lang": "ky", **WITH_LETTERS}),
    )
    extract_ru = forms.CharField(
        label=_("Text of the extract, in Russian"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 14, "lang": "ru"}),
    )
    field_order = ["extract_ky", "extract_ru", "password"]

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            Pair("extract_ky", "extract_ru"),
            "password",
            save=str(_("Sign the extract")),
            cancel_url=self.cancel_url,
            wide=True,
        )


class GrantForm(PasswordForm):
    """The head's word that lets it out."""

    ground = forms.ModelChoiceField(
        LegalGround.objects.none(), label=_("Legal ground"), empty_label=_("Not chosen")
    )
    reason = forms.CharField(
        label=_("Remark on the decision"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    hidden_facts_reason = forms.CharField(
        label=_("Why what is hidden goes out all the same"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    field_order = ["ground", "reason", "hidden_facts_reason", "password"]

    def __init__(self, *args: Any, spells_hidden: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].queryset = offered_grounds()
        if not spells_hidden:
            del self.fields["hidden_facts_reason"]


class RefuseForm(forms.Form):
    refusal = forms.CharField(
        label=_("Why it is refused"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )


class HandOutForm(forms.Form):
    """Who took the paper, and when."""

    handed_to = forms.CharField(
        label=_("Who took it"), max_length=200, widget=forms.TextInput(WITH_LETTERS)
    )
    handed_on = TypedDateField(label=_("Handed out on"), expects="past", allow_future=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"handed_on": clock.today()})
        super().__init__(*args, **kwargs)
