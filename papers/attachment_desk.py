"""The pages of a record's files, the same for every room: show, small picture, add, take off, and the sealed original.

    DESK = FileDesk(
        files=VisitFile, name="visit", namespace="visits", find=find_visit, may_add=can_change_visit, may_unseal=leads_visit
    )
    urlpatterns = [..., *DESK.urls()]

``find`` gives the record through its own entrance, notes it as read, and raises 404 for who may not know of it; so a
file is read by whoever reads its record, and by nobody else. A list of them is ``components/attachments.html`` with
``desk.listed(request, record)``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.models import ReadKind, User
from offices.reading import client_page, note_export

from .attachment_lists import AttachedFile, add_files, take_off
from .attachments import serve_attachment, serve_original, serve_thumbnail
from .forms import AddFilesForm, TakeOffForm, UnsealForm
from .models import Attachment

May = Callable[[User, Any], bool]


@dataclass(frozen=True)
class ListedFile:
    """A line of the list: the file and where its pages are; "" where there is none, or not for this reader."""

    file: AttachedFile
    url: str
    small_url: str
    take_off_url: str
    unseal_url: str


def original_page(request: HttpRequest, record: Any, attachment: Attachment) -> HttpResponse:
    """Ask why the original is wanted, then give it out: in the read log as an export of ``record``.

    Called once the view, a ``client_page``, has found that the person may have it.
    """
    form = UnsealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note_export(request, record, reason=form.cleaned_data["reason"])
        return serve_original(attachment)
    context = {"form": form, "attachment": attachment, "record": record}
    return TemplateResponse(request, "papers/file_original.html", context)


@dataclass(frozen=True)
class FileDesk:
    """The files of one kind of record. ``name`` begins the names of their URLs: "visit" gives "visit_file"."""

    files: type[AttachedFile]
    name: str
    namespace: str
    find: Callable[[HttpRequest, UUID], models.Model]
    may_add: May
    may_unseal: May

    def urls(self, prefix: str = "<uuid:pk>/files/") -> list[URLPattern]:
        return [
            path(f"{prefix}add/", self._page(self.add), name=f"{self.name}_add_files"),
            path(
                f"{prefix}<uuid:file>/",
                self._page(self.show, ReadKind.PAPER),
                name=f"{self.name}_file",
            ),
            path(
                f"{prefix}<uuid:file>/small/",
                self._page(self.show_small, ReadKind.PAPER),
                name=f"{self.name}_file_small",
            ),
            path(
                f"{prefix}<uuid:file>/take-off/",
                self._page(self.take_off),
                name=f"{self.name}_file_take_off",
            ),
            path(
                f"{prefix}<uuid:file>/original/",
                self._page(self.unseal),
                name=f"{self.name}_file_original",
            ),
        ]

    def listed(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """What ``components/attachments.html`` is given: one query."""
        adds, unseals = self.may_add(request.user, record), self.may_unseal(request.user, record)
        rows = [
            ListedFile(
                file=file,
                url=self._url("file", record, file),
                small_url=self._url("file_small", record, file)
                if file.attachment.thumbnail
                else "",
                take_off_url=self._url("file_take_off", record, file) if adds else "",
                unseal_url=self._url("file_original", record, file) if unseals else "",
            )
            for file in self.files._default_manager.filter(record=record).shown()
        ]
        return {"rows": rows, "add_url": self._url("add_files", record) if adds else ""}

    def add(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Attach files, by the camera or from the disk."""
        record = self.find(request, pk)
        if not self.may_add(request.user, record):
            raise PermissionDenied
        form = kept_form(AddFilesForm, request, f"files:{self.namespace}:{self.name}:{pk}")
        form.cancel_url = record.get_absolute_url()
        is_sound = request.method == "POST" and form.is_valid()
        form.keep_files(request.user)

        def carry_out() -> str:
            note = form.cleaned_data["note"]
            add_files(self.files, record, form.kept, note=note, actor=request.user)
            return str(record.get_absolute_url())

        if is_sound and (answer := save_once(request, form, carry_out)):
            return answer
        context = {"form": form, "record": record}
        return TemplateResponse(request, "papers/files_add.html", context)

    def show(self, request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
        """The copy without metadata."""
        return serve_attachment(self._file(request, pk, file).attachment)

    def show_small(self, request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
        """The small picture of a photograph."""
        attachment = self._file(request, pk, file).attachment
        if not attachment.thumbnail:
            raise Http404
        return serve_thumbnail(attachment)

    def take_off(self, request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
        """Show the file no more, with the reason."""
        found = self._file(request, pk, file)
        if not self.may_add(request.user, found.record):
            raise PermissionDenied
        form = TakeOffForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                take_off(found, reason=form.cleaned_data["reason"], actor=request.user)
                return HttpResponseRedirect(found.record.get_absolute_url())
            except DomainError as refusal:
                form.add_error(None, str(refusal))
        context = {"form": form, "file": found, "record": found.record}
        return TemplateResponse(request, "papers/file_take_off.html", context)

    def unseal(self, request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
        """The original as evidence: for who may, with a reason, in the read log as an export."""
        found = self._file(request, pk, file)
        if not self.may_unseal(request.user, found.record):
            raise PermissionDenied
        return original_page(request, found.record, found.attachment)

    def _file(self, request: HttpRequest, pk: UUID, file: UUID) -> AttachedFile:
        record = self.find(request, pk)
        found: AttachedFile = get_object_or_404(
            self.files._default_manager.filter(record=record).shown(), pk=file
        )
        found.record = record
        return found

    def _url(self, page: str, record: Any, file: AttachedFile | None = None) -> str:
        args = [record.pk, file.pk] if file else [record.pk]
        return reverse(f"{self.namespace}:{self.name}_{page}", args=args)

    @staticmethod
    def _page(view: Callable[..., HttpResponse], kind: str = ReadKind.VIEW) -> Callable[..., Any]:
        """``client_page`` wants a function of its own: a bound method has no room for its marks."""

        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(request, **kwargs)

        page.__doc__ = view.__doc__
        return client_page(page, kind=kind)  # type: ignore[no-any-return]  # the mark keeps no types
