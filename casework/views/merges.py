"""Two records of one person: proposed, answered by the other record's head, parted again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from .. import keeping_permissions as may
from ..forms.cases import ReasonForm
from ..forms.keeping import AnswerMergeForm, AnswerPartingForm, BringTogetherForm
from ..keeping_enums import MergeStatus
from ..lookalikes import Sought, known_like
from ..merge_page import MergePage, merge_page
from ..models import Person, PersonMerge
from ..services import merges as services
from .keeping_steps import done
from .records import allow, find_person

READ_FOR = "whether two records are of one person"


@client_page
def bring_together(request: HttpRequest, person: UUID) -> HttpResponse:
    """The head says that a record is of the same person as another, seen or only known elsewhere."""
    found, _cases = find_person(request, person)
    allow(may.can_propose_merge(request.user, found))
    sought = Sought(found.surname, found.given_name, found.birth, found.sex, found.pin)
    likely = [p.pk for p in known_like(sought, request.user) if p.pk != found.pk]
    form = kept_form(
        BringTogetherForm,
        request,
        f"merge:{person}",
        likely=Person.objects.filter(pk__in=likely),
        initial={
            "surname": found.surname,
            "given_name": found.given_name,
            "born_on": found.birth_on,
            "pin": found.pin,
        },
    )
    form.cancel_url = found.get_absolute_url()
    if request.method == "POST" and form.is_valid() and (answer := _proposed(request, form, found)):
        return answer
    return TemplateResponse(
        request, "casework/merge_propose.html", {"form": form, "person": found, "likely": likely}
    )


def _proposed(request: HttpRequest, form: Any, person: Person) -> HttpResponse | None:
    said = form.cleaned_data
    if other := said["other"]:

        def act() -> str:
            merge = services.bring_together(person, other, said["reason"], actor=request.user)
            return merge.get_absolute_url()

        return save_once(request, form, act)
    try:
        attempt = services.ask_elsewhere(request.user)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
    sought = Sought(said["surname"], said["given_name"], form.birth(), person.sex, said["pin"])

    def ask() -> str:
        made = services.propose_elsewhere(person, sought, said["reason"], actor=request.user)
        return made[0].get_absolute_url()

    answer = save_once(request, form, ask)
    if answer is not None:
        attempt.succeeded()
        messages.success(request, _("The head of the other office has been asked."))
    return answer


@client_page(kind=ReadKind.LIST)
def merges(request: HttpRequest) -> HttpResponse:
    """What the reader has proposed and been asked."""
    if not standing(request.user).has(Role.HEAD):
        raise PermissionDenied
    rows = PersonMerge.objects.visible_to(request.user).select_related("office", "proposed_by")[:50]
    to_answer = set(PersonMerge.objects.to_answer_by(request.user).values_list("pk", flat=True))
    return TemplateResponse(
        request, "casework/merge_list.html", {"merges": [(m, m.pk in to_answer) for m in rows]}
    )


@client_page
def show_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One proposal: to who proposed their record and the answer; to the other head what is needed to decide, beside theirs."""
    page = _find(request, pk)
    merge, form = page.merge, None
    if may.can_answer_merge(request.user, merge):
        form = kept_form(AnswerMergeForm, request, f"merge-answer:{pk}")
        if request.method == "POST" and form.is_valid():

            def act() -> str:
                if form.says_yes:
                    services.agree_merge(merge, actor=request.user)
                else:
                    services.refuse_merge(merge, form.cleaned_data["reason"], actor=request.user)
                return merge.get_absolute_url()

            if answer := save_once(request, form, act):
                return answer
    elif may.can_answer_parting(request.user, merge):
        form = kept_form(AnswerPartingForm, request, f"merge-parting:{pk}")
        if request.method == "POST" and form.is_valid():

            def part() -> str:
                agrees = form.cleaned_data["answer"] == "yes"
                step = services.agree_parting if agrees else services.refuse_parting
                return step(merge, actor=request.user).get_absolute_url()

            if answer := save_once(request, form, part):
                return answer
    return TemplateResponse(request, "casework/merge.html", {"page": page, "form": form})


@client_page
def part_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Either head says that they were two persons after all."""
    page = _find(request, pk)
    merge = page.merge
    allow(may.can_ask_parting(request.user, merge))
    form = kept_form(ReasonForm, request, f"merge-part:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            reason = form.cleaned_data["reason"]
            return services.ask_parting(merge, reason, actor=request.user).get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return TemplateResponse(
        request, "casework/merge.html", {"page": page, "form": form, "parts": True}
    )


@client_page
@require_POST
def withdraw_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    page = _find(request, pk)
    allow(may.can_withdraw_merge(request.user, page.merge))
    return done(
        request,
        lambda: services.withdraw_merge(page.merge, actor=request.user),
        page.merge.get_absolute_url(),
    )


def _find(request: HttpRequest, pk: UUID) -> MergePage:
    rows = PersonMerge.objects.visible_to(request.user).select_related(
        "ours", "theirs", "office", "proposed_by", "decided_by", "part_asked_by", "parted_by"
    )
    merge: PersonMerge = get_object_or_404(rows, pk=pk)
    page = merge_page(merge, request.user)
    shown = [side.person for side in page.sides]
    reason = READ_FOR if merge.status == MergeStatus.PROPOSED else ""
    note_read(request, *shown, *page.cases, reason=reason)
    return page
