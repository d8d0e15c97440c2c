"""Releases of information (clause 11): each on a ground in the law, granted by the head, with the copy kept."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import Office, Organisation, ReferenceItem, User
from offices.standing import standing
from papers.models import IssuedPaper

from ..enums import ReleaseForm, ReleaseStatus
from .cases import Case, CaseConflict
from .conclusions import Conclusion


class LegalGround(ReferenceItem):
    """A ground in the law on which information may be released; the list is the office's lawyer's to keep."""

    act_ky = models.CharField(_("Act in Kyrgyz"), max_length=300, blank=True)
    act_ru = models.CharField(_("Act in Russian"), max_length=300, blank=True)

    class Meta(ReferenceItem.Meta):
        verbose_name = _("legal ground")
        verbose_name_plural = _("Legal grounds of releases")


class ReleaseQuerySet(AskedOftenQuerySet["Release"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Those of cases one works in full; those one asked for; those of conclusions one wrote, holds now or leads the author's office of.

        One that went out before there was a case (an answer to whoever referred): the office's caseworkers and head.
        """
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        own = standing(user)
        asked = Q(requested_by=user, case__in=Case.objects.content_visible_to(user))
        written = Q(conclusion__in=Conclusion.objects.visible_to(user).written_or_held_by(user))
        led = Q(conclusion__episode__office_id__in=own.offices(Role.HEAD))
        worked = Q(case__in=Case.objects.full_visible_to(user))
        before_case = Q(case=None, office_id__in=own.offices(Role.CASEWORKER, Role.HEAD))
        shut = CaseConflict.objects.filter(case=OuterRef("case"), user=user, ended_at=None)
        return self.filter(~Exists(shut)).filter(asked | worked | written | led | before_case)

    def registered_for(self, user: User) -> Self:
        """The rows of the register: what one sees, and for an auditor all of them (without names or content)."""
        if standing(user).has(Role.AUDITOR):
            return self.all()
        return self.visible_to(user)

    def to_decide_by(self, user: User) -> Self:
        """Requests that wait for ``user`` as head of the case's office; an extract only when its text is signed."""
        ready = Q(form=ReleaseForm.FULL) | Q(extract_signed_at__isnull=False)
        return self.visible_to(user).filter(
            ready,
            status=ReleaseStatus.REQUESTED,
            case__office_id__in=standing(user).offices(Role.HEAD),
        )

    def extracts_to_write_by(self, user: User) -> Self:
        """Requests whose extract waits for ``user``'s text: the author's, or the present specialist's."""
        return self.visible_to(user).filter(
            conclusion__in=Conclusion.objects.visible_to(user).written_or_held_by(user),
            status=ReleaseStatus.REQUESTED,
            form=ReleaseForm.EXTRACT,
            extract_signed_at=None,
        )

    def to_hand_out_by(self, user: User) -> Self:
        """Granted papers that ``user`` asked for and nobody has handed out yet."""
        return self.visible_to(user).filter(
            requested_by=user,
            status=ReleaseStatus.GRANTED,
            handed_on=None,
            conclusion__isnull=False,
        )


class Release(models.Model):
    """One release of information to somebody outside the case's own workers.

    ``office`` is the office that releases: the case's. Only an answer to whoever referred may have no case yet; it and
    an outgoing referral are asked for on their own pages and stand here once the head has granted them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="releases")
    conclusion = models.ForeignKey(
        Conclusion, models.PROTECT, null=True, blank=True, related_name="releases"
    )
    form = models.CharField(_("What"), max_length=10, choices=ReleaseForm.choices)
    recipient = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("To whom"),
    )
    recipient_text = models.CharField(_("To whom, in words"), max_length=300, blank=True)
    request_number = models.CharField(_("Request number"), max_length=60, blank=True)
    request_on = models.DateField(_("Request date"), null=True, blank=True)
    ground = models.ForeignKey(
        LegalGround, models.PROTECT, related_name="+", verbose_name=_("Legal ground")
    )
    purpose = models.CharField(_("What for, exactly what"), max_length=500)
    extract_ky = models.TextField(_("Text of the extract in Kyrgyz"), blank=True)
    extract_ru = models.TextField(_("Text of the extract in Russian"), blank=True)
    extract_signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    extract_signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    status = models.CharField(
        _("State"), max_length=10, choices=ReleaseStatus.choices, default=ReleaseStatus.REQUESTED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Reason of the decision"), max_length=500, blank=True)
    hidden_facts_reason = models.CharField(
        _("Why hidden facts are printed"), max_length=500, blank=True
    )
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="release"
    )
    handed_to = models.CharField(_("Who took it"), max_length=200, blank=True)
    handed_on = models.DateField(_("Handed out on"), null=True, blank=True)
    handed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ReleaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-requested_at", "id"]
        indexes = [models.Index(fields=["case", "-requested_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="granted") | Q(paper__isnull=False, decided_by__isnull=False),
                name="granted_release_keeps_its_copy",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision_reason=""),
                name="refused_release_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(form=ReleaseForm.FEEDBACK),
                name="only_an_answer_goes_out_before_the_case",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Request for a release"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A request goes with its case; what has been decided stays that office's, wherever the case goes."""
        is_open = self.office_id is None or self.status == ReleaseStatus.REQUESTED
        if self.case is not None and is_open:
            self.office = self.case.office
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("releases:release", args=[self.pk])

    @property
    def of_case(self) -> Case:
        """The case, where the release must have one. Raises ValueError for an answer given before there was any."""
        if self.case is None:
            raise ValueError("This release went out before there was a case.")
        return self.case

    @property
    def to_whom(self) -> str:
        """The recipient in the reader's language, with the words beside."""
        return ", ".join(p for p in (str(self.recipient or ""), self.recipient_text) if p)
