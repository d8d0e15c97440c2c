"""What legal and social help and the register of dates hang on pages, feeds and notices of other modules."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from offices.account_sections import AccountSection, register_account_section
from offices.waiting import register_feed

from . import accompaniment_notices, due_sources
from .accompaniment_enums import RESULTS, AccompanimentStatus, StatementStatus
from .accompaniment_permissions import (
    can_add_accompaniment,
    can_add_task,
    can_keep_legal_file,
    can_sign_statement,
)
from .due_tables import due_rows
from .due_waiting import due_waiting_for
from .enums import EpisodeKind, EpisodeStatus
from .episode_page import accompaniments_of
from .episode_permissions import can_read_episode_content
from .episode_sections import Section, register_section
from .hindrances import Hindrance, register_hindrance
from .models import Accompaniment, CalendarFeed, Case, Episode, Statement
from .panels import Panel, reader_of, register_panel
from .plan_panels import clocks_for
from .services.episode_results import missing_result
from .tasks import due_in_case

# How a state looks: what is planned is calm, what was put off stands out.
LOOKS = {
    AccompanimentStatus.PLANNED: "",
    AccompanimentStatus.HELD: "in-time",
    AccompanimentStatus.PUT_OFF: "soon",
    AccompanimentStatus.DECIDED: "in-time",
    AccompanimentStatus.CANCELLED: "sealed",
}
STATEMENT_LOOKS = {
    StatementStatus.SIGNED: "soon",
    StatementStatus.RETURNED: "late",
    StatementStatus.ISSUED: "in-time",
}
DUE_SHOWN = 12


def hang_all() -> None:
    accompaniment_notices.register_kinds()
    due_sources.register_sources()
    register_feed(due_waiting_for)
    register_section(accompaniments_section, order=40)
    register_section(legal_section, order=45)
    register_section(statements_section, order=50)
    register_panel("summary", due_panel, order=5)
    register_panel("papers", statements_panel, order=15)
    register_account_section(feed_section)
    register_hindrance(waiting_statements)


def waiting_statements(case: Case) -> Iterable[Hindrance]:
    """What keeps the case open: statements that are signed and not countersigned."""
    for statement in Statement.objects.filter(episode__case=case, status=StatementStatus.SIGNED):
        yield Hindrance(_("A statement waits for the head"), statement.get_absolute_url())


def accompaniments_section(request: HttpRequest, episode: Episode) -> Section | None:
    """Hearings or ways of the file: what is planned (the soonest first), then what has been."""
    if episode.kind == EpisodeKind.PSYCHOLOGICAL:
        return None
    if not can_read_episode_content(reader_of(request), episode):
        return _seen_by_the_head(request, episode)
    found = accompaniments_of(episode)
    lacks = not any(one.status in RESULTS for one in found)
    return Section(
        "casework/accompaniment_section.html",
        {
            "rows": [(one, LOOKS[AccompanimentStatus(one.status)]) for one in in_order(found)],
            "is_court": episode.kind == EpisodeKind.LEGAL,
            "may_add": can_add_accompaniment(reader_of(request), episode),
            "lacking": missing_result(episode.kind)
            if lacks and episode.status == EpisodeStatus.ACTIVE
            else "",
        },
    )


def _seen_by_the_head(request: HttpRequest, episode: Episode) -> Section | None:
    """For the head of the specialist's office: when, where, in what state; not why, with whom, nor what was said."""
    if not Episode.objects.led_by(reader_of(request)).filter(pk=episode.pk).exists():
        return None
    found = accompaniments_of(episode)
    rows = [(one, LOOKS[AccompanimentStatus(one.status)]) for one in in_order(found)]
    context = {"rows": rows, "is_court": episode.kind == EpisodeKind.LEGAL}
    return Section("casework/accompaniment_led.html", context) if rows else None


def in_order(found: Sequence[Accompaniment]) -> list[Accompaniment]:
    """As one works through them."""
    planned = [one for one in reversed(found) if one.is_planned]
    return planned + [one for one in found if not one.is_planned]


def legal_section(request: HttpRequest, episode: Episode) -> Section | None:
    """Protection orders, drafted documents, the state-guaranteed lawyer."""
    if episode.kind != EpisodeKind.LEGAL or not can_read_episode_content(
        reader_of(request), episode
    ):
        return None
    orders = episode.orders.select_related("issuer")
    return Section(
        "casework/legal_section.html",
        {
            "orders": list(orders),
            "documents": list(episode.drafted_documents.defer("text")),
            "lawyers": list(episode.state_lawyers.all()),
            "may_keep": can_keep_legal_file(reader_of(request), episode),
        },
    )


def statements_section(request: HttpRequest, episode: Episode) -> Section | None:
    """The statements of accompaniment; the head of the specialist's office reads them too."""
    if episode.kind == EpisodeKind.PSYCHOLOGICAL:
        return None
    rows = _statements(request, Statement.objects.filter(episode=episode))
    may_sign = can_sign_statement(reader_of(request), episode)
    if not rows and not may_sign:
        return None
    waits = any(statement.status == StatementStatus.SIGNED for statement, _look in rows)
    return Section(
        "casework/statement_section.html", {"rows": rows, "may_sign": may_sign and not waits}
    )


def statements_panel(request: HttpRequest, case: Case) -> Panel | None:
    """The statements of the case among its papers."""
    rows = _statements(request, Statement.objects.filter(episode__case=case))
    context = {"rows": rows, "may_sign": False, "shows_person": True}
    return Panel("casework/statement_section.html", context) if rows else None


def _statements(request: HttpRequest, found: Any) -> list[tuple[Statement, str]]:
    rows = found.visible_to(reader_of(request)).select_related("author", "episode__person")
    return [(one, STATEMENT_LOOKS[StatementStatus(one.status)]) for one in rows]


def due_panel(request: HttpRequest, case: Case) -> Panel | None:
    """What is due in the case as far as the reader may see it, the office's own times as clocks; where a task is added."""
    reader = reader_of(request)
    lines = clocks_for(reader, case)
    dues = [due for due in due_in_case(reader, case) if not (lines and due.source == "deadline")]
    may_add = can_add_task(reader, case)
    if not dues and not lines and not may_add:
        return None
    rows, _cases = due_rows(dues[:DUE_SHOWN])
    shown = {"rows": rows, "more": max(len(dues) - DUE_SHOWN, 0), "lines": lines}
    return Panel("casework/due_panel.html", {**shown, "may_add": may_add})


def feed_section(request: HttpRequest) -> AccountSection:
    """Whether a calendar address works, and where it is made or taken back."""
    feed = CalendarFeed.objects.filter(user=request.user.pk).first()
    return AccountSection("casework/feed_section.html", {"feed": feed})
