"""The book of an office as it is listed: what was typed in from it, and papers kept in it because a particular was missing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.templatetags.dates import day
from core.templatetags.look import state
from offices.models import User
from offices.standing import standing

from .complaint_page import missing_in_words
from .enums import BookKind, BookOutcome, ComplaintState
from .models import BookEntry, Complaint
from .models.book import BookEntryQuerySet
from .permissions import LIST_ROLES

PAPER = "paper"
WAITING = "waiting"
ALL = "all"
OUTCOME_KINDS = {
    BookOutcome.WAITING: "soon",
    BookOutcome.NOTED: "calm",
    BookOutcome.ANSWERED: "in-time",
    BookOutcome.RECEIVED: "mine",
}
_COLUMNS = ("pk", "kind", "number", "day", "office")


def entries_seen(user: User, chosen: dict[str, Any]) -> BookEntryQuerySet:
    """What was typed in, of the office and days that the form says."""
    rows = BookEntry.objects.visible_to(user)
    if chosen.get("office"):
        rows = rows.filter(office=chosen["office"])
    if chosen.get("first"):
        rows = rows.filter(written_on__gte=chosen["first"])
    if chosen.get("last"):
        rows = rows.filter(written_on__lte=chosen["last"])
    return rows


def papers_seen(user: User, chosen: dict[str, Any]) -> "QuerySet[Complaint]":
    """Papers kept in the book, completed later or not; for those who have the register of complaints."""
    rows = Complaint.objects.visible_to(user).exclude(book_number="")
    if not standing(user).has(*LIST_ROLES):
        rows = rows.none()
    if chosen.get("office"):
        rows = rows.filter(received_office=chosen["office"])
    if chosen.get("first"):
        rows = rows.filter(received_at__date__gte=chosen["first"])
    if chosen.get("last"):
        rows = rows.filter(received_at__date__lte=chosen["last"])
    return rows.annotate(day=TruncDate("received_at"))


def book_lines(user: User, chosen: dict[str, Any], kind: str) -> Any:
    """One line for each, of ``kind`` (a BookKind, "paper", "waiting", or all): where it is found, its number and day."""
    entries, papers = entries_seen(user, chosen), papers_seen(user, chosen)
    if kind == WAITING:
        entries = entries.waiting()
        papers = papers.filter(state=ComplaintState.INCOMPLETE)
    elif kind == PAPER:
        # Not ``none()``: a union with that is the other part alone, under the other part's names.
        entries = entries.filter(pk__in=[])
    elif kind in BookKind.values:
        entries, papers = entries.filter(kind=kind), papers.none()
    written = entries.order_by().annotate(day=F("written_on")).values(*_COLUMNS)
    kept = papers.order_by().annotate(
        kind=Value(PAPER, CharField()), office=F("received_office")
    )  # fmt: skip
    named = kept.annotate(in_book=F("book_number")).values("pk", "kind", "in_book", "day", "office")
    return written.union(named, all=True)


def book_chips(user: User, chosen: dict[str, Any], kind: str, kept: str) -> list[dict[str, Any]]:
    """The kinds as chips with their counts: two queries. ``kept`` is the rest of the address."""
    counts = entries_seen(user, chosen).aggregate(
        waiting=Count("pk", Q(outcome=BookOutcome.WAITING)),
        all=Count("pk"),
        **{code: Count("pk", Q(kind=code)) for code in BookKind.values},
    )
    papers = papers_seen(user, chosen).aggregate(
        paper=Count("pk"), incomplete=Count("pk", Q(state=ComplaintState.INCOMPLETE))
    )
    words = [
        (ALL, pgettext("book", "All"), counts["all"] + papers["paper"]),
        (WAITING, pgettext("book", "Wait for something"), counts["waiting"] + papers["incomplete"]),
        *((code, label, counts[code]) for code, label in BookKind.choices),
        (PAPER, pgettext("book", "Incomplete papers"), papers["paper"]),
    ]
    known = {code for code, _label, _count in words}
    current = kind if kind in known else ALL
    return [
        {
            "url": f"?kind={code}{kept}",
            "label": label,
            "count": count,
            "is_current": code == current,
        }
        for code, label, count in words
    ]


class Found:
    """The records behind the lines of one page: two queries."""

    def __init__(self, lines: Iterable[dict[str, Any]]) -> None:
        pks: dict[bool, list[UUID]] = {True: [], False: []}
        for line in lines:
            pks[line["kind"] == PAPER].append(line["pk"])
        entries = BookEntry.objects.select_related("office", "complaint", "entered_by")
        self.entries = entries.in_bulk(pks[False])
        self.papers = Complaint.objects.select_related("received_office").in_bulk(pks[True])

    def records(self) -> list[Any]:
        return [*self.entries.values(), *self.papers.values()]

    def of(self, line: dict[str, Any]) -> Any:
        return (self.papers if line["kind"] == PAPER else self.entries)[line["pk"]]


class BookTable(tables.Table):
    """Number and place in the book, what it is, its first words, what was done."""

    number = tables.Column(
        verbose_name=gettext_lazy("Number in the book"),
        order_by=("number", "pk"),
        attrs={"td": {"class": "name nowrap"}},
    )
    day = tables.Column(
        verbose_name=gettext_lazy("Written on"),
        order_by=("day", "number", "pk"),
        attrs={"td": {"class": "quiet nowrap"}},
    )
    kind = tables.Column(verbose_name=gettext_lazy("What it is"), order_by=("kind", "day", "pk"))
    text = tables.Column(
        verbose_name=gettext_lazy("What is written"), empty_values=(), orderable=False
    )
    done = tables.Column(
        verbose_name=gettext_lazy("What was done"), empty_values=(), orderable=False
    )

    class Meta:
        empty_text = gettext_lazy("Nothing in the book here.")
        attrs = {"class": "table"}

    def __init__(self, rows: Any, **kwargs: Any) -> None:
        super().__init__(rows, order_by="-day", order_by_field="sort", **kwargs)

    def find_records(self) -> list[Any]:
        """Fetch what the page's lines show; call it once the page is chosen."""
        self.found = Found(row.record for row in self.paginated_rows)
        return self.found.records()

    def render_number(self, record: dict[str, Any]) -> SafeString:
        found = self.found.of(record)
        office = found.received_office if record["kind"] == PAPER else found.office
        place = office.short_name
        page = getattr(found, "page", None)
        if page:
            words = _("page %(page)s") % {"page": page}
            place = f"{place} · {words}"
        return format_html(
            '<a href="{}">{}</a><span class="row-number">{}</span>',
            found.get_absolute_url(), record["number"], place,
        )  # fmt: skip

    def render_day(self, value: dt.date) -> str:
        return day(value)

    def render_kind(self, value: str) -> str:
        return kind_in_words(value)

    def render_text(self, record: dict[str, Any]) -> SafeString:
        found = self.found.of(record)
        is_paper = record["kind"] == PAPER
        words = found.substance if is_paper else found.text
        name = found.complainant_name if is_paper else found.person_name
        return format_html(
            '<span class="book-words">{}</span><span class="row-number">{}</span>',
            shortened(words), name or _("no name"),
        )  # fmt: skip

    def render_done(self, record: dict[str, Any]) -> SafeString:
        found = self.found.of(record)
        if record["kind"] == PAPER:
            return _paper_done(found)
        word = state(OUTCOME_KINDS[found.outcome], found.get_outcome_display())
        number = found.complaint.number if found.complaint else ""
        more = found.done or number
        return format_html('{} <span class="book-words">{}</span>', word, shortened(more))


def _paper_done(paper: Complaint) -> SafeString:
    if paper.state == ComplaintState.INCOMPLETE:
        lacks = _("Missing: %(what)s") % {"what": missing_in_words(paper)}
        return format_html('{} <span class="book-words">{}</span>', state("soon", lacks), shortened(paper.incomplete_note))  # fmt: skip
    number = paper.number or ""
    return format_html("{} {}", state("calm", paper.get_state_display()), number)


def kind_in_words(kind: str) -> str:
    if kind == PAPER:
        return pgettext("book", "Incomplete paper")
    return str(BookKind(kind).label)


def shortened(text: str, most: int = 160) -> str:
    """The first words, whole."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
