"""What is due: the list, and free tasks."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_tables2 import RequestConfig

from core import clock
from core.saving import kept_form, save_once
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from .. import tasks
from ..accompaniment_permissions import can_add_task, can_change_task, can_settle_task
from ..due_tables import DueTable, done_rows, due_rows
from ..forms.tasks import SettleForm, TaskForm
from ..history import history_of
from ..models import Case, Task
from ..permissions import can_read_case
from ..services import tasks as services
from ..trails import task_trail

READERS = (Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)
WEEK = dt.timedelta(days=7)


@client_page(kind=ReadKind.LIST)
def list_due(request: HttpRequest) -> HttpResponse:
    """Everything with a date: one's own, or the office's for its head; late, this week, later, done."""
    own = standing(request.user)
    if not own.has(*READERS):
        raise PermissionDenied
    whose = "office" if request.GET.get("whose") == "office" and own.has(Role.HEAD) else "mine"
    when = request.GET.get("when", "")
    dues = tasks.due_in_offices(request.user) if whose == "office" else tasks.due_of(request.user)
    spans = _spans(dues)
    if when == "done":
        rows, cases = done_rows(request.user, office=whose == "office")
    else:
        rows, cases = due_rows(spans.get(when, dues), request.user)
    table = DueTable(rows, empty_text=_("Nothing is due here."))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    note_read(request, *cases)
    context = {
        "table": table,
        "whose": _whose_chips(whose, when) if own.has(Role.HEAD) else [],
        "when": _when_chips(whose, when, dues, spans),
    }
    return TemplateResponse(request, "casework/due_list.html", context)


def _spans(dues: list[tasks.Due]) -> dict[str, list[tasks.Due]]:
    today = clock.today()
    return {
        "late": [due for due in dues if due.on < today],
        "week": [due for due in dues if today <= due.on <= today + WEEK],
        "later": [due for due in dues if due.on > today + WEEK],
    }


def _whose_chips(whose: str, when: str) -> list[dict[str, Any]]:
    labels = {"mine": pgettext("tasks", "Mine"), "office": pgettext("tasks", "My office's")}
    return [
        {"url": _address(code, when), "label": label, "count": None, "is_current": code == whose}
        for code, label in labels.items()
    ]


def _when_chips(
    whose: str, when: str, dues: list[tasks.Due], spans: dict[str, list[tasks.Due]]
) -> list[dict[str, Any]]:
    labels = {
        "": pgettext("tasks", "All that is due"),
        "late": pgettext("tasks", "Late"),
        "week": pgettext("tasks", "In 7 days"),
        "later": pgettext("tasks", "Later"),
        "done": pgettext("tasks", "Done tasks"),
    }
    counts: dict[str, int | None] = {code: len(found) for code, found in spans.items()}
    counts |= {"": len(dues), "done": None}
    current = when if when in labels else ""
    return [
        {
            "url": _address(whose, code),
            "label": label,
            "count": counts[code],
            "is_current": code == current,
        }
        for code, label in labels.items()
    ]


def _address(whose: str, when: str) -> str:
    said = {"whose": whose if whose == "office" else "", "when": when}
    return "?" + urlencode({name: value for name, value in said.items() if value})


@client_page
def add(request: HttpRequest, case_pk: str) -> HttpResponse:
    """A free task in a case."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_pk)
    if not can_add_task(request.user, case):
        raise PermissionDenied
    note_read(request, case)
    form = kept_form(
        TaskForm,
        request,
        f"task-add:{case.pk}",
        case=case,
        user=request.user,
        cancel_url=case.get_absolute_url(),
    )

    def give() -> str:
        said = form.cleaned_data
        services.give_task(
            case,
            what=said["what"],
            due_on=said["due_on"],
            assigned_to=said["assigned_to"],
            actor=request.user,
        )
        return case.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (answer := save_once(request, form, give)):
        return answer
    return _page(request, case, form, _("Add a task"))


@client_page
def show(request: HttpRequest, pk: str) -> HttpResponse:
    """One task; whoever may settles it here."""
    task = _find(request, pk)
    may_settle = can_settle_task(request.user, task)
    form = kept_form(SettleForm, request, f"task-settle:{task.pk}", record=task)

    def settle() -> str:
        said = form.cleaned_data
        services.settle_task(task, status=said["status"], word=said["word"], actor=request.user)
        return task.get_absolute_url()

    if (
        request.method == "POST"
        and form.is_valid()
        and (answer := save_once(request, form, settle))
    ):
        return answer
    context = {
        "task": task,
        "case": task.case,
        "children": [place.person for place in task.case.child_places.all()],
        "form": form if may_settle else None,
        "may_change": can_change_task(request.user, task),
        "may_read_case": can_read_case(request.user, task.case),
        "entries": history_of(task_trail(task), reader=request.user),
    }
    return TemplateResponse(request, "casework/task_page.html", context)


@client_page
def change(request: HttpRequest, pk: str) -> HttpResponse:
    task = _find(request, pk)
    if not can_change_task(request.user, task):
        raise PermissionDenied
    form = kept_form(
        TaskForm,
        request,
        f"task-change:{task.pk}",
        record=task,
        case=task.case,
        user=request.user,
        cancel_url=task.get_absolute_url(),
        initial={"what": task.what, "due_on": task.due_on, "assigned_to": task.assigned_to_id},
    )

    def mend() -> str:
        said = form.cleaned_data
        services.change_task(
            task,
            what=said["what"],
            due_on=said["due_on"],
            assigned_to=said["assigned_to"],
            seen=said["record_version"],
            actor=request.user,
        )
        return task.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (answer := save_once(request, form, mend)):
        return answer
    return _page(request, task.case, form, _("Change the task"))


def _page(request: HttpRequest, case: Case, form: Any, title: str) -> HttpResponse:
    children = [place.person for place in case.child_places.select_related("person")]
    context = {"case": case, "form": form, "title": title, "children": children}
    return TemplateResponse(request, "casework/task_form.html", context)


def _find(request: HttpRequest, pk: str) -> Task:
    rows = Task.objects.visible_to(request.user).select_related(
        "case__office", "assigned_to", "made_by", "settled_by"
    )
    task: Task = get_object_or_404(rows.prefetch_related("case__child_places__person"), pk=pk)
    note_read(request, task, task.case)
    return task
