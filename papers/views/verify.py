"""Is this printed paper genuine? Anybody may ask; the answer names nobody, and is the same for every wrong code."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from offices.reading import open_page

from .. import check_codes
from ..forms import CheckCodeForm
from ..verification import confirm, must_wait, note_miss


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Where a code is typed; leads to what it confirms."""
    form = CheckCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        code = check_codes.meant(typed)
        if code is None:
            return _answer(request, typed)
        return HttpResponseRedirect(reverse("verify:paper", args=[code]))
    return TemplateResponse(request, "papers/verify.html", {"form": form})


@open_page
@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What a code confirms: number, date, office, kind, and a later version where there is one."""
    return _answer(request, code)


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    address = getattr(request, "client_address", None)
    waiting = must_wait(address)
    confirmed = None if waiting else confirm(typed)
    if not confirmed and not waiting:
        note_miss(address)
    status = 429 if waiting else 200 if confirmed else 404
    response = TemplateResponse(
        request,
        "papers/verify.html",
        {
            "form": CheckCodeForm(initial={"code": typed[:100]}),
            "confirmed": confirmed,
            "outcome": {429: "waiting", 200: "genuine", 404: "unknown"}[status],
        },
        status=status,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
