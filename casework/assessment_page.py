"""What the pages of an assessment show: its domains in words, beside those of the one before, and as bars."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from .models import Assessment, AssessmentDomain, AssessmentScore
from .plan_enums import AssessmentStatus, Score

# The bars are drawn in units of the scale: one for each step, and a stub for "no concern".
BAR_WIDTH, BAR_STEP, BAR_STUB = 100, 30, 10
BAD = Score.SERIOUS
STATE_KINDS = {
    AssessmentStatus.DRAFT: "calm",
    AssessmentStatus.FINISHED: "soon",
    AssessmentStatus.RETURNED: "late",
    AssessmentStatus.APPROVED: "in-time",
}
RISK_KINDS = {"high": "late", "medium": "soon", "low": "in-time"}


@dataclass(frozen=True)
class Bar:
    """One score as a bar of ``width`` of 100; None where the domain was not assessed."""

    width: int | None
    is_bad: bool


@dataclass(frozen=True)
class DomainLine:
    """One domain: how it stands now and how it stood before."""

    domain: AssessmentDomain
    now: AssessmentScore | None
    before: AssessmentScore | None
    bar: Bar
    bar_before: Bar

    @property
    def change(self) -> str:
        """ "better", "worse", "same"; "" where one of the two was not assessed."""
        now, before = _score(self.now), _score(self.before)
        if now is None or before is None:
            return ""
        return "worse" if now > before else "better" if now < before else "same"

    @property
    def is_need(self) -> bool:
        """Whether it is bad enough for a goal of the plan to begin with it."""
        return self.bar.is_bad


def domain_lines(assessment: Assessment, before: Assessment | None) -> list[DomainLine]:
    """A line for each domain that either of them says anything of, or that is offered now; one query each."""
    now = {row.domain_id: row for row in assessment.scores.select_related("domain")}
    old = {} if before is None else {row.domain_id: row for row in before.scores.all()}
    domains = AssessmentDomain.objects.filter(Q(is_active=True) | Q(pk__in=[*now, *old]))
    return [_line(domain, now.get(domain.pk), old.get(domain.pk)) for domain in domains]


def previous_of(assessment: Assessment) -> Assessment | None:
    """The last valid one about the same person or family before it; what it corrects is not another one."""
    same = Assessment.objects.valid().filter(case=assessment.case, person=assessment.person)
    if assessment.finished_at is not None:
        same = same.filter(finished_at__lt=assessment.finished_at)
    same = same.exclude(pk__in=[assessment.pk, assessment.replaces_id])
    same = same.exclude(corrections__in=Assessment.objects.fixed())
    return same.select_related("author").order_by("-finished_at").first()


def needs_of(assessment: Assessment) -> list[AssessmentDomain]:
    """The domains that stand badly: what goals begin with."""
    rows = assessment.scores.filter(score__gte=BAD).select_related("domain")
    return [row.domain for row in rows]


def offered_domains(assessment: Assessment) -> list[AssessmentDomain]:
    """Those on offer, and retired ones of which it says something already."""
    used = assessment.scores.values("domain")
    return list(AssessmentDomain.objects.filter(Q(is_active=True) | Q(pk__in=used)))


def with_people(rows: Iterable[Assessment]) -> list[tuple[Assessment, str, str]]:
    """Each with the kinds of its state and of its risk (for the ``state`` tag)."""
    return [
        (a, STATE_KINDS[AssessmentStatus(a.status)], RISK_KINDS.get(a.risk_level, "calm"))
        for a in rows
    ]


def _line(
    domain: AssessmentDomain, now: AssessmentScore | None, before: AssessmentScore | None
) -> DomainLine:
    return DomainLine(domain, now, before, _bar(now), _bar(before))


def _bar(row: AssessmentScore | None) -> Bar:
    score = _score(row)
    if score is None:
        return Bar(None, False)
    return Bar(BAR_STUB + BAR_STEP * score, score >= BAD)


def _score(row: AssessmentScore | None) -> int | None:
    return None if row is None else row.score
