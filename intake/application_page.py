"""What an application's page shows: who, what was decided, what can be done next, and what was refused before."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Address
from core import clock
from offices.models import User

from . import application_permissions as may
from .enums import ApplicationStatus
from .models import Application, ApplicationPerson, EligibilityDecision
from .services.applications import actual_address_of
from .sources import source_of

STATES = {
    ApplicationStatus.REGISTERED: "mine",
    ApplicationStatus.RETURNED: "mine",
    ApplicationStatus.ELIGIBLE: "soon",
    ApplicationStatus.PROPOSED: "soon",
    ApplicationStatus.OPENED: "in-time",
    ApplicationStatus.REFUSED: "sealed",
    ApplicationStatus.WITHDRAWN: "calm",
}


def with_people(applications: "QuerySet[Application]") -> "QuerySet[Application]":
    """``applications`` with who is named in each (``named``), in one query more."""
    people = ApplicationPerson.objects.filter(is_left_out=False).select_related("school")
    return applications.prefetch_related(Prefetch("people", people, "named"))


def with_rows(applications: "QuerySet[Application]") -> "QuerySet[Application]":
    """``applications`` with all that the page shows."""
    decisions = EligibilityDecision.objects.select_related(
        "decided_by", "confirmed_by", "returned_by"
    ).prefetch_related("categories")
    return with_people(applications).select_related(
        "office", "registered_by", "district", "identified_organisation", "basis_organisation",
        "basis_allowed_by", "basis_scan", "case", "withdrawn_by", "call", "finding__raid", "visitor", "referral",
    ).prefetch_related(Prefetch("decisions", decisions, "told_decisions"))  # fmt: skip


def children_named(application: Application) -> str:
    """The children by name, else who applies; the application must come from :func:`with_people`."""
    people: list[ApplicationPerson] = application.named  # type: ignore[attr-defined]  # prefetched
    children = [row.full_name for row in people if row.is_child]
    return ", ".join(children) or applicant_named(application) or _("Nobody is named yet")


def applicant_named(application: Application) -> str:
    """Who applies; empty for a channel that found the family."""
    people: list[ApplicationPerson] = application.named  # type: ignore[attr-defined]  # prefetched
    mine = next((row.full_name for row in people if row.is_applicant), "")
    return mine or application.applicant_name


def earlier_refusals(application: Application, user: User) -> "QuerySet[Application]":
    """Refusals of the office's own about one of these children, known by PIN or by name. They are never held against anybody."""
    rows = [
        row
        for row in application.named  # type: ignore[attr-defined]  # prefetched
        if row.is_child
    ]
    same = Q(people__pin__in=[row.pin for row in rows if row.pin])
    same |= Q(people__name_key__in=[row.name_key for row in rows if row.name_key])
    refused = Application.objects.content_visible_to(user).filter(
        same, status=ApplicationStatus.REFUSED, people__is_left_out=False
    )
    return refused.exclude(pk=application.pk).select_related("notice").distinct()


def page_of(application: Application, user: User) -> dict[str, Any]:
    """What the page and every step's page of the application is given; for readers of all of it."""
    source = source_of(application)
    return {
        "application": application,
        "title": children_named(application),
        "children": [row for row in application.named if row.is_child],  # type: ignore[attr-defined]  # prefetched
        "adults": [row for row in application.named if not row.is_child],  # type: ignore[attr-defined]  # prefetched
        "applicant": applicant_named(application),
        "state": STATES[ApplicationStatus(application.status)],
        "source": source,
        "source_url": source.url_for(user) if source else "",
        "address": Address(**vars(actual_address_of(application))).line,
        "today": clock.today(),
        "waits": application.days_waiting(clock.today()),
        "shows_decisions": may.can_read_decision(user, application),
        "can": _what_may_be_done(user, application),
    }


def _what_may_be_done(user: User, application: Application) -> dict[str, bool]:
    """For the buttons; the services ask again."""
    return {
        "change": may.can_change_application(user, application),
        "decide": may.can_decide_application(user, application),
        "open": may.can_open_case_from(user, application),
        "settle": may.can_settle_refusal(user, application),
        "withdraw": may.can_withdraw_application(user, application),
        "receipt": application.receipt_id is None and may.can_give_receipt(user, application),
    }


def list_url(view: str = "") -> str:
    return reverse("applications:list") + (f"?view={view}" if view else "")
