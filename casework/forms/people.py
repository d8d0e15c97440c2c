"""Who a person is, and what is kept of them as a child: a few fields first, the rest folded."""

import copy
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, Row
from offices.models import Organisation

from ..births import Birth, BirthField
from ..enums import Sex
from ..models import Child, Person
from ..services.people import CHILD_FIELDS, PERSON_FIELDS
from .opening_rows import PinField, name_field, schools
from .records import RecordForm

SEXES = [(Sex.FEMALE, _("Female")), (Sex.MALE, _("Male")), (Sex.UNKNOWN, _("Not known"))]
BIRTH_HELP = _(
    "The date: 14.03.2017. Or only the year: 2017. Or the age by estimate: 7. Leave it empty where nothing is known."
)


def birth_field() -> BirthField:
    return BirthField(
        label=_("Birth date, year or age"),
        help_text=BIRTH_HELP,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class PersonForm(RecordForm, forms.ModelForm):
    """Names, sex and birth; folded: papers, language, other spellings. Built with ``instance``, which it leaves as it is."""

    fact_fields = (*PERSON_FIELDS, "birth")

    surname = name_field(_("Surname"))
    given_name = name_field(_("Given name"))
    patronymic = name_field(_("Patronymic"))
    sex = forms.ChoiceField(
        label=_("Sex"), choices=SEXES, widget=forms.RadioSelect, initial=Sex.UNKNOWN
    )
    birth = birth_field()
    pin = PinField()

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        field_classes = {"document_issued_on": TypedDateField}
        widgets = {
            "description": forms.TextInput(WITH_LETTERS),
            "other_spellings": forms.TextInput(WITH_LETTERS),
            "communication_needs": forms.TextInput(WITH_LETTERS),
            "disability": forms.TextInput(WITH_LETTERS),
            "document_issuer": forms.TextInput(WITH_LETTERS),
            "note": forms.Textarea({**WITH_LETTERS, "rows": 3}),
        }
        help_texts = {
            "other_spellings": _("As in papers or as neighbours say; the search finds them too."),
            "communication_needs": _("Shown wherever the person is met."),
        }

    def __init__(self, *args: Any, instance: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {"birth": instance.birth, **kwargs.get("initial", {})}
        super().__init__(*args, instance=copy.copy(instance), **kwargs)
        self.known_birth = instance.birth
        issued = self.fields["document_issued_on"]
        issued.expects, issued.allow_future = "past", False  # type: ignore[attr-defined]  # a TypedDateField
        self.fields["language"].choices = [("", "—"), *list(self.fields["language"].choices)[1:]]  # type: ignore[attr-defined]  # a ChoiceField

    def shown_of(self, record: Any) -> dict[str, Any]:
        names = ("birth_precision", "birth_on", "birth_year", "estimated_age", "estimated_on")
        return {**super().shown_of(record), "birth": Birth(*(getattr(record, n) for n in names))}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "birth" in said and "birth" not in self.changed_data:
            said["birth"] = self.known_birth
        named = [said.get(f) for f in ("surname", "given_name", "description")]
        if not any(named) and not self.errors:
            self.add_error(
                "given_name",
                _("Give a name, or a description under “Other” where no name is known."),
            )
        return said

    def parts(self) -> list[Any]:
        return [
            Row("surname", "given_name", "patronymic"),
            Field("sex", wrapper_class="field-inline"),
            Field("birth", wrapper_class="field-middle"),
            Fold(
                _("PIN and papers"),
                Field("pin", wrapper_class="field-middle"),
                Field("document_kind", wrapper_class="field-middle"),
                Row("document_series", "document_number"),
                Row("document_issuer", Field("document_issued_on", wrapper_class="field-date")),
                Field("citizenship", wrapper_class="field-middle"),
            ),
            Fold(
                _("Language, how to talk with the person"),
                Field("language", wrapper_class="field-middle"),
                "communication_needs",
                "disability",
            ),
            Fold(
                _("Other: spellings, description, note"), "other_spellings", "description", "note"
            ),
        ]


class ChildForm(RecordForm, forms.ModelForm):
    """School, who acts for the child, health. Built with ``instance`` and the ``adults`` who may act for the child."""

    fact_fields = CHILD_FIELDS

    class Meta:
        model = Child
        fields = CHILD_FIELDS
        field_classes = {"birth_certificate_on": TypedDateField}
        widgets = {
            "school_text": forms.TextInput(WITH_LETTERS),
            "lives_with": forms.TextInput(WITH_LETTERS),
            "parents_abroad": forms.TextInput(WITH_LETTERS),
            "health_notes": forms.Textarea({**WITH_LETTERS, "rows": 4}),
            "attendance": forms.RadioSelect,
        }
        help_texts = {
            "health_notes": _(
                "Read only by those who work on the case in full; a psychologist or lawyer of the case does not see them."
            ),
            "parents_abroad": _("Who, where, since when."),
            "birth_certificate": _(
                "Series and number as they stand; leave it empty if there is none."
            ),
        }

    def __init__(self, *args: Any, instance: Child, adults: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=copy.copy(instance), **kwargs)
        known = Organisation.objects.filter(pk=instance.school_id) if instance.school_id else None
        school: Any = self.fields["school"]
        school.queryset = schools() if known is None else schools() | known
        school.empty_label = "—"
        representative: Any = self.fields["representative"]
        representative.queryset, representative.empty_label = adults, "—"
        on: Any = self.fields["birth_certificate_on"]
        on.expects, on.allow_future = "past", False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("representative") and not said.get("representative_capacity"):
            self.add_error(
                "representative_capacity",
                _("Say in what capacity the representative acts for the child."),
            )
        return said

    def parts(self) -> list[Any]:
        return [
            "lives_with",
            Row("representative", "representative_capacity"),
            "school",
            Row("school_text", "school_class"),
            Field("attendance", wrapper_class="field-inline"),
            Fold(
                _("Birth certificate"),
                Field("birth_certificate", wrapper_class="field-middle"),
                Row(
                    "birth_certificate_issuer",
                    Field("birth_certificate_on", wrapper_class="field-date"),
                ),
            ),
            Fold(_("Parents abroad"), "parents_abroad"),
            Fold(_("Health"), "health_notes"),
        ]
