"""Whatever is done with a case by whoever in whatever order: it has a holder, nobody reads what they may not, nothing is lost."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casework.enums import CaseStage
from casework.hindrances import hindrances_of
from casework.keeping_enums import ClosingStatus, OfferStatus
from casework.models import Case, Closing, HandOver, SealedOpening, Transfer
from casework.services.cases import (
    assign_case,
    declare_conflict,
    restrict_case,
    unrestrict_case,
)
from casework.services.closing import (
    approve_closing,
    ask_closing,
    reopen_case,
    return_closing,
)
from casework.services.handing_over import accept_hand_over, offer_hand_over, refuse_hand_over
from casework.services.sealed import open_sealed_door, shut_sealed_door
from casework.services.transfers import accept_transfer, offer_transfer, refuse_transfer
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.standing import standing
from tests import builders as make
from tests.casework import keeping_builders as keep

pytestmark = pytest.mark.django_db
REFUSED = (DomainError, PermissionDenied)
RECORDS = (Transfer, HandOver, Closing, SealedOpening)
someone = st.integers(min_value=0, max_value=8)


class Keeping(RuleBasedStateMachine):
    """Two offices, each with two heads and two workers, and a psychologist of a third."""

    def __init__(self):
        super().__init__()
        self.sealed_off = transaction.atomic()
        self.sealed_off.__enter__()
        self.offices = [make.make_office("lenin"), make.make_office("oktyabr")]
        self.people = []
        for office in self.offices:
            self.people += [make.make_head(office), make.make_head(office)]
            self.people += [make.make_caseworker(office), make.make_caseworker(office)]
        self.people.append(make.make_psychologist())
        self.case = make.make_case(self.offices[0], self.people[2])
        self.number, self.most = self.case.number, dict.fromkeys(RECORDS, 0)
        self.reason = keep.make_reason()

    def teardown(self):
        transaction.set_rollback(True)
        self.sealed_off.__exit__(None, None, None)

    def _try(self, step, *args, **kwargs):
        """A step as its service takes or refuses it; nothing else may happen."""
        try:
            with transaction.atomic():
                step(*args, **kwargs)
        except REFUSED:
            pass

    def _now(self):
        return Case.objects.get(pk=self.case.pk)

    @rule(who=someone, to=someone)
    def assign(self, who, to):
        self._try(assign_case, self._now(), self.people[to], actor=self.people[who])

    @rule(who=someone, restricts=st.booleans())
    def restrict(self, who, restricts):
        step = restrict_case if restricts else unrestrict_case
        self._try(step, self._now(), "себеп", actor=self.people[who])

    @rule(who=someone, whose=someone)
    def shut_out(self, who, whose):
        if whose % 4 != 0 or whose == 8:  # one head of each office always stays
            self._try(
                declare_conflict, self._now(), self.people[whose], "тууганы", actor=self.people[who]
            )

    @rule(who=someone, office=st.integers(0, 1))
    def offer(self, who, office):
        self._try(
            offer_transfer, self._now(), self.offices[office], reason="көчтү", summary="кыскача", actor=self.people[who]
        )  # fmt: skip

    @rule(who=someone, to=someone, accepts=st.booleans())
    def answer_offer(self, who, to, accepts):
        transfer = Transfer.objects.filter(status=OfferStatus.OFFERED).first()
        if transfer and accepts:
            self._try(accept_transfer, transfer, self.people[to], actor=self.people[who])
        elif transfer:
            self._try(refuse_transfer, transfer, "жок", actor=self.people[who])

    @rule(who=someone, to=someone)
    def hand_over(self, who, to):
        self._try(offer_hand_over, self._now(), self.people[to], "кыскача", actor=self.people[who])

    @rule(who=someone, accepts=st.booleans())
    def answer_hand_over(self, who, accepts):
        waiting = HandOver.objects.filter(status=OfferStatus.OFFERED).first()
        if waiting and accepts:
            self._try(accept_hand_over, waiting, actor=self.people[who])
        elif waiting:
            self._try(refuse_hand_over, waiting, "жок", actor=self.people[who])

    @rule(who=someone)
    def unseal(self, who):
        self._try(open_sealed_door, self.number, keep.WHY, actor=self.people[who])

    @rule(who=someone)
    def seal(self, who):
        opening = SealedOpening.objects.in_force().first()
        if opening:
            self._try(shut_sealed_door, opening, actor=self.people[who])

    @rule(who=someone, follower=someone)
    def ask_to_close(self, who, follower):
        ending = keep.make_ending(self._now(), reason=self.reason, follower=self.people[follower])
        self._try(ask_closing, self._now(), ending, actor=self.people[who])

    @rule(who=someone, approves=st.booleans())
    def decide_closing(self, who, approves):
        asked = Closing.objects.filter(status=ClosingStatus.ASKED).first()
        if asked and approves:
            self._try(approve_closing, asked, actor=self.people[who])
        elif asked:
            self._try(return_closing, asked, "эрте", actor=self.people[who])

    @rule(who=someone, to=someone)
    def reopen(self, who, to):
        self._try(reopen_case, self._now(), "кайра", self.people[to], actor=self.people[who])

    @rule()
    def need_help(self):
        if self._now().stage != CaseStage.CLOSED:
            make.make_episode(self._now(), self.people[8])

    @rule(who=st.integers(1, 7))
    def leave(self, who):
        """Somebody's membership has ended; the first head of each office stays."""
        if who % 4 != 0:
            place = self.people[who].memberships.get()
            place.ends_on = clock.today() - dt.timedelta(days=1)
            place.save()

    @invariant()
    def somebody_holds_it(self):
        case = self._now()
        heads = [p for p in self.people if case.office_id in standing(p).offices(Role.HEAD)]
        assert heads and any(
            Case.objects.held_by(p).filter(pk=case.pk).exists() for p in self.people
        )

    @invariant()
    def only_those_read_it_who_may(self):
        case = self._now()
        for person in self.people:
            own = standing(person)
            shut = case.conflicts.filter(user=person, ended_at=None).exists()
            worker = case.responsible_id == person.pk and case.office_id in own.offices()
            head = case.office_id in own.offices(Role.HEAD)
            helps = case.episodes.filter(specialist=person).exists() and own.has(Role.PSYCHOLOGIST)
            unsealed = SealedOpening.objects.in_force().filter(case=case, user=person).exists()
            unsealed = unsealed and own.has(Role.HEAD)
            reads = Case.objects.content_visible_to(person).exists()
            assert reads == (not shut and (worker or head or helps or unsealed)), person
            full = Case.objects.full_visible_to(person).exists()
            assert full == (not shut and (worker or head)), person

    @invariant()
    def closed_means_that_nothing_is_open(self):
        case = self._now()
        if case.stage == CaseStage.CLOSED:
            assert hindrances_of(case) == [] and case.closed_on

    @invariant()
    def nothing_is_lost(self):
        case = self._now()
        assert case.number == self.number and case.child_places.count() == 1
        for record in RECORDS:
            number = record.objects.count()
            assert number >= self.most[record]
            self.most[record] = number


def test_no_order_of_steps_by_anybody_does_harm():
    run_state_machine_as_test(
        Keeping, settings=settings(max_examples=10, stateful_step_count=20, deadline=None)
    )
