"""How a list of cases is narrowed. What somebody may not read of a case cannot be asked of it either.

Stage, risk, situation and basis are content: their filters and counts see only the cases whose content the reader sees.
"""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Case as When_
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import CaseStage, RiskLevel
from .models import Case, CaseChild, SafetyAlert, SituationCategory

OPEN = ~Q(stage=CaseStage.CLOSED)
READ = Q(reads_content=True)
OPEN_STAGES = [(code, label) for code, label in CaseStage.choices if code != CaseStage.CLOSED]

# The first row of chips: code → words; the conditions are in ``views_of``.
VIEWS = {
    "mine": pgettext_lazy("cases", "Mine"),
    "open": pgettext_lazy("cases", "Open"),
    "unassigned": pgettext_lazy("cases", "Waiting to be assigned"),
    "alert": pgettext_lazy("cases", "With a safety alert"),
    "basis": pgettext_lazy("cases", "Basis awaited"),
    "closed": pgettext_lazy("cases", "Closed"),
}


def views_of(user: User, today: dt.date) -> dict[str, Q]:
    """The conditions of the first row of chips, for those the reader has a use for."""
    own = standing(user)
    found = {"open": OPEN}
    if own.has(Role.CASEWORKER, Role.HEAD, Role.PSYCHOLOGIST, Role.LAWYER):
        found = {"mine": OPEN & Q(is_mine=True)} | found
        found["alert"] = OPEN & Q(has_alert=True)
        found["basis"] = OPEN & READ & Q(basis_kind="awaited")
    if own.has(Role.HEAD):
        found["unassigned"] = OPEN & Q(assigned_at=None, office_id__in=own.offices(Role.HEAD))
    found["closed"] = Q(stage=CaseStage.CLOSED)
    return {code: found[code] for code in VIEWS if code in found}


def listed_cases(user: User) -> QuerySet[Case]:
    """Every case the reader may know of, with what a list shows, counts and sorts by; content only where it is read."""
    alerts = SafetyAlert.objects.filter(case=OuterRef("pk"), lifted_at=None)
    first = CaseChild.objects.filter(case=OuterRef("pk")).order_by("person__sort_key")
    named = Q(is_restricted=False) | READ
    return (
        Case.objects.visible_to(user)
        .with_depth_for(user)
        .annotate(
            has_alert=Exists(alerts),
            shown_name=When_(When(named, then=Subquery(first.values("person__sort_key")[:1]))),
            shown_risk=When_(
                *(
                    When(READ & Q(risk_level=code), then=Value(rank))
                    for rank, code in enumerate(RISKS_BY_RANK, start=1)
                ),
                default=Value(0),
            ),
            shown_stage=When_(
                *(
                    When(READ & Q(stage=code), then=Value(rank))
                    for rank, code in enumerate(CaseStage.values, start=1)
                ),
                default=Value(0),
            ),
            awaited_until=When_(
                When(READ & OPEN & Q(basis_kind="awaited"), then="basis_awaited_until")
            ),
        )
    )


RISKS_BY_RANK = [RiskLevel.UNKNOWN, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH]


class CaseFilter(django_filters.FilterSet):
    """``view`` is the first row of chips; an unknown value of any filter filters nothing."""

    view = django_filters.ChoiceFilter(choices=list(VIEWS.items()), method="narrow_view")
    stage = django_filters.ChoiceFilter(
        choices=OPEN_STAGES, method="narrow_content", label=_("Stage")
    )
    risk = django_filters.ChoiceFilter(
        choices=RiskLevel.choices, method="narrow_content", label=_("Risk")
    )
    responsible = django_filters.ModelChoiceFilter(
        queryset=lambda request: responsible_choices(request.user), label=_("Responsible worker")
    )
    category = django_filters.ModelChoiceFilter(
        queryset=SituationCategory.objects.all(), method="narrow_content", label=_("Situation")
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.views = views_of(self.request.user, today)

    @property
    def chosen_view(self) -> str:
        """What the reader chose; else all that is open for a head, what they hold for the others."""
        chosen = self.form.cleaned_data.get("view") if self.form.is_valid() else None
        if chosen in self.views:
            return str(chosen)
        leads = standing(self.request.user).has(Role.HEAD)
        return "mine" if "mine" in self.views and not leads else "open"

    def filter_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        narrowed: QuerySet[Case] = super().filter_queryset(queryset)
        return narrowed.filter(self.views[self.chosen_view])

    def narrow_view(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return queryset

    def narrow_content(self, queryset: QuerySet[Case], name: str, value: Any) -> QuerySet[Case]:
        field = {"risk": "risk_level", "category": "categories"}.get(name, name)
        return queryset.filter(READ, **{field: value})


def responsible_choices(user: User) -> QuerySet[User]:
    """Who answers for a case that the reader may know of."""
    cases = Case.objects.visible_to(user).order_by()
    return User.objects.filter(pk__in=cases.values("responsible"))


def counts(cases: QuerySet[Case], views: dict[str, Q], view: str) -> dict[str, dict[str, int]]:
    """How many there are behind each chip, in one query: of the views all; of stages and risks within ``view``.

    Every row is asked once: the rows are grouped by what the chips tell apart, the groups are added up here.
    """
    told_apart = {
        f"in_{code}": When_(When(q, then=Value(True)), default=Value(False))
        for code, q in views.items()
    }
    groups = (
        cases.order_by()
        .annotate(**told_apart)
        .values(*told_apart, "reads_content", "stage", "risk_level")
        .annotate(number=Count("pk"))
    )
    found = {
        "view": dict.fromkeys(views, 0),
        "stage": {code: 0 for code, _label in OPEN_STAGES},
        "risk": dict.fromkeys(RiskLevel.values, 0),
    }
    for group in groups:
        for code in views:
            found["view"][code] += group["number"] if group[f"in_{code}"] else 0
        if group[f"in_{view}"] and group["reads_content"]:
            found["risk"][group["risk_level"]] += group["number"]
            if group["stage"] in found["stage"]:
                found["stage"][group["stage"]] += group["number"]
    return found
