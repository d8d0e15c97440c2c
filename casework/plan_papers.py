"""The paper of a plan: all words in both languages, no address and no phone; Kyrgyz complete, Russian where it is written."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import StandardVersion
from papers.dates import short_date
from papers.letterhead import OfficeLines, Signature, letterhead_of

from .conclusion_facts import age_words, birth_words
from .conclusion_papers import named, signature_of
from .conclusion_sections import LANGUAGES
from .models import Measure, Plan, PlanGoal
from .papers import Fact
from .plan_enums import MeasureStatus, PlanKind

TEMPLATE = "casework/papers/plan.html"


@dataclass(frozen=True)
class MeasureLine:
    """One row of a goal's table. ``done``: what the last column says already; empty: room for ink."""

    text: str
    executor: str
    term: str
    success: str
    done: str


@dataclass(frozen=True)
class GoalPart:
    mark: str
    text: str
    need: str
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class PlanText:
    """The whole paper in one language."""

    language: Literal["ky", "ru"]
    title: str
    confidential: str
    notes: tuple[str, ...]
    facts: tuple[Fact, ...]
    goals: tuple[GoalPart, ...]
    opinions: tuple[Fact, ...]
    legal_basis: tuple[str, ...]


@dataclass(frozen=True)
class PlanPaper:
    """A plan as it was approved. ``agreed``: the Commission's decision in both languages, empty before it."""

    office: OfficeLines
    number: str
    dated_on: dt.date | None
    texts: tuple[PlanText, ...]
    agreed: tuple[str, str]
    signatures: tuple[Signature, ...]


def plan_paper(plan: Plan) -> PlanPaper:
    """The paper as the records say it now; without a number it is a draft."""
    goals = list(
        plan.goals.select_related("domain").prefetch_related(
            "measures__worker", "measures__organisation", "measures__relative"
        )
    )
    languages = LANGUAGES if _is_in_russian(plan, goals) else LANGUAGES[:1]
    day = clock.local(plan.approved_at).date() if plan.approved_at else None
    return PlanPaper(
        office=letterhead_of(plan.case.office),
        number=plan.number,
        dated_on=day,
        texts=tuple(_text(plan, goals, language) for language in languages),
        agreed=_agreed(plan),
        signatures=tuple(_signatures(plan, day)),
    )


def texts_of(plan: Plan) -> list[str]:
    """All that people have typed into the plan and that would be printed."""
    said = [
        plan.change_reason_ky,
        plan.change_reason_ru,
        plan.child_opinion_ky,
        plan.child_opinion_ru,
        plan.parents_opinion_ky,
        plan.parents_opinion_ru,
        plan.parents_names,
    ]
    for goal in plan.goals.prefetch_related("measures"):
        said += [goal.text_ky, goal.text_ru]
        for m in goal.measures.all():
            said += [m.text_ky, m.text_ru, m.executor_text, m.success_ky, m.success_ru]
    return said


def _is_in_russian(plan: Plan, goals: list[PlanGoal]) -> bool:
    said = [plan.child_opinion_ru, plan.parents_opinion_ru]
    for goal in goals:
        said += [goal.text_ru, *(m.text_ru for m in goal.measures.all())]
    return any(said)


def _text(plan: Plan, goals: list[PlanGoal], language: str) -> PlanText:
    with translation.override(language):
        return PlanText(
            language="ru" if language == "ru" else "ky",
            title=str(plan.get_kind_display()),
            confidential=_("Confidential"),
            notes=tuple(_notes(plan, language)),
            facts=tuple(fact for fact in _facts(plan, language) if fact.value),
            goals=tuple(_goal(n, goal, language) for n, goal in enumerate(goals, 1)),
            opinions=_opinions(plan, language),
            legal_basis=_legal_basis(language),
        )


def _notes(plan: Plan, language: str) -> Iterable[str]:
    old = plan.replaces
    if old is None or old.approved_at is None:
        return
    number = named(old.number, clock.local(old.approved_at).date(), language)
    yield _("In place of the plan: %(number)s") % {"number": number}
    changed = _written(plan, "change_reason", language)
    if changed:
        yield _("What is changed: %(text)s") % {"text": changed}


def _facts(plan: Plan, language: str) -> Iterable[Fact]:
    case, day = plan.case, clock.today()
    if plan.person is not None:
        yield Fact(_("Full name"), plan.person.full_name)
        yield Fact(_("Birth date"), birth_words(plan.person))
        yield Fact(_("Age"), age_words(plan.person, day, language))
    else:
        places = case.child_places.select_related("person").order_by("person__sort_key")
        yield Fact(_("Children"), ", ".join(place.person.full_name for place in places))
    yield Fact(_("Case number"), case.number)
    yield Fact(_("Responsible worker"), case.responsible.full_name)
    if plan.revision > 1:
        yield Fact(_("Version"), str(plan.revision))
    if plan.review_on:
        yield Fact(_("Next review of the plan"), long_day(plan.review_on, language))


def _goal(number: int, goal: PlanGoal, language: str) -> GoalPart:
    domain = goal.domain
    need = (domain.name_ru if language == "ru" else domain.name_ky) if domain else ""
    lines = tuple(_measure(measure, language) for measure in goal.measures.all())
    return GoalPart(f"{number}.", _written(goal, "text", language), need, lines)


def _measure(measure: Measure, language: str) -> MeasureLine:
    until = short_date(measure.due_on)
    begins = f"{short_date(measure.starts_on)} – " if measure.starts_on else ""
    done = ""
    if measure.status in (MeasureStatus.DONE, MeasureStatus.DROPPED):
        day = short_date(measure.settled_on) if measure.settled_on else ""
        done = f"{measure.get_status_display()} {day}".strip()
    return MeasureLine(
        text=_written(measure, "text", language),
        executor=measure.executor,
        term=f"{begins}{until}",
        success=_written(measure, "success", language),
        done=done,
    )


def _opinions(plan: Plan, language: str) -> tuple[Fact, ...]:
    said = [
        Fact(_("The child's opinion"), _written(plan, "child_opinion", language)),
        Fact(_("The parents' opinion"), _written(plan, "parents_opinion", language)),
    ]
    return tuple(fact for fact in said if fact.value)


def _written(record: Any, name: str, language: str) -> str:
    """The text of this language; where there is none in Russian, the Kyrgyz original; where none in Kyrgyz, the Russian."""
    text: str = getattr(record, f"{name}_{language}")
    other: str = getattr(record, f"{name}_{'ky' if language == 'ru' else 'ru'}")
    return text or other


def _agreed(plan: Plan) -> tuple[str, str]:
    if plan.agreed_on is None:
        return "", ""
    ky, ru = (named(plan.agreed_number, plan.agreed_on, language) for language in LANGUAGES)
    return ky, ru


def _signatures(plan: Plan, day: dt.date | None) -> Iterable[Signature]:
    """Room for ink: parents, the child, the Commission; and who wrote it and who approves it, the seal by the last."""
    yield Signature(plan.parents_names, "Ата-энеси, мыйзамдуу өкүлү", "Родители, законный представитель", None)  # fmt: skip
    child = plan.person.full_name if plan.kind == PlanKind.CHILD and plan.person else ""
    yield Signature(child, "Бала", "Ребёнок", None)
    office, on = plan.case.office, day or clock.today()
    written = clock.local(plan.submitted_at).date() if plan.submitted_at else None
    role = Role.CASEWORKER if _works_as(plan, Role.CASEWORKER, on) else Role.HEAD
    yield signature_of(plan.author, office, role, on, signed_on=written)
    yield Signature("", "Балдар иштери боюнча комиссиянын төрагасы", "Председатель Комиссии по делам детей", None)  # fmt: skip
    if plan.approved_by is not None:
        yield signature_of(plan.approved_by, office, Role.HEAD, on, signed_on=day)
    else:
        yield Signature("", "Башкармалыктын башчысы", "Начальник управления", None)


def _works_as(plan: Plan, role: str, on: dt.date) -> bool:
    held = plan.author.memberships.filter(office=plan.case.office, role=role)
    return held.filter(starts_on__lte=on).exists()


def _legal_basis(language: str) -> tuple[str, ...]:
    """Of the service (clause 4); the times in a plan are the office's own and rest on none of it."""
    version = StandardVersion.objects.in_force(clock.today())
    acts = version.legal_basis_ru if language == "ru" else version.legal_basis_ky
    return tuple(line.strip() for line in acts.splitlines() if line.strip())
