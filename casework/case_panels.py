"""The panels that cases themselves hang on their page: the summary, and the papers of the basis."""

from django.http import HttpRequest

from . import permissions as may
from .closing_words import reasons_said
from .models import Case
from .panels import Panel, register_panel


def summary_panel(request: HttpRequest, case: Case) -> Panel:
    """How the family was found, on what basis, why, and how far things are."""
    said = (
        Case.objects.filter(pk=case.pk)
        .select_related(
            "identified_organisation",
            "basis_organisation",
            "basis_allowed_by",
            "opened_by",
            "standard",
        )
        .get()
    )
    return Panel(
        "casework/case_summary.html",
        {
            "said": said,
            "categories": said.categories.all(),
            "closing_reason": reasons_said()(said.closing_reason),
        },
    )


def basis_panel(request: HttpRequest, case: Case) -> Panel:
    """The basis document and its scan, first among the papers."""
    allowed = {
        "can_change": may.can_receive_basis(request.user, case),
        "can_unseal": may.can_unseal_case(request.user, case),
    }
    return Panel("casework/case_basis.html", allowed)


def register() -> None:
    register_panel("summary", summary_panel, order=10)
    register_panel("papers", basis_panel, order=5)
