"""Forms of the legal file: protection orders, drafted documents, the state-guaranteed lawyer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, FormPage, Row
from core.saving import KeptForm
from offices.enums import OrganisationKind
from offices.models import Organisation
from papers.fields import AttachmentField

from ..accompaniment_enums import DraftedKind
from ..models import Case, DraftedDocument, Person, ProtectionOrder, StateLawyer
from ..services.episodes import people_of
from ..services.legal_file import Drafted, HandedOver, OrderText
from .episodes import PersonChoice, PersonChoices

LONGEST_TEXT = 50_000
_ISSUERS = (OrganisationKind.INTERNAL_AFFAIRS, OrganisationKind.COURT, OrganisationKind.PROSECUTOR)


def _words(label: Any, longest: int, *, required: bool = False, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.TextInput({**WITH_LETTERS, **attrs}),
    )


class OrderForm(KeptForm):
    """A protection order as its paper says it."""

    number = _words(gettext_lazy("Number of the order"), 60)
    issuer = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Issued by"),
        required=False,
        empty_label="—",
    )
    issuer_text = _words(gettext_lazy("In words, where it is not in the list"), 300)
    issued_on = TypedDateField(label=gettext_lazy("Issued on"), expects="past", allow_future=False)
    expires_on = TypedDateField(
        label=gettext_lazy("Expires on"),
        expects="any",
        required=False,
        help_text=gettext_lazy(
            "As the paper says; nothing is counted for you. From 7 days before it stands on My day."
        ),
    )
    protects = PersonChoices(
        label=gettext_lazy("Whom it protects"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    protects_text = _words(gettext_lazy("Whom else it protects"), 300)
    against = PersonChoice(
        label=gettext_lazy("Against whom"),
        queryset=Person.objects.none(),
        required=False,
        empty_label="—",
    )
    against_text = _words(gettext_lazy("Against whom, in words"), 300)
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 4, **WITH_LETTERS}),
    )
    scan = AttachmentField(label=gettext_lazy("Scan"), required=False)

    def __init__(self, *args: Any, case: Case, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        fields: dict[str, Any] = self.fields
        fields["issuer"].queryset = Organisation.objects.filter(is_active=True, kind__in=_ISSUERS)
        fields["protects"].queryset = fields["against"].queryset = people_of(case)

    def order(self) -> OrderText:
        said = self.cleaned_data
        return OrderText(
            issued_on=said["issued_on"],
            expires_on=said["expires_on"],
            number=said["number"],
            issuer=said["issuer"],
            issuer_text=said["issuer_text"],
            protects=tuple(said["protects"]),
            protects_text=said["protects_text"],
            against=said["against"],
            against_text=said["against_text"],
            conditions=said["conditions"],
        )

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "number",
            Row("issued_on", "expires_on"),
            "issuer",
            "issuer_text",
            "protects",
            "protects_text",
            "against",
            "against_text",
            "conditions",
            Fold(_("Scan"), "scan"),
            save=_("Save"),
            cancel_url=self.cancel_url,
        )


_ORDER_WORDS = (
    "number",
    "issuer_text",
    "issued_on",
    "expires_on",
    "protects_text",
    "against_text",
    "conditions",
)


def known_order(order: ProtectionOrder) -> dict[str, Any]:
    """What an order says, for the form that mends it."""
    return {
        **{name: getattr(order, name) for name in _ORDER_WORDS},
        "issuer": order.issuer_id,
        "against": order.against_id,
        "protects": [person.pk for person in order.protects.all()],
    }


class DocumentForm(KeptForm):
    """A drafted document: its text, or a file, and to whom it was handed."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("", "—"), *DraftedKind.choices])
    title = _words(gettext_lazy("Title"), 200, required=True)
    drafted_on = TypedDateField(
        label=gettext_lazy("Drafted on"), expects="past", allow_future=False
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 10, **WITH_LETTERS}),
    )
    file = AttachmentField(label=gettext_lazy("File"), required=False)
    handed_to = _words(gettext_lazy("Handed to whom"), 200)
    handed_on = TypedDateField(
        label=gettext_lazy("Handed on"), required=False, expects="past", allow_future=False
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("handed_on") and not said.get("handed_to") and "handed_to" not in self.errors:
            self.add_error("handed_to", _("Say to whom it was handed."))
        return said

    def document(self) -> Drafted:
        said = self.cleaned_data
        return Drafted(
            kind=said["kind"],
            title=said["title"],
            drafted_on=said["drafted_on"],
            text=said["text"],
            handed_to=said["handed_to"],
            handed_on=said["handed_on"],
        )

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "kind",
            "title",
            "drafted_on",
            "text",
            "file",
            Row("handed_to", "handed_on"),
            save=_("Save"),
            cancel_url=self.cancel_url,
        )


def known_document(document: DraftedDocument) -> dict[str, Any]:
    names = ("kind", "title", "drafted_on", "text", "handed_to", "handed_on")
    return {name: getattr(document, name) for name in names}


class StateLawyerForm(KeptForm):
    """To whom of the state-guaranteed lawyers the matter was handed."""

    name = _words(gettext_lazy("Name of the lawyer"), 200, required=True)
    handed_on = TypedDateField(
        label=gettext_lazy("Handed over on"), expects="past", allow_future=False
    )
    phone = _words(gettext_lazy("Phone"), 60)
    register_number = _words(gettext_lazy("Number in the register"), 60)
    matter = forms.CharField(
        label=gettext_lazy("What was handed over"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    def handed_over(self) -> HandedOver:
        said = self.cleaned_data
        return HandedOver(
            name=said["name"],
            handed_on=said["handed_on"],
            phone=said["phone"],
            register_number=said["register_number"],
            matter=said["matter"],
        )

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "name",
            Row("handed_on", "phone"),
            "register_number",
            "matter",
            save=_("Save"),
            cancel_url=self.cancel_url,
        )


def known_lawyer(row: StateLawyer) -> dict[str, Any]:
    names = ("name", "handed_on", "phone", "register_number", "matter")
    return {name: getattr(row, name) for name in names}
