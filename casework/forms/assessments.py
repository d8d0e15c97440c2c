"""Forms of an assessment: beginning it, writing it domain by domain, finishing it, the head's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TypedDateField
from core.layout import WITH_LETTERS
from core.saving import KeptForm

from .. import risk
from ..enums import RiskLevel
from ..models import AssessmentDomain, Case, Person
from ..plan_enums import AssessmentKind, Danger, Heard, Score
from ..services.assessments import Finding, Said
from .opening_rows import FoldState

LONGEST_TEXT = 20_000
NOT_ASSESSED = gettext_lazy("Not assessed")


def long_text(label: Any, rows: int = 3, length: int = LONGEST_TEXT, **kwargs: Any) -> Any:
    """Several lines that may be left empty."""
    return forms.CharField(
        label=label,
        max_length=length,
        required=False,
        widget=forms.Textarea({**WITH_LETTERS, "rows": rows}),
        **kwargs,
    )


class AboutField(forms.ModelChoiceField):
    """A child of the case, or the whole family."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            Person.objects.none(),
            label=label,
            required=False,
            empty_label=gettext_lazy("The whole family"),
            widget=forms.RadioSelect,
        )


def children_of(case: Case) -> Any:
    return Person.objects.filter(case_places__case=case).order_by("sort_key")


class BeginAssessmentForm(KeptForm):
    """Which assessment, about whom."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which assessment"),
        choices=AssessmentKind.choices,
        widget=forms.RadioSelect,
    )
    person = AboutField(gettext_lazy("About whom"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = children_of(case)  # type: ignore[attr-defined]  # a ModelChoiceField


@dataclass(frozen=True)
class DomainRow:
    """The fields of one domain on the page, and what its fold says while it is shut."""

    domain: AssessmentDomain
    score: forms.BoundField
    evidence: forms.BoundField
    source: forms.BoundField
    fold: FoldState


class AssessmentForm(KeptForm):
    """All that is written into a draft. Nothing is required: what is missing is said at finishing."""

    assessed_on = TypedDateField(
        label=gettext_lazy("Assessed on"), required=False, expects="past", allow_future=False
    )
    danger = forms.ChoiceField(
        label=gettext_lazy("Is a child in danger now"),
        choices=Danger.choices,
        widget=forms.RadioSelect,
        initial=Danger.UNKNOWN,
    )
    danger_text = long_text(gettext_lazy("What the danger is"), 2, 2000)
    danger_done = long_text(
        gettext_lazy("What was done at once"),
        2,
        help_text=gettext_lazy("Who was called, where the child is now, with whom."),
    )
    heard = forms.ChoiceField(
        label=gettext_lazy("Was the child seen and heard alone"),
        choices=Heard.choices,
        widget=forms.RadioSelect,
        initial=Heard.UNKNOWN,
    )
    not_heard_reason = forms.CharField(
        label=gettext_lazy("Why not"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    child_words = long_text(gettext_lazy("What the child says"))
    protective_factors = long_text(
        gettext_lazy("What protects the child"),
        help_text=gettext_lazy("People and things to build on: a grandmother, a teacher, friends."),
    )
    conclusion = long_text(gettext_lazy("Conclusion and what comes next"), 4)

    def __init__(self, *args: Any, domains: Iterable[AssessmentDomain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains = list(domains)
        for domain in self.domains:
            self._add_domain(domain)

    def _add_domain(self, domain: AssessmentDomain) -> None:
        self.fields[f"score_{domain.pk}"] = forms.TypedChoiceField(
            label=domain.name,
            choices=[*Score.choices, ("", NOT_ASSESSED)],
            coerce=int,
            empty_value=None,
            required=False,
            initial="",
            widget=forms.RadioSelect,
            help_text=domain.guidance,
        )
        self.fields[f"evidence_{domain.pk}"] = long_text(
            format_lazy("{}: {}", domain.name, gettext_lazy("what it rests on")), 2
        )
        self.fields[f"source_{domain.pk}"] = forms.CharField(
            label=format_lazy("{}: {}", domain.name, gettext_lazy("source")),
            max_length=300,
            required=False,
            widget=forms.TextInput(
                {**WITH_LETTERS, "placeholder": gettext_lazy("seen myself, the mother, the school")}
            ),
        )

    @property
    def rows(self) -> list[DomainRow]:
        return [self._row(domain) for domain in self.domains]

    def _row(self, domain: AssessmentDomain) -> DomainRow:
        evidence, source = self[f"evidence_{domain.pk}"], self[f"source_{domain.pk}"]
        said = bool(evidence.value() or source.value())
        words = _("Written") if said else _("Nothing filled yet")
        is_open = said or bool(evidence.errors or source.errors)
        state = FoldState(words, is_open)
        return DomainRow(domain, self[f"score_{domain.pk}"], evidence, source, state)

    def said(self) -> Said:
        given = self.cleaned_data
        findings = {
            domain: Finding(
                given[f"score_{domain.pk}"],
                given[f"evidence_{domain.pk}"],
                given[f"source_{domain.pk}"],
            )
            for domain in self.domains
        }
        words = {name: given[name] for name in Said.__dataclass_fields__ if name in given}
        return Said(**words, findings=findings)

    @staticmethod
    def shown(said: Said) -> dict[str, Any]:
        """What the form shows of what the record says."""
        shown = {n: getattr(said, n) for n in Said.__dataclass_fields__ if n != "findings"}
        for domain, finding in said.findings.items():
            shown[f"score_{domain.pk}"] = "" if finding.score is None else finding.score
            shown[f"evidence_{domain.pk}"] = finding.evidence
            shown[f"source_{domain.pk}"] = finding.source
        return shown


class FinishForm(KeptForm):
    """The risk as its author sees it: the rule's, or another one with a reason, never below the floor."""

    risk_level = forms.ChoiceField(label=gettext_lazy("Risk"), widget=forms.RadioSelect)
    override_reason = forms.CharField(
        label=gettext_lazy("Why the risk differs from the rule"),
        max_length=500,
        required=False,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 2}),
        help_text=gettext_lazy("Left empty where you agree with the rule."),
    )

    def __init__(self, *args: Any, floor: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lowest = risk.height(floor)
        self.fields["risk_level"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            choice for choice in RiskLevel.choices if risk.height(choice[0]) >= lowest
        ]


class DecideForm(KeptForm):
    """The head's word: agreed, or back with what is to be mended."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your word"),
        choices=[
            ("approve", gettext_lazy("Approve")),
            ("return", gettext_lazy("Return with remarks")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("What is to be mended"),
        max_length=500,
        required=False,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("answer") == "return" and not said.get("reason"):
            self.add_error("reason", _("Say what is to be mended."))
        return said
