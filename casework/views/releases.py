"""Releases of information: the register, one release, the request, the paper."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django_tables2 import RequestConfig

from core.saving import kept_form, save_once
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing
from papers.attachments import serve_paper

from .. import release_permissions as may
from ..enums import ReleaseStatus
from ..forms.releases import AskReleaseForm, HandOutForm
from ..models import Case, Conclusion, Person, Release
from ..release_register import (
    STATE_KINDS,
    ReleaseTable,
    reads_names,
    register_chips,
    register_rows,
)
from ..release_sources import source_of
from ..services.releases import ask_release
from .conclusions import conclusion_context, find_conclusion

WHO_HAVE_REGISTERS = (*may.ASKING_ROLES, Role.AUDITOR)


@client_page(kind=ReadKind.LIST)
def show_register(request: HttpRequest) -> HttpResponse:
    """Every release that the reader may know of, with its legal ground."""
    if not standing(request.user).has(*WHO_HAVE_REGISTERS):
        raise PermissionDenied
    chosen = request.GET.get("state", "")
    table = ReleaseTable(register_rows(request.user, chosen), names=reads_names(request.user))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    for row in table.paginated_rows:
        note_read(request, row.record, *_case_of(row.record))
    context = {
        "table": table,
        "chips": register_chips(request.user, chosen),
        "can_export": may.can_export_register(request.user),
        "chosen": chosen,
    }
    return TemplateResponse(request, "casework/release_register.html", context)


@client_page
def show_release(request: HttpRequest, pk: str) -> HttpResponse:
    """One release: what is asked, by whom, on what ground, what became of it."""
    release = find_release(request, pk)
    context = release_context(request, release)
    return TemplateResponse(request, "casework/release_page.html", context)


@client_page
def ask(request: HttpRequest, conclusion: str) -> HttpResponse:
    """Ask for a copy or an extract of an issued conclusion."""
    found = find_conclusion(request, conclusion)
    if not may.can_ask_release(request.user, found):
        raise PermissionDenied
    form = kept_form(
        AskReleaseForm,
        request,
        f"release-ask:{found.pk}",
        initial={"what": "extract"},
        cancel_url=found.get_absolute_url(),
    )

    def carry_out() -> str:
        asked = {name: form.cleaned_data[name] for name in AskReleaseForm.ASKED}
        what = form.cleaned_data["what"]
        return ask_release(found, form=what, actor=request.user, **asked).get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        return answer
    context = {**conclusion_context(request, found), "form": form}
    return TemplateResponse(request, "casework/release_ask.html", context)


@client_page(kind=ReadKind.PAPER)
def open_paper(request: HttpRequest, pk: str) -> HttpResponse:
    """The released paper's bytes, as they were fixed."""
    release = find_release(request, pk)
    if release.paper is None:
        raise Http404
    return serve_paper(release.paper)


def _case_of(release: Release) -> list[Case]:
    """The case where there is one: an answer to whoever referred may come before it."""
    return [release.case] if release.case else []


def find_release(request: HttpRequest, pk: str) -> Release:
    """The release with all that its pages show, its reading noted; 404 where the reader may not know of it."""
    rows = (
        Release.objects.visible_to(request.user)
        .select_related(
            "office",
            "case__office",
            "case__responsible",
            "conclusion__author",
            "conclusion__episode__office",
            "conclusion__episode__person",
            "conclusion__episode__specialist",
            "access_report__person",
            "ground",
            "recipient",
            "requested_by",
            "decided_by",
            "handed_by",
            "extract_signed_by",
            "paper",
        )
        .defer("paper__pdf")
    )
    release: Release = get_object_or_404(rows, pk=pk)
    person = whose(release)
    note_read(request, release, *_case_of(release), *([person] if person else []))
    return release


def whose(release: Release) -> Person | None:
    """Whose examination, or whose file, it tells of."""
    if release.conclusion:
        return release.conclusion.episode.person
    return release.access_report.person if hasattr(release, "access_report") else None


def release_context(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What every page of a release is given."""
    user = request.user
    conclusion = release.conclusion
    reads_it = (
        bool(conclusion) and Conclusion.objects.visible_to(user).filter(pk=conclusion.pk).exists()
    )
    return {
        "release": release,
        "case": release.case,
        "conclusion": conclusion,
        "reads_conclusion": reads_it,
        "source_url": source_of(release),
        "person": whose(release),
        "state_kind": STATE_KINDS[ReleaseStatus(release.status)],
        "hand_out_form": HandOutForm(),
        "may": {
            "write": may.can_write_extract(user, release),
            "take_back": may.can_take_extract_back(user, release),
            "decide": may.can_decide_release(user, release),
            "grant": may.can_grant_release(user, release),
            "hand_out": may.can_hand_out_release(user, release),
        },
    }
