"""Forms of organisations: the entry with whom to ask for in it, how the list is narrowed, what is merged into what."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.forms.records import RecordForm
from core.layout import WITH_LETTERS
from core.saving import KeptForm, QuietForm
from offices.enums import OrganisationKind
from offices.models import District, Organisation, OrganisationContact

from ..services.organisations import FACTS, ContactFacts

MOST_CONTACTS = 30


def _line(label: Any, length: int, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.TextInput(attrs)
    )


class OrganisationForm(RecordForm):
    """What is kept of a body. One of the two names is enough."""

    fact_fields = (*FACTS, "is_active")

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *OrganisationKind.choices])
    name_ky = _line(_("Name in Kyrgyz"), 300, **WITH_LETTERS)
    name_ru = _line(_("Name in Russian"), 300)
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False, empty_label="—"
    )
    address = _line(_("Address"), 300, **WITH_LETTERS)
    phone = _line(_("Phone"), 100, inputmode="tel")
    email = forms.EmailField(label=_("E-mail"), required=False)
    signatory = _line(_("Who signs"), 200, **WITH_LETTERS)
    is_active = forms.BooleanField(
        label=_("Offered in forms"),
        required=False,
        initial=True,
        help_text=_("Untick it when the body is no more; what names it stays."),
    )
    # Entries that look like the same body, once the writer has said that this is another one.
    seen_alike = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = District.objects.all()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        named = said.get("name_ky") or said.get("name_ru")
        if not named and not {"name_ky", "name_ru"} & set(self.errors):
            self.add_error("name_ky", _("Give the organisation a name."))
        return said


class ContactRow(QuietForm):
    """One person to ask for."""

    record = forms.ModelChoiceField(
        OrganisationContact.objects.none(), required=False, widget=forms.HiddenInput
    )
    name = _line(_("Full name"), 200, **WITH_LETTERS)
    position = _line(_("Position"), 200, **WITH_LETTERS)
    phone = _line(_("Phone"), 100, inputmode="tel")
    is_active = forms.BooleanField(label=_("Works there"), required=False, initial=True)

    def __init__(self, *args: Any, contacts: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if contacts is not None:
            self.fields["record"].queryset = contacts

    @property
    def is_filled(self) -> bool:
        said = self.cleaned_data
        return any(said.get(name) for name in ("name", "position", "phone"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if (said.get("position") or said.get("phone")) and not said.get("name"):
            self.add_error("name", _("Say whose position or phone this is."))
        return said

    def facts(self) -> ContactFacts:
        said = self.cleaned_data
        return ContactFacts(
            said["name"], said["position"], said["phone"], said["is_active"], said["record"]
        )


class ContactRows(BaseFormSet):
    def filled(self) -> list[ContactRow]:
        return [row for row in self.forms if row.is_filled]


def contacts_formset(**kwargs: Any) -> Any:
    made = formset_factory(
        ContactRow,
        formset=ContactRows,
        extra=1,
        max_num=MOST_CONTACTS,
        absolute_max=MOST_CONTACTS + 5,
        validate_max=True,
    )
    return made(**kwargs)


class OrganisationFilterForm(forms.Form):
    """How the list is narrowed; names of bodies are no secret, so they may stand in the address."""

    text = forms.CharField(
        label=pgettext_lazy("organisation", "Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", **WITH_LETTERS}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", "—"), *OrganisationKind.choices]
    )
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = District.objects.all()


class MergeForm(KeptForm):
    """Which entry stays."""

    into = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which entry stays"),
        empty_label="—",
        help_text=_("Everything that names this entry will name that one."),
    )
    is_sure = forms.BooleanField(
        label=_("They are the same body; I know that this cannot be taken back")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.standing_alone().exclude(pk=organisation.pk)
        self.fields["into"].queryset = others.order_by("kind", "name_ky")
