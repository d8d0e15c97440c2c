"""A new password by a one-time link: made by an administrator, used by the owner of the account."""

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.errors import DomainError

from ..forms.signin import NewPasswordForm
from ..forms.staff import ResetLinkForm
from ..models import User
from ..permissions import can_keep_accounts
from ..reading import open_page, staff_page
from ..services.accounts import find_reset_link, make_reset_link, use_reset_link
from ..signing import password_refusal


@staff_page
@never_cache
def give_link(request: HttpRequest, pk: str) -> HttpResponse:
    """An administrator makes a link for a colleague; it is shown once, or goes to the e-mail of the account."""
    if not can_keep_accounts(request.user):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    form = ResetLinkForm(request.POST or None, person=person)
    context = {"person": person, "form": form, "link": "", "mailed_to": ""}
    if request.method == "POST" and form.is_valid():
        context |= _made(request, person, form)
    return TemplateResponse(request, "offices/give_link.html", context)


def _made(request: HttpRequest, person: User, form: ResetLinkForm) -> dict[str, str]:
    if refusal := password_refusal(request, form.cleaned_data["password"]):
        form.add_error("password", refusal)
        return {}
    try:
        token = make_reset_link(
            person,
            removes_factors=form.cleaned_data["removes_factors"],
            actor=request.user,
            request=request,
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return {}
    link = request.build_absolute_uri(reverse("account_new_password", args=[token]))
    if not form.cleaned_data.get("sends_mail"):
        return {"link": link}
    send_mail(_("New password"), link, None, [person.email])
    return {"mailed_to": person.email}


@open_page
@never_cache
@sensitive_post_parameters("password", "again")
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """The owner types a new password; a link that works no more only says so."""
    link = find_reset_link(token)
    if link is None:
        return TemplateResponse(request, "offices/link_spent.html", status=404)
    form = NewPasswordForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        try:
            use_reset_link(token, form.cleaned_data["password"], request=request)
        except DomainError:
            return TemplateResponse(request, "offices/link_spent.html", status=404)
        return HttpResponseRedirect(reverse("account_login"))
    context = {"form": form, "person": link.user}
    return TemplateResponse(request, "offices/new_password.html", context)
