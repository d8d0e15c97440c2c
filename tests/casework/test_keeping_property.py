"""Whatever is done with a case by whoever in whatever order: it has a holder, nobody reads what they may not, nothing is lost."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casework import keeping_permissions as may_merge
from casework.enums import CaseStage, ReleaseStatus
from casework.hindrances import hindrances_of
from casework.keeping_enums import ClosingStatus, MergeStatus, OfferStatus
from casework.models import (
    Case,
    CaseSummary,
    Closing,
    FollowUp,
    HandOver,
    Person,
    PersonMerge,
    Plan,
    Release,
    SealedOpening,
    Transfer,
)
from casework.plan_enums import PlanStatus
from casework.services import merges, plans, summaries
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
    withdraw_closing,
)
from casework.services.handing_over import (
    accept_hand_over,
    offer_hand_over,
    refuse_hand_over,
    withdraw_hand_over,
)
from casework.services.sealed import open_sealed_door, shut_sealed_door
from casework.services.transfers import (
    accept_transfer,
    offer_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.standing import settle
from tests import builders as make
from tests.casework import keeping_builders as keep
from tests.casework.plan_builders import make_goal

pytestmark = pytest.mark.django_db
REFUSED = (DomainError, PermissionDenied)
RECORDS = (
    Transfer,
    HandOver,
    Closing,
    FollowUp,
    SealedOpening,
    Plan,
    PersonMerge,
    CaseSummary,
    Release,
)
HISTORIES = (Case, Plan, Closing, Transfer, PersonMerge, CaseSummary)
PLAN_STEPS = ("begin", "submit", "approve", "return", "change", "discard")
MERGE_STEPS = (
    "propose",
    "agree",
    "refuse",
    "withdraw",
    "ask parting",
    "agree parting",
    "refuse parting",
)
ANSWERS = st.sampled_from(["accept", "refuse", "withdraw"])
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
        self.number, self.most = self.case.number, dict.fromkeys((*RECORDS, *HISTORIES), 0)
        self.reason, self.ground = keep.make_reason(), keep.make_ground()
        self.child = self.case.child_places.get().person
        # The same child has a file in the other office, which its two heads and its worker read.
        self.like = make.make_child("Асанбеков", "Үсөн")
        self.other = make.make_case(self.offices[1], self.people[6], child=self.like)

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

    @rule(who=someone, to=someone, step=ANSWERS)
    def answer_offer(self, who, to, step):
        transfer = Transfer.objects.filter(status=OfferStatus.OFFERED).first()
        if transfer and step == "accept":
            self._try(accept_transfer, transfer, self.people[to], actor=self.people[who])
        elif transfer and step == "withdraw":
            self._try(withdraw_transfer, transfer, actor=self.people[who])
        elif transfer:
            self._try(refuse_transfer, transfer, "жок", actor=self.people[who])

    @rule(who=someone, to=someone)
    def hand_over(self, who, to):
        self._try(offer_hand_over, self._now(), self.people[to], "кыскача", actor=self.people[who])

    @rule(who=someone, step=ANSWERS)
    def answer_hand_over(self, who, step):
        waiting = HandOver.objects.filter(status=OfferStatus.OFFERED).first()
        if waiting and step != "refuse":
            take = accept_hand_over if step == "accept" else withdraw_hand_over
            self._try(take, waiting, actor=self.people[who])
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

    @rule(who=someone, step=ANSWERS)
    def decide_closing(self, who, step):
        asked = Closing.objects.filter(status=ClosingStatus.ASKED).first()
        if asked and step != "refuse":
            take = approve_closing if step == "accept" else withdraw_closing
            self._try(take, asked, actor=self.people[who])
        elif asked:
            self._try(return_closing, asked, "эрте", actor=self.people[who])

    @rule(who=someone, to=someone)
    def reopen(self, who, to):
        self._try(reopen_case, self._now(), "кайра", self.people[to], actor=self.people[who])

    @rule(who=someone, step=st.sampled_from(PLAN_STEPS))
    def plan(self, who, step):
        actor, last = self.people[who], Plan.objects.filter(case=self.case).last()
        if step == "begin" or last is None:
            self._try(self._begin_plan, actor)
        elif step == "change":
            self._try(plans.change_plan, last, reason_ky="Өзгөрдү", actor=actor)
        elif step == "return":
            self._try(plans.return_plan, last, "оңдоо керек", actor=actor)
        else:
            take = {"submit": plans.submit_plan, "approve": plans.approve_plan}
            self._try(take.get(step, plans.discard_plan), last, actor=actor)

    def _begin_plan(self, actor):
        begun = plans.begin_plan(self._now(), person=None, actor=actor)
        if not begun.goals.exists():
            make_goal(begun)

    @rule(who=someone, step=st.sampled_from(MERGE_STEPS))
    def bring_together(self, who, step):
        actor, merge = self.people[who], PersonMerge.objects.order_by("proposed_at").last()
        if step == "propose":
            # As the search for files elsewhere ends: who heads a case of the one, and the other's head is asked.
            if may_merge.can_propose_merge(actor, self.child) and self._is_free():
                merges._proposed(self.child, self.like, "бир бала", actor)
        elif merge is not None:
            take = {
                "agree": lambda: merges.agree_merge(merge, actor=actor),
                "refuse": lambda: merges.refuse_merge(merge, "башка бала", actor=actor),
                "withdraw": lambda: merges.withdraw_merge(merge, actor=actor),
                "ask parting": lambda: merges.ask_parting(merge, "эки бала", actor=actor),
                "agree parting": lambda: merges.agree_parting(merge, actor=actor),
                "refuse parting": lambda: merges.refuse_parting(merge, actor=actor),
            }
            self._try(take[step])

    def _is_free(self):
        return not PersonMerge.objects.filter(status__in=["proposed", "agreed"]).exists()

    @rule(who=someone)
    def ask_for_summary(self, who):
        facts = summaries.SummaryFacts(
            ground=self.ground, purpose="сот", sections=("children",), recipient_text="сот"
        )
        self._try(summaries.ask_summary, self._now(), facts, actor=self.people[who])

    @rule(who=someone, grants=st.booleans())
    def decide_summary(self, who, grants):
        asked = CaseSummary.objects.filter(status=ReleaseStatus.REQUESTED).first()
        if asked and grants:
            self._try(summaries.grant_summary, asked, ground=self.ground, actor=self.people[who])
        elif asked:
            self._try(summaries.refuse_summary, asked, reason="жок", actor=self.people[who])

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
    def somebody_holds_it_and_only_those_read_it_who_may(self):
        """Each person is asked once for where they stand; a merge opens the other record to nobody."""
        case = self._now()
        shut = set(case.conflicts.filter(ended_at=None).values_list("user", flat=True))
        helps = set(case.episodes.values_list("specialist", flat=True))
        opened = SealedOpening.objects.in_force().filter(case=case)
        unsealed = set(opened.values_list("user", flat=True))
        holders = heads = 0
        for person in User.objects.filter(pk__in=[p.pk for p in self.people]):
            own = settle(person)
            worker = case.responsible_id == person.pk and case.office_id in own.offices()
            head = case.office_id in own.offices(Role.HEAD)
            helping = person.pk in helps and own.has(Role.PSYCHOLOGIST)
            door = person.pk in unsealed and own.has(Role.HEAD)
            full = person.pk not in shut and (worker or head)
            reads = person.pk not in shut and (worker or head or helping or door)
            found = dict(
                Case.objects.filter(pk=case.pk)
                .content_visible_to(person)
                .values_list("pk", Exists(Case.objects.full_visible_to(person).filter(pk=case.pk)))
            )
            assert found == ({case.pk: full} if reads else {}), person
            heads += head
            holders += Case.objects.held_by(person).filter(pk=case.pk).exists()
            self._reads_of_the_two_files_what_the_cases_say(person)
        assert heads and holders

    def _reads_of_the_two_files_what_the_cases_say(self, person):
        files = Person.objects.filter(pk__in=[self.child.pk, self.like.pk])
        by_case = files.filter(case_places__case__in=Case.objects.content_visible_to(person))
        assert set(files.visible_to(person)) == set(by_case)

    @invariant()
    def closed_means_that_nothing_is_open(self):
        case = self._now()
        if case.stage == CaseStage.CLOSED:
            assert hindrances_of(case) == [] and case.closed_on

    @invariant()
    def what_was_taken_back_is_as_if_never_asked(self):
        """Its side took it back, never the one that was to answer; a case is being closed only while somebody asks."""
        case = self._now()
        asked = Closing.objects.filter(case=case, status=ClosingStatus.ASKED).exists()
        assert asked == (case.stage == CaseStage.CLOSING)
        withdrawn = Transfer.objects.filter(status=OfferStatus.WITHDRAWN)
        for transfer in withdrawn.select_related("decided_by"):
            places = transfer.decided_by.memberships.filter(role=Role.HEAD)
            assert places.filter(office=transfer.from_office_id).exists()
        for merge in PersonMerge.objects.filter(status=MergeStatus.WITHDRAWN):
            assert merge.decided_by in self.people[:2]

    @invariant()
    def merges_are_agreed_by_somebody(self):
        assert not PersonMerge.objects.filter(status=MergeStatus.AGREED, decided_by=None).exists()

    @invariant()
    def plans_stand_by_anothers_word(self):
        found = Plan.objects.filter(case=self.case)
        for plan in found.filter(status__in=[PlanStatus.APPROVED, PlanStatus.REPLACED]):
            assert plan.approved_by not in (None, plan.author)
            assert plan.number and plan.paper_id
        assert found.filter(status=PlanStatus.APPROVED).count() <= 1

    @invariant()
    def what_went_out_stands_in_the_register(self):
        for summary in CaseSummary.objects.filter(status=ReleaseStatus.GRANTED):
            assert summary.release.paper_id and summary.decided_by_id
        for closing in Closing.objects.filter(status=ClosingStatus.APPROVED):
            assert closing.decided_by_id != closing.asked_by_id and closing.paper_id

    @invariant()
    def nothing_is_lost(self):
        case = self._now()
        assert case.number == self.number and case.child_places.count() == 1
        counted = {record: record.objects.count() for record in RECORDS}
        counted |= {record: counted.get(record, 0) + record.history.count() for record in HISTORIES}
        for record, number in counted.items():
            assert number >= self.most[record]
            self.most[record] = number


def test_no_order_of_steps_by_anybody_does_harm():
    run_state_machine_as_test(
        Keeping, settings=settings(max_examples=6, stateful_step_count=20, deadline=None)
    )
