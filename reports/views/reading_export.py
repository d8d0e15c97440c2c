"""The read log as a spreadsheet, within the filters of its page: asked for with a reason, and logged itself."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casework.exports import workbook
from casework.forms.cases import ExportForm
from casework.views.cases_list import EXPORT_TYPE
from core import clock
from core.templatetags.dates import moment
from offices.models import ReadKind, ReadLog
from offices.reading import client_page, note_read

from ..forms import ReadingFilter
from ..reading import (
    can_read_log,
    cases_of,
    narrowed,
    page_in_words,
    readable_log,
    readers_in,
    with_case_numbers,
)

MOST_ROWS = 20_000


@client_page(kind=ReadKind.EXPORT)
def export_reading(request: HttpRequest) -> HttpResponse:
    """The newest rows that the filters leave, for heads and auditors."""
    if not can_read_log(request.user):
        raise PermissionDenied
    rows = readable_log(request.user).select_related("user")
    limits = ReadingFilter(request.GET or None, readers=readers_in(rows))
    if limits.is_valid():
        rows = narrowed(rows, **limits.cleaned_data)
    elif limits.is_bound:
        rows = rows.none()
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = with_case_numbers(rows[:MOST_ROWS])
        note_read(request, *cases_of(shown), reason=form.cleaned_data["reason"])
        return _spreadsheet(shown)
    context = {"form": form, "count": rows.count(), "most": MOST_ROWS}
    return TemplateResponse(request, "reports/reading_export.html", context)


def _spreadsheet(shown: list[ReadLog]) -> HttpResponse:
    heads = [_("When"), _("Who"), _("Page"), _("What"), _("Case"), _("Why"), _("From where")]
    rows = (
        [
            moment(row.at),
            row.user.full_name,
            page_in_words(row.page),
            str(row.get_kind_display()),
            ", ".join(row.case_numbers),  # type: ignore[attr-defined]  # with_case_numbers
            row.reason,
            row.address or "",
        ]
        for row in shown
    )
    response = HttpResponse(workbook(_("Who read what"), heads, rows), content_type=EXPORT_TYPE)
    name = f"reading-{clock.today():%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
