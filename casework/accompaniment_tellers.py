"""What legal and social help tell to the timeline: hearings, ways to organisations, orders, papers, tasks done."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.models import User

from .accompaniment_enums import AccompanimentStatus, StatementStatus, TaskStatus
from .happenings import Asked, Happening, on_day, register_teller
from .models import (
    Accompaniment,
    DraftedDocument,
    ProtectionOrder,
    StateLawyer,
    Statement,
    Task,
)


def register() -> None:
    register_teller("hearing", gettext_lazy("Hearings, accompaniments"), of_accompaniments)
    register_teller("order", gettext_lazy("Protection orders"), of_orders)
    register_teller("document", gettext_lazy("Documents"), of_documents)
    register_teller("document", gettext_lazy("Documents"), of_statements)
    register_teller("help", gettext_lazy("Help"), of_state_lawyers)
    register_teller("task", gettext_lazy("Tasks"), of_tasks)


def of_accompaniments(user: User, asked: Asked) -> Iterator[Happening]:
    """Those that went on, were put off or called off; what is only planned has not happened."""
    rows = Accompaniment.objects.visible_to(user).filter(case__in=asked.cases)
    if asked.person is not None:
        rows = rows.filter(Q(episodes__person=asked.person) | Q(with_whom=asked.person)).distinct()
    told = rows.exclude(status=AccompanimentStatus.PLANNED)
    for row in told.select_related("specialist", "organisation"):
        said = f"{row.get_kind_display()}: {row.get_status_display().lower()}"
        went = " · ".join(part for part in (row.where, row.result or row.cancel_reason) if part)
        yield Happening(
            row.starts_at or on_day(row.on),
            said,
            row.get_absolute_url(),
            row.specialist.short_name,
            went,
            "calendar",
            has_hour=row.at is not None,
        )


def of_orders(user: User, asked: Asked) -> Iterator[Happening]:
    """Protection orders: given, run out or ended otherwise."""
    rows = _of_help(ProtectionOrder.objects.visible_to(user), asked, also="protects")
    for order in rows.select_related("issuer", "recorded_by"):
        url, by = order.get_absolute_url(), order.recorded_by.short_name
        given = _("Protection order: %(number)s") % {"number": f"№ {order.number}"}
        if not order.number:
            given = _("Protection order")
        yield Happening(
            on_day(order.issued_on), given, url, by, order.issued_by, "alert", has_hour=False
        )
        if order.closed_on:
            at, why = on_day(order.closed_on), order.closing_reason
            said = _("Protection order settled")
            yield Happening(at, said, url, text=why, has_hour=False)


def of_documents(user: User, asked: Asked) -> Iterator[Happening]:
    """What the lawyer drafted, and to whom it was handed."""
    rows = _of_help(DraftedDocument.objects.visible_to(user), asked)
    for paper in rows.select_related("recorded_by"):
        url, by, named = (
            paper.get_absolute_url(),
            paper.recorded_by.short_name,
            {"what": paper.title},
        )
        at, said = on_day(paper.drafted_on), _("Document drafted: %(what)s") % named
        yield Happening(at, said, url, by, paper.get_kind_display(), "paper", has_hour=False)
        if paper.handed_on:
            at, said = on_day(paper.handed_on), _("Document handed over: %(what)s") % named
            yield Happening(at, said, url, by, paper.handed_to, "paper", has_hour=False)


def of_state_lawyers(user: User, asked: Asked) -> Iterator[Happening]:
    rows = _of_help(StateLawyer.objects.visible_to(user), asked)
    for lawyer in rows.select_related("episode", "recorded_by"):
        said = _("Handed to a state-guaranteed lawyer: %(name)s") % {"name": lawyer.name}
        at, by = on_day(lawyer.handed_on), lawyer.recorded_by.short_name
        url = lawyer.episode.get_absolute_url()
        yield Happening(at, said, url, by, lawyer.matter, has_hour=False)


def of_statements(user: User, asked: Asked) -> Iterator[Happening]:
    """Statements of accompaniment: signed, returned, issued."""
    rows = _of_help(Statement.objects.visible_to(user), asked)
    for statement in rows.select_related("author", "countersigned_by"):
        url, by = statement.get_absolute_url(), statement.author.short_name
        said = _("Statement of accompaniment signed")
        yield Happening(statement.signed_at, said, url, by, icon="paper")
        if statement.status == StatementStatus.ISSUED and statement.countersigned_at:
            said = _("Statement of accompaniment issued: %(number)s") % {"number": statement.number}
            by = statement.countersigned_by.short_name if statement.countersigned_by else ""
            yield Happening(statement.countersigned_at, said, url, by, icon="paper")


def of_tasks(user: User, asked: Asked) -> Iterator[Happening]:
    """Tasks done, or not needed any more. They are the case's, never one child's."""
    if asked.person is not None:
        return
    rows = Task.objects.visible_to(user).filter(case__in=asked.cases).exclude(settled_at=None)
    for task in rows.select_related("settled_by"):
        done = task.status == TaskStatus.DONE
        said = _("Task done: %(what)s") if done else _("Task not needed any more: %(what)s")
        by = task.settled_by.short_name if task.settled_by else ""
        if task.settled_at:
            url, word = task.get_absolute_url(), task.settled_word
            yield Happening(task.settled_at, said % {"what": task.what}, url, by, word, "in-time")


def _of_help(rows: Any, asked: Asked, also: str = "") -> Any:
    """Those of the cases' help; of a person: of their help, or naming them in ``also``."""
    rows = rows.filter(episode__case__in=asked.cases)
    if asked.person is None:
        return rows
    about = Q(episode__person=asked.person)
    if also:
        about |= Q(**{also: asked.person})
    return rows.filter(about).distinct()
