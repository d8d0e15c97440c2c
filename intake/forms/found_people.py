"""The rows of a finding: children and adults, as much as was known on the spot."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.births import Birth, BirthField
from casework.enums import Relation, Sex, SpokenLanguage
from casework.forms.opening_rows import (
    ADULT_RELATIONS,
    MOST_ROWS,
    FoldState,
    Rows,
    fold_state,
    name_field,
    short,
)
from casework.warnings import SEX_OF
from core.layout import WITH_LETTERS
from core.saving import QuietForm

from ..models import FoundPerson
from ..services.raids import Found

SAFE = [("", "—"), ("yes", gettext_lazy("Safe to call")), ("no", gettext_lazy("Not safe to call"))]


class FoundRow(QuietForm):
    """One person who was found."""

    surname = name_field(gettext_lazy("Surname"))
    given_name = name_field(gettext_lazy("Given name"))
    patronymic = name_field(gettext_lazy("Patronymic"))
    birth = BirthField(
        help_text=gettext_lazy("14.03.2017, or 2017, or the age: 7"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    description = short(
        gettext_lazy("Description, where the name is not known"), 300, **WITH_LETTERS
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=[("", "—"), *SpokenLanguage.choices]
    )
    folded: tuple[str, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything is said of somebody; a known row that nobody touched is somebody too."""
        said = getattr(self, "cleaned_data", {})
        return not said.get("DELETE") and any(
            value not in (None, "", Birth()) for name, value in said.items() if name != "DELETE"
        )

    @property
    def fold(self) -> FoldState:
        return fold_state(self, *self.folded)

    def known(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("surname", "given_name", "patronymic", "description", "language")
        birth = (
            said["birth"] if "birth" in self.changed_data else self.initial.get("birth", Birth())
        )
        return {**{name: said[name] for name in names}, "birth": birth}


class FoundChild(FoundRow):
    folded = ("language",)

    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        required=False,
        choices=[
            ("", "—"),
            (Sex.FEMALE, gettext_lazy("Girl")),
            (Sex.MALE, gettext_lazy("Boy")),
        ],
    )

    def facts(self) -> Found:
        return Found(is_child=True, sex=self.cleaned_data["sex"] or Sex.UNKNOWN, **self.known())


class FoundAdult(FoundRow):
    folded = ("birth", "description", "language")

    relation = forms.ChoiceField(
        label=gettext_lazy("Who it is to the child"),
        required=False,
        choices=[("", "—"), *ADULT_RELATIONS],
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    phone_is_safe = forms.ChoiceField(
        label=gettext_lazy("May one call it?"), required=False, choices=SAFE
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("phone") and not said.get("phone_is_safe") and not said.get("DELETE"):
            self.add_error("phone_is_safe", _("Say whether it is safe to call this number."))
        return said

    def facts(self) -> Found:
        said = self.cleaned_data
        relation = said["relation"]
        return Found(
            is_child=False,
            sex=SEX_OF.get(Relation(relation), Sex.UNKNOWN) if relation else Sex.UNKNOWN,
            relation=relation,
            phone=said["phone"],
            phone_is_safe={"yes": True, "no": False}.get(said["phone_is_safe"]),
            **self.known(),
        )


def shown_of(person: FoundPerson) -> dict[str, Any]:
    """A row as it shows somebody who was written down before."""
    names = ("surname", "given_name", "patronymic", "description", "language", "relation", "phone")
    safe = person.phone_is_safe
    return {
        **{name: getattr(person, name) for name in names},
        "sex": "" if person.sex == Sex.UNKNOWN else person.sex,
        "birth": person.birth,
        "phone_is_safe": "" if safe is None else "yes" if safe else "no",
    }


def found_rows(row: type[FoundRow], people: list[FoundPerson], **kwargs: Any) -> Any:
    made = formset_factory(
        row,
        formset=Rows,
        extra=0 if people else 1,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 5,
        validate_max=True,
        can_delete=True,
    )
    return made(initial=[shown_of(person) for person in people], **kwargs)
