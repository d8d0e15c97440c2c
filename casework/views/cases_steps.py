"""The head's and the worker's steps in a case's life: who answers, who is kept out, the basis, what the case says."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import people_in
from papers.attachment_desk import original_page
from papers.attachments import serve_attachment

from .. import permissions as may
from ..conflict_desk import ConflictDesk
from ..forms.cases import AssignForm, ReasonForm, WordForm
from ..forms.changes import BasisForm, ChangeForm
from ..models import Case
from ..services import cases as services
from .cases import case_strip, find_case


def opened_case(request: HttpRequest, pk: UUID) -> Case:
    """The case for a step in it, its read noted."""
    case = find_case(request, pk)
    children = case.child_places.all() if may.can_read_names(request.user, case) else []
    note_read(request, case, *(place.person for place in children))
    return case


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def step_page(
    request: HttpRequest, case: Case, heading: str, form: Any, **more: Any
) -> HttpResponse:
    """A short form under the case's strip; ``more``: about, save, danger, cancel_url, template."""
    template = more.pop("template", "casework/case_step.html")
    bare = {"about": "", "danger": False, "has_files": False, "cancel_url": ""}
    context = {**case_strip(request, case), **bare, "heading": heading, "form": form, **more}
    return TemplateResponse(request, template, context)


@client_page
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head chooses who answers for the case, seeing what each holds already."""
    case = opened_case(request, pk)
    refuse_unless(may.can_assign_case(request.user, case))
    workers = services.workers_with_load(case.office, besides=services.shut_out(case))
    form = kept_form(
        AssignForm,
        request,
        f"case-assign:{pk}",
        workers=workers,
        initial={"worker": case.responsible_id},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            chosen = form.cleaned_data["worker"]
            return services.assign_case(case, chosen, actor=request.user).get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(request, case, _("Assign a worker"), form, save=_("Assign"))


@client_page
def restrict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head restricts the case, or lifts the restriction, with a reason."""
    case = opened_case(request, pk)
    refuse_unless(may.can_restrict_case(request.user, case))
    form = kept_form(ReasonForm, request, f"case-restrict:{pk}")
    step = services.unrestrict_case if case.is_restricted else services.restrict_case
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            changed = step(case, form.cleaned_data["reason"], actor=request.user)
            return changed.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    if case.is_restricted:
        heading, about = _("Lift the restriction"), _("The office will see again whose case it is.")
    else:
        heading = _("Restrict the case")
        about = _(
            "Only the responsible worker, those who give help and the head will see whose case it is."
        )
    return step_page(request, case, heading, form, about=about, save=heading)


def _who_may_be_named(case: Case) -> set[UUID]:
    """Those of the office who may know of the case, and the specialists of its episodes."""
    able = {person.pk for person in people_in(case.office_id, "operator", "caseworker", "head")}
    return able | set(case.episodes.exclude(specialist=None).values_list("specialist", flat=True))


CONFLICTS = ConflictDesk(
    name="case",
    namespace="cases",
    find=opened_case,
    frame="casework/case_base.html",
    context=case_strip,
    may_declare=may.can_declare_conflict,
    leads=may.can_declare_conflict_of_others,
    workers=_who_may_be_named,
    declare=services.declare_conflict,
    end=services.end_conflict,
    way_out="cases:list",
    about=gettext_lazy("Whoever is shut out sees nothing of the case any longer, heads included."),
)


@client_page
def settle_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head confirms the word on which help began without a document, or takes it back with a reason."""
    case = opened_case(request, pk)
    refuse_unless(may.can_lead_case(request.user, case) and case.is_basis_awaited)
    form = kept_form(WordForm, request, f"case-word:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            if said["answer"] == "confirm":
                services.confirm_basis_word(case, actor=request.user)
            else:
                services.withdraw_basis_word(case, said["reason"], actor=request.user)
            return case.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(request, case, _("Help without a document"), form, save=_("Save"))


@client_page
def receive_basis(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The awaited document has come; or what is written of the one at hand is put right, its scan added."""
    case = opened_case(request, pk)
    refuse_unless(may.can_receive_basis(request.user, case))
    initial = {} if case.is_basis_awaited else BasisForm.said_by(case)
    form = kept_form(BasisForm, request, f"case-basis:{pk}", record=case, initial=initial)
    is_sound = request.method == "POST" and form.is_valid()
    form.keep_scan(request.user)
    if is_sound:

        def act() -> str:
            step = services.receive_basis if case.is_basis_awaited else services.change_basis
            seen = form.cleaned_data["record_version"]
            step(case, form.basis(), actor=request.user, seen_version=seen)
            return case.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("The document has come") if case.is_basis_awaited else _("Basis document")
    return step_page(request, case, heading, form, save=_("Save"), has_files=True)


@client_page(kind=ReadKind.PAPER)
def show_basis_scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The scan of the basis document, for whoever reads the case."""
    case = opened_case(request, pk)
    refuse_unless(may.can_read_case(request.user, case))
    if case.basis_scan is None:
        raise Http404
    return serve_attachment(case.basis_scan)


@client_page
def unseal_basis_scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sealed original of that scan as evidence: for the head who reads the case, with a reason."""
    case = opened_case(request, pk)
    refuse_unless(may.can_unseal_case(request.user, case))
    if case.basis_scan is None:
        raise Http404
    return original_page(request, case, case.basis_scan)


@client_page
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the case says of its beginning, its situation and its risk."""
    case = opened_case(request, pk)
    refuse_unless(may.can_change_case(request.user, case))
    form = kept_form(
        ChangeForm,
        request,
        f"case-change:{pk}",
        record=case,
        case=case,
        initial=ChangeForm.said_by(case),
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            services.change_case(
                case,
                identification=form.identification(),
                reason=said["reason"],
                categories=said["categories"],
                risk_level=said["risk_level"],
                actor=request.user,
                seen_version=said["record_version"],
            )
            return case.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(request, case, _("Change the summary"), form, save=_("Save"))
