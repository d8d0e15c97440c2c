"""The family: how it lives, and who belongs to it as what."""

import copy
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, Row, Section

from ..enums import Relation, Sex
from ..models import Family, FamilyMember, Person
from ..services.families import FAMILY_FIELDS
from ..warnings import SEX_OF
from .opening_rows import NEW_RECORD, name_field
from .people import SEXES, birth_field
from .records import RecordForm

KNOWN_OR_NOT = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]


class FamilyForm(RecordForm, forms.ModelForm):
    """How the family lives, in words."""

    fact_fields = FAMILY_FIELDS

    class Meta:
        model = Family
        fields = FAMILY_FIELDS
        widgets = {name: forms.Textarea({**WITH_LETTERS, "rows": 3}) for name in FAMILY_FIELDS}
        help_texts = {
            "housing": _("Own or rented, rooms, heating, who sleeps where."),
            "income": _("Who earns, where, how much; debts."),
            "benefits": _("What the family receives, what it could receive."),
            "migration": _("Moves within the country, parents abroad."),
            "risks": _("What may harm the children: violence, drinking, quarrels, poor health."),
        }

    def __init__(self, *args: Any, instance: Family, **kwargs: Any) -> None:
        super().__init__(*args, instance=copy.copy(instance), **kwargs)


class PlaceFields(RecordForm):
    """What a place in a family is."""

    relation = forms.ChoiceField(
        label=_("Who it is to the child"), choices=[("", "—"), *Relation.choices]
    )
    relation_text = forms.CharField(
        label=_("Relation, in words"),
        max_length=100,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=_("Where the list does not say it: mother's aunt, neighbour."),
    )
    lives_together = forms.ChoiceField(
        label=_("Lives with the family"),
        choices=KNOWN_OR_NOT,
        widget=forms.RadioSelect,
        required=False,
    )
    is_carer = forms.BooleanField(label=_("Cares for the child"), required=False)
    from_on = TypedDateField(
        label=_("In the family since"), required=False, expects="past", allow_future=False
    )

    @property
    def place(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "relation": said["relation"],
            "relation_text": said["relation_text"],
            "lives_together": {"yes": True, "no": False}.get(said["lives_together"]),
            "is_carer": said["is_carer"],
            "from_on": said["from_on"],
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("relation") == Relation.OTHER and not said.get("relation_text"):
            self.add_error("relation_text", _("Say in words who this person is to the child."))
        return said

    def place_parts(self) -> list[Any]:
        return [
            Field("relation", wrapper_class="field-middle"),
            Field("lives_together", wrapper_class="field-inline"),
            "is_carer",
        ]

    def more_parts(self) -> list[Any]:
        return [
            Field("relation_text", wrapper_class="field-middle"),
            Field("from_on", wrapper_class="field-date"),
        ]


class MemberForm(PlaceFields):
    """A change of somebody's place in the family."""

    def __init__(self, *args: Any, member: FamilyMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.shown_of(member), **self.initial}

    def shown_of(self, record: Any) -> dict[str, Any]:
        lives = {True: "yes", False: "no", None: ""}[record.lives_together]
        return {**super().shown_of(record), "lives_together": lives}

    def parts(self) -> list[Any]:
        return [*self.place_parts(), *self.more_parts()]


class NewMemberForm(PlaceFields):
    """A new place in the family, for somebody known already or for a new record; ``alike`` are the known ones offered."""

    save = _("Add")

    surname = name_field(_("Surname"))
    given_name = name_field(_("Given name"))
    patronymic = name_field(_("Patronymic"))
    description = forms.CharField(
        label=_("Description, where the name is not known"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=SEXES, widget=forms.RadioSelect, initial=Sex.UNKNOWN, required=False
    )
    birth = birth_field()
    known_as = forms.ChoiceField(label=_("Who is it?"), required=False, widget=forms.RadioSelect)

    # Whether the reader has seen that somebody alike is known elsewhere.
    seen_elsewhere = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = ("known_as", "relation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Person] = []
        # Which records may be chosen is known only once the name is: see ``offer``.
        self.chosen = str(self.data.get("known_as", "")) if self.is_bound else ""
        self.fields["known_as"].choices = [(self.chosen, "")]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        named = [said.get(f) for f in ("surname", "given_name", "description")]
        if not any(named) and not self.errors:
            self.add_error("given_name", _("Give a name, or a description where no name is known."))
        if said.get("sex") in ("", Sex.UNKNOWN) and said.get("relation"):
            said["sex"] = SEX_OF.get(Relation(said["relation"]), Sex.UNKNOWN)
        return said

    def offer(self, alike: list[Person], said_of: dict[Any, str]) -> bool:
        """Offer the known persons; whether it is settled who is meant. ``said_of`` has the words for each."""
        self.alike = alike
        if not alike:
            return True
        new = (NEW_RECORD, _("Somebody else: make a new record"))
        offered = [(str(person.pk), said_of[person.pk]) for person in alike]
        self.fields["known_as"].choices = [*offered, new]  # type: ignore[attr-defined]  # a ChoiceField
        if self.chosen in [key for key, _words in [*offered, new]]:
            return True
        self.add_error("known_as", _("Say whether this is somebody whom you know already."))
        return False

    def tell_known_elsewhere(self) -> None:
        """Say it once; the second time the record is made."""
        if self.cleaned_data["seen_elsewhere"]:
            return
        self.add_error(
            None,
            _(
                "Somebody like this is known elsewhere: ask your head. To make a new record all the same, press “Add” again."
            ),
        )
        self.data = self.data.copy()
        self.data["seen_elsewhere"] = "on"

    @property
    def record(self) -> Person | None:
        """The known person who was chosen."""
        return next((p for p in self.alike if str(p.pk) == self.chosen), None)

    @property
    def person_facts(self) -> dict[str, Any]:
        names = ("surname", "given_name", "patronymic", "description", "sex", "birth")
        return {name: self.cleaned_data[name] for name in names}

    def parts(self) -> list[Any]:
        offered = [Section(_("Known already?"), "known_as")] if self.alike else []
        return [
            *offered,
            Row("surname", "given_name", "patronymic"),
            *self.place_parts(),
            Field("birth", wrapper_class="field-middle"),
            Field("sex", wrapper_class="field-inline"),
            Fold(_("More"), "description", *self.more_parts()),
        ]


class LeaveForm(RecordForm):
    """The day on which somebody left the family."""

    save = _("Left the family")

    on = TypedDateField(label=_("Left the family on"), expects="past", allow_future=False)

    def parts(self) -> list[Any]:
        return [Field("on", wrapper_class="field-date")]
