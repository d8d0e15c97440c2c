"""The register of releases as a spreadsheet, for heads."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core import clock
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from .. import release_permissions as may
from ..exports import workbook
from ..forms.cases import ExportForm
from ..release_register import register_rows, register_sheet
from .cases_list import EXPORT_TYPE


@client_page(kind=ReadKind.EXPORT)
def export_register(request: HttpRequest) -> HttpResponse:
    """The register of one's own office as a spreadsheet, for heads: asked for with a reason, which the read log keeps."""
    if not may.can_export_register(request.user):
        raise PermissionDenied
    chosen = request.GET.get("state", "")
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        heads, rows = register_sheet(request.user, chosen)
        led = standing(request.user).offices(Role.HEAD)
        shown = [r for r in register_rows(request.user, chosen) if r.office_id in led]
        note_read(
            request, *shown, *(r.case for r in shown if r.case), reason=form.cleaned_data["reason"]
        )
        response = HttpResponse(workbook(_("Releases"), heads, rows), content_type=EXPORT_TYPE)
        name = f"releases-{clock.today():%Y-%m-%d}.xlsx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    context = {"form": form, "chosen": chosen}
    return TemplateResponse(request, "casework/release_export.html", context)
