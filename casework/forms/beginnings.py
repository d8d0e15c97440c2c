"""What a family's beginning is asked on the opening screen and on an application alike: the office, the place, the head's word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS
from offices.enums import Role
from offices.models import District, Office, User
from offices.standing import people_in

from ..enums import BasisKind, StreetKind
from ..services.new_case import Basis, KnownAddress
from .case_parts import AboutFinding, AboutPaper
from .opening_rows import FoldState, fold_state, short


class AboutOffice(forms.Form):
    """In which office of those where the person may write it down; asked only where there are several."""

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), required=False)

    def __init__(self, *args: Any, offices: list[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.set_choices("office", Office.objects.filter(pk__in=[o.pk for o in offices]))
        self.fields["office"].initial = offices[0].pk
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()

    def set_choices(self, field: str, choices: Any) -> None:
        self.fields[field].queryset = choices  # type: ignore[attr-defined]  # a field of model choices

    def chosen_office(self) -> Office:
        office: Office = self.cleaned_data.get("office") or self.offices[0]
        return office


class AboutPlace(AboutOffice):
    """Where the family lives."""

    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False, empty_label="—"
    )
    settlement = short(_("Settlement, microdistrict"), **WITH_LETTERS)
    street = short(_("Street name"), **WITH_LETTERS)
    street_kind = forms.ChoiceField(
        label=_("Kind of street"), required=False, choices=[("", "—"), *StreetKind.choices]
    )
    house = short(_("House"), 20)
    flat = short(_("Flat"), 20)
    address_text = short(_("Or in words"), 300, **WITH_LETTERS)
    registered_text = short(_("Registered address, in words"), 300, **WITH_LETTERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("district", District.objects.all())
        self.fields["district"].initial = self.offices[0].district_id

    @property
    def address_fold(self) -> FoldState:
        return fold_state(self, "address_text", "registered_text")

    def actual_address(self) -> KnownAddress:
        said = self.cleaned_data
        parts = ("settlement", "street", "house", "flat")
        # A district alone is only the form's own guess.
        if not any(said[part] for part in (*parts, "address_text")):
            return KnownAddress()
        return KnownAddress(
            district=said["district"],
            street_kind=said["street_kind"],
            text=said["address_text"],
            **{part: said[part] for part in parts},
        )

    def registered_address(self) -> KnownAddress:
        return KnownAddress(text=self.cleaned_data["registered_text"])


class AboutBasis(AboutFinding, AboutPaper, AboutOffice):
    """How the family was found (clause 3), and the document (clause 12) or a head's word until it comes."""

    awaited_until = TypedDateField(label=_("Awaited until"), required=False, expects="future")
    allowed_by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who gave the word"),
        required=False,
        empty_label="—",
        help_text=_("The head or the deputy on duty; they are told at once."),
    )
    word_on = TypedDateField(
        label=_("Word given on"), required=False, expects="past", allow_future=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heads = {head.pk for office in self.offices for head in people_in(office.pk, Role.HEAD)}
        self.set_choices("allowed_by", User.objects.filter(pk__in=heads))

    @property
    def identified_fold(self) -> FoldState:
        return fold_state(self, "identified_text", "identified_number", "identified_on")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind = said.get("basis_kind")
        if kind == BasisKind.AWAITED:
            self._check_word(said)
        return said

    def _check_word(self, said: dict[str, Any]) -> None:
        if not said.get("awaited_until") and "awaited_until" not in self.errors:
            self.add_error("awaited_until", _("Say until which day the document is awaited."))
        if said.get("awaited_until") and said["awaited_until"] < clock.today():
            self.add_error("awaited_until", _("This day has passed already."))
        if not said.get("allowed_by"):
            self.add_error(
                "allowed_by", _("Without a document help starts only by the word of the head.")
            )

    def basis(self) -> Basis:
        """The document, or the word; what was typed for the other of the two is left out."""
        said = self.cleaned_data
        if said["basis_kind"] != BasisKind.AWAITED:
            return self.paper()
        return Basis(
            said["basis_kind"],
            awaited_until=said["awaited_until"],
            allowed_by=said["allowed_by"],
            word_on=said["word_on"],
        )
