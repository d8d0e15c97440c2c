"""The desk's lists: which conclusions stand under which heading, and how many."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .conclusion_sections import SECTIONS
from .enums import ConclusionStatus
from .models import Conclusion, ConclusionMethod


def complete_draft() -> Q:
    """Drafts that can be signed: the condition of ``conclusion_sections.kyrgyz_gaps`` as a query."""
    whole = Q(status=ConclusionStatus.DRAFT, consent__isnull=False)
    for section in SECTIONS:
        if section.text and section.is_required and section.code not in ("consent", "methods"):
            whole &= ~Q(**{f"{section.text}_ky": ""})
    used = ConclusionMethod.objects.filter(conclusion=OuterRef("pk"))
    return (
        whole & (Exists(used) | ~Q(other_methods_ky="")) & (Q(replaces=None) | ~Q(correction_ky=""))
    )


def _headings(user: User) -> dict[str, tuple[str, Q]]:
    """Heading by code: its words, and which of the visible conclusions stand under it."""
    mine = Q(author=user)
    draft = Q(status=ConclusionStatus.DRAFT)
    led = Q(episode__office_id__in=standing(user).offices(Role.HEAD)) & ~mine
    later = Conclusion.objects.filter(replaces=OuterRef("pk"))
    to_mend = Q(status=ConclusionStatus.RETURNED) & mine & ~Exists(later)
    signed = Q(status=ConclusionStatus.SIGNED)
    everything = (pgettext("conclusions", "All"), Q())
    found: dict[str, tuple[str, Q]] = {}
    if standing(user).has(Role.PSYCHOLOGIST, Role.HEAD):
        found[""] = (_("Waiting for me"), draft | to_mend | (signed & led))
    else:
        found[""] = everything
    if standing(user).has(Role.PSYCHOLOGIST):
        found["draft"] = (_("Drafts"), draft)
        found["ready"] = (_("To sign"), complete_draft())
    if standing(user).has(Role.HEAD):
        found["countersign"] = (_("To countersign"), signed & led)
    found["signed"] = (pgettext("conclusions", "Signed"), signed)
    found["returned"] = (
        pgettext("conclusions", "Returned"),
        Q(status=ConclusionStatus.RETURNED),
    )
    found["issued"] = (pgettext("conclusions", "Issued"), Q(status=ConclusionStatus.COUNTERSIGNED))
    if found[""] != everything:
        found["all"] = everything
    return found


def desk_rows(user: User, chosen: str) -> Any:
    """The visible conclusions under the chosen heading, with the rows that a line shows."""
    headings = _headings(user)
    words_and_condition = headings.get(chosen) or headings[""]
    rows = Conclusion.objects.visible_to(user).filter(words_and_condition[1])
    return rows.select_related("author", "episode__case", "episode__person", "episode__office")


def desk_chips(user: User, chosen: str) -> Iterable[dict[str, Any]]:
    """The headings as chips with their counts: one query."""
    headings = _headings(user)
    codes = {code: f"count_{number}" for number, code in enumerate(headings)}
    counts = Conclusion.objects.visible_to(user).aggregate(
        **{
            codes[code]: Count("pk", filter=condition or None)
            for code, (_w, condition) in headings.items()
        }
    )
    current = chosen if chosen in headings else ""
    return [
        {
            "url": f"?state={code}" if code else "?",
            "label": words,
            "count": counts[codes[code]],
            "is_current": code == current,
        }
        for code, (words, _condition) in headings.items()
    ]


def says_author(user: User) -> bool:
    """Whether a line says whose conclusion it is: not on a desk that holds one's own alone."""
    return standing(user).has(Role.HEAD, Role.CASEWORKER, Role.LAWYER)
