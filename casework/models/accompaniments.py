"""Accompaniments (clause 5): in court for legal help; to medical, education and social-development organisations for social."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.models import Organisation, User

from ..accompaniment_enums import (
    RECORDED,
    RESULTS,
    AccompanimentKind,
    AccompanimentStatus,
    CourtRole,
)
from .cases import Case
from .episodes import Episode
from .people import Person


class AccompanimentQuerySet(AskedOftenQuerySet["Accompaniment"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Those that lie in the file of an episode whose content ``user`` reads."""
        files = Episode.objects.content_visible_to(user).filter(accompaniments=OuterRef("pk"))
        return self.filter(Exists(files))

    def of_calendar(self, user: User) -> Self:
        """The specialist's own ones, of episodes that are still theirs."""
        files = Episode.objects.of_specialist(user).filter(accompaniments=OuterRef("pk"))
        return self.filter(Exists(files), specialist=user)

    def led_by(self, user: User) -> Self:
        """Those of the help that the office gives which ``user`` heads: when, where and in what state; never more."""
        files = Episode.objects.led_by(user).filter(accompaniments=OuterRef("pk"))
        return self.filter(Exists(files))

    def planned(self) -> Self:
        return self.filter(status=AccompanimentStatus.PLANNED)

    def results(self) -> Self:
        """What counts as the result that clause 5 asks for."""
        return self.filter(status__in=RESULTS)


class Accompaniment(models.Model):
    """One hearing, or one way to an organisation: planned, then recorded as it went, or called off.

    Written once, it lies in the file of every episode in ``episodes``: of one case, one kind of help and one specialist.
    ``at`` is unknown where only the day was told. ``follows`` is the hearing at which this one was fixed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="accompaniments")
    episodes = models.ManyToManyField(
        Episode, related_name="accompaniments", verbose_name=_("For whom")
    )
    specialist = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Who accompanies")
    )
    kind = models.CharField(_("Kind"), max_length=15, choices=AccompanimentKind.choices)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Organisation"),
    )
    organisation_text = models.CharField(_("Organisation in words"), max_length=300, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=300)
    court_number = models.CharField(_("Number of the case in court"), max_length=60, blank=True)
    role = models.CharField(
        _("Role in court"), max_length=20, choices=CourtRole.choices, blank=True
    )
    on = models.DateField(_("Day"))
    at = models.TimeField(_("Time"), null=True, blank=True)
    place = models.CharField(_("Room, judge, doctor"), max_length=200, blank=True)
    with_whom = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name=_("Who went")
    )
    others_present = models.CharField(_("Others present"), max_length=300, blank=True)
    status = models.CharField(
        _("State"),
        max_length=10,
        choices=AccompanimentStatus.choices,
        default=AccompanimentStatus.PLANNED,
    )
    result = models.TextField(_("Result"), blank=True)
    next_step = models.TextField(_("Next step"), blank=True)
    cancel_reason = models.CharField(_("Why it is called off"), max_length=300, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = AccompanimentQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[episodes, with_whom])

    class Meta:
        ordering = ["-on", "-at", "id"]
        indexes = [
            models.Index(fields=["case", "on"], name="accompaniment_by_case"),
            models.Index(fields=["specialist", "on"], name="accompaniment_by_specialist"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_text=""),
                name="accompaniment_says_where",
            ),
            models.CheckConstraint(
                condition=Q(kind="court") | ~Q(status__in=["put_off", "decided"]),
                name="only_courts_put_off_and_decide",
            ),
            models.CheckConstraint(
                condition=(Q(kind="court") & ~Q(role="")) | (~Q(kind="court") & Q(role="")),
                name="accompaniment_in_court_has_a_role",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
                name="called_off_accompaniment_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["held", "put_off", "decided"])
                | Q(recorded_at__isnull=False),
                name="recorded_accompaniment_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("accompaniments:accompaniment", args=[self.pk])

    @property
    def where(self) -> str:
        """The court or organisation: from the list, in words, or both."""
        named = self.organisation.name if self.organisation else ""
        return ", ".join(part for part in (named, self.organisation_text) if part)

    @property
    def is_in_court(self) -> bool:
        return self.kind == AccompanimentKind.COURT

    @property
    def is_planned(self) -> bool:
        return self.status == AccompanimentStatus.PLANNED

    @property
    def is_late(self) -> bool:
        """Its day has passed, and nobody has written how it went."""
        return self.is_planned and self.on < clock.today()

    @property
    def is_recorded(self) -> bool:
        return self.status in RECORDED

    @property
    def starts_at(self) -> dt.datetime | None:
        """Its moment, where the time is known."""
        if self.at is None:
            return None
        return timezone.make_aware(dt.datetime.combine(self.on, self.at))
