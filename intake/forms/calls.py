"""The one screen on which a call is typed while somebody speaks, and the rows of the people in the event."""

import uuid
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.births import BirthField
from casework.enums import Relation, Sex
from casework.forms.opening_rows import name_field, short
from core.fields import TypedDateTimeField
from core.layout import WITH_LETTERS
from core.saving import KeptForm, QuietForm
from offices.models import District, Office

from ..enums import CallerKind, CallNature
from ..models import CallPerson, CallTopic, HotlineCall
from ..services.calls import KnownInCall, Said

MOST_PEOPLE = 15
CONSULTATION = "consultation"


class CallForm(KeptForm):
    """What somebody tells. Only what happened and where is needed; of advice by phone not even where."""

    what = forms.CharField(
        label=_("What happened"),
        max_length=5000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 4, "autofocus": True}),
    )
    where = forms.CharField(
        label=pgettext_lazy("call", "Where"),
        max_length=300,
        required=False,
        widget=forms.TextInput({**WITH_LETTERS, "autocomplete": "off"}),
        help_text=_("As it is told: street, house, floor, what it is near to."),
    )
    caller_kind = forms.ChoiceField(
        label=_("Who calls"),
        choices=CallerKind.choices,
        required=False,
        initial=CallerKind.UNKNOWN,
        widget=forms.RadioSelect,
    )
    caller_phone = forms.CharField(
        label=_("Caller's phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    caller_name = short(_("Caller's name"), 200, **WITH_LETTERS, autocomplete="off")
    is_repeat_caller = forms.BooleanField(label=_("Has called before"), required=False)
    topic = forms.ModelChoiceField(
        CallTopic.objects.none(), label=_("Topic"), required=False, empty_label="—"
    )
    received_at = TypedDateTimeField(
        label=_("When the call came"),
        expects="past",
        allow_future=False,
        required=False,
        help_text=_("Empty: now. The hour runs from here."),
    )
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False, empty_label="—"
    )
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), required=False)

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = list(offices)
        self.fields["office"].queryset = offices
        self.fields["topic"].queryset = CallTopic.objects.filter(is_active=True)
        self.fields["district"].queryset = District.objects.all()
        if len(self.offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = self.offices[0].pk

    @property
    def is_consultation(self) -> bool:
        """Settled by advice on the phone: the second button of the page."""
        return self.data.get("ends") == CONSULTATION

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("where") and "where" not in self.errors and not self.is_consultation:
            self.add_error("where", _("Say where, in whatever words; the rest may wait."))
        return said

    def chosen_office(self) -> Office:
        return self.cleaned_data["office"] or self.offices[0]

    def said(self, people: tuple[KnownInCall, ...]) -> Said:
        names: tuple[str, ...] = ("what", "where", "received_at", "is_repeat_caller", "caller_name")
        names += ("caller_phone", "topic", "district")
        facts = {name: self.cleaned_data[name] for name in names}
        kind = self.cleaned_data["caller_kind"] or CallerKind.UNKNOWN
        return Said(**facts, caller_kind=kind, people=people)


class ChangeCallForm(CallForm):
    """The same screen for what was typed wrong; of a silent call nothing need be said."""

    def __init__(self, *args: Any, call: HotlineCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["topic"].queryset |= CallTopic.objects.filter(pk=call.topic_id)
        self.fields["what"].required = call.is_real
        del self.fields["office"]

    @property
    def is_consultation(self) -> bool:
        return not self.call.where

    @staticmethod
    def said_by(call: HotlineCall) -> dict[str, Any]:
        names = ("what", "where", "received_at", "is_repeat_caller", "caller_name", "caller_phone")
        shown = {name: getattr(call, name) for name in (*names, "caller_kind")}
        return shown | {"topic": call.topic_id, "district": call.district_id}


class EmptyCallForm(KeptForm):
    """A silent or a prank call: a touch."""

    nature = forms.ChoiceField(
        choices=[(CallNature.BLANK, ""), (CallNature.PRANK, "")], widget=forms.HiddenInput
    )
    office = forms.ModelChoiceField(Office.objects.none(), required=False)

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.offices = offices

    @classmethod
    def fresh(cls) -> "EmptyCallForm":
        """For a page that offers the touch beside something else."""
        return cls(offices=Office.objects.none(), initial={"submission_key": uuid.uuid4()})

    def chosen_office(self) -> Office:
        return self.cleaned_data["office"] or self.offices.first()


class CallPersonRow(QuietForm):
    """One child or adult in the event; a row left empty is nobody."""

    is_child = forms.ChoiceField(
        label=pgettext_lazy("call", "Who"),
        required=False,
        choices=[("yes", _("Child")), ("no", pgettext_lazy("call", "Adult"))],
        initial="yes",
    )
    surname = name_field(_("Surname"))
    given_name = name_field(_("Given name"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", "—"), (Sex.FEMALE, Sex.FEMALE.label), (Sex.MALE, Sex.MALE.label)],
    )
    birth = BirthField(widget=forms.TextInput({"autocomplete": "off"}))
    relation = forms.ChoiceField(
        label=_("Who to the child"),
        required=False,
        choices=[("", "—"), *(c for c in Relation.choices if c[0] != Relation.CHILD)],
    )
    description = short(_("Description, where the name is not known"), 300, **WITH_LETTERS)
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def has_changed(self) -> bool:
        """Whether anything is said of somebody: what they are alone is nobody."""
        return bool(set(self.changed_data) - {"is_child", "pk"})

    @property
    def is_filled(self) -> bool:
        said = self.cleaned_data
        names = ("surname", "given_name", "description", "sex", "relation")
        is_somebody = any(said.get(name) for name in names) or said["birth"].precision != "unknown"
        return is_somebody and not said.get("DELETE")

    def facts(self) -> KnownInCall:
        said = self.cleaned_data
        is_child = said["is_child"] != "no"
        return KnownInCall(
            is_child=is_child,
            surname=said["surname"],
            given_name=said["given_name"],
            description=said["description"],
            sex=said["sex"] or Sex.UNKNOWN,
            relation="" if is_child else said["relation"],
            birth=said["birth"],
            pk=said["pk"],
        )


class People(BaseFormSet):
    """The people of the event, as far as anybody knows."""

    def facts(self) -> tuple[KnownInCall, ...]:
        return tuple(form.facts() for form in self.forms if form.cleaned_data and form.is_filled)


_FACTORY = formset_factory(
    CallPersonRow, People, extra=1, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE, can_delete=True
)


def people_formset(**kwargs: Any) -> Any:
    return _FACTORY(**kwargs)


def known_rows(people: Any) -> list[dict[str, Any]]:
    """The rows that say what is known already, for the beginning of a form."""
    return [_known_row(person) for person in people]


def _known_row(person: CallPerson) -> dict[str, Any]:
    names = ("surname", "given_name", "description", "relation", "birth", "pk")
    sex = "" if person.sex == Sex.UNKNOWN else person.sex
    shown = {name: getattr(person, name) for name in names}
    return {**shown, "sex": sex, "is_child": "yes" if person.is_child else "no"}
