"""Forms of a visit: planning it, writing it up for every child at once, its photographs, its act."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.episodes import PersonChoices
from casework.forms.opening_rows import short
from casework.forms.records import RecordForm
from casework.models import Case, Episode, Person
from casework.services.episodes import people_of
from core import clock
from core.fields import TypedDateTimeField
from core.layout import WITH_LETTERS, Fold, FormPage, Pair, Row, Section
from offices.enums import Role
from offices.models import Office, User
from offices.standing import people_in

from ..enums import Condition, VisitOutcome, VisitPurpose
from ..models import Visit, VisitChild
from ..services.visits import LANGUAGES, PLAIN, TEXTS, ChildPart, VisitFacts
from .raids import UserChoices

LONGEST_TEXT = 20_000
GOING = (Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)
MADE = [
    choice
    for choice in VisitOutcome.choices
    if choice[0] not in (VisitOutcome.PLANNED, VisitOutcome.CANCELLED)
]
ANSWERS = [("", "—"), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
_ANSWER = {"yes": True, "no": False}
Place = tuple[Case, Person]


def text(label: Any, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": rows, **WITH_LETTERS}),
    )


def condition(label: Any) -> forms.ChoiceField:
    choices = [(code, words) for code, words in Condition.choices if code]
    unseen = ("", "—")
    return forms.ChoiceField(label=label, required=False, choices=[unseen, *choices])


class VisitForm(RecordForm):
    """A visit that was made; ``is_plan`` leaves what can be said beforehand.

    ``places`` are the children who can be ticked, each in a case that the reader works; none before there is a case.
    """

    outcome = forms.ChoiceField(
        label=gettext_lazy("How it went"), choices=MADE, widget=forms.RadioSelect
    )
    planned_at = TypedDateTimeField(label=gettext_lazy("Planned for"), expects="future")
    held_at = TypedDateTimeField(
        label=gettext_lazy("Was there at"), expects="past", allow_future=False
    )
    ended_at = TypedDateTimeField(
        label=gettext_lazy("Until"), required=False, expects="past", allow_future=False
    )
    place = short(gettext_lazy("Address"), 300, **WITH_LETTERS)
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=VisitPurpose.choices)
    purpose_text = short(gettext_lazy("Purpose, in words"), 200, **WITH_LETTERS)
    ground_number = short(gettext_lazy("Number of the call or raid"), 60)
    staff = UserChoices(
        User.objects.none(), label=gettext_lazy("Who went"), widget=forms.CheckboxSelectMultiple
    )
    others_went = short(gettext_lazy("Others who went along"), 300, **WITH_LETTERS)
    met = PersonChoices(
        queryset=Person.objects.none(),
        label=gettext_lazy("Who was met"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others_met = short(gettext_lazy("Others who were met"), 300, **WITH_LETTERS)
    children_text = short(gettext_lazy("Children who were there, in words"), 300, **WITH_LETTERS)
    heating = condition(gettext_lazy("Heating"))
    sleeping_place = condition(gettext_lazy("Sleeping places"))
    food = condition(gettext_lazy("Food"))
    cleanliness = condition(gettext_lazy("Cleanliness"))
    home_safety = condition(gettext_lazy("Safety of the home"))
    conditions_ky = text(gettext_lazy("Living conditions, in Kyrgyz"), 3)
    conditions_ru = text(gettext_lazy("Living conditions, in Russian"), 3)
    found_ky = text(gettext_lazy("What was found, in Kyrgyz"))
    found_ru = text(gettext_lazy("What was found, in Russian"))
    agreed_ky = text(gettext_lazy("What was agreed, in Kyrgyz"), 3)
    agreed_ru = text(gettext_lazy("What was agreed, in Russian"), 3)
    next_step_ky = text(gettext_lazy("Next step, in Kyrgyz"), 2)
    next_step_ru = text(gettext_lazy("Next step, in Russian"), 2)

    BEFOREHAND = (
        "planned_at", "place", "purpose", "purpose_text", "ground_number", "staff", "others_went",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        office: Office,
        user: User,
        places: Iterable[Place] = (),
        visit: Visit | None = None,
        is_plan: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places, self.visit, self.is_plan = list(places), visit, is_plan
        self.save = gettext_lazy("Plan the visit") if is_plan else gettext_lazy("Save the visit")
        cases = list({case.pk: case for case, _person in self.places}.values())
        self.fields["staff"].queryset = _who_may_go(office, cases, visit)
        self.initial.setdefault("staff", [user.pk])
        family: QuerySet[Person] = Person.objects.none()
        for case in cases[:1]:
            family = people_of(case)
        if visit is not None:
            known = Q(pk__in=family.values("pk")) | Q(pk__in=visit.met.values("pk"))
            family = Person.objects.filter(known)
        self.fields["met"].queryset = family
        self._add_children(is_plan)
        self._leave_out(is_plan)
        if visit is not None:
            self.initial.update(self.shown_of(visit))
        if not is_plan:
            shown = clock.local(clock.now()).replace(second=0, microsecond=0)
            self.initial.setdefault("held_at", shown)

    def _leave_out(self, is_plan: bool) -> None:
        plain = [n for n in self.fields if not n.startswith(("c_", "s_", "h_", "k_", "r_"))]
        hidden = {"submission_key", "record_version", "kept_as"}
        if is_plan:
            for name in set(plain) - set(self.BEFOREHAND) - hidden:
                del self.fields[name]
            return
        self.fields["planned_at"].required = False
        del self.fields["planned_at"]
        if self.places:
            del self.fields["children_text"]
        else:
            del self.fields["met"]

    def _add_children(self, is_plan: bool) -> None:
        only = len(self.places) == 1
        for case, person in self.places:
            key = key_of(case, person)
            self.fields[f"c_{key}"] = forms.BooleanField(
                label=_("The visit concerns this child"), required=False, initial=only
            )
            if is_plan:
                continue
            self.fields[f"s_{key}"] = forms.ChoiceField(
                label=_("Seen"), required=False, choices=ANSWERS
            )
            self.fields[f"h_{key}"] = forms.ChoiceField(
                label=_("Heard alone"), required=False, choices=ANSWERS
            )
            self.fields[f"k_{key}"] = text(_("About this child, in Kyrgyz"), 2)
            self.fields[f"r_{key}"] = text(_("About this child, in Russian"), 2)

    def shown_of(self, record: Any) -> dict[str, Any]:
        shown = super().shown_of(record)
        if not isinstance(record, Visit):
            return shown
        shown["staff"] = [user.pk for user in record.staff.all()]
        shown["met"] = [person.pk for person in record.met.all()]
        if record.outcome == VisitOutcome.PLANNED:
            shown |= {"held_at": record.planned_at, "outcome": ""}
        for part in record.children.select_related("case", "person"):
            shown |= self._shown_part(part)
        return {name: value for name, value in shown.items() if name in self.fields}

    @staticmethod
    def _shown_part(part: VisitChild) -> dict[str, Any]:
        key = key_of(part.case, part.person)
        said = {True: "yes", False: "no", None: ""}
        return {
            f"c_{key}": True,
            f"s_{key}": said[part.was_seen],
            f"h_{key}": said[part.was_heard],
            f"k_{key}": part.text_ky,
            f"r_{key}": part.text_ru,
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.places and not any(said.get(f"c_{key_of(c, p)}") for c, p in self.places):
            self.add_error(None, _("Tick at least one child."))
        began, ended = said.get("held_at"), said.get("ended_at")
        if began and ended and ended < began:
            self.add_error("ended_at", _("A visit ends after it begins: check the times."))
        if said.get("purpose") == VisitPurpose.OTHER and not said.get("purpose_text"):
            self.add_error("purpose_text", _("Say what the visit is for."))
        return said

    @property
    def visit_facts(self) -> VisitFacts:
        said = self.cleaned_data
        plain = {name: said[name] for name in PLAIN if name in said}
        if self.is_plan:
            plain["outcome"] = VisitOutcome.PLANNED
        elif self.visit is not None:
            plain["planned_at"] = self.visit.planned_at
        names = [f"{text}_{language}" for text in TEXTS for language in LANGUAGES]
        return VisitFacts(
            **plain,
            staff=tuple(said["staff"]),
            met=tuple(said.get("met", ())),
            texts={name: said[name] for name in names if name in said},
            children=tuple(self._children()),
        )

    def _children(self) -> Iterable[ChildPart]:
        said = self.cleaned_data
        for case, person in self.places:
            key = key_of(case, person)
            if said[f"c_{key}"]:
                yield ChildPart(
                    case=case,
                    person=person,
                    was_seen=_ANSWER.get(said.get(f"s_{key}", "")),
                    was_heard=_ANSWER.get(said.get(f"h_{key}", "")),
                    text_ky=said.get(f"k_{key}", ""),
                    text_ru=said.get(f"r_{key}", ""),
                )

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self, *self.parts(), save=str(self.save), cancel_url=self.cancel_url, wide=True
        )

    def parts(self) -> list[Any]:
        more = Fold(_("In words; number of the call or raid"), "purpose_text", "ground_number")
        children = [self._child_part(case, person) for case, person in self.places]
        if self.is_plan:
            return [
                Field("planned_at", wrapper_class="field-middle"),
                "purpose", more, "place",
                *children, "staff", "others_went",
            ]  # fmt: skip
        whom = ["met"] if self.places else ["children_text"]
        return [
            "outcome",
            Row("held_at", "ended_at"),
            "purpose",
            more,
            "place",
            Section(_("Who was there"), "staff", "others_went", *whom, "others_met"),
            *children,
            Section(
                _("Living conditions"),
                Row("heating", "sleeping_place", "food", "cleanliness", "home_safety"),
                Fold(_("In words"), Pair("conditions_ky", "conditions_ru")),
            ),
            Section(_("What was found"), Pair("found_ky", "found_ru")),
            Section(
                _("What was agreed, next step"),
                Pair("agreed_ky", "agreed_ru"),
                Pair("next_step_ky", "next_step_ru"),
            ),
        ]

    def _child_part(self, case: Case, person: Person) -> Section:
        key = key_of(case, person)
        named = ", ".join(p for p in (person.full_name, person.age_in_words, case.number) if p)
        needs = person.communication_needs
        title = f"{named} ({needs})" if needs else named
        if self.is_plan:
            return Section(title, f"c_{key}")
        return Section(
            title, f"c_{key}", Row(f"s_{key}", f"h_{key}"),
            Fold(_("What belongs to this child alone"), Pair(f"k_{key}", f"r_{key}")),
        )  # fmt: skip


def key_of(case: Case, person: Person) -> str:
    """One child in one case, as part of a field's name; the same however the family changes."""
    return f"{case.pk.hex}{person.pk.hex}"


def _who_may_go(office: Office, cases: list[Case], visit: Visit | None) -> Any:
    """The office's own people, whoever helps in the cases, and those who are written down already."""
    own = {person.pk for person in people_in(office.pk, *GOING)}
    helping = Episode.objects.filter(case__in=cases).exclude(specialist=None)
    known = Q(pk__in=own) | Q(pk__in=helping.values("specialist"))
    if visit is not None:
        known |= Q(pk__in=visit.staff.values("pk"))
    return User.objects.filter(known)
