"""Second factors, where allauth's own pages do not ask all that they should."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from ..reading import staff_page


@staff_page
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an own key; refused for the last factor of somebody whose role must carry one."""
    key = get_object_or_404(
        Authenticator, pk=pk, user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN
    )
    if not get_adapter().can_delete_authenticator(key):
        return TemplateResponse(request, "mfa/last_factor.html", status=403)
    answer: HttpResponse = remove_webauthn(request, pk=pk)
    return answer
