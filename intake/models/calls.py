"""Calls to the trust line and other signals of danger: what was said, who goes, when they were there, how it ended."""

import datetime as dt
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.births import Birth
from casework.enums import BirthPrecision, Relation, Sex
from core import clock, names, phones
from core.history import HistoricalRecords
from offices.models import District, Office, ReferenceItem, StandardVersion, User

from ..carrying import Carried
from ..enums import (
    AlarmChannel,
    CallerKind,
    CallNature,
    CallOutcome,
    Companion,
    PassedTo,
    SignalChannel,
)
from ..standing import call_offices

LOOKED_THROUGH = Q(nature__in=[CallNature.BLANK, CallNature.PRANK]) | Q(
    outcome=CallOutcome.NOTHING_FOUND
)


class CallTopic(ReferenceItem):
    """What a call is about; an editable list."""

    class Meta(ReferenceItem.Meta):
        verbose_name = _("topic of calls")
        verbose_name_plural = _("Topics of calls")


class HotlineCallQuerySet(models.QuerySet["HotlineCall"]):
    """Who knows of a call: who holds the calls of its office, and of the office that it was passed to."""

    def visible_to(self, user: User) -> Self:
        offices = call_offices(user)
        return self.filter(Q(office_id__in=offices) | Q(passed_office_id__in=offices))

    def of_offices(self, offices: frozenset[int]) -> Self:
        """Taken by one of ``offices`` or passed to it."""
        return self.filter(Q(office_id__in=offices) | Q(passed_office_id__in=offices))

    def leading(self) -> Self:
        """One for each event: without those that are joined to another call."""
        return self.filter(joined_to=None)

    def open(self) -> Self:
        """Events that have not ended: what stands on the board."""
        return self.leading().filter(ended_at=None)

    def soonest_first(self) -> Self:
        """In the order of the board: by the moment that is due next; who is on site waits last."""
        due = models.functions.Coalesce("due_at", "unsent_at")
        return self.order_by(F("on_site_at").asc(nulls_first=True), due, "received_at", "id")

    def nobody_sent(self) -> Self:
        """To whom nobody has been sent, whether or not it is time; ended ones too."""
        return self.filter(sent_at=None, on_site_at=None, passed_at=None)

    def unsent(self, at: dt.datetime) -> Self:
        """Open ones to whom nobody had been sent by ``at`` although it was time: the alarm."""
        return self.open().nobody_sent().filter(unsent_at__lte=at)

    def past_due(self, at: dt.datetime) -> Self:
        """Open ones whose hour was over at ``at`` with nobody on site."""
        return self.open().filter(on_site_at=None, due_at__lt=at)

    def to_look_through(self) -> Self:
        """Blank, prank and "nothing found", not looked through yet."""
        return self.leading().filter(LOOKED_THROUGH, ended_at__isnull=False, looked_at=None)


class HotlineCall(models.Model):
    """One call, or another signal of danger. Calls about one event hang on the one that leads (``joined_to``).

    The clock runs from ``clock_from``, the earliest of the joined ones, until a team is on site, ours or that of whom
    the call was passed to. Its limits are the standard's on the day of receipt, kept here (clause 7).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="calls")
    channel = models.CharField(
        _("How signalled"),
        max_length=12,
        choices=SignalChannel.choices,
        default=SignalChannel.PHONE,
    )
    nature = models.CharField(
        _("Kind of call"), max_length=8, choices=CallNature.choices, default=CallNature.REAL
    )
    received_at = models.DateTimeField(pgettext_lazy("call", "Received"))
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    what = models.TextField(_("What happened"), blank=True)
    where = models.CharField(pgettext_lazy("call", "Where"), max_length=300, blank=True)
    where_key = models.CharField(max_length=300, blank=True, editable=False)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("District"),
    )
    topic = models.ForeignKey(
        CallTopic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Topic")
    )
    caller_kind = models.CharField(
        _("Who calls"), max_length=8, choices=CallerKind.choices, default=CallerKind.UNKNOWN
    )
    is_repeat_caller = models.BooleanField(_("Has called before"), default=False)
    caller_name = models.CharField(_("Caller's name"), max_length=200, blank=True)
    caller_phone = models.CharField(_("Caller's phone"), max_length=40, blank=True)
    caller_phone_key = models.CharField(max_length=20, blank=True, editable=False, db_index=True)

    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", editable=False
    )
    standard = models.ForeignKey(StandardVersion, models.PROTECT, related_name="+")
    visit_minutes = models.PositiveSmallIntegerField()
    amber_minutes = models.PositiveSmallIntegerField()
    unsent_minutes = models.PositiveSmallIntegerField()
    clock_from = models.DateTimeField(editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    amber_at = models.DateTimeField(null=True, editable=False)
    unsent_at = models.DateTimeField(editable=False)

    sent_at = models.DateTimeField(pgettext_lazy("call", "Sent"), null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    team = models.ManyToManyField(
        User, blank=True, related_name="call_visits", verbose_name=_("Who goes")
    )
    team_text = models.CharField(_("Who else goes, car"), max_length=200, blank=True)
    left_at = models.DateTimeField(pgettext_lazy("call", "Left"), null=True, blank=True)
    on_site_at = models.DateTimeField(_("On site"), null=True, blank=True)
    on_site_by = models.CharField(_("Whose team"), max_length=200, blank=True)
    late_reason = models.CharField(_("Why it took longer"), max_length=500, blank=True)
    found_address = models.CharField(_("Address as found"), max_length=300, blank=True)
    findings = models.TextField(_("Findings"), blank=True)
    action_taken = models.TextField(_("What was done on the spot"), blank=True)

    passed_to = models.CharField(
        _("Passed to"), max_length=10, choices=PassedTo.choices, blank=True
    )
    passed_office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("To which office"),
    )
    passed_text = models.CharField(_("To whom, how"), max_length=300, blank=True)
    passed_at = models.DateTimeField(_("When passed"), null=True, blank=True)
    passed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    outcome = models.CharField(
        _("How it ended"), max_length=15, choices=CallOutcome.choices, blank=True
    )
    outcome_text = models.TextField(_("In words"), blank=True)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(_("Looked through"), null=True, blank=True)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = HotlineCallQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["where_key", "caller_phone_key"], m2m_fields=[team]
    )

    class Meta:
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["office", "-received_at"], name="call_by_office"),
            models.Index(
                fields=["office", "due_at"],
                condition=Q(ended_at=None, joined_to=None),
                name="call_open",
            ),
            models.Index(
                fields=["passed_office", "due_at"],
                condition=Q(ended_at=None, passed_office__isnull=False),
                name="call_open_passed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nature=CallNature.REAL) | ~Q(what=""), name="real_call_says_what"
            ),
            models.CheckConstraint(
                condition=Q(on_site_at=None) | Q(on_site_at__gte=F("clock_from")),
                name="on_site_after_the_call",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=F("clock_from")),
                name="sent_after_the_call",
            ),
            models.CheckConstraint(
                condition=~Q(nature=CallNature.REAL) | Q(ended_at=None) | ~Q(outcome=""),
                name="ended_call_says_how",
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None) | ~Q(passed_to=""), name="passed_call_says_to_whom"
            ),
            models.CheckConstraint(
                condition=~Q(joined_to=F("id")), name="call_is_not_joined_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.where_key = names.fold(self.where)[:300]
        self.caller_phone_key = phones.normalise(self.caller_phone)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.pk])

    @property
    def has_hour(self) -> bool:
        """Clause 7's hour belongs to calls of the trust line alone."""
        return self.channel == SignalChannel.PHONE

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_real(self) -> bool:
        return self.nature == CallNature.REAL

    def is_unsent(self, at: dt.datetime) -> bool:
        """The row's answer to :meth:`HotlineCallQuerySet.unsent`."""
        nobody = self.sent_at is None and self.on_site_at is None and self.passed_at is None
        return self.joined_to_id is None and self.is_open and nobody and self.unsent_at <= at

    def is_past_due(self, at: dt.datetime) -> bool:
        """Whether the hour was over at ``at``, or when the team came."""
        return self.due_at is not None and (self.on_site_at or at) > self.due_at

    def carried(self) -> Carried:
        """What an application begins with: the family as it is known. Never the caller, nor the caller's words."""
        from ..carried_calls import carried_from

        return carried_from(self)


class CallPerson(models.Model):
    """A child or an adult in the event, as much as is known: told by the caller or found on the spot."""

    call = models.ForeignKey(HotlineCall, models.PROTECT, related_name="people")
    is_child = models.BooleanField(_("Child"), default=True)
    surname = models.CharField(_("Surname"), max_length=100, blank=True)
    given_name = models.CharField(_("Given name"), max_length=100, blank=True)
    description = models.CharField(_("Description"), max_length=300, blank=True)
    sex = models.CharField(_("Sex"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    relation = models.CharField(
        _("Who to the child"), max_length=15, choices=Relation.choices, blank=True
    )
    birth_precision = models.CharField(
        max_length=10, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN
    )
    birth_on = models.DateField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-is_child", "id"]

    @property
    def birth(self) -> Birth:
        return Birth(
            self.birth_precision,
            self.birth_on,
            self.birth_year,
            self.estimated_age,
            self.estimated_on,
        )

    @property
    def age(self) -> str:
        """The age as it is said; "" where nothing is known."""
        return self.birth.age_in_words(clock.today())

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.surname, self.given_name) if part)


class CallCompany(models.Model):
    """Police or ambulance asked to come along: when rung, on what number."""

    call = models.ForeignKey(HotlineCall, models.PROTECT, related_name="company")
    who = models.CharField(_("Who"), max_length=10, choices=Companion.choices)
    rung_at = models.DateTimeField(_("When rung"))
    number = models.CharField(_("Number rung, who answered"), max_length=200, blank=True)
    rung_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["rung_at", "id"]


class CallAlarm(models.Model):
    """That somebody was told of a call to which nobody had been sent: each person once by each channel."""

    call = models.ForeignKey(HotlineCall, models.PROTECT, related_name="alarms")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=5, choices=AlarmChannel.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "user", "channel"], name="call_alarm_once")
        ]


class BoardChoice(models.Model):
    """How a person wants the board: whether it sounds."""

    user = models.OneToOneField(User, models.CASCADE, related_name="board_choice")
    has_sound = models.BooleanField(default=False)
