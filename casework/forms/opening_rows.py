"""The rows of the opening screen: the children and the adults of the family, as much as is known of each."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from core import names
from core.layout import WITH_LETTERS
from core.saving import QuietForm
from offices.enums import OrganisationKind
from offices.models import Organisation

from ..births import BirthField
from ..enums import Relation, Sex, SpokenLanguage
from ..models import Person
from ..services.new_case import KnownAdult, KnownChild, KnownPhone
from ..warnings import SEX_OF

MOST_ROWS = 15
NEW_RECORD = "new"

ADULT_RELATIONS = [choice for choice in Relation.choices if choice[0] != Relation.CHILD]


def short(label: Any, length: int = 100, **attrs: Any) -> forms.CharField:
    """One line of text that may be left empty."""
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.TextInput(attrs)
    )


def name_field(label: Any) -> forms.CharField:
    return NameField(
        label=label,
        max_length=100,
        required=False,
        widget=forms.TextInput({**WITH_LETTERS, "autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True)
class FoldState:
    """What a fold says while it is shut, and whether it must stand open."""

    words: str
    opens: bool


def fold_state(form: forms.Form, *fields: str) -> FoldState:
    """Opens on a mistake; a field that says what every such form says by default is not filled.

    What the form began with (carried over from a call, said by the record) is.
    """
    inside = [form[name] for name in fields]
    filled = [
        str(f.label)
        for f in inside
        if f.value() not in (None, "", [], False) and f.value() != f.field.initial
    ]
    words = _("Filled") + ": " + ", ".join(filled) if filled else _("Nothing filled yet")
    return FoldState(str(words), any(field.errors for field in inside))


class NameField(forms.CharField):
    """A name as the person writes it: letters of any script, space, hyphen, apostrophe, dot; look-alike letters mended."""

    default_error_messages = {
        "not_a_name": _("A name has letters, spaces, hyphens and apostrophes only.")
    }

    def clean(self, value: Any) -> str:
        text = names.clean(super().clean(value))
        if any(not (c.isalpha() or c in " -’ʻ." or c == "\u0301") for c in text):
            raise ValidationError(self.error_messages["not_a_name"], code="not_a_name")
        return text


class PinField(forms.CharField):
    """Fourteen digits, however spaced; only the length is an error (domain.md 4.1)."""

    default_error_messages = {"length": _("A PIN has 14 digits; leave it empty if it is unknown.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label=_("PIN"), required=False, max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        digits = "".join(super().clean(value).split()).replace("-", "")
        if digits and not (len(digits) == 14 and digits.isascii() and digits.isdigit()):
            raise ValidationError(self.error_messages["length"], code="length")
        return digits


class PersonRow(QuietForm):
    """One person of the family: as much as is known."""

    surname = name_field(_("Surname"))
    given_name = name_field(_("Given name"))
    patronymic = name_field(_("Patronymic"))
    birth = BirthField(
        help_text=_("14.03.2017, or 2017, or the age: 7"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    pin = PinField()
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", "—"), *SpokenLanguage.choices]
    )
    known_as = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    # Set by the view: the records that this row may be about (casework.lookalikes).
    alike: list[Person] = []
    record: Person | None = None
    folded: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        """Whether anything is said of somebody: a tick alone is nobody."""
        ticks = {n for n, f in self.fields.items() if isinstance(f, forms.BooleanField)}
        return bool(set(self.changed_data) - ticks)

    @property
    def is_filled(self) -> bool:
        return self.has_changed() and not self.cleaned_data.get("DELETE")

    @property
    def fold(self) -> FoldState:
        return fold_state(self, *self.folded)

    def known(self) -> dict[str, Any]:
        """What the row says, in the words of ``KnownPerson``."""
        said = self.cleaned_data
        fields = ("surname", "given_name", "patronymic", "birth", "pin", "language")
        return {"record": self.record, **{field: said[field] for field in fields}}


class ChildRow(PersonRow):
    folded: tuple[str, ...] = (
        "description", "school", "school_text", "school_class", "language",
    )  # fmt: skip

    description = short(_("Description, where the name is not known"), 300, **WITH_LETTERS)
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", "—"), (Sex.FEMALE, _("Girl")), (Sex.MALE, _("Boy"))],
    )
    school = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("School or kindergarten"),
        required=False,
        empty_label="—",
    )
    school_text = short(_("School, in words"), 200, **WITH_LETTERS)
    school_class = short(_("Class"), 20)
    is_concerned = forms.BooleanField(
        label=_("The case is about this child"),
        required=False,
        initial=True,
        help_text=_("Untick it for a brother or sister whom it is not about."),
    )

    def __init__(self, *args: Any, schools: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = (  # type: ignore[attr-defined]  # a ModelChoiceField
            Organisation.objects.none() if schools is None else schools
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        named = any(said.get(f) for f in ("surname", "given_name", "description"))
        # A name that was refused is an error of its own, not a missing one.
        if self.has_changed() and not named and not self.errors and not said.get("DELETE"):
            self.add_error(
                "given_name",
                _("Give a name, or describe the child: what others call them, how they look."),
            )
        return said

    def facts(self) -> KnownChild:
        said = self.cleaned_data
        return KnownChild(
            **self.known(),
            description=said["description"],
            sex=said["sex"] or Sex.UNKNOWN,
            school=said["school"],
            school_text=said["school_text"],
            school_class=said["school_class"],
            is_concerned=said["is_concerned"],
        )


class AdultRow(PersonRow):
    folded: tuple[str, ...] = ("birth", "pin", "language", "lives_together", "is_carer")

    relation = forms.ChoiceField(
        label=_("Who it is to the child"), required=False, choices=[("", "—"), *ADULT_RELATIONS]
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    phone_is_safe = forms.ChoiceField(
        label=_("May one call it?"),
        required=False,
        choices=[("", "—"), ("yes", _("Safe to call")), ("no", _("Not safe to call"))],
    )
    safe_hours = short(_("Safe hours"), placeholder=_("after 18:00"))
    lives_together = forms.BooleanField(
        label=_("Lives with the family"), required=False, initial=True
    )
    is_carer = forms.BooleanField(label=_("Cares for the child"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.has_changed() or said.get("DELETE"):
            return said
        if not said.get("relation"):
            self.add_error("relation", _("Say who it is: mother, stepfather, grandmother …"))
        if said.get("phone") and not said.get("phone_is_safe"):
            self.add_error("phone_is_safe", _("Say whether it is safe to call this number."))
        return said

    def facts(self) -> KnownAdult:
        said = self.cleaned_data
        safe = said["phone_is_safe"] == "yes"
        phone = KnownPhone(said["phone"], safe, said["safe_hours"])
        return KnownAdult(
            **self.known(),
            sex=SEX_OF.get(Relation(said["relation"]), Sex.UNKNOWN),
            relation=said["relation"],
            lives_together=said["lives_together"],
            is_carer=said["is_carer"],
            phones=(phone,) if said["phone"] else (),
        )


class Rows(BaseFormSet):
    """Rows of persons; a row left empty is nobody."""

    def filled(self) -> list[Any]:
        return [form for form in self.forms if form.is_filled]


class ChildRows(Rows):
    def clean(self) -> None:
        if any(self.errors):
            return
        if not any(form.cleaned_data.get("is_concerned") for form in self.filled()):
            raise ValidationError(
                _("Say which child the case concerns: a name or a description is enough.")
            )


def children_formset(**kwargs: Any) -> Any:
    return rows_of(ChildRow, ChildRows, **kwargs)


def adults_formset(**kwargs: Any) -> Any:
    return rows_of(AdultRow, Rows, **kwargs)


def rows_of(row: type[PersonRow], base: type[Rows], **kwargs: Any) -> Any:
    made = formset_factory(
        row,
        formset=base,
        extra=1,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 5,
        validate_max=True,
        can_delete=True,
    )
    return made(**kwargs)


def schools() -> Any:
    return Organisation.objects.filter(is_active=True, kind=OrganisationKind.EDUCATION)
