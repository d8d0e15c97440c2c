"""What the pages of one conclusion show beside its text: the steps it has gone, what is missing, what to look at."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from offices.models import User

from . import conclusion_permissions as may
from .conclusion_facts import examined_on
from .conclusion_sections import LANGUAGES, SECTIONS
from .enums import ConclusionStatus
from .models import Conclusion, ConclusionMethod, PsychologicalMethod
from .papers import CaseworkPaper, Section
from .wording import Caution, cautions

# What is shown of a conclusion comes in these rows: the same queries for every page of it.
RELATED = (
    "author",
    "consent__given_by",
    "countersigned_by",
    "returned_by",
    "replaces",
    "paper",
    "signed_scan",
    "episode__office",
    "episode__person",
    "episode__specialist",
    "episode__case__office",
    "episode__case__basis_organisation",
    "episode__case__responsible",
)


def with_rows(conclusions: Any) -> Any:
    """``conclusions`` with all the rows that a page of one shows."""
    methods = ConclusionMethod.objects.select_related("method")
    return (
        conclusions.select_related(*RELATED)
        .defer("paper__pdf")
        .prefetch_related(Prefetch("used_methods", methods))
    )


@dataclass(frozen=True)
class Step:
    """A step in the life of a conclusion, for its timeline."""

    at: Any
    title: str
    by: Any = None
    text: str = ""
    icon: str = ""
    url: str = ""


def steps_of(conclusion: Conclusion) -> list[Step]:
    """Newest first."""
    steps = [Step(conclusion.created_at, _("Begun"), conclusion.author)]
    if conclusion.signed_at:
        title = _("Signed by the psychologist")
        steps.append(Step(conclusion.signed_at, title, conclusion.author))
    if conclusion.returned_at:
        taken_back = conclusion.returned_by_id == conclusion.author_id
        title = _("Taken back by the author") if taken_back else _("Returned with remarks")
        steps.append(
            Step(conclusion.returned_at, title, conclusion.returned_by, conclusion.return_reason)
        )
    if conclusion.countersigned_at:
        title = _("Countersigned by the head; the paper is fixed")
        steps.append(Step(conclusion.countersigned_at, title, conclusion.countersigned_by))
    return steps[::-1]


STATE_KINDS = {
    ConclusionStatus.DRAFT: "",
    ConclusionStatus.SIGNED: "soon",
    ConclusionStatus.RETURNED: "late",
    ConclusionStatus.COUNTERSIGNED: "in-time",
}


def state_kind(conclusion: Conclusion) -> str:
    """Which of the look's states stands for the conclusion's; the draft is calm."""
    return STATE_KINDS[ConclusionStatus(conclusion.status)]


def paired_sections(paper: CaseworkPaper) -> list[tuple[Section, Section]]:
    """The sections of the paper in Kyrgyz, each with its Russian one."""
    return list(zip(paper.texts[0].sections, paper.texts[1].sections, strict=True))


def allowed(user: User, conclusion: Conclusion) -> dict[str, bool]:
    """What the reader may do with it now, by verb."""
    return {
        "write": may.can_write_conclusion(user, conclusion),
        "countersign": may.can_countersign_conclusion(user, conclusion),
        "return": may.can_return_conclusion(user, conclusion),
        "correct": may.can_correct_conclusion(user, conclusion),
        "attach": may.can_attach_scan(user, conclusion),
        "discard": may.can_discard_conclusion(user, conclusion),
    }


def cautions_of(conclusion: Conclusion) -> dict[str, list[Caution]]:
    """Unfit words by field; fields without any are left out."""
    found = {}
    for section in SECTIONS:
        for language in LANGUAGES if section.text else ():
            name = f"{section.text}_{language}"
            if words := cautions(getattr(conclusion, name)):
                found[name] = words
    return found


def methods_without_reason(conclusion: Conclusion) -> list[PsychologicalMethod]:
    """Methods made for other ages that nobody has given a reason for."""
    age = conclusion.episode.person.age_on(examined_on(conclusion.episode))
    return [
        used.method
        for used in conclusion.used_methods.all()
        if not used.method.suits(age) and not (used.age_reason_ky or used.age_reason_ru)
    ]
