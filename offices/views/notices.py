"""What one has been told: own notices, the unseen first."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock

from ..models import Notice
from ..notices import words_of
from ..reading import staff_page

SHOWN = 100


@staff_page
def show_notices(request: HttpRequest) -> HttpResponse:
    rows = Notice.objects.filter(user=request.user).select_related("by")
    unseen = list(rows.filter(seen_at=None)[:SHOWN])
    seen = list(rows.exclude(seen_at=None)[:SHOWN])
    context = {"unseen": [_line(n) for n in unseen], "seen": [_line(n) for n in seen]}
    return TemplateResponse(request, "offices/notices.html", context)


def _line(notice: Notice) -> dict[str, object]:
    return {"notice": notice, "words": words_of(notice.kind)}


@require_POST
def _see_notice(request: HttpRequest, pk: str) -> HttpResponse:
    """Mark one own notice seen, and go where it leads."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    if notice.seen_at is None:
        notice.seen_at = clock.now()
        notice.save(update_fields=["seen_at"])
    return HttpResponseRedirect(notice.url or reverse("offices:notices"))


@require_POST
def _see_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.waiting_for(request.user).update(seen_at=clock.now())
    return HttpResponseRedirect(reverse("offices:notices"))


see_notice = staff_page(_see_notice)
see_all = staff_page(_see_all)
