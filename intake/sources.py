"""Where an application may come from: a call, a finding of a raid, a visitor, an incoming referral.

Each kind is one entry of ``KINDS``: the application's field that remembers the record, whose records a reader may begin
with, and what the record hands over. One record becomes at most one application unless somebody says that it is meant.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from offices.models import User
from referrals.models import IncomingReferral

from .carrying import Carried
from .from_referral import carried_from_referral
from .models import Application, HotlineCall, RaidFinding, Visitor


@dataclass(frozen=True)
class SourceKind:
    """``field`` names the foreign key on Application; ``records`` are those that a reader may begin one with."""

    field: str
    title: str | Promise
    records: Callable[[User], "QuerySet[Any]"]
    carried: Callable[[Any], Carried]


@dataclass(frozen=True)
class Source:
    """One record that an application begins with."""

    kind: SourceKind
    record: Any

    def carried(self) -> Carried:
        return self.kind.carried(self.record)

    def url_for(self, user: User) -> str:
        """Its own page, where ``user`` may see it; else nothing."""
        if not self.kind.records(user).filter(pk=self.record.pk).exists():
            return ""
        url: str = self.record.get_absolute_url()
        return url

    def applications(self) -> "QuerySet[Application]":
        """Those that it has become already, whoever may see them."""
        return Application.objects.filter(**{self.kind.field: self.record}).order_by(
            "registered_at"
        )


KINDS: dict[str, SourceKind] = {
    "call": SourceKind(
        "call", _("Call to the trust line"), HotlineCall.objects.visible_to, HotlineCall.carried
    ),
    "finding": SourceKind(
        "finding", _("Finding of a raid"), RaidFinding.objects.visible_to, RaidFinding.carried
    ),
    "visitor": SourceKind(
        "visitor", _("Visitor of the reception"), Visitor.objects.visible_to, Visitor.carried
    ),
    "referral": SourceKind(
        "referral",
        _("Incoming referral"),
        IncomingReferral.objects.visible_to,
        carried_from_referral,
    ),
}


def refuse_second(source: Source) -> None:
    """Raises ``DomainError`` where the record has become an application already."""
    first = source.applications().first()
    if first is not None:
        raise DomainError(
            gettext("This has become the application %(number)s already. Tick below that another one is meant.")
            % {"number": first.number}
        )  # fmt: skip


def source_of(application: Application) -> Source | None:
    """What the application began with, where it is kept."""
    for kind in KINDS.values():
        if getattr(application, f"{kind.field}_id") is not None:
            return Source(kind, getattr(application, kind.field))
    return None


def applications_from(code: str, record: Any, user: User) -> "QuerySet[Application]":
    """The applications of ``record`` that ``user`` may know of, for the record's own page."""
    source = Source(KINDS[code], record)
    return source.applications() & Application.objects.visible_to(user)
