"""Considering a complaint: by whom, findings, measures, explanations, conflicts of interest."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.conflict_desk import ConflictDesk
from core.saving import kept_form, save_once
from offices.models import Membership
from offices.reading import client_page, note_read
from offices.standing import standing

from .. import permissions as may
from ..complaint_page import strip_of
from ..forms.steps import (
    AskForm,
    CheckForm,
    ConsideringForm,
    ExplanationForm,
    FindingForm,
    MeasureForm,
)
from ..leadership import CONSIDERING_ROLES
from ..models import Complaint, Explanation, Measure, Point
from ..permissions import RECEIVING_ROLES
from ..services import considering as services
from .steps import find_complaint, refuse_unless, take_step


@client_page
def set_considering(request: HttpRequest, pk: str) -> HttpResponse:
    """The leadership gives it to somebody: never to whom it is about, nor to their workers."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_set_considering(request.user, complaint))
    return take_step(
        request,
        complaint,
        ConsideringForm,
        "considering",
        lambda form: services.set_considering(complaint, **form.said, actor=request.user),
        _("Who considers it"),
        about=_(
            "The person it is about, and whoever declared a conflict of interest, are not offered."
        ),
        done=_("The person is told."),
    )


@client_page
def find(request: HttpRequest, pk: str, point: str) -> HttpResponse:
    """What was found of one point."""
    complaint = find_complaint(request, pk)
    found = get_object_or_404(Point, complaint=complaint, pk=point)
    refuse_unless(may.can_consider_complaint(request.user, complaint))

    def act(form: FindingForm) -> None:
        said = form.said
        files = [said["file"]] if said["file"] else []
        services.record_finding(
            found,
            finding=said["finding"],
            evidence=said["evidence"],
            files=files,
            actor=request.user,
        )

    return take_step(
        request,
        complaint,
        FindingForm,
        "finding",
        act,
        _("What was found"),
        of=found.pk,
        text=str(found),
        initial={"finding": found.finding, "evidence": found.evidence},
    )


@client_page
def add_measure(request: HttpRequest, pk: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_consider_complaint(request.user, complaint))
    return take_step(
        request,
        complaint,
        MeasureForm,
        "measure",
        lambda form: services.set_measure(complaint, **form.said, actor=request.user),
        _("A measure"),
    )


@client_page
def check_measure(request: HttpRequest, pk: str, measure: str) -> HttpResponse:
    """Whether it was carried out."""
    complaint = find_complaint(request, pk)
    rows = Measure.objects.filter(complaint=complaint).select_related("complaint")
    found = get_object_or_404(rows, pk=measure)
    refuse_unless(may.can_check_measure(request.user, found))
    return take_step(
        request,
        complaint,
        CheckForm,
        "check",
        lambda form: services.check_measure(found, **form.said, actor=request.user),
        _("Was it carried out?"),
        of=found.pk,
        text=found.text,
    )


@client_page
def ask_explanation(request: HttpRequest, pk: str) -> HttpResponse:
    """The leadership puts points to somebody, in its own words."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_ask_explanation(request.user, complaint))
    return take_step(
        request,
        complaint,
        AskForm,
        "ask",
        lambda form: services.ask_explanation(complaint, **form.said, actor=request.user),
        _("Ask for an explanation"),
        initial={"person": complaint.about_person_id},
        done=_("The person is asked."),
    )


@client_page
def explain(request: HttpRequest, pk: str) -> HttpResponse:
    """What one was asked, and one's own words: nothing else of the complaint."""
    if not standing(request.user).has():
        raise Http404
    rows = Explanation.objects.filter(person=request.user).select_related("complaint", "asked_by")
    asked = get_object_or_404(rows, pk=pk)
    note_read(request, asked)
    context = {"asked": asked, "form": None}
    if asked.given_at is None:
        here = reverse("complaints:explain", args=[asked.pk])
        form = kept_form(
            ExplanationForm,
            request,
            f"complaint-explain:{asked.pk}",
            complaint=asked.complaint,
            actor=request.user,
            cancel_url="/",
        )

        def carry_out() -> str:
            services.give_explanation(asked, **form.said, actor=request.user)
            return here

        sent = request.method == "POST" and form.is_valid()
        if sent and (answer := save_once(request, form, carry_out)):
            return answer
        context["form"] = form
    return TemplateResponse(request, "complaints/explanation.html", context)


def _who_may_be_named(complaint: Complaint) -> set[UUID]:
    """Whoever works with clients today, in whatever office."""
    active = Membership.objects.active().filter(role__in=(*CONSIDERING_ROLES, *RECEIVING_ROLES))
    return set(active.filter(user__is_active=True).values_list("user", flat=True))


CONFLICTS = ConflictDesk(
    name="complaint",
    namespace="complaints",
    find=find_complaint,
    frame="complaints/base.html",
    context=lambda request, complaint: strip_of(complaint),
    may_declare=may.can_declare_conflict,
    leads=may.can_declare_conflict_of_others,
    workers=_who_may_be_named,
    declare=services.declare_conflict,
    end=services.end_conflict,
    way_out="reports:my_day",
    about=gettext_lazy("Whoever has one does not see this complaint any more."),
)
