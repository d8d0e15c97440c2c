"""Who changed what and when, in the reader's words: the history of one record or of several told together.

The number of queries depends on the kinds of records, never on how many rows there are.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.saving import claim_version
from core.templatetags.dates import day, moment
from offices.models import User

from .models import Person

# What the machine keeps for itself: never shown.
HIDDEN = frozenset(
    {"id", "version", "search_key", "sort_key", "created_at", "e164", "snapshot", "text_sha256"}
)
# Rows that one save leaves behind (a record, then its lists) are told as one.
ONE_SAVE = dt.timedelta(seconds=2)
LONGEST = 300
Shown = dict[tuple[str, Any], str]


@dataclass(frozen=True)
class Trail:
    """Rows of one kind whose history is told.

    ``where`` filters the historical rows by their own fields; ``named_by`` are the fields that tell one row from
    another («Phone · 0555 12 34 56»); ``fields`` narrows what is shown, ``without`` takes away what the page says
    anyway (whose it is).
    """

    model: type[models.Model]
    where: Q
    label: str | Promise
    named_by: tuple[str, ...] = ()
    fields: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def shows(self, name: str) -> bool:
        if name in HIDDEN or name in self.without:
            return False
        return self.fields is None or name in self.fields


@dataclass(frozen=True)
class Change:
    """One field: what it said and what it says, "" where it is empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One save of one record. ``kind``: "+" it was added, "~" changed, "-" taken away."""

    at: dt.datetime
    by: str
    what: str
    kind: str
    changes: tuple[Change, ...]
    version: int | None = None


@dataclass
class _Row:
    """A historical row with its lists, by field name; ``previous`` is what stood before it."""

    trail: Trail
    record: Any
    kind: str
    lists: dict[str, list[Any]] = field(default_factory=dict)
    previous: "_Row | None" = None

    def value(self, name: str) -> Any:
        if name in self.lists:
            return self.lists[name]
        return getattr(self.record, self.record._meta.get_field(name).attname)


def history_of(*trails: Trail, reader: User | None = None) -> list[Entry]:
    """The entries of all ``trails`` together, the newest first, at most ``LONGEST``.

    People whom ``reader`` may not see are not named in it; None names everybody.
    """
    rows = [row for trail in trails for row in _rows(trail)]
    shown = _related_words(rows, reader)
    told = [entry for row in rows if (entry := _entry(row, shown)) is not None]
    return sorted(told, key=lambda entry: entry.at, reverse=True)[:LONGEST]


def claim(record: models.Model, seen: int | None, *, actor: User) -> None:
    """``core.saving.claim_version`` that also tells ``actor`` who changed what since ``seen``. Raises ``ChangedMeanwhile``."""
    told = "" if seen == record.version else told_since(record, seen, reader=actor)  # type: ignore[attr-defined]  # versioned records only
    claim_version(record, seen, changed_by=told)


def told_since(record: models.Model, seen: int | None, *, reader: User | None = None) -> str:
    """Who changed what since version ``seen``, in one line: «Бакирова А., 14:32: Класс: 3-Б → 3-В.»"""
    itself = Q(**{type(record)._meta.pk.attname: record.pk})  # type: ignore[union-attr]  # every model has one
    entries = history_of(Trail(type(record), itself, ""), reader=reader)
    newer = [e for e in entries if e.version is not None and (seen is None or e.version > seen)]
    return " ".join(
        f"{entry.by or _('The product')}, {moment(entry.at)}: {_in_one_line(entry)}"
        for entry in reversed(newer)
    )


def _in_one_line(entry: Entry) -> str:
    parts = [f"{c.label}: {c.before or '—'} → {c.after or '—'}" for c in entry.changes]
    return "; ".join(parts) + "."


def _rows(trail: Trail) -> Iterator[_Row]:
    """The rows of one trail with their lists and predecessors; rows of one save made one."""
    history: Any = trail.model.history.model  # type: ignore[attr-defined]  # by simple_history
    key = trail.model._meta.pk.attname  # type: ignore[union-attr]  # every model has one
    found = (
        history.objects.filter(trail.where)
        .select_related("history_user")
        .order_by(key, "history_date", "history_id")
    )
    records = list(found)
    lists = _lists(trail, history, records)
    for _pk, of_one in groupby(records, key=lambda record: getattr(record, key)):
        previous: _Row | None = None
        for record, kind in _one_per_save(of_one):
            row = _Row(trail, record, kind, lists.get(record.history_id, {}), previous)
            for name in _list_names(trail):
                row.lists.setdefault(name, [])
            yield row
            previous = row


def _one_per_save(records: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """The last row of each save, with the kind of its first."""
    kept, kind = None, ""
    for record in records:
        if kept is not None and (
            record.history_user_id != kept.history_user_id
            or record.history_date - kept.history_date > ONE_SAVE
            or record.history_type == "-"
        ):
            yield kept, kind
            kept = None
        kind = kind if kept is not None else record.history_type
        kept = record
    if kept is not None:
        yield kept, kind


def _list_names(trail: Trail) -> list[str]:
    history: Any = trail.model.history.model  # type: ignore[attr-defined]  # by simple_history
    return [f.name for f in history._history_m2m_fields if trail.shows(f.name)]


def _lists(trail: Trail, history: Any, records: list[Any]) -> dict[int, dict[str, list[Any]]]:
    """history id → list field → keys; a query for each list field."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name in _list_names(trail):
        target = trail.model._meta.get_field(name).m2m_reverse_field_name()  # type: ignore[union-attr]  # a list field
        rows = getattr(history, name).model.objects.filter(
            history__in=[record.history_id for record in records]
        )
        for history_id, key in rows.values_list("history_id", f"{target}_id"):
            found[history_id][name].append(key)
    return found


def _field_names(trail: Trail) -> list[str]:
    history: Any = trail.model.history.model  # type: ignore[attr-defined]  # by simple_history
    plain = [f.name for f in history.tracked_fields if trail.shows(f.name)]
    return plain + _list_names(trail)


def _related_words(rows: list[_Row], reader: User | None) -> Shown:
    """The words for every related record that stands in ``rows``: a query for each model."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for row in rows:
        for name in {*_field_names(row.trail), *row.trail.named_by}:
            target = row.trail.model._meta.get_field(name).related_model
            if isinstance(target, type):
                value = row.value(name)
                wanted[target].update(value if isinstance(value, list) else [value])
    return {
        (model._meta.label, key): str(record)
        for model, keys in wanted.items()
        for key, record in _nameable(model, reader).in_bulk(keys - {None}).items()
    }


def _nameable(model: type[models.Model], reader: User | None) -> Any:
    """The rows of ``model`` whose names ``reader`` may learn: of clients only those whom they see."""
    if reader is not None and model is Person:
        return Person.objects.visible_to(reader)
    return model._base_manager


def _entry(row: _Row, shown: Shown) -> Entry | None:
    """None where nothing that may be shown has changed."""
    changes = tuple(_changes(row, shown)) if row.kind != "-" else ()
    if not changes and row.kind == "~":
        return None
    names = [
        _in_words(row.trail.model, name, row.value(name), shown) for name in row.trail.named_by
    ]
    return Entry(
        at=row.record.history_date,
        by=row.record.history_user.full_name if row.record.history_user else "",
        what=" · ".join([str(row.trail.label), *(n for n in names if n)]),
        kind=row.kind,
        changes=changes,
        version=getattr(row.record, "version", None),
    )


def _changes(row: _Row, shown: Shown) -> Iterator[Change]:
    model = row.trail.model
    for name in _field_names(row.trail):
        before = row.previous.value(name) if row.previous else None
        said = "" if before is None else _in_words(model, name, before, shown)
        says = _in_words(model, name, row.value(name), shown)
        if said != says and not (row.previous is None and _goes_without_saying(row, name)):
            yield Change(_label(model, name), said, says)


def _goes_without_saying(row: _Row, name: str) -> bool:
    """Of a new record: what names it already, and what nobody chose."""
    if name in row.trail.named_by:
        return True
    definition: Any = row.trail.model._meta.get_field(name)
    return bool(definition.has_default() and definition.default == row.value(name))


def _label(model: type[models.Model], name: str) -> str:
    label = str(getattr(model._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def _in_words(model: type[models.Model], name: str, value: Any, shown: Shown) -> str:
    """A stored value as a person reads it."""
    definition: Any = model._meta.get_field(name)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return ", ".join(sorted(_related(definition, key, shown) for key in value))
    if definition.related_model is not None:
        return _related(definition, value, shown)
    if definition.choices:
        return str(dict(definition.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    return str(value)


def _related(definition: Any, key: uuid.UUID | int, shown: Shown) -> str:
    return shown.get((definition.related_model._meta.label, key), "—")
