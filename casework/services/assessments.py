"""State changes of an assessment: begun, written, finished, approved or returned, corrected by a new one.

Each locks the assessment, checks permission and state, and refuses with a ``DomainError`` in words.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in

from .. import assessment_permissions as may
from .. import risk
from ..enums import CaseStage, RiskLevel
from ..history import claim
from ..models import Assessment, AssessmentDomain, AssessmentScore, Case, Person, Plan
from ..permissions import can_see_case
from ..plan_enums import AssessmentKind, AssessmentStatus, Danger, Deadline, Heard
from .cases import locked as locked_case
from .cases import refuse_unless
from .deadlines import advance_stage, meet_deadline, start_deadline


@dataclass(frozen=True)
class Finding:
    """What is said of one domain; ``score`` None: not assessed."""

    score: int | None = None
    evidence: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        return self.score is not None or bool(self.evidence or self.source)


@dataclass(frozen=True)
class Said:
    """All that an assessment says, before its risk."""

    assessed_on: dt.date | None = None
    danger: str = Danger.UNKNOWN
    danger_text: str = ""
    danger_done: str = ""
    heard: str = Heard.UNKNOWN
    not_heard_reason: str = ""
    child_words: str = ""
    protective_factors: str = ""
    conclusion: str = ""
    findings: Mapping[AssessmentDomain, Finding] = field(default_factory=dict)


_TEXTS = tuple(name for name in Said.__dataclass_fields__ if name != "findings")


@transaction.atomic
def begin_assessment(
    case: Case, *, kind: str, person: Person | None, actor: User, said: Said | None = None
) -> Assessment:
    """A draft about the whole family (``person`` None) or one child of the case."""
    case = locked_case(case)
    refuse_unless(may.can_begin_assessment(actor, case))
    if person is not None and not case.child_places.filter(person=person).exists():
        raise DomainError(_("Choose one of the children of this case."))
    assessment = Assessment(
        case=case, kind=kind, person=person, author=actor, assessed_on=clock.today()
    )
    assessment.save()
    if said is not None:
        _lay(assessment, said)
    advance_stage(case, CaseStage.ASSESSMENT)
    case.save()
    return assessment


@transaction.atomic
def write_assessment(
    assessment: Assessment, said: Said, *, actor: User, seen: int | None
) -> Assessment:
    """Keep what is written in the draft; refused where somebody wrote it since ``seen``."""
    assessment = _locked(assessment, may.can_write_assessment, actor)
    claim(assessment, seen, actor=actor)
    assessment.author = actor
    _lay(assessment, said)
    return assessment


@transaction.atomic
def finish_assessment(
    assessment: Assessment,
    *,
    actor: User,
    seen: int | None,
    risk_level: str = "",
    override_reason: str = "",
) -> Assessment:
    """Fix it: who finishes is its author. The case's risk follows, the head is told, deadlines are struck off.

    ``risk_level`` differs from the rule's only with a reason, and never below what a single finding demands.
    """
    assessment = _locked(assessment, may.can_finish_assessment, actor)
    claim(assessment, seen, actor=actor)
    scores = _scores_of(assessment)
    _refuse_unfinished(assessment, scores)
    computed = risk.overall(assessment.danger, scores)
    chosen = risk_level or computed
    _check_override(assessment, chosen, computed, override_reason, scores)
    assessment.computed_risk, assessment.risk_level = computed, chosen
    assessment.override_reason = override_reason.strip() if chosen != computed else ""
    assessment.author, assessment.finished_at = actor, clock.now()
    assessment.status = AssessmentStatus.FINISHED
    assessment.save()
    _follow(assessment)
    heads = [u for u in _heads(assessment.case) if u != actor]
    _tell(heads, "assessment_finished", assessment, actor)
    return assessment


@transaction.atomic
def approve_assessment(assessment: Assessment, *, actor: User) -> Assessment:
    """The head agrees with it."""
    assessment = _locked(assessment, may.can_decide_assessment, actor)
    return _decided(assessment, AssessmentStatus.APPROVED, actor)


@transaction.atomic
def return_assessment(assessment: Assessment, reason: str, *, actor: User) -> Assessment:
    """The head does not: it stays as it is, and its author corrects it by a new one. The case's risk is seen anew."""
    assessment = _locked(assessment, may.can_decide_assessment, actor)
    if not reason.strip():
        raise DomainError(_("Say what is to be mended."))
    assessment.return_reason = reason.strip()[:500]
    assessment = _decided(assessment, AssessmentStatus.RETURNED, actor)
    _settle_risk(assessment.case)
    return assessment


@transaction.atomic
def correct_assessment(assessment: Assessment, *, actor: User) -> Assessment:
    """A new draft with what the fixed one says; a draft of the same correction is opened again."""
    assessment = _locked(assessment, may.can_correct_assessment, actor)
    if assessment.corrections.exclude(status=AssessmentStatus.DRAFT).exists():
        raise DomainError(_("It has been corrected already. Correct the newest one."))
    draft = assessment.corrections.filter(status=AssessmentStatus.DRAFT).first()
    if draft is not None:
        return draft
    new = begin_assessment(
        assessment.case, kind=assessment.kind, person=assessment.person, actor=actor
    )
    new.replaces = assessment
    _lay(new, said_by(assessment))
    return new


@transaction.atomic
def discard_assessment(assessment: Assessment, *, actor: User) -> None:
    """Throw a draft away. A finished one stays for good."""
    _locked(assessment, may.can_discard_assessment, actor).delete()


def said_by(assessment: Assessment) -> Said:
    """What the record says, as it would be said again."""
    findings = {
        row.domain: Finding(row.score, row.evidence, row.source)
        for row in assessment.scores.select_related("domain")
    }
    return Said(**{name: getattr(assessment, name) for name in _TEXTS}, findings=findings)


def risk_of_case(children: Iterable[object], newest_first: Iterable[Assessment]) -> RiskLevel:
    """The worst of what the newest valid assessment says of each child: one about the family is about each of them.

    One that assessed nothing changes nothing.
    """
    known = [a for a in newest_first if a.risk_level != RiskLevel.UNKNOWN]
    levels = []
    for child in children:
        about = (a.risk_level for a in known if a.person_id in (None, child))
        levels.append(next(about, RiskLevel.UNKNOWN))
    return risk.worst(levels)


def _lay(assessment: Assessment, said: Said) -> None:
    for name in _TEXTS:
        setattr(assessment, name, getattr(said, name))
    assessment.save()
    rows = {row.domain_id: row for row in assessment.scores.all()}
    for domain, finding in said.findings.items():
        row = rows.get(domain.pk)
        if row is None and not finding:
            continue
        row = row or AssessmentScore(assessment=assessment, domain=domain)
        if row.pk and (row.score, row.evidence, row.source) == (
            finding.score,
            finding.evidence,
            finding.source,
        ):
            continue
        row.score, row.evidence, row.source = finding.score, finding.evidence, finding.source
        row.save()


def _scores_of(assessment: Assessment) -> list[int | None]:
    return list(assessment.scores.values_list("score", flat=True))


def _refuse_unfinished(assessment: Assessment, scores: list[int | None]) -> None:
    if assessment.danger == Danger.YES and not assessment.danger_done.strip():
        raise DomainError(_("A child is in danger: say what was done at once."))
    if assessment.heard in (Heard.SEEN, Heard.NO) and not assessment.not_heard_reason.strip():
        raise DomainError(_("Say why the child was not heard alone."))
    if all(score is None for score in scores) and assessment.danger == Danger.UNKNOWN:
        raise DomainError(_("Nothing is assessed yet: say it of one domain at least."))
    replaced = assessment.replaces
    if replaced and replaced.corrections.exclude(status=AssessmentStatus.DRAFT).exists():
        raise DomainError(_("It has been corrected already. Correct the newest one."))


def _check_override(
    assessment: Assessment, chosen: str, computed: str, reason: str, scores: list[int | None]
) -> None:
    if chosen == computed:
        return
    if not reason.strip():
        raise DomainError(_("Say why the risk differs from the rule."))
    if not risk.may_stand(chosen, assessment.danger, scores):
        raise DomainError(
            _("The risk cannot be lower than what the danger or the worst domain demands.")
        )


def _follow(assessment: Assessment) -> None:
    """What a finished assessment moves: the case's risk, what was due, what is due next."""
    case = _settle_risk(assessment.case)
    meet_deadline(case, assessment.kind)
    if assessment.kind == AssessmentKind.COMPREHENSIVE:
        # Whoever has assessed everything need not write the first look afterwards.
        meet_deadline(case, Deadline.INITIAL)
        if not Plan.objects.in_force().filter(case=case).exists():
            start_deadline(case, Deadline.PLAN, at=clock.now())


def _settle_risk(case: Case) -> Case:
    case = locked_case(case)
    valid = Assessment.objects.valid().filter(case=case)
    newest = valid.exclude(corrections__in=Assessment.objects.fixed())
    children = case.child_places.values_list("person_id", flat=True)
    level = risk_of_case(children, newest.order_by("-finished_at"))
    if level not in (RiskLevel.UNKNOWN, case.risk_level):
        case.risk_level = level
        case.version += 1
        case.save()
    return case


def _decided(assessment: Assessment, status: str, actor: User) -> Assessment:
    assessment.status = status
    assessment.decided_by, assessment.decided_at = actor, clock.now()
    assessment.version += 1
    assessment.save()
    people = [assessment.author, assessment.case.responsible]
    _tell(people, f"assessment_{status}", assessment, actor)
    return assessment


def _heads(case: Case) -> list[User]:
    return [u for u in people_in(case.office_id, Role.HEAD) if can_see_case(u, case)]


def _tell(people: Iterable[User], kind: str, assessment: Assessment, by: User) -> None:
    url = assessment.get_absolute_url()
    tell(people, kind, by=by, number=assessment.case.number, url=url)


def _locked(
    assessment: Assessment, allows: Callable[[User, Assessment], bool], actor: User
) -> Assessment:
    """The row for changing, its case beside it; refused where the state or the person does not allow it."""
    rows = Assessment.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related("case__office", "case__responsible", "author", "person")
    found = related.filter(pk=assessment.pk).first()
    if found is None or not allows(actor, found):
        raise DomainError(
            _("You cannot do this with the assessment as it stands now. Look at it again.")
        )
    return found
