"""Forms of incoming referrals: the paper with whom it names, the word that none is needed, the answer."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from casework.forms.opening_rows import (
    MOST_ROWS,
    AdultRow,
    ChildRow,
    FoldState,
    Rows,
    fold_state,
    short,
)
from casework.forms.records import RecordForm
from casework.forms.releases import offered_grounds
from casework.models import LegalGround
from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, FormPage, Row
from core.saving import KeptForm
from offices.enums import OrganisationKind
from offices.models import Office, Organisation
from papers.forms import FilesPart

from ..enums import FeedbackOutcome, SentHow
from ..senders import REFERRED_ON
from ..services.incoming import ReferralFacts

OWN_GROUND = "referring_body"


class ReferredChildRow(ChildRow):
    """A child whom the referral names; nothing of it must be known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_concerned"].label = _("The referral is about this child")


def referred_children(**kwargs: Any) -> Any:
    return _rows(ReferredChildRow, **kwargs)


def referred_adults(**kwargs: Any) -> Any:
    return _rows(AdultRow, **kwargs)


def _rows(row: type[Any], **kwargs: Any) -> Any:
    made = formset_factory(
        row,
        formset=Rows,
        extra=1,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 5,
        validate_max=True,
        can_delete=True,
    )
    return made(**kwargs)


class IncomingForm(FilesPart, RecordForm):
    """The paper: who referred, its number and day, what for."""

    field_order = [
        "office", "organisation", "sender_kind", "sender_text", "document_number", "document_on",
        "signatory", "basis_kind", "received_on", "received_how", "request", "address_text", "files",
    ]  # fmt: skip

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("From which organisation"),
        required=False,
        empty_label=_("Not in the list"),
    )
    sender_kind = forms.ChoiceField(
        label=_("Kind of body"),
        required=False,
        choices=[("", "—"), *OrganisationKind.choices],
        help_text=_("Only where it is not in the list."),
    )
    sender_text = short(_("In words, where it is not in the list"), 300, **WITH_LETTERS)
    document_number = short(_("Their number"), 60)
    document_on = TypedDateField(
        label=_("Their date"), required=False, expects="past", allow_future=False
    )
    signatory = short(_("Signed by"), 200, **WITH_LETTERS)
    basis_kind = forms.ChoiceField(
        label=_("Which document of the standard it is"),
        required=False,
        choices=[("", _("By the kind of body")), *REFERRED_ON],
    )
    received_on = TypedDateField(label=_("Received on"), expects="past", allow_future=False)
    received_how = forms.ChoiceField(
        label=_("How it came"), required=False, choices=[("", "—"), *SentHow.choices]
    )
    request = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 4}),
        help_text=_("What worries whoever referred, as the paper says it."),
    )
    address_text = short(_("Where the family lives, in words"), 300, **WITH_LETTERS)

    def __init__(self, *args: Any, offices: list[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.fields["office"].queryset = Office.objects.filter(pk__in=[o.pk for o in offices])
        self.fields["office"].initial = offices[0].pk
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
        self.fields["organisation"].queryset = Organisation.objects.offered()
        self.fields["received_on"].initial = clock.today()

    @property
    def more(self) -> FoldState:
        return fold_state(self, "basis_kind", "received_how", "address_text")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("organisation"):
            if not said.get("sender_text") and "sender_text" not in self.errors:
                self.add_error(
                    "sender_text", _("Say who referred: choose the organisation or name it.")
                )
            elif not said.get("sender_kind"):
                self.add_error("sender_kind", _("Say what kind of body it is."))
        return said

    def chosen_office(self) -> Office:
        office: Office = self.cleaned_data.get("office") or self.offices[0]
        return office

    def referral_facts(self) -> ReferralFacts:
        said = self.cleaned_data
        organisation: Organisation | None = said["organisation"]
        same = (
            "sender_text",
            "basis_kind",
            "document_number",
            "document_on",
            "signatory",
            "request",
        )
        return ReferralFacts(
            sender_kind=organisation.kind if organisation else said["sender_kind"],
            organisation=organisation,
            received_on=said["received_on"],
            received_how=said["received_how"],
            address_text=said["address_text"],
            **{name: said[name] for name in same},
        )


class AskFeedbackForm(KeptForm):
    """What whoever referred is told, and on what ground."""

    outcome = forms.ChoiceField(
        label=_("What is said"), choices=FeedbackOutcome.choices, widget=forms.RadioSelect
    )
    ground = forms.ModelChoiceField(
        LegalGround.objects.none(), label=_("Legal ground"), empty_label=_("Not chosen")
    )
    cancel_url = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = offered_grounds()
        self.fields["ground"].queryset = grounds
        self.fields["ground"].initial = grounds.filter(code=OWN_GROUND).first()

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self, "outcome", "ground", save=str(_("Ask the head")), cancel_url=self.cancel_url
        )


class SendForm(KeptForm):
    """When a paper left, and how."""

    sent_on = TypedDateField(label=_("Sent on"), expects="past", allow_future=False)
    sent_how = forms.ChoiceField(label=_("How it was sent"), choices=SentHow.choices)
    cancel_url = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = clock.today()

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self, Row("sent_on", "sent_how"), save=str(_("Sent")), cancel_url=self.cancel_url
        )
