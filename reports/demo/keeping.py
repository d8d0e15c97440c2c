"""How cases are kept and end in the demo city: closed ones with statements and follow-ups, a transfer, a sealed door, what went out."""

import datetime as dt
from typing import TYPE_CHECKING

from casework.enums import CaseStage
from casework.hindrances import hindrances_of
from casework.models import Case, ClosingReason, LegalGround
from casework.models.cases import CaseQuerySet
from casework.services.access_reports import Asked, make_access_report
from casework.services.closing import Ending, approve_closing, ask_closing, reopen_case
from casework.services.handing_over import offer_hand_over
from casework.services.sealed import open_sealed_door
from casework.services.summaries import SummaryFacts, ask_summary, grant_summary
from casework.services.transfers import offer_transfer
from core import clock
from core.history import acting_as

from .families import BISHKEK, LAST_DAY

if TYPE_CHECKING:
    from .city import City

# Days before the last one on which a case was closed: a follow-up is late, near, far away.
CLOSED_BEFORE = [35, 27, 45]
SUMMARY = "Үй-бүлө башка районго көчтү. Апасы менен байланыш бар, мектеп жаңы окуу жылынан алмашат. Кийинки жолугушуу апа менен макулдашылган."
EMERGENCY = "Түнкү чалуу: ушул үй-бүлөдө бала кыйкырып жатат, дарегин жана коркунучун билүү керек."


def keep_cases(city: "City") -> None:
    """Two closings with their papers, a transfer that waits, a hand-over that waits, and one opening of the sealed door."""
    _close_some(city)
    _offer_a_transfer(city)
    _hand_over_one(city)
    _open_a_sealed_door(city)
    _open_again(city)
    _let_a_summary_go(city)
    _say_who_read(city)


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


def _open_again(city: "City") -> None:
    """The one that was closed first: it was bad again."""
    case = Case.objects.filter(closings__status="approved").order_by("closings__decided_at").first()
    if case is None:
        return
    head, worker = city.users["head.pervomay"], city.users["caseworker.pervomay"]
    with clock.moved_to(_moment(12, 15)), acting_as(head):
        reopen_case(case, "Мектеп кайра билдирди: бала сабакка келбей калды.", worker, actor=head)


def _let_a_summary_go(city: "City") -> None:
    """Asked for by a court, let out by the head."""
    case, head = _open_cases("lenin").first(), city.users["head.lenin"]
    ground = LegalGround.objects.filter(code="court").first()
    if case is None or ground is None:
        return
    facts = SummaryFacts(
        ground=ground,
        purpose="Ата-энелик укуктарды чектөө жөнүндө иш",
        sections=("children", "family", "beginning", "assessment", "plan", "help", "court"),
        recipient_text="Ленин райондук соту",
        request_number="ГД-0412",
        request_on=LAST_DAY - dt.timedelta(days=9),
        account_ky="Үй-бүлө менен иш жүрүп жатат, бала таенесинин колунда.",
        account_ru="Работа с семьёй продолжается, ребёнок живёт у бабушки.",
    )
    with clock.moved_to(_moment(8, 10)), acting_as(case.responsible):
        asked = ask_summary(case, facts, actor=case.responsible)
    with clock.moved_to(_moment(7, 10)), acting_as(head):
        grant_summary(asked, ground=ground, actor=head)


def _say_who_read(city: "City") -> None:
    """A mother asks who read her child's file."""
    head = city.users["head.lenin"]
    case = _open_cases("lenin").filter(family__members__relation="mother").first()
    ground = LegalGround.objects.filter(code="own_request").first()
    if case is None or ground is None:
        return
    mother = case.family.members.filter(relation="mother").first()
    place = case.child_places.first()
    asked = Asked(
        person=place.person,
        made_for=mother.person,
        capacity="mother",
        since=clock.local(case.opened_at).date(),
        until=LAST_DAY - dt.timedelta(days=3),
        ground=ground,
        is_safe_because="Апасы бала менен чогуу жашайт, эч ким андан жашырылган эмес.",
    )
    with clock.moved_to(_moment(3, 11)), acting_as(head):
        make_access_report(case, asked, actor=head)


def _open_cases(office: str) -> CaseQuerySet:
    """Those of the office in help, the newest first; they are older than every closing here."""
    return Case.objects.filter(
        office__code=office, stage=CaseStage.HELP, opened_at__lt=_moment(60, 9)
    ).order_by("-opened_at", "pk")


def _moment(days_before: int, hour: int) -> dt.datetime:
    day = LAST_DAY - dt.timedelta(days=days_before)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=BISHKEK)
