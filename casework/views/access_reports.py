"""A person's own access report: the head looks at who read, says how each is named and why it is safe, and issues it."""

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core import clock
from core.saving import kept_form, save_once
from offices.reading import client_page

from .. import keeping_permissions as may
from ..access_lines import Line, lines_about, readers_of
from ..forms.closing import AccessReportForm
from ..hidden import hidden_facts_of
from ..models import Case, Person
from ..services.access_reports import Asked, make_access_report, people_of
from .cases_steps import opened_case, refuse_unless, step_page


@client_page
def access_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The readers of the file stand on the page, so that the head sees what goes out before it does."""
    case = opened_case(request, pk)
    refuse_unless(may.can_make_access_report(request.user, case))
    children = Person.objects.filter(case_places__case=case).order_by("sort_key")
    lines = _lines_of_all(case, list(children))
    cautious = hidden_facts_of(case).exists()
    opened = clock.local(case.opened_at).date()
    form = kept_form(
        AccessReportForm,
        request,
        f"access-report:{pk}",
        children=children,
        people=people_of(case),
        readers=readers_of(lines),
        cautious=cautious,
        initial={"since": opened, "until": clock.today(), "person": children[0].pk},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            fields = ("person", "made_for", "capacity", "since", "until", "ground")
            asked = Asked(
                **{name: said[name] for name in (*fields, "is_safe_because", "names_staff")},
                naming=form.naming(),
            )
            made = make_access_report(case, asked, actor=request.user)
            return str(made.release.get_absolute_url())

        if answer := save_once(request, form, act):
            return answer
    return step_page(
        request,
        case,
        _("Report of access to the file"),
        form,
        about=_(
            "A paper for somebody of the family: who of the staff opened the child's file, when and why. It stands in the register of releases."
        ),
        save=_("Issue the report"),
        readers=readers_of(lines),
        cautious=cautious,
        template="casework/access_report.html",
    )


def _lines_of_all(case: Case, children: list[Person]) -> list[Line]:
    """The lines of every child of the case over all its time: who may have to be named."""
    first, last = dt.date(2000, 1, 1), clock.today()
    return [line for child in children for line in lines_about(case, child, first, last)]
