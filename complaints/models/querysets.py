"""Who may know of a complaint, and the words for its states and clocks. docs/permissions.md has the table."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import OfficeKind, Role
from offices.models import Office, User
from offices.standing import Standing, standing

from ..enums import OPEN_STATES, AnswerStatus, ComplaintState, Level

if TYPE_CHECKING:
    from .complaints import Complaint  # noqa: F401  # for the type of the rows


def city_offices_of(own: Standing) -> models.QuerySet[Office]:
    """The city's department, for its registrar, who keeps all complaints; empty for everybody else."""
    return Office.objects.filter(pk__in=own.offices(Role.REGISTRAR), kind=OfficeKind.CITY)


class ComplaintQuerySet(AskedOftenQuerySet["Complaint"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """The whole complaint: registrars of its offices and of the city, the leadership concerned, who considers it and who
        stands in for them.

        Never whom it is about, nor the leadership it passes by, nor who declared a conflict of interest.
        """
        own = standing(user)
        if not own.has():
            return self.none()
        ways = self._registered_by(own) | self._led_by(own) | self._considered_by(own)
        return self.filter(ways)._but(user)

    def handed_in_by(self, user: User) -> Self:
        """Those whose receipt ``user`` logged: to be shown by number and state alone."""
        return self.filter(received_by=user).exclude(about_person=user.pk)

    def explained_by(self, user: User) -> Self:
        """Those about which ``user`` was asked for an explanation: to be shown by the points put to them alone."""
        return self.filter(explanations__person=user).distinct()

    def led_by(self, user: User) -> Self:
        """Those that ``user`` answers for as leadership."""
        return self.filter(self._led_by(standing(user)))._but(user)

    def considered_for(self, user: User) -> Self:
        """Those that ``user`` considers, or holds for an absent colleague who does."""
        return self.filter(self._considered_by(standing(user)))._but(user)

    def registered_by(self, user: User) -> Self:
        """Those that ``user`` keeps as a registrar."""
        return self.filter(self._registered_by(standing(user)))._but(user)

    @staticmethod
    def _registered_by(own: Standing) -> Q:
        offices = own.offices(Role.REGISTRAR)
        if not offices:
            return Q(pk__in=[])
        ways = ("received_office", "registered_office", "about_office")
        kept = Q(Exists(city_offices_of(own)))
        for way in ways:
            kept |= Q(**{f"{way}__in": offices})
        return kept

    @staticmethod
    def _led_by(own: Standing) -> Q:
        led = Q(about_office__in=own.offices(Role.HEAD), level=Level.OFFICE)
        if own.has(Role.CITY_HEAD):
            led |= ~Q(level=Level.CITY_HALL)
        return led

    @staticmethod
    def _considered_by(own: Standing) -> Q:
        """Who stands in for the considering person does, unless they work below the head it is about."""
        if own.user_id is None:
            return Q(pk__in=[])
        mine = Q(considered_by=own.user_id)
        if not own.absent:
            return mine
        of_city = Q(about_office=None) | Q(about_office__kind=OfficeKind.CITY)
        above = Q(level=Level.OFFICE) | of_city | ~Q(about_office__in=own.offices())
        return mine | (Q(considered_by__in=own.absent) & above)

    def _but(self, user: User) -> Self:
        from .complaints import ComplaintConflict

        shut = ComplaintConflict.objects.filter(complaint=OuterRef("pk"), user=user.pk, ended_at=None)  # fmt: skip
        return self.filter(~Exists(shut)).exclude(about_person=user.pk)

    def to_register(self) -> Self:
        return self.filter(state=ComplaintState.RECEIVED)

    def kept_incomplete(self) -> Self:
        return self.filter(state=ComplaintState.INCOMPLETE)

    def open(self) -> Self:
        """Registered, neither answered nor withdrawn nor City Hall's: the answer's clock runs."""
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, on: dt.date) -> Self:
        """Open with the answer's day gone by, or waiting to be registered with that day gone by."""
        late = Q(state__in=OPEN_STATES, answer_due_on__lt=on)
        return self.filter(late | Q(state=ComplaintState.RECEIVED, registration_due_on__lt=on))

    def due_soon(self, on: dt.date) -> Self:
        """Open, not overdue, with no more working days left than the standard calls soon."""
        return self.open().filter(answer_soon_on__lte=on, answer_due_on__gte=on)

    def to_set_considering(self) -> Self:
        return self.filter(state=ComplaintState.REGISTERED)

    def to_consider(self) -> Self:
        """With somebody who considers, and no approved answer yet."""
        done = (AnswerStatus.APPROVED, AnswerStatus.SIGNED, AnswerStatus.SENT)
        return self.filter(state=ComplaintState.CONSIDERED).exclude(answer__status__in=done)
