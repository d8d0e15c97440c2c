"""Every page with clients' data: writing on GET is impossible, and the read is logged in the same transaction."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse

from core import clock
from core.saving import saved_before

from .models import ReadKind, ReadLog, User

SAFE_METHODS = ("GET", "HEAD")

# What a room above knows of a read that the page itself does not say, such as by what right it was read.
Marker = Callable[[User, Iterable[models.Model]], str]
_MARKERS: list[Marker] = []


def register_marker(marker: Marker) -> None:
    """Hang ``marker``: of a reader and the records read, what the log's reason must say too, or ""; one query at most."""
    if marker not in _MARKERS:
        _MARKERS.append(marker)


class ReadWithoutSubject(RuntimeError):
    """A page about a client did not say whose it is; it must not be shown."""


class Reading:
    """What one request reads of whom; becomes one row of the read log."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.reason = ""
        self.repeats: tuple[str, ...] = ()
        self.marks: dict[str, None] = {}
        self.records: list[models.Model] = []
        self.office_ids: set[int] = set()

    def add(self, records: Iterable[models.Model]) -> None:
        for record in records:
            self.records.append(record)
            self.marks[f"{record._meta.model_name}:{record.pk}"] = None
            office = getattr(record, "office_id", None)
            if office is not None:
                self.office_ids.add(office)


def note_read(request: HttpRequest, *records: models.Model, reason: str = "") -> None:
    """Say in a client page that these records are shown: always the case itself too, whose office the log goes to."""
    reading: Reading = request.reading  # type: ignore[attr-defined]  # set by client_page
    reading.add(records)
    if reason:
        reading.reason = reason


def note_only_changes(request: HttpRequest, *pages: str) -> None:
    """Say in a page that asks again by itself: no row where the person's last row of ``pages`` shows the same records."""
    request.reading.repeats = pages  # type: ignore[attr-defined]  # set by client_page


def note_export(request: HttpRequest, *records: models.Model, reason: str) -> None:
    """Say that what this page answers leaves the product: it is logged as an export, with why it was asked."""
    request.reading.kind = ReadKind.EXPORT  # type: ignore[attr-defined]  # set by client_page
    note_read(request, *records, reason=reason)


def client_page(
    view: Callable[..., HttpResponse] | None = None, *, kind: str = ReadKind.VIEW
) -> Callable[..., Any]:
    """Mark a view that shows clients' data.

    Signed-in staff only. A GET runs in one transaction: the view and its template read-only within a savepoint, then
    one row of the read log, then the commit, then the response; if the row cannot be written nothing is shown. A POST
    runs in one transaction too, and is logged where it shows a page instead of leading on; a repeated one leads to its
    first result.
    """
    if view is None:
        return functools.partial(client_page, kind=kind)

    @login_required
    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.reading = Reading(kind)  # type: ignore[attr-defined]  # read by note_read
        with transaction.atomic():
            if request.method in SAFE_METHODS:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
                    response = _rendered(view(request, *args, **kwargs))
            else:
                response = saved_before(request) or _rendered(view(request, *args, **kwargs))
            if response.status_code == 200:
                _write_log(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    page.shows_clients = True  # type: ignore[attr-defined]  # read by the access matrix
    return page


def _rendered(response: HttpResponse) -> HttpResponse:
    if getattr(response, "streaming", False):
        raise RuntimeError("Clients' data is never streamed.")
    render = getattr(response, "render", None)
    return render() if callable(render) and not response.is_rendered else response  # type: ignore[attr-defined, no-any-return]  # TemplateResponse


def _write_log(request: HttpRequest) -> None:
    reading: Reading = request.reading  # type: ignore[attr-defined]  # set by client_page
    if reading.kind == ReadKind.EXPORT and not reading.marks and not reading.reason:
        return  # the form that asks why: nothing has left yet
    if not reading.marks and reading.kind in (ReadKind.VIEW, ReadKind.PAPER):
        if request.method in SAFE_METHODS:
            raise ReadWithoutSubject(request.resolver_match.view_name)  # type: ignore[union-attr]  # resolved by now
        return
    if reading.repeats and _last_shown(request.user, reading.repeats) == set(reading.marks):
        return
    said = [marker(request.user, reading.records) for marker in _MARKERS]
    reason = "; ".join(part for part in (*said, reading.reason) if part)
    ReadLog.objects.create(
        at=clock.now(),
        user=request.user,
        address=getattr(request, "client_address", None),
        kind=reading.kind,
        page=request.resolver_match.view_name,  # type: ignore[union-attr]  # resolved by now
        subjects=list(reading.marks),
        offices=sorted(reading.office_ids),
        reason=reason[:500],
    )


def _last_shown(user: Any, pages: tuple[str, ...]) -> set[str] | None:
    """What the last logged read of any of ``pages`` showed the person; None where there was none."""
    rows = ReadLog.objects.filter(user=user, page__in=pages).order_by("-at", "-id")
    last = rows.values_list("subjects", flat=True).first()
    return None if last is None else set(last)


def staff_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view for signed-in staff that shows no clients' data."""
    page = login_required(view)
    page.shows_clients = False  # type: ignore[attr-defined]  # read by the access matrix
    return page


def open_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that anybody may see, and that tells nothing about anybody."""
    view.is_open = True  # type: ignore[attr-defined]  # read by the access matrix
    return view
