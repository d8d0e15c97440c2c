"""What became of an incoming referral, told to the room of referrals, which does not know applications."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offices.models import User
from referrals.models import IncomingReferral
from referrals.uptake import Taken, Uptake, register_uptake

from .application_permissions import can_register_application
from .models import Application, ApplicationConflict


def _taken_up() -> Q:
    return Q(Exists(Application.objects.filter(referral=OuterRef("pk"))))


def _of(user: User, referrals: Iterable[IncomingReferral]) -> dict[UUID, Taken]:
    """The application of each, by number and link to those who may know of it; of the others nothing."""
    made = Application.objects.visible_to(user).filter(referral__in=list(referrals))
    return {
        application.referral_id: Taken(
            _("Application"), application.number, application.get_absolute_url()
        )
        for application in made.order_by("-registered_at")
        if application.referral_id is not None
    }


def _begin_url(user: User, referral: IncomingReferral) -> str:
    if not can_register_application(user):
        return ""
    return reverse("applications:new_from_referral", args=[referral.pk])


def _shut_out(user: User) -> Q:
    ties = ApplicationConflict.objects.filter(user=user.pk, ended_at=None)
    return Q(Exists(ties.filter(application__referral=OuterRef("pk"))))


def tell_referrals() -> None:
    register_uptake(Uptake(taken_up=_taken_up, of=_of, begin_url=_begin_url, shut_out=_shut_out))
