"""Forms of a plan: its opinions, a goal with the rows of its measures, what came of a measure, agreement, reviews."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TypedDateField
from core.layout import WITH_LETTERS
from core.saving import KeptForm, QuietForm
from offices.models import Organisation, User

from ..models import AssessmentDomain, Case, Measure, Person, Plan
from ..plan_enums import ExecutorKind, MeasureStatus
from ..services.plan_goals import GoalWords, MeasureWords
from ..services.plans import PLAN_WORDS, Words
from .assessments import AboutField, children_of, long_text
from .opening_rows import FoldState

MOST_MEASURES = 50


def words(label: Any, length: int, *, russian: bool = False, **kwargs: Any) -> forms.CharField:
    """A line or two in one of the two languages; the Russian one may be left empty."""
    attrs: dict[str, Any] = {"rows": 2, "lang": "ru" if russian else "ky"}
    attrs |= {} if russian else WITH_LETTERS
    kwargs.setdefault("required", not russian)
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs), **kwargs)


class BeginPlanForm(KeptForm):
    """Whose plan it is."""

    person = AboutField(gettext_lazy("Whose plan"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = children_of(case)  # type: ignore[attr-defined]  # a ModelChoiceField


class OpinionsForm(KeptForm):
    """What the child and the parents say of the plan."""

    child_opinion_ky = long_text(gettext_lazy("The child's opinion, in Kyrgyz"))
    child_opinion_ru = long_text(gettext_lazy("The child's opinion, in Russian"))
    parents_opinion_ky = long_text(gettext_lazy("The parents' opinion, in Kyrgyz"))
    parents_opinion_ru = long_text(gettext_lazy("The parents' opinion, in Russian"))
    parents_names = forms.CharField(
        label=gettext_lazy("Which parents sign"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=gettext_lazy("As it is to stand beside the line for their signature."),
    )

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in PLAN_WORDS})

    @staticmethod
    def shown(plan: Plan) -> dict[str, Any]:
        return {name: getattr(plan, name) for name in PLAN_WORDS}


class GoalForm(KeptForm):
    """What is to change, and from which assessed need."""

    domain = forms.ModelChoiceField(
        AssessmentDomain.objects.none(),
        label=gettext_lazy("From which need"),
        required=False,
        empty_label=gettext_lazy("No assessed need"),
    )
    text_ky = words(gettext_lazy("Goal in Kyrgyz"), 500)
    text_ru = words(gettext_lazy("Goal in Russian"), 500, russian=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].queryset = AssessmentDomain.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField

    def words(self) -> GoalWords:
        said = self.cleaned_data
        return GoalWords(said["text_ky"], said["text_ru"], said["domain"])


class WorkerField(forms.ModelChoiceField):
    """A worker by the name that is printed."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class MeasureRow(QuietForm):
    """One measure; a row left empty is none."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text_ky = words(gettext_lazy("What is done, in Kyrgyz"), 500, required=False)
    text_ru = words(gettext_lazy("What is done, in Russian"), 500, russian=True)
    executor_kind = forms.ChoiceField(
        label=gettext_lazy("Who does it"),
        choices=ExecutorKind.choices,
        initial=ExecutorKind.WORKER,
    )
    worker = WorkerField(
        User.objects.none(), label=gettext_lazy("Worker"), required=False, empty_label="—"
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation"),
        required=False,
        empty_label="—",
    )
    relative = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Who of the family"),
        required=False,
        empty_label="—",
    )
    executor_text = forms.CharField(
        label=gettext_lazy("In words: who, which post"),
        max_length=200,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    starts_on = TypedDateField(label=gettext_lazy("Begins"), required=False)
    due_on = TypedDateField(label=gettext_lazy("Until"), required=False, expects="future")
    success_ky = words(gettext_lazy("Sign of success in Kyrgyz"), 300, required=False)
    success_ru = words(gettext_lazy("Sign of success in Russian"), 300, russian=True)

    def __init__(
        self,
        *args: Any,
        workers: Any = None,
        organisations: Any = None,
        relatives: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("worker", workers),
            ("organisation", organisations),
            ("relative", relatives),
        ):
            if rows is not None:
                self.fields[name].queryset = rows[0]  # type: ignore[attr-defined]  # a ModelChoiceField
                self.fields[name].choices = rows[1]  # type: ignore[attr-defined]  # looked up once for all rows

    def has_changed(self) -> bool:
        """Whether anything is said: who would do it is said by default."""
        return bool(set(self.changed_data) - {"executor_kind"})

    @property
    def is_filled(self) -> bool:
        said = self.cleaned_data
        typed = any(said.get(name) for name in ("text_ky", "text_ru", "due_on", "success_ky"))
        return typed and not said.get("DELETE")

    @property
    def fold(self) -> FoldState:
        inside = [self[name] for name in ("text_ru", "starts_on", "success_ky", "success_ru")]
        filled = [str(f.label) for f in inside if f.value()]
        words = _("Filled") + ": " + ", ".join(filled) if filled else _("Nothing filled yet")
        return FoldState(words, any(field.errors for field in inside))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.is_filled:
            return said
        if not said.get("text_ky") and "text_ky" not in self.errors:
            self.add_error("text_ky", _("Say what is done, in Kyrgyz."))
        if not said.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say until when."))
        self._check_executor(said)
        begins, due = said.get("starts_on"), said.get("due_on")
        if begins and due and begins > due:
            self.add_error("starts_on", _("A measure begins before it is due."))
        return said

    def _check_executor(self, said: dict[str, Any]) -> None:
        fields = {
            ExecutorKind.WORKER: "worker",
            ExecutorKind.ORGANISATION: "organisation",
            ExecutorKind.RELATIVE: "relative",
        }
        field = fields.get(said.get("executor_kind", ""), "executor_text")
        if not said.get(field) and not said.get("executor_text"):
            self.add_error(field, _("Say who does it."))

    def words(self) -> MeasureWords:
        """Of the three who may be chosen only the one of the chosen kind counts."""
        said = self.cleaned_data
        kind = said["executor_kind"]
        return MeasureWords(
            pk=said["id"],
            text_ky=said["text_ky"],
            text_ru=said["text_ru"],
            executor_kind=kind,
            worker=said["worker"] if kind == ExecutorKind.WORKER else None,
            organisation=said["organisation"] if kind == ExecutorKind.ORGANISATION else None,
            relative=said["relative"] if kind == ExecutorKind.RELATIVE else None,
            executor_text=said["executor_text"],
            starts_on=said["starts_on"],
            due_on=said["due_on"],
            success_ky=said["success_ky"],
            success_ru=said["success_ru"],
        )

    @staticmethod
    def shown(measure: Measure) -> dict[str, Any]:
        chosen = ("worker", "organisation", "relative")
        shown = {name: getattr(measure, f"{name}_id") for name in chosen}
        for name in MeasureWords.__dataclass_fields__:
            if name not in (*chosen, "pk"):
                shown[name] = getattr(measure, name)
        return {**shown, "id": measure.pk}


class MeasureRows(BaseFormSet):
    def filled(self) -> list[MeasureWords]:
        return [form.words() for form in self.forms if form.is_filled]


def measures_formset(*, extra: int = 1, **kwargs: Any) -> Any:
    made = formset_factory(
        MeasureRow,
        formset=MeasureRows,
        extra=extra,
        max_num=MOST_MEASURES,
        absolute_max=MOST_MEASURES + 5,
        validate_max=True,
        can_delete=True,
    )
    return made(**kwargs)


def known_rows(goal_measures: Any) -> list[dict[str, Any]]:
    return [MeasureRow.shown(measure) for measure in goal_measures]


class SettleForm(KeptForm):
    """How far a measure is, and what came of it."""

    status = forms.ChoiceField(
        label=gettext_lazy("State"), choices=MeasureStatus.choices, widget=forms.RadioSelect
    )
    result = long_text(gettext_lazy("What came of it"))
    settled_on = TypedDateField(
        label=gettext_lazy("Done or given up on"),
        required=False,
        expects="past",
        allow_future=False,
        help_text=gettext_lazy("Left empty: today."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        over = (MeasureStatus.DONE, MeasureStatus.DROPPED)
        if said.get("status") in over and not said.get("result"):
            self.add_error("result", _("Say what came of it."))
        return said


class AgreementForm(KeptForm):
    """The decision of the Commission on Children's Affairs."""

    number = forms.CharField(
        label=gettext_lazy("Number of the Commission's decision"), max_length=40
    )
    on = TypedDateField(
        label=gettext_lazy("Date of the Commission's decision"), expects="past", allow_future=False
    )


class ChangePlanForm(KeptForm):
    """What the next version changes; it is printed under the title."""

    reason_ky = words(gettext_lazy("What is changed, in Kyrgyz"), 300)
    reason_ru = words(gettext_lazy("What is changed, in Russian"), 300, russian=True)


class ReviewForm(KeptForm):
    """What a look at the plan found."""

    held_on = TypedDateField(label=gettext_lazy("Reviewed on"), expects="past", allow_future=False)
    found = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=20_000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 5}),
    )
    next_on = TypedDateField(
        label=gettext_lazy("Next review"),
        required=False,
        expects="future",
        help_text=gettext_lazy("Left empty: after the months that your office has set."),
    )
