"""What the pages of people and families share: the entrance, the form page, saving once."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from core.saving import save_once
from offices.reading import note_read

from ..merged import gather
from ..models import Case, Person
from ..person_page import cases_of, people_for


def find_person(request: HttpRequest, pk: Any) -> tuple[Person, list[Case]]:
    """The person with their other records, and the cases through which the reader knows them, noted as read; 404 where they may not."""
    person: Person = get_object_or_404(people_for(request.user), pk=pk)
    records = gather(person, request.user)
    cases = cases_of(person, request.user)
    note_read(request, person, *records, *cases)
    return person, cases


def allow(allowed: bool) -> None:
    """403 where the record is seen and the role is too low."""
    if not allowed:
        raise PermissionDenied


def saved(
    request: HttpRequest,
    form: Any,
    action: Callable[[], str],
    *,
    record: models.Model | None = None,
) -> HttpResponse | None:
    """The answer to a form that was sent and is right: ``action`` carried out once; None where it must be shown.

    Where somebody else has changed ``record`` meanwhile, the form takes over what its writer had not touched.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    version = seen(form)
    answer = save_once(request, form, action)
    if answer is None and record is not None and form.data.get("record_version") != str(version):
        form.take_over(record, version)
    return answer


def form_page(
    request: HttpRequest, form: Any, heading: str, whose: Any, **more: Any
) -> TemplateResponse:
    """The page of one form: what it is about, whose record it is, the form."""
    context = {"form": form, "heading": heading, "whose": whose, **more}
    return TemplateResponse(request, "casework/record_form.html", context)


def seen(form: Any) -> int | None:
    """The version of the record that the form was opened on."""
    version: int | None = form.cleaned_data["record_version"]
    return version
