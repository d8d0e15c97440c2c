"""Home visits, planned and written up once for every child whom they concern; their photographs and their act."""

import datetime as dt
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Case, CaseConflict, Person
from core import clock
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing
from papers.models import Attachment, IssuedPaper

from ..enums import Condition, VisitOutcome, VisitPurpose
from .raids import RaidFinding

# Who makes visits before there is a case, and reads them: docs/permissions.md.
VISITING = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)
CONDITIONS = ("heating", "sleeping_place", "food", "cleanliness", "home_safety")


class VisitQuerySet(AskedOftenQuerySet["Visit"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Visits of a case that ``user`` works in full; those they made themselves; before there is a case, the office's.

        Never to one who is shut out of any of its cases.
        """
        own = standing(user)
        place = VisitChild.objects.filter(visit=OuterRef("pk"))
        worked = place.filter(case__in=Case.objects.full_visible_to(user))
        shut = place.filter(
            case__in=CaseConflict.objects.filter(user=user.pk, ended_at=None).values("case")
        )
        made = Visit.staff.through.objects.filter(visit=OuterRef("pk"), user=user.pk)
        read = place.filter(case__in=Case.objects.content_visible_to(user))
        mine = Q(Exists(made)) & (Q(office_id__in=own.offices()) | Q(Exists(read)))
        alone = ~Q(Exists(place)) & Q(office_id__in=own.offices(*VISITING))
        return self.filter(~Q(Exists(shut))).filter(Q(Exists(worked)) | mine | alone)

    def of_case(self, case: Case) -> Self:
        return self.filter(Exists(VisitChild.objects.filter(visit=OuterRef("pk"), case=case)))

    def without_case(self) -> Self:
        return self.filter(~Exists(VisitChild.objects.filter(visit=OuterRef("pk"))))


def _condition(label: Any) -> "models.CharField[str, str]":
    return models.CharField(
        label, max_length=5, choices=Condition.choices, blank=True, default=Condition.UNSEEN
    )


class Visit(models.Model):
    """One visit: who went, whom they met, what they found. Its text is locked by its act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number of the act"), max_length=30, blank=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="visits")
    finding = models.ForeignKey(
        RaidFinding, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    purpose = models.CharField(_("Purpose"), max_length=12, choices=VisitPurpose.choices)
    purpose_text = models.CharField(_("Purpose, in words"), max_length=200, blank=True)
    ground_number = models.CharField(_("Number of the call or raid"), max_length=60, blank=True)
    outcome = models.CharField(_("How it went"), max_length=12, choices=VisitOutcome.choices)
    planned_at = models.DateTimeField(_("Planned for"), null=True, blank=True)
    held_at = models.DateTimeField(_("Was there at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Until"), null=True, blank=True)
    place = models.CharField(_("Address"), max_length=300, blank=True)
    staff = models.ManyToManyField(User, related_name="visits", verbose_name=_("Who went"))
    others_went = models.CharField(_("Others who went along"), max_length=300, blank=True)
    met = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name=_("Who was met")
    )
    others_met = models.CharField(_("Others who were met"), max_length=300, blank=True)
    children_text = models.CharField(
        _("Children who were there, in words"), max_length=300, blank=True
    )
    heating = _condition(_("Heating"))
    sleeping_place = _condition(_("Sleeping places"))
    food = _condition(_("Food"))
    cleanliness = _condition(_("Cleanliness"))
    home_safety = _condition(_("Safety of the home"))
    conditions_ky = models.TextField(_("Living conditions, in Kyrgyz"), blank=True)
    conditions_ru = models.TextField(_("Living conditions, in Russian"), blank=True)
    found_ky = models.TextField(_("What was found, in Kyrgyz"), blank=True)
    found_ru = models.TextField(_("What was found, in Russian"), blank=True)
    agreed_ky = models.TextField(_("What was agreed, in Kyrgyz"), blank=True)
    agreed_ru = models.TextField(_("What was agreed, in Russian"), blank=True)
    next_step_ky = models.TextField(_("Next step, in Kyrgyz"), blank=True)
    next_step_ru = models.TextField(_("Next step, in Russian"), blank=True)
    cancelled_reason = models.CharField(_("Why it is called off"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+"
    )
    acted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = VisitQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[staff, met])

    class Meta:
        ordering = [models.functions.Coalesce("held_at", "planned_at").desc(), "id"]
        indexes = [models.Index(fields=["office", "-held_at"], name="visit_by_office")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="planned") | Q(planned_at__isnull=False, held_at=None),
                name="planned_visit_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["planned", "cancelled"]) | Q(held_at__isnull=False),
                name="held_visit_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="cancelled") | ~Q(cancelled_reason=""),
                name="cancelled_visit_says_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("held_at")),
                name="visit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(paper=None, number="") | (Q(paper__isnull=False) & ~Q(number="")),
                name="visit_act_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.get_purpose_display())

    def get_absolute_url(self) -> str:
        return reverse("visits:visit", args=[self.pk])

    @property
    def at(self) -> dt.datetime | None:
        """When it was, or will be."""
        return self.held_at or self.planned_at

    @property
    def is_held(self) -> bool:
        return self.outcome not in (VisitOutcome.PLANNED, VisitOutcome.CANCELLED)

    @property
    def has_act(self) -> bool:
        return self.paper_id is not None


class VisitChild(models.Model):
    """A child whom the visit concerns, in one case: seen, heard, and what belongs to this child alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="children")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    was_seen = models.BooleanField(_("Seen"), null=True, blank=True)
    was_heard = models.BooleanField(_("Heard alone"), null=True, blank=True)
    text_ky = models.TextField(_("About this child, in Kyrgyz"), blank=True)
    text_ru = models.TextField(_("About this child, in Russian"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["person__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "case", "person"], name="visit_child_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


class VisitPhoto(models.Model):
    """A photograph or scan of the visit: the original is sealed, what is shown has no metadata."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    caption = models.CharField(_("What it shows"), max_length=200, blank=True)
    is_printed = models.BooleanField(_("Printed with the act"), default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    history = HistoricalRecords()

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.caption or str(self.visit)
