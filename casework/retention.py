"""Closed cases past the term for which an office keeps them. No term is set by default, and nothing goes by itself."""

from dataclasses import dataclass

from core import clock
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from .enums import CaseStage
from .models import Case, KeepingRule
from .models.cases import CaseQuerySet


@dataclass(frozen=True)
class Term:
    """An office with its term in years (None: unset), and how many of its cases are past it."""

    office: Office
    years: int | None
    number: int


def _past_term(rule: KeepingRule) -> CaseQuerySet:
    today = clock.today()
    years = rule.retention_years or 0
    until = today.replace(year=today.year - years, day=min(today.day, 28))
    return Case.objects.filter(
        office_id=rule.office_id, stage=CaseStage.CLOSED, closed_on__lt=until
    )


def terms() -> list[Term]:
    """Every office with how many cases are past its term: numbers only, for the administrator."""
    rules = {rule.office_id: rule for rule in KeepingRule.objects.exclude(retention_years=None)}
    found = []
    for office in Office.objects.filter(is_active=True):
        rule = rules.get(office.pk)
        number = _past_term(rule).count() if rule else 0
        found.append(Term(office, rule.retention_years if rule else None, number))
    return found


def cases_past_term(user: User) -> list[tuple[KeepingRule, list[Case]]]:
    """For a head: the cases of the own office past its term, by the rule of each office they head."""
    led = standing(user).offices(Role.HEAD)
    rules = KeepingRule.objects.filter(office_id__in=led).exclude(retention_years=None)
    seen = Case.objects.full_visible_to(user).values("pk")
    return [
        (rule, list(_past_term(rule).filter(pk__in=seen).order_by("closed_on")[:500]))
        for rule in rules.select_related("office")
    ]
