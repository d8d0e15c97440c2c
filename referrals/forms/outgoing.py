"""Forms of outgoing referrals: the request, the sending, the reply, the end without one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.episodes import PersonChoices
from casework.forms.releases import offered_grounds
from casework.models import Case, Consent, LegalGround, Person
from casework.services.episodes import people_of
from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, FormPage, Pair, Row, Section
from core.saving import KeptForm
from core.templatetags.dates import day
from offices.models import Organisation
from papers.forms import FilesFields, FilesPart

from ..enums import ReplyResult
from ..reply_terms import suggested_reply_day
from ..services.outgoing import OutgoingFacts
from .incoming import SendForm


class ConsentChoice(forms.ModelChoiceField):
    """A consent by who gave it and when."""

    def label_from_instance(self, consent: Consent) -> str:  # type: ignore[override]  # Django's is wider
        if consent.is_ground:
            return consent.ground_without
        given = consent.written_on or consent.given_on
        who = str(consent.given_by or "")
        parts = (consent.person.full_name, consent.get_capacity_display(), who, day(given))
        return ", ".join(str(part) for part in parts if part)


def _text(label: Any, *, required: bool = False, rows: int = 5, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=10_000,
        widget=forms.Textarea({"rows": rows, **attrs}),
    )


class AskOutgoingForm(KeptForm):
    """To whom, about whom, what is asked, what is shared and on what ground."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
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
    people = PersonChoices(
        Person.objects.none(), label=_("About whom"), widget=forms.CheckboxSelectMultiple
    )
    purpose_ky = _text(_("What is asked for, in Kyrgyz"), required=True, lang="ky", **WITH_LETTERS)
    purpose_ru = _text(_("What is asked for, in Russian"), lang="ru")
    shared_ky = _text(_("What is shared, in Kyrgyz"), lang="ky", **WITH_LETTERS)
    shared_ru = _text(_("What is shared, in Russian"), lang="ru")
    with_contacts = forms.BooleanField(
        label=_("With the address and the safe phones"),
        required=False,
        help_text=_("What is hidden from anybody is never printed."),
    )
    ground = forms.ModelChoiceField(
        LegalGround.objects.none(), label=_("Legal ground"), empty_label=_("Not chosen")
    )
    consent = ConsentChoice(
        Consent.objects.none(), label=_("Consent"), required=False, empty_label=_("Not chosen")
    )
    reply_due_on = TypedDateField(
        label=_("Reply due on"),
        required=False,
        expects="future",
        help_text=_("Ten working days from today unless you say otherwise."),
    )
    cancel_url = ""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.offered()
        self.fields["people"].queryset = people_of(case)
        self.fields["ground"].queryset = offered_grounds()
        self.fields["consent"].queryset = (
            case.consents.in_force().filter(to_data=True).select_related("person", "given_by")
        )
        self.fields["reply_due_on"].initial = suggested_reply_day(clock.today()).day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("organisation") and not said.get("recipient_text"):
            self.add_error("recipient_text", _("Say to whom the referral goes."))
        if said.get("reply_due_on") and said["reply_due_on"] < clock.today():
            self.add_error("reply_due_on", _("This day has passed already."))
        return said

    def facts(self) -> OutgoingFacts:
        said = self.cleaned_data
        same = (
            "organisation", "recipient_text", "purpose_ky", "purpose_ru", "shared_ky", "shared_ru",
            "with_contacts", "ground", "consent", "reply_due_on",
        )  # fmt: skip
        return OutgoingFacts(people=tuple(said["people"]), **{name: said[name] for name in same})

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            Row("organisation", "recipient_text"),
            "people",
            Pair("purpose_ky", "purpose_ru"),
            Pair("shared_ky", "shared_ru"),
            "with_contacts",
            Section(str(_("Ground and reply")), Row("ground", "consent"), "reply_due_on"),
            save=str(_("Ask the head to release it")),
            cancel_url=self.cancel_url,
            wide=True,
        )


class SendOutgoingForm(SendForm):
    """With the sending the day of the reply can be set anew."""

    reply_due_on = TypedDateField(label=_("Reply due on"), required=False, expects="future")

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            Row("sent_on", "sent_how"),
            "reply_due_on",
            save=str(_("Sent")),
            cancel_url=self.cancel_url,
        )


class ReplyForm(FilesPart, KeptForm):
    """What came back."""

    replied_on = TypedDateField(label=_("Reply came on"), expects="past", allow_future=False)
    reply_number = forms.CharField(label=_("Number of the reply"), max_length=60, required=False)
    result = forms.ChoiceField(
        label=_("Result"), choices=ReplyResult.choices, widget=forms.RadioSelect
    )
    reply_text = _text(_("What was replied"), rows=4, **WITH_LETTERS)
    cancel_url = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replied_on"].initial = clock.today()

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            Row("replied_on", "reply_number"),
            "result",
            "reply_text",
            FilesFields(),
            save=str(_("Enter the reply")),
            cancel_url=self.cancel_url,
        )
