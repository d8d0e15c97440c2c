"""Two years of applications: those from which the recent cases opened, some undecided in each office, a few refusals."""

import datetime as dt
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from casework.enums import BasisKind, Relation
from casework.models import Case
from casework.services.new_case import Basis, NewCase
from casework.services.opening import open_case
from core import clock
from core.history import acting_as
from intake.models import Application
from intake.services.applications import register_application, withdraw_application
from intake.services.eligibility import (
    Finding,
    confirm_refusal,
    find_eligible,
    give_receipt,
    open_case_from,
    propose_refusal,
)
from intake.services.new_application import AppliedAdult, NewApplication
from offices.models import User

from .families import LAST_DAY, SEED, FamilyPlan, plan_families

if TYPE_CHECKING:
    from .city import City

NewCaseOf = Callable[["City", FamilyPlan], NewCase]
TWO_YEARS = dt.timedelta(days=730)
OFFICES = ("lenin", "oktyabr", "pervomay", "sverdlov", "centre")
# What becomes of the applications without a case, office by office.
FATES = ("undecided", "undecided", "awaited", "proposed", "refused", "withdrawn")
REFUSED_IN = ("lenin", "oktyabr", "sverdlov")
NOT_HARD = (
    Finding(
        "Үй-бүлөгө барылды. Балдар мектепке үзгүлтүксүз барат, ата-энеси иштейт, үйдө коопсуз. "
        "Кайрылуунун себеби: кошуна менен тосмо боюнча талаш.",
        "Семью посетили. Дети ходят в школу, родители работают, дома безопасно. "
        "Причина обращения: спор с соседом о заборе.",
    ),
    Finding(
        "Жолугушуу өттү. Үй-бүлөнүн кирешеси бар, балдарга кам көрүлөт. Сурагандары: батир кезегине туруу.",
        "Встреча состоялась. Доход у семьи есть, о детях заботятся. Просят поставить в очередь на жильё.",
    ),
)


def open_by_application(new: NewCase, *, actor: User) -> Case:
    """The case of ``new``, opened from its application where it is of the last two years."""
    if clock.today() < LAST_DAY - TWO_YEARS:
        return open_case(new, actor=actor)
    application = register_application(_applied(new), actor=actor)
    facts = Finding(new.reason, "", new.categories, new.risk_level)
    find_eligible(application, facts, actor=actor)
    return open_case_from(application, actor=actor)


def _applied(new: NewCase) -> NewApplication:
    """Of whose own application it is, the mother (or who cares for the children) applies."""
    is_own = new.basis.kind == BasisKind.APPLICATION
    adults: list[AppliedAdult] = []
    for adult in new.adults:
        applies = is_own and adult.relation in (Relation.MOTHER, Relation.GRANDMOTHER)
        taken = any(a.is_applicant for a in adults)
        adults.append(AppliedAdult(**vars(adult), is_applicant=applies and not taken))
    return NewApplication(
        office=new.office,
        identification=new.identification,
        basis=new.basis,
        children=new.children,
        adults=tuple(adults),
        actual_address=new.actual_address,
        registered_address=new.registered_address,
        reason=new.reason,
    )


class Others:
    """The applications that no case came of, or not yet: the last of them some days old.

    Laid between the families by their day, so that the numbers of a journal follow its days.
    """

    def __init__(self, city: "City", new_case: NewCaseOf) -> None:
        # Dice of their own: the families stay what they are.
        self.city = copy(city)
        self.city.rng = Random(SEED + 9)
        self.new_case = new_case
        plans = plan_families(len(OFFICES) * len(FATES), SEED + 7)
        named = [self._plan(place, plan) for place, plan in enumerate(plans)]
        self.left = sorted(named, key=lambda one: one[0].opened_at)

    @staticmethod
    def _plan(place: int, plan: FamilyPlan) -> tuple[FamilyPlan, str]:
        office, fate = OFFICES[place % len(OFFICES)], FATES[place // len(OFFICES)]
        days = 3 + place % 7 if fate in ("undecided", "awaited", "proposed") else 40 + 17 * place
        at = dt.datetime.combine(
            _working(LAST_DAY - dt.timedelta(days=days)), plan.opened_at.timetz()
        )
        return replace(plan, office=office, opened_at=at, extra=plan.extra), fate

    def lay_until(self, moment: dt.datetime | None = None) -> None:
        """Those of before ``moment``; all that are left where there is none."""
        while self.left and (moment is None or self.left[0][0].opened_at < moment):
            plan, fate = self.left.pop(0)
            _lay_one(self.city, self.new_case(self.city, plan), plan, fate)


def _working(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _lay_one(city: "City", new: NewCase, plan: FamilyPlan, fate: str) -> None:
    worker, head = city.worker(plan.office), city.users[f"head.{plan.office}"]
    with clock.moved_to(plan.opened_at), acting_as(worker):
        said = _applied(new)
        if fate == "awaited":
            until = LAST_DAY + dt.timedelta(days=6)
            word = Basis(BasisKind.AWAITED, awaited_until=until, allowed_by=head)
            said = replace(said, basis=word)
        application = register_application(said, actor=worker)
    with clock.moved_to(plan.opened_at + dt.timedelta(hours=1)), acting_as(worker):
        _go_on(application, plan, fate, worker, head)


def _go_on(application: Application, plan: FamilyPlan, fate: str, worker: User, head: User) -> None:
    if fate == "withdrawn":
        withdraw_application(
            application,
            "Энеси телефон чалып, арызды кайра алды: туугандары жардам берди.",
            actor=worker,
        )
    elif fate == "proposed" or (fate == "refused" and plan.office in REFUSED_IN):
        propose_refusal(application, NOT_HARD[plan.index % 2], actor=worker)
        if fate == "refused":
            if plan.office == "lenin":
                give_receipt(application, actor=worker)
            if plan.office != "sverdlov":
                confirm_refusal(application, actor=head)
