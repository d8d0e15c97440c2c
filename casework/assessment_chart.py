"""How the domains went from one assessment to the next: a small chart for each domain, drawn from whole numbers.

A dot for each assessment with its score in it, the worse the higher; a domain that was not assessed then has none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.templatetags.dates import day

from .models import Assessment, AssessmentDomain, AssessmentScore
from .plan_enums import Score

# In the units of a chart's sheet: dots stand a step apart, a score lifts one by a rise.
WIDTH, HEIGHT, EDGE, RISE, DOT = 180, 60, 14, 11, 9
FOOT = HEIGHT - EDGE
LONGEST = 6


@dataclass(frozen=True)
class Dot:
    """One score: its middle, the number in it, whether it is a need."""

    x: int
    y: int
    score: int
    is_bad: bool


@dataclass(frozen=True)
class Strip:
    """One domain: its dots, the lines between neighbours, and a cell of the table for each assessment."""

    domain: AssessmentDomain
    dots: Sequence[Dot]
    lines: Sequence[tuple[Dot, Dot]]
    cells: Sequence[AssessmentScore | None]

    @property
    def change(self) -> str:
        """From the first to the last of what was assessed: "better", "worse" or "same"."""
        first, last = self.dots[0].score, self.dots[-1].score
        return "worse" if last > first else "better" if last < first else "same"


@dataclass(frozen=True)
class DomainChart:
    """The assessments of one person or family, the oldest first, and a strip for each domain that any of them scored."""

    assessments: Sequence[Assessment]
    strips: Sequence[Strip]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_worth_drawing(self) -> bool:
        return len(self.assessments) > 1 and bool(self.strips)

    @property
    def words(self) -> str:
        """The chart for who does not see it; the table says the rest."""
        first, last = self.assessments[0].finished_at, self.assessments[-1].finished_at
        return _(
            "How each domain stood from %(first)s to %(last)s. The same stands in the table."
        ) % {
            "first": day(first),
            "last": day(last),
        }


def chart_until(assessment: Assessment) -> DomainChart:
    """The valid ones about the same person or family up to ``assessment``; two queries."""
    same = Assessment.objects.filter(case=assessment.case_id, person=assessment.person_id)
    if assessment.finished_at is not None:
        same = same.filter(finished_at__lte=assessment.finished_at)
    return _charts(same).get(assessment.person_id) or DomainChart([], [])


def charts_of(case_id: UUID) -> list[DomainChart]:
    """Of the family and of each child assessed more than once; two queries."""
    found = _charts(Assessment.objects.filter(case=case_id)).values()
    return [chart for chart in found if chart.is_worth_drawing]


def _charts(rows: "QuerySet[Assessment]") -> dict[object, DomainChart]:
    corrected = Assessment.objects.valid().exclude(replaces=None).values("replaces")
    valid = rows.filter(pk__in=Assessment.objects.valid()).exclude(pk__in=corrected)
    about: dict[object, list[Assessment]] = {}
    for assessment in valid.select_related("person").order_by("finished_at", "id"):
        about.setdefault(assessment.person_id, []).append(assessment)
    newest = {key: found[-LONGEST:] for key, found in about.items()}
    keys = [assessment.pk for found in newest.values() for assessment in found]
    scores: dict[tuple[object, object], AssessmentScore] = {}
    domains: dict[object, AssessmentDomain] = {}
    scored = AssessmentScore.objects.filter(assessment__in=keys).exclude(score=None)
    for score in scored.select_related("domain").order_by("domain__order", "domain__code"):
        scores[score.assessment_id, score.domain_id] = score
        domains.setdefault(score.domain_id, score.domain)
    return {
        key: DomainChart(found, list(_strips(found, domains.values(), scores)))
        for key, found in newest.items()
    }


def _strips(
    found: Sequence[Assessment],
    domains: Iterable[AssessmentDomain],
    scores: dict[tuple[object, object], AssessmentScore],
) -> Iterable[Strip]:
    for domain in domains:
        cells = [scores.get((assessment.pk, domain.pk)) for assessment in found]
        dots = [_dot(place, cell, len(found)) for place, cell in enumerate(cells)]
        drawn = [dot for dot in dots if dot is not None]
        if drawn:
            lines = [(a, b) for a, b in pairwise(dots) if a is not None and b is not None]
            yield Strip(domain, drawn, lines, cells)


def _dot(place: int, cell: AssessmentScore | None, among: int) -> Dot | None:
    if cell is None or cell.score is None:
        return None
    step = (WIDTH - 2 * EDGE) // max(among - 1, 1)
    return Dot(
        EDGE + place * step, FOOT - RISE * cell.score, cell.score, cell.score >= Score.SERIOUS
    )
