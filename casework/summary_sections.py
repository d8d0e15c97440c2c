"""What a case's summary may say, section by section, each from the records as they stand.

A section is a code, a title and a builder: of the case, in the language that is active. No address and no phone is among
them, and of a conclusion only its number: whoever needs the text asks for its release.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core import clock
from papers import dates

from .accompaniment_enums import RECORDED, AccompanimentKind
from .conclusion_facts import birth_words, education_place_of, referral_words
from .enums import ConclusionStatus, EpisodeStatus, MeetingStatus
from .models import Accompaniment, Assessment, Case, Conclusion, Episode, Plan, SafetyAlert
from .papers import Fact

Lines = tuple[tuple[Fact, ...], tuple[str, ...], str]
Builder = Callable[[Case, str], Lines]


@dataclass(frozen=True)
class SummarySection:
    """One section that can be chosen: what the form calls it, and what stands in it (facts, list, text)."""

    code: str
    title: str | Promise
    build: Builder


def children(case: Case, language: str) -> Lines:
    """Who they are, what they learn."""
    facts = []
    for place in case.child_places.select_related("person__child__school"):
        person = place.person
        child = getattr(person, "child", None)
        said = [birth_words(person), education_place_of(child, language)]
        facts.append(Fact(person.full_name, ", ".join(part for part in said if part)))
    return tuple(facts), (), ""


def family(case: Case, _language: str) -> Lines:
    """Who belongs to it now, and what they are to the children; the drawing stands beside."""
    members = case.family.members.filter(to_on=None).select_related("person")
    facts = [
        Fact(member.person.full_name, ", ".join(filter(None, _about_member(member))))
        for member in members
    ]
    return tuple(facts), (), ""


def _about_member(member: object) -> Iterable[str]:
    person = member.person  # type: ignore[attr-defined]  # a FamilyMember
    yield str(member.relation_shown)  # type: ignore[attr-defined]  # a FamilyMember
    yield person.birth.age_in_words(clock.today())


def beginning(case: Case, language: str) -> Lines:
    """How the family was found (clause 3), the basis (clause 12), the situation, the reason as it was written."""
    found = [str(case.get_identified_by_display())]
    if case.identified_organisation:
        found.append(getattr(case.identified_organisation, f"name_{language}"))
    found.append(case.identified_text)
    situations = [getattr(c, f"name_{language}") for c in case.categories.all()]
    facts = (
        Fact(_("How the family was found"), ", ".join(part for part in found if part)),
        Fact(_("Basis document"), referral_words(case, language)),
        Fact(_("Opened"), dates.short_date(clock.local(case.opened_at).date())),
        Fact(_("Situation"), "; ".join(situations)),
        Fact(_("Risk"), str(case.get_risk_level_display())),
    )
    return tuple(fact for fact in facts if fact.value), (), case.reason


def dangers(case: Case, _language: str) -> Lines:
    """The dangers that were written down, and to whom notice was given."""
    items = []
    alerts = SafetyAlert.objects.filter(case=case).prefetch_related("notices")
    for alert in alerts.order_by("raised_at"):
        day = dates.short_date(clock.local(alert.raised_at).date())
        told = [
            f"{notice.get_body_display()}, {dates.short_date(clock.local(notice.given_at).date())}"
            for notice in alert.notices.all()
        ]
        notices = _("notice given: %(bodies)s") % {"bodies": "; ".join(told)} if told else ""
        items.append(". ".join(part for part in (f"{day}: {alert.text}", notices) if part))
    return (), tuple(items), ""


def assessment(case: Case, language: str) -> Lines:
    """The latest assessment that holds: each domain that was assessed, and the risk."""
    latest = Assessment.objects.filter(case=case).valid().order_by("-finished_at").first()
    if latest is None:
        return (), (), ""
    facts = (
        [Fact(str(latest.get_kind_display()), dates.short_date(latest.assessed_on))]
        if latest.assessed_on
        else []
    )
    for score in latest.scores.select_related("domain").exclude(score=None):
        name = getattr(score.domain, f"name_{language}")
        facts.append(
            Fact(name, ". ".join(filter(None, [str(score.get_score_display()), score.evidence])))
        )
    facts.append(Fact(_("Risk"), str(latest.get_risk_level_display())))
    return tuple(facts), (), latest.conclusion  # fmt: skip


def plan(case: Case, language: str) -> Lines:
    """The plans in force: their goals and measures, and how far these are."""
    items = []
    plans = Plan.objects.filter(case=case).in_force().prefetch_related("goals__measures")
    for one in plans:
        for goal in one.goals.all():
            named = getattr(goal, f"text_{language}") or goal.text_ky
            for measure in goal.measures.all():
                done = measure.get_status_display()
                words = getattr(measure, f"text_{language}") or measure.text_ky
                until = dates.short_date(measure.due_on)
                items.append(f"{named}: {words} ({until}, {done})")
    return (), tuple(items), ""


def help_given(case: Case, _language: str) -> Lines:
    """Each help by its kind, from when to when, how many meetings, how it ended; nothing of what was said."""
    items = []
    episodes = Episode.objects.filter(case=case).select_related("person", "office")
    begun = episodes.exclude(status__in=[EpisodeStatus.REQUESTED, EpisodeStatus.RETURNED])
    for episode in begun.prefetch_related("meetings").order_by("requested_at"):
        held = sum(m.status == MeetingStatus.HELD for m in episode.meetings.all())
        since = dates.short_date(clock.local(episode.decided_at or episode.requested_at).date())
        until = episode.completed_on or episode.ended_on
        span = f"{since}–{dates.short_date(until)}" if until else since
        meetings = _("meetings held: %(count)d") % {"count": held}
        items.append(
            f"{episode.person.full_name}: {episode.get_kind_display()}, {span}, "
            f"{episode.get_status_display()}, {meetings}"
        )
    return (), tuple(items), ""


def in_court(case: Case, _language: str) -> Lines:
    return _accompaniments(case, court=True)


def to_organisations(case: Case, _language: str) -> Lines:
    return _accompaniments(case, court=False)


def _accompaniments(case: Case, *, court: bool) -> Lines:
    """Clause 5: those that took place, with what came of them."""
    found = Accompaniment.objects.filter(case=case, status__in=RECORDED)
    wanted = found.filter(kind=AccompanimentKind.COURT) if court else found.exclude(kind=AccompanimentKind.COURT)  # fmt: skip
    items = [
        ". ".join(
            part
            for part in (
                f"{dates.short_date(a.on)}: {a.where or a.get_kind_display()}",
                a.purpose,
                str(a.get_status_display()),
                a.result,
            )
            if part
        )
        for a in wanted.select_related("organisation").order_by("on")
    ]
    return (), tuple(items), ""


def conclusions(case: Case, _language: str) -> Lines:
    """Which conclusions there are, by number and day alone."""
    issued = Conclusion.objects.filter(
        episode__case=case, status=ConclusionStatus.COUNTERSIGNED, paper__replaced_by=None
    )
    items = [
        f"№ {c.number}, {dates.short_date(clock.local(c.signed_at).date())}"
        for c in issued.order_by("signed_at")
        if c.signed_at
    ]
    return (), tuple(items), ""


SECTIONS = (
    SummarySection("children", gettext_lazy("Children"), children),
    SummarySection("family", gettext_lazy("Family"), family),
    SummarySection("beginning", gettext_lazy("How the case began"), beginning),
    SummarySection("dangers", gettext_lazy("Dangers and notices"), dangers),
    SummarySection("assessment", gettext_lazy("Latest assessment"), assessment),
    SummarySection("plan", gettext_lazy("Plan and its measures"), plan),
    SummarySection("help", gettext_lazy("Help given"), help_given),
    SummarySection("court", gettext_lazy("Accompaniment in court"), in_court),
    SummarySection("social", gettext_lazy("Accompaniment to organisations"), to_organisations),
    SummarySection("conclusions", gettext_lazy("Psychologist's conclusions"), conclusions),
)
BY_CODE = {section.code: section for section in SECTIONS}


def choices() -> list[tuple[str, str | Promise]]:
    return [(section.code, section.title) for section in SECTIONS]


def nothing_here() -> str:
    return pgettext("summary", "Nothing is written down.")
