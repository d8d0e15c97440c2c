"""Addresses, phones, and from whom they are hidden."""

import copy
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core import phones
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, Row
from offices.models import District, Mtu

from ..enums import AddressKind
from ..models import Address, Phone
from ..services.contacts import ADDRESS_FIELDS, PHONE_FIELDS
from .records import RecordForm

YES_NO = [("yes", _("Safe to call")), ("no", _("Not safe to call"))]


class AddressForm(RecordForm, forms.ModelForm):
    """An address of which anything may be unknown. The MTUs follow the district (htmx), and the server checks it."""

    fact_fields = ADDRESS_FIELDS

    kind = forms.ChoiceField(
        label=_("Which address"), choices=AddressKind.choices, widget=forms.RadioSelect
    )
    mtu = forms.ModelChoiceField(
        Mtu.objects.none(), label=_("MTU"), required=False, empty_label="—"
    )
    since_on = TypedDateField(label=_("Since"), required=False, expects="past")
    until_on = TypedDateField(label=_("Until"), required=False)

    class Meta:
        model = Address
        fields = ADDRESS_FIELDS
        widgets = {
            "settlement": forms.TextInput(WITH_LETTERS),
            "street": forms.TextInput(WITH_LETTERS),
            "text": forms.TextInput(WITH_LETTERS),
        }
        help_texts = {
            "house": _("As it is written: 168а, 200/1, 34-а, б/н."),
            "text": _("Another town, landmarks, or whatever does not fit above."),
        }

    def __init__(self, *args: Any, instance: Address, **kwargs: Any) -> None:
        super().__init__(*args, instance=copy.copy(instance), **kwargs)
        district: Any = self.fields["district"]
        district.queryset, district.empty_label = District.objects.all(), "—"
        district.widget.attrs |= {
            "hx-get": reverse_lazy("people:mtus"),
            "hx-target": "#id_mtu",
            "hx-trigger": "change",
        }
        chosen = self["district"].value()
        self._offer_mtus(str(chosen) if chosen else "", instance.mtu_id)
        self.fields["street_kind"].choices = [
            ("", "—"),
            *list(self.fields["street_kind"].choices)[1:],
        ]  # type: ignore[attr-defined]  # a ChoiceField

    def _offer_mtus(self, district: str, known: int | None) -> None:
        offered = Mtu.objects.filter(Q(is_active=True) | Q(pk=known)).select_related("district")
        self.fields["mtu"].queryset = offered.order_by("district", "number")  # type: ignore[attr-defined]  # a ModelChoiceField
        if district.isascii() and district.isdigit() and len(district) < 10:
            shown = [(m.pk, m.name) for m in offered if m.district_id == int(district)]
            self.fields["mtu"].widget.choices = [("", "—"), *shown]  # type: ignore[attr-defined]  # a Select

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        district, mtu = said.get("district"), said.get("mtu")
        if district and mtu and mtu.district_id != district.pk:
            self.add_error("mtu", _("This territorial administration is in another district."))
        since, until = said.get("since_on"), said.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", _("The last day at an address cannot be before the first."))
        if not self.errors and not any(said.get(f) for f in ADDRESS_FIELDS[1:9]):
            self.add_error("text", _("Say something of the address; a few words are enough."))
        return said

    def parts(self) -> list[Any]:
        return [
            Field("kind", wrapper_class="field-inline"),
            Row("district", "mtu"),
            "settlement",
            Row("street", Field("street_kind", wrapper_class="field-middle")),
            Row(
                Field("house", wrapper_class="field-short"),
                Field("flat", wrapper_class="field-short"),
            ),
            "text",
            Fold(
                _("Since when, until when"),
                Row(
                    Field("since_on", wrapper_class="field-date"),
                    Field("until_on", wrapper_class="field-date"),
                ),
            ),
        ]


class PhoneForm(RecordForm, forms.ModelForm):
    """A number as it is given, and whether it may be called: that is asked, never guessed."""

    fact_fields = PHONE_FIELDS

    safety = forms.ChoiceField(
        label=_("May one call it?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_("Not safe: somebody dangerous may answer or see the call."),
    )

    class Meta:
        model = Phone
        fields = ("number", "safe_hours", "note", "is_current")
        widgets = {
            "number": forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
            "note": forms.TextInput(WITH_LETTERS),
            "safe_hours": forms.TextInput({"placeholder": _("after 18:00")}),
        }
        help_texts = {"number": _("As it is given: 0555 12 34 56, 65 43 21, +7 916 …")}

    def __init__(self, *args: Any, instance: Phone, **kwargs: Any) -> None:
        known = "" if instance._state.adding else "yes" if instance.is_safe else "no"
        kwargs["initial"] = {"safety": known, **kwargs.get("initial", {})}
        super().__init__(*args, instance=copy.copy(instance), **kwargs)
        if instance._state.adding:
            del self.fields["is_current"]

    def shown_of(self, record: Any) -> dict[str, Any]:
        return {**super().shown_of(record), "safety": "yes" if record.is_safe else "no"}

    def clean_number(self) -> str:
        text: str = " ".join(self.cleaned_data["number"].split())
        if phones.holds_several(text):
            raise forms.ValidationError(
                _("Write one number here, and add the other one as another phone.")
            )
        if not phones.normalise(text):
            raise forms.ValidationError(_("There is no digit in this phone number."))
        return text

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "number": said["number"],
            "is_safe": said["safety"] == "yes",
            "safe_hours": said["safe_hours"],
            "note": said["note"],
            "is_current": said.get("is_current", True),
        }

    def parts(self) -> list[Any]:
        kept = ["is_current"] if "is_current" in self.fields else []
        return [
            Field("number", wrapper_class="field-middle"),
            Field("safety", wrapper_class="field-inline"),
            Field("safe_hours", wrapper_class="field-middle"),
            "note",
            *kept,
        ]


class HideForm(RecordForm):
    """From whom an address or a phone is hidden, and why."""

    save = _("Hide")

    hidden_from = forms.ModelMultipleChoiceField(
        None,
        label=_("Hidden from"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say from whom it is hidden.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=_("Read by those who work on the case in full."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hidden_from"].queryset = people  # type: ignore[attr-defined]  # a ModelMultipleChoiceField


class LiftForm(RecordForm):
    """Why a hidden address or phone may be told again."""

    save = _("Tell again")

    reason = forms.CharField(
        label=_("Why it may be told again"), max_length=300, widget=forms.TextInput(WITH_LETTERS)
    )
