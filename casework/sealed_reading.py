"""What is read through the sealed door says so in the read log, on whatever page it was read."""

from collections.abc import Iterable

from django.db.models import Model

from offices.models import User
from offices.standing import standing

from .models import Case, SealedOpening
from .on_duty import DUTY_ROLES

WORDS = "Sealed door"


def mark_of_sealed_door(user: User, records: Iterable[Model]) -> str:
    """``WORDS`` with the reason, where one of the cases read is open to ``user`` in an emergency; else "".

    Asks nothing where every case carries its depth (``CaseQuerySet.with_depth_for``) and none is read so.
    """
    cases = [
        r.pk for r in records if isinstance(r, Case) and r.__dict__.get("reads_sealed") is not False
    ]
    if not cases or not standing(user).has(*DUTY_ROLES):
        return ""
    opened = SealedOpening.objects.in_force().filter(user=user, case__in=cases)
    reason = opened.values_list("reason", flat=True).first()
    return "" if reason is None else f"{WORDS}: {reason}"
