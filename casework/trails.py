"""Whose histories stand together on a person's and a family's history page."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .history import Trail
from .models import (
    Accompaniment,
    Address,
    Assessment,
    Case,
    CaseChild,
    Child,
    Closing,
    Consent,
    DraftedDocument,
    Episode,
    Family,
    FamilyMember,
    FollowUp,
    HandOver,
    HiddenFact,
    Measure,
    Meeting,
    Person,
    Phone,
    Plan,
    PlanGoal,
    PlanReview,
    ProtectionOrder,
    Reopening,
    SafetyAlert,
    SafetyNotice,
    Task,
    Transfer,
)
from .people_permissions import IDENTITY_FIELDS


def person_trails(person: Person, cases: list[Case], *, full: bool) -> list[Trail]:
    """The person, and for who reads in full also school, contacts, what is hidden, consents of ``cases``, places in families."""
    whose = frozenset({"person"})
    who = Trail(Person, Q(id=person.pk), _("Who it is"), fields=None if full else IDENTITY_FIELDS)
    if not full:
        return [who]
    hidden = Q(phone__in=Phone.objects.filter(person=person)) | Q(
        address__in=Address.objects.filter(person=person)
    )
    of_person = Q(person=person)
    return [
        who,
        Trail(Child, of_person, _("As a child"), without=whose),
        Trail(Address, of_person, _("Address"), named_by=("kind",), without=whose),
        Trail(Phone, of_person, _("Phone"), named_by=("number",), without=whose),
        Trail(HiddenFact, hidden, _("Hidden"), without=_OF_HIDING),
        Trail(
            Consent,
            of_person & Q(case__in=[case.pk for case in cases]),
            _("Consent"),
            without=whose | {"recorded_by", "recorded_at", "is_written"},
        ),
        Trail(FamilyMember, of_person, _("Place in the family"), without=whose | {"family"}),
    ]


def family_trails(family: Family) -> list[Trail]:
    """How the family lives, and who came and left."""
    return [
        Trail(Family, Q(id=family.pk), _("How the family lives")),
        Trail(
            FamilyMember,
            Q(family=family),
            _("Member"),
            named_by=("person",),
            without=frozenset({"family"}),
        ),
    ]


def case_trails(case: Case) -> list[Trail]:
    """What the case says, whom it is about, its dangers, its help, its consents, and the family beside."""
    of_case, whose = Q(case=case), frozenset({"case"})
    alerts = SafetyAlert.objects.filter(case=case)
    return [
        Trail(Case, Q(id=case.pk), _("Case"), without=_SAID_ELSEWHERE),
        Trail(CaseChild, of_case, _("Child of the case"), named_by=("person",), without=whose),
        Trail(
            SafetyAlert,
            of_case,
            _("Safety alert"),
            named_by=("person",),
            without=whose | _BY_WHOM_AND_WHEN,
        ),
        Trail(
            SafetyNotice,
            Q(alert__in=alerts),
            _("Notice of danger"),
            named_by=("body",),
            without=frozenset({"alert", "given_by"}),
        ),
        Trail(
            Episode,
            of_case,
            _("Help"),
            named_by=("kind", "person"),
            fields=frozenset({"status", "office", "specialist", "return_reason", "end_reason"}),
        ),
        Trail(
            Consent,
            of_case,
            _("Consent"),
            named_by=("person",),
            without=whose | {"recorded_by", "recorded_at", "is_written"},
        ),
        *_plan_trails(case),
        *_keeping_trails(case),
        *family_trails(case.family),
    ]


def _plan_trails(case: Case) -> list[Trail]:
    """Its assessments and plans by their states, and how its measures were carried out."""
    plans = Plan.objects.filter(case=case)
    return [
        Trail(
            Assessment,
            Q(case=case),
            _("Assessment"),
            named_by=("kind", "person"),
            fields=frozenset({"status", "risk_level", "override_reason", "return_reason"}),
        ),
        Trail(
            Plan,
            Q(case=case),
            _("Plan"),
            named_by=("kind", "person"),
            fields=frozenset(
                {"status", "revision", "return_reason", "agreed_number", "agreed_on", "review_on"}
            ),
        ),
        Trail(
            Measure,
            Q(goal__in=PlanGoal.objects.filter(plan__in=plans)),
            _("Measure"),
            named_by=("text_ky",),
            fields=frozenset({"status", "result", "settled_on"}),
        ),
        Trail(
            PlanReview,
            Q(plan__in=plans),
            _("Review of the plan"),
            fields=frozenset({"held_on", "found"}),
        ),
    ]


def _keeping_trails(case: Case) -> list[Trail]:
    """Who was to hold it next, how it ended, and what came after."""
    of_case, asked = Q(case=case), frozenset({"status", "decision_reason"})
    return [
        Trail(
            Transfer,
            of_case,
            _("Transfer to another office"),
            named_by=("to_office",),
            fields=asked | {"reason"},
        ),
        Trail(HandOver, of_case, _("Hand-over of a case"), named_by=("to",), fields=asked),
        Trail(
            Closing,
            of_case,
            _("Closing of the case"),
            fields=asked | {"reason", "goals", "risk_now", "follower"},
        ),
        Trail(
            FollowUp,
            of_case,
            _("Follow-up after the closing"),
            named_by=("months",),
            fields=frozenset({"status", "made_on", "found", "due_on"}),
        ),
        Trail(
            Reopening,
            of_case,
            _("Reopening of the case"),
            fields=frozenset({"reason", "responsible", "closed_on"}),
        ),
    ]


def meeting_trail(meeting: Meeting) -> Trail:
    """What was planned and written of a meeting. The private note is no part of it."""
    said = {"episode", "recorded_by", "standard", "limit_minutes", "amber_minutes"}
    return Trail(Meeting, Q(id=meeting.pk), _("Meeting"), without=frozenset(said))


def accompaniment_trail(accompaniment: Accompaniment) -> Trail:
    """What was planned and written of an accompaniment."""
    said = {"case", "episodes", "follows", "recorded_by", "recorded_at"}
    itself = Q(id=accompaniment.pk)
    return Trail(Accompaniment, itself, _("Accompaniment"), without=frozenset(said))


def order_trail(order: ProtectionOrder) -> Trail:
    said = frozenset({"episode", "recorded_by"})
    return Trail(ProtectionOrder, Q(id=order.pk), _("Protection order"), without=said)


def document_trail(document: DraftedDocument) -> Trail:
    said = frozenset({"episode", "recorded_by"})
    return Trail(DraftedDocument, Q(id=document.pk), _("Drafted document"), without=said)


def task_trail(task: Task) -> Trail:
    said = frozenset({"case", "made_by", "settled_by", "settled_at"})
    return Trail(Task, Q(id=task.pk), _("Task"), without=said)


_BY_WHOM_AND_WHEN = frozenset({"raised_by", "raised_at", "lifted_by", "lifted_at"})
# Whose it is and by whom, which the entry says itself.
_OF_HIDING = frozenset({"phone", "address", "set_by", "set_at", "lifted_by"})
# What the page says anyway, and marks of the product's own.
_SAID_ELSEWHERE = frozenset(
    {"number", "office", "family", "standard", "opened_at", "opened_by", "assigned_at"}
    | {"basis_scan", "basis_received_at", "basis_word_confirmed_at", "basis_word_withdrawn_at"}
)
