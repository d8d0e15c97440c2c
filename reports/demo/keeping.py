"""How cases are kept and end in the demo city: closed ones with statements and follow-ups, a transfer, a sealed door."""

import datetime as dt
from typing import TYPE_CHECKING

from casework.enums import CaseStage
from casework.hindrances import hindrances_of
from casework.models import Case, ClosingReason
from casework.models.cases import CaseQuerySet
from casework.services.closing import Ending, approve_closing, ask_closing
from casework.services.handing_over import offer_hand_over
from casework.services.sealed import open_sealed_door
from casework.services.transfers import offer_transfer
from core import clock
from core.history import acting_as

from .families import LAST_DAY

if TYPE_CHECKING:
    from .city import City

BISHKEK = dt.timezone(dt.timedelta(hours=6))
# Days before the last one on which a case was closed: a follow-up is late, near, far away.
CLOSED_BEFORE = [35, 27]
SUMMARY = "Үй-бүлө башка районго көчтү. Апасы менен байланыш бар, мектеп жаңы окуу жылынан алмашат. Кийинки жолугушуу апа менен макулдашылган."
EMERGENCY = "Түнкү чалуу: ушул үй-бүлөдө бала кыйкырып жатат, дарегин жана коркунучун билүү керек."


def keep_cases(city: "City") -> None:
    """Two closings with their papers, a transfer that waits, a hand-over that waits, and one opening of the sealed door."""
    _close_some(city)
    _offer_a_transfer(city)
    _hand_over_one(city)
    _open_a_sealed_door(city)


def _close_some(city: "City") -> None:
    free = [case for case in _open_cases("pervomay") if not hindrances_of(case)]
    reason = ClosingReason.objects.get(code="overcome")
    for case, days in zip(free, CLOSED_BEFORE, strict=False):
        at = _moment(days, 11)
        worker, head = case.responsible, city.users["head.pervomay"]
        ending = Ending(
            reason=reason,
            goals="yes",
            goals_text="Бала мектепке кайтты, үй-бүлөгө жөлөкпул чекилди.",
            risk_now="low",
            child_opinion="«Мектепте досторум бар».",
            parents_opinion="Жардамга ыраазы.",
            was_polite="yes",
            was_in_time="yes",
            was_useful="partly",
            follower=worker,
            months=(1, 3, 6),
        )
        with clock.moved_to(at), acting_as(worker):
            closing = ask_closing(case, ending, actor=worker)
        with clock.moved_to(at + dt.timedelta(hours=2)), acting_as(head):
            approve_closing(closing, actor=head)


def _offer_a_transfer(city: "City") -> None:
    case, head = _open_cases("sverdlov").first(), city.users["head.sverdlov"]
    if case is None:
        return
    with clock.moved_to(_moment(1, 10)), acting_as(head):
        offer_transfer(
            case,
            city.offices["oktyabr"],
            reason="Үй-бүлө Октябрь районуна көчтү",
            summary=SUMMARY,
            actor=head,
        )


def _hand_over_one(city: "City") -> None:
    case = _open_cases("oktyabr").filter(responsible=city.users["caseworker.oktyabr"]).first()
    if case is None:
        return
    with clock.moved_to(_moment(1, 12)), acting_as(case.responsible):
        offer_hand_over(case, city.users["caseworker2.oktyabr"], SUMMARY, actor=case.responsible)


def _open_a_sealed_door(city: "City") -> None:
    case, head = _open_cases("lenin").last(), city.users["head.pervomay"]
    if case is None:
        return
    with clock.moved_to(_moment(2, 23)), acting_as(head):
        open_sealed_door(case.number, EMERGENCY, actor=head)


def _open_cases(office: str) -> CaseQuerySet:
    """Those of the office in help, the newest first; they are older than every closing here."""
    return Case.objects.filter(
        office__code=office, stage=CaseStage.HELP, opened_at__lt=_moment(60, 9)
    ).order_by("-opened_at", "pk")


def _moment(days_before: int, hour: int) -> dt.datetime:
    day = LAST_DAY - dt.timedelta(days=days_before)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=BISHKEK)
