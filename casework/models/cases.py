"""The case: one family's file in one office, and what warns whoever opens it."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Case as When_
from django.db.models import Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import Membership, Office, StandardVersion, User
from offices.standing import Standing, standing

from ..enums import BasisKind, CaseStage, NoticeBody, RiskLevel
from ..on_duty import DUTY_ROLES
from .beginnings import Beginning
from .categories import SituationCategory
from .conflicts import DeclaredConflict
from .families import Family
from .people import Person


class CaseQuerySet(AskedOftenQuerySet["Case"]):
    """Who may know of a case, and who may read it. docs/permissions.md has the table."""

    @asked_often
    def visible_to(self, user: User) -> Self:
        """Cases whose existence ``user`` may know: the index card at least. Nobody's for anonymous people."""
        return self._not_shut_out(user).filter(self._carded_for(user) | self._read_by(user))

    @asked_often
    def named_for(self, user: User) -> Self:
        """Cases whose card also shows ``user`` whose it is: a restricted one only to those who read it."""
        return self.visible_to(user).filter(Q(is_restricted=False) | self._read_by(user))

    @asked_often
    def content_visible_to(self, user: User) -> Self:
        """Cases of which ``user`` reads more than the card: the responsible worker, a stand-in, the head, an episode's holder."""
        return self._not_shut_out(user).filter(self._read_by(user))

    @asked_often
    def full_visible_to(self, user: User) -> Self:
        """Cases that ``user`` works as responsible worker, stand-in or head: everything but private notes."""
        return self._not_shut_out(user).filter(self._worked_by(user))

    def with_depth_for(self, user: User) -> Self:
        """Each with how far ``user`` reads into it (``reads_content``, ``reads_full``) and whether they hold it or help in it (``is_mine``)."""
        let_in = ~Exists(self._shutting_out(user))
        own = standing(user)
        mine = self._held_by(own) | self._left_to(own) | self._lends_help(user)
        return self.annotate(
            reads_content=_whether(self._read_by(user) & Q(let_in)),
            reads_full=_whether(self._worked_by(user) & Q(let_in)),
            reads_sealed=_whether(self._behind_sealed_door(user) & Q(let_in)),
            is_mine=_whether(mine & Q(let_in)),
        )

    def depths_for(self, user: User) -> "models.QuerySet[Case, tuple[bool, bool, bool]]":
        """Of each that ``user`` may know of: whether they read all of it, more than its card, its card by their office."""
        asked = {
            "reads_full": self._worked_by(user),
            "reads_content": self._read_by(user),
            "reads_card": self._carded_for(user),
        }
        found = self._not_shut_out(user).annotate(**{k: _whether(q) for k, q in asked.items()})
        return found.values_list(*asked)

    @asked_often
    def held_by(self, user: User) -> Self:
        """Cases that ``user`` answers for: as responsible worker or stand-in; as head those whose worker has left the office."""
        own = standing(user)
        return self._not_shut_out(user).filter(self._held_by(own) | self._left_to(own))

    def forsaken(self) -> Self:
        """Those whose responsible worker works in the office no more: nobody may be left without one."""
        return self.filter(~Exists(self._working_there()))

    def awaiting_basis(self) -> Self:
        """Begun on the head's word; the basis document (clause 12) has not come yet."""
        return self.filter(basis_kind=BasisKind.AWAITED).exclude(stage=CaseStage.CLOSED)

    def basis_overdue(self, on: dt.date) -> Self:
        """Those of them whose day had passed on ``on``, or whose word the head took back."""
        late = Q(basis_awaited_until__lt=on) | Q(basis_word_withdrawn_at__isnull=False)
        return self.awaiting_basis().filter(late)

    def _carded_for(self, user: User) -> Q:
        """Cases of the offices in which the person looks after families, of which they know the card at least."""
        return Q(office_id__in=standing(user).offices(Role.OPERATOR, Role.CASEWORKER, Role.HEAD))

    def _read_by(self, user: User) -> Q:
        return self._worked_by(user) | self._lends_help(user) | self._behind_sealed_door(user)

    def _behind_sealed_door(self, user: User) -> Q:
        """Opened by the person in an emergency, until the clock shuts it; never for who works with clients no more."""
        from .sealed import SealedOpening

        if not standing(user).has(*DUTY_ROLES):
            return Q(pk__in=[])
        return Q(pk__in=SealedOpening.objects.in_force().filter(user=user).values("case"))

    def _worked_by(self, user: User) -> Q:
        own = standing(user)
        return Q(office_id__in=own.offices(Role.HEAD)) | self._held_by(own)

    def _held_by(self, own: Standing) -> Q:
        """Held by the person, or in the same office by whom they stand in for; an office one has left is held no more."""
        there = own.offices(Role.CASEWORKER, Role.HEAD)
        held = Q(responsible_id=own.user_id, office_id__in=there)
        for office, colleagues in own.covered.items():
            held |= Q(responsible_id__in=colleagues, office_id=office)
        return held

    def _left_to(self, own: Standing) -> Q:
        """Cases of the offices that the person heads whose responsible worker has left: the head holds them."""
        led = own.offices(Role.HEAD)
        return Q(office_id__in=led) & ~Q(Exists(self._working_there())) if led else Q(pk__in=[])

    @staticmethod
    def _working_there() -> "models.QuerySet[Membership]":
        return (
            Membership.objects.active()
            .filter(user=OuterRef("responsible"), office=OuterRef("office"))
            .filter(role__in=[Role.CASEWORKER, Role.HEAD], user__is_active=True)
        )

    def _lends_help(self, user: User) -> Q:
        from .episodes import Episode

        return Q(pk__in=Episode.objects.cases_helped_by(user))

    def _not_shut_out(self, user: User) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(~Exists(self._shutting_out(user)))

    @staticmethod
    def _shutting_out(user: User) -> "models.QuerySet[CaseConflict]":
        return CaseConflict.objects.filter(case=OuterRef("pk"), user=user.pk, ended_at=None)


def _whether(condition: Q) -> When_:
    """``condition`` as a value of the row."""
    return When_(When(condition, then=Value(True)), default=Value(False))


class Case(Beginning):
    """A family's file in an office. How it was identified (clause 3) and its basis (clause 12) are two facts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases")
    family = models.ForeignKey(Family, models.PROTECT, related_name="cases")
    standard = models.ForeignKey(StandardVersion, models.PROTECT, related_name="+")

    basis_word_withdrawn_at = models.DateTimeField(null=True, blank=True)
    basis_word_reason = models.CharField(_("Why the word is withdrawn"), max_length=300, blank=True)

    reason = models.TextField(_("Reason"), blank=True)
    categories = models.ManyToManyField(
        SituationCategory, blank=True, related_name="cases", verbose_name=_("Situation")
    )
    risk_level = models.CharField(
        _("Risk"), max_length=10, choices=RiskLevel.choices, default=RiskLevel.UNKNOWN
    )
    stage = models.CharField(
        _("Stage"), max_length=12, choices=CaseStage.choices, default=CaseStage.OPENED
    )
    responsible = models.ForeignKey(
        User, models.PROTECT, related_name="responsible_cases", verbose_name=_("Responsible worker")
    )
    is_restricted = models.BooleanField(_("Restricted"), default=False)
    opened_at = models.DateTimeField(_("Opened"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(_("Next review"), null=True, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    closing_reason = models.CharField(_("Reason of closing"), max_length=300, blank=True)
    reopened_on = models.DateField(_("Reopened on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[categories])

    class Meta:
        ordering = ["-opened_at", "id"]
        indexes = [
            models.Index(fields=["office", "-opened_at"], name="case_by_office"),
            models.Index(fields=["responsible", "stage"], name="case_by_responsible"),
            models.Index(fields=["office", "stage"], name="case_by_stage"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis_kind=BasisKind.AWAITED)
                | Q(basis_awaited_until__isnull=False, basis_allowed_by__isnull=False),
                name="awaited_basis_has_word_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(stage=CaseStage.CLOSED) | Q(closed_on__isnull=False),
                name="closed_case_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.pk])

    @property
    def is_basis_awaited(self) -> bool:
        return self.basis_kind == BasisKind.AWAITED and self.stage != CaseStage.CLOSED

    def is_basis_overdue(self, on: dt.date) -> bool:
        """The row's answer to :meth:`CaseQuerySet.basis_overdue`."""
        until = self.basis_awaited_until
        late = self.basis_word_withdrawn_at is not None or (until is not None and until < on)
        return self.is_basis_awaited and late


class CaseChild(models.Model):
    """A child whom the case concerns."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="child_places")
    person = models.ForeignKey(Person, models.PROTECT, related_name="case_places")

    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="case_child_once")]


class Search(models.Model):
    """What somebody looked for: kept so that the address of the results names nobody. Gone after 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    text = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "searches"
        indexes = [models.Index(fields=["at"], name="search_by_age")]


class CaseConflict(DeclaredConflict):
    """Shuts a worker, heads included, out of the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(
        User, models.PROTECT, related_name="case_conflicts", verbose_name=_("Who")
    )

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at=None), name="case_conflict_once"
            )
        ]


class SafetyAlert(models.Model):
    """A danger that anybody who works with the case must see at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="safety_alerts")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("What is the danger"))
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.CharField(_("Why it is lifted"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-raised_at"]
        indexes = [models.Index(fields=["case", "lifted_at"])]


class SafetyNotice(models.Model):
    """A notice of the danger given to a body: when, to whom, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(SafetyAlert, models.PROTECT, related_name="notices")
    body = models.CharField(_("To whom"), max_length=20, choices=NoticeBody.choices)
    recipient = models.CharField(_("Who took it"), max_length=200, blank=True)
    given_at = models.DateTimeField(_("When"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.CharField(_("How, number"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-given_at"]
