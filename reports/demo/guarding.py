"""What guards a case in the demo city: a move to another district, leave and leaving, an order that runs out, the Commission, a refused release."""

import datetime as dt
from typing import TYPE_CHECKING

from casework.enums import CaseStage, EpisodeKind, ReleaseForm
from casework.models import Case, Conclusion, LegalGround, Plan
from casework.models.cases import CaseQuerySet
from casework.services.cases import assign_case
from casework.services.episodes import accept_episode, request_episode
from casework.services.legal_file import OrderText, record_order
from casework.services.plans import record_agreement
from casework.services.releases import ask_release, refuse_release
from casework.services.transfers import accept_transfer, offer_transfer
from core import clock
from core.history import acting_as
from offices.models import Membership, User
from offices.services.stand_ins import set_stand_in

from .families import BISHKEK, LAST_DAY
from .staff import load_former_worker

if TYPE_CHECKING:
    from .city import City

# The order of the last days runs out so many days after the last one.
RUNS_OUT_IN = dt.timedelta(days=5)
# From a plan's approval to the sitting of the Commission.
SITS_AFTER = dt.timedelta(days=9)
SUMMARY = "Апасы балдары менен Биринчи Май районуна көчтү, дареги такталды. Мектеп алмашты, жөлөкпул боюнча иш бүтө элек."


def guard_cases(city: "City") -> None:
    """One of each, of cases that nothing else was done with."""
    _move_one(city)
    _let_the_commission_agree(city)
    _stand_in_for_one(city)
    _leave_one_behind(city)
    _protect_for_a_while(city)
    _refuse_a_release(city)


def _move_one(city: "City") -> None:
    """Offered, and accepted by the head there the day after."""
    case = _untouched().exclude(office__code__in=["pervomay", "centre"]).last()
    if case is None:
        return
    gives, takes = _head(city, case), city.users["head.pervomay"]
    with clock.moved_to(_moment(15, 10)), acting_as(gives):
        offered = offer_transfer(
            case,
            city.offices["pervomay"],
            reason="Үй-бүлө Биринчи Май районуна көчтү",
            summary=SUMMARY,
            actor=gives,
        )
    with clock.moved_to(_moment(14, 11)), acting_as(takes):
        accept_transfer(offered, city.users["caseworker2.pervomay"], actor=takes)


def _let_the_commission_agree(city: "City") -> None:
    """The Commission sits some days after the plan was approved; its decision comes the day after."""
    settled = Plan.objects.in_force().filter(approved_at__lt=_moment(SITS_AFTER.days + 2, 9))
    plan = settled.order_by("approved_at", "pk").last()
    if plan is None or plan.approved_at is None:
        return
    worker, on = plan.case.responsible, clock.local(plan.approved_at).date() + SITS_AFTER
    comes = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(15), tzinfo=BISHKEK)
    with clock.moved_to(comes), acting_as(worker):
        record_agreement(plan, number="46", on=on, actor=worker)


def _stand_in_for_one(city: "City") -> None:
    """On leave for weeks from the last day, so that whoever looks later finds it too."""
    head = city.users["head.sverdlov"]
    away = Membership.objects.get(user=city.users["caseworker2.sverdlov"])
    with clock.moved_to(_moment(2, 16)), acting_as(head):
        set_stand_in(
            away,
            city.users["caseworker.sverdlov"],
            starts_on=LAST_DAY,
            ends_on=LAST_DAY + dt.timedelta(days=29),
            actor=head,
        )


def _leave_one_behind(city: "City") -> None:
    """Somebody held a case and went: it waits for the head."""
    case = _untouched().exclude(office__code="centre").first()
    if case is None:
        return
    head = _head(city, case)
    former = load_former_worker(city.offices[case.office.code])
    with clock.moved_to(_moment(40, 9)), acting_as(head):
        assign_case(case, former, actor=head)
    place = former.memberships.get()
    place.ends_on = LAST_DAY - dt.timedelta(days=3)
    with clock.moved_to(_moment(10, 9)):
        place.save()


def _protect_for_a_while(city: "City") -> None:
    """Legal help of the last month with an order that runs out in the days to come."""
    case = _untouched().exclude(office__code="centre").last()
    if case is None:
        return
    child, worker = case.child_places.select_related("person").first(), case.responsible
    lawyer, head = city.users["lawyer.centre"], city.users["head.centre"]
    with clock.moved_to(_moment(27, 9)), acting_as(worker):
        episode = request_episode(
            case,
            person=child.person,  # type: ignore[union-attr]  # a case has a child
            kind=EpisodeKind.LEGAL,
            office=city.offices["centre"],
            request="Балага коргоо ордери берилди, сотто коштоо керек.",
            actor=worker,
        )
    with clock.moved_to(_moment(26, 9)), acting_as(head):
        episode = accept_episode(episode, specialist=lawyer, seen=episode.version, actor=head)
    said = OrderText(
        issued_on=LAST_DAY - dt.timedelta(days=25),
        expires_on=LAST_DAY + RUNS_OUT_IN,
        number="412",
        issuer_text="Ички иштер бөлүмү",
        protects=(episode.person,),
        against_text="атасы",
        conditions="Балага жана апасына жакындоого тыюу салынат.",
    )
    with clock.moved_to(_moment(25, 17)), acting_as(lawyer):
        record_order(episode, said, actor=lawyer)


def _refuse_a_release(city: "City") -> None:
    """A school asked for a conclusion; the head says no."""
    found = Conclusion.objects.in_force().exclude(episode__case__office__code="centre")
    conclusion = found.order_by("countersigned_at", "pk").last()
    ground = LegalGround.objects.filter(code="consent").first() or LegalGround.objects.first()
    if conclusion is None or ground is None:
        return
    case = conclusion.episode.case
    worker, head = case.responsible, _head(city, case)
    with clock.moved_to(_moment(6, 9)), acting_as(worker):
        asked = ask_release(
            conclusion,
            form=ReleaseForm.FULL,
            recipient=None,
            recipient_text="Мектептин администрациясы",
            request_number="114",
            request_on=LAST_DAY - dt.timedelta(days=7),
            ground=ground,
            purpose="Класс жетекчисинин кабары үчүн",
            actor=worker,
        )
    with clock.moved_to(_moment(5, 16)), acting_as(head):
        refuse_release(
            asked, reason="Мектепке сунуштар жетиштүү, толук текст берилбейт.", actor=head
        )


def _untouched() -> CaseQuerySet:
    """In help for two months and more, with whoever works it, and nothing of how cases are kept in them yet; the newest first."""
    free = Case.objects.filter(
        stage=CaseStage.HELP,
        opened_at__lt=_moment(60, 9),
        responsible__isnull=False,
        responsible__memberships__ends_on=None,
        is_restricted=False,
        transfers=None,
        hand_overs=None,
        closings=None,
        episodes__orders=None,
    )
    return free.distinct().order_by("-opened_at", "pk")


def _head(city: "City", case: Case) -> User:
    return city.users[f"head.{case.office.code}"]


def _moment(days_before: int, hour: int) -> dt.datetime:
    day = LAST_DAY - dt.timedelta(days=days_before)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=BISHKEK)
