"""The reception: who came today, in whose turn, and what the screen of the waiting room shows (clauses 6, 7, 8)."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.enums import IdentifiedBy, SpokenLanguage
from casework.services.new_case import Identification, KnownAdult, KnownPhone
from core import clock
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import Office, ReferenceItem, StandardVersion, User
from offices.standing import standing

from ..carrying import Carried
from ..enums import VisitorOutcome, VisitorStatus

# Who keeps the reception of their office: docs/permissions.md.
RECEIVING = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)
_LIMIT = ExpressionWrapper(
    F("limit_minutes") * Value(dt.timedelta(minutes=1)), output_field=DurationField()
)


class PrivilegedCategory(ReferenceItem):
    """Who is served without a queue (clause 6). The standard gives no list, so it is editable."""

    class Meta(ReferenceItem.Meta):
        verbose_name = _("privileged category")
        verbose_name_plural = _("Privileged categories")


class CommunicationNeed(ReferenceItem):
    """What somebody needs in order to understand and be understood, or to come in (clause 10)."""

    class Meta(ReferenceItem.Meta):
        verbose_name = _("communication need")
        verbose_name_plural = _("Communication needs")


class QueueCounter(models.Model):
    """The last number of one office's day. Its row is the lock that keeps the day gapless and the turn one."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "day"], name="queue_counter_once_a_day")
        ]


class WaitingRoomDisplay(models.Model):
    """The link of an office's screen: nobody guesses it, and it shows numbers and nothing else."""

    office = models.OneToOneField(Office, models.PROTECT, related_name="waiting_room_display")
    token = models.CharField(max_length=64, unique=True)
    renewed_at = models.DateTimeField(default=clock.now)
    renewed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    history = HistoricalRecords(excluded_fields=["token"])

    def __str__(self) -> str:
        return str(self.office)

    def get_absolute_url(self) -> str:
        return reverse("reception:display", args=[self.token])


class VisitorQuerySet(AskedOftenQuerySet["Visitor"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Visitors of the offices whose reception ``user`` keeps, but for those whose application has been closed to them since."""
        from .applications import Application

        hidden = Application.objects.filter(visitor=OuterRef("pk")).exclude(
            pk__in=Application.objects.visible_to(user)
        )
        return self.filter(~Exists(hidden), office_id__in=standing(user).offices(*RECEIVING))

    def of_day(self, office: Office, day: dt.date) -> Self:
        return self.filter(office=office, came_on=day)

    def waiting(self) -> Self:
        """Who has not been called, or was called and sits in the queue again."""
        return self.filter(status=VisitorStatus.WAITING)

    def unserved(self, now: dt.datetime) -> Self:
        """Still waiting after their day, or after the hour at which their office closed, and nobody has said why."""
        local = clock.local(now)
        closed = Q(came_on=local.date(), office__closes_at__lte=local.time())
        open_still = (VisitorStatus.WAITING, VisitorStatus.CALLED)
        return self.filter(Q(came_on__lt=local.date()) | closed, status__in=open_still)


class Visitor(models.Model):
    """Somebody who came. Nothing is demanded but that they came; the number of the day is theirs alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="visitors")
    came_on = models.DateField(_("Day"))
    number = models.PositiveIntegerField(_("Number of the day"))
    arrived_at = models.DateTimeField(_("Came at"))
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    surname = models.CharField(_("Surname"), max_length=100, blank=True)
    given_name = models.CharField(_("Given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("Patronymic"), max_length=100, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    phone_is_safe = models.BooleanField(_("Safe to call"), null=True, blank=True)
    matter = models.CharField(_("What about, in a few words"), max_length=300, blank=True)
    language = models.CharField(
        _("Language"), max_length=10, choices=SpokenLanguage.choices, blank=True
    )
    privilege = models.ForeignKey(
        PrivilegedCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Privileged category"),
    )
    needs = models.ManyToManyField(
        CommunicationNeed, blank=True, related_name="+", verbose_name=_("Needs")
    )
    needs_text = models.CharField(_("Needs, in words"), max_length=200, blank=True)

    status = models.CharField(
        _("State"), max_length=10, choices=VisitorStatus.choices, default=VisitorStatus.WAITING
    )
    window = models.CharField(_("Room or window"), max_length=20, blank=True)
    called_at = models.DateTimeField(_("Called in"), null=True, blank=True)
    out_of_turn_reason = models.CharField(_("Why out of turn"), max_length=300, blank=True)
    received_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="received_visitors",
        verbose_name=_("Who received"),
    )
    began_at = models.DateTimeField(_("Began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    standard = models.ForeignKey(
        StandardVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    limit_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    amber_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    overrun_reason = models.CharField(_("Why it ran over"), max_length=500, blank=True)
    outcome = models.CharField(
        _("What it came to"), max_length=15, choices=VisitorOutcome.choices, blank=True
    )
    answer = models.TextField(_("What was asked and said"), blank=True)
    absence_reason = models.CharField(_("Why they were not received"), max_length=300, blank=True)
    absence_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    absence_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = VisitorQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[needs])

    class Meta:
        ordering = ["came_on", "number"]
        indexes = [
            models.Index(fields=["office", "came_on", "status"], name="visitor_by_day"),
            models.Index(
                fields=["came_on"],
                condition=Q(status__in=["waiting", "called"]),
                name="visitor_still_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "came_on", "number"], name="visitor_number_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["running", "ended"])
                | Q(began_at__isnull=False, limit_minutes__isnull=False, standard__isnull=False),
                name="received_visitor_has_a_limit",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | Q(ended_at__isnull=False) & ~Q(outcome=""),
                name="ended_reception_has_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended")
                | ~Q(overrun_reason="")
                | Q(ended_at__lte=F("began_at") + _LIMIT),
                name="reception_past_its_limit_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="unserved") | ~Q(absence_reason=""),
                name="unserved_visitor_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="reception_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reception:visitor", args=[self.pk])

    @property
    def full_name(self) -> str:
        """As it was given; "" where nobody asked."""
        return " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)

    @property
    def is_privileged(self) -> bool:
        return self.privilege_id is not None

    @property
    def limit_at(self) -> dt.datetime | None:
        """When the consultation's time is up (clause 7)."""
        if self.began_at is None or self.limit_minutes is None:
            return None
        return self.began_at + dt.timedelta(minutes=self.limit_minutes)

    @property
    def amber_at(self) -> dt.datetime | None:
        if self.began_at is None or self.amber_minutes is None:
            return None
        return self.began_at + dt.timedelta(minutes=self.amber_minutes)

    @property
    def minutes(self) -> int | None:
        """How long it lasted, in whole minutes; None before its end."""
        if self.began_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.began_at).total_seconds() // 60)

    def has_run_over(self, at: dt.datetime) -> bool:
        """Whether it has lasted longer than its limit: until its end, or until ``at`` while it runs."""
        return self.limit_at is not None and (self.ended_at or at) > self.limit_at

    @property
    def needs_in_words(self) -> str:
        """One query, or none with ``needs`` prefetched."""
        named = [str(need) for need in self.needs.all()]
        return ", ".join([*named, *([self.needs_text] if self.needs_text else [])])

    def carried(self) -> Carried:
        """What an application begins with: who came, how to reach them, what they need. They applied themselves."""
        phones: tuple[KnownPhone, ...] = ()
        if self.phone:
            phones = (KnownPhone(self.phone, is_safe=self.phone_is_safe is not False),)
        known = KnownAdult(
            surname=self.surname,
            given_name=self.given_name,
            patronymic=self.patronymic,
            language=self.language,
            communication_needs=self.needs_in_words[:300],
            phones=phones,
        )
        is_known = bool(self.full_name or self.phone or known.communication_needs or self.language)
        return Carried(
            office=self.office,
            identification=Identification(IdentifiedBy.SELF, on=self.came_on),
            adults=(known,) if is_known else (),
            reason=self.matter,
        )
