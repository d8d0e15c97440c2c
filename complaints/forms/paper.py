"""The paper as it came in: what whoever receives it writes down, and what the registrar completes."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import TypedDateField, TypedDateTimeField
from core.layout import WITH_LETTERS, Fold, FormPage, Row, Section
from core.saving import KeptForm, QuietForm
from offices.forms.choices import StaffChoice, named_with_offices
from offices.models import Membership, Office, User
from offices.standing import standing
from papers.fields import AttachmentField

from ..enums import Channel, ComplaintLanguage, Subject
from ..leadership import CONSIDERING_ROLES
from ..models import Complaint
from ..permissions import RECEIVING_ROLES
from ..services.receiving import HandedIn

MOST_POINTS = 20
LONGEST_TEXT = 20_000


class StaffField(StaffChoice):
    """Anybody who may come into a complaint."""

    def offer_everybody(self) -> None:
        """Whoever works with clients today."""
        places = Membership.objects.active().filter(role__in=(*CONSIDERING_ROLES, *RECEIVING_ROLES))
        people = User.objects.filter(is_active=True, memberships__in=places).distinct()
        self.queryset = named_with_offices(people, places)


class PaperForm(KeptForm):
    """Everything that may stand on the paper; nothing but how and when it came is needed to log its receipt."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Where it was handed in"), empty_label=None
    )
    received_at = TypedDateTimeField(label=_("Received at"), expects="past", allow_future=False)
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices)
    language = forms.ChoiceField(
        label=_("Language of the complaint"),
        choices=ComplaintLanguage.choices,
        widget=forms.RadioSelect,
    )
    other_language = forms.CharField(label=_("Which language"), max_length=60, required=False)
    scan = AttachmentField(label=_("Scan or photograph of the paper"), required=False)
    about_office = forms.ModelChoiceField(
        Office.objects.filter(is_active=True),
        label=_("About which office"),
        required=False,
        empty_label=_("Not known yet"),
    )
    about_person = StaffField(
        label=_("About which member of staff"),
        required=False,
        empty_label=_("Nobody by name"),
        help_text=_("This person will not see the complaint and cannot consider it."),
    )
    complainant_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        required=False,
        widget=forms.TextInput({**WITH_LETTERS, "autocomplete": "off", "spellcheck": "false"}),
    )
    complainant_address = forms.CharField(
        label=_("Home address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    complainant_phone = forms.CharField(label=_("Phone number"), max_length=60, required=False)
    substance = forms.CharField(
        label=_("Substance of the claim"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 6, **WITH_LETTERS}),
    )
    subject = forms.ChoiceField(
        label=_("What it is about in the main"),
        help_text=_("For the count by subject; it changes nothing else."),
        choices=[("", _("Not said")), *Subject.choices],
        required=False,
    )
    is_signed = forms.BooleanField(label=_("It is signed"), required=False)
    dated_on = TypedDateField(
        label=_("Date given"), expects="past", allow_future=False, required=False
    )
    is_collective = forms.BooleanField(label=_("Signed by several people"), required=False)
    tells_of_danger = forms.BooleanField(
        label=_("It tells of danger to a child"),
        help_text=_(
            "Intake and the head of the office are told at once, whatever else is missing."
        ),
        required=False,
    )
    danger_what = forms.CharField(
        label=_("What the danger is"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, **WITH_LETTERS}),
    )
    danger_where = forms.CharField(
        label=_("Where the child is"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )

    PAPER = tuple(HandedIn.__dataclass_fields__)

    def __init__(self, *args: Any, user: User, cancel_url: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"received_at": clock.now(), "language": "ky"} | kwargs.get(
            "initial", {}
        )
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        own = Office.objects.filter(pk__in=standing(user).offices(*RECEIVING_ROLES))
        self.fields["office"].queryset = own  # type: ignore[attr-defined]  # a choice field
        if len(own) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.initial.setdefault("office", own[0].pk)
        self.fields["about_person"].offer_everybody()  # type: ignore[attr-defined]  # a StaffField

    @classmethod
    def said_by(cls, complaint: Complaint) -> dict[str, Any]:
        """The form's beginning: what is known of the paper already."""
        said = {name: getattr(complaint, name) for name in cls.PAPER}
        said |= {
            "about_office": complaint.about_office_id,
            "about_person": complaint.about_person_id,
        }
        return said

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("language") == ComplaintLanguage.OTHER and not sent.get("other_language"):
            self.add_error("other_language", _("Say which language it is."))
        if sent.get("tells_of_danger") and not sent.get("danger_what"):
            self.add_error("danger_what", _("Say what the danger is."))
        dated, received = sent.get("dated_on"), sent.get("received_at")
        if dated and received and dated > clock.local(received).date():
            self.add_error(
                "dated_on", _("The date on the paper is later than the day it was received.")
            )
        return sent

    def handed_in(self) -> HandedIn:
        return HandedIn(**{name: self.cleaned_data[name] for name in self.PAPER})

    def came(self) -> Section:
        return Section(
            str(_("How it came")),
            "office",
            Row("received_at", "channel"),
            "language",
            "other_language",
            "scan",
        )

    def about(self) -> Section:
        return Section(
            str(_("What it is about")), "about_office", "about_person", "substance", "subject"
        )

    def from_whom(self) -> list[Any]:
        return [
            "complainant_name",
            "complainant_address",
            Row("complainant_phone", "dated_on"),
            "is_signed",
            "is_collective",
        ]

    def danger(self) -> Section:
        words = str(_("Is a child in danger?"))
        return Section(words, "tells_of_danger", "danger_what", "danger_where")


class ReceiptForm(PaperForm):
    """Logging that a paper was handed in: the rest may wait for the registrar."""

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            self.came(),
            self.about(),
            Fold(str(_("Who complains: as far as the paper says it")), *self.from_whom()),
            self.danger(),
            save=str(_("Log the receipt")),
            cancel_url=self.cancel_url,
        )


class RegisterForm(PaperForm):
    """The whole paper before it is registered, or kept as incomplete with what was done."""

    note = forms.CharField(
        label=_("What was done"),
        help_text=_("Only where something is missing: who was told what, when and how."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["office"]


class PointForm(QuietForm):
    text = forms.CharField(
        label=_("Point of claim"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, **WITH_LETTERS}),
    )


def point_forms(texts: list[str]) -> Any:
    """The formset's factory: the points known so far, and a row for another."""

    def build(data: Any = None, files: Any = None, prefix: str = "points") -> BaseFormSet:
        made = formset_factory(
            PointForm,
            extra=1 if texts else 2,
            max_num=MOST_POINTS,
            absolute_max=MOST_POINTS + 5,
            validate_max=True,
        )
        return made(data=data, prefix=prefix, initial=[{"text": text} for text in texts])

    return build


def points_in(formset: Any) -> list[str]:
    return [form.cleaned_data.get("text", "") for form in formset]
