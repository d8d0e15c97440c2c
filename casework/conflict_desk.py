"""The pages of a record's conflicts of interest (clause 10), the same for every room: declare one, let in again.

    DESK = ConflictDesk(
        name="application", namespace="applications", find=find_application, frame="intake/applications_base.html",
        context=page_of, may_declare=can_see, leads=can_lead_application, workers=people_of, declare=…, end=…,
        way_out="applications:list", about=_("Whoever is shut out sees nothing of the application …"),
    )
    urlpatterns = [..., *DESK.urls()]

``find`` gives the record through its own entrance, notes it as read, and raises 404 for who may not know of it. One declares
one's own tie; the leadership those of others, and lets in again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext as _

from core.saving import kept_form, save_once
from offices.models import User
from offices.reading import client_page

from .forms.cases import ConflictForm, SimpleForm

# A signed-in person and a record.
May = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class ConflictDesk:
    """The conflicts over one kind of record. ``frame`` is the template of its pages, ``context`` what that is given;
    ``workers`` whom its leadership may name; ``way_out`` where who shut themselves out goes."""

    name: str
    namespace: str
    find: Callable[[HttpRequest, UUID], Any]
    frame: str
    context: Callable[[HttpRequest, Any], dict[str, Any]]
    may_declare: May
    leads: May
    workers: Callable[[Any], Iterable[UUID]]
    declare: Callable[..., Any]
    end: Callable[..., Any]
    way_out: str
    about: Any

    def urls(self, prefix: str = "<uuid:pk>/conflicts/") -> list[URLPattern]:
        return [
            path(prefix, self._page(self.show), name="conflicts"),
            path(f"{prefix}<uuid:conflict>/end/", self._page(self.let_in), name="end_conflict"),
        ]

    def show(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """What is declared, and the form for one more: one's own tie, or as the leadership another's."""
        record = self.find(request, pk)
        if not self.may_declare(request.user, record):
            raise PermissionDenied
        leads = self.leads(request.user, record)
        form = kept_form(
            ConflictForm,
            request,
            f"{self.name}-conflict:{pk}",
            workers=self._who_may_be_tied(request.user, record, leads),
            initial={"worker": request.user.pk},
        )

        def act() -> str:
            worker, reason = form.cleaned_data["worker"], form.cleaned_data["reason"]
            self.declare(record, worker, reason, actor=request.user)
            return reverse(self.way_out) if worker == request.user else self._url(pk)

        sent = request.method == "POST" and form.is_valid()
        if sent and (answer := save_once(request, form, act)):
            return answer
        rows = record.conflicts.select_related("user", "declared_by").order_by("-declared_at")
        return self._answer(
            request,
            record,
            form,
            heading=_("Conflict of interest"),
            about=self.about,
            save=_("Declare"),
            danger=True,
            conflicts=rows if leads else rows.filter(declared_by=request.user),
            leads=leads,
        )

    def let_in(self, request: HttpRequest, pk: UUID, conflict: UUID) -> HttpResponse:
        """The leadership lets a worker in again, after being asked once."""
        record = self.find(request, pk)
        if not self.leads(request.user, record):
            raise PermissionDenied
        form = kept_form(SimpleForm, request, f"{self.name}-conflict-end:{conflict}")

        def act() -> str:
            self.end(conflict, record, actor=request.user)
            return str(record.get_absolute_url())

        sent = request.method == "POST" and form.is_valid()
        if sent and (answer := save_once(request, form, act)):
            return answer
        heading, save = _("Let the worker in again"), _("Let in again")
        return self._answer(request, record, form, heading=heading, save=save)

    def _answer(self, request: HttpRequest, record: Any, form: Any, **more: Any) -> HttpResponse:
        bare = {"about": "", "danger": False, "conflicts": [], "leads": False}
        way = {"frame": self.frame, "conflicts_url": self._url(record.pk), "record": record}
        context = {**self.context(request, record), **bare, **way, "form": form, **more}
        return TemplateResponse(request, "casework/conflicts.html", context)

    def _url(self, pk: UUID) -> str:
        return reverse(f"{self.namespace}:conflicts", args=[pk])

    def _who_may_be_tied(self, user: Any, record: Any, leads: bool) -> Any:
        able = {user.pk, *(self.workers(record) if leads else ())}
        return User.objects.filter(pk__in=able)

    @staticmethod
    def _page(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
        """``client_page`` wants a function of its own: a bound method has no room for its marks."""

        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(request, **kwargs)

        page.__doc__ = view.__doc__
        return client_page(page)  # type: ignore[no-any-return]  # the mark keeps no types
